"""Put noise into the texts of a batch, and write the rows of a gold file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from ..edit import Edit
from ..noise.generator import Change, Generator, Noisy
from .log.entries import LogEntryOut
from .record import Batch, Codec, Fields, Record, check_size
from .tally import Tally

ROW = ("id", "n", "field", "date", "text", "gold", "cat", "strict", "noise")


class Noise(msgspec.Struct):
    """The handler that puts noise into texts, and counts it by kind."""

    generator: Generator
    fields: Fields

    def prepare(self) -> None:
        pass

    def __call__(self, records: Sequence[Record], batch: Batch, codec: Codec, tally: Tally) -> None:
        for record in records:
            check_size(record)
            if record.error:
                continue
            rows: list[LogEntryOut | Mapping[str, object]] = []
            for i, text in enumerate(record.texts):
                if text:
                    field = (record.names or self.fields.texts)[i]
                    made = self._writable(record, i, text, f"{record.id}\0{field}", codec)
                    rows.append(gold_row(record, field, made))
                    tally.characters += len(text)
                    tally.edits.update(one.kind for one in made.changes)
                    if made.changes:
                        record.cleaned = record.cleaned or list(record.texts)
                        record.cleaned[i] = made.text
                        record.edits = {**(record.edits or {}), i: [_edit(one) for one in made.changes]}
            record.log = rows

    def _writable(self, record: Record, index: int, text: str, key: str, codec: Codec) -> Noisy:
        """Put noise into a text; none where the format could not hold the result, or read it back."""
        made = self.generator.noisy(text, key)
        is_sure = codec.holds_all and not record.fragile
        if is_sure or (codec.holds(made.text) and codec.reads_back(record, index, made.text)):
            return made
        return Noisy(text, text, ())


def _edit(change: Change) -> Edit:
    """Turn a change of a clean text into an edit, for codecs that rewrite only edits."""
    return Edit(change.start, change.start + len(change.clean), change.clean, change.noisy, change.kind, 1.0)


def gold_row(record: Record, field: str, made: Noisy) -> dict[str, object]:
    """Make the row of a text, whose `noise` has offsets in code points of `text`, and what stood there in the clean one."""
    noise: list[tuple[int, int, str, str, str]] = []
    shift = 0
    for one in made.changes:
        start = one.start + shift
        noise.append((start, start + len(one.noisy), one.noisy, one.clean, one.kind))
        shift += len(one.noisy) - len(one.clean)
    kinds = sorted({one.kind for one in made.changes})
    cat = "none" if not kinds else kinds[0] if len(kinds) == 1 else "several"
    values = (record.id, record.place, field, record.date, made.text, made.gold, cat, True, noise)
    return dict(zip(ROW, values, strict=True))
