"""JSON lines: one object a line. Every byte outside a changed field stays as it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

import msgspec

from .json_text import Spans, encode, has_style, members, style_of
from .record import Fields, Piece, Record

_MISSING = msgspec.UNSET


class JsonLines:
    """The codec. `fields.texts` must be strings (or null) at the top level of each object."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self._read, self._values = _reader(fields)
        self._spans = Spans(fields.texts)

    def __reduce__(self) -> tuple[type[JsonLines], tuple[Fields]]:
        return JsonLines, (self.fields,)

    def decode(self, piece: Piece) -> list[Record]:
        raws = piece.data.split(b"\n")
        if not raws[-1]:
            raws.pop()
        return [self._record(raw, place) for place, raw in enumerate(raws, piece.first)]

    def rebuild(self, piece: Piece, records: list[Record]) -> bytes:
        end = b"\n" if piece.data.endswith(b"\n") else b""
        if not any(record.dropped or record.cleaned is not None for record in records) and len(records) == piece.length:
            return piece.data
        kept = [self._replace(r) if r.cleaned is not None else r.raw for r in records if not r.dropped]
        return b"\n".join(kept) + end if kept else b""

    def rows(self, piece: Piece, records: list[Record]) -> list[dict[str, object]]:
        rows = []
        for record in records:
            row: dict[str, object] = json.loads(record.raw.decode("utf-8-sig"))
            row.update(zip(self.fields.texts, record.cleaned or record.texts, strict=True))
            rows.append(row)
        return rows

    def raw(self, piece: Piece, record: Record) -> bytes:
        return record.raw

    def style(self, record: Record, index: int) -> str:
        if not has_style(record.raw):
            return ""
        start, end = self._spans.find(record.raw)[self.fields.texts[index]]
        return style_of(record.raw, record.raw[start:end], record.texts[index] or "")

    def text(self, record: Record, index: int, style: str) -> str | None:
        return record.texts[index]

    def holds(self, text: str) -> bool:
        return True

    def reads_back(self, record: Record, text: str) -> bool:
        return True

    def _record(self, raw: bytes, place: int) -> Record:
        try:
            values: Sequence[object] = self._values(self._read(raw))
        except (msgspec.DecodeError, UnicodeDecodeError):
            if not raw.strip():
                return Record(place, raw, blank=True)
            try:
                values = self._exotic_values(raw)
            except ValueError as error:
                return Record(place, raw, error=str(error))
        *found, date, id, outlet = values
        texts: list[Any] = found
        complaint = ""
        for text in texts:
            if text.__class__ is not str and text is not None:
                complaint = self._complaint(raw, texts)
        return Record(place, raw, texts, date, id, outlet, complaint)

    def _complaint(self, raw: bytes, texts: Sequence[object]) -> str:
        """Why these cannot be texts."""
        for name, text in zip(self.fields.texts, texts, strict=True):
            if text is _MISSING:
                return f'has no field "{name}" (its fields: {", ".join(_keys(raw)) or "none"})'
            if text is not None and not isinstance(text, str):
                return f'field "{name}" is {_kind(text)}, not a string'
        return ""

    def _exotic_values(self, raw: bytes) -> list[object]:
        """What msgspec refuses and json takes: lone surrogates, NaN, a byte order mark. Raises ValueError."""
        try:
            values = json.loads(raw.decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            raise ValueError(f"invalid UTF-8: byte 0x{raw[error.start]:02x} at byte {error.start + 1}") from None
        except json.JSONDecodeError as error:
            raise ValueError(f"broken JSON: {error.msg} at character {error.pos + 1}") from None
        except RecursionError:
            raise ValueError("broken JSON: nested too deeply") from None
        if not isinstance(values, dict):
            raise ValueError(f"is {_kind(values)}, not a JSON object")
        others = [values.get(name) if name else None for name in self.fields[1:]]
        return [*(values.get(name, _MISSING) for name in self.fields.texts), *others]

    def _replace(self, record: Record) -> bytes:
        raw = record.raw
        places = self._spans.find(raw)
        changes = [
            (*places[name], index, new)
            for index, (name, old, new) in enumerate(zip(self.fields.texts, record.texts, record.cleaned or (), strict=True))
            if new is not None and new != old
        ]
        out = raw
        for start, end, index, new in sorted(changes, reverse=True):
            style = (record.styles or {}).get(index) or style_of(raw, raw[start:end], record.texts[index] or "")
            out = out[:start] + encode(new, style) + out[end:]
        return out


def _reader(fields: Fields) -> tuple[Callable[[bytes], object], Callable[[object], tuple[object, ...]]]:
    """From a line to its wanted members, and from these to their values: those of the texts, the date, id and outlet."""
    names = list(dict.fromkeys([*fields.texts, *filter(None, fields[1:])]))
    row = msgspec.defstruct(
        "Row",
        [(f"f{i}", object, _MISSING if name in fields.texts else None) for i, name in enumerate(names)],
        rename={f"f{i}": name for i, name in enumerate(names)},
        namespace={"nothing": None},
    )
    attributes = [f"f{names.index(name)}" if name else "nothing" for name in (*fields.texts, *fields[1:])]
    return msgspec.json.Decoder(row).decode, attrgetter(*attributes)


def _keys(raw: bytes) -> list[str]:
    return [key for key, _, _ in members(raw)][:20]


def _kind(value: object) -> str:
    for kind, name in ((bool, "a boolean"), (int | float, "a number"), (list, "an array"), (dict, "an object")):
        if isinstance(value, kind):
            return name
    return "null" if value is None else "a string"
