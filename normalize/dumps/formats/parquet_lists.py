"""Bound the size of the lists in a row of a Parquet file, by the levels before their values.

A few bytes may stand for a billion values, all of one row, and pyarrow unpacks a row whole. A column in lists has a
repetition level for each value, 0 where a row begins; levels lie in runs, of one level or bit-packed
(https://github.com/apache/parquet-format/blob/master/Encodings.md#RLE).
"""

from __future__ import annotations

from typing import IO

from ..errors import DamagedInput
from .arrow_values import arrow
from .parquet_pages import PAGE_LIMIT, Column, Page, pages, varint

VALUES = 1 << 22  # of lists, unpacked at a time, a choice: a number takes 8 bytes, in up to eight copies


def rows_at_once(stream: IO[bytes], column: Column, level: int, most: int) -> int:
    """Return how many rows of a column of lists to unpack at a time, at most `most`. `level`: its highest repetition level.

    Raises DamagedInput where one row is too much, or cannot be read.
    """
    repeated = _longest_repeated(stream, column, False)
    if column.values <= VALUES and column.values * repeated <= PAGE_LIMIT:
        return most
    longest = longest_row(stream, column, level)
    if longest * repeated > PAGE_LIMIT:
        repeated = _longest_repeated(stream, column, True)
    if longest > VALUES or longest * repeated > PAGE_LIMIT:
        raise DamagedInput(
            f'column "{column.name}" has a list of {longest:,} values in a row, of up to {max(8, repeated):,} bytes each: no'
            f" more than {VALUES:,} values, or {PAGE_LIMIT:,} bytes, are unpacked at once"
        )
    return max(1, min(most, VALUES // longest, PAGE_LIMIT // (longest * max(1, repeated))))


def longest_row(stream: IO[bytes], column: Column, level: int) -> int:
    """Count the values of the longest row, no further than to where they are too many."""
    longest = going_on = 0
    for page in pages(stream, column):
        if page.values and longest <= VALUES:
            levels = _levels(stream, column, page)
            most, going_on = _rows(levels, page.values, level.bit_length(), going_on)
            longest = max(longest, most)
    return max(1, longest)


def _levels(stream: IO[bytes], column: Column, page: Page) -> bytes:
    """Return the repetition levels of a page: version 2 has them before the compressed data, version 1 inside."""
    stream.seek(page.place)
    if page.levels >= 0:
        return stream.read(page.levels)
    data = _unpacked(stream, column, page)
    return data[4 : 4 + int.from_bytes(data[:4], "little")]


def _unpacked(stream: IO[bytes], column: Column, page: Page) -> bytes:
    """Decompress the data of a page that is compressed as a whole."""
    pa = arrow()
    stream.seek(page.place)
    data = stream.read(page.packed)
    if column.compression == "NONE":
        return data
    name = {"LZ4": "lz4_raw"}.get(column.compression, column.compression.lower())
    try:
        unpacked: bytes = pa.Codec(name).decompress(data, page.size, asbytes=True)
    except (pa.ArrowException, OSError, ValueError):
        raise DamagedInput(f'Parquet data is corrupt: a page of column "{column.name}" cannot be unpacked') from None
    return unpacked


def _rows(levels: bytes, count: int, width: int, going_on: int) -> tuple[int, int]:
    """Count the values of the longest row in `count` levels of `width` bits, and of the last row, which may go on.

    `going_on`: values before them of the row that they go on with. Raises DamagedInput where there are not so many.
    """
    longest, at = going_on, 0
    while count > 0 and longest <= VALUES:
        try:
            header, at = varint(levels, at)
        except (IndexError, ValueError):
            header = 0
        number = min(count, (header >> 1) * (8 if header & 1 else 1))
        if not number:
            raise DamagedInput("Parquet data is corrupt: it does not say where the rows of a list begin")
        if header & 1:
            end = at + (header >> 1) * width
            marks = _marks(levels[at:end], width)[:number]
            first, *rows = marks.split("0")
            going_on += len(first)
            longest = max(longest, going_on, *(len(row) + 1 for row in rows))
            going_on = len(rows[-1]) + 1 if rows else going_on
        else:
            end = at + (width + 7) // 8
            going_on = going_on + number if any(levels[at:end]) else 1
            longest = max(longest, going_on)
        at = end
        count -= number
    return longest, going_on


def _marks(packed: bytes, width: int) -> str:
    """A character for each of some bit-packed levels: 0 for level 0, else 1."""
    bits = f"{int.from_bytes(packed, 'little'):0{8 * len(packed)}b}"[::-1]
    if width == 1 or not packed:
        return bits
    planes = [int(bits[place::width], 2) for place in range(width)]
    for plane in planes[1:]:
        planes[0] |= plane
    return f"{planes[0]:0{len(bits[::width])}b}"


def _longest_repeated(stream: IO[bytes], column: Column, looks: bool) -> int:
    """Bound the bytes of the longest value that may stand for many; exact for a dictionary, if it `looks` into it."""
    longest = 0
    for page in pages(stream, column):
        if page.repeats and page.entries and not column.is_text:
            longest = max(longest, page.size // page.entries)
        elif page.repeats:
            longest = max(longest, _longest_string(stream, column, page) if looks and page.entries else page.size)
    return longest


def _longest_string(stream: IO[bytes], column: Column, page: Page) -> int:
    """Count the bytes of the longest string of a dictionary; each stands behind its length."""
    data, at, longest = _unpacked(stream, column, page), 0, 0
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "little")
        longest = max(longest, length)
        at += 4 + length
    return longest
