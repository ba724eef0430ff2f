"""Pair the edits of two logs about the same dump, text by text, and yield what differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path, PurePath
from typing import NamedTuple, TypeVar

from ...edit import Edit, Finding
from ..errors import DumpError
from ..log.entries import LogEntry, Section, decode_entry, decode_section
from ..log.file import read_lines, sections

# What can have become of an edit, and then of a finding, from the first log to the second.
KINDS = {
    "gained": "made in B only",
    "lost": "made in A only",
    "changed": "another edit is made there",
    "rescored": "the same text, by another rule or with another confidence",
    "reported": "a finding in B only",
    "unreported": "a finding in A only",
}
SAME = "same"
Found = TypeVar("Found", Edit, Finding)


class Difference(NamedTuple):
    """The difference of two logs at one place of a text: edits that overlap one another, or findings."""

    kind: str  # one of KINDS, or SAME
    a: tuple[Edit | Finding, ...]
    b: tuple[Edit | Finding, ...]


class TextDifferences(NamedTuple):
    """The differences of two logs about one field of a record."""

    section: Section
    n: int
    id: object
    field: str
    found: list[Difference]


def differences(a: Path, b: Path) -> Iterator[TextDifferences]:
    """Yield the differences of two logs text by text, with what is the same in both. Raises DumpError for other dumps."""
    inputs, others = sections(a), sections(b)
    _check_same_inputs((a, inputs), (b, others))
    streams = [_texts(path) for path in (a, b)]
    waiting = [next(stream, None) for stream in streams]
    while waiting[0] or waiting[1]:
        place = min(text[0] for text in waiting if text)
        entries: list[dict[str, LogEntry]] = []
        for side in (0, 1):
            text = waiting[side]
            if text and text[0] == place:
                entries.append(text[1])
                waiting[side] = next(streams[side], None)
            else:
                entries.append({})
        for field in {**entries[0], **entries[1]}:
            pair = entries[0].get(field), entries[1].get(field)
            yield _of_text(inputs[place[0]], place[1], field, *pair)


def _check_same_inputs(a: tuple[Path, list[Section]], b: tuple[Path, list[Section]]) -> None:
    """Raise DumpError where the logs are about other files, or other samples of them."""
    names = [[PurePath(section.input).name for section in sections] for _, sections in (a, b)]
    if names[0] != names[1]:
        named = ("; ".join(", ".join(some[:3]) + (" ..." if len(some) > 3 else "") for some in names)) or "nothing"
        raise DumpError(f"{a[0]} and {b[0]} are about other inputs: {named}")
    for one, other in zip(a[1], b[1], strict=True):
        if one.only != other.only:
            raise DumpError(f"{a[0]} and {b[0]} are about other samples of {one.input}")


def _texts(path: Path) -> Iterator[tuple[tuple[int, int], dict[str, LogEntry]]]:
    """Yield the entries of a log by record: its section and its line, and an entry a field."""

    def placed() -> Iterator[tuple[tuple[int, int], LogEntry]]:
        section = -1
        for number, raw in enumerate(read_lines(path)):
            if decode_section(raw):
                section += 1
            elif number:
                entry = decode_entry(raw)
                if section < 0:
                    raise DumpError(f"{path}: an entry stands before the first input")
                if entry.rejected is None:
                    yield (section, entry.n), entry

    last = (-1, -1)
    for place, group in groupby(placed(), key=lambda one: one[0]):
        if place < last:
            raise DumpError(f"{path}: its entries are not in the order of its input (line {place[1]})")
        last = place
        yield place, {entry.field: entry for _, entry in group}


def _of_text(section: Section, n: int, field: str, a: LogEntry | None, b: LogEntry | None) -> TextDifferences:
    if a and b and None not in (a.size, b.size) and a.size != b.size:
        raise DumpError(f"{section.input}:{n}: the logs are about other texts: {a.size} code points, then {b.size}")
    none = LogEntry(n)
    one, other = a or none, b or none
    found = [*_paired(one.edits, other.edits), *_findings(one.findings, other.findings)]
    return TextDifferences(section, n, (a or b or none).id, field, found)


def _paired(a: Sequence[Edit], b: Sequence[Edit]) -> Iterator[Difference]:
    """Pair two lists of edits of a text, each in order and without overlaps."""
    left, right = {edit[:4]: edit for edit in a}, {edit[:4]: edit for edit in b}
    for key in left.keys() & right.keys():
        one, other = left.pop(key), right.pop(key)
        yield Difference(SAME if one == other else "rescored", (one,), (other,))
    for group in _overlapping([*((edit, 0) for edit in left.values()), *((edit, 1) for edit in right.values())]):
        one_side, other_side = (tuple(edit for edit, side in group if side == wanted) for wanted in (0, 1))
        kind = "changed" if one_side and other_side else "lost" if one_side else "gained"
        yield Difference(kind, one_side, other_side)


def _overlapping(edits: list[tuple[Edit, int]]) -> Iterator[list[tuple[Edit, int]]]:
    """Group the edits of both lists that overlap; insertions at one place do, too."""
    edits.sort(key=lambda one: (one[0].start, one[0].end, one[1]))
    group: list[tuple[Edit, int]] = []
    end = -1
    for edit, side in edits:
        overlaps = edit.start < end or (group and edit.start == group[0][0].start)
        if group and not overlaps:
            yield group
            group, end = [], -1
        group.append((edit, side))
        end = max(end, edit.end)
    if group:
        yield group


def _findings(a: Sequence[Finding], b: Sequence[Finding]) -> Iterator[Difference]:
    key: Callable[[Finding], tuple[int, int, str]] = lambda finding: (finding.start, finding.end, finding.rule)  # noqa: E731
    left, right = {key(finding): finding for finding in a}, {key(finding): finding for finding in b}
    for place, finding in left.items():
        yield Difference(SAME if place in right else "unreported", (finding,), ())
    for place, finding in right.items():
        if place not in left:
            yield Difference("reported", (), (finding,))
