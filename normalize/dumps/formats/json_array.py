"""Files of JSON values that are no lines: an array of objects, or objects one after another, however they are laid out.

They are cut into whole values as they come; no file is held whole. What stands between two values (a comma, line ends) goes
into the output, byte for byte. Where records are left out, or come from another format, each is written as a unit, a comma
and the value, and an array is made of the units when all are there.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Generator, Iterable, Iterator
from itertools import islice
from pathlib import Path

from ...lazy import lazy_pattern
from ..errors import DamagedInput
from ..record import BATCH_BYTES, RECORD_LIMIT, Piece, Record
from .chunks import filled
from .compression import chunks, compressor
from .jsonl import JsonLines
from .nested import NestedJsonLines

UNIT = b",\n"  # what a unit starts with
_GAP = lazy_pattern(rb"[ \t\r\n,]*+")
# A string, brackets that open up to the next that closes, those that close up to the next that opens, or a lone quote.
_TOKEN = lazy_pattern(rb'"(?:[^"\\]++|\\.)*+"|[{\[][^"}\]]*+|[}\]][^"{\[]*+|"', re.DOTALL)
_SCALAR = lazy_pattern(rb"[^\s,\]]++")
_MARK = lazy_pattern(rb'[{\[][^"}\]]*+|[}\]][^"{\[]*+|"')
_CLOSING = lazy_pattern(rb"[}\]]")
_IN_STRING = lazy_pattern(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)
_START = lazy_pattern(rb"(?:\xef\xbb\xbf)?\s*+")


class _Cut:
    """Finds the ends of values in data that grows."""

    def __init__(self, data: bytes, in_array: bool) -> None:
        self.data, self.in_array = data, in_array

    def value(self, start: int, last: bool) -> tuple[int, int] | None:
        """Find the start and end of the first value from `start` on; None where there is none, or it is not whole yet."""
        data = self.data
        position = _GAP.match(data, start).end()  # type: ignore[union-attr]
        if position == len(data) or (self.in_array and data[position] == 0x5D):  # ']'
            return None
        if data[position] not in b'{["':
            scalar = _SCALAR.match(data, position)
            end = scalar.end() if scalar else position + 1
            return None if end == len(data) and not last else (position, end)
        depth, at = 0, position
        while token := _TOKEN.search(data, at):
            start, at = token.span()
            if data[start] != 0x22:
                depth, at = _beyond(data, start, at, depth)
            elif at == start + 1:  # a string that is not whole yet
                return None
            if not depth:
                return position, at
        return None


def _beyond(data: bytes, start: int, end: int, depth: int) -> tuple[int, int]:
    """Count the brackets that are open behind those from `start` to `end`, which all open or all close; and return where.

    The last is `end`, or where the outermost was closed.
    """
    if data[start] in b"{[":
        return depth + data.count(b"{", start, end) + data.count(b"[", start, end), end
    closed = data.count(b"}", start, end) + data.count(b"]", start, end)
    if closed < depth:
        return depth - closed, end
    last = next(islice(_CLOSING.finditer(data, start, end), depth - 1, None))
    return 0, last.end()


class _Commas:
    """Sees whether the values of an array have one comma between them, and none before the first or behind the last.

    Values one after another, which no bracket opens, are to have none at all.
    """

    def __init__(self) -> None:
        self._values = 0  # that were met
        self.fault = ""  # where it is otherwise first

    def before_value(self, count: int, in_array: bool) -> None:
        """Take the commas before a value into account."""
        wanted = 1 if self._values and in_array else 0
        self._values += 1
        if count != wanted:
            what = "no comma" if count < wanted else "a comma too many"
            self._note(f"{what} before record {self._values:,}", in_array)

    def at_end(self, count: int, in_array: bool) -> None:
        """Take the commas behind the last value into account."""
        if count:
            self._note("a comma too many before its end", in_array)

    def _note(self, fault: str, in_array: bool) -> None:
        opens = "" if in_array else ", and no bracket that opens an array"
        self.fault = self.fault or f"it has {fault}{opens}"


class _Long:
    """Finds the end of a value that comes in parts, with what separates it from the one before."""

    def __init__(self, in_array: bool) -> None:
        self._in_array = in_array
        self.commas = 0  # before it
        self._first = self._depth = 0  # its first byte; brackets that are open
        self._in_string = self._escaped = False
        self.is_junk = False  # behind the array, up to the end of the file

    def end(self, data: bytes, following: bytes) -> int:
        """Find the end of the value in its next part, before `following`; 0 where it goes on."""
        at = 0
        if not self._first:
            at = _GAP.match(data).end()  # type: ignore[union-attr]
            self.commas += data.count(b",", 0, at)
            if at == len(data):
                return 0
            self._first = data[at]
            self.is_junk = self._in_array and self._first == 0x5D
        if self.is_junk:
            return 0
        if self._first not in b'{["':
            scalar = _SCALAR.match(data, at)
            if not scalar:  # a bracket where none is open
                return at + 1
            at = scalar.end()
            return at if at < len(data) or not _SCALAR.match(following) else 0
        return self._closed(data, at)

    def _closed(self, data: bytes, at: int) -> int:
        """Find where the string ends, or the last bracket is closed."""
        at += self._escaped
        self._escaped = False
        while True:
            if self._in_string:
                at = _IN_STRING.match(data, at).end()  # type: ignore[union-attr]
                if at >= len(data) or data[at] != 0x22:
                    self._escaped = at < len(data)  # a backslash, whose character comes with the next part
                    return 0
                at += 1
                self._in_string = False
            else:
                token = _MARK.search(data, at)
                if not token:
                    return 0
                start, at = token.span()
                self._in_string = data[start] == 0x22
                if not self._in_string:
                    self._depth, at = _beyond(data, start, at, self._depth)
            if not self._depth and not self._in_string:
                return at

    @property
    def is_open(self) -> bool:
        """Whether a bracket or a quote of it was not closed."""
        return self._depth > 0 or self._in_string


def pieces(chunks: Iterable[bytes], size: int = BATCH_BYTES, limit: int = RECORD_LIMIT) -> Iterator[Piece]:
    """Regroup `chunks` to pieces of about `size` bytes that end behind a value; the last has all that is left.

    A value longer than `limit` comes in parts, a piece each; a bracket that opens the array before it is one without a
    record. Raises DamagedInput where the data ends inside of a value, or of the array; and behind the last piece, where
    commas are too many or missing between the values.
    """
    commas = _Commas()
    yield from _cut_up(chunks, size, limit, commas)
    if commas.fault:
        raise DamagedInput(f"is no JSON: {commas.fault}")


def _cut_up(chunks: Iterable[bytes], size: int, limit: int, commas: _Commas) -> Iterator[Piece]:
    source = iter(chunks)
    held, first, opens, in_array, enough, last = b"", 1, True, False, size, False
    while not last:
        held, last = filled(held, source, enough)
        end = length = 0
        if opens:
            end = _START.match(held).end()  # type: ignore[union-attr]
            in_array = held[end : end + 1] == b"["
            end = end + 1 if in_array else len(BOM_UTF8) * held.startswith(BOM_UTF8)
        start, cut = end, _Cut(held, in_array)
        while (found := cut.value(end, last)) and found[1] - end <= limit:
            commas.before_value(held.count(b",", end, found[0]), in_array)
            end = found[1]
            length += 1
        if len(held) - end <= limit and last:
            rest = held[end:].strip(b" \t\r\n,")
            whole = not rest or (in_array and rest == b"]")
            if whole:
                commas.at_end(held.count(b",", end), in_array)
            if held:
                yield Piece(first, length + (not whole), held)
            if not whole and not (in_array and rest.startswith(b"]")):
                raise DamagedInput("the JSON breaks off in a record")
            if whole and in_array and not rest:
                raise DamagedInput("the JSON array is cut short: its bracket is never closed")
        elif length:
            yield Piece(first, length, held[:end])
            held = held[end:]
            first += length
            opens = last = False
            enough = size
        elif len(held) - end > limit:
            if start:
                yield Piece(first, 0, held[:start])
            long = _Long(in_array)
            held = yield from _parts(first, held[start:], source, long)
            if long.is_junk:
                return
            commas.before_value(long.commas, in_array)
            first += 1
            opens = last = False
            enough = size
        else:
            enough = min(2 * len(held), start + limit + size)


def _parts(first: int, data: bytes, source: Iterator[bytes], long: _Long) -> Generator[Piece, None, bytes]:
    """Yield a value that is too long in parts; `data` of it was read. Returns the data that was read behind it.

    Raises DamagedInput where the data ends inside of it.
    """
    before = 0
    while True:
        following = next(source, b"")
        end = long.end(data, following)
        before += end or len(data)
        yield Piece(first, 1 if end or not following else 0, data[:end] if end else data, overlong=before)
        if end:
            return data[end:] + following
        if not following:
            if long.is_open:
                raise DamagedInput("the JSON breaks off in a record")
            return b""
        data = following


def unit(start: bytes) -> bytes:
    """Turn the first part of a value that is too long, with the separator before it, into that of a unit."""
    return UNIT + start[_GAP.match(start).end() :]  # type: ignore[union-attr]


class Array(JsonLines):
    """The codec of the pieces of such a file. `units`: write a comma before each record, and nothing between."""

    units = False

    def decode(self, piece: Piece) -> list[Record]:
        """Decode the records, and between them their separators, as blank ones of no place."""
        data = piece.data
        position, records, place = 0, list[Record](), piece.first
        start = _START.match(data).end() if piece.first == 1 else 0  # type: ignore[union-attr]
        opens = piece.first == 1 and data[start : start + 1] == b"["
        start += opens
        end = piece.first + piece.length
        while found := _Cut(data, place >= end - 1).value(start, True):  # the last may be what stands behind an array
            records += Record(0, data[position : found[0]], blank=True), self.record(data[found[0] : found[1]], place)
            position = start = found[1]
            place += 1
        if place < end:  # what is left is a record that breaks off, or no part of the array
            records.append(Record(place, data[position:], error="broken JSON: breaks off, or stands behind the array"))
        elif position < len(data):
            records.append(Record(0, data[position:], blank=True))
        return records

    def rebuild(self, piece: Piece, records: list[Record]) -> bytes:
        kept = [record for record in records if not record.dropped and not (self.units and record.blank)]
        parts: list[bytes] = []
        for record in kept:
            parts += [UNIT] * self.units
            parts += self._replaced(record) if record.cleaned is not None else (record.raw,)
        return b"".join(parts)


class JsonArray(Array):
    """The codec, for texts at the top level of each object."""


class NestedJsonArray(Array, NestedJsonLines):
    """The codec, for texts inside of the objects."""


class _Units(Array):
    units = True


class JsonUnits(_Units):
    """The codec where records are left out, for texts at the top level of each object."""


class NestedJsonUnits(_Units, NestedJsonLines):
    """The codec where records are left out, for texts inside of the objects."""


def array(units: Path, out: Path, compression: str, level: int | None) -> None:
    """Make a JSON array `out` of a file of units; both are compressed so."""
    pack = compressor(compression, level)
    begun = False
    with units.open("rb") as stream, out.open("wb") as target:
        for chunk in chunks(stream, compression or None if units.stat().st_size else ""):
            if not begun:
                chunk, begun = b"[" + chunk.removeprefix(UNIT[:1]), True
            target.write(pack(chunk))
        target.write(pack(b"\n]\n" if begun else b"[]\n"))
