"""Raw JSON strings: their spans in an object, and the style that they are written in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence

import msgspec

from ... import kernel
from ...edit import Edit
from ...lazy import lazy_pattern
from ..record import MIXED

# How writers of JSON differ in a string: msgspec, orjson, JavaScript / Python / PHP / PHP with its unicode flag /
# Java and .NET. Other writers (Go and Rails escape <, > and &) and people mix escapes: then each edit is written by itself.
STYLES = ("utf8", "ascii", "ascii slash", "slash", "ascii upper")

_encode = msgspec.json.Encoder().encode
_SPACE = lazy_pattern(rb"[ \t\r\n]*")
_STRUCTURE = lazy_pattern(rb'["{}\[\]]')
_SCALAR_END = lazy_pattern(rb"[,}\]\s]|\Z")
_TELLING = lazy_pattern(rb"\\[u/]")
_SURROGATE = lazy_pattern("[\ud800-\udfff]")
_CHARACTER = lazy_pattern(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|[^\\]", re.DOTALL
)
_ESCAPE = lazy_pattern(r"(?<!\\)((?:\\\\)*\\u)([0-9a-f]{4})")


def encode(text: str, style: str = "utf8") -> bytes:
    """Encode `text` as a JSON string; a lone surrogate becomes an escape."""
    if style == "utf8":
        try:
            return _encode(text)
        except UnicodeEncodeError:
            quoted = json.dumps(text, ensure_ascii=False)
            return _SURROGATE.sub(lambda m: f"\\u{ord(m[0]):04x}", quoted).encode()
    if style == "slash":
        return encode(text).replace(b"/", rb"\/")
    quoted = json.dumps(text)
    if style == "ascii upper":
        quoted = _ESCAPE.sub(lambda m: m[1] + m[2].upper(), quoted)
    return (quoted.replace("/", r"\/") if style == "ascii slash" else quoted).encode()


@kernel.primitive
def has_style(line: bytes) -> bool:
    """Whether anything in a line of JSON is in another style than plain UTF-8."""
    return _TELLING.search(line) is not None


def style_of(line: bytes, written: bytes, text: str) -> str:
    """Return the style in which `text` is `written` in `line`, or MIXED; of several, that of the rest of the line."""
    if not has_style(line):
        return "utf8"
    likely = ("ascii " if line.isascii() and rb"\u" in line else "") + ("slash" if rb"\/" in line else "")
    for style in sorted(STYLES, key=lambda style: style != (likely.strip() or "utf8")):
        if encode(text, style) == written:
            return style
    return MIXED


def spelled(written: bytes, edits: Sequence[Edit]) -> list[str]:
    """Return the text before each edit as the JSON string has it written."""
    inner, bounds = _characters(written)
    return [inner[bounds[edit.start] : bounds[edit.end]] for edit in edits]


def spells(spelling: str, text: str) -> bool:
    """Whether `spelling`, which may come from anywhere, is how some JSON string writes `text`."""
    try:
        return bool(json.loads(f'"{spelling}"') == text)
    except ValueError:
        return False


def spliced(line: bytes, written: bytes, edits: Sequence[Edit], spellings: Sequence[str] | None) -> bytes:
    """Make edits in a JSON string, `written` in `line`; every other character stays as it was written.

    spellings: how the text after each edit is to be written; None: in the style that the line speaks for.
    """
    inner, bounds = _characters(written)
    if spellings is None:
        style = ("ascii " if line.isascii() and rb"\u" in line else "") + ("slash" if rb"\/" in line else "")
        spellings = [encode(edit.after, style.strip() or "utf8")[1:-1].decode() for edit in edits]
    parts: list[str] = []
    position = 0
    for edit, spelling in zip(edits, spellings, strict=True):
        parts += inner[position : bounds[edit.start]], spelling
        position = bounds[edit.end]
    return f'"{"".join(parts)}{inner[position:]}"'.encode()


def _characters(written: bytes) -> tuple[str, list[int]]:
    """A JSON string without its quotes, and where in it each code point of its text begins, and where the last one ends."""
    inner = written[1:-1].decode()
    return inner, [*(match.start() for match in _CHARACTER.finditer(inner)), len(inner)]


class Spans:
    """Finds where the values of the named top-level members of a JSON object stand in it."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self._keys = tuple(name.encode("utf-8", "surrogatepass") for name in names)

    def find(self, raw: bytes) -> Sequence[tuple[int, int]]:
        """The start and end of each value, by name; of a key given twice, the last counts. All names must be there."""
        return spans(raw, self._keys)


@kernel.primitive
def spans(line: bytes, names: tuple[bytes, ...]) -> list[tuple[int, int]]:
    """The start and end in `line` of the values of the JSON object's members of these names, in UTF-8.

    Of a key given twice, the last counts. Raises KeyError where a member is missing.
    """
    found = {key.encode("utf-8", "surrogatepass"): (start, end) for key, start, end in members(line)}
    return [found[name] for name in names]


def members(raw: bytes, start: int = 0) -> Iterator[tuple[str, int, int]]:
    """Key, start and end of value of every member of the (valid) JSON object in `raw` from `start` on, in order."""
    position = raw.index(b"{", start) + 1
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


def items(raw: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Start and end of every item of the (valid) JSON array in `raw` from `start` on, in order."""
    position = _skip_space(raw, raw.index(b"[", start) + 1)
    while raw[position] != 0x5D:  # ']'
        end = _value_end(raw, position)
        yield position, end
        position = _skip_space(raw, end)
        if raw[position] == 0x2C:  # ','
            position = _skip_space(raw, position + 1)


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
