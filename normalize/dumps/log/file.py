"""Open edit logs in any form: JSON lines, compressed or not, or Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..errors import DamagedInput, DumpError
from ..formats.compression import chunks
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
    except ValueError:
        value = None
    if not isinstance(value, dict) or not {"normalize", "options"} <= value.keys():
        raise DumpError(f"{path}: is not an edit log")
    return value


def to_parquet(part: Path, out: Path) -> None:
    """Write the log `part` as the Parquet file `out`."""
    write_parquet(read_lines(part), out)
