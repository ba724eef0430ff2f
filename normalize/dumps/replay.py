"""Undoing an edit log, and applying it again: both without a dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..edit import Edit, apply, undo
from .log import entries as edit_log
from .log.where import Condition, parse
from .record import Batch, Codec, Fields, Record
from .tally import Tally


@dataclass(slots=True)
class Replay:
    """The treatment by a log. With `undoing`, texts become what they were before the edits; else what they were after.

    condition: only the edits for which it holds are undone (applied); "" is all.
    """

    fields: Fields
    undoing: bool
    condition: str = ""

    def __call__(self, records: Sequence[Record], batch: Batch, codec: Codec, tally: Tally) -> None:
        by_place: dict[int, list[edit_log.Entry]] = {}
        for place, line in batch.log:
            by_place.setdefault(place, []).append(edit_log.read_line(line))
        chosen = parse(self.condition) if self.condition else None
        for record in records:
            for entry in by_place.get(record.place, ()):
                self._replay(record, entry, chosen, codec, tally)

    def _replay(self, record: Record, entry: edit_log.Entry, chosen: Condition | None, codec: Codec, tally: Tally) -> None:
        if entry.rejected is not None:
            record.error = entry.rejected
            return
        index = self.fields.texts.index(entry.field)
        edits = entry.edits
        picked = edits if chosen is None else [edit for edit in edits if chosen(_properties(entry, edit))]
        if not picked:
            return
        try:
            text = codec.text(record, index, entry.style)
            if text is None:
                raise ValueError("it is null")
            original = undo(text, edits) if self.undoing else text
            if entry.size is not None and entry.size != len(original):  # deletions leave nothing else to know it by
                raise ValueError(f"its original is {len(original):,} code points long, that of the log {entry.size:,}")
            if not self.undoing:
                text = apply(original, picked)
            else:
                text = original if len(picked) == len(edits) else apply(original, _others(edits, picked))
        except ValueError as error:
            record.error = f"the log is not about this text: {error}"
            return
        record.cleaned = record.cleaned or list(record.texts)
        record.cleaned[index] = text
        if entry.style:
            record.styles = {**(record.styles or {}), index: entry.style}
        tally.edits.update(edit.rule for edit in picked)


def _others(edits: Iterable[Edit], picked: Sequence[Edit]) -> list[Edit]:
    return [edit for edit in edits if edit not in picked]


def _properties(entry: edit_log.Entry, edit: Edit) -> Mapping[str, object]:
    return {**edit._asdict(), "field": entry.field, "id": entry.id, "n": entry.n}
