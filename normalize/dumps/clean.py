"""Cleaning the texts of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .. import article_date
from ..edit import Explanation, apply
from ..normalizer import Normalizer
from . import edit_log
from .portrait import Portrait
from .record import Batch, Codec, Fields, Record
from .show import Show
from .tally import Tally


@dataclass(slots=True)
class Clean:
    """The treatment that repairs."""

    normalizer: Normalizer
    fields: Fields
    log: bool = False  # whether a log is wanted
    boilerplate: frozenset[str] | None = None  # the rules that find it; None: no portrait is wanted
    show: Show | None = None
    files: Sequence[str] = ()  # the inputs, as they are to be shown

    def __call__(self, records: Sequence[Record], batch: Batch, codec: Codec, tally: Tally) -> None:
        jobs = [(record, i, text) for record in records for i, text in enumerate(record.texts) if text]
        portrait = None if self.boilerplate is None else Portrait(self.boilerplate)
        tally.portrait, last = portrait, None
        rules: list[str] = []
        flagged: list[str] = []
        for (record, i, text), explanation in zip(jobs, self._explain(jobs), strict=True):
            tally.characters += len(text)
            if record.error or not explanation:
                continue
            cleaned, edits, findings = explanation.text, explanation.edits, explanation.findings
            if edits and not codec.holds("".join([edit.after for edit in edits])):
                edits = tuple(edit for edit in edits if codec.holds(edit.after))
                cleaned = apply(text, edits)
            while edits and not codec.reads_back(record, cleaned):
                edits = edits[:-1]
                cleaned = apply(text, edits)
            if portrait:
                portrait.note(record, record is not last, text, edits, findings)
                last = record
            if not edits and not findings:
                continue
            if edits:
                record.cleaned = record.cleaned or list(record.texts)
                record.cleaned[i] = cleaned
                rules += [edit.rule for edit in edits]
            if findings:
                flagged += [finding.rule for finding in findings]
            if self.log:
                field, style = self.fields.texts[i], codec.style(record, i)
                record.log += edit_log.entry(record.place, record.id, field, len(text), edits, findings, style)
            if self.show:
                file, field = self.files[batch.source], self.fields.texts[i]
                record.shown += self.show(file, record, field, text, edits, findings)
        tally.edits.update(rules)
        tally.findings.update(flagged)
        if self.fields.date:
            dates = [record.date for record in records if not record.error and record.date not in (None, "")]
            tally.dates = len(dates)
            tally.dates_read = sum(1 for date in dates if article_date.read(date))

    def _explain(self, jobs: Sequence[tuple[Record, int, str]]) -> Sequence[Explanation | None]:
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
