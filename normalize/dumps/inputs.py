"""Which files a run reads, and where each of them goes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from .formats import check, kind_of
from .record import DumpError
from .run import Input


def inputs(paths: Sequence[str], output: str, format: str | None = None, lines: bool = False) -> list[Input]:
    """The inputs of a run with their outputs. "-" is standard input or output.

    Raises DumpError for a missing file, a directory, a name that does not tell its format, an output that is an input.
    """
    found = []
    for path in paths or ["-"]:
        if path != "-" and not os.path.exists(path):
            raise DumpError(f"{path}: no such file")
        if os.path.isdir(path):
            raise DumpError(f"{path}: is a directory")
        kind = kind_of(path)
        of = format or kind.format or (kind_of(output).format if path == "-" else "")
        if path == "-" and not of:
            raise DumpError("say with --format what standard input holds: txt or jsonl")
        check(of, path)
        of = "lines" if of == "txt" and lines else of
        compression = kind.compression if kind.compression else None
        found.append(Input(path, of, compression, output, Path(output).name))
    for source in found:
        if source.path != "-" and same_file(source.path, output):
            raise DumpError(f"{output}: the output is an input")
    return found


def same_file(one: str | Path, other: str | Path) -> bool:
    """Whether two paths lead to one existing file."""
    return os.path.exists(one) and os.path.exists(other) and os.path.samefile(one, other)
