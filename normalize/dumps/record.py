"""What travels through a dump run: batches of bytes, and the records in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

BATCH_BYTES = 1_000_000  # how much raw data makes a batch; a longer record is a batch by itself
RECORD_LIMIT = 512_000_000  # bytes; a longer record is taken for a file that is not in its format


class DumpError(Exception):
    """Something that ends the run, said for a person: which file, where, what."""


class DamagedInput(Exception):
    """The input breaks off or is corrupt here; everything before it was handed out."""


class Batch(NamedTuple):
    """Some whole records of one input, in their own format."""

    number: int  # in the run, from 0
    source: int  # which input of the run, from 0
    first: int  # line (row, for tables) of the first record in its file, from 1
    length: int  # lines (rows) in it
    data: bytes
    only: tuple[int, ...] | None = None  # the lines (rows) to handle; None is all


@dataclass(slots=True)
class Record:
    """One record: the texts to clean, what is known of it, and why it cannot be cleaned, if so."""

    place: int  # its line (row) in the file, from 1
    raw: bytes  # as it stands in the input, without the line end; empty for columnar formats
    texts: list[str | None] = field(default_factory=list)  # one a field; None has nothing to clean
    date: object = None
    id: object = None
    outlet: object = None
    error: str = ""  # why it cannot be cleaned
    blank: bool = False  # an empty line: passed through, not counted
    cleaned: list[str | None] | None = None  # the texts after cleaning, where one changed
    styles: list[str] = field(default_factory=list)  # how to write each field, where a log prescribes it
    dropped: bool = False  # leave it out of the output
    log: bytes = b""  # its lines in the edit log


class Fields(NamedTuple):
    """Which fields of a record matter."""

    texts: tuple[str, ...]
    date: str | None = None
    id: str | None = "id"
    outlet: str | None = None


class Codec(Protocol):
    """A format, seen from a worker: a batch's bytes to records, and back."""

    def decode(self, data: bytes, first: int) -> list[Record]:
        """The records of a batch that starts at line (row) `first`. A bad one has its `error` set."""

    def rebuild(self, data: bytes, records: list[Record]) -> bytes:
        """The batch again: without dropped records, changed texts replaced, every other byte as it was."""


def lines(chunks: Iterable[bytes], size: int = BATCH_BYTES) -> Iterator[bytes]:
    """Chunks regrouped to pieces of about `size` bytes that end at a line end (but for the last).

    Raises DumpError where a line is longer than RECORD_LIMIT.
    """
    held: list[bytes] = []
    length = 0
    for chunk in chunks:
        held.append(chunk)
        length += len(chunk)
        if length >= size and (cut := chunk.rfind(b"\n") + 1):
            held[-1] = chunk[:cut]
            yield b"".join(held)
            held = [chunk[cut:]]
            length = len(held[0])
        elif length > RECORD_LIMIT:
            raise DumpError(f"a line is longer than {RECORD_LIMIT:,} bytes: is this the right format?")
    if length:
        yield b"".join(held)
