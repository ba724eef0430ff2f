"""The formats of dumps, by name: here a name is turned into a format, and a format into its codec.

Start reading at jsonl.py, the codec of JSON lines; json_array, plain_text, table (CSV, TSV), parquet, workbook (Excel) are
the others, nested finds fields inside of objects. compression, encoding, chunks and lines prepare streams, parquet_pages
and parquet_lists look at a file before it is unpacked. columns is what codecs of tables share, arrow_values has the values
of Arrow's, json_strings finds strings in raw JSON, convert writes rows of one format in another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import PurePath
from typing import NamedTuple

from ..record import RECORD_LIMIT, Batch, Codec, Fields, Piece, Record, check_size
from . import json_array, lines, parquet, plain_text, table, workbook
from .compression import SUFFIXES
from .jsonl import JsonLines
from .nested import NestedJsonLines, is_nested

NAMES = {
    ".txt": "txt",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jl": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".parquet": "parquet",
    ".xlsx": "xlsx",
}
FORMATS = ("txt", "jsonl", "json", "csv", "tsv", "parquet", "xlsx")
# Formats as codecs know them that no file's name tells: txt with a document a line; tables without a header, whose columns
# are called by their numbers; the units of which a JSON array is made.
LINES, BARE, UNITS = "lines", "bare ", " units"


class FileKind(NamedTuple):
    """The format and compression in a file's name."""

    format: str  # one of FORMATS, or "" where the name does not tell
    compression: str  # "" is plain


def kind_of(name: str) -> FileKind:
    """`news.jsonl.zst` is ("jsonl", "zst")."""
    path = PurePath(name)
    compression = SUFFIXES.get(path.suffix.lower(), "")
    if compression:
        path = path.with_suffix("")
    return FileKind(NAMES.get(path.suffix.lower(), ""), compression)


# Codecs of JSON, for texts at the top level of objects and inside of them.
_JSON: dict[str, tuple[type[JsonLines], type[JsonLines]]] = {
    "jsonl": (JsonLines, NestedJsonLines),
    "json": (json_array.JsonArray, json_array.NestedJsonArray),
    f"json{UNITS}": (json_array.JsonUnits, json_array.NestedJsonUnits),
}


def codec(format: str, fields: Fields) -> Codec:
    """Make the codec of a format, or of LINES, BARE or UNITS."""
    if format in _JSON:
        return _JSON[format][any(is_nested(name) for name in (*fields.texts, *filter(None, fields[1:])))](fields)
    if format == "parquet":
        return parquet.Parquet(fields)
    if format == "xlsx":
        return workbook.Workbook(fields)
    if format.removeprefix(BARE) in ("csv", "tsv"):
        return table.Table(fields, format.removeprefix(BARE))
    return plain_text.TextLines(fields) if format == "lines" else plain_text.TextDocument(fields)


def decode(codec: Codec, piece: Piece) -> list[Record]:
    """Decode the records of a piece. One that is too long is a bad record, returned for the last of its parts."""
    if not piece.overlong:
        return codec.decode(piece)
    hint = ""
    if isinstance(codec, table.Table | json_array.Array):
        hint = f": is there a quote {'or bracket ' * isinstance(codec, json_array.Array)}that never closes?"
    error = f"is {piece.overlong:,} bytes long, and a record has no more than {RECORD_LIMIT:,}{hint}"
    return [Record(piece.first, b"", error=error)] if piece.length else []


def records_of(batch: Batch, format: str, fields: Fields) -> Iterator[Record]:
    """Decode the records of a batch to handle, without blank ones, where nothing is encoded again."""
    for record in decode(_kept_codec(format, fields), batch.piece):
        if not record.blank and (batch.only is None or record.place in batch.only):
            check_size(record)
            yield record


_kept_codec = cache(codec)  # never handed on: what a codec remembers is of the piece that it decoded last


def pieces(
    format: str, chunks: Iterable[bytes], wanted: Iterable[str], limit: int = RECORD_LIMIT, longest: int | None = None
) -> Iterator[Piece]:
    """Cut up an input of any format but Parquet and xlsx, which are no streams. Raises DumpError where that fails.

    limit: bytes of a record; one that is longer comes in parts. longest: of one that is
    taken whole all the same, where one of `limit` bytes may have grown.
    """
    longest = longest or limit
    if format == "txt":
        return plain_text.document(chunks, longest)
    if format.removeprefix(BARE) in ("csv", "tsv"):
        bare = format.startswith(BARE)
        return table.pieces(chunks, format.removeprefix(BARE), wanted, limit=limit, longest=longest, bare=bare)
    if format == "json":
        return json_array.pieces(chunks, limit=longest)
    return lines.pieces(chunks, limit=longest)
