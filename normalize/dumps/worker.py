"""Handle a batch: decode its records, change their texts, encode them again, and count all of it."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import NamedTuple, Protocol

import msgspec

from .formats import UNITS, codec, decode, json_array
from .formats.compression import compressor
from .formats.convert import row_writer
from .inputs import Input
from .log.entries import encode_line, encode_lines, name_of
from .log.other_formats import dolma_line
from .record import Batch, Codec, Fields, Record
from .tally import Tally


class BatchResult(NamedTuple):
    """A batch's bytes for every file of the run, ready to be appended, and its tally."""

    number: int
    source: int
    output: bytes
    log: bytes
    rejects: bytes
    rendered: str
    tally: Tally


class BatchHandler(Protocol):
    """Changes the texts of a batch's records: Clean, Replay or Noise."""

    def prepare(self) -> None:
        """Read now what would be read for the first batch."""

    def __call__(self, records: Sequence[Record], batch: Batch, codec: Codec, tally: Tally) -> None:
        """Set `cleaned` of the records that change, or their `error`; count it; write their `log` and `rendered`."""


class Task(msgspec.Struct):
    """Handle the batches of a run. Pickled once to every worker."""

    handler: BatchHandler
    fields: Fields
    inputs: Sequence[Input]
    reject: bool = False  # leave bad records out of the output
    writes: bool = True  # whether there is an output at all
    leaves_out: bool = False  # whether records may be left out of it
    level: int | None = None  # of the output's compression; None: that of its own tool
    log_compression: str | None = None  # None: no log is wanted
    log_format: str = "jsonl"
    rejects_compression: str | None = None
    _codecs: dict[str, Codec] = {}

    def __call__(self, batch: Batch) -> BatchResult:
        source = self.inputs[batch.source]
        if batch.piece.overlong:
            return self._pass_on(batch)
        codec = self._codec(source.format)
        records = decode(codec, batch.piece)
        if batch.only is not None:
            records = [record for record in records if record.place in batch.only or record.place == 0]
        tally = Tally(bytes_in=len(batch.piece.data) * len(records) // max(batch.piece.length, 1))
        self.handler([r for r in records if not r.error and not r.blank], batch, codec, tally)
        if source.output_format == source.format:
            rejects = self._account_for(records, batch, tally)
            output = codec.rebuild(batch.piece, records) if self.writes else b""
        else:
            output, rejects = self._convert(records, batch, tally)
        return self._result(batch, records, output, rejects, tally)

    def _pass_on(self, batch: Batch) -> BatchResult:
        """Pass on a part of a record that is longer than RECORD_LIMIT; at its last part, count it as a bad one."""
        source, piece = self.inputs[batch.source], batch.piece
        wanted = batch.only is None or piece.first in batch.only
        records = decode(self._codec(source.format), piece) if wanted else []
        tally = Tally(bytes_in=len(piece.data) if wanted else 0)
        rejects = self._account_for(records, batch, tally)
        is_kept = wanted and self.writes and not self._leaves_out(batch) and source.output_format == source.format
        output = piece.data if is_kept else b""
        if is_kept and source.format == "json" and self.leaves_out and piece.overlong == len(piece.data):  # its first part
            output = json_array.unit(output)
        return self._result(batch, records, output, rejects, tally)

    def _result(self, batch: Batch, records: list[Record], output: bytes, rejects: bytes, tally: Tally) -> BatchResult:
        source = self.inputs[batch.source]
        return BatchResult(
            batch.number,
            batch.source,
            _packed(output, source.output_compression, self.level),
            _packed(self._log(records), self.log_compression),
            _packed(rejects, self.rejects_compression),
            "".join(record.rendered for record in records),
            tally,
        )

    def _codec(self, format: str) -> Codec:
        if format not in self._codecs:
            self._codecs[format] = codec(format + UNITS if format == "json" and self.leaves_out else format, self.fields)
        return self._codecs[format]

    def _log(self, records: list[Record]) -> bytes:
        if self.log_format == "dolma":
            return b"".join(dolma_line(record) for record in records if not record.blank and not record.dropped)
        if self.log_format == "gold":  # which has texts alone
            records = [record for record in records if not record.error and not record.blank]
        return encode_lines([entry for record in records for entry in record.log])

    def _convert(self, records: list[Record], batch: Batch, tally: Tally) -> tuple[bytes, bytes]:
        """Encode the records in the output's format; also returns the lines for the rejects file."""
        source = self.inputs[batch.source]
        writer = row_writer(source.output_format)
        good = [record for record in records if not record.error and not record.blank]
        rows = self._codec(source.format).rows(batch.piece, good)
        for record, misfit in zip(good, writer.misfits(rows, batch.target) if rows else (), strict=True):
            record.error = record.error or misfit
        for record in records:
            if record.blank and record.place > 0:  # it has no row there
                record.log = [{"n": record.place, "rejected": "an empty line"}]
        rejects = self._account_for(records, batch, tally)
        fit = [row for row, record in zip(rows, good, strict=True) if not record.error]
        return writer.encode(fit, batch.target, batch.opens) if fit and self.writes else b"", rejects

    def _leaves_out(self, batch: Batch) -> bool:
        """Whether bad records are left out of the output: not where that replaces the input and no copy is made of them."""
        return self.reject and not (batch.piece.overlong and self.inputs[batch.source].in_place)

    def _account_for(self, records: list[Record], batch: Batch, tally: Tally) -> bytes:
        """Count all records; drop the bad ones where that is wanted. Returns the lines for the rejects file."""
        source = self.inputs[batch.source]
        rejects = []
        for record in records:
            if record.blank:
                continue
            tally.records_in += 1
            if not record.error:
                tally.records_out += 1
                tally.changed += record.cleaned is not None
                continue
            tally.problems.append((record.place, record.error))
            record.cleaned = None
            record.log, record.rendered = [], ""
            if self._leaves_out(batch):
                record.dropped = True
                tally.rejected += 1
                record.log = [{"n": record.place, "rejected": record.error}]
            else:
                tally.records_out += 1
                tally.kept_bad += 1
            if self.rejects_compression is not None:
                whole = not batch.piece.overlong
                raw = self._codec(source.format).raw(batch.piece, record) if whole else None
                rejects.append(_reject(source, record, raw))
        return b"".join(rejects)


def _reject(source: Input, record: Record, raw: bytes | None) -> bytes:
    """Encode a line of the rejects file: the record raw, as text, or in base64 where it is not UTF-8 (as a Parquet row).

    It says where the input is replaced: then the record is nowhere else. raw: None for one that is too long to be copied.
    """
    entry: dict[str, object] = {"file": name_of(source.path), "line": record.place, "reason": record.error}
    if source.in_place:
        entry["in_place"] = True
    if raw is None:
        return encode_line(entry)
    try:
        entry["raw"] = raw.decode()
    except UnicodeDecodeError:
        entry["raw_base64"] = base64.b64encode(raw).decode()
    return encode_line(entry)


def _packed(data: bytes, compression: str | None, level: int | None = None) -> bytes:
    """Compress `data` as a frame of its file; b"" where it is empty, or there is no such file."""
    return compressor(compression, level)(data) if data and compression is not None else b""
