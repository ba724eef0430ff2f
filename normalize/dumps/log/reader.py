"""Find the lines of an edit log about the records of its files: by their places, or by their ids."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import msgspec

from ..errors import DumpError
from ..formats import codec, decode
from ..inputs import Input
from ..record import Fields, Piece
from .entries import Section, decode_entry, decode_place, decode_section
from .file import read_header, read_lines, sections

EXACT = 2**53  # from here on, not every whole number is a float


class PlaceLookup:
    """Find the lines of a log for pieces of the inputs of a run, in the order in which they are read.

    undoing: the inputs are what the log's run wrote; else they are what it read.
    Raises DumpError for an input that is not in the log.
    """

    def __init__(self, path: Path, inputs: list[Input], undoing: bool) -> None:
        self.path, self.inputs, self.undoing = path, inputs, undoing
        self.sections = sections(path)
        self.sections_by_file: dict[str, list[int]] = defaultdict(list)  # the sections about each file
        self.files_by_end: dict[tuple[str, ...], str] = {}  # by the last parts of their paths, the first file that has them
        for i, section in enumerate(self.sections):
            file = self._file(section)
            if file not in self.sections_by_file:
                for end in _ends(file):
                    self.files_by_end.setdefault(end, file)
            self.sections_by_file[file].append(i)
        self._rewind()
        self.index = -1
        self.passed_by = 0
        self.entries: Iterator[tuple[int, bytes]] = iter(())
        self.held: tuple[int, bytes] | None = None

    def __call__(self, index: int, piece: Piece) -> tuple[tuple[int, bytes], ...]:
        """The lines about a piece of an input, each with its record's place in that input."""
        self._turn_to(index)
        found = []
        end = piece.first + piece.length
        while self.held and self.held[0] < end:
            if self.held[0] >= max(piece.first, 1):
                found.append(self.held)
            else:
                self.unplaced.append(self.held[0])
            self.held = next(self.entries, None)
        return tuple(found)

    def unfound(self, index: int) -> str:
        """Say which entries about an input, which was read to its end, are about no line of it."""
        try:
            self._turn_to(index)
        except DumpError:  # an empty input, which the log need not know
            return ""
        behind = [self.held] if self.held else []
        places = self.unplaced + [place for place, _ in (*behind, *self.entries)]
        self.held = None
        self.passed_by += len(places)
        count = len(set(places))
        return f"the log has {count:,} records that are not there, the first in line {min(places):,}" if count else ""

    def unmatched(self) -> int:
        """Count the lines about the inputs read to their ends whose records were not in them."""
        return self.passed_by

    def _turn_to(self, index: int) -> None:
        """Go to the entries about an input."""
        if index != self.index:
            self.entries = self._entries_about(self.inputs[index])
            self.held = next(self.entries, None)
            self.index = index
            self.unplaced: list[int] = []  # the places of entries that were in no piece

    def _entries_about(self, source: Input) -> Iterator[tuple[int, bytes]]:
        """The entries of the log about an input, with places in it."""
        wanted = self._sections_of(source)
        if self.current > wanted[0]:
            self._rewind()
        dropped = 0
        while self.current <= wanted[-1]:
            raw = next(self.stream, None)
            if raw is None or decode_section(raw):
                self.current += 1
            elif self.current in wanted:
                n, rejected = decode_place(raw)
                if not self.undoing:
                    yield n, raw
                elif rejected:
                    dropped += 1
                else:
                    section = self.sections[self.current]
                    rank = n if section.only is None else bisect_left(section.only, n) + 1
                    yield section.first + rank - dropped, raw

    def _rewind(self) -> None:
        self.stream = read_lines(self.path)
        next(self.stream)
        self.current = -1  # the section that the stream is in

    def _sections_of(self, source: Input) -> list[int]:
        """The sections about an input: those of the file whose path ends most like its own."""
        if len(self.inputs) == 1 and len(self.sections_by_file) == 1:
            return list(range(len(self.sections)))  # whatever the file is called by now
        longest = max((end for end in _ends(source.path) if end in self.files_by_end), key=len, default=())
        best = self.files_by_end.get(longest, "")
        if not best or len(longest) < min(len(Path(best).parts), len(Path(source.below).parts)):
            raise DumpError(f"{self.path} has no entries about {source.name}, only about {self._known()}")
        return self.sections_by_file[best]

    def _file(self, section: Section) -> str:
        """Return the file of the section to read now."""
        return section.output if self.undoing else section.input

    def _known(self) -> str:
        names = sorted(self.sections_by_file)
        return ", ".join(names[:5]) + (", ..." if len(names) > 5 else "")


class UnclearIds(DumpError):
    """Says that the ids of a log do not tell its records apart."""


class IdLookup:
    """Find the lines of a log by the ids of records, for files that were filtered, shuffled or put together since.

    Holds the whole log in memory. Raises UnclearIds where the log has no ids, or one of them for two records.
    """

    def __init__(self, path: Path, inputs: list[Input], fields: Fields) -> None:
        self.inputs, self.fields = inputs, fields
        self.lines: dict[str, list[bytes]] = {}
        self.met: set[str] = set()
        self.without_id = 0  # lines
        places: dict[str, tuple[int, int]] = {}
        section = 0
        read_header(path)
        for raw in islice(read_lines(path), 1, None):
            if decode_section(raw):
                section += 1
                continue
            entry = decode_entry(raw)
            if not is_id(entry.id):
                self.without_id += entry.rejected is None
                continue
            key = key_of(entry.id)
            if places.setdefault(key, (section, entry.n)) != (section, entry.n):
                raise UnclearIds(f"{path}: two records have the id {key!r}: their edits cannot be told apart by it")
            self.lines.setdefault(key, []).append(raw)
        if not self.lines:
            raise UnclearIds(f"{path}: no entry has an id")

    def unfound(self, index: int) -> str:
        """Say nothing: records may be in another file now."""
        return ""

    def __call__(self, index: int, piece: Piece) -> tuple[tuple[int, bytes], ...]:
        """The lines about a piece of an input, each with its record's place in that input."""
        found = []
        for record in decode(codec(self.inputs[index].format, self.fields), piece):
            if is_id(record.id) and (lines := self.lines.get(key := key_of(record.id))):
                self.met.add(key)
                found += [(record.place, raw) for raw in lines]
        return tuple(found)

    def unmatched(self) -> int:
        """Count the lines whose records were not read so far."""
        return self.without_id + sum(len(lines) for key, lines in self.lines.items() if key not in self.met)


def is_id(value: object) -> bool:
    """Whether a value tells records apart: none does that is missing, which tables write as an empty field."""
    return value is not None and value != ""


def key_of(id: object) -> str:
    """Return an id as text, the same for a record and for its log, in every format.

    So 1 and 1.0 are one id, as a column of Parquet has them, and what is no string or number is its JSON, as in a table.
    """
    plain = msgspec.to_builtins(id, enc_hook=str)
    if isinstance(plain, str):
        return plain
    if isinstance(plain, float) and plain.is_integer() and abs(plain) < EXACT:
        plain = int(plain)
    try:
        return msgspec.json.encode(plain).decode()
    except UnicodeEncodeError:  # a lone surrogate in it
        return json.dumps(plain)


def _ends(path: str) -> Iterator[tuple[str, ...]]:
    """The last part of a path, the last two, and so on."""
    parts = Path(path).parts
    return (parts[i:] for i in range(len(parts) - 1, -1, -1))
