"""Parquet, through pyarrow (the extra "arrow"). Schema, metadata, row groups and compression stay as they were.

A piece's data is an Arrow stream of some rows of a row group; its head is the schema. What a worker hands back is a
frame: its rows, and whether they end a row group. Frames are written one after another and become a Parquet file
when all are there, for a Parquet file that is not finished cannot be gone on with.
"""

from __future__ import annotations

import contextlib
import importlib
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from ...edit import Edit
from ..errors import DamagedInput, DumpError
from ..record import BATCH_BYTES, Fields, Piece, Record

GROUP_BYTES = 64_000_000  # of Arrow data in a row group, a choice, where the input has none to follow
_FRAME = struct.Struct("<Q?")


def arrow() -> Any:
    """pyarrow. Raises DumpError where it is not installed."""
    try:
        for part in ("pyarrow.compute", "pyarrow.parquet"):
            importlib.import_module(part)
        return importlib.import_module("pyarrow")
    except ImportError:
        raise DumpError("Parquet needs pyarrow: pip install 'normalize-id[arrow]'") from None


def pieces(path: str | BinaryIO, fields: Fields, size: int = BATCH_BYTES) -> Iterator[Piece]:
    """A file's rows, in pieces of about `size` bytes that do not cross row groups.

    Raises DumpError where a column for a text or the date is missing or of another type, or the file is no Parquet.
    """
    pa = arrow()
    try:
        file = pa.parquet.ParquetFile(path, memory_map=isinstance(path, str))
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.filename:  # it is not the content
            raise
        raise DumpError(f"cannot be read as Parquet: {_first_line(error)}") from None
    with file:
        schema = file.schema_arrow
        _check(schema, fields)
        head = schema.serialize().to_pybytes()
        if file.metadata.num_rows == 0:
            yield Piece(1, 0, _stream(schema, []), head, True)
        first = 1
        for group in range(file.num_row_groups):
            rows = file.metadata.row_group(group).num_rows
            weight = file.metadata.row_group(group).total_byte_size / max(rows, 1)
            step = max(1, min(rows, int(size / max(weight, 1))))
            done = 0
            for batch in _batches(file, group, step):
                done += batch.num_rows
                yield Piece(first, batch.num_rows, _stream(schema, [batch]), head, done == rows)
                first += batch.num_rows


def _batches(file: Any, group: int, size: int) -> Iterator[Any]:
    """The rows of a row group. Raises DamagedInput where they cannot be read."""
    try:
        yield from file.iter_batches(batch_size=size, row_groups=[group], use_threads=False)
    except (arrow().ArrowException, OSError) as error:
        raise DamagedInput(f"Parquet data is corrupt: {_first_line(error)}") from None


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def _check(schema: Any, fields: Fields) -> None:
    for name in (*fields.texts, *filter(None, (fields.date,))):
        if name not in schema.names:
            raise DumpError(f'has no column "{name}" (its columns: {", ".join(schema.names)})')
        type = schema.field(name).type
        if not _is_string(type) and not (name == fields.date and _is_date(type)):
            raise DumpError(f'column "{name}" is {type}, not a {"date or a string" if name == fields.date else "string"}')
        if name == fields.date and arrow().types.is_timestamp(type):
            try:
                _local(arrow().array([0], type))
            except arrow().ArrowException as error:
                raise DumpError(f'column "{name}": {error}') from None


def _is_date(type: Any) -> bool:
    types = arrow().types
    return bool(types.is_date(type) or types.is_timestamp(type))


def _is_string(type: Any) -> bool:
    types = arrow().types
    if types.is_dictionary(type):
        type = type.value_type
    return bool(types.is_string(type) or types.is_large_string(type) or types.is_string_view(type))


def _stream(schema: Any, batches: Iterable[Any]) -> bytes:
    pa = arrow()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _table(data: bytes) -> Any:
    return arrow().ipc.open_stream(data).read_all()


