"""Strings in JSON as they are written: where they stand in an object, and in which of the usual styles."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

# How writers of JSON differ in a string: msgspec, orjson, JavaScript / Python / PHP / PHP with its unicode flag /
# Java and .NET. What none of them writes (mixed escapes) cannot be told by a style.
STYLES = ("utf8", "ascii", "ascii slash", "slash", "ascii upper")

_SPACE = re.compile(rb"[ \t\r\n]*")
_STRUCTURE = re.compile(rb'["{}\[\]]')
_SCALAR_END = re.compile(rb"[,}\]\s]|\Z")
_PLAIN_NAME = re.compile(r"[\w .:-]+", re.ASCII)
_TELLING = re.compile(rb"\\[u/]")
_HIDING = re.compile(rb"\\u00[2-7]")  # a printable ASCII character, written as an escape
_SURROGATE = re.compile("[\ud800-\udfff]")
_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*\\u)([0-9a-f]{4})")


def encode(text: str, style: str = "utf8") -> bytes:
    """`text` as a JSON string; what UTF-8 cannot hold (a lone surrogate) as an escape."""
    if style == "utf8":
        try:
            return msgspec.json.encode(text)
        except UnicodeEncodeError:
            quoted = json.dumps(text, ensure_ascii=False)
            return _SURROGATE.sub(lambda m: f"\\u{ord(m[0]):04x}", quoted).encode()
    if style == "slash":
        return encode(text).replace(b"/", rb"\/")
    quoted = json.dumps(text)
    if style == "ascii upper":
        quoted = _ESCAPE.sub(lambda m: m[1] + m[2].upper(), quoted)
    return (quoted.replace("/", r"\/") if style == "ascii slash" else quoted).encode()


def has_style(line: bytes) -> bool:
    """Whether anything in a line of JSON tells of another style than plain UTF-8."""
    return _TELLING.search(line) is not None


def style_of(line: bytes, written: bytes, text: str) -> str:
    """The style in which `text` was `written` in `line`; where several fit, the one the rest of the line speaks for."""
    if not has_style(line):
        return "utf8"
    likely = ("ascii " if line.isascii() and rb"\u" in line else "") + ("slash" if rb"\/" in line else "")
    for style in sorted(STYLES, key=lambda style: style != (likely.strip() or "utf8")):
        if encode(text, style) == written:
            return style
    return likely.strip() or "utf8"


class Spans:
    """Finds where the values of the named top-level members of a JSON object stand in it."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self._keys = [json.dumps(name, ensure_ascii=False).encode() for name in names if _PLAIN_NAME.fullmatch(name)]
        row = msgspec.defstruct("Row", [(f"f{i}", msgspec.Raw) for i in range(len(names))], rename=self._renamed())
        self._read = msgspec.json.Decoder(row).decode

    def _renamed(self) -> dict[str, str]:
        return {f"f{i}": name for i, name in enumerate(self.names)}

    def find(self, raw: bytes) -> Mapping[str, tuple[int, int]]:
        """The start and end of each value; of a key given twice, the last counts. All names must be there."""
        return self._find_plain(raw) or {key: (start, end) for key, start, end in members(raw)}

    def _find_plain(self, raw: bytes) -> dict[str, tuple[int, int]] | None:
        """The short way: where each key's literal stands only once, and no key can be hidden by escapes, it is it."""
        if len(self._keys) < len(self.names) or _HIDING.search(raw):
            return None
        try:
            values = self._read(raw)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return None
        found = {}
        for i, key in enumerate(self._keys):
            start = raw.index(key)
            if raw.find(key, start + 1) >= 0:
                return None
            start = _skip_space(raw, _skip_space(raw, start + len(key)) + 1)  # past the colon
            found[self.names[i]] = start, start + len(bytes(getattr(values, f"f{i}")))
        return found


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
