"""Take down where the time goes, by rule and part of the engine, and show it beside the times before; write PROFILE.md.

    python benchmarks/parts.py news.jsonl LABEL        measure with `normalize bench`, keep it in runs/ as parts-LABEL.json
    python benchmarks/parts.py --show                  only write PROFILE.md anew, from what is kept

Columns go by the labels in their order, so begin one with a number: 1-before, 2-kernel.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import machine

PROFILE = Path(__file__).with_name("PROFILE.md")
HEAD = """# Where the time goes

Milliseconds of CPU time (user and system) for a MB (10^6 bytes) of text, `normalize bench` over the same dump at different
times of the work; written by `benchmarks/parts.py`. Reading, cleaning and the log of edits are in it, starting up is
not. What several rules share, as dates and spelling do, counts for the first of them. Rules that look for a literal cost
something only where it is.

"""


def measure(dump: Path, label: str) -> None:
    command = [sys.executable, "-m", "normalize", "bench", str(dump), "--json", "--no-peers", "--isolated"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    print(machine.keep(f"parts-{label}", {"dump": dump.name, **json.loads(told)}))


def kept() -> dict[str, dict[str, Any]]:
    """What was measured, by label."""
    paths = sorted(machine.RUNS.glob("*/parts-*.json"), key=lambda path: path.stem)
    return {path.stem.removeprefix("parts-"): json.loads(path.read_text(encoding="utf-8")) for path in paths}


def table(runs: dict[str, dict[str, Any]]) -> str:
    """Rows are parts, columns are runs."""
    parts = list(dict.fromkeys(part for run in reversed(runs.values()) for part in run["parts"]))
    lines = [f"| | {' | '.join(runs)} |", f"|---|{'--:|' * len(runs)}"]

    def row(title: str, *figures: str) -> str:
        return f"| {title} | {' | '.join(figures)} |"

    for part in parts:
        seconds = [run["parts"].get(part) for run in runs.values()]
        sizes = [run["bytes"] / 1e6 for run in runs.values()]
        lines.append(
            row(part, *("" if s is None else f"{s * 1e3 / size:.2f}" for s, size in zip(seconds, sizes, strict=True)))
        )
    sums = {
        "**all**": lambda run: f"**{run['cpu'] * 1e9 / run['bytes']:.1f}**",
        "MB/s of CPU time": lambda run: f"{run['bytes'] / 1e6 / run['cpu']:.2f}",
        "edits": lambda run: f"{run['edits']:,}",
        "most memory, MB": lambda run: f"{run['peak_memory'] / 1e6:.0f}",
        "distinct words": lambda run: f"{run['words']['distinct']:,}",
        "unknown of them": lambda run: f"{run['words']['unknown']:,}",
        "looked at wherever they stand": lambda run: f"{run['words']['undecided']:,}",
        "compiled": lambda run: "yes" if run["compiled"] else "no",
        "dump, MB of text": lambda run: f"{run['dump']}, {run['bytes'] / 1e6:.1f}",
        "commit": lambda run: run["machine"]["commit"],
        "day": lambda run: run["machine"]["date"],
        "machine": lambda run: f"{run['machine']['processor']}, {run['machine']['python']}",
        "load before": lambda run: f"{run['machine']['load'][0]}",
    }
    lines += [row(title, *map(tell, runs.values())) for title, tell in sums.items()]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dump", type=Path, nargs="?")
    parser.add_argument("label", nargs="?")
    parser.add_argument("--show", action="store_true", help="measure nothing")
    options = parser.parse_args()
    if not options.show:
        if options.label is None:
            parser.error("give a dump and a label, or --show")
        measure(options.dump, options.label)
    told = PROFILE.read_text(encoding="utf-8").partition("\n## ") if PROFILE.exists() else ("", "", "")
    PROFILE.write_text(HEAD + table(kept()) + told[1] + told[2], encoding="utf-8")


if __name__ == "__main__":
    main()
