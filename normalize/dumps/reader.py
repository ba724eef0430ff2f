"""Read inputs as batches: opened, decompressed, cut up, numbered."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from io import BufferedReader, BytesIO
from typing import Protocol, cast

import msgspec

from ..dates.order import ColumnOrder, column_order
from .draw import Reservoir
from .errors import DamagedInput, DumpError
from .formats import codec, compression, decode, parquet, pieces, records_of, workbook
from .formats.chunks import even
from .formats.compression import chunks
from .formats.convert import row_writer
from .formats.encoding import UTF_8, decoded
from .inputs import Input
from .locations import opened, seekable
from .record import RECORD_LIMIT, Batch, Codec, Fields, Piece, Record


class LogLookup(Protocol):
    """Finds the lines of an edit log for the pieces of the inputs, in the order in which these are read."""

    def __call__(self, index: int, piece: Piece) -> tuple[tuple[int, bytes], ...]:
        """Return the lines about a piece of an input, each with its record's place."""

    def unfound(self, index: int) -> str:
        """Say what the log has about an input, which was read to its end, and about no record of it; else ""."""


class InputState(msgspec.Struct):
    """Facts about the inputs that are known once they were read; it grows while they are."""

    bytes_read: int = 0  # of the inputs, as they lie on the disk
    lengths: dict[int, int] = {}  # lines (rows) of each input
    checksums: dict[int, int] = {}  # of the batches on their way
    damaged: dict[str, str] = {}  # by input, what is wrong
    not_replaced: list[str] = []  # those of the damaged that were to be cleaned in place
    unfound: list[tuple[str, str]] = []  # (input, what a log has about records that are not there)
    empty: list[str] = []
    date_orders: dict[int, ColumnOrder] = {}  # of the inputs whose first batch was to tell it


class Selection(msgspec.Struct, frozen=True):
    """The records of a run to handle: its first `limit`, or those of the inputs listed in `sample`."""

    limit: int | None = None
    sample: Sequence[frozenset[int]] | None = None  # lines (rows) by input

    @property
    def is_all(self) -> bool:
        return self.limit is None and self.sample is None


