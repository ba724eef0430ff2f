"""The columns and pages of a Parquet file, as its footer and the headers of its pages tell, before pyarrow unpacks any.

For pyarrow unpacks a page whole, and the process ends where it is asked about a column whose metadata are damaged. Footer
and headers are structs of Thrift's compact protocol
(https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import IO, Any, NamedTuple

from ..errors import DamagedInput

PAGE_LIMIT = 1 << 29  # bytes, unpacked; a choice: fastparquet writes up to 500 MiB, DuckDB 100 MB, most others 1 MB
REPEATED_BYTES = 1 << 26  # of values that may stand for many rows, unpacked at a time, a choice
HEADER_BYTES = 1 << 24  # of a page's header at most, as in pyarrow: it holds the least and the greatest value
_FIRST_BYTES = 1 << 14  # read at once: few headers are longer
_DEEPEST = 16  # values within each other; there are nine
_COMPRESSIONS = ("NONE", "SNAPPY", "GZIP", "LZO", "BROTLI", "LZ4", "ZSTD", "LZ4")
_DICTIONARY, _DELTA_BYTE_ARRAY = 2, 7  # a kind of page; an encoding
_BYTE_ARRAY = 6  # a type
# The fields to read, by number: of a file, its row groups, their columns, and what is told of these; of a header, and what
# it tells of data pages, version 1 and 2.
_Wanted = Mapping[int, Any]
_FOOTER: _Wanted = {4: {1: {3: dict.fromkeys((1, 3, 4, 5, 7, 9, 11))}}}
_HEADER: _Wanted = {1: None, 2: None, 3: None, 5: {1: None, 2: None}, 7: {1: None}, 8: {1: None, 4: None, 6: None}}
_VARINT = re.compile(rb"[\x80-\xff]{0,9}[\x00-\x7f]")


class Column(NamedTuple):
    """A column of a row group."""

    name: str  # its path in the schema
    compression: str
    values: int
    start: int  # where its pages lie in the file
    end: int
    has_dictionary: bool
    is_text: bool  # whether its values are bytes of any length


class Page(NamedTuple):
    """The header of a page."""

    size: int  # bytes, unpacked
    values: int
    repeats: bool  # whether a value may stand for many rows: a dictionary, or values that say what they share
    place: int  # where its data begins in the file
    packed: int  # bytes, as they lie there
    levels: int  # bytes of repetition levels, which are not compressed; -1 where the page does not tell
    entries: int  # of a dictionary


def columns(stream: IO[bytes], groups: int) -> list[list[Column]]:
    """Read the columns of each of `groups` row groups from the footer. Raises DamagedInput where it has not all."""
    stream.seek(-8, io.SEEK_END)
    length = int.from_bytes(stream.read(4), "little")
    stream.seek(-8 - length, io.SEEK_END)
    with suppress(IndexError, KeyError, TypeError, AttributeError, ValueError):
        footer, _ = _value(stream.read(length), 0, 12, _FOOTER)
        found = [[_column(column[3]) for column in group[1]] for group in footer.get(4, ())]
        if len(found) == groups:
            return found
    raise DamagedInput("Parquet data is corrupt: its footer does not tell where its columns are")


def _column(fields: dict[int, Any]) -> Column:
    offsets = [offset for offset in (fields.get(11, 0), fields[9]) if offset > 0]
    start = min(offsets, default=0)  # a column without a page has none
    name = b".".join(fields[3]).decode()
    is_text = fields.get(1) == _BYTE_ARRAY
    return Column(name, _COMPRESSIONS[fields[4]], fields[5], start, start + fields[7], len(offsets) > 1, is_text)


def rows_at_once(stream: IO[bytes], group: Sequence[Column], most: int) -> int:
    """Return how many rows of a row group to unpack at a time: `most`, or fewer where values are long.

    Raises DamagedInput where a page would take more than PAGE_LIMIT, or its header cannot be read.
    """
    longest = 1
    for column in group:
        for page in pages(stream, column):
            if page.size > PAGE_LIMIT:
                raise DamagedInput(
                    f'column "{column.name}" has a page of {page.size:,} bytes, and no more than {PAGE_LIMIT:,}'
                    " are unpacked at once: it can be read where it is written with smaller pages"
                )
            if page.repeats:
                longest = max(longest, page.size)
    return max(1, min(most, REPEATED_BYTES // longest))


def pages(stream: IO[bytes], column: Column) -> Iterator[Page]:
    """Yield the pages of a column, up to the one with its last value, as pyarrow reads them."""
    place, values = column.start, 0
    while values < column.values and place < column.end:
        header, length = _header(stream, place)
        version = 5 if 5 in header else 8  # of data pages: 1 or 2
        is_dictionary = _number(header, 1) == _DICTIONARY
        encoding = _number(header, version, 2 if version == 5 else 4)
        count = 0 if is_dictionary else _number(header, version, 1)
        repeats = is_dictionary or encoding == _DELTA_BYTE_ARRAY
        packed = max(_number(header, 3), 0)
        levels = max(_number(header, 8, 6), 0) if version == 8 and not is_dictionary else -1
        place += length
        yield Page(_number(header, 2), count, repeats, place, packed, levels, _number(header, 7, 1))
        values += max(count, 0)
        place += packed


def _header(stream: IO[bytes], place: int) -> tuple[dict[int, Any], int]:
    """Read the header at a place, and its length in bytes."""
    for size in (_FIRST_BYTES, HEADER_BYTES):
        try:
            stream.seek(place)
            header, length = _value(stream.read(size), 0, 12, _HEADER)
            if not header.keys() >= {1, 2, 3}:
                break
            return header, length
        except IndexError:  # it goes on
            continue
        except (OverflowError, ValueError, OSError):
            break
    raise DamagedInput("Parquet data is corrupt: a page is not where it should be, or its header is none")


def _number(fields: dict[int, Any], *path: int) -> int:
    """Return the number at a path of fields in a struct; 0 where there is none."""
    found: Any = fields
    for field in path:
        found = found.get(field) if isinstance(found, dict) else None
    return found if isinstance(found, int) else 0


def _value(data: bytes, at: int, kind: int, wanted: _Wanted | None = None, depth: int = 0) -> tuple[Any, int]:
    """A value of a kind, with the wanted fields of structs, and where it ends.

    Raises IndexError where `data` ends before it does, ValueError where it is none.
    """
    if depth > _DEEPEST:
        raise ValueError
    if kind in (4, 5, 6):
        zigzag, at = varint(data, at)
        return (zigzag >> 1) ^ -(zigzag & 1), at
    if kind == 8:
        length, at = varint(data, at)
        if at + length > len(data):
            raise IndexError
        return data[at : at + length], at + length
    if kind in (9, 10):  # a list, a set
        size, of, at = data[at] >> 4, data[at] & 15, at + 1
        if size == 15:
            size, at = varint(data, at)
        items = []
        for _ in range(size):
            item, at = (data[at], at + 1) if of in (1, 2) else _value(data, at, of, wanted, depth + 1)
            items.append(item)
        return items, at
    if kind == 12:
        return _struct(data, at, wanted or {}, depth)
    if kind not in _SIZES:
        raise ValueError
    if at + _SIZES[kind] > len(data):
        raise IndexError
    return None, at + _SIZES[kind]


_SIZES = {1: 0, 2: 0, 3: 1, 7: 8, 13: 16}  # bytes of true, false, a byte, a double, a UUID


def _struct(data: bytes, at: int, wanted: _Wanted, depth: int) -> tuple[dict[int, Any], int]:
    fields: dict[int, Any] = {}
    field = 0
    while byte := data[at]:
        kind, at = byte & 15, at + 1
        if byte >> 4:
            field += byte >> 4
        else:
            field, at = _value(data, at, 4)
        value, at = _value(data, at, kind, wanted.get(field), depth + 1)
        if field in wanted:
            fields[field] = value
    return fields, at + 1


def varint(data: bytes, at: int) -> tuple[int, int]:
    """Read the number that begins at a place, seven bits a byte, and where it ends. Raises IndexError, ValueError."""
    match = _VARINT.match(data, at)
    if not match:
        raise ValueError if len(data) - at >= 10 else IndexError
    return sum((byte & 127) << 7 * place for place, byte in enumerate(match[0])), match.end()
