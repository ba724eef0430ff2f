"""Undo an edit log, or apply it again: both without a dictionary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from typing import NamedTuple

import msgspec
from msgspec import UNSET

from ..edit import Edit, apply
from .formats.json_strings import spells
from .log.entries import LogEntry, LogEntryOut, decode_entry
from .log.state import Paths, Precedents, fits
from .log.where import Condition, parse, values
from .record import Batch, Codec, Fields, Record
from .tally import Tally


class _Step(NamedTuple):
    """An edit of the present text, the edit of the log that it undoes or makes, and how to write its text."""

    edit: Edit
    logged: Edit
    spelling: str | None


class _Job(msgspec.Struct):
    """An entry of the log, and the record that it is about."""

    record: Record
    entry: LogEntry
    index: int = 0  # of the field
    text: str = ""
    stand: Sequence[bool | None] = ()  # for each edit, whether it stands in the text; None where that is open
    paths: Paths | None = None  # where some stand and others do not
    stays: Sequence[bool] = ()  # for each edit, whether it stands when what is to be undone is undone


class Replay(msgspec.Struct):
    """The handler that undoes the edits of a log or, without `undoing`, applies them.

    condition: only the edits for which it holds are undone (applied); None is all.
    left: log the edits that stay in the texts.
    """

    fields: Fields
    undoing: bool
    condition: str | None = None
    left: bool = False

    def prepare(self) -> None:
        pass

    def __call__(self, records: Sequence[Record], batch: Batch, codec: Codec, tally: Tally) -> None:
        by_place: dict[int, list[LogEntry]] = {}
        for place, line in batch.log:
            by_place.setdefault(place, []).append(decode_entry(line))
        self._check_places(by_place, records, batch, codec, tally)
        chosen = None if self.condition is None else parse(self.condition)
        sound = [record for record in records if not record.error]
        jobs = [_Job(record, entry) for record in sound for entry in by_place.get(record.place, ())]
        precedents = Precedents()
        for job in jobs:
            if job.entry.rejected is not None:
                job.record.error = job.entry.rejected
            else:
                self._compare(job, codec, precedents)
        for job in jobs:
            if not job.record.error:
                self._replay(job, chosen, precedents, tally)
        if self.left:
            for job in jobs:
                if not job.record.error:
                    job.record.log = [*job.record.log, *_what_is_left(job)]

    def _check_places(
        self, by_place: Mapping[int, list[LogEntry]], records: Sequence[Record], batch: Batch, codec: Codec, tally: Tally
    ) -> None:
        """Count the entries about lines that hold no record; mark the records that have two about one text."""
        for record in records:
            fields = [entry.field for entry in by_place.get(record.place, ())]
            if len(fields) > len(set(fields)):
                record.error = "the log has two entries about one of its texts"
        logged = {place for place, entries in by_place.items() if any(entry.rejected is None for entry in entries)}
        others = logged - {record.place for record in records}
        others = others & batch.only if batch.only is not None else others
        bad = {record.place for record in codec.decode(batch.piece) if not record.blank} if others else set()
        for place in sorted(others - bad):
            tally.unfound += len(by_place[place])
            tally.problems.append((place, "the log has an entry about a record that is not there"))

    def _compare(self, job: _Job, codec: Codec, precedents: Precedents) -> None:
        """Find which edits are in the text of a job: as a rule all of those to undo, and none of those to make."""
        record, entry = job.record, job.entry
        edits, size = entry.edits, entry.size
        try:
            names = record.names or self.fields.texts
            if entry.field not in names:
                raise ValueError(f"it has no field {entry.field!r}")
            job.index = names.index(entry.field)
            text = codec.text(record, job.index, entry.style)
            if text is None:
                raise ValueError("it is null")
            if entry.spelled and len(entry.spelled) != len(edits):
                raise ValueError(f"the log has {len(edits)} edits, and how {len(entry.spelled)} are spelled")
            for edit, spelling in zip(edits, entry.spelled, strict=False):
                if not spells(spelling, edit.before):
                    raise ValueError(f"{edit.before!r} is not spelled {spelling!r}")
            if any(edit.end - edit.start != len(edit.before) for edit in edits):
                raise ValueError("an edit has not the length of what it replaces")
            job.text = text
            if size is None:  # an older log: then nothing but the text at the edits tells
                size = len(text) - sum(len(edit.after) - len(edit.before) for edit in edits) * self.undoing
            for stands in (self.undoing, not self.undoing):
                if fits(text, edits, stands, size):
                    job.stand = [stands] * len(edits)
                    break
            else:
                job.paths = Paths(text, edits, size)
                job.stand = job.paths.certain()
            precedents.add(edits, job.stand)
        except ValueError as error:
            record.error = f"the log is not about this text: {error}"

    def _replay(self, job: _Job, chosen: Condition | None, precedents: Precedents, tally: Tally) -> None:
        """Undo (make) the chosen edits of a job's text; count it where that was done before."""
        record, entry, index = job.record, job.entry, job.index
        picked = [chosen is None or chosen(values(entry, edit)) for edit in entry.edits]
        if not any(picked) and not self.left:
            return
        try:
            stand = job.paths.decided(precedents.expected) if job.paths else [bool(stands) for stands in job.stand]
            job.stays = [is_there and not taken for is_there, taken in zip(stand, picked, strict=True)]
            if not any(picked):
                return
            steps = self._steps(entry, stand, picked)
            cleaned = apply(job.text, [step.edit for step in steps])
        except ValueError as error:
            record.error = f"the log is not about this text: {error}"
            return
        if not steps:
            tally.done_before += 1
            return
        if record.cleaned is None:
            record.cleaned, record.edits, record.styles = list(record.texts), {}, {}
        assert record.edits is not None
        assert record.styles is not None
        record.cleaned[index], record.edits[index] = cleaned, [step.edit for step in steps]
        if self.undoing:  # the original is written; to make edits, the style is seen in the record, as when it was cleaned
            record.styles[index] = entry.style
            if entry.spelled:
                record.spelled = {**(record.spelled or {}), index: [step.spelling or "" for step in steps]}
        tally.edits.update(step.logged.rule for step in steps)

    def _steps(self, entry: LogEntry, stand: Sequence[bool], picked: Sequence[bool]) -> list[_Step]:
        """Return the edits of the present text that undo (make) the picked ones of the log."""
        steps: list[_Step] = []
        shift = 0
        for i, (edit, stands, is_picked) in enumerate(zip(entry.edits, stand, picked, strict=True)):
            if is_picked and stands is self.undoing:
                before, after = (edit.after, edit.before) if stands else (edit.before, edit.after)
                start = edit.start + shift
                replaced = Edit(start, start + len(before), before, after, edit.rule, edit.confidence)
                steps.append(_Step(replaced, edit, entry.spelled[i] if entry.spelled else None))
            shift += len(edit.after) - len(edit.before) if stands else 0
        return steps


def _what_is_left(job: _Job) -> Iterator[LogEntryOut]:
    """Yield the entry of the edits that stay, and of the findings; none where there are neither."""
    entry = job.entry
    edits = list(compress(entry.edits, job.stays))
    if edits or entry.findings:
        size = UNSET if entry.size is None else entry.size
        findings, spelled = tuple(entry.findings), tuple(compress(entry.spelled, job.stays))
        yield LogEntryOut(job.record.place, entry.id, entry.field, size, edits, findings, entry.style, spelled)
