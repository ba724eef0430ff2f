"""Parquet, through pyarrow (the extra "arrow"). Schema, metadata, row groups and compression stay as they were.

A piece's data is an Arrow stream of some rows of a row group; its head is the schema. What a worker hands back is a
frame: its rows, and whether they end a row group. Frames are written one after another and become a Parquet file
when all are there, for a Parquet file that is not finished cannot be continued.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import IO, Any, BinaryIO

from ...arrow_columns import column_of, is_date, is_string, local_times
from ..errors import DamagedInput, DumpError, check_column, no_column
from ..record import BATCH_BYTES, Fields, Piece, Record
from . import parquet_lists, parquet_pages
from .arrow_values import arrow, dates, is_utf8, strings, unpacked_size, values_of
from .columns import ColumnCodec, check_unique

ROWS = 32  # unpacked at a time, a choice: a few bytes may stand for a million long rows; 2 ms/MB of news, as with 1,000
GROUP_BYTES = 64_000_000  # of Arrow data in a row group, a choice, where the input has none to follow
GROUP_LIMIT = 1_000_000_000  # of Arrow data in a row group, a choice: it is held whole, so that a larger one is split
_FRAME = struct.Struct("<Q?")


def pieces(path: str | IO[bytes], fields: Fields, size: int = BATCH_BYTES) -> Iterator[Piece]:
    """Yield a file's rows, in pieces of about `size` bytes that do not cross row groups.

    Raises DumpError where a column for a text or the date is missing or of another type, or the file is no Parquet.
    """
    with _open(path) as file, open(path, "rb") if isinstance(path, str) else nullcontext(path) as stream:
        schema = file.schema_arrow
        _check(schema, fields)
        head = schema.serialize().to_pybytes()
        if file.metadata.num_rows == 0:
            yield Piece(1, 0, _stream(schema, []), head, True)
        columns = parquet_pages.columns(stream, file.num_row_groups)
        first = 1
        for group in range(file.num_row_groups):
            rows = file.metadata.row_group(group).num_rows
            done = 0
            at_once = parquet_pages.rows_at_once(stream, columns[group], ROWS)
            for column, schema_column in zip(columns[group], file.schema, strict=False):
                if level := schema_column.max_repetition_level:
                    at_once = parquet_lists.rows_at_once(stream, column, level, at_once)
            for table in _tables(file, group, size, at_once):
                done += len(table)
                yield Piece(first, len(table), _stream(schema, table.to_batches()), head, done == rows)
                first += len(table)


def _open(path: str | IO[bytes]) -> Any:
    """Open a Parquet file. Raises DumpError for any other."""
    pa = arrow()
    try:
        return pa.parquet.ParquetFile(path, memory_map=isinstance(path, str))
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        if isinstance(error, OSError) and error.filename:  # it is not the content
            raise
        raise DumpError(f"cannot be read as Parquet: {_first_line(error)}") from None


def check(path: str | IO[bytes], fields: Fields, named: Collection[str]) -> list[str]:
    """List the names of a file's columns.

    Raises DumpError where it is no Parquet, or has not a column for a text, the date, or one that was named.
    """
    with _open(path) as file:
        _check(file.schema_arrow, fields)
        names: list[str] = file.schema_arrow.names
    for name in named:
        if name not in names:
            raise no_column(name, names)
    return names


def _tables(file: Any, group: int, size: int, at_once: int) -> Iterator[Any]:
    """Yield the rows of a row group, as tables of about `size` bytes. Raises DamagedInput where they cannot be read.

    They are read a few at a time, for how long they are is not seen before they are unpacked.
    """
    from_batches = arrow().Table.from_batches
    held: list[Any] = []
    weight = 0
    damage = None
    try:
        for batch in file.iter_batches(batch_size=at_once, row_groups=[group], use_threads=False):
            held.append(batch)
            weight += sum(map(unpacked_size, batch.columns))
            if weight >= size:
                yield from_batches(held).combine_chunks()
                held, weight = [], 0
    except (arrow().ArrowException, OSError) as error:
        damage = f"Parquet data is corrupt: {_first_line(error)}"
    if held:
        yield from_batches(held).combine_chunks()
    if damage:
        raise DamagedInput(damage)


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)


def _check(schema: Any, fields: Fields) -> None:
    for name in (*fields.texts, *filter(None, fields[1:])):
        if name in schema.names:
            check_column(name, schema.names)
    for name in (*fields.texts, *filter(None, (fields.date,))):
        if name not in schema.names:
            raise no_column(name, schema.names)
        type = schema.field(name).type
        if not is_string(type) and not (name == fields.date and is_date(type)):
            raise DumpError(f'column "{name}" is {type}, not a {"date or a string" if name == fields.date else "string"}')
        if name == fields.date and arrow().types.is_timestamp(type):
            try:
                local_times(arrow().array([0], type))
            except arrow().ArrowException as error:
                raise DumpError(f'column "{name}": {error}') from None


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


class Parquet(ColumnCodec):
    """The codec."""

    def decode(self, piece: Piece) -> list[Record]:
        table = _table(piece.data)
        columns = [strings(table[name]) for name in self.fields.texts]
        date, id, outlet = (
            read(table[name]) if name in table.column_names else [None] * len(table)
            for name, read in zip(self.fields[1:], (dates, values_of, values_of), strict=True)
        )
        records = []
        for i in range(len(table)):
            record = Record(piece.first + i, b"", date=date[i], id=id[i], outlet=outlet[i])
            for name, value in zip(self.fields[1:], (date[i], id[i], outlet[i]), strict=True):
                if isinstance(value, str) and not is_utf8(value):
                    record.error = f'column "{name}": invalid UTF-8'
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
        table = _rows(table, [record.place - piece.first for record in kept])
        for index, name in enumerate(self.fields.texts):
            old = strings(table[name])
            new = [old[i] if r.cleaned is None else r.cleaned[index] for i, r in enumerate(kept)]
            if new != old:
                place = table.schema.get_field_index(name)
                table = table.set_column(place, table.schema.field(name), column_of(new, table.schema.field(name).type))
        return frame(_stream(table.schema, table.to_batches()), piece.ends_group)

    def rows(self, piece: Piece, records: list[Record]) -> list[dict[str, object]]:
        table = _rows(_table(piece.data), [record.place - piece.first for record in records])
        check_unique(table.column_names)
        columns = {name: values_of(table[name]) for name in table.column_names if name not in self.fields.texts}
        for index, name in enumerate(self.fields.texts):
            columns[name] = [(record.cleaned or record.texts)[index] for record in records]
        return [{name: columns[name][i] for name in table.column_names} for i in range(len(table))]

    def raw(self, piece: Piece, record: Record) -> bytes:
        """Return the row as an Arrow stream of all its columns."""
        table = _table(piece.data)
        return _stream(table.schema, table.slice(record.place - piece.first, 1).to_batches())


def _rows(table: Any, places: Sequence[int]) -> Any:
    """Select rows of a table, in order; also of types that Arrow cannot take single values of."""
    pa = arrow()
    if len(places) == len(table):
        return table
    try:
        return table.take(list(places))
    except pa.ArrowNotImplementedError:
        return pa.concat_tables([table.slice(0, 0), *(table.slice(place, 1) for place in places)])


def frame(data: bytes, ends_group: bool) -> bytes:
    """Frame an Arrow stream, so that it can be written behind others."""
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
                if weight > (GROUP_LIMIT if like else GROUP_BYTES) or (like and ends_group):
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
    """Return the options of a writer: those that `like` was written with, by its metadata."""
    if like is None:
        return {"compression": "zstd"}
    with arrow().parquet.ParquetFile(like) as file, open(like, "rb") as stream:
        options: dict[str, object] = {"store_schema": b"ARROW:schema" in (file.metadata.metadata or {})}
        for group in parquet_pages.columns(stream, file.num_row_groups)[:1]:
            options["compression"] = {column.name: column.compression for column in group}
            options["use_dictionary"] = [column.name for column in group if column.has_dictionary]
        return options


def schema_of(names: Sequence[str], rows: Sequence[Mapping[str, object]]) -> bytes:
    """Make the schema that holds these rows, as a piece's head; a column without a value is one of strings.

    Where the values of a column do not go together, its first one decides.
    """
    pa = arrow()
    fields = []
    for name in names:
        values = [value for row in rows if (value := row.get(name)) is not None]
        try:
            type = pa.array(values).type if values else pa.string()
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            type = _type_of(values[0])
        fields.append(pa.field(name, pa.string() if _has_no_members(type) else type))
    head: bytes = pa.schema(fields).serialize().to_pybytes()
    return head


def _type_of(value: object) -> Any:
    pa = arrow()
    try:
        return pa.array([value]).type
    except (pa.ArrowException, TypeError, ValueError, OverflowError):  # a number beyond all types: its record is a bad one
        return pa.uint64() if isinstance(value, int) and 0 <= value < 2**64 else pa.string()


def _has_no_members(type: Any) -> bool:
    """Whether a type is or contains that of objects without members, which Parquet lacks."""
    is_empty = arrow().types.is_struct(type) and not type.num_fields
    return is_empty or any(_has_no_members(type.field(i).type) for i in range(type.num_fields))


def columns(head: bytes) -> list[str]:
    """List the names of the columns in a schema."""
    names: list[str] = _schema(head).names
    return names


def misfits(rows: Sequence[Mapping[str, object]], head: bytes) -> list[str]:
    """Say for each row which value the schema cannot hold unchanged; "" where it fits."""
    schema = _schema(head)
    if all(_holds(field.type, [row.get(field.name) for row in rows]) for field in schema):
        return [""] * len(rows)
    return [_misfit(row, schema) for row in rows]


def _misfit(row: Mapping[str, object], schema: Any) -> str:
    for name, value in row.items():
        if name in schema.names and not _holds(type := schema.field(name).type, [value]):
            return f'field "{name}" does not fit {type}, which the first records have there: {value!r:.60}'
    return ""


def _holds(type: Any, values: list[object]) -> bool:
    """Whether a column of the type holds these values unchanged: Arrow makes 1 of 1.5, and leaves out members it lacks."""
    pa = arrow()
    try:
        held = pa.array(values, type)
        return is_string(type) or all(map(_is_same, values, values_of(held)))
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        return False


def _is_same(value: object, held: object) -> bool:
    """Whether a value is unchanged; a missing member of an object may be null."""
    if isinstance(value, dict) and isinstance(held, dict):
        return all(_is_same(value.get(name), held.get(name)) for name in {**value, **held})
    if isinstance(value, list) and isinstance(held, list):
        return len(value) == len(held) and all(map(_is_same, value, held))
    if isinstance(value, bool) or isinstance(held, bool):
        return value is held
    return value == held or (value != value and held != held)  # not a number


def _schema(head: bytes) -> Any:
    pa = arrow()
    return pa.ipc.read_schema(pa.py_buffer(head))


def encode(rows: Sequence[Mapping[str, object]], head: bytes) -> bytes:
    """Encode rows that fit the schema, as a frame."""
    pa, schema = arrow(), _schema(head)
    return frame(_stream(schema, pa.Table.from_pylist(list(rows), schema=schema).to_batches()), False)
