"""Files of JSON values that are no lines: an array of objects, or objects one after another, however they are laid out.

They are cut into whole values as they come; no file is held whole. What stands between two values (a comma, line ends) goes
into the output, byte for byte. Where records are left out, or come from another format, each is written as a unit, a comma
and the value, and an array is made of the units when all are there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from ...lazy import lazy_pattern
from ..errors import DamagedInput, DumpError
from ..record import BATCH_BYTES, RECORD_LIMIT, Piece, Record
from .chunks import filled
from .compression import chunks, compressor
from .jsonl import JsonLines
from .nested import NestedJsonLines

UNIT = b",\n"  # what a unit starts with
_GAP = lazy_pattern(rb"[\s,]*+")
_TOKEN = lazy_pattern(rb'"(?:[^"\\]++|\\.)*+"|["{}\[\]]', re.DOTALL)
_SCALAR = lazy_pattern(rb"[^\s,\]]++")
_START = lazy_pattern(rb"(?:\xef\xbb\xbf)?\s*+")


class _Cut:
    """Finds the ends of values in data that grows."""

    def __init__(self, data: bytes, in_array: bool) -> None:
        self.data, self.in_array = data, in_array

    def value(self, start: int, last: bool) -> tuple[int, int] | None:
        """The start and end of the first value from `start` on; None where there is none, or it is not whole yet."""
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
            at = token.end()
            found = token[0]
            if found == b'"':  # a string that is not whole yet
                return None
            if found in (b"{", b"["):
                depth += 1
            elif found in (b"}", b"]"):
                depth -= 1
            if depth <= 0:
                return position, at
        return None


def pieces(chunks: Iterable[bytes], size: int = BATCH_BYTES, limit: int = RECORD_LIMIT) -> Iterator[Piece]:
    """`chunks` regrouped to pieces of about `size` bytes that end behind a value; the last has what is behind all.

    Raises DumpError for a value longer than `limit`, DamagedInput where the data ends inside of one, or of the array.
    """
    source = iter(chunks)
    held, first, in_array, enough, last = b"", 1, False, size, False
    while not last:
        held, last = filled(held, source, enough)
        position = 0
        if first == 1:
            position = _START.match(held).end()  # type: ignore[union-attr]
            in_array = held[position : position + 1] == b"["
            position += in_array
        cut, end, length = _Cut(held, in_array), 0, 0
        while (found := cut.value(position, last)) and found[1] - found[0] <= limit:
            position = end = found[1]
            length += 1
        if len(held) - position > limit:
            raise DumpError(f"record {first + length:,} is longer than {limit:,} bytes: is a bracket or quote never closed?")
        if last:
            rest = held[position:].strip(b" \t\r\n,")
            whole = not rest or (in_array and rest == b"]")
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
            enough = size
        else:
            enough = min(2 * len(held), limit + size)


class _Array(JsonLines):
    """The codec of the pieces of such a file. `units`: write a comma before each record, and nothing between."""

    units = False

    def decode(self, piece: Piece) -> list[Record]:
        """The records, and between them what separates them, as blank ones of no place."""
        data = piece.data
        position, records, place = 0, list[Record](), piece.first
        start = _START.match(data).end() if piece.first == 1 else 0  # type: ignore[union-attr]
        opens = piece.first == 1 and data[start : start + 1] == b"["
        start += opens
        cut = _Cut(data, True)
        while found := cut.value(start, True):
            records += Record(0, data[position : found[0]], blank=True), self.record(data[found[0] : found[1]], place)
            position = start = found[1]
            place += 1
        if place < piece.first + piece.length:  # what is left is a record that breaks off, or no part of the array
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


class JsonArray(_Array):
    """The codec, for texts at the top level of each object."""


class NestedJsonArray(_Array, NestedJsonLines):
    """The codec, for texts inside of the objects."""


class _Units(_Array):
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
