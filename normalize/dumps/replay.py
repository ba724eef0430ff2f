"""Undo an edit log, or apply it again: both without a dictionary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..edit import Edit, apply, undo
from .log.entries import LogEntry, decode_entry
from .log.where import Condition, parse
from .record import Batch, Codec, Fields, Record
from .tally import Tally


@dataclass(slots=True)
class Replay:
    """The handler that undoes the edits of a log or, without `undoing`, applies them.

    condition: only the edits for which it holds are undone (applied); "" is all.
    """

    fields: Fields
    undoing: bool
    condition: str = ""

    def __call__(self, records: Sequence[Record], batch: Batch, codec: Codec, tally: Tally) -> None:
        by_place: dict[int, list[LogEntry]] = {}
        for place, line in batch.log:
            by_place.setdefault(place, []).append(decode_entry(line))
        chosen = parse(self.condition) if self.condition else None
        for record in records:
            for entry in by_place.get(record.place, ()):
                self._replay(record, entry, chosen, codec, tally)

    def _replay(self, record: Record, entry: LogEntry, chosen: Condition | None, codec: Codec, tally: Tally) -> None:
        if entry.rejected is not None:
            record.error = entry.rejected
            return
        index = self.fields.texts.index(entry.field)
        edits = entry.edits
        picked = edits if chosen is None else [edit for edit in edits if chosen(_names_for_where(entry, edit))]
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


def _names_for_where(entry: LogEntry, edit: Edit) -> Mapping[str, object]:
    """The values that a condition can ask for, by name."""
    return {**edit._asdict(), "field": entry.field, "id": entry.id, "n": entry.n}
