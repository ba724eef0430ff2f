"""pandas: `.normalize` on a Series."""

from __future__ import annotations

import tracemalloc

import pytest

pd = pytest.importorskip("pandas", reason="pandas is not installed")
import normalize.adapters.pandas  # noqa: E402, F401
from normalize import apply, undo  # noqa: E402


def values(series):
    """A Series as a list, every kind of missing value as None."""
    return [None if pd.isna(value) else value for value in series]


@pytest.mark.parametrize("dtype", [object, "str", "string", "string[pyarrow]"])
def test_clean_gives_the_engines_texts_in_order_with_nulls(texts, cleaned, dtype):
    series = pd.Series(texts, dtype=dtype)
    result = series.normalize.clean()
    assert values(result) == cleaned
    assert result.dtype == series.dtype


def test_index_name_and_the_kind_of_missing_value_stay(texts, cleaned):
    series = pd.Series([*texts, float("nan")], index=list("abcdefff"), name="isi", dtype=object)
    result = series.normalize.clean()
    assert list(result.index) == list("abcdefff")
    assert result.name == "isi"
    assert result.iloc[2] is None
    assert isinstance(result.iloc[-1], float)


def test_the_series_itself_is_not_changed(texts):
    series = pd.Series(texts, dtype=object)
    series.normalize.clean()
    assert list(series) == texts


def test_dates_are_used_and_a_missing_one_is_none(texts, dates, dated):
    frame = pd.DataFrame({"text": texts, "date": pd.to_datetime(pd.Series(dates))})
    assert values(frame["text"].normalize.clean(dates=frame["date"])) == dated


def test_the_lines_of_the_readme(texts, dates, dated, readme):
    frame = pd.DataFrame({"text": texts, "date": pd.to_datetime(pd.Series(dates))})
    assert values(readme("pandas", df=frame)["df"]["text"]) == dated


def test_explain_puts_the_edits_beside_the_text(texts, cleaned):
    frame = pd.Series(texts, index=range(10, 10 + len(texts))).normalize.explain()
    assert list(frame.index) == list(range(10, 10 + len(texts)))
    assert values(frame["text"]) == cleaned
    for raw, text, edits in zip(texts, frame["text"], frame["edits"], strict=True):
        if raw is None:
            assert edits is None
        else:
            assert apply(raw, edits) == text
            assert undo(text, edits) == raw


def test_options_reach_the_normalizer(texts):
    assert pd.Series(texts).normalize.clean(skip=["masthead"])[0].startswith("TRIBUNNEVS.COM")


def test_an_empty_series_stays_empty():
    assert list(pd.Series([], dtype="str").normalize.clean()) == []


def test_one_long_text_does_not_make_room_for_all():
    series = pd.Series(["Harga naik."] * 500 + ["Warga mengungsi. " * 10_000])
    tracemalloc.start()
    series.normalize.clean()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < len(series) * len(series.iloc[-1])  # bytes; the dictionaries are the most of it
