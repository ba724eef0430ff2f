"""Hugging Face datasets: the function that `Dataset.map` calls, and caches by.

ds = ds.map(Map(normalizer, "text"), batched=True, num_proc=2)
ds = ds.with_format("arrow").map(Map(normalizer, "text", edits="edits"), batched=True).with_format(None)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import __version__
from ..normalizer import Normalizer
from . import needs
from .arrow import CleanColumn

with needs("datasets"):
    import pyarrow as pa


class Map:
    """Clean `column` of each batch it is called with.

    Its fingerprint is that of the options, the package and the dictionaries: a second run with the same hits the cache,
    another version does not. date: the column with each article's own date. edits, findings: columns to add, with those of
    each text; for them the dataset is in Arrow format, where the type of a column does not hang on its first batch.
    """

    def __init__(
        self,
        normalizer: Normalizer,
        column: str,
        date: str | None = None,
        edits: str | None = None,
        findings: str | None = None,
    ) -> None:
        self.clean = CleanColumn(normalizer, column, date, edits, findings)
        self.version = (__version__, normalizer.lexicon.version)

    def __call__(self, batch: Any) -> Any:
        """Return an Arrow table with the column cleaned; of a mapping of lists, the cleaned column.

        Raises TypeError where edits are wanted for a mapping, or one row is handed over instead of a batch.
        """
        if isinstance(batch, pa.Table):
            return self.clean(batch)
        if self.clean.edits is not None or self.clean.findings is not None:
            raise TypeError('edits and findings need the dataset in Arrow format: ds.with_format("arrow").map(...)')
        if self.clean.column not in batch:
            raise KeyError(f"no column is named {self.clean.column!r} (the columns: {', '.join(batch)})")
        if batch[self.clean.column] is None or isinstance(batch[self.clean.column], str):
            raise TypeError("one row at a time is slow: ds.map(Map(...), batched=True)")
        return self._column(batch)

    def _column(self, batch: Mapping[str, list[Any]]) -> dict[str, list[str | None]]:
        dates = None if self.clean.date is None else batch[self.clean.date]
        return {self.clean.column: self.clean.normalizer.clean_batch(batch[self.clean.column], dates)}
