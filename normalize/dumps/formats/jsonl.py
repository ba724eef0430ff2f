"""JSON lines: one object a line. Every byte outside a changed field stays as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

import msgspec

from ...edit import Edit
from ...lazy import lazy_pattern
from ..record import MIXED, Fields, Piece, Record
from .json_strings import STYLES, Spans, encode, has_style, members, spelled, spliced, style_of
from .lines import split_lines

_KNOWN_STYLES = frozenset((*STYLES, MIXED))
DEPTH = 200  # of values that are converted, a choice: Python, msgspec and Arrow give up at several hundred
_STRING = lazy_pattern(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_BRACKETS = lazy_pattern(rb"[][{}]")
_MISSING = msgspec.UNSET
_JOINED = lazy_pattern("[\ud800-\udbff][\udc00-\udfff]")  # two lone surrogates that would be read as one character


class JsonLines:
    """The codec. `fields.texts` must be strings (or null) at the top level of each object."""

    holds_all = True

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self._read, self._values = _reader(fields)
        self._spans = Spans(fields.texts)

    def __reduce__(self) -> tuple[type[JsonLines], tuple[Fields]]:
        return type(self), (self.fields,)

    def decode(self, piece: Piece) -> list[Record]:
        return [self.record(raw, place) for place, raw in enumerate(split_lines(piece.data), piece.first)]

    def record(self, raw: bytes, place: int) -> Record:
        """The record of one object."""
        try:
            *texts, date, id, outlet = self._values(self._read(raw))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return self._odd_record(raw, place)
        return Record(place, raw, texts, date, id, outlet)

    def rebuild(self, piece: Piece, records: list[Record]) -> bytes:
        if not any(record.dropped or record.cleaned is not None for record in records) and len(records) == piece.length:
            return piece.data
        parts: list[bytes] = []
        for record in records:
            if not record.dropped:
                parts += self._replaced(record) if record.cleaned is not None else (record.raw,)
                parts.append(b"\n")
        if not piece.data.endswith(b"\n"):
            del parts[-1:]
        return b"".join(parts)

    def rows(self, piece: Piece, records: list[Record]) -> list[dict[str, object]]:
        rows = []
        for record in records:
            row: dict[str, object] = {}
            try:
                row = json.loads(record.raw.decode("utf-8-sig"))
            except (ValueError, RecursionError) as error:  # a number of too many digits; invalid UTF-8 in another field
                record.error = f"cannot be converted: {error}"
            if _depth(record.raw) > DEPTH:
                record.error = "cannot be converted: nested too deeply"
            self._put_texts(row, record)
            rows.append(row)
        return rows

    def _put_texts(self, row: dict[str, object], record: Record) -> None:
        """Put the texts of a record into its other fields."""
        row.update(zip(self.fields.texts, record.cleaned or record.texts, strict=True))

    def raw(self, piece: Piece, record: Record) -> bytes:
        return record.raw

    def style(self, record: Record, index: int) -> str:
        if not has_style(record.raw):
            return ""
        start, end = self._spans.find(record.raw)[index]
        style = style_of(record.raw, record.raw[start:end], record.texts[index] or "")
        record.styles = {**(record.styles or {}), index: style}  # as it is to be written again
        return style

    def spelled(self, record: Record, index: int, edits: Sequence[Edit]) -> Sequence[str]:
        start, end = self._spans.find(record.raw)[index]
        return spelled(record.raw[start:end], edits)

    def text(self, record: Record, index: int, style: str) -> str | None:
        return record.texts[index]

    def holds(self, text: str) -> bool:
        return True

    def reads_back(self, record: Record, index: int, text: str) -> bool:
        return not _JOINED.search(text)

    def _odd_record(self, raw: bytes, place: int) -> Record:
        """The record of a line that is not as it should be, or more than msgspec takes."""
        if not raw.strip():
            return Record(place, raw, blank=True)
        try:
            *texts, date, id, outlet = self._odd_values(raw)
        except ValueError as error:
            return Record(place, raw, error=str(error))
        return Record(place, raw, texts, date, id, outlet, self._complaint(raw, texts), fragile=True)

    def _complaint(self, raw: bytes, texts: Sequence[object]) -> str:
        """Why these cannot be texts."""
        for name, text in zip(self.fields.texts, texts, strict=True):
            if text is _MISSING:
                return f'has no field "{name}" (its fields: {", ".join(_keys(raw)) or "none"})'
            if text is not None and not isinstance(text, str):
                return f'field "{name}" is {kind_of_value(text)}, not a string'
        return ""

    def _odd_values(self, raw: bytes) -> list[Any]:
        """The values of a line that json takes, if not msgspec. Raises ValueError where it holds no object."""
        values = odd_value(raw)
        if not isinstance(values, dict):
            raise ValueError(f"is {kind_of_value(values)}, not a JSON object")
        others = [values.get(name) if name else None for name in self.fields[1:]]
        return [*(values.get(name, _MISSING) for name in self.fields.texts), *others]

    def _replaced(self, record: Record) -> list[bytes]:
        """A record with its changed texts, in parts."""
        raw, old, new, styles = record.raw, record.texts, record.cleaned or (), record.styles or {}
        parts: list[bytes] = []
        position = 0
        spans = self._spans.find(raw)
        places = sorted([(span, i) for i, span in enumerate(spans)]) if len(spans) > 1 else ((spans[0], 0),)
        for (start, end), i in places:
            text = new[i]
            if text is not None and text != old[i]:
                style = styles.get(i, "?") or "utf8"
                if style not in _KNOWN_STYLES:  # no log says it, or one of another format
                    style = style_of(raw, raw[start:end], old[i] or "") if has_style(raw) else "utf8"
                parts += raw[position:start], self._written(record, i, raw[start:end], text, style)
                position = end
        parts.append(raw[position:])
        return parts

    def _written(self, record: Record, index: int, written: bytes, text: str, style: str) -> bytes:
        if style != MIXED:
            return encode(text, style)
        spellings = record.spelled.get(index) if record.spelled else None
        return spliced(record.raw, written, (record.edits or {})[index], spellings)


def _reader(fields: Fields) -> tuple[Callable[[bytes], object], Callable[[object], tuple[Any, ...]]]:
    """From a line to its wanted members, and from these to their values: those of the texts, the date, id and outlet."""
    names = list(dict.fromkeys([*fields.texts, *filter(None, fields[1:])]))
    if any(c in '"\\' or c < " " or "\ud800" <= c <= "\udfff" for name in names for c in name):  # no fields of msgspec
        return _refuse, lambda row: ()
    row = msgspec.defstruct(
        "Row",
        [(f"f{i}", str | None) if name in fields.texts else (f"f{i}", object, None) for i, name in enumerate(names)],
        rename={f"f{i}": name for i, name in enumerate(names)},
        namespace={"nothing": None},
        gc=False,
    )
    attributes = [f"f{names.index(name)}" for name in fields.texts]
    attributes += [f"f{names.index(name)}" if name else "nothing" for name in fields[1:]]
    return msgspec.json.Decoder(row).decode, attrgetter(*attributes)


def _refuse(raw: bytes) -> object:
    """Leave a line to the slow way."""
    raise msgspec.DecodeError


def odd_value(raw: bytes) -> Any:
    """The value of JSON that may have lone surrogates, NaN, a byte order mark. Raises ValueError where it is broken."""
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ValueError(f"invalid UTF-8: byte 0x{raw[error.start]:02x} at byte {error.start + 1}") from None
    except json.JSONDecodeError as error:
        raise ValueError(f"broken JSON: {error.msg} at character {error.pos + 1}") from None
    except RecursionError:
        raise ValueError("broken JSON: nested too deeply") from None


def _depth(raw: bytes) -> int:
    """At most how deep the values of a line are nested; exact where that may be too much."""
    deepest = raw.count(b"[") + raw.count(b"{")
    if deepest <= DEPTH:
        return deepest
    depth = deepest = 0
    for bracket in _BRACKETS.findall(_STRING.sub(b"", raw)):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _keys(raw: bytes) -> list[str]:
    return [key for key, _, _ in members(raw)][:20]


def kind_of_value(value: object) -> str:
    """Name the type of a JSON value, for people."""
    for kind, name in ((bool, "a boolean"), (int | float, "a number"), (list, "an array"), (dict, "an object")):
        if isinstance(value, kind):
            return name
    return "null" if value is None else "a string"
