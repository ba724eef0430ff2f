"""Score normalize and every peer that installs from PyPI on the same gold rows, in one run; write reports/QUALITY.md.

    python benchmarks/quality.py GOLD.jsonl [GOLD.jsonl ...] [--only NAME] [--slow-rows 60]

A gold row is {"id", "text", "gold", "cat"?, "optional"?: [[found, standard], ...]}. Input, gold and output are compared
token by token (words, single marks, runs of space); an edit is a place and what it became.
    fix        share of the gold edits made exactly (recall)
    precision  share of the edits made that are gold edits
    F0.5       both in one figure, precision weighted twice
    broken     right tokens made wrong, in 10,000 right ones
Edits that turn white space into other white space are left out, and so are optional ones.

The tools are those of correctors.py. The slow ones, which take up to half a second a row, go over some rows of each file
only, drawn evenly.
"""

from __future__ import annotations

import difflib
import json
import re
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import click
import machine
from correctors import TOOLS, Tool

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
HOW = """
The docstring of the script defines the figures. The gold files are not part of this repository. Peers that correct words got
the words in lower case one by one, and our counts where they bring none: what they break, they break with names and marks
shielded. Slow peers went over some rows only, drawn evenly: `rows` says how many."""


# --- The measure -------------------------------------------------------------------------------------------------------

Change = tuple[int, int, tuple[str, ...]]


def changes(source: list[str], target: list[str]) -> set[Change]:
    """What turns one list of tokens into another: from, to, and what stands there then."""
    match = difflib.SequenceMatcher(None, source, target, autojunk=False)
    return {(i, j, tuple(target[k:m])) for kind, i, j, k, m in match.get_opcodes() if kind != "equal"}


def only_space(change: Change, tokens: list[str]) -> bool:
    before, after = "".join(tokens[change[0] : change[1]]), "".join(change[2])
    return before.isspace() and after.isspace()


def touched(change: Change) -> range:
    return range(change[0], max(change[1], change[0] + 1))


def score(row: dict[str, Any], output: str) -> Counter[str]:
    """Counts for one row: hits, gold, made, right (tokens), broken."""
    tokens = TOKEN.findall(row["text"])
    optional = {tuple(pair) for pair in row.get("optional", ())}
    gold = {c for c in changes(tokens, TOKEN.findall(row["gold"])) if not only_space(c, tokens)}
    made = {
        c
        for c in changes(tokens, TOKEN.findall(output))
        if not only_space(c, tokens) and ("".join(tokens[c[0] : c[1]]), "".join(c[2])) not in optional
    }
    wrong = {i for change in gold for i in touched(change)}
    return Counter(
        hits=len(gold & made),
        gold=len(gold),
        made=len(made),
        right=sum(not token.isspace() and i not in wrong for i, token in enumerate(tokens)),
        broken=sum(max(1, c[1] - c[0]) for c in made - gold if not wrong.intersection(touched(c))),
    )


def figures(counts: Counter[str]) -> tuple[str, ...]:
    """fix, precision, F0.5, broken, as they are shown."""
    fix = counts["hits"] / counts["gold"] if counts["gold"] else 0.0
    precision = counts["hits"] / counts["made"] if counts["made"] else 0.0
    f_half = 1.25 * precision * fix / (0.25 * precision + fix) if precision and fix else 0.0
    broken = 10_000 * counts["broken"] / counts["right"] if counts["right"] else 0.0
    return f"{fix:.3f}", f"{precision:.3f}" if counts["made"] else "-", f"{f_half:.3f}", f"{broken:.1f}"


# --- The report --------------------------------------------------------------------------------------------------------


def table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    is_number = [row[:1].isdigit() for row in rows[0]]
    lines = [header, tuple("---:" if right else "---" for right in is_number), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


class Scored(NamedTuple):
    """How a tool did on a gold file."""

    counts: dict[str, Counter[str]]  # by category; "" is all
    rows: int
    seconds: float


def run(tool: Tool, gold: dict[str, list[dict[str, Any]]], slow_rows: int) -> dict[str, Scored] | None:
    """How the tool does on each gold file; None where it is not there."""
    try:
        correct = tool.make()
    except (ImportError, FileNotFoundError) as error:
        click.echo(f"{tool.name}: not there ({error})", err=True)
        return None
    found = {}
    for name, every_row in gold.items():
        rows = every_row[:: -(-len(every_row) // slow_rows)] if tool.is_slow else every_row
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        started = time.perf_counter()
        outputs = correct(rows)
        seconds = time.perf_counter() - started
        for row, output in zip(rows, outputs, strict=True):
            scored = score(row, output)
            counts[""] += scored
            counts[row.get("cat", "all rows")] += scored
        found[name] = Scored(counts, len(rows), seconds)
        click.echo(f"{tool.name}: {name}: {' '.join(figures(counts['']))} in {seconds:.1f} s", err=True)
    return found


def report(gold: dict[str, list[dict[str, Any]]], results: dict[Tool, Any], about: dict[str, object]) -> str:
    files = ", ".join(f"{name}.jsonl" for name in gold)
    parts = [
        machine.head("Quality beside the peers", "quality.py", about, f"gold: {files}", HOW),
        table(
            ("tool", "version", "how it was used"),
            [(t.name, t.version if results[t] else "not installed", t.how) for t in results],
        ),
    ]
    there = [tool for tool in results if results[tool]]
    for name, rows in gold.items():
        edits = results[there[0]][name].counts[""]["gold"]
        parts.append(f"\n## {name}: {len(rows):,} rows, {edits:,} edits\n\n")
        header = ("tool", "fix", "precision", "F0.5", "broken per 10k", "rows", "seconds")
        scored = {tool: results[tool][name] for tool in there}
        parts.append(
            table(header, [(t.name, *figures(s.counts[""]), f"{s.rows:,}", f"{s.seconds:.1f}") for t, s in scored.items()])
        )
        kinds = sorted({row["cat"] for row in rows if "cat" in row})
        if len(kinds) > 1:
            parts.append("\nF0.5 and, after the stroke, precision by category:\n\n")
            lines = []
            for tool in there:
                shown = [figures(scored[tool].counts[kind]) for kind in kinds]
                lines.append((tool.name, *(f"{f_half} / {precision}" for _, precision, f_half, _ in shown)))
            parts.append(table(("tool", *kinds), lines))
    return "".join(parts)


@click.command(help=__doc__)
@click.argument("gold", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--only", multiple=True, metavar="NAME", help="Score only these tools.")
@click.option("--slow-rows", type=click.IntRange(1), default=60, show_default=True, help="Rows a slow tool gets of a file.")
def main(gold: tuple[Path, ...], only: tuple[str, ...], slow_rows: int) -> None:
    about = machine.described()
    rows = {path.stem: [json.loads(line) for line in path.read_bytes().splitlines()] for path in gold}
    if not all(rows.values()):
        raise click.UsageError("a gold file has no rows: nothing would be scored")
    chosen = [tool for tool in TOOLS if not only or tool.name in only]
    if not chosen:
        raise click.UsageError(f"no tool is named so: {', '.join(tool.name for tool in TOOLS)}")
    results = {tool: run(tool, rows, slow_rows) for tool in chosen}
    if not any(results.values()):
        raise click.ClickException("none of the tools is there")
    raw = {tool.name: {name: scored.counts[""] for name, scored in (found or {}).items()} for tool, found in results.items()}
    machine.write("QUALITY", report(rows, results, about), about, {"counts": raw})


if __name__ == "__main__":
    main()
