"""Check the inputs of a run before anything is written: that their columns are there, that their libraries are installed.

Of every file the beginning is read. Standard input is not looked at: it could not be read again.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Any

from ..suggest import did_you_mean
from .errors import DamagedInput, DumpError, no_column
from .formats import BARE, codec, parquet, pieces, table, workbook
from .formats.arrow_values import arrow
from .formats.columns import check_unique
from .formats.compression import chunks
from .formats.encoding import UTF_8, decoded
from .formats.json_strings import members
from .formats.jsonl import odd_value
from .formats.nested import fields_of, is_nested, leads_into, steps
from .inputs import Input
from .locations import check_writable, is_remote, opened, seekable
from .record import Fields, Piece, Record

_NO_FIELDS = Fields((), None, None, None)


def check(inputs: Sequence[Input], fields: Fields, named: Collection[str] = ()) -> None:
    """Raise DumpError where the inputs lack a field, a column or a library.

    named: the fields besides those of texts that the user named, and did not leave at their defaults.
    """
    for name in filter(is_nested, fields.texts if any("json" in source.format for source in inputs) else ()):
        steps(name)
    if any("parquet" in (source.format, source.output_format) for source in inputs):
        arrow()
    if any("xlsx" in (source.format, source.output_format) for source in inputs):
        workbook.library()
    for output in {source.output: None for source in inputs if is_remote(source.output)}:
        check_writable(output)
    for source in inputs:
        if source.path == "-":
            continue
        names: Sequence[str] = ()  # of columns
        try:
            if source.format == "parquet":
                with seekable(source.path) as place:
                    names = parquet.check(place, fields, named)
            elif source.format == "xlsx":
                with seekable(source.path) as place:
                    names = workbook.check(place, [*fields.texts, *filter(None, (fields.date,)), *named])
            elif source.format in ("json", "jsonl") or source.format.removeprefix(BARE) in ("csv", "tsv"):
                piece = _head(source, fields, named)
                if piece and source.format in ("json", "jsonl"):
                    _check_objects(piece, source.format, fields, named)
                elif piece:
                    format = source.format.removeprefix(BARE)
                    names = table.columns(piece.head, table.separator_of(piece.head, format))
            if source.format != source.output_format:
                check_unique(names)
        except (DumpError, DamagedInput) as error:
            message = str(error)
            raise DumpError(message if message.startswith(source.path) else f"{source.path}: {message}") from None


def _head(source: Input, fields: Fields, named: Collection[str]) -> Piece | None:
    """Read the first piece of an input; None where there is none, or it is damaged, which the run reports."""
    wanted = [*fields.texts, *filter(None, (fields.date,)), *named]
    try:
        with opened(source.path) as stream:
            data = islice(chunks(stream, source.compression), 1)
            return next(
                pieces(source.format, data if source.encoding == UTF_8 else decoded(data, source.encoding), wanted), None
            )
    except DamagedInput:
        return None


def _check_objects(piece: Piece, format: str, fields: Fields, named: Collection[str]) -> None:
    """Raise DumpError where no object has one of the texts, or none has a named field, but one of nearly its name."""
    records = [one for one in codec(format, _NO_FIELDS).decode(piece) if not one.error and not one.blank]
    seen: dict[str, None] = {}
    for record in records:
        seen.update(dict.fromkeys(key for key, _, _ in members(record.raw.removeprefix(BOM_UTF8))))
    if not seen:
        return
    for name in (*fields.texts, *named):
        if name in seen or (is_nested(name) and any(leads_into(value, name) for value in _values(records))):
            continue
        known = dict.fromkeys(field for value in _values(records) for field, _ in fields_of(value))
        if name in fields.texts or did_you_mean(name, known):
            raise no_column(name, list(known), "none of the records it begins with has a field")


def _values(records: Sequence[Record]) -> Iterator[Any]:
    """Yield the values of the records that can be decoded whole."""
    for record in records:
        with suppress(ValueError):
            yield odd_value(record.raw)
