"""What travels through a run: batches of bytes, and the records in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol

import msgspec

if TYPE_CHECKING:
    from .log.entries import Written

BATCH_BYTES = 1_000_000  # how much raw data makes a batch; a longer record is a batch by itself
RECORD_LIMIT = 512_000_000  # bytes; what is longer is no record but a file in another format


class DumpError(Exception):
    """What ends a run, said for a person: which file, where, what.

    resumable: the run itself was sound; continued, it may end well.
    """

    def __init__(self, message: str, resumable: bool = False) -> None:
        super().__init__(message)
        self.resumable = resumable


class DamagedInput(Exception):
    """The input breaks off or is corrupt here; everything before it was handed out."""


class Piece(NamedTuple):
    """A batch's worth of whole records, cut from an input."""

    first: int  # the line (row, for tables) it starts at, from 1; a table's header is row 0
    length: int  # lines (rows) in it
    data: bytes
    head: bytes = b""  # what is needed to read it and does not stand in it: a table's header or schema
    ends_group: bool = False  # the last of a row group, for formats that have them


class Batch(NamedTuple):
    """What a worker gets."""

    number: int  # in the run, from 0
    source: int  # which input of the run, from 0
    piece: Piece
    target: bytes = b""  # the header or schema to write by, where the output has another format
    only: frozenset[int] | None = None  # the lines (rows) to handle; None is all
    opens: bool = False  # the first batch of its output
    log: tuple[tuple[int, bytes], ...] = ()  # lines of an edit log that are about it, each with its record's place

    def place(self) -> str:
        """Where it lies in its input, for people."""
        first = max(self.piece.first, 1)
        return f"{first:,} to {max(first, self.piece.first + self.piece.length - 1):,}"


class Record(msgspec.Struct, gc=False):  # made in a third of a dataclass's time
    """One record: the texts to clean, what is known of it, and why it cannot be cleaned, if so."""

    place: int  # its line (row) in the file
    raw: bytes  # as it stands in the input, without the line end; nothing for columnar formats
    texts: list[str | None] = []  # one a field; None has nothing to clean
    date: object = None
    id: object = None
    outlet: object = None
    error: str = ""  # why it cannot be cleaned
    blank: bool = False  # an empty line or a header: passed through, not counted
    cleaned: list[str | None] | None = None  # the texts after cleaning, where one changed
    styles: dict[int, str] | None = None  # how to write a field, where a log prescribes it
    dropped: bool = False  # leave it out of the output
    log: list[Written | Mapping[str, object]] = []  # its lines in the edit log
    shown: str = ""  # what is to be shown of it


class Fields(NamedTuple):
    """Which fields of a record matter."""

    texts: tuple[str, ...]
    date: str | None = None
    id: str | None = "id"
    outlet: str | None = None


class Codec(Protocol):
    """A format, seen from a worker: a piece to records, and back."""

    holds_all: bool  # whether any text can be written in it, and is read back: then the last two need not be asked

    def decode(self, piece: Piece) -> list[Record]:
        """Its records. A bad one has its `error` set."""

    def rebuild(self, piece: Piece, records: list[Record]) -> bytes:
        """The records as they are to be written: changed texts replaced, every other byte as it was."""

    def rows(self, piece: Piece, records: list[Record]) -> list[dict[str, object]]:
        """All fields of these good records, the cleaned texts among them."""

    def raw(self, piece: Piece, record: Record) -> bytes:
        """A record as it stands in the input, to be put aside with nothing lost."""

    def style(self, record: Record, index: int) -> str:
        """How field `index` is written, where its text alone does not tell; else ""."""

    def text(self, record: Record, index: int, style: str) -> str | None:
        """Field `index`, where its text is known to be written in this style."""

    def holds(self, text: str) -> bool:
        """Whether a text can be written in this format: most cannot hold a lone surrogate, lines no line end."""

    def reads_back(self, record: Record, text: str) -> bool:
        """Whether a text, written in the place of a record's, is read again as a record: not, say, as an empty line."""
