"""The formats by name, and what a file's name says about its format and compression."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import NamedTuple

from .compression import SUFFIXES
from .jsonl import JsonLines
from .record import Codec, DumpError, Fields, lines
from .text import TextDocument, TextLines

NAMES = {".txt": "txt", ".jsonl": "jsonl", ".ndjson": "jsonl"}


class FileKind(NamedTuple):
    """What a file's name promises."""

    format: str  # "" where the name does not tell
    compression: str  # "" is plain


def kind_of(name: str) -> FileKind:
    """`news.jsonl.zst` is ("jsonl", "zst")."""
    path = PurePath(name)
    compression = SUFFIXES.get(path.suffix.lower(), "")
    if compression:
        path = path.with_suffix("")
    return FileKind(NAMES.get(path.suffix.lower(), ""), compression)


def codec(format: str, fields: Fields) -> Codec:
    """The codec of a format: "jsonl", "lines" or "txt"."""
    if format == "jsonl":
        return JsonLines(fields)
    return TextLines() if format == "lines" else TextDocument()


class Piece(NamedTuple):
    """A batch's worth of whole records, cut from an input."""

    first: int  # the line (row) it starts at
    length: int
    data: bytes


def pieces(format: str, chunks: Iterable[bytes]) -> Iterator[Piece]:
    """An input cut into batches. Raises DumpError where it cannot be."""
    if format == "txt":
        document = b"".join(chunks)
        if document:
            yield Piece(1, 1, document)
        return
    first = 1
    for data in lines(chunks):
        count = data.count(b"\n") + (not data.endswith(b"\n"))
        yield Piece(first, count, data)
        first += count


def check(format: str, name: str) -> None:
    """Raises DumpError where a name did not tell its format."""
    if not format:
        known = ", ".join(sorted(NAMES))
        raise DumpError(f"{name}: cannot tell the format from the name (known: {known}); say it with --format")
