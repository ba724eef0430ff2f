"""Learn from a dump: workers count its batches, and their counts are added up here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from ..learn.counting import Counts, Sampler, counts
from ..learn.folder import ExternalMerge
from .formats import records_of
from .inputs import Input
from .pool import results
from .reader import InputState, Reader, Selection
from .record import Batch, Fields
from .run import Watch
from .tally import Tally


class BatchCounts(NamedTuple):
    """The counts of a batch."""

    number: int
    source: int
    counts: Counts
    tally: Tally


class Learn(msgspec.Struct):
    """Count a batch. Pickled once to every worker; each keeps its own sampler."""

    fields: Fields
    inputs: Sequence[Input]
    sampler: Sampler = msgspec.field(default_factory=Sampler)

    def __call__(self, batch: Batch) -> BatchCounts:
        tally = Tally(bytes_in=len(batch.piece.data))
        texts: list[str] = []
        outlets: list[object] = []
        for record in records_of(batch, self.inputs[batch.source].format, self.fields):
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
        return BatchCounts(batch.number, batch.source, counts(texts, outlets, self.sampler), tally)


class LearnSummary(msgspec.Struct):
    """The counts of a run that learnt, and the state of its inputs."""

    tally: Tally = msgspec.field(default_factory=Tally)
    inputs: InputState = msgspec.field(default_factory=InputState)

    @property
    def all_well(self) -> bool:
        return not self.tally.bad and not self.inputs.damaged


def run(
    inputs: Sequence[Input],
    fields: Fields,
    folder: Path,
    *,
    jobs: int = 1,
    selection: Selection | None = None,
    watch: Watch = lambda *_: None,
) -> LearnSummary:
    """Learn from the inputs into `folder`, in one pass and in memory that does not grow with them.

    Bad records are left out, and reported to `watch`. Raises DumpError for an input that cannot be read in its format.
    """
    reader = Reader(inputs, fields, selection or Selection())
    summary = LearnSummary(inputs=reader.state)
    merging = ExternalMerge(folder)
    try:
        for counted in results(Learn(fields, inputs), reader.batches(), jobs):
            watch(inputs[counted.source], counted.tally, reader.state.bytes_read)
            summary.tally.add(counted.tally)
            merging.add(counted.counts)
        merging.write()
    finally:
        merging.close()
    return summary
