"""Ray Data: a column of a Dataset, cleaned by a pool of actors.

clean(ray.data.read_parquet("raw/"), "text", edits="edits", actors=8).write_parquet("clean/")
"""

from __future__ import annotations

from typing import Any

from ..normalizer import Normalizer
from . import needs
from .arrow import CleanColumn

with needs("ray"):
    from ray.data import ActorPoolStrategy, Dataset


def clean(
    dataset: Dataset, column: str, date: str | None = None, edits: str | None = None, actors: int = 1, **options: Any
) -> Dataset:
    """`dataset` with `column` cleaned: same rows, order and other columns; null stays null.

    Each of the `actors` reads the dictionaries once. Where more is to be said of them, hand CleanColumn to map_batches
    yourself: it is an actor class. For the order of rows `preserve_order` is set on the context of the dataset.

    date: the column with each article's own date. edits: the name of a column to add, with the edits of each text.
    Options are those of Normalizer.
    """
    cleaned = dataset.map_batches(
        CleanColumn,
        fn_constructor_args=(Normalizer(**options), column, date, edits),
        batch_format="pyarrow",
        compute=ActorPoolStrategy(size=actors),
    )
    cleaned.context.execution_options.preserve_order = True
    return cleaned
