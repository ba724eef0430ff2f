"""polars: importing this gives every expression and Series `.normalize`, eager, lazy and streaming.

df.with_columns(pl.col("text").normalize.clean(date="date"))
df.select(pl.col("text").normalize.explain())                # a struct: text, edits, findings
df["text"].normalize.clean(dates=df["date"])                 # a Series
df["text"].normalize.edits()                                 # a DataFrame with a row an edit
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from ..edit import Explanation
from ..normalizer import Date
from . import EDIT_TYPES, FINDING_TYPES, as_rows, engine, flat_rows, needs

with needs("polars"):
    import polars as pl

_TYPES = {int: pl.Int64, str: pl.String, float: pl.Float64}
_EDIT = {name: _TYPES[type] for name, type in EDIT_TYPES.items()}
EDITS = pl.List(pl.Struct(_EDIT))
FINDINGS = pl.List(pl.Struct({name: _TYPES[type] for name, type in FINDING_TYPES.items()}))
FIRST_DAY, LAST_DAY = -719_161, 2_932_895  # from 1970-01-01: 2 January of the year 1, 30 December 9999, in any zone
EXPLANATION = pl.Struct({"text": pl.String, "edits": EDITS, "findings": FINDINGS})


@pl.api.register_expr_namespace("normalize")
class NormalizeNamespace:
    """Clean an expression of strings, a batch at a time. Null stays null.

    date: the column or expression of each article's own date. Options are those of Normalizer.
    """

    def __init__(self, expr: pl.Expr) -> None:
        self._expr = expr

    def clean(self, date: str | pl.Expr | None = None, **options: Any) -> pl.Expr:
        """Return the texts, repaired."""
        return self._mapped(engine(options, "date").clean_batch, date, pl.String)

    def explain(self, date: str | pl.Expr | None = None, **options: Any) -> pl.Expr:
        """Return structs of the text, repaired, its edits, and its findings."""
        normalizer = engine(options, "date")

        def explain(texts: Sequence[str | None], dates: Sequence[Date]) -> list[dict[str, Any] | None]:
            return _structs(normalizer.explain_batch(texts, dates))

        return self._mapped(explain, date, EXPLANATION)

    def _mapped(self, function: Callable[[list[Any], list[Any]], Any], date: str | pl.Expr | None, dtype: Any) -> pl.Expr:
        def alone(texts: pl.Series) -> pl.Series:
            return pl.Series(texts.name, function(texts.to_list(), [None] * len(texts)), dtype)

        def dated(rows: pl.Series) -> pl.Series:
            *columns, dates = rows.struct.unnest()
            if len(columns) > 1:
                raise ValueError(f"with a date, one column at a time can be cleaned, not {len(columns)}")
            return pl.Series(rows.name, function(columns[0].to_list(), _days(dates)), dtype)

        if date is None:
            return self._expr.map_batches(alone, dtype, is_elementwise=True)
        day = pl.col(date) if isinstance(date, str) else date
        return pl.struct(self._expr, day.alias("article's date")).map_batches(dated, dtype, is_elementwise=True)


@pl.api.register_series_namespace("normalize")
class SeriesNamespace:
    """Clean a Series of strings. Null stays null.

    dates: each article's own date, as many as there are texts. Options are those of Normalizer.
    """

    def __init__(self, series: pl.Series) -> None:
        self._series = series

    def clean(self, dates: Iterable[Date] | None = None, **options: Any) -> pl.Series:
        """Return the texts, repaired."""
        cleaned = engine(options, "dates").clean_batch(self._texts(), _listed(dates))
        return pl.Series(self._series.name, cleaned, pl.String)

    def explain(self, dates: Iterable[Date] | None = None, **options: Any) -> pl.DataFrame:
        """Return the texts, repaired, their edits and their findings, as columns."""
        rows = _structs(self._explained(dates, options))
        return pl.Series(rows, dtype=EXPLANATION).struct.unnest()

    def edits(self, dates: Iterable[Date] | None = None, **options: Any) -> pl.DataFrame:
        """Return a row for every edit: the number of its text, start, end, before, after, rule, confidence."""
        return pl.DataFrame(flat_rows(self._explained(dates, options)), {"row": pl.Int64, **_EDIT})

    def _texts(self) -> list[str | None]:
        """The texts. Raises TypeError for a Series that holds none."""
        if self._series.dtype not in (pl.String, pl.Categorical, pl.Enum, pl.Null):
            raise TypeError(f"a Series of {self._series.dtype} holds no strings")
        texts: list[str | None] = self._series.to_list()
        return texts

    def _explained(self, dates: Iterable[Date] | None, options: dict[str, Any]) -> list[Explanation | None]:
        return engine(options, "dates").explain_batch(self._texts(), _listed(dates))


def _listed(dates: Iterable[Date] | None) -> list[Date] | None:
    return None if dates is None else _days(dates) if isinstance(dates, pl.Series) else list(dates)


def _days(dates: pl.Series) -> list[Any]:
    """The values of a Series of dates: null for one that Python has no type for, as of the year 290000."""
    if isinstance(dates.dtype, pl.Date | pl.Datetime):
        unit = getattr(dates.dtype, "time_unit", None)
        day = {None: 1, "ms": 86_400 * 10**3, "us": 86_400 * 10**6, "ns": 86_400 * 10**9}[unit]
        known = (dates.to_physical() // day).is_between(FIRST_DAY, LAST_DAY)
        dates = pl.select(pl.when(known).then(dates)).to_series()
    values: list[Any] = dates.to_list()
    return values


def _structs(explained: Sequence[Explanation | None]) -> list[dict[str, Any] | None]:
    return [
        None if e is None else {"text": e.text, "edits": as_rows(e.edits), "findings": as_rows(e.findings)}
        for e in explained
    ]
