"""The formats of dumps, by name: here a name is turned into a format, and a format into its codec.

Start reading at jsonl.py, the codec of JSON lines; plain_text, table (CSV, TSV) and parquet are the others. compression
and lines cut streams, json_strings finds strings in raw JSON, convert writes rows of one format in another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import NamedTuple

from ..record import RECORD_LIMIT, Codec, Fields, Piece, Record
from . import lines, parquet, plain_text, table
from .compression import SUFFIXES
from .jsonl import JsonLines

NAMES = {".txt": "txt", ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "tsv", ".parquet": "parquet"}
FORMATS = ("txt", "jsonl", "csv", "tsv", "parquet")


class FileKind(NamedTuple):
    """What a file's name promises."""

    format: str  # one of FORMATS, or "" where the name does not tell
    compression: str  # "" is plain


def kind_of(name: str) -> FileKind:
    """`news.jsonl.zst` is ("jsonl", "zst")."""
    path = PurePath(name)
    compression = SUFFIXES.get(path.suffix.lower(), "")
    if compression:
        path = path.with_suffix("")
    return FileKind(NAMES.get(path.suffix.lower(), ""), compression)


def codec(format: str, fields: Fields) -> Codec:
    """The codec of a format; "lines" is txt with a document a line."""
    if format == "jsonl":
        return JsonLines(fields)
    if format == "parquet":
        return parquet.Parquet(fields)
    if format in ("csv", "tsv"):
        return table.Table(fields, format)
    return plain_text.TextLines(fields) if format == "lines" else plain_text.TextDocument(fields)


def decode(codec: Codec, piece: Piece) -> list[Record]:
    """The records of a piece. One that is too long is a bad one, which the last of its parts gives."""
    if not piece.overlong:
        return codec.decode(piece)
    error = f"is {piece.overlong:,} bytes long, and a record has no more than {RECORD_LIMIT:,}"
    return [Record(piece.first, b"", error=error)] if piece.length else []


def pieces(format: str, chunks: Iterable[bytes], wanted: Iterable[str], limit: int = RECORD_LIMIT) -> Iterator[Piece]:
    """An input of any format but Parquet (which is no stream), cut up. Raises DumpError where it cannot be.

    limit: bytes of a record; one that is longer comes in parts, or in a table ends the run.
    """
    if format == "txt":
        return plain_text.document(chunks, limit)
    if format in ("csv", "tsv"):
        return table.pieces(chunks, format, wanted, limit=limit)
    return lines.pieces(chunks, limit=limit)
