"""Put noise into the texts of a batch, and write down what was there: the rows of a gold file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..noise.generator import Generator, Noisy
from .log.entries import LogEntryOut
from .record import Batch, Codec, Fields, Record, check_size
from .tally import Tally

ROW = ("id", "n", "field", "date", "text", "gold", "cat", "strict", "noise")


@dataclass(slots=True)
class Noise:
    """The handler that puts noise into texts, and counts it by kind."""

    generator: Generator
    fields: Fields

    def __call__(self, records: Sequence[Record], batch: Batch, codec: Codec, tally: Tally) -> None:
        for record in records:
            check_size(record)
            if record.error:
                continue
            rows: list[LogEntryOut | Mapping[str, object]] = []
            for i, text in enumerate(record.texts):
                if text:
                    field = (record.names or self.fields.texts)[i]
                    made = self._writable(text, f"{record.id}\0{field}", codec)
                    rows.append(gold_row(record, field, made))
                    tally.characters += len(text)
                    tally.edits.update(one.kind for one in made.changes)
                    if made.changes:
                        record.cleaned = record.cleaned or list(record.texts)
                        record.cleaned[i] = made.text
            record.log = rows

    def _writable(self, text: str, key: str, codec: Codec) -> Noisy:
        """Put noise into a text; none into one that the format could not hold then."""
        made = self.generator.noisy(text, key)
        return made if codec.holds_all or codec.holds(made.text) else Noisy(text, text, ())


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
