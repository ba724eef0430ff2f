"""Measure what learning from a dump is worth; write reports/LEARNING.md.

    python benchmarks/learning.py NEWS.jsonl [--seeds 10]

Bylines: of the names that stand in at least three of them, one in four is mangled by one or two slips. How many come back
exactly right after learning from the mangled dump, and how many of the others change? Boilerplate: how many lines are learnt
of each outlet without any list; `--show` prints them, for the report holds no text of a dump. Cost: of `normalize learn`.
"""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click
import machine
import msgspec

from normalize import Normalizer
from normalize.learn import counts, write
from normalize.lexicon import learned, load
from normalize.newsroom import byline_mentions
from normalize.newsroom.gazetteer import gazetteer_for

OFTEN = 3  # bylines a name must stand in to be mangled
PART = 4  # of these, one
PAIRS = {
    "w-v": (("w", "v"), ("v", "w")),
    "y-i": (("y", "i"), ("i", "y")),
    "yu-iu": (("yu", "iu"), ("iu", "yu")),
    "ya-ia": (("ya", "ia"), ("ia", "ya")),
    "kh-h": (("kh", "h"), ("h", "kh")),
}
KINDS = (*PAIRS, "doubled", "lost", "swapped", "glued", "split")
HOW = "What was seen in reading the results stands in `benchmarks/notes/learning.md`."
BYLINES = """## Bylines

Of the full names that stand in at least three bylines (slash form, `Laporan ...`, `Penulis:` and kin), one byline in four is
mangled by one or two slips: w-v, y-i, yu-iu, ya-ia, kh-h, a letter doubled or lost, two swapped, parts glued or split. Then
the mangled dump is learnt from and cleaned. Right is a text that comes out exactly as the one that was not mangled.

| seed | mangled bylines right | share | others changed |
|---|--:|--:|--:|
"""


class Result(NamedTuple):
    """How one seed went: mangled bylines, of these right again; other bylines, of these changed."""

    mangled: int
    right: int
    others: int
    changed: int


class Byline(NamedTuple):
    """A name in a byline: which text, where, and how it was printed."""

    text: int
    start: int
    end: int
    name: str


def slipped(name: str, kind: str, chance: random.Random) -> str | None:
    """`name` with one slip of a kind; None where it cannot suffer one. Capitals stay where they were."""
    low, options = name.lower(), []
    inner = [i for part in re.finditer(r"[^\W\d_]{3,}", name) for i in range(*part.span())]
    if kind in PAIRS:
        options = [(i, len(a), b) for a, b in PAIRS[kind] for i in range(len(name)) if low.startswith(a, i)]
    elif kind == "doubled":
        options = [(i, 1, low[i] * 2) for i in inner]
    elif kind == "lost":
        options = [(i, 2, low[i + 1]) for i in inner if i + 1 in inner] + [(i, 1, "") for i in inner if i + 1 not in inner]
    elif kind == "swapped":
        options = [(i, 2, low[i + 1] + low[i]) for i in inner if i + 1 in inner and low[i] != low[i + 1]]
    elif kind == "glued":
        return None if " " not in name else _glued(name, chance.choice([i for i, c in enumerate(name) if c == " "]), chance)
    else:
        places = [i for i in inner if i - 2 in inner and i + 1 in inner]
        if not places:
            return None
        place = chance.choice(places)
        rest = name[place:]
        return f"{name[:place]} {rest if chance.random() < 0.5 else rest[0].upper() + rest[1:]}"
    if not options:
        return None
    place, size, after = chance.choice(options)
    return name[:place] + (after.capitalize() if name[place].isupper() else after) + name[place + size :]


def _glued(name: str, space: int, chance: random.Random) -> str:
    rest = name[space + 1 :]
    return name[:space] + (rest if chance.random() < 0.5 else rest[:1].lower() + rest[1:])


def mangled(name: str, chance: random.Random) -> str:
    """`name` with one or two slips."""
    while True:
        out = name
        for _ in range(chance.choice((1, 2))):
            kinds = chance.sample(KINDS, len(KINDS))
            out = next(after for kind in kinds if (after := slipped(out, kind, chance)))
        if out != name:
            return out


def found(texts: Sequence[str]) -> Iterator[Byline]:
    """All names in bylines."""
    known = gazetteer_for(load())
    for number, text in enumerate(texts):
        for byline in byline_mentions.find(text, known):
            for start, end in byline.names:
                yield Byline(number, start, end, text[start:end])


