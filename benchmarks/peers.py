"""Time normalize and its peers on the same dump, in one run; write reports/PEERS.md.

    python benchmarks/peers.py news.jsonl [--every 5] [--turns 3]

Peers come from PyPI (pip install -e '.[peers]') and Debian (apt install hunspell hunspell-id); one that is missing is left
out. All take their turns one after the other, several times over; CPU time (user and system) counts.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

import machine

from normalize import __version__, kernel, lexicon
from normalize.bench import peers
from normalize.bench.peers import Run, Sample, Speed
from normalize.bench.timing import texts
from normalize.dumps.inputs import plan
from normalize.dumps.reader import Selection
from normalize.dumps.record import Fields

OURS = "normalize clean -j 1"
HOW = """MB/s are 10^6 bytes of UTF-8 text a second of CPU time (user and
system), the median of {turns} turns that all took one after the other. The ratio is to `{ours}`, the median over the
turns; above 1 is faster than it. normalize is timed as the whole command, from start to end, reading the dump, writing
the cleaned one and the log of every edit; so are the programs typos, codespell and hunspell, which read the texts alone.
Of the libraries only the calls are timed, not the loading of their dictionaries. Who takes words gets ours. Slow ones go
over a sample of the texts, drawn evenly, of the size in the last column. basa's own correction of typos, which compares a
word with every word it knows, took half a minute for 2 kB and is left out."""
TABLE = """| | version | does | MB/s | slowest to fastest turn | ratio | MB |
|---|---|---|--:|--:|--:|--:|
"""


class Row(NamedTuple):
    name: str
    version: str
    does: str
    speed: Speed


def command(dump: Path, folder: Path, pure: str) -> Run:
    """The whole command over the dump, compiled or pure."""
    arguments = ["clean", dump, "-o", folder / "out.jsonl", "--edits", folder / "edits.jsonl", "-j", "1", "-q", "--isolated"]
    environment = {**os.environ, "NORMALIZE_PURE": pure}

    def run(sample: Sample) -> None:
        subprocess.run([sys.executable, "-m", "normalize", *map(str, arguments)], check=True, env=environment)

    return run


def thinned(dump: Path, every: int, folder: Path) -> Path:
    """A dump with every so manieth record of a JSON-lines dump; itself for all."""
    if every == 1:
        return dump
    path = folder / "every.jsonl"
    with dump.open("rb") as lines, path.open("wb") as kept:
        kept.writelines(islice(lines, 0, None, every))
    return path


def measure(dump: Path, field: str, turns: int, folder: Path) -> list[Row]:
    """Everyone's turns."""
    inputs = plan([str(dump)], str(folder / "none.jsonl"))
    found = list(texts(inputs, Fields((field,)), Selection()))
    known = lexicon.load()
    say = partial(print, file=sys.stderr, flush=True)
    with peers.samples(found) as sizes:
        whole = Sample(found, dump, sum(len(text.encode("utf-8", "replace")) for text in found))
        entries = {f"{OURS}, pure Python": (command(dump, folder, "1"), whole)}
        if kernel.compiled:
            entries = {OURS: (command(dump, folder, ""), whole), **entries}
        for run, sample in entries.values():
            run(sample)  # indexes are built, files are in memory
        for peer in peers.installed():
            say(f"trying {peer.name}")
            run = peer.load(known)
            entries[peer.name] = run, peers.fitting(run, sizes)
        speeds = peers.race(entries, turns, say)
    about = {peer.name: peer for peer in peers.PEERS}
    does = "repairs all, logs every edit"
    return [
        Row(name, about[name].version or "", about[name].does, speed)
        if name in about
        else Row(name, __version__, does, speed)
        for name, speed in speeds.items()
    ]


def ratio(row: Row, ours: Row) -> float:
    """How many times as fast, the median over the turns."""
    pairs = zip(row.speed.seconds, ours.speed.seconds, strict=True)
    return median(b / a for a, b in pairs) * row.speed.bytes / ours.speed.bytes


def line(row: Row, ours: Row) -> str:
    rates = [row.speed.bytes / 1e6 / seconds for seconds in row.speed.seconds]
    figures = (
        f"{median(rates):.3g} | {min(rates):.3g} to {max(rates):.3g} | {ratio(row, ours):.3g} | {row.speed.bytes / 1e6:.3g}"
    )
    return f"| {row.name} | {row.version} | {row.does} | {figures} |\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dump", type=Path)
    parser.add_argument("--field", default="text")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take every Nth record of a JSON-lines dump")
    parser.add_argument("--turns", type=int, default=3)
    options = parser.parse_args()
    about = machine.described()
    with tempfile.TemporaryDirectory(prefix="normalize-") as folder:
        rows = measure(thinned(options.dump, options.every, Path(folder)), options.field, options.turns, Path(folder))
    ours = rows[0]
    which = "all records" if options.every == 1 else f"every {options.every}th record"
    dump = f"{which} of {options.dump.name}, {ours.speed.bytes / 1e6:.1f} MB of text"
    rows.sort(key=lambda row: -ratio(row, ours))
    how = HOW.format(turns=options.turns, ours=ours.name)
    text = machine.head("normalize beside its peers", "peers.py", about, f"the dump: {dump}", how) + TABLE
    text += "".join(line(row, ours) for row in rows)
    figures = {row.name: {"version": row.version, "bytes": row.speed.bytes, "seconds": row.speed.seconds} for row in rows}
    machine.write("PEERS", text, about, {"dump": dump, "peers": figures})


if __name__ == "__main__":
    main()
