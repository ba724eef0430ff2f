"""The types that travel through a run: batches of bytes, and the records in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

import msgspec

from ..edit import Edit
from .log.entries import LogEntryOut

BATCH_BYTES = 1_000_000  # of raw data in a batch, a choice; a longer record is a batch by itself
RECORD_LIMIT = 64_000_000  # bytes, a choice: a longer record is a bad one, and is never held whole
# Code points in the texts of a record, a choice: with more it is a bad one, for cleaning them takes up to 50 bytes of memory
# each, measured on a text of nothing but slips (news takes 33).
TEXT_LIMIT = 10_000_000


# The style of a field whose characters are not all written as one style writes them: only its edits are written anew.
MIXED = "mixed"


class Piece(NamedTuple):
    """A batch's worth of whole records, cut from an input."""

    first: int  # the line (row, for tables) it starts at, from 1; a table's header is row 0
    length: int  # lines (rows) in it
    data: bytes
    head: bytes = b""  # what is needed to read it and does not stand in it: a table's header or schema
    ends_group: bool = False  # the last of a row group, for formats that have them
    # Of a part of a record longer than RECORD_LIMIT: the bytes of the record up to its end. Such a piece is passed on and
    # not decoded; its length is 1 where it is the last part, else 0.
    overlong: int = 0


class Batch(NamedTuple):
    """A piece with everything that a worker must know of it."""

    number: int  # in the run, from 0
    source: int  # which input of the run, from 0
    piece: Piece
    target: bytes = b""  # the header or schema to write by, where the output has another format
    only: frozenset[int] | None = None  # the lines (rows) to handle; None is all
    opens: bool = False  # the first batch of its output
    log: tuple[tuple[int, bytes], ...] = ()  # lines of an edit log that are about it, each with its record's place
    date_order: str | None = None  # of the articles' own dates, as dates.article_date has it

    def place(self) -> str:
        """Say where it lies in its input, for people."""
        first = max(self.piece.first, 1)
        return f"{first:,} to {max(first, self.piece.first + self.piece.length - 1):,}"


class Record(msgspec.Struct, gc=False):  # made in a third of a dataclass's time
    """One record: its texts, its date, id and outlet, and the reason why it cannot be cleaned, if there is one."""

    place: int  # its line (row) in the file
    raw: bytes  # as it stands in the input, without the line end; nothing for columnar formats
    texts: list[str | None] = []  # one a field; None has nothing to clean
    date: object = None
    id: object = None
    outlet: object = None
    error: str = ""  # why it cannot be cleaned
    blank: bool = False  # an empty line or a header: passed through, not counted
    cleaned: list[str | None] | None = None  # the texts after cleaning, where one changed
    edits: dict[int, Sequence[Edit]] | None = None  # by field, from `texts` to `cleaned`
    styles: dict[int, str] | None = None  # how to write a field, where a log prescribes it, or it is known
    spelled: dict[int, Sequence[str]] | None = None  # how to write each edit of a field, where a log prescribes it
    fragile: bool = False  # some edits of its texts would not be read back as they are written
    dropped: bool = False  # leave it out of the output
    log: list[LogEntryOut | Mapping[str, object]] = []  # its lines in the edit log
    rendered: str = ""  # it and its edits, for a person
    spans: list[tuple[int, int]] = []  # where its texts stand in `raw`, for formats that know
    names: list[str] | None = None  # of the texts, where they are not simply those of the run's fields: "paragraphs[3]"


def check_size(record: Record) -> None:
    """Set the error of a good record whose texts are too long to be looked at."""
    size = 0 if record.error else sum([len(text) for text in record.texts if text])
    if size > TEXT_LIMIT:
        record.error = f"has {size:,} characters of text, and no more than {TEXT_LIMIT:,} are read"


def check_sizes(records: Sequence[Record]) -> None:
    """Set the error of good records whose texts are too long, in a batch that has more text than one record may have."""
    if sum([len(text) for record in records for text in record.texts if text]) > TEXT_LIMIT:
        for record in records:
            check_size(record)


class Fields(NamedTuple):
    """The names of the fields of a record that matter."""

    texts: tuple[str, ...]
    date: str | None = None
    id: str | None = "id"
    outlet: str | None = None


class Codec(Protocol):
    """A format, seen from a worker: a piece to records, and back."""

    holds_all: bool  # whether any text can be written in it, and is read back: then the last two need not be asked

    def decode(self, piece: Piece) -> list[Record]:
        """Decode its records. A bad one has its `error` set."""

    def rebuild(self, piece: Piece, records: list[Record]) -> bytes:
        """Encode the records for the output: changed texts replaced, every other byte as it was."""

    def rows(self, piece: Piece, records: list[Record]) -> list[dict[str, object]]:
        """Return all fields of these good records, with the cleaned texts; set the `error` of a record that has none."""

    def raw(self, piece: Piece, record: Record) -> bytes:
        """Return a record as it stands in the input, to be put aside with nothing lost."""

    def style(self, record: Record, index: int) -> str:
        """Say how field `index` is written, where its text alone does not determine that; else ""."""

    def spelled(self, record: Record, index: int, edits: Sequence[Edit]) -> Sequence[str]:
        """Say how the text before each edit is written in field `index`; for a field that is MIXED."""

    def text(self, record: Record, index: int, style: str) -> str | None:
        """Return field `index`, whose text is known to be written in this style."""

    def holds(self, text: str) -> bool:
        """Say whether a text can be written in this format: most cannot hold a lone surrogate, lines no line end."""

    def reads_back(self, record: Record, index: int, text: str) -> bool:
        """Say whether a text, written in the place of field `index`, is read again as it is: not, say, as an empty line."""