class Parquet:
    """The codec."""

    holds_all = False

    def __init__(self, fields: Fields) -> None:
        self.fields = fields

    def decode(self, piece: Piece) -> list[Record]:
        table = _table(piece.data)
        columns = [_strings(table[name]) for name in self.fields.texts]
        date, id, outlet = (
            read(table[name]) if name in table.column_names else [None] * len(table)
            for name, read in zip(self.fields[1:], (_days, _values, _values), strict=True)
        )
        records = []
        for i in range(len(table)):
            record = Record(piece.first + i, b"", date=date[i], id=id[i], outlet=outlet[i])
            for column in columns:
                text = column[i]
                if isinstance(text, bytes):
                    record.error = "invalid UTF-8"
                else:
                    record.texts.append(text)
            records.append(record)
        return records

    def rebuild(self, piece: Piece, records: list[Record]) -> bytes:
        kept = [record for record in records if not record.dropped]
        table = _table(piece.data)
        if len(kept) == len(table) and all(record.cleaned is None for record in kept):
            return frame(piece.data, piece.ends_group)
        table = table.take([record.place - piece.first for record in kept])
        for index, name in enumerate(self.fields.texts):
            old = _strings(table[name])
            new = [old[i] if r.cleaned is None else r.cleaned[index] for i, r in enumerate(kept)]
            if new != old:
                place = table.schema.get_field_index(name)
                table = table.set_column(place, table.schema.field(name), _column(new, table.schema.field(name).type))
        return frame(_stream(table.schema, table.to_batches()), piece.ends_group)

    def rows(self, piece: Piece, records: list[Record]) -> list[dict[str, object]]:
        table = _table(piece.data).take([record.place - piece.first for record in records])
        columns = {name: _values(table[name]) for name in table.column_names if name not in self.fields.texts}
        for index, name in enumerate(self.fields.texts):
            columns[name] = [(record.cleaned or record.texts)[index] for record in records]
        return [{name: columns[name][i] for name in table.column_names} for i in range(len(table))]

    def raw(self, piece: Piece, record: Record) -> bytes:
        """The row as an Arrow stream: all its columns, whatever they hold."""
        table = _table(piece.data)
        return _stream(table.schema, table.slice(record.place - piece.first, 1).to_batches())

    def style(self, record: Record, index: int) -> str:
        return ""

    def spelled(self, record: Record, index: int, edits: Sequence[Edit]) -> Sequence[str]:
        return ()

    def text(self, record: Record, index: int, style: str) -> str | None:
        return record.texts[index]

    def holds(self, text: str) -> bool:
        return not any("\ud800" <= c <= "\udfff" for c in text)

    def reads_back(self, record: Record, index: int, text: str) -> bool:
        return True


def _strings(column: Any) -> list[str | bytes | None]:
    """The values of a column; as bytes those that are not UTF-8."""
    pa = arrow()
    try:
        values: list[str | bytes | None] = column.to_pylist()
    except UnicodeDecodeError:
        values = column.cast(pa.large_binary()).to_pylist()
        for i, raw in enumerate(values):
            if isinstance(raw, bytes):
                with contextlib.suppress(UnicodeDecodeError):
                    values[i] = raw.decode()
    return values


def _values(column: Any) -> list[Any]:
    """The values of any column; times that Python has no type for (nanoseconds, years from 10000 on) in ISO 8601."""
    try:
        values: list[Any] = column.to_pylist()
    except (ValueError, OverflowError):
        values = [_value(scalar) for scalar in column]
    return values


def _value(scalar: Any) -> Any:
    try:
        return scalar.as_py()
    except (ValueError, OverflowError):
        return str(scalar.cast(arrow().string())).replace(" ", "T", 1)


def _days(column: Any) -> list[Any]:
    """The values of a column of dates: strings as they stand, and of points in time the day it was in their own zone."""
    pa = arrow()
    if not _is_date(column.type):
        return _values(column)
    days = _local(column).cast(pa.date32(), safe=False)
    try:
        values: list[Any] = days.to_pylist()
    except (ValueError, OverflowError):  # a year that is none of an article
        values = [_day(scalar) for scalar in days]
    return values


def _day(scalar: Any) -> Any:
    try:
        return scalar.as_py()
    except (ValueError, OverflowError):
        return None


def _local(times: Any) -> Any:
    """Points in time as the clocks of their zone showed them. Raises ArrowException for a zone the system lacks."""
    pa = arrow()
    return pa.compute.local_timestamp(times) if pa.types.is_timestamp(times.type) and times.type.tz else times


