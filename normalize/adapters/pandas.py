"""pandas: importing this gives every Series of texts `.normalize`, and every DataFrame, which knows columns by name.

df["text"] = df["text"].normalize.clean(dates=df["date"])
df = df.normalize.clean("text", date="date")                 # the same, with the date's column named
df["text"].normalize.explain()                               # a DataFrame: text, edits, findings
df["text"].normalize.edits()                                 # a DataFrame with a row an edit, as Parquet has it
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..edit import Explanation
from ..normalizer import Date
from . import EDIT_TYPES, engine, flat_rows, needs

with needs("pandas"):
    import pandas as pd


@pd.api.extensions.register_series_accessor("normalize")
class NormalizeAccessor:
    """Clean a Series. Missing values stay as they are; index, name and dtype too.

    dates: each article's own date, by position. Options are those of Normalizer.
    """

    def __init__(self, series: pd.Series) -> None:
        self._series = series

    def clean(self, dates: Iterable[Date] | None = None, **options: Any) -> pd.Series:
        """Return the texts, repaired."""
        return self._filled(engine(options, "dates").clean_batch(self._texts(), _days(dates)))

    def explain(self, dates: Iterable[Date] | None = None, **options: Any) -> pd.DataFrame:
        """Return the texts, repaired, and beside each the tuples of its Edits and Findings."""
        explained = self._explained(dates, options)
        texts = self._filled([None if e is None else e.text for e in explained])
        edits, findings = (
            pd.Series([e and getattr(e, name) for e in explained], index=self._series.index, dtype=object)
            for name in ("edits", "findings")
        )
        return pd.DataFrame({"text": texts, "edits": edits, "findings": findings})

    def edits(self, dates: Iterable[Date] | None = None, **options: Any) -> pd.DataFrame:
        """Return a row for every edit, under the index of its text: start, end, before, after, rule, confidence."""
        rows = flat_rows(self._explained(dates, options))
        index = self._series.index.take([row.pop("row") for row in rows])
        dtypes = {name: "str" if type is str else type for name, type in EDIT_TYPES.items()}
        return pd.DataFrame(rows, index=index, columns=list(EDIT_TYPES)).astype(dtypes)

    def _explained(self, dates: Iterable[Date] | None, options: dict[str, Any]) -> list[Explanation | None]:
        return engine(options, "dates").explain_batch(self._texts(), _days(dates))

    def _texts(self) -> list[str | None]:
        return [None if missing else text for text, missing in zip(self._series, self._series.isna(), strict=True)]

    def _filled(self, texts: list[str | None]) -> pd.Series:
        """The Series with these texts where it has any. Raises TypeError where its dtype cannot hold them."""
        dtype = self._series.dtype
        if isinstance(dtype, pd.SparseDtype):
            raise TypeError(f"a Series of {dtype} cannot hold cleaned texts: make it one of strings")
        if isinstance(dtype, pd.CategoricalDtype):
            return self._with(pd.Categorical(texts, self._categories(texts), dtype.ordered))
        if isinstance(dtype, pd.ArrowDtype):
            from ..arrow_columns import column_of

            return self._with(pd.arrays.ArrowExtensionArray(column_of(texts, dtype.pyarrow_dtype)))
        if None not in texts:  # one copy of all texts less
            return self._with(pd.array(texts, dtype=dtype), dtype)
        result = self._series.copy()
        result[result.notna().to_numpy()] = pd.array([text for text in texts if text is not None], dtype=dtype)
        return result

    def _categories(self, texts: list[str | None]) -> list[str]:
        """The categories of a Series with these texts: in the order that they had, each as what became of it."""
        became: dict[str, list[str]] = {category: [] for category in self._series.cat.categories}
        for old, text in zip(self._texts(), texts, strict=True):
            if old is not None and text is not None:
                became[old].append(text)
        return list(dict.fromkeys(text for old, new in became.items() for text in new or [old]))

    def _with(self, values: Any, dtype: Any = None) -> pd.Series:
        made = pd.Series(values, index=self._series.index, name=self._series.name, dtype=dtype)
        return made.__finalize__(self._series)


@pd.api.extensions.register_dataframe_accessor("normalize")
class FrameAccessor:
    """Clean a column of a DataFrame. Other columns, index and order stay.

    date: the column with each article's own date. Options are those of Normalizer.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._frame = frame

    def clean(self, column: str, date: str | None = None, **options: Any) -> pd.DataFrame:
        """Return the DataFrame with the column repaired."""
        cleaned = self._frame.copy()
        cleaned[column] = self._series(column).clean(self._dates(date, options), **options)
        return cleaned

    def explain(self, column: str, date: str | None = None, **options: Any) -> pd.DataFrame:
        """Return the texts of the column, repaired, and beside each the tuples of its Edits and Findings."""
        return self._series(column).explain(self._dates(date, options), **options)

    def edits(self, column: str, date: str | None = None, **options: Any) -> pd.DataFrame:
        """Return a row for every edit of the column, under the index of its text."""
        return self._series(column).edits(self._dates(date, options), **options)

    def _series(self, column: str) -> NormalizeAccessor:
        """The accessor of a column. Raises KeyError where there is none of the name, or more than one."""
        found = list(self._frame.columns).count(column)
        if found != 1:
            names = ", ".join(map(str, self._frame.columns))
            said = f"{found} columns are" if found else "no column is"
            raise KeyError(f"{said} named {column!r} (the columns: {names})")
        return NormalizeAccessor(self._frame[column])

    def _dates(self, date: str | None, options: dict[str, Any]) -> pd.Series | None:
        """The column of dates. Raises TypeError for dates given as a Series takes them, KeyError as `_series` does."""
        if "dates" in options:
            raise TypeError("there is no option 'dates': for a DataFrame, name the column, as date=")
        return None if date is None else self._series(date)._series


def _days(dates: Iterable[Date] | None) -> list[Date] | None:
    return None if dates is None else [None if pd.api.types.is_scalar(day) and pd.isna(day) else day for day in dates]
