"""From one format to another: rows of any format written as JSON lines, a table or Parquet.

The first records of an output say what its columns are; a later record that does not fit is a bad record.
"""

from __future__ import annotations

import datetime
import json
import math
from collections.abc import Iterable, Sequence
from typing import Protocol

import msgspec

from . import parquet, table, workbook
from .arrow_values import is_utf8
from .json_array import UNIT

Row = dict[str, object]


class RowWriter(Protocol):
    """A format to write rows in."""

    def head(self, rows: Sequence[Row]) -> bytes:
        """Make the header or schema of an output from its first rows."""

    def misfits(self, rows: Sequence[Row], head: bytes) -> list[str]:
        """For each row, why it cannot be written under this head; "" where it can."""

    def encode(self, rows: Sequence[Row], head: bytes, first: bool) -> bytes:
        """Rows as bytes; with `first`, those that come before all others in the output, too."""


def row_writer(format: str) -> RowWriter:
    """The writer of a format."""
    if format in ("jsonl", "json"):
        return JsonRowWriter(format == "json")
    if format == "xlsx":
        return WorkbookRowWriter()
    return ParquetRowWriter() if format == "parquet" else TableRowWriter(format)


class JsonRowWriter:
    """One object a line, or as the units of an array. Times are written as ISO 8601, bytes as base64."""

    def __init__(self, units: bool = False) -> None:
        self.units = units

    def head(self, rows: Sequence[Row]) -> bytes:
        return b""

    def misfits(self, rows: Sequence[Row], head: bytes) -> list[str]:
        return [""] * len(rows)

    def encode(self, rows: Sequence[Row], head: bytes, first: bool) -> bytes:
        if self.units:
            return b"".join(UNIT + _json_bytes(row) for row in rows)
        return b"".join(_json_bytes(row) + b"\n" for row in rows)


class TableRowWriter:
    """Separated values with a header. Null is written as nothing, a time as ISO 8601, what else is no string as JSON."""

    def __init__(self, format: str) -> None:
        self.format = format
        self.separator = table.SEPARATORS[format][:1]

    def head(self, rows: Sequence[Row]) -> bytes:
        return self._line(name.encode() for name in _names(rows) if is_utf8(name))

    def misfits(self, rows: Sequence[Row], head: bytes) -> list[str]:
        names = table.columns(head, self.separator)
        return [_unknown_column(row, names) or _lone_surrogate(row) for row in rows]

    def encode(self, rows: Sequence[Row], head: bytes, first: bool) -> bytes:
        names = table.columns(head, self.separator)
        lines = [self._line(_cell(row.get(name)) for name in names) for row in rows]
        return (head if first else b"") + b"".join(lines)

    def _line(self, cells: Iterable[bytes]) -> bytes:
        first, *others = cells
        alone = not others and not first.strip()  # it would be an empty line, which is no row
        written = [table.write(first, self.separator, alone), *(table.write(cell, self.separator) for cell in others)]
        return self.separator.join(written) + b"\n"


class ParquetRowWriter:
    """The types are those that Arrow sees in the first rows."""

    def head(self, rows: Sequence[Row]) -> bytes:
        return parquet.schema_of(list(filter(is_utf8, _names(rows))), [row for row in rows if not _lone_surrogate(row)])

    def misfits(self, rows: Sequence[Row], head: bytes) -> list[str]:
        names = parquet.columns(head)
        found = [_unknown_column(row, names) or _lone_surrogate(row) for row in rows]
        return [one or misfit for one, misfit in zip(found, parquet.misfits(rows, head), strict=True)]

    def encode(self, rows: Sequence[Row], head: bytes, first: bool) -> bytes:
        return parquet.encode(rows, head)


class WorkbookRowWriter:
    """Cells of text and of numbers; what else there is, and numbers that a cell would round, are text as in a table."""

    def head(self, rows: Sequence[Row]) -> bytes:
        return msgspec.json.encode(list(filter(workbook.is_name, _names(rows))))

    def misfits(self, rows: Sequence[Row], head: bytes) -> list[str]:
        names = workbook.columns(head)
        found = workbook.misfits(_in_cells(rows))
        return [_unknown_column(row, names) or misfit for row, misfit in zip(rows, found, strict=True)]

    def encode(self, rows: Sequence[Row], head: bytes, first: bool) -> bytes:
        return workbook.encode(_in_cells(rows), head)


def _names(rows: Iterable[Row]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _json_bytes(value: object) -> bytes:
    try:
        return msgspec.json.encode(value, enc_hook=_as_string)
    except UnicodeEncodeError:
        return json.dumps(value, default=_as_string).encode()


def _as_string(value: object) -> str:
    """A value of a type that JSON lacks. Where pandas is installed, Arrow gives a time in nanoseconds as one of its own."""
    return value.isoformat() if isinstance(value, datetime.datetime) else str(value)


def _cell(value: object) -> bytes:
    if value is None:
        return b""
    if isinstance(value, float) and not math.isfinite(value):  # JSON has no word for it
        return str(value).encode()
    if not isinstance(value, str | bool | int | float | list | dict):
        value = msgspec.to_builtins(value, enc_hook=_as_string)
    return value.encode() if isinstance(value, str) else _json_bytes(value)


def _in_cells(rows: Sequence[Row]) -> list[dict[str, workbook.Cell]]:
    """Rows of values that a workbook has cells for."""
    return [
        {k: v if v is None or isinstance(v, str | bool | int | float) else _cell(v).decode() for k, v in row.items()}
        for row in rows
    ]


def _unknown_column(row: Row, names: Sequence[str]) -> str:
    for name in row:
        if name not in names:
            return f'its field "{name}" has no column: the first records did not have it, or none can be called so'
    return ""


def _lone_surrogate(row: Row) -> str:
    for name, value in row.items():
        if isinstance(value, str) and not value.isascii():
            try:
                value.encode()
            except UnicodeEncodeError:
                return f'field "{name}" holds a lone surrogate, which UTF-8 cannot'
    return ""
