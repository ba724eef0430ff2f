"""Go over a dump for copies that vote: workers find the places in doubt, then what other texts have there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NamedTuple

import msgspec

from ..learn.copies import Doubts, Votes, doubts, votes
from .formats import records_of
from .inputs import Input
from .pool import results
from .reader import Reader, Selection
from .record import Batch, Fields
from .run import Watch
from .tally import Tally

TextAndSource = tuple[str, str]  # the source is the input and the record's place in it: "news.jsonl:17"


Find = Callable[[Iterable[TextAndSource]], Iterator[Any]]


class BatchItems(NamedTuple):
    """The items found in a batch."""

    number: int
    source: int
    items: list[Any]
    tally: Tally


class Search(msgspec.Struct):
    """Find something in the texts of a batch. Pickled once to every worker."""

    find: Find
    fields: Fields
    inputs: Sequence[Input]

    def __call__(self, batch: Batch) -> BatchItems:
        source = self.inputs[batch.source]
        found: list[TextAndSource] = []
        for record in records_of(batch, source.format, self.fields):
            if not record.error:  # learning reported it
                found += [(text, f"{source.path}:{record.place}") for text in record.texts if text]
        tally = Tally(bytes_in=len(batch.piece.data), characters=sum(len(text) for text, _ in found))
        return BatchItems(batch.number, batch.source, list(self.find(found)), tally)


class Passes(msgspec.Struct, frozen=True):
    """The two passes over the inputs of a run, each in memory that has a bound: that of learn.copies.MOST places."""

    inputs: Sequence[Input]
    fields: Fields
    selection: Selection
    jobs: int = 1

    def doubts(self, watch: Watch) -> Doubts:
        """Find the places in doubt."""
        sought = Doubts()
        for some in self._found(doubts, watch):
            sought.merge(some)
        return sought

    def votes(self, sought: Doubts, watch: Watch) -> Votes:
        """Find what texts have at these places."""
        counted = Votes()
        for some in self._found(partial(votes, anchors=sought.anchors()), watch):
            counted.merge(some)
        return counted

    def _found(self, find: Find, watch: Watch) -> Iterator[list[Any]]:
        reader = Reader(self.inputs, self.fields, self.selection)
        for result in results(Search(find, self.fields, self.inputs), reader.batches(), self.jobs):
            watch(self.inputs[result.source], result.tally, reader.state.bytes_read)
            yield result.items
