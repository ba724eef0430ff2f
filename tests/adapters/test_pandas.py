"""pandas: `.normalize` on a Series."""

from __future__ import annotations

import re
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


@pytest.mark.parametrize("dtype", [object, "str", "category"])
def test_attributes_and_index_stay_where_nothing_is_missing(dtype):
    series = pd.Series(["Ia tiba , Kamis.", "Hujan."], index=[7, 9], name="isi", dtype=dtype)
    series.attrs["source"] = "antara"
    result = series.normalize.clean()
    assert values(result) == ["Ia tiba, Kamis.", "Hujan."]
    assert (list(result.index), result.name, result.attrs) == ([7, 9], "isi", {"source": "antara"})


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


REPORTED = "Ia hadir, Senin (24/10/2024)."


def test_findings_stand_beside_the_edits(texts):
    frame = pd.Series([REPORTED, None]).normalize.explain()
    assert [finding.before for finding in frame["findings"][0]] == ["Senin (24/10/2024)"]
    assert frame["findings"][1] is None


def test_edits_are_flat_and_go_through_parquet(texts, tmp_path):
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    series = pd.Series(texts, index=[f"a{i}" for i in range(len(texts))])
    edits = series.normalize.edits()
    assert list(edits.columns) == ["start", "end", "before", "after", "rule", "confidence"]
    for name, rows in edits.groupby(level=0):
        assert [series[name][row.start : row.end] for row in rows.itertuples()] == list(rows["before"])
    edits.to_parquet(tmp_path / "edits.parquet")
    again = pd.read_parquet(tmp_path / "edits.parquet")
    assert again.astype(object).equals(edits.astype(object))
    nothing = pd.Series(["Hujan turun."]).normalize.edits()
    assert (list(nothing.columns), len(nothing)) == (list(edits.columns), 0)
    assert nothing.dtypes.equals(edits.dtypes)


def test_a_frame_knows_the_date_by_its_column(texts, dates, cleaned, dated):
    frame = pd.DataFrame({"text": texts, "date": pd.to_datetime(pd.Series(dates)), "n": range(len(texts))})
    assert values(frame.normalize.clean("text")["text"]) == cleaned
    result = frame.normalize.clean("text", date="date")
    assert values(result["text"]) == dated
    assert list(result["n"]) == list(frame["n"])
    assert values(frame.normalize.explain("text", date="date")["text"]) == dated
    assert len(frame.normalize.edits("text", date="date")) > 3
    with pytest.raises(KeyError, match=r"no column is named 'isi' \(the columns: text, date, n\)"):
        frame.normalize.clean("isi")
    with pytest.raises(KeyError, match="2 columns are named 'text'"):
        pd.concat([frame, frame], axis=1).normalize.clean("text")


@pytest.mark.parametrize("method", ["clean", "explain", "edits"])
def test_an_option_that_there_is_not_is_told_what_it_was_to_be(method):
    frame = pd.DataFrame({"text": ["Hujan turun."]})
    for call, arguments, options, message in (
        (frame["text"].normalize, [], {"date": None}, "there is no option 'date'; did you mean 'dates'?"),
        (frame["text"].normalize, [], {"skp": []}, "there is no option 'skp'; did you mean 'skip'?"),
        (frame.normalize, ["text"], {"dates": None}, "for a DataFrame, name the column, as date="),
    ):
        with pytest.raises(TypeError, match=re.escape(message)):
            getattr(call, method)(*arguments, **options)
