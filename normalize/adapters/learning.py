"""Learning on a cluster: tasks count their rows, and the process that started them adds up what they counted."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from ..learn.counting import Counts, Sampler, counts
from ..learn.folder import ExternalMerge
from . import needs

with needs("arrow"):
    import pyarrow as pa

COUNTS = pa.schema([("counts", pa.binary())])
LIMIT = 500_000  # entries a task holds before it hands them on


def count(tables: Iterable[Any], column: str, outlet: str | None = None) -> Iterator[pa.RecordBatch]:
    """The map: what `column` of the tables or record batches prints, as rows of COUNTS, each a pickled Counts.

    outlet: the column that tells whose each text is. What is null or empty counts for nothing.
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
    """The merge: writes the files of `normalize learn` into `folder`, in memory that does not grow with what is counted."""
    learnt = ExternalMerge(Path(folder))
    try:
        for row in counted:
            learnt.add(pickle.loads(row))
        learnt.write()
    finally:
        learnt.close()
