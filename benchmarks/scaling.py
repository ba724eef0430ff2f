"""Time the command over numbers of processes and sizes of a dump, and as it starts up; write reports/SCALING.md.

    python benchmarks/scaling.py news.jsonl [--large 1000] [--turns 3]

Going by the wall clock, as more than one process must, this wants a machine that does nothing else. The large dump is the
given one over and over, so many MB of it: what is in question is what grows with length.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

import machine

from normalize.bench.timing import texts
from normalize.dumps.inputs import plan
from normalize.dumps.reader import Selection
from normalize.dumps.record import Fields

HOW = "Each figure is the median of {turns} turns; memory is the most that\none process of the run held."
TABLE = """| | s by the wall clock | s of CPU time | MB/s by the wall clock | ms of CPU time a MB | MB of memory |
|---|--:|--:|--:|--:|--:|
"""


class Turn(NamedTuple):
    """What one process and those it started took."""

    wall: float  # seconds
    cpu: float  # seconds
    memory: float  # MB, of the largest


def run(*arguments: str, **environment: str) -> Turn:
    """Run `normalize`; raises CalledProcessError where it fails."""
    command = [sys.executable, "-m", "normalize", *arguments]
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, **environment}) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    unit = 1 if sys.platform == "darwin" else 1024
    return Turn(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 1e6)


def middle(turns: list[Turn]) -> Turn:
    return Turn(*(median(figures) for figures in zip(*turns, strict=True)))


def clean(dump: Path, folder: Path, jobs: int) -> Turn:
    out = [str(folder / "out.jsonl"), "--edits", str(folder / "edits.jsonl")]
    for path in folder.glob("edits.jsonl*"):
        path.unlink()  # a log of another run is not written over
    return run("clean", str(dump), "-o", *out, "-j", str(jobs), "-q", "--isolated")


def repeated(dump: Path, megabytes: int, folder: Path) -> tuple[Path, int]:
    """The dump over and over, and how often."""
    times = max(1, round(megabytes * 1e6 / dump.stat().st_size))
    path = folder / "large.jsonl"
    data = dump.read_bytes()
    with path.open("wb") as out:
        for _ in range(times):
            out.write(data)
    return path, times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dump", type=Path)
    parser.add_argument("--field", default="text")
    parser.add_argument("--large", type=int, metavar="MB", help="also clean so much of the dump over and over")
    parser.add_argument("--turns", type=int, default=3)
    options = parser.parse_args()
    about = machine.described()
    found = texts(plan([str(options.dump)], "-"), Fields((options.field,)), Selection())
    size = sum(len(text.encode("utf-8", "replace")) for text in found) / 1e6
    turns: dict[str, list[Turn]] = {}
    sizes: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="normalize-") as name:
        folder = Path(name)
        sentence = "Ia mengtakan hal itu dirumah neneknya."
        first = "`normalize explain`, first ever"
        turns[first] = [run("explain", sentence, NORMALIZE_CACHE=str(folder / f"cache{n}")) for n in range(options.turns)]
        turns["`normalize explain`"] = [run("explain", sentence) for _ in range(options.turns)]
        for turn in range(options.turns):
            for jobs in (1, 2):
                title = f"`normalize clean -j {jobs}`"
                turns.setdefault(title, []).append(clean(options.dump, folder, jobs))
                sizes[title] = size
                print(f"turn {turn + 1}, -j {jobs}: {turns[title][-1]}", file=sys.stderr, flush=True)
        if options.large:
            path, times = repeated(options.dump, options.large, folder)
            title = f"`normalize clean -j 1`, the dump {times} times"
            turns[title], sizes[title] = [clean(path, folder, 1)], size * times
    dump = f"{options.dump.name}, {size:.1f} MB of text"
    how = HOW.format(turns=options.turns)
    lines = [machine.head("Processes, size, start-up, memory", "scaling.py", about, f"the dump: {dump}", how), TABLE]
    for title, taken in turns.items():
        wall, cpu, memory = middle(taken)
        rates = f"{sizes[title] / wall:.2f} | {1e3 * cpu / sizes[title]:.1f}" if title in sizes else "|"
        lines.append(f"| {title} | {wall:.2f} | {cpu:.2f} | {rates} | {memory:.0f} |\n")
    one, two = turns["`normalize clean -j 1`"], turns["`normalize clean -j 2`"]
    faster = median(a.wall / b.wall for a, b in zip(one, two, strict=True))
    lines.append(f"\nTwo processes are {faster:.2f} times as fast as one, the median over the turns.\n")
    machine.write("SCALING", "".join(lines), about, {"dump": dump, "megabytes": sizes, "turns": turns})


if __name__ == "__main__":
    main()
