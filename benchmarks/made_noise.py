"""Score normalize and its peers on the set of noise/, and tell how well it predicts real gold rows; write reports/NOISE.md.

    python benchmarks/made_noise.py [GOLD.jsonl ...] [--slow-rows 60]

noise/clean.jsonl has articles that were written for it. What the tools make of noise is scored as quality.py does it:
    mixed    noise/gold.jsonl: all kinds of noise together, three times as often as in news
    clean    the articles as they are: whatever a tool changes there it breaks
    by kind  the articles with one kind of noise at a time, as dense as in the news that has it; seeds until 200 pieces are
             there, 20 at the most; slow tools are left out
GOLD are real rows, as quality.py has them. For each the tools are ranked by a figure, and so they are by that of `mixed`:
Spearman's rank correlation tells whether the noise that was made ranks tools as real noise does.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import StatisticsError, correlation
from typing import Any

import click
import machine
from correctors import TOOLS, Correct, Tool
from quality import figures, run, score, table

from normalize import Normalizer
from normalize.dates import article_date
from normalize.noise.generator import Generator
from normalize.noise.kinds import NAMES
from normalize.noise.rates import Rate

SET = Path(__file__).parent / "noise"
PIECES, SEEDS = 200, 20  # of a kind: pieces that are enough, seeds at the most (choices)
FIGURES = ("fix", "precision", "F0.5", "broken per 10k")
HOW = """
The docstring of the script defines the figures. Peers that correct words got the words in lower case one by one, and our
counts where they bring none. Slow peers went over some rows only, drawn evenly. The noise is made by kinds that normalize
repairs, at rates of what it repaired, its slips by the channel that it goes by: that favours it. The articles were written
with a tool in mind that leaves right text alone, and no rule, word list or weight was changed after them."""


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a file."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def rows_of(kind: str, articles: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Gold rows with noise of one kind."""
    pieces = 0
    for seed in range(SEEDS):
        generator = Generator.load(seed=seed, only=(kind,))
        rate = Rate(1.0, generator.rates[kind].places)
        for article in articles:
            made = Generator(generator.kinds, {kind: rate}, seed).noisy(article["text"], article["id"])
            if made.changes:
                pieces += len(made.changes)
                yield {**article, "text": made.text, "gold": made.gold, "noise": made.changes}
        if pieces >= PIECES:
            return


def reported(rows: Sequence[dict[str, Any]]) -> str:
    """The share of the pieces of noise that stay (holes, boilerplate) of which normalize says something."""
    engine, found, pieces = Normalizer(), 0, 0
    for row in rows:
        shift = 0
        spans = [(one.start, one.end) for one in engine.explain(row["text"], article_date.read(row["date"])).findings]
        for change in row["noise"]:
            start, end = change.start + shift, change.start + shift + len(change.noisy)
            shift += len(change.noisy) - (change.end - change.start)
            found += any(left <= end and start <= right for left, right in spans)
            pieces += 1
    return f"{found / pieces:.2f} reported"


def fix(correct: Correct, rows: Sequence[dict[str, Any]]) -> str:
    """The share of the gold edits of some rows that a tool makes exactly."""
    counts: Counter[str] = Counter()
    for row, output in zip(rows, correct(rows), strict=True):
        counts += score(row, output)
    return f"{counts['hits'] / counts['gold']:.2f}" if counts["gold"] else "-"


def ranks(values: Sequence[float]) -> list[float]:
    """The rank of each value; equal ones share the mean of theirs."""
    ordered = sorted(values)
    return [ordered.index(value) + (ordered.count(value) - 1) / 2 for value in values]


def spearman(one: Sequence[float], other: Sequence[float]) -> str:
    """The rank correlation of two lists of figures; "-" where one of them has no order."""
    try:
        return f"{correlation(ranks(one), ranks(other)):.2f}"
    except StatisticsError:
        return "-"


def by_tool(results: dict[Tool, Any], name: str) -> dict[Tool, list[float]]:
    """The figures of each tool that changes anything, on one file."""
    shown = {tool: figures(found[name].counts[""]) for tool, found in results.items()}
    return {tool: [0.0 if cell == "-" else float(cell) for cell in cells] for tool, cells in shown.items()}


def report(results: dict[Tool, Any], kinds: dict[str, dict[str, str]], names: Sequence[str], about: dict[str, Any]) -> str:
    """The whole page."""
    dump = f"noise/clean.jsonl and noise/gold.jsonl; real rows: {', '.join(names[2:]) or 'none'}"
    parts = [machine.head("Made noise, beside the peers", "made_noise.py", about, dump, HOW)]
    parts.append(table(("tool", "version", "how it was used"), [(tool.name, tool.version, tool.how) for tool in results]))
    for name in names:
        lines = []
        for tool, found in results.items():
            shown = figures(found[name].counts[""])
            lines.append((tool.name, *(shown if name != "clean" else ("-", "-", "-", shown[3])), f"{found[name].rows:,}"))
        first = next(iter(results.values()))[name]
        parts.append(
            f"\n## {name}: {first.counts['']['gold']:,} edits to make, {first.counts['']['right']:,} right tokens\n\n"
        )
        parts.append(table(("tool", *FIGURES, "rows"), lines))
    parts.append("\n## Fix, by kind\n\nWhat stays (holes, boilerplate) has nothing to fix: the share reported is told.\n\n")
    tools = list(next(iter(kinds.values())))
    parts.append(table(("kind", *tools), [(kind, *(cells[tool] for tool in tools)) for kind, cells in kinds.items()]))
    parts.append(f"\n## Ranks of the {len(results) - 1} tools, on mixed and on real noise\n\n")
    made, lines = by_tool(results, "mixed"), []
    for name in names[2:]:
        real = by_tool(results, name)
        ranked = [tool for tool in results if tool.name != "nothing"]
        cells = (
            spearman([made[tool][i] for tool in ranked], [real[tool][i] for tool in ranked]) for i in range(len(FIGURES))
        )
        lines.append((name, *cells))
    parts.append(table(("Spearman's correlation with mixed", *FIGURES), lines) if lines else "No real rows were given.\n")
    return "".join(parts)


@click.command(help=__doc__)
@click.argument("gold", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--slow-rows", type=click.IntRange(1), default=60, show_default=True, help="Rows a slow tool gets of a file.")
def main(gold: tuple[Path, ...], slow_rows: int) -> None:
    about = machine.described()
    articles = read(SET / "clean.jsonl")
    rows = {"mixed": read(SET / "gold.jsonl"), "clean": [{**row, "gold": row["text"]} for row in articles]}
    rows |= {path.stem: read(path) for path in gold}
    ran = {tool: run(tool, rows, slow_rows) for tool in TOOLS}
    results = {tool: found for tool, found in ran.items() if found}
    quick = {tool.name: tool.make() for tool in results if not tool.is_slow and tool.name != "nothing"}
    kinds: dict[str, dict[str, str]] = {}
    for kind in NAMES:
        made = list(rows_of(kind, articles))
        cells = {name: fix(correct, made) for name, correct in quick.items()}
        if set(cells.values()) == {"-"}:
            cells["normalize"] = reported(made)
        kinds[kind] = {"rows": str(len(made)), **cells}
        click.echo(f"{kind}: {kinds[kind]}", err=True)
    raw = {tool.name: {name: dict(scored.counts[""]) for name, scored in found.items()} for tool, found in results.items()}
    machine.write("NOISE", report(results, kinds, list(rows), about), about, {"counts": raw, "kinds": kinds})


if __name__ == "__main__":
    main()
