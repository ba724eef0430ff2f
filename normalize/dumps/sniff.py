"""Recognise the format of an input by its first bytes, where its name does not say it."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Collection
from typing import TextIO, cast

from .errors import LONGEST_NAME, DamagedInput, DumpError
from .formats import table
from .formats.compression import chunks

HEAD_BYTES = 1 << 18  # that are looked at, a choice: two blocks of zstd
TABLE_LINES = 5  # of a table that are compared, a choice
_SPACE = b" \t\r\n"


def format_of(head: bytes, fields: Collection[str]) -> str:
    """Recognise the format of an input by its first bytes, perhaps compressed; "" for none.

    fields: the names of the fields that are to be cleaned: a table's header has one of them. Raises DumpError for what looks
    like a table and has none.
    """
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK\3\4"):
        return "xlsx" if b"xl/" in head or b"[Content_Types].xml" in head[:200] else ""
    try:
        data = next(chunks(io.BytesIO(head), None), b"")
    except DamagedInput:
        return ""
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip(_SPACE)
    if start.startswith(b"["):
        return "json" if re.match(rb"\[\s*(?:\{|\]|\Z)", start) else "txt"
    if start.startswith(b"{"):
        line, end, _ = start.partition(b"\n")
        whole = line.rstrip(b"\r").endswith(b"}") or (not end and len(data) >= HEAD_BYTES)
        return "jsonl" if whole else "json"
    if b"\0" in data[:1000]:
        return ""
    return _table(data, fields) or ("txt" if start else "")


def standard_input_head(size: int = HEAD_BYTES) -> bytes:
    """The first `size` bytes of standard input, which stay to be read."""
    stream = sys.stdin.buffer
    if not isinstance(stream, io.BufferedReader):  # as tests have it
        position = stream.tell()
        head = stream.read(size)
        stream.seek(position)
        return head
    head, more = bytearray(), b"-"
    while len(head) < size and more:
        more = stream.read1(size - len(head))
        head += more
    sys.stdin = io.TextIOWrapper(io.BufferedReader(_Rest(bytes(head), sys.stdin, ended=not more), HEAD_BYTES))
    return bytes(head)


class _Rest(io.RawIOBase):
    """A stream whose beginning was read already: reads that again, then what follows."""

    def __init__(self, begun: bytes, source: TextIO, ended: bool) -> None:
        """`source` is kept: it would close the stream below it when nobody has it any more. `ended`: nothing follows."""
        self._begun, self._source, self._ended = begun, source, ended

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._begun
        if not data and not self._ended:
            data = cast(io.BufferedReader, self._source.buffer).read1(len(buffer))
        self._begun = data[len(buffer) :]
        size = min(len(data), len(buffer))
        buffer[:size] = data[:size]
        return size


def _table(data: bytes, fields: Collection[str]) -> str:
    """Recognise the format of a table; "" for none."""
    lines = data.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True)[:TABLE_LINES]
    if not lines:
        return ""
    format = "tsv" if b"\t" in lines[0] else "csv"
    separator = table.separator_of(lines[0], format)
    try:
        names = table.columns(lines[0], separator)
    except DumpError:
        return ""
    if any(name in fields for name in names):
        return format
    counts = {line.count(separator) for line in lines if line.strip()}
    if len(lines) > 1 and len(counts) == 1 and len(names) > 1 and all(len(name) <= LONGEST_NAME for name in names):
        raise DumpError(
            f"looks like a table without a column {' or '.join(map(repr, fields))}: say --field, or --input-format"
        )
    return ""
