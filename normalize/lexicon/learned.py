"""The lexicon with what was learnt from a dump: a folder that `normalize learn` wrote, read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from . import Lexicon, Masthead, load

BYLINES = "bylines.tsv"
BYLINE_COLUMNS = ("byline", "texts")
KNOWN = "known.tsv"  # words, names and addresses that are right because they are frequent
KNOWN_COLUMNS = ("kind", "form", "texts")
BOILERPLATE = "boilerplate.tsv"
BOILERPLATE_COLUMNS = ("outlet", "place", "line", "texts", "of")
MIN_ROSTER_TEXTS = 2  # texts that a name must be in to be kept in memory: a choice; names in one text repair nothing


class LearnedError(ValueError):
    """A folder does not hold what `normalize learn` writes."""


def rows(path: Path, columns: Sequence[str]) -> Iterator[list[str]]:
    """Yield the rows of a file that has these columns. Raises LearnedError where it is missing or has others."""
    try:
        with path.open(encoding="utf-8", errors="surrogatepass", newline="\n") as lines:
            if next(lines, "").rstrip("\n").split("\t") != list(columns):
                raise LearnedError(f"{path}: its columns are not {', '.join(columns)}")
            for number, line in enumerate(lines, 2):
                row = line.rstrip("\n").split("\t")
                if len(row) != len(columns):
                    raise LearnedError(f"{path}:{number}: has {len(row)} columns, not {len(columns)}")
                yield row
    except (FileNotFoundError, NotADirectoryError):
        raise LearnedError(f"{path}: no such file: is this a folder that `normalize learn` wrote?") from None


@lru_cache(maxsize=4)
def lexicon(folder: Path) -> Lexicon:
    """Read the shipped lexicon and add what was learnt into `folder`. Raises LearnedError where that cannot be read.

    What the dump has often is shielded: its words are protected, its names and addresses count among those known.
    """
    shipped = load()
    known: dict[str, dict[str, int]] = {"word": {}, "name": {}, "masthead": {}}
    for kind, form, texts in rows(folder / KNOWN, KNOWN_COLUMNS):
        known[kind][form] = int(texts)
    boilerplate: dict[str, int] = {}
    for _, _, line, texts, _ in rows(folder / BOILERPLATE, BOILERPLATE_COLUMNS):
        boilerplate[line] = boilerplate.get(line, 0) + int(texts)
    roster = {name: int(texts) for name, texts in rows(folder / BYLINES, BYLINE_COLUMNS) if int(texts) >= MIN_ROSTER_TEXTS}
    return replace(
        shipped,
        names={**shipped.names, **{name: shipped.names.get(name, 0) + count for name, count in known["name"].items()}},
        mastheads=(*shipped.mastheads, *(Masthead(address, address, "other") for address in known["masthead"])),
        protected=shipped.protected | known["word"].keys(),
        roster=roster,
        boilerplate=boilerplate,
        version=f"{shipped.version}+{version(folder)}",
    )


def version(folder: Path) -> str:
    """Hash the files of a folder that the engine uses."""
    found = hashlib.sha256()
    for name in (BYLINES, KNOWN, BOILERPLATE):
        found.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return found.hexdigest()[:16]
