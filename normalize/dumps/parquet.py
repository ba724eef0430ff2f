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

from .record import BATCH_BYTES, DumpError, Fields, Piece, Record

GROUP_BYTES = 64_000_000  # of Arrow data in a row group, where the input has none to follow
_FRAME = struct.Struct("<Q?")


def arrow() -> Any:
    """pyarrow. Raises DumpError where it is not installed."""
    try:
        for part in ("pyarrow.compute", "pyarrow.parquet"):
            importlib.import_module(part)
        return importlib.import_module("pyarrow")
    except ImportError:
        raise DumpError("Parquet needs pyarrow: pip install 'normalize-id[arrow]'") from None


def pieces(path: str | BinaryIO, wanted: Iterable[str], size: int = BATCH_BYTES) -> Iterator[Piece]:
    """A file's rows, in pieces of about `size` bytes that do not cross row groups.

    Raises DumpError where a wanted column is missing or holds no strings, or the file is no Parquet.
    """
    pa = arrow()
    try:
        file = pa.parquet.ParquetFile(path, memory_map=isinstance(path, str))
    except pa.ArrowException as error:
        raise DumpError(f"cannot be read as Parquet: {str(error).splitlines()[0]}") from None
    with file:
        schema = file.schema_arrow
        _check(schema, wanted)
        head = schema.serialize().to_pybytes()
        if file.metadata.num_rows == 0:
            yield Piece(1, 0, _stream(schema, []), head, True)
        first = 1
        for group in range(file.num_row_groups):
            rows = file.metadata.row_group(group).num_rows
            weight = file.metadata.row_group(group).total_byte_size / max(rows, 1)
            step = max(1, min(rows, int(size / max(weight, 1))))
            done = 0
            for batch in file.iter_batches(batch_size=step, row_groups=[group], use_threads=False):
                done += batch.num_rows
                yield Piece(first, batch.num_rows, _stream(schema, [batch]), head, done == rows)
                first += batch.num_rows


def _check(schema: Any, wanted: Iterable[str]) -> None:
    for name in wanted:
        if name not in schema.names:
            raise DumpError(f'has no column "{name}" (its columns: {", ".join(schema.names)})')
        if not _is_string(schema.field(name).type):
            raise DumpError(f'column "{name}" is {schema.field(name).type}, not a string')


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

    def __init__(self, fields: Fields) -> None:
        self.fields = fields

    def decode(self, piece: Piece) -> list[Record]:
        table = _table(piece.data)
        columns = [_strings(table[name]) for name in self.fields.texts]
        date, id, outlet = (
            table[name].to_pylist() if name in table.column_names else [None] * len(table) for name in self.fields[1:]
        )
        records = []
        for i in range(len(table)):
            record = Record(piece.first + i, b"", date=date[i], id=id[i], outlet=outlet[i])
            for column in columns:
                text = column[i]
                if isinstance(text, bytes):
                    record.error = "invalid UTF-8"
                    record.raw = text
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
        for index, name in enumerate(self.fields.texts):
            texts = [(record.cleaned or record.texts)[index] for record in records]
            table = table.set_column(table.schema.get_field_index(name), name, arrow().array(texts))
        rows: list[dict[str, object]] = table.to_pylist()
        return rows

    def style(self, record: Record, index: int) -> str:
        return ""

    def holds(self, text: str) -> bool:
        return not any("\ud800" <= c <= "\udfff" for c in text)


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
    """How to write: as `like` was written, as far as its metadata tells."""
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
