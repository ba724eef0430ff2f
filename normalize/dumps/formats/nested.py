"""Fields inside records: "article.text" is a member of a member, "paragraphs[]" every string of a list.

A record whose own member has the whole name is taken at its word: "article.text" may be a key, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from ...lazy import lazy_pattern
from ..errors import DumpError
from ..record import Fields, Record
from .json_strings import items, members
from .jsonl import JsonLines, kind_of_value, odd_value

Steps = tuple[str | None, ...]  # names of members; None: every item of a list
DEPTH = 4  # so deep records are looked into for the names of fields: a choice
_NO_STEP = lazy_pattern(r"[.\[\]]")  # in the name of a member: then no field's name leads to it
_STEP = lazy_pattern(r"([^.\[\]]+)((?:\[\])*)(?:\.|\Z)")


def is_nested(name: str) -> bool:
    """Whether a name says where a field is inside of a record."""
    return "." in name or "[]" in name


def steps(name: str) -> Steps:
    """Parse the name of a field into steps. Raises DumpError for a name that has none."""
    found: list[str | None] = []
    position = 0
    while position < len(name):
        match = _STEP.match(name, position)
        if not match:
            raise DumpError(f'"{name}" is no field inside a record: write "article.text", "paragraphs[]", "items[].body"')
        found += [match[1], *[None] * (len(match[2]) // 2)]
        position = match.end()
    return tuple(found)


def fields_of(row: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Yield the fields of a record, nested ones by such names: "paragraphs[]" once for every item."""
    for name, value in row.items():
        yield from _inside(name, value, DEPTH)


def _inside(name: str, value: object, depth: int) -> Iterator[tuple[str, object]]:
    if depth and isinstance(value, dict):
        for key, member in value.items():
            if not _NO_STEP.search(key):
                yield from _inside(f"{name}.{key}", member, depth - 1)
    elif depth and isinstance(value, list):
        for item in value:
            yield from _inside(f"{name}[]", item, depth - 1)
    else:
        yield name, value


def leads_into(row: Mapping[str, object], name: str) -> bool:
    """Whether a record has a field."""
    try:
        list(values(row, steps(name)))
    except Missing:
        return False
    return True


class Missing(LookupError):
    """Says that a record has no such field."""


def values(value: Any, way: Steps, name: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the name and value of each field that a way leads to. Raises Missing where it leads nowhere."""
    if not way:
        yield name, value
    elif value is None and name:
        yield name, None
    elif way[0] is None:
        if not isinstance(value, list):
            raise Missing
        for number, item in enumerate(value):
            yield from values(item, way[1:], f"{name}[{number}]")
    else:
        if not isinstance(value, dict) or way[0] not in value:
            raise Missing
        yield from values(value[way[0]], way[1:], f"{name}.{way[0]}" if name else way[0])


def spans(raw: bytes, start: int, way: Steps) -> Iterator[tuple[int, int]]:
    """Yield the start and end in `raw` of each value that `values` gives of the value at `start`."""
    first, *rest = way
    if raw[start : start + 4] == b"null":
        yield start, start + 4
        return
    if first is None:
        found = list(items(raw, start))
    else:
        last = {key: (begin, end) for key, begin, end in members(raw, start)}  # of a key given twice, the last counts
        found = [last[first]]
    for begin, end in found:
        if rest:
            yield from spans(raw, begin, tuple(rest))
        else:
            yield begin, end


class _Spans:
    """Finds the values of fields in an object, as json_strings.Spans does those of the top level."""

    def __init__(self, ways: Sequence[tuple[str, Steps]]) -> None:
        self.ways = ways

    def find(self, raw: bytes) -> list[tuple[int, int]]:
        """The start and end of each text, in the order in which they are decoded."""
        top = {key for key, _, _ in members(raw)}
        return [span for name, way in self.ways for span in spans(raw, raw.index(b"{"), (name,) if name in top else way)]


class NestedJsonLines(JsonLines):
    """The codec of JSON lines with texts inside their objects."""

    def __init__(self, fields: Fields) -> None:
        super().__init__(Fields((), None, None, None))
        self.fields = fields
        self._ways = [(name, steps(name)) for name in fields.texts]
        self._others = [(name, steps(name) if is_nested(name) else (name,)) if name else None for name in fields[1:]]
        self._spans = _Spans(self._ways)  # type: ignore[assignment]

    def record(self, raw: bytes, place: int) -> Record:
        """The record of one object."""
        if not raw.strip():
            return Record(place, raw, blank=True)
        try:
            value = msgspec.json.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            try:
                value = odd_value(raw)
            except ValueError as error:
                return Record(place, raw, error=str(error))
        if not isinstance(value, dict):
            return Record(place, raw, error=f"is {kind_of_value(value)}, not a JSON object")
        date, id, outlet = (self._other(value, other) for other in self._others)
        names: list[str] = []
        record = Record(place, raw, [], date, id, outlet, fragile=True, names=names)
        for name, way in self._ways:
            try:
                found = list(values(value, (name,) if name in value else way))
            except Missing:
                record.error = f'has no field "{name}" (its fields: {", ".join(list(value)[:20]) or "none"})'
                break
            for one, text in found:
                if text is not None and not isinstance(text, str):
                    record.error = f'field "{one}" is {kind_of_value(text)}, not a string'
                record.texts.append(text)
                names.append(one)
        return record

    def _put_texts(self, row: dict[str, object], record: Record) -> None:
        for name, text in zip(record.names or (), record.cleaned or record.texts, strict=True):
            if row:  # else it cannot be converted
                _put(row, name, text)

    def _other(self, value: dict[str, Any], other: tuple[str, Steps] | None) -> object:
        """The date, id or outlet of a record: the first value that its name leads to."""
        if not other:
            return None
        name, way = other
        try:
            return next((found for _, found in values(value, (name,) if name in value else way)), None)
        except Missing:
            return None


def _put(row: Any, name: str, text: str | None) -> None:
    """Put a text in its place in an object."""
    if name in row:
        row[name] = text
        return
    way = [int(part) if part.isdigit() and bracket else part for bracket, part in _PART.findall(name)]
    for part in way[:-1]:
        row = row[part]
        if row is None:
            return
    row[way[-1]] = text


_PART = lazy_pattern(r"(\[?)([^.\[\]]+)\]?\.?")
