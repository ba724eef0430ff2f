"""Clean the texts of a batch."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

import msgspec

from ..dates import article_date
from ..edit import Edit, Explanation, Finding, apply
from ..normalizer import Normalizer
from .log.entries import LogEntryOut
from .record import MIXED, Batch, Codec, Fields, Record, check_sizes
from .tally import SHOWN_DATES, Tally

if TYPE_CHECKING:
    from .report.diff import Renderer
    from .review.verdict import Verdict

LONGEST_DATE = 40  # code points of a date that is shown, a choice
# Of tuples, so that the rules of all edits are counted without a step of Python each.
_EDIT_RULE, _FINDING_RULE = (itemgetter(kind._fields.index("rule")) for kind in (Edit, Finding))


class Clean(msgspec.Struct):
    """The handler that repairs texts, logs the edits and counts them."""

    normalizer: Normalizer
    fields: Fields
    log: bool = False  # whether a log is wanted
    boilerplate: frozenset[str] | None = None  # the rules that find it; None: no noise profile is wanted
    render: Renderer | None = None
    files: Sequence[str] = ()  # the inputs, as they are to be rendered
    verdict: Verdict | None = None  # what people said of such edits
    crawled: datetime.datetime | None = None  # when the records were fetched, for dates such as "9 jam lalu"

    def prepare(self) -> None:
        self.normalizer.prepare()

    def __call__(self, records: Sequence[Record], batch: Batch, codec: Codec, tally: Tally) -> None:
        check_sizes(records)
        if self.fields.date:
            self._read_dates(records, batch.date_order, tally)
        jobs = [(record, i, text) for record in records if not record.error for i, text in enumerate(record.texts) if text]
        explained = self._explain(jobs)
        tally.characters += sum([len(text) for _, _, text in jobs])
        if self.boilerplate is not None:
            from .noise_profile import NoiseProfile  # for a report

            tally.noise = NoiseProfile(self.boilerplate)
        last, edited, remarked = None, [], []
        for (record, i, text), explanation in zip(jobs, explained, strict=True):
            if explanation is None or record.error:
                continue
            cleaned, edits, findings = explanation.text, explanation.edits, explanation.findings
            if edits and (self.verdict or record.fragile or not codec.holds_all):
                cleaned, edits = self._allowed(record, i, text, explanation, codec)
            if tally.noise:
                tally.noise.note(record, record is not last, text, edits, findings)
                last = record
            if edits:
                edited.append(edits)
                if record.cleaned is None:
                    record.cleaned, record.edits = list(record.texts), {}
                record.cleaned[i] = cleaned
                record.edits[i] = edits  # type: ignore[index]
            if findings:
                remarked.append(findings)
            if edits or findings:
                self._tell(record, i, text, edits, findings, batch, codec)
        tally.edits.update(map(_EDIT_RULE, chain.from_iterable(edited)))
        tally.findings.update(map(_FINDING_RULE, chain.from_iterable(remarked)))

    def _allowed(
        self, record: Record, index: int, text: str, explanation: Explanation, codec: Codec
    ) -> tuple[str, tuple[Edit, ...]]:
        """Select the edits that people allow and the format can hold; returns the text that they make, and the edits."""
        cleaned, edits = explanation.text, explanation.edits
        if self.verdict and not all(map(self.verdict.allows, edits)):
            edits = tuple(filter(self.verdict.allows, edits))
            cleaned = apply(text, edits)
        if edits and (record.fragile or not codec.holds_all):
            cleaned, edits = _writable(record, index, text, cleaned, edits, codec)
        return cleaned, edits

    def _tell(
        self,
        record: Record,
        index: int,
        text: str,
        edits: tuple[Edit, ...],
        findings: tuple[Finding, ...],
        batch: Batch,
        codec: Codec,
    ) -> None:
        """Log the edits and findings of a field, and render them, where that is wanted."""
        field = (record.names or self.fields.texts)[index]
        if self.log:
            style = codec.style(record, index)
            spelled = codec.spelled(record, index, edits) if style == MIXED else ()
            record.log.append(LogEntryOut(record.place, record.id, field, len(text), edits, findings, style, spelled))
        if self.render:
            from .report.diff import FieldPlace

            place = FieldPlace(self.files[batch.source], record.place, record.id, field)
            record.rendered += self.render(place, text, edits, findings)

    def _read_dates(self, records: Sequence[Record], order: str | None, tally: Tally) -> None:
        """Read the articles' own dates in place, and count those that cannot be read."""
        for record in records:
            printed, record.date = record.date, article_date.read(record.date, order, self.crawled)
            if printed not in (None, "") and not record.error:
                tally.dates += 1
                tally.dates_read += record.date is not None
                shown = str(printed)[:LONGEST_DATE]
                if record.date is None and len(tally.unread_dates) < SHOWN_DATES and shown not in tally.unread_dates:
                    tally.unread_dates.append(shown)

    def _explain(self, jobs: Sequence[tuple[Record, int, str]]) -> Sequence[Explanation | None]:
        """Call the engine, once a batch; a text that it fails on makes a bad record."""
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


def _writable(
    record: Record, index: int, text: str, cleaned: str, edits: tuple[Edit, ...], codec: Codec
) -> tuple[str, tuple[Edit, ...]]:
    """Leave out the edits that the format cannot hold or read back; returns the text to write, and its edits."""
    if not codec.holds("".join([edit.after for edit in edits])):
        edits = tuple(edit for edit in edits if codec.holds(edit.after))
        cleaned = apply(text, edits)
    while edits and not codec.reads_back(record, index, cleaned):
        edits = edits[:-1]
        cleaned = apply(text, edits)
    return cleaned, edits
