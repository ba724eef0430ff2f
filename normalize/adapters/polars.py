"""polars: importing this gives every expression `.normalize`, eager, lazy and streaming.

df.with_columns(pl.col("text").normalize.clean(date="date"))
df.select(pl.col("text").normalize.explain())                # a struct: text, edits
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..normalizer import Date, Normalizer
from . import EDIT_TYPES, edit_rows, explain_column, needs

with needs("polars"):
    import polars as pl

_TYPES = {int: pl.Int64, str: pl.String, float: pl.Float64}
EDITS = pl.List(pl.Struct({name: _TYPES[type] for name, type in EDIT_TYPES.items()}))


@pl.api.register_expr_namespace("normalize")
class NormalizeNamespace:
    """Clean an expression of strings, a batch at a time. Null stays null.

    date: the column or expression of each article's own date. Options are those of Normalizer.
    """

    def __init__(self, expr: pl.Expr) -> None:
        self._expr = expr

    def clean(self, date: str | pl.Expr | None = None, **options: Any) -> pl.Expr:
        """Return the texts, repaired."""
        return self._mapped(Normalizer(**options).clean_batch, date, pl.String)

    def explain(self, date: str | pl.Expr | None = None, **options: Any) -> pl.Expr:
        """Return structs of the text, repaired, and its edits."""
        normalizer = Normalizer(**options)

        def explain(texts: Sequence[str | None], dates: Sequence[Date]) -> list[dict[str, Any] | None]:
            rows = zip(*explain_column(normalizer, texts, dates), strict=True)
            return [None if edits is None else {"text": text, "edits": edit_rows(edits)} for text, edits in rows]

        return self._mapped(explain, date, pl.Struct({"text": pl.String, "edits": EDITS}))

    def _mapped(self, function: Callable[[list[Any], list[Any]], Any], date: str | pl.Expr | None, dtype: Any) -> pl.Expr:
        def run(rows: pl.Series) -> pl.Series:
            texts, dates = rows.struct.unnest()
            return pl.Series(rows.name, function(texts.to_list(), dates.to_list()), dtype)

        day = pl.col(date) if isinstance(date, str) else pl.lit(None) if date is None else date
        return pl.struct(self._expr, day.alias("article's date")).map_batches(run, dtype, is_elementwise=True)
