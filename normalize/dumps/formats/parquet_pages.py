"""The pages of a Parquet file: how much each unpacks to, read from its header before pyarrow unpacks it whole.

Before each page stands a header, a struct of Thrift's compact protocol
(https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift, PageHeader).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any, NamedTuple

from ..errors import DamagedInput

PAGE_LIMIT = 1 << 29  # bytes, unpacked; a choice: fastparquet writes up to 500 MiB, DuckDB 100 MB, most others 1 MB
HEADER_BYTES = 1 << 24  # of a header at most, as in pyarrow: it holds the least and the greatest value
_FIRST_BYTES = 1 << 14  # read at once: few headers are longer
_DEEPEST = 8  # structs within each other; there are three
_DICTIONARY, _DELTA_BYTE_ARRAY = 2, 7  # a kind of page; an encoding
_VARINT = re.compile(rb"[\x80-\xff]{0,9}[\x00-\x7f]")


class Page(NamedTuple):
    """What a page's header says."""

    size: int  # bytes, unpacked
    values: int
    repeats: bool  # whether a value may stand for many rows: a dictionary, or values that say what they share


def rows_at_once(stream: IO[bytes], group: Any, most: int) -> int:
    """How many rows of a row group (of pyarrow's metadata) to unpack at a time: `most`, or fewer where values are long.

    Raises DamagedInput where a page would take more than PAGE_LIMIT.
    """
    longest = 1
    for index in range(group.num_columns):
        column = group.column(index)
        for page in _pages(stream, column):
            if page.size > PAGE_LIMIT:
                raise DamagedInput(
                    f'column "{column.path_in_schema}" has a page of {page.size:,} bytes, and no more than {PAGE_LIMIT:,}'
                    " are unpacked at once: it can be read where it is written with smaller pages"
                )
            if page.repeats:
                longest = max(longest, page.size)
    return max(1, min(most, PAGE_LIMIT // longest))


def _pages(stream: IO[bytes], column: Any) -> Iterator[Page]:
    """The pages of a column of a row group, up to the one with its last value, as pyarrow reads them."""
    starts = [column.data_page_offset, column.dictionary_page_offset or column.data_page_offset]
    place = min(start for start in starts if start > 0)
    end = place + column.total_compressed_size
    values = 0
    while values < column.num_values and place < end:
        header, length = _header(stream, place)
        in_data = header.get(5) or header.get(8) or {}  # of version 1 or 2
        is_dictionary = header.get(1) == _DICTIONARY
        encoding = in_data.get(2 if 5 in header else 4)
        count = 0 if is_dictionary else in_data.get(1, 0)
        yield Page(header.get(2, 0), count, is_dictionary or encoding == _DELTA_BYTE_ARRAY)
        values += max(count, 0)
        place += length + max(header.get(3, 0), 0)


def _header(stream: IO[bytes], place: int) -> tuple[dict[int, Any], int]:
    """The header at a place, and its length in bytes."""
    for size in (_FIRST_BYTES, HEADER_BYTES):
        stream.seek(place)
        try:
            return _struct(stream.read(size), 0)
        except IndexError:  # it goes on
            continue
    raise DamagedInput("Parquet data is corrupt: the header of a page does not end")


def _struct(data: bytes, at: int, depth: int = 0) -> tuple[dict[int, Any], int]:
    """The fields of a struct, by number, and where it ends. Raises IndexError where `data` ends before it does."""
    fields: dict[int, Any] = {}
    number = 0
    while byte := data[at]:
        kind, at = byte & 15, at + 1
        if byte >> 4:
            number += byte >> 4
        else:
            number, at = _integer(data, at)
        if kind in (1, 2):  # true, false
            fields[number] = kind == 1
        elif kind in (4, 5, 6):
            fields[number], at = _integer(data, at)
        elif kind == 8:
            length, at = _varint(data, at)
            at += length
        elif kind == 12 and depth < _DEEPEST:
            fields[number], at = _struct(data, at, depth + 1)
        else:
            raise DamagedInput("Parquet data is corrupt: the header of a page holds what is in none")
    return fields, at + 1


def _varint(data: bytes, at: int) -> tuple[int, int]:
    match = _VARINT.match(data, at)
    if not match:
        if len(data) - at >= 10:
            raise DamagedInput("Parquet data is corrupt: the header of a page has a number that is none")
        raise IndexError
    return sum((byte & 127) << 7 * place for place, byte in enumerate(match[0])), match.end()


def _integer(data: bytes, at: int) -> tuple[int, int]:
    zigzag, at = _varint(data, at)
    return (zigzag >> 1) ^ -(zigzag & 1), at
