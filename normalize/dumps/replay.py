"""Undo an edit log, or apply it again: both without a dictionary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..edit import Edit, apply
from .log.entries import LogEntry, decode_entry
from .log.state import fits, standing
from .log.where import Condition, parse
from .record import Batch, Codec, Fields, Record
from .tally import Tally


class _Step(NamedTuple):
    """An edit of the text at hand, the edit of the log that it undoes or makes, and how its text is to be written."""

    edit: Edit
    logged: Edit
    spelling: str | None


@dataclass(slots=True)
class Replay:
    """The handler that undoes the edits of a log or, without `undoing`, applies them.

    condition: only the edits for which it holds are undone (applied); None is all.
    """

    fields: Fields
    undoing: bool
    condition: str | None = None

    def __call__(self, records: Sequence[Record], batch: Batch, codec: Codec, tally: Tally) -> None:
        by_place: dict[int, list[LogEntry]] = {}
        for place, line in batch.log:
            by_place.setdefault(place, []).append(decode_entry(line))
        chosen = None if self.condition is None else parse(self.condition)
        for record in records:
            for entry in by_place.get(record.place, ()):
                self._replay(record, entry, chosen, codec, tally)

    def _replay(self, record: Record, entry: LogEntry, chosen: Condition | None, codec: Codec, tally: Tally) -> None:
        if entry.rejected is not None:
            record.error = entry.rejected
            return
        picked = [chosen is None or chosen(_names_for_where(entry, edit)) for edit in entry.edits]
        if not any(picked):
            return
        try:
            index = self.fields.texts.index(entry.field)
            text = codec.text(record, index, entry.style)
            if text is None:
                raise ValueError("it is null")
            steps = self._steps(text, entry, picked)
            cleaned = apply(text, [step.edit for step in steps])
        except ValueError as error:
            record.error = f"the log is not about this text: {error}"
            return
        if not steps:
            return
        if record.cleaned is None:
            record.cleaned, record.edits, record.styles = list(record.texts), {}, {}
        assert record.edits is not None
        assert record.styles is not None
        record.cleaned[index], record.edits[index] = cleaned, [step.edit for step in steps]
        if self.undoing:  # what is written is the original; else its own spelling tells, as it did when it was cleaned
            record.styles[index] = entry.style
        if self.undoing and entry.spelled:
            record.spelled = {**(record.spelled or {}), index: [step.spelling or "" for step in steps]}
        tally.edits.update(step.logged.rule for step in steps)

    def _steps(self, text: str, entry: LogEntry, picked: Sequence[bool]) -> list[_Step]:
        """The edits of `text` that undo or make those picked of the log's. Raises ValueError where it is another text."""
        edits = entry.edits
        if entry.spelled and len(entry.spelled) != len(edits):
            raise ValueError(f"the log has {len(edits)} edits, and the spelling of {len(entry.spelled)}")
        made = self._standing(text, entry)
        if (self.undoing and not any(made)) or (not self.undoing and all(made)):
            raise ValueError(f"its edits were {'undone' if self.undoing else 'made'} already")
        steps: list[_Step] = []
        shift = 0
        for i, (edit, is_made, is_picked) in enumerate(zip(edits, made, picked, strict=True)):
            if is_picked and is_made == self.undoing:
                before, after = (edit.after, edit.before) if is_made else (edit.before, edit.after)
                start = edit.start + shift
                replaced = Edit(start, start + len(before), before, after, edit.rule, edit.confidence)
                steps.append(_Step(replaced, edit, entry.spelled[i] if entry.spelled else None))
            shift += len(edit.after) - len(edit.before) if is_made else 0
        return steps

    def _standing(self, text: str, entry: LogEntry) -> list[bool]:
        """Which of the edits stand in `text`: as a rule all to be undone, and none to be made."""
        edits = entry.edits
        size = entry.size
        if size is None:  # an older log: then nothing but what stands at the edits tells
            size = len(text) - sum(len(edit.after) - len(edit.before) for edit in edits) * self.undoing
        for expected in (self.undoing, not self.undoing):
            made = [expected] * len(edits)
            if fits(text, edits, made, size):
                return made
        return standing(text, edits, size)


def _names_for_where(entry: LogEntry, edit: Edit) -> Mapping[str, object]:
    """The values that a condition can ask for, by name."""
    return {**edit._asdict(), "field": entry.field, "id": entry.id, "n": entry.n}
