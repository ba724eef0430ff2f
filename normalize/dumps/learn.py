"""Learning from a dump: its batches are counted by the workers, and what they counted is added up here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ..learn.counting import Counts, Sampler, counts
from ..learn.folder import ExternalMerge
from .formats import codec
from .inputs import Input
from .pool import outcomes
from .reader import Reader, Reading, Selection
from .record import Batch, Codec, Fields
from .run import Watch
from .tally import Tally


class Counted(NamedTuple):
    """What a worker hands back for a batch."""

    number: int
    source: int
    counts: Counts
    tally: Tally


@dataclass(slots=True)
class Learn:
    """How to count a batch. Pickled once to every worker, each of which keeps a sampler of its own."""

    fields: Fields
    inputs: Sequence[Input]
    sampler: Sampler = field(default_factory=Sampler)
    _codecs: dict[str, Codec] = field(default_factory=dict)

    def __call__(self, batch: Batch) -> Counted:
        format = self.inputs[batch.source].format
        if format not in self._codecs:
            self._codecs[format] = codec(format, self.fields)
        tally = Tally(bytes_in=len(batch.piece.data))
        texts: list[str] = []
        outlets: list[object] = []
        for record in self._codecs[format].decode(batch.piece):
            if record.blank or (batch.only is not None and record.place not in batch.only):
                continue
            tally.records_in += 1
            if record.error:
                tally.rejected += 1
                tally.problems.append((record.place, record.error))
                continue
            tally.records_out += 1
            found = [text for text in record.texts if text]
            texts += found
            outlets += [record.outlet] * len(found)
        tally.characters = sum(map(len, texts))
        return Counted(batch.number, batch.source, counts(texts, outlets, self.sampler), tally)


@dataclass(slots=True)
class Account:
    """What came of it."""

    tally: Tally = field(default_factory=Tally)
    reading: Reading = field(default_factory=Reading)

    @property
    def all_well(self) -> bool:
        return not self.tally.bad and not self.reading.damaged


def run(
    inputs: Sequence[Input],
    fields: Fields,
    folder: Path,
    *,
    jobs: int = 1,
    selection: Selection | None = None,
    watch: Watch = lambda *_: None,
) -> Account:
    """Learn from the inputs into `folder`, in one pass and in memory that does not grow with them.

    Bad records are left out, and told to `watch`. Raises DumpError for an input that cannot be read as what it should be.
    """
    reader = Reader(inputs, fields, selection or Selection())
    account = Account(reading=reader.reading)
    learnt = ExternalMerge(folder)
    try:
        for counted in outcomes(Learn(fields, inputs), reader.batches(), jobs):
            watch(inputs[counted.source], counted.tally, reader.reading.bytes_read)
            account.tally.add(counted.tally)
            learnt.add(counted.counts)
        learnt.write()
    finally:
        learnt.close()
    return account
