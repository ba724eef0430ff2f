"""What happens to a batch: records out of bytes, one call of the engine, bytes out of records."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ..edit import Explanation
from ..normalizer import Normalizer
from . import edit_log
from .compression import compressor
from .formats import codec
from .record import Batch, Codec, Fields, Record
from .tally import Tally


class Outcome(NamedTuple):
    """What a worker hands back for a batch, ready to be appended to the files."""

    number: int
    source: int
    output: bytes
    log: bytes
    rejects: bytes
    tally: Tally


@dataclass(slots=True)
class CleanTask:
    """How to clean the batches of a run. Pickled once to every worker."""

    normalizer: Normalizer
    fields: Fields
    formats: Sequence[str]  # of each input
    names: Sequence[str]  # of each input, for messages and rejects
    on_error: str = "keep"  # or "reject": leave bad records out
    compression: Sequence[str] = ()  # of the output of each input
    log_compression: str | None = None  # None: no log is wanted
    rejects_compression: str | None = None
    _codecs: dict[str, Codec] = field(default_factory=dict)

    def __call__(self, batch: Batch) -> Outcome:
        codec = self._codec(self.formats[batch.source])
        records = codec.decode(batch.data, batch.first)
        if batch.only is not None:
            wanted = set(batch.only)
            records = [record for record in records if record.place in wanted]
        tally = Tally()
        self._clean(records, tally)
        rejects = self._refuse(records, batch.source, tally)
        output = codec.rebuild(batch.data, records)
        return Outcome(
            batch.number,
            batch.source,
            _packed(output, self.compression[batch.source]),
            _packed(b"".join(record.log for record in records), self.log_compression),
            _packed(rejects, self.rejects_compression),
            tally,
        )

    def _codec(self, format: str) -> Codec:
        if format not in self._codecs:
            self._codecs[format] = codec(format, self.fields)
        return self._codecs[format]

    def _clean(self, records: list[Record], tally: Tally) -> None:
        """Set what is new in each good record, count it and log it."""
        good = [record for record in records if not record.error and not record.blank]
        jobs = [(record, i, text) for record in good for i, text in enumerate(record.texts) if text]
        explanations = self._explain(jobs)
        names = self.fields.texts
        for (record, i, text), explanation in zip(jobs, explanations, strict=True):
            if record.error or explanation is None:
                continue
            tally.text_bytes += len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))
            edits, findings = explanation.edits, explanation.findings
            if edits:
                if record.cleaned is None:
                    record.cleaned = list(record.texts)
                    tally.changed += 1
                record.cleaned[i] = explanation.text
                tally.edits.update(edit.rule for edit in edits)
            if findings:
                tally.findings.update(finding.rule for finding in findings)
            if self.log_compression is not None and (edits or findings):
                record.log += edit_log.entry(record.place, record.id, names[i], edits, findings)

    def _explain(self, jobs: list[tuple[Record, int, str]]) -> Sequence[Explanation | None]:
        """The only contact with the engine: one call a batch. A text it fails on makes its record a bad one."""
        try:
            return self.normalizer.explain_batch([text for _, _, text in jobs], [record.date for record, _, _ in jobs])
        except Exception:
            explanations: list[Explanation | None] = []
            for record, _, text in jobs:
                try:
                    explanations.append(self.normalizer.explain(text, record.date))
                except Exception as error:
                    record.error = f"the cleaner failed on it: {type(error).__name__}: {error}"
                    explanations.append(None)
            return explanations

    def _refuse(self, records: list[Record], source: int, tally: Tally) -> bytes:
        """Count all records; drop the bad ones where that is wanted. Returns the lines for the rejects file."""
        rejects = []
        for record in records:
            if record.blank:
                continue
            tally.records_in += 1
            if not record.error:
                tally.records_out += 1
                continue
            tally.problems.append((record.place, record.error))
            record.cleaned = None
            if self.on_error == "reject":
                record.dropped = True
                tally.rejected += 1
                record.log = edit_log.line({"n": record.place, "rejected": record.error})
            else:
                tally.records_out += 1
                tally.kept_bad += 1
            rejects.append(_reject(self.names[source], record))
        return b"".join(rejects)


def _reject(name: str, record: Record) -> bytes:
    """A line of the rejects file: the record raw, as text, or in base64 where it is not UTF-8."""
    entry: dict[str, object] = {"file": name, "line": record.place, "reason": record.error}
    try:
        entry["raw"] = record.raw.decode()
    except UnicodeDecodeError:
        entry["raw_base64"] = base64.b64encode(record.raw).decode()
    return edit_log.line(entry)


def _packed(data: bytes, compression: str | None) -> bytes:
    """`data` as a frame of its file; nothing where there is nothing, or no such file."""
    return compressor(compression)(data) if data and compression is not None else b""
