"""Learning on a cluster: tasks count their rows, and the process that started them adds up their counts."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from ..learn import copies
from ..learn.counting import Counts, Sampler, counts
from ..learn.folder import ExternalMerge, write_copies
from . import needs

with needs("arrow"):
    import pyarrow as pa

COUNTS = pa.schema([("counts", pa.binary())])
Find = Callable[[Iterable[Any]], Iterator[pa.RecordBatch]]  # of tables, what is pickled in rows of COUNTS
LIMIT = 500_000  # entries a task holds before it hands them on, a choice


def count(tables: Iterable[Any], column: str, outlet: str | None = None) -> Iterator[pa.RecordBatch]:
    """Count `column` of the tables or record batches (the map), and yield rows of COUNTS, each a pickled Counts.

    outlet: the column with the outlet of each text. A null or empty text counts for nothing.
    """
    sampler, found = Sampler(), Counts()
    for table in tables:
        texts = table.column(column).to_pylist()
        outlets = [None] * len(texts) if outlet is None else table.column(outlet).to_pylist()
        rows = [(text, whose) for text, whose in zip(texts, outlets, strict=True) if text]
        found.merge(counts([text for text, _ in rows], [whose for _, whose in rows], sampler))
        if found.entries() > LIMIT:
            yield _row(found)
            found = Counts()
    yield _row(found)


def _row(found: Counts) -> pa.RecordBatch:
    return pa.record_batch([[pickle.dumps(found)]], schema=COUNTS)


def merge(counted: Iterable[bytes], folder: str | Path) -> None:
    """Merge pickled Counts into the files of `normalize learn` in `folder`. Memory does not grow with the counts."""
    merging = ExternalMerge(Path(folder))
    try:
        for row in counted:
            merging.add(pickle.loads(row))
        merging.write()
    finally:
        merging.close()


def vote(run: Callable[[Find], Iterable[bytes]], column: str, outlet: str | None, folder: str | Path) -> None:
    """Let the copies in `column` vote, and write what they have beside what was learnt into `folder`.

    run: goes over all tables on the cluster with a function, and hands back the rows that it yields, in any order; it is
    called twice. A copy's source is the outlet of its text.
    """
    sought = copies.Doubts()
    for row in run(partial(_find, find=copies.doubts, column=column, outlet=outlet)):
        sought.merge(pickle.loads(row))
    counted = copies.Votes()
    for row in run(partial(_find, find=partial(copies.votes, anchors=sought.anchors()), column=column, outlet=outlet)):
        counted.merge(pickle.loads(row))
    write_copies(copies.conclusions(sought, counted), Path(folder))


def _find(tables: Iterable[Any], find: Callable[..., Iterator[Any]], column: str, outlet: str | None) -> Iterator[Any]:
    for table in tables:
        texts = table.column(column).to_pylist()
        outlets = [None] * len(texts) if outlet is None else table.column(outlet).to_pylist()
        rows = ((text, "" if whose is None else str(whose)) for text, whose in zip(texts, outlets, strict=True) if text)
        yield pa.record_batch([[pickle.dumps(list(find(rows)))]], schema=COUNTS)