def measure(texts: Sequence[str], all_bylines: Sequence[Byline], seed: int, show: bool) -> Result:
    """Mangle, learn, clean, and count."""
    chance = random.Random(seed)
    often = Counter(name for _, name in {(one.text, one.name) for one in all_bylines})
    candidates = [one for one in all_bylines if often[one.name] >= OFTEN and " " in one.name]
    chosen = set(chance.sample(candidates, len(candidates) // PART))
    dirty, shift = list(texts), Counter[int]()
    after: dict[Byline, tuple[int, int]] = {}  # where each byline is in the mangled text
    for one in sorted(all_bylines):
        name = mangled(one.name, chance) if one in chosen else one.name
        start = one.start + shift[one.text]
        dirty[one.text] = dirty[one.text][:start] + name + dirty[one.text][start + len(one.name) :]
        after[one] = start, start + len(name)
        shift[one.text] += len(name) - len(one.name)
    with tempfile.TemporaryDirectory() as folder:
        write(counts(dirty), Path(folder))
        cleaner = Normalizer(learned=folder)
        right = changed = 0
        for one in all_bylines:
            start, end = after[one]
            explanation = cleaner.explain(dirty[one.text])
            if one in chosen:
                restored = explanation.text == cleaner.clean(texts[one.text])
                right += restored
                if show and not restored:
                    print("   lost:", one.name, "/", dirty[one.text][start:end])
            else:
                touched = [e for e in explanation.edits if e.rule == "byline.name" and e.start < end and e.end > start]
                changed += bool(touched)
                if show and touched:
                    print("   changed:", *touched)
    return Result(len(chosen), right, len(all_bylines) - len(chosen), changed)


def row(title: object, result: Result) -> str:
    share = f"{result.right / result.mangled:.1%}" if result.mangled else "-"
    return f"| {title} | {result.right:,} of {result.mangled:,} | {share} | {result.changed:,} of {result.others:,} |\n"


def cost(dump: Path, folder: Path) -> tuple[float, float]:
    """Seconds of CPU time that `normalize learn` takes with one process, and the MB it has resident at most."""
    command = [sys.executable, "-m", "normalize", "learn", str(dump), "-o", str(folder), "-q", "--isolated"]
    with subprocess.Popen(command) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    unit = 1 if sys.platform == "darwin" else 1024
    return used.ru_utime + used.ru_stime, used.ru_maxrss * unit / 1e6


@click.command(help=__doc__)
@click.argument("dump", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--seeds", default=10, show_default=True)
@click.option("--show", is_flag=True, help="Show the lines learnt, and the bylines that went wrong.")
def main(dump: Path, seeds: int, show: bool) -> None:
    about = machine.described()
    decode = msgspec.json.Decoder().decode
    with dump.open("rb") as lines:
        records = [decode(line) for line in lines]
    texts, outlets = [record["text"] or "" for record in records], [record.get("outlet") for record in records]
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in texts) / 1e6
    with tempfile.TemporaryDirectory() as folder:
        seconds, memory = cost(dump, Path(folder))
        lines = list(learned.rows(Path(folder) / learned.BOILERPLATE, learned.BOILERPLATE_COLUMNS))
    if show:
        for line in lines:
            print(*line, sep="\t")
    all_bylines = list(found(texts))
    with_names = sorted({one.text for one in all_bylines})
    place = {number: i for i, number in enumerate(with_names)}
    few = [one._replace(text=place[one.text]) for one in all_bylines]
    chosen = [texts[number] for number in with_names]
    results = {seed: measure(chosen, few, seed, show) for seed in range(1, seeds + 1)}
    source = f"the dump: {len(texts):,} records of {dump.name}, {len(set(outlets))} outlets, {size:.1f} MB of text"
    parts = [machine.head("What learning from a dump is worth", "learning.py", about, source, HOW), BYLINES]
    parts += [row(seed, result) for seed, result in results.items()]
    parts.append(row("all", Result(*map(sum, zip(*results.values(), strict=True)))))
    parts.append("\n## Boilerplate\n\nLines learnt without any list, by outlet:\n\n| outlet | lines |\n|---|--:|\n")
    by_outlet = Counter(str(outlet) for outlet, *_ in lines)
    parts += [f"| {outlet} | {count} |\n" for outlet, count in by_outlet.most_common()]
    parts.append(f"\n## Cost\n\n`normalize learn` with one process: {seconds:.1f} s of CPU time, {memory:.0f} MB at most.\n")
    figures = {"bylines": results, "boilerplate": dict(by_outlet), "cpu": seconds, "memory": memory}
    machine.write("LEARNING", "".join(parts), about, figures)


if __name__ == "__main__":
    main()
