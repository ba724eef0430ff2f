"""Open edit logs in any form (JSON lines, compressed or not, or Parquet), and read their lines, sections and entries."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from ..errors import DamagedInput, DumpError
from ..formats.compression import chunks
from ..formats.lines import pieces, split_lines
from ..inputs import Input
from ..record import RECORD_LIMIT
from .entries import LogEntry, Section, decode_entry, decode_section, name_of
from .other_formats import read_parquet, write_parquet

LINE_LIMIT = 4 * RECORD_LIMIT  # bytes: of an edit, the log has the texts before and after, and how they were spelled


class Logged(NamedTuple):
    """An entry of a log, or a part of one, with the input that it is about."""

    number: int  # of the entry in its stream
    file: str
    entry: LogEntry
    text: str | None = None  # the original of the field, where it is at hand


def read_lines(path: Path, watch: Callable[[int], None] = lambda position: None) -> Iterator[bytes]:
    """Yield the lines of a log: JSON lines, plain or compressed, or Parquet. Raises DumpError where it is cut short.

    watch: is called with how many bytes of the file were read so far.
    """
    with path.open("rb", buffering=0) as stream:
        if stream.read(4) == b"PAR1":
            yield from read_parquet(path, watch)
            return
        stream.seek(0)
        try:
            for piece in pieces(chunks(stream, None), limit=LINE_LIMIT):
                watch(stream.tell())
                if piece.overlong:
                    raise DumpError(f"{path}: line {piece.first:,} is longer than {LINE_LIMIT:,} bytes")
                *whole, last = split_lines(piece.data)
                yield from whole
                if not piece.data.endswith(b"\n"):
                    raise DumpError(f"{path}: is cut short: its last line has no end")
                yield last
        except DamagedInput as error:
            raise DumpError(f"{path}: {error}") from None


def read_header(path: Path) -> Mapping[str, object]:
    """Read the first line of a log, which describes the run. Raises DumpError where the file is no edit log."""
    value = _first_object(path)
    if not {"normalize", "options"} <= value.keys():
        raise DumpError(f"{path}: is not an edit log")
    return value


def sections(path: Path) -> list[Section]:
    """Read the sections of a log, one an input. Raises DumpError where the file is no edit log."""
    read_header(path)
    return [section for raw in read_lines(path) if (section := decode_section(raw))]


def entries(path: Path, watch: Callable[[int], None] = lambda position: None) -> Iterator[Logged]:
    """Yield the entries of a log; `watch` is called with the bytes of it read so far. Raises DumpError for no log."""
    read_header(path)
    file, number = "", 0
    for raw in islice(read_lines(path, watch), 1, None):
        if section := decode_section(raw):
            file = section.input
        elif (entry := decode_entry(raw)).rejected is None:
            yield Logged(number, file, entry)
            number += 1


def _first_object(path: Path) -> Mapping[str, object]:
    """Read the JSON object in the first line of a file; an empty one where that holds another thing."""
    return _object(next(read_lines(path), b""))


def _object(raw: bytes) -> Mapping[str, object]:
    """Decode the JSON object of a line; {} where it holds anything else."""
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def check_replaceable(path: Path, inputs: Sequence[Input]) -> None:
    """Raise DumpError where a new log at `path` would cost what only the file there can undo, or a file that is no log.

    A log may be replaced by that of a run over the same inputs, as long as these are still there as they were.
    """
    if not path.is_file() or _is_empty(path):
        return
    try:
        options = read_header(path)["options"]
    except DumpError:
        if _is_dolma(path):
            return
        raise DumpError(f"{path}: exists and is not an edit log: it is not replaced") from None
    logged = {section.input for section in sections(path)}
    if logged - _still_there(inputs) or (isinstance(options, dict) and options.get("in_place")):
        raise DumpError(
            f"{path}: is the edit log of another run, which could not be undone without it: give another name, or move it"
        )


def check_rejects(path: Path, inputs: Sequence[Input]) -> None:
    """Raise DumpError where rejects would replace a file that holds anything else, or records that may be nowhere else.

    They may be replaced by those of a run over the same inputs, as long as no run put its output in the place of these.
    """
    _check_holds(path, {"file", "line", "reason"}, "rejects")
    if not path.is_file():
        return
    there = {name_of(path) for path in _still_there(inputs)}
    for raw in read_lines(path):
        reject = _object(raw)
        if reject.get("file") not in there or reject.get("in_place"):
            raise DumpError(
                f"{path}: has the rejects of another run, which may be nowhere else: give another name, or move it"
            )


def _still_there(inputs: Sequence[Input]) -> set[str]:
    """The inputs that can be read again after the run: not those that it replaces, nor standard input."""
    return {source.path for source in inputs if source.path != "-" and not source.in_place}


def check_gold(path: Path) -> None:
    """Raise DumpError where gold rows would replace a file that holds anything else."""
    _check_holds(path, {"text", "gold", "noise"}, "gold rows")


def _check_holds(path: Path, fields: set[str], what: str) -> None:
    """Raise DumpError where a file is not empty, and its first line is no object with these fields."""
    if not path.is_file() or _is_empty(path):
        return
    try:
        first = _first_object(path)
    except DumpError:
        first = {}
    if not fields <= first.keys():
        raise DumpError(f"{path}: exists and does not hold {what}: it is not replaced")


def _is_empty(path: Path) -> bool:
    """Whether a file, plain or compressed, holds nothing."""
    try:
        return next(read_lines(path), None) is None
    except DumpError:
        return False


def _is_dolma(path: Path) -> bool:
    try:
        return _first_object(path).keys() == {"id", "attributes"}
    except DumpError:
        return False


def to_parquet(part: Path, out: Path) -> None:
    """Write the log `part` as the Parquet file `out`."""
    write_parquet(read_lines(part), out)
