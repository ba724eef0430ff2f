"""pandas: importing this gives every Series of texts `.normalize`.

df["text"] = df["text"].normalize.clean(dates=df["date"])
df["text"].normalize.explain()                               # a DataFrame: text, edits
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..normalizer import Date, Normalizer
from . import explain_column, needs

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
        return self._filled(Normalizer(**options).clean_batch(self._texts(), _days(dates)))

    def explain(self, dates: Iterable[Date] | None = None, **options: Any) -> pd.DataFrame:
        """Return the texts, repaired, and beside each the tuple of its Edits."""
        texts, edits = explain_column(Normalizer(**options), self._texts(), _days(dates))
        column = pd.Series(edits, index=self._series.index, dtype=object)
        return pd.DataFrame({"text": self._filled(texts), "edits": column})

    def _texts(self) -> list[str | None]:
        return [None if missing else text for text, missing in zip(self._series, self._series.isna(), strict=True)]

    def _filled(self, texts: list[str | None]) -> pd.Series:
        """The Series with these texts where it has any. Raises TypeError where its dtype cannot hold them."""
        dtype = self._series.dtype
        if isinstance(dtype, pd.SparseDtype):
            raise TypeError(f"a Series of {dtype} cannot hold cleaned texts: make it one of strings")
        if isinstance(dtype, pd.CategoricalDtype):
            return self._with(pd.Categorical(texts, ordered=dtype.ordered))  # its categories are the texts that occur
        if isinstance(dtype, pd.ArrowDtype):
            from .arrow import array

            return self._with(pd.arrays.ArrowExtensionArray(array(texts, dtype.pyarrow_dtype)))
        result = self._series.copy()
        result[result.notna().to_numpy()] = pd.array([text for text in texts if text is not None], dtype=dtype)
        return result

    def _with(self, values: Any) -> pd.Series:
        return pd.Series(values, index=self._series.index, name=self._series.name)


def _days(dates: Iterable[Date] | None) -> list[Date] | None:
    return None if dates is None else [None if pd.isna(day) else day for day in dates]
