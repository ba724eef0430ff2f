"""Measure where the time goes, by rule and part of the engine; write reports/PROFILE.md.

    python benchmarks/parts.py news.jsonl [--beside OLDER.json ...]

`--beside` takes reports/figures/profile.json as earlier runs wrote it, and shows these in columns of their own: keep a copy
before a change to see what the change gave.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import machine

HOW = """
Milliseconds of CPU time (user and system) for a MB (10^6 bytes) of text, from `normalize bench`. Reading, cleaning and the
log of edits are in it, starting up is not. What several rules share, as dates and spelling do, counts for the first of them.
Rules that look for a literal cost something only where it stands. What was tried: `benchmarks/notes/speed.md`."""


def measured(dump: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "normalize", "bench", str(dump), "--json", "--no-peers", "--isolated"]
    figures: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return figures


def table(runs: list[dict[str, Any]]) -> str:
    """Rows are parts, columns are runs."""
    parts = list(dict.fromkeys(part for run in runs for part in run["parts"]))
    lines = [f"| | {' | '.join(run['machine']['commit'] for run in runs)} |", f"|---|{'--:|' * len(runs)}"]

    def row(title: str, *figures: str) -> str:
        return f"| {title} | {' | '.join(figures)} |"

    for part in parts:
        milliseconds = [run["parts"][part] * 1e9 / run["bytes"] if part in run["parts"] else None for run in runs]
        lines.append(row(part, *("" if ms is None else f"{ms:.2f}" for ms in milliseconds)))
    sums = {
        "**all**": lambda run: f"**{run['cpu'] * 1e9 / run['bytes']:.1f}**",
        "MB/s of CPU time": lambda run: f"{run['bytes'] / 1e6 / run['cpu']:.2f}",
        "edits": lambda run: f"{run['edits']:,}",
        "most memory, MB": lambda run: f"{run['peak_memory'] / 1e6:.0f}",
        "distinct words": lambda run: f"{run['words']['distinct']:,}",
        "unknown of them": lambda run: f"{run['words']['unknown']:,}",
        "looked at wherever they stand": lambda run: f"{run['words']['undecided']:,}",
        "compiled": lambda run: "yes" if run["compiled"] else "no",
        "MB of text": lambda run: f"{run['bytes'] / 1e6:.1f}",
        "day": lambda run: run["machine"]["date"],
    }
    lines += [row(title, *map(show, runs)) for title, show in sums.items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dump", type=Path)
    parser.add_argument("--beside", type=Path, nargs="*", default=[], metavar="JSON")
    options = parser.parse_args()
    about = machine.described()
    older = [json.loads(path.read_text(encoding="utf-8")) for path in options.beside]
    figures = measured(options.dump)
    dump = f"the dump: {options.dump.name}, {figures['bytes'] / 1e6:.1f} MB of text"
    text = machine.head("Where the time goes", "parts.py", about, dump, HOW)
    machine.write("PROFILE", text + table([*older, {"machine": about, **figures}]), about, figures)


if __name__ == "__main__":
    main()