class Reader(msgspec.Struct):
    """Cut the inputs of a run into batches.

    done: checksums of the batches, by number, that an earlier run has written; they are read again, but not handed
    out. placed: inputs that need not be read again, with the number of the batch that comes after each.
    """

    inputs: Sequence[Input]
    fields: Fields
    selection: Selection = Selection()
    done: Sequence[int] = ()
    placed: dict[int, int] = {}
    log_lookup: LogLookup | None = None
    date_order: str | None = None  # None: the first batch of each input tells
    state: InputState = msgspec.field(default_factory=InputState)

    def batches(self) -> Iterator[Batch]:
        """Yield all batches in order. Raises DumpError for an input that cannot be read as what it should be."""
        number = handed = 0
        head = output_head = None
        for index, source in enumerate(self.inputs):
            if index in self.placed:
                number = self.placed[index]
                continue
            if index == 0 or self.inputs[index - 1].output != source.output:
                head = output_head = None
                opens = True
            for piece in self._pieces(index, source):
                if head is not None and piece.head != head:
                    raise DumpError(f"{source.name}: its columns are not those of the inputs before it")
                head = piece.head
                if source.format != source.output_format and output_head is None:
                    output_head = self._output_head(source, piece)
                order = self.date_order or self._order(index, source, piece)
                only, count = self._only(index, source, piece, handed)
                handed += count
                checksum = zlib.crc32(piece.data)
                log = self.log_lookup(index, piece) if self.log_lookup else ()
                if number >= len(self.done):
                    self.state.checksums[number] = checksum
                    joined = self._joined(index, piece)
                    yield Batch(number, index, joined, output_head or b"", only, opens, log, order)
                elif checksum != self.done[number]:
                    raise DumpError(f"cannot resume: {source.name} is not what the unfinished run read", True)
                opens = opens and source.format != source.output_format and output_head is None
                number += 1
                if handed == self.selection.limit:
                    return
            if self.log_lookup and (unfound := self.log_lookup.unfound(index)):
                self.state.unfound.append((source.name, unfound))

    def _pieces(self, index: int, source: Input) -> Iterator[Piece]:
        """Yield the pieces of one input; damage is noted and reported at the end."""
        self.state.lengths[index] = 0
        try:
            for piece in self._cut(source):
                self.state.lengths[index] = piece.first + piece.length - 1
                yield piece
        except DamagedInput as error:
            self.state.damaged.setdefault(source.name, str(error))
        except DumpError as error:
            raise DumpError(f"{source.name}: {error}", error.resumable) from None
        if not self.state.lengths[index] and source.name not in self.state.damaged:
            self.state.empty.append(source.name)

    def _cut(self, source: Input) -> Iterator[Piece]:
        wanted = [*self.fields.texts, *filter(None, (self.fields.date,))]
        if source.format in ("parquet", "xlsx"):
            return self._sought(source, wanted)
        # Undoing may make a record longer than it was read, or than one may be.
        longest = 2 * RECORD_LIMIT if self.log_lookup else RECORD_LIMIT
        return pieces(source.format, self._chunks(source), wanted, RECORD_LIMIT, longest)

    def _sought(self, source: Input, wanted: Sequence[str]) -> Iterator[Piece]:
        """Yield the pieces of a format that is no stream."""
        with nullcontext(BytesIO(sys.stdin.buffer.read())) if source.path == "-" else seekable(source.path) as place:
            if source.format == "parquet":
                yield from parquet.pieces(place, self.fields)
            else:
                yield from workbook.pieces(place, wanted)

    def _chunks(self, source: Input) -> Iterator[bytes]:
        """Yield an input as UTF-8, in chunks that are the same for a file, a pipe and a compressed file: so batches are."""
        return even(self._up_to_damage(source), compression.PLAIN_BYTES)

    def _up_to_damage(self, source: Input) -> Iterator[bytes]:
        """Yield an input as UTF-8, up to its end or to where it is damaged, which is noted."""
        raw = self._raw_chunks(source)
        try:
            yield from raw if source.encoding == UTF_8 else decoded(raw, source.encoding)
        except DamagedInput as error:
            self.state.damaged[source.name] = str(error)

    def _raw_chunks(self, source: Input) -> Iterator[bytes]:
        if source.path == "-":
            yield from chunks(_Counted(cast(BufferedReader, sys.stdin.buffer).read1, self.state), source.compression)
            return
        with opened(source.path) as stream:
            yield from chunks(_Counted(stream.read, self.state), source.compression)

    def _joined(self, index: int, piece: Piece) -> Piece:
        """A piece as it can stand in its output between those of other inputs: one header, no open line end."""
        source = self.inputs[index]
        before = index > 0 and self.inputs[index - 1].output == source.output
        behind = index + 1 < len(self.inputs) and self.inputs[index + 1].output == source.output
        if source.format in ("parquet", "xlsx") or not piece.length:
            return piece
        if before and piece.first == 0:
            piece = piece._replace(first=1, length=piece.length - 1, data=piece.data[len(piece.head) :])
        if behind and not piece.data.endswith((b"\n", b"\r")):
            piece = piece._replace(data=piece.data + b"\n")
        return piece

    def _output_head(self, source: Input, piece: Piece) -> bytes | None:
        """Make the header or schema of an output from its first records; None where none can be read."""
        reader = codec(source.format, self.fields)
        good = [record for record in decode(reader, piece) if not record.error and not record.blank]
        try:
            found = reader.rows(piece, good)
        except DumpError as error:
            raise DumpError(f"{source.name}: {error}") from None
        rows = [row for row, record in zip(found, good, strict=True) if not record.error]
        return row_writer(source.output_format).head(rows) if rows else None

    def _order(self, index: int, source: Input, piece: Piece) -> str | None:
        """Return the order of an input's dates, decided by its first piece of whole records."""
        if not self.fields.date or piece.overlong or not piece.length:
            return None
        if index not in self.state.date_orders:
            records = codec(source.format, self.fields).decode(piece)
            self.state.date_orders[index] = column_order((record.date, record.texts) for record in records)
        return self.state.date_orders[index].order

    def _only(self, index: int, source: Input, piece: Piece, handed: int) -> tuple[frozenset[int] | None, int]:
        """The lines (rows) of a piece to hand on, None for all; and how many records are in them, where there is a limit.

        Empty lines between the first records stay: a log tells of records by their lines.
        """
        if self.selection.sample is not None:
            return self.selection.sample[index], 0
        if self.selection.limit is None:
            return None, 0
        if not piece.length:
            return frozenset([piece.first]), 0
        found = places(codec(source.format, self.fields), piece)[: self.selection.limit - handed]
        is_last = handed + len(found) == self.selection.limit
        end = max(found, default=piece.first - 1) + 1 if is_last else piece.first + piece.length
        return frozenset(range(piece.first, end)), len(found)


class _Counted:
    """A stream that counts the bytes read from it."""

    def __init__(self, read: Callable[[int], bytes | None], state: InputState) -> None:
        self._read, self._state = read, state

    def read(self, size: int) -> bytes:
        data = self._read(size) or b""
        self._state.bytes_read += len(data)
        return data


def records(inputs: Sequence[Input], fields: Fields) -> Iterator[tuple[int, Record]]:
    """Read the records of inputs, each with the number of its input; blank ones are none."""
    for batch in Reader(inputs, fields).batches():
        for record in records_of(batch, inputs[batch.source].format, fields):
            yield batch.source, record


def places(codec: Codec, piece: Piece) -> list[int]:
    """The lines (rows) of a piece that hold a record."""
    return [record.place for record in decode(codec, piece) if not record.blank]


def sample(inputs: Sequence[Input], fields: Fields, size: int, seed: int) -> Selection:
    """Draw `size` records of the inputs at random, the same for the same seed. Reads every input once.

    Raises DumpError for standard input, which cannot be read twice.
    """
    if any(source.path == "-" for source in inputs):
        raise DumpError("a sample cannot be drawn from standard input: it cannot be read twice")
    import random  # most runs draw nothing

    reservoir = Reservoir[tuple[int, int]](size, random.Random(seed))
    for index, record in records(inputs, fields):
        reservoir.add((index, record.place))
    chosen: list[set[int]] = [set() for _ in inputs]
    for index, place in reservoir.drawn:
        chosen[index].add(place)
    return Selection(sample=[frozenset(part) for part in chosen])
