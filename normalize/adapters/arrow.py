"""Arrow: a table in, the same table out with one column cleaned. Spark, Ray, DuckDB and datasets build on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..arrow_columns import column_of, days, is_date, is_string
from ..normalizer import Normalizer
from . import EDIT_TYPES, FINDING_TYPES, kept, needs

with needs("arrow"):
    import pyarrow as pa

_TYPES = {int: pa.int64(), str: pa.string(), float: pa.float64()}
EDITS = pa.list_(pa.struct([(name, _TYPES[type]) for name, type in EDIT_TYPES.items()]))
FINDINGS = pa.list_(pa.struct([(name, _TYPES[type]) for name, type in FINDING_TYPES.items()]))


@dataclass(eq=False)
class CleanColumn:
    """Clean `column` of each table or record batch it is called with. Order, nulls, types, other columns stay.

    normalizer: cleans the texts. Pickled with this, it is one in each process, however often that is handed it: what it read
    and decided there stays.
    date: the column with each article's own date.
    edits: the name of a column to add, with the edits of each text: structs of start, end, before, after, rule, confidence.
    findings: the name of a column to add, with what was only reported: structs of start, end, before, rule, confidence and
    note.
    """

    normalizer: Normalizer
    column: str
    date: str | None = None
    edits: str | None = None
    findings: str | None = None

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, normalizer=kept(state["normalizer"]))

    def __call__(self, table: Any) -> Any:
        """Return the table with the column cleaned.

        Raises KeyError where there is no such column, ValueError where there is more than one, or one of the name that is to
        be added, and TypeError where it holds no texts.
        """
        place = _place(table, self.column)
        field = table.schema.field(place)
        if not is_string(field.type) and not pa.types.is_null(field.type):
            raise TypeError(f"column {self.column!r} is {field.type}, not a string")
        added = [name for name in (self.edits, self.findings) if name is not None]
        for name in added:
            if [*table.schema.names, *added].count(name) > 1:
                raise ValueError(
                    f"a column {name!r} cannot be added: there is one (the columns: {', '.join(table.schema.names)})"
                )
        texts = table.column(place).to_pylist()
        own_dates = None if self.date is None else dates(table.column(_place(table, self.date)))
        if self.edits is None and self.findings is None:
            return table.set_column(place, field, column_of(self.normalizer.clean_batch(texts, own_dates), field.type))
        explained = self.normalizer.explain_batch(texts, own_dates)
        table = table.set_column(place, field, column_of([None if e is None else e.text for e in explained], field.type))
        if self.edits is not None:
            table = table.append_column(self.edits, pa.array([e and e.edits for e in explained], EDITS))
        if self.findings is not None:
            table = table.append_column(self.findings, pa.array([e and e.findings for e in explained], FINDINGS))
        return table


def _place(table: Any, column: str) -> int:
    found = table.schema.get_all_field_indices(column)
    names = ", ".join(table.schema.names)
    if not found:
        raise KeyError(f"no column is named {column!r} (the columns: {names})")
    if len(found) > 1:
        raise ValueError(f"more than one column is named {column!r} (the columns: {names})")
    return int(found[0])


def dates(column: Any) -> list[Any]:
    """The values of a column with articles' own dates. Raises ArrowException for a time zone that the system lacks."""
    return days(column) if is_date(column.type) else column.to_pylist()