def _column(values: list[str | bytes | None], type: Any) -> Any:
    """A column of the (string) type; bytes among the values go in as they are."""
    pa = arrow()
    plain = type.value_type if pa.types.is_dictionary(type) else type
    if any(isinstance(value, bytes) for value in values):
        raws = [value.encode() if isinstance(value, str) else value for value in values]
        column = pa.array(raws, pa.large_binary()).cast(options=pa.compute.CastOptions.unsafe(plain))
    else:
        column = pa.array(values, plain)
    return column.dictionary_encode().cast(type) if pa.types.is_dictionary(type) else column


def frame(data: bytes, ends_group: bool) -> bytes:
    """An Arrow stream, ready to be written behind others."""
    return _FRAME.pack(len(data), ends_group) + data


def _frames(stream: BinaryIO) -> Iterator[tuple[Any, bool]]:
    while header := stream.read(_FRAME.size):
        length, ends_group = _FRAME.unpack(header)
        yield _table(stream.read(length)), ends_group


def assemble(frames: Path, out: Path, like: str | None) -> None:
    """Make the Parquet file `out` of a file of frames, compressed as the Parquet file `like` where there is one."""
    pa = arrow()
    with frames.open("rb") as stream:
        writer = None
        held: list[Any] = []
        weight = 0
        try:
            for table, ends_group in _frames(stream):
                writer = writer or pa.parquet.ParquetWriter(out, table.schema, **_options(like))
                held.append(table)
                weight += table.nbytes
                if ends_group if like else weight > GROUP_BYTES:
                    _write_group(writer, held)
                    held, weight = [], 0
            if held:
                _write_group(writer, held)
            if writer is None:
                pa.parquet.write_table(pa.table({}), out)
        finally:
            if writer:
                writer.close()


def _write_group(writer: Any, tables: list[Any]) -> None:
    group = arrow().concat_tables(tables).combine_chunks()
    if len(group):
        writer.write_table(group, row_group_size=len(group))


def _options(like: str | None) -> dict[str, object]:
    """The options of a writer: those that the metadata of `like` shows it was written with."""
    if like is None:
        return {"compression": "zstd"}
    with arrow().parquet.ParquetFile(like) as file:
        meta = file.metadata
        options: dict[str, object] = {"store_schema": b"ARROW:schema" in (meta.metadata or {})}
        if meta.num_row_groups:
            columns = [meta.row_group(0).column(i) for i in range(meta.num_columns)]
            options["compression"] = {
                column.path_in_schema: column.compression.replace("UNCOMPRESSED", "NONE") for column in columns
            }
            options["use_dictionary"] = [c.path_in_schema for c in columns if c.has_dictionary_page]
        return options


def schema_of(names: Sequence[str], rows: Sequence[Mapping[str, object]]) -> bytes:
    """The schema that holds these rows, as a piece's head; a column without a value is taken for strings.

    Where the values of a column do not go together, its first one decides.
    """
    pa = arrow()
    fields = []
    for name in names:
        values = [value for row in rows if (value := row.get(name)) is not None]
        try:
            type = pa.array(values).type if values else pa.string()
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            type = pa.array(values[:1]).type
        fields.append(pa.field(name, type))
    head: bytes = pa.schema(fields).serialize().to_pybytes()
    return head


def columns(head: bytes) -> list[str]:
    """The names in a schema."""
    names: list[str] = _schema(head).names
    return names


def misfits(rows: Sequence[Mapping[str, object]], head: bytes) -> list[str]:
    """For each row, which of its values the schema cannot hold; "" where it fits."""
    pa = arrow()
    schema = _schema(head)
    try:
        pa.Table.from_pylist(list(rows), schema=schema)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        return [_misfit(row, schema) for row in rows]
    return [""] * len(rows)


def _misfit(row: Mapping[str, object], schema: Any) -> str:
    pa = arrow()
    for name, value in row.items():
        try:
            pa.array([value], schema.field(name).type)
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            return f'field "{name}" is not {schema.field(name).type} as in the first records: {value!r:.60}'
    return ""


def _schema(head: bytes) -> Any:
    pa = arrow()
    return pa.ipc.read_schema(pa.py_buffer(head))


def encode(rows: Sequence[Mapping[str, object]], head: bytes) -> bytes:
    """Rows that fit the schema, as a frame."""
    pa, schema = arrow(), _schema(head)
    return frame(_stream(schema, pa.Table.from_pylist(list(rows), schema=schema).to_batches()), False)
