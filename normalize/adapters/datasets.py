"""Hugging Face datasets: the function that `Dataset.map` calls, and caches by.

ds = ds.map(Map(normalizer, "text"), batched=True, num_proc=2)
ds = ds.with_format("arrow").map(Map(normalizer, "text", edits="edits"), batched=True).with_format(None)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .. import __version__
from . import needs
from .arrow import CleanColumn

with needs("datasets"):
    import pyarrow as pa


@dataclass(eq=False)
class Map(CleanColumn):
    """Clean `column` of each batch it is called with.

    Its fingerprint is that of the options, the package and the dictionaries: a second run with the same hits the cache,
    another version does not. date: the column with each article's own date. edits, findings: columns to add, with those of
    each text; for them the dataset is in Arrow format, where the type of a column does not hang on its first batch.
    """

    version: tuple[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.version = (__version__, self.normalizer.lexicon.version)

    def __call__(self, batch: Any) -> Any:
        """Return an Arrow table with the column cleaned; of a mapping of lists, the cleaned column.

        Raises TypeError where edits are wanted for a mapping, or one row is handed over instead of a batch.
        """
        if isinstance(batch, pa.Table):
            return super().__call__(batch)
        if self.edits is not None or self.findings is not None:
            raise TypeError('edits and findings need the dataset in Arrow format: ds.with_format("arrow").map(...)')
        if self.column not in batch:
            raise KeyError(f"no column is named {self.column!r} (the columns: {', '.join(batch)})")
        if batch[self.column] is None or isinstance(batch[self.column], str):
            raise TypeError("one row at a time is slow: ds.map(Map(...), batched=True)")
        dates = None if self.date is None else batch[self.date]
        return {self.column: self.normalizer.clean_batch(batch[self.column], dates)}
