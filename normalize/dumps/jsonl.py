"""JSON lines: one object a line. Every byte outside a changed field stays as it was."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import msgspec

from .record import Fields, Record

_SPACE = re.compile(rb"[ \t\r\n]*")
_STRUCTURE = re.compile(rb'["{}\[\]]')
_SCALAR_END = re.compile(rb"[,}\]\s]|\Z")
_SURROGATE = re.compile("[\ud800-\udfff]")
BOM = b"\xef\xbb\xbf"


class JsonLines:
    """The codec. `fields.texts` must be strings (or null) at the top level of each object."""

    def __init__(self, fields: Fields) -> None:
        self.fields = fields
        self._wanted = [*fields.texts, *(name for name in (fields.date, fields.id, fields.outlet) if name)]
        self._decode = _decoder(self._wanted)

    def __reduce__(self) -> tuple[type[JsonLines], tuple[Fields]]:
        return JsonLines, (self.fields,)

    def decode(self, data: bytes, first: int) -> list[Record]:
        raws = data.split(b"\n")
        if not raws[-1]:
            raws.pop()
        return [self._record(raw, place) for place, raw in enumerate(raws, first)]

    def rebuild(self, data: bytes, records: list[Record]) -> bytes:
        end = b"\n" if data.endswith(b"\n") else b""
        kept = [self._replace(r) if r.cleaned is not None else r.raw for r in records if not r.dropped]
        return b"\n".join(kept) + end if kept else b""

    def _record(self, raw: bytes, place: int) -> Record:
        try:
            values = self._decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError):
            if not raw.strip():
                return Record(place, raw, blank=True)
            try:
                values = self._decode_exotic(raw)
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

    def _decode_exotic(self, raw: bytes) -> list[object]:
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
        raw, cleaned = record.raw, record.cleaned or []
        ascii_only = raw.isascii() and b"\\u" in raw  # the file's writer escaped: so do we
        places = {key: (start, end) for key, start, end in members(raw)}  # of a key given twice, the last counts
        changes = [
            (*places[name], new)
            for name, old, new in zip(self.fields.texts, record.texts, cleaned, strict=True)
            if new is not None and new != old
        ]
        for start, end, new in sorted(changes, reverse=True):
            raw = raw[:start] + encode(new, ascii_only) + raw[end:]
        return raw


def encode(text: str, ascii_only: bool = False) -> bytes:
    """`text` as a JSON string; what UTF-8 cannot hold (a lone surrogate) as an escape."""
    if not ascii_only:
        try:
            return msgspec.json.encode(text)
        except UnicodeEncodeError:
            quoted = json.dumps(text, ensure_ascii=False)
            return _SURROGATE.sub(lambda m: f"\\u{ord(m[0]):04x}", quoted).encode()
    return json.dumps(text).encode()


def members(raw: bytes) -> Iterator[tuple[str, int, int]]:
    """Key, start and end of value of every member of the (valid) JSON object in `raw`, in order."""
    position = raw.index(b"{") + 1
    while True:
        position = _skip_space(raw, position)
        if raw[position] != 0x22:  # not '"': the closing brace of an empty object
            return
        end = _string_end(raw, position)
        key = raw[position:end]
        position = _skip_space(raw, _skip_space(raw, end) + 1)  # past the colon
        end = _value_end(raw, position)
        yield json.loads(key) if b"\\" in key else key[1:-1].decode(), position, end
        position = _skip_space(raw, end) + 1
        if raw[position - 1] != 0x2C:  # ','
            return


def _skip_space(raw: bytes, position: int) -> int:
    match = _SPACE.match(raw, position)
    return match.end() if match else position


def _string_end(raw: bytes, start: int) -> int:
    """The end of the string that opens at `start`: its first quote that no backslash escapes."""
    end = raw.index(b'"', start + 1)
    while raw[end - 1] == 0x5C:
        before = end - 1
        while raw[before - 1] == 0x5C:
            before -= 1
        if (end - before) % 2 == 0:
            break
        end = raw.index(b'"', end + 1)
    return end + 1


def _value_end(raw: bytes, start: int) -> int:
    opening = raw[start]
    if opening == 0x22:
        return _string_end(raw, start)
    if opening not in b"{[":
        match = _SCALAR_END.search(raw, start)
        return match.start() if match else len(raw)
    depth, position = 0, start
    while match := _STRUCTURE.search(raw, position):
        if match[0] == b'"':
            position = _string_end(raw, match.start())
            continue
        depth += 1 if match[0] in b"{[" else -1
        position = match.end()
        if depth == 0:
            break
    return position


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
