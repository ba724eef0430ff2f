"""JSON lines: one object a line. Every byte outside a changed field stays as it was."""

from __future__ import annotations

import json
from collections.abc import Callable

import msgspec

from .json_text import encode, members, style_of
from .record import Fields, Piece, Record


class JsonLines:
    """The codec. `fields.texts` must be strings (or null) at the top level of each object."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self._wanted = [*fields.texts, *(name for name in (fields.date, fields.id, fields.outlet) if name)]
        self._values = _decoder(self._wanted)

    def __reduce__(self) -> tuple[type[JsonLines], tuple[Fields]]:
        return JsonLines, (self.fields,)

    def decode(self, piece: Piece) -> list[Record]:
        raws = piece.data.split(b"\n")
        if not raws[-1]:
            raws.pop()
        return [self._record(raw, place) for place, raw in enumerate(raws, piece.first)]

    def rebuild(self, piece: Piece, records: list[Record]) -> bytes:
        end = b"\n" if piece.data.endswith(b"\n") else b""
        kept = [self._replace(r) if r.cleaned is not None else r.raw for r in records if not r.dropped]
        return b"\n".join(kept) + end if kept else b""

    def rows(self, piece: Piece, records: list[Record]) -> list[dict[str, object]]:
        rows = []
        for record in records:
            row: dict[str, object] = json.loads(record.raw.decode("utf-8-sig"))
            row.update(zip(self.fields.texts, record.cleaned or record.texts, strict=True))
            rows.append(row)
        return rows

    def style(self, record: Record, index: int) -> str:
        if rb"\u" not in record.raw and rb"\/" not in record.raw:
            return ""
        for key, start, end in members(record.raw):
            if key == self.fields.texts[index]:
                written = record.raw[start:end]
        return style_of(record.raw, written, record.texts[index] or "")

    def holds(self, text: str) -> bool:
        return True

    def _record(self, raw: bytes, place: int) -> Record:
        try:
            values = self._values(raw)
        except (msgspec.DecodeError, UnicodeDecodeError):
            if not raw.strip():
                return Record(place, raw, blank=True)
            try:
                values = self._exotic_values(raw)
            except ValueError as error:
                return Record(place, raw, error=str(error))
        record = Record(place, raw)
        for name, text in zip(self.fields.texts, values, strict=False):
            if text is None or isinstance(text, str):
                record.texts.append(text)
            elif text is msgspec.UNSET:
                record.error = f'has no field "{name}" (its fields: {", ".join(_keys(raw)) or "none"})'
            else:
                record.error = f'field "{name}" is {_kind(text)}, not a string'
        others = iter(values[len(self.fields.texts) :])
        if self.fields.date:
            record.date = _or_none(next(others))
        if self.fields.id:
            record.id = _or_none(next(others))
        if self.fields.outlet:
            record.outlet = _or_none(next(others))
        return record

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
        return [values.get(name, msgspec.UNSET) for name in self._wanted]

    def _replace(self, record: Record) -> bytes:
        raw = record.raw
        places = {key: (start, end) for key, start, end in members(raw)}  # of a key given twice, the last counts
        changes = [
            (*places[name], index, new)
            for index, (name, old, new) in enumerate(zip(self.fields.texts, record.texts, record.cleaned or (), strict=True))
            if new is not None and new != old
        ]
        out = raw
        for start, end, index, new in sorted(changes, reverse=True):
            style = record.styles.get(index) or style_of(raw, raw[start:end], record.texts[index] or "")
            out = out[:start] + encode(new, style) + out[end:]
        return out


def _decoder(names: list[str]) -> Callable[[bytes], list[object]]:
    """A function from a line to the values of the named top-level members, UNSET for one that is missing."""
    unique = list(dict.fromkeys(names))
    row = msgspec.defstruct(
        "Row",
        [(f"f{i}", object, msgspec.UNSET) for i in range(len(unique))],
        rename={f"f{i}": name for i, name in enumerate(unique)},
    )
    decode = msgspec.json.Decoder(row).decode
    attributes = [f"f{unique.index(name)}" for name in names]

    def values(raw: bytes) -> list[object]:
        found = decode(raw)
        return [getattr(found, attribute) for attribute in attributes]

    return values


def _keys(raw: bytes) -> list[str]:
    return [key for key, _, _ in members(raw)][:20]


def _kind(value: object) -> str:
    for kind, name in ((bool, "a boolean"), (int | float, "a number"), (list, "an array"), (dict, "an object")):
        if isinstance(value, kind):
            return name
    return "null" if value is None else "a string"


def _or_none(value: object) -> object:
    return None if value is msgspec.UNSET else value
