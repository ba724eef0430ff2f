"""The lexicon with what was learnt from a dump: a folder that `normalize learn` wrote, read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path

from ..lazy import lazy_pattern
from ..stand_ins import stand_ins
from . import Copy, Lexicon, Masthead, load

KNOWN = "known.tsv"  # bylines, words, names and addresses that are right because they are frequent
KNOWN_COLUMNS = ("kind", "form", "articles")
BOILERPLATE = "boilerplate.tsv"
BOILERPLATE_COLUMNS = ("outlet", "place", "line", "texts", "of")
COPIES = "copies.tsv"  # only where it was asked for
COPY_COLUMNS = ("kind", "place", "found", "meant", "votes", "against", "source")
COPY_KINDS = ("date", "hole", "word")


# Bounds of what is read, choices; `normalize learn` writes far less. Columns that hold numbers, and digits of one.
LONGEST_ROW = 4_000  # code points
MAX_KNOWN = 1_000_000  # rows, about 200 bytes of memory each
MAX_COPIES = 1_000_000  # rows, about 700 bytes of memory each
MAX_LINES = 20_000  # of boilerplate: the search for so many takes 140 MB at the most
WATCHED = 1_000  # rows between two calls of a watcher, a choice
NUMBERS = frozenset(("texts", "articles", "of", "times", "votes", "against"))
NUMBER = lazy_pattern("[1-9][0-9]{0,14}")


State = tuple[str | tuple[int, ...] | None, ...]


class LearnedError(ValueError):
    """A folder does not hold what `normalize learn` writes."""


def rows(path: Path, columns: Sequence[str], watch: Callable[[int], None] = lambda more: None) -> Iterator[list[str]]:
    """Yield the rows of a file that has these columns. `watch`: is called with how many bytes more were read, now and then.

    Raises LearnedError where it is missing, has other columns, a row of another length, or a number that is none.
    """
    if not path.is_file():
        raise LearnedError(f"{path}: no such file: is this a folder that `normalize learn` wrote?")
    numbers = [place for place, column in enumerate(columns) if column in NUMBERS]
    number, position = 1, 0
    try:
        with path.open(encoding="utf-8", errors="surrogatepass", newline="\n") as file:
            if file.readline(LONGEST_ROW).rstrip("\n").split("\t") != list(columns):
                raise LearnedError(f"{path}: its columns are not {', '.join(columns)}")
            for number, line in enumerate(iter(partial(file.readline, LONGEST_ROW), ""), 2):
                row = line[:-1].split("\t")
                if not line.endswith("\n"):
                    raise LearnedError(f"{path}:{number}: is cut off, or longer than {LONGEST_ROW:,} characters")
                if len(row) != len(columns):
                    raise LearnedError(f"{path}:{number}: has {len(row)} columns, not {len(columns)}")
                for place in numbers:
                    if not NUMBER.fullmatch(row[place]):
                        raise LearnedError(f"{path}:{number}: {row[place][:20]!r} is no number of {columns[place]}")
                if number % WATCHED == 0:
                    before, position = position, os.lseek(file.fileno(), 0, os.SEEK_CUR)
                    watch(position - before)
                yield row
            watch(os.lseek(file.fileno(), 0, os.SEEK_CUR) - position)
    except UnicodeDecodeError:
        raise LearnedError(f"{path}: is not UTF-8 behind line {number}") from None
    except OSError as error:
        raise LearnedError(f"{path}: cannot be read: {error.strerror}") from None


def _limited(path: Path, columns: Sequence[str], limit: int) -> Iterator[list[str]]:
    """Yield the rows of a file that is read into memory. Raises LearnedError also where there are more than `limit`."""
    for number, row in enumerate(rows(path, columns), 1):
        if number > limit:
            raise LearnedError(f"{path}: has more than {limit:,} rows: leave those out that are in the fewest texts")
        yield row


def state(folder: Path) -> State:
    """Return a folder's path, and the dates and sizes of its files, to see whether it was written anew."""
    found: list[tuple[int, ...] | None] = []
    for name in (KNOWN, BOILERPLATE, COPIES):
        try:
            file = (folder / name).stat()
        except OSError:
            found.append(None)
        else:
            found.append((file.st_ino, file.st_size, file.st_mtime_ns))
    return str(folder.absolute()), *found


def lexicon(folder: Path) -> Lexicon:
    """Read the shipped lexicon and add what was learnt into `folder`; of a folder that stays as it was, once.

    What the dump has often is shielded: its words are protected, its names and addresses count among those known.
    Raises LearnedError where it cannot be read, or is written meanwhile.
    """
    return _lexicon(folder, state(folder))


@lru_cache(maxsize=4)
def _lexicon(folder: Path, before: State) -> Lexicon:
    shipped = load()
    known: dict[str, dict[str, int]] = {"byline": {}, "word": {}, "name": {}, "masthead": {}}
    for kind, form, articles in _limited(folder / KNOWN, KNOWN_COLUMNS, MAX_KNOWN):
        if kind not in known or not form.strip():
            raise LearnedError(f"{folder / KNOWN}: {kind[:20]!r} is no kind of things, or {form[:20]!r} no form of one")
        if not stand_ins(form):  # else in no text as rules see it
            known[kind][form] = int(articles)
    boilerplate: dict[str, int] = {}
    for _, _, line, texts, _ in _limited(folder / BOILERPLATE, BOILERPLATE_COLUMNS, MAX_LINES):
        if not line.strip():
            raise LearnedError(f"{folder / BOILERPLATE}: has an empty line of boilerplate")
        if not stand_ins(line):
            boilerplate[line] = boilerplate.get(line, 0) + int(texts)
    copies = copies_in(folder) if (folder / COPIES).exists() else ()
    found = replace(
        shipped,
        names={**shipped.names, **{name: shipped.names.get(name, 0) + count for name, count in known["name"].items()}},
        mastheads=(*shipped.mastheads, *(Masthead(address, address, "other") for address in known["masthead"])),
        protected=shipped.protected | known["word"].keys(),
        roster=known["byline"],
        boilerplate=boilerplate,
        copies={place: copy for place, copy in copies if not stand_ins(copy.found + copy.meant)},
        version=f"{shipped.version}+{version(folder)}",
    )
    if state(folder) != before:
        raise LearnedError(f"{folder}: was written while it was read: try again")
    return found


def copies_in(folder: Path) -> Iterator[tuple[str, Copy]]:
    """Yield the places of a folder where copies of a text have something else, and what they have.

    Raises LearnedError where they cannot be read.
    """
    for kind, place, found, meant, votes, against, source in _limited(folder / COPIES, COPY_COLUMNS, MAX_COPIES):
        if kind not in COPY_KINDS or not meant.strip():
            raise LearnedError(
                f"{folder / COPIES}: {kind[:20]!r} is no kind of place, or {meant[:20]!r} nothing to put there"
            )
        yield place, Copy(kind, found, meant, int(votes), int(against), source)


def version(folder: Path) -> str:
    """Hash the files of a folder that the engine uses."""
    import hashlib  # which loads OpenSSL

    found = hashlib.sha256()
    for name in (KNOWN, BOILERPLATE, *([COPIES] if (folder / COPIES).exists() else [])):
        found.update(hashlib.sha256((folder / name).read_bytes()).digest())
    return found.hexdigest()[:16]
