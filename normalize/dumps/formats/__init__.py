"""The formats of dumps, by name: here a name is turned into a format, and a format into its codec.

Start reading at jsonl.py, the codec of JSON lines; plain_text, table (CSV, TSV) and parquet are the others. compression
and lines cut streams, json_strings finds strings in raw JSON, convert writes rows of one format in another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import NamedTuple

from ..record import Codec, Fields, Piece
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


def pieces(format: str, chunks: Iterable[bytes], wanted: Iterable[str]) -> Iterator[Piece]:
    """An input of any format but Parquet (which is no stream), cut up. Raises DumpError where it cannot be."""
    if format == "txt":
        return plain_text.document(chunks)
    if format in ("csv", "tsv"):
        return table.pieces(chunks, format, wanted)
    return lines.pieces(chunks)
