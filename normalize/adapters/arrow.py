"""Arrow: a table in, the same table out with one column cleaned. Spark, Ray, DuckDB and datasets build on it."""

from __future__ import annotations

from typing import Any

from ..normalizer import Normalizer
from . import EDIT_TYPES, explain_column, needs

with needs("arrow"):
    import pyarrow as pa

_TYPES = {int: pa.int64(), str: pa.string(), float: pa.float64()}
EDITS = pa.list_(pa.struct([(name, _TYPES[type]) for name, type in EDIT_TYPES.items()]))


class CleanColumn:
    """Clean `column` of each table or record batch it is called with. Order, nulls, types, other columns stay.

    normalizer: cleans the texts; pickled with this, it reads its dictionaries in the process where it first works.
    date: the column with each article's own date.
    edits: the name of a column to add, with the edits of each text: structs of start, end, before, after, rule, confidence.
    """

    def __init__(self, normalizer: Normalizer, column: str, date: str | None = None, edits: str | None = None) -> None:
        self.normalizer, self.column, self.date, self.edits = normalizer, column, date, edits

    def __call__(self, table: Any) -> Any:
        field = table.schema.field(self.column)
        place = table.schema.get_field_index(self.column)
        texts = table.column(place).to_pylist()
        dates = None if self.date is None else table.column(self.date).to_pylist()
        if self.edits is None:
            return table.set_column(place, field, pa.array(self.normalizer.clean_batch(texts, dates), field.type))
        cleaned, edits = explain_column(self.normalizer, texts, dates)
        table = table.set_column(place, field, pa.array(cleaned, field.type))
        return table.append_column(self.edits, pa.array(edits, EDITS))
