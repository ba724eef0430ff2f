"""Ray Data: a column of a Dataset, cleaned by a pool of actors, or learnt from.

clean(ray.data.read_parquet("raw/"), "text", edits="edits", actors=8).write_parquet("clean/")
learn(ray.data.read_parquet("raw/"), "text", "learned/", outlet="outlet")
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..normalizer import Normalizer
from . import learning, needs
from .arrow import CleanColumn

with needs("ray"):
    import pyarrow as pa
    from ray.data import ActorPoolStrategy, Dataset


def clean(
    dataset: Dataset,
    column: str,
    date: str | None = None,
    edits: str | None = None,
    findings: str | None = None,
    actors: int = 1,
    **options: Any,
) -> Dataset:
    """Clean `column` of `dataset`: same rows, order and other columns; null stays null.

    Each of the `actors` reads the dictionaries once. Where more is to be said of them, hand CleanColumn to map_batches
    yourself: it is an actor class. For the order of rows `preserve_order` is set on the context of the dataset.

    date: the column with each article's own date. edits, findings: names of columns to add, with those of each text.
    Options are those of Normalizer.
    """
    cleaned = dataset.map_batches(
        CleanColumn,
        fn_constructor_args=(Normalizer(**options), column, date, edits, findings),
        batch_format="pyarrow",
        compute=ActorPoolStrategy(size=actors),
    )
    cleaned.context.execution_options.preserve_order = True
    return cleaned


def learn(dataset: Dataset, column: str, folder: str | Path, outlet: str | None = None, copies: bool = False) -> None:
    """Write into `folder`, on the machine of this process, the files that `normalize learn` writes, learnt from `column`.

    Tasks count a block each; their counts are merged here as they come.
    outlet: the column with the outlet of each text. copies: also what most copies of a text have, in two passes more.
    """

    def count(block: Any) -> Any:
        return pa.Table.from_batches(learning.count([block], column, outlet))

    columns = [column] if outlet is None else [column, outlet]
    counted = dataset.select_columns(columns).map_batches(count, batch_size=None, batch_format="pyarrow")
    learning.merge((row["counts"] for row in counted.iter_rows()), folder)

    def run(find: learning.Find) -> Iterator[bytes]:
        blocks = dataset.select_columns(columns)
        found = blocks.map_batches(
            lambda block: pa.Table.from_batches(find([block])), batch_size=None, batch_format="pyarrow"
        )
        return (row["counts"] for row in found.iter_rows())

    if copies:
        learning.vote(run, column, outlet, folder)
