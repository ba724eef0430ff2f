"""Open edit logs in any form: JSON lines, compressed or not, or Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ..errors import DamagedInput, DumpError
from ..formats.compression import chunks
from ..inputs import Input
from .entries import decode_section
from .other_formats import read_parquet, write_parquet


def read_lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a log: JSON lines, plain or compressed, or Parquet. Raises DumpError where it is cut short."""
    with path.open("rb", buffering=0) as stream:
        if stream.read(4) == b"PAR1":
            yield from read_parquet(path)
            return
        stream.seek(0)
        rest = b""
        try:
            for chunk in chunks(stream, None):
                *whole, rest = (rest + chunk).split(b"\n")
                yield from whole
        except DamagedInput as error:
            raise DumpError(f"{path}: {error}") from None
    if rest:
        raise DumpError(f"{path}: is cut short: its last line has no end")


def read_header(path: Path) -> Mapping[str, object]:
    """Read the first line of a log, which describes the run. Raises DumpError where the file is no edit log."""
    try:
        value = json.loads(next(read_lines(path), b""))
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict) or not {"normalize", "options"} <= value.keys():
        raise DumpError(f"{path}: is not an edit log")
    return value


def check_replaceable(path: Path, inputs: Sequence[Input]) -> None:
    """Raise DumpError where a new log at `path` would cost what only the file there can undo, or a file that is no log.

    A log may be replaced by that of a run over the same inputs, as long as these are still there as they were.
    """
    if not path.is_file() or path.stat().st_size == 0:
        return
    try:
        read_header(path)
    except DumpError:
        if _is_dolma(path):
            return
        raise DumpError(f"{path}: exists and is not an edit log: it is not replaced") from None
    replaced = {source.path for source in inputs if not source.in_place}
    logged = {section.input for raw in read_lines(path) if (section := decode_section(raw))}
    if logged - replaced:
        raise DumpError(
            f"{path}: is the edit log of another run, which could not be undone without it: give another name, or move it"
        )


def _is_dolma(path: Path) -> bool:
    try:
        value = json.loads(next(read_lines(path), b""))
    except (ValueError, RecursionError, DumpError):
        return False
    return isinstance(value, dict) and value.keys() == {"id", "attributes"}


def to_parquet(part: Path, out: Path) -> None:
    """Write the log `part` as the Parquet file `out`."""
    write_parquet(read_lines(part), out)
