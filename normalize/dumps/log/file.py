"""Opening edit logs, whatever form they are in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from ..formats.compression import chunks
from ..record import DamagedInput, DumpError
from . import other_formats


def lines(path: Path) -> Iterator[bytes]:
    """The lines of a log: JSON lines, plain or compressed, or Parquet. Raises DumpError where it is cut short."""
    with path.open("rb", buffering=0) as stream:
        if stream.read(4) == b"PAR1":
            yield from other_formats.lines_of(path)
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


def header(path: Path) -> Mapping[str, object]:
    """What the first line says of the run. Raises DumpError where the file is no edit log."""
    try:
        value = json.loads(next(lines(path), b""))
    except ValueError:
        value = None
    if not isinstance(value, dict) or not {"normalize", "options"} <= value.keys():
        raise DumpError(f"{path}: is not an edit log")
    return value


def to_parquet(part: Path, out: Path) -> None:
    """Write the log `part` as the Parquet file `out`."""
    other_formats.write_parquet(lines(part), out)
