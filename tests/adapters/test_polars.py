"""polars: `.normalize` on an expression."""

from __future__ import annotations

import pytest

pl = pytest.importorskip("polars", reason="polars is not installed")
import normalize.adapters.polars  # noqa: E402, F401
from normalize import Edit, Normalizer, undo  # noqa: E402


@pytest.fixture
def frame(texts, dates):
    return pl.DataFrame({"text": texts, "date": dates})


def test_clean_gives_the_engines_texts_in_order_with_nulls(frame, cleaned):
    result = frame.with_columns(pl.col("text").normalize.clean())
    assert result["text"].to_list() == cleaned
    assert result.schema == frame.schema


@pytest.mark.parametrize("date", ["date", pl.col("date"), pl.col("date").cast(pl.String)])
def test_dates_are_used(frame, dated, date):
    assert frame.select(pl.col("text").normalize.clean(date=date))["text"].to_list() == dated


def test_one_date_serves_all_rows(frame, texts, dates):
    day = max(filter(None, dates))
    result = frame.select(pl.col("text").normalize.clean(date=pl.lit(day)))
    assert result["text"].to_list() == Normalizer().clean_batch(texts, [day] * len(texts))


def test_the_lines_of_the_readme(frame, dated, readme):
    assert readme("polars", df=frame, pl=pl)["df"]["text"].to_list() == dated


def test_explain_gives_text_and_edits(frame, texts, cleaned):
    result = frame.select(pl.col("text").normalize.explain())["text"].to_list()
    assert [row and row["text"] for row in result] == cleaned
    for raw, row in zip(texts, result, strict=True):
        assert row is None if raw is None else undo(row["text"], [Edit(**edit) for edit in row["edits"]]) == raw


def test_a_batch_without_edits_has_the_same_type(frame):
    plan = pl.col("text").normalize.explain()
    assert frame[1:2].select(plan).schema == frame.select(plan).schema


def test_streaming_from_and_to_parquet_gives_the_same(frame, cleaned, tmp_path):
    pl.concat([frame] * 500).write_parquet(tmp_path / "in.parquet", row_group_size=700)
    rows = pl.scan_parquet(tmp_path / "in.parquet").with_columns(pl.col("text").normalize.clean())
    rows.sink_parquet(tmp_path / "out.parquet")
    assert pl.read_parquet(tmp_path / "out.parquet")["text"].to_list() == cleaned * 500


def test_the_engine_is_called_by_the_batch(frame, monkeypatch):
    calls = []
    clean_batch = Normalizer.clean_batch
    monkeypatch.setattr(Normalizer, "clean_batch", lambda self, *a: calls.append(1) or clean_batch(self, *a))
    pl.concat([frame] * 100, rechunk=True).select(pl.col("text").normalize.clean())
    assert len(calls) == 1


def test_options_reach_the_normalizer(frame):
    result = frame.select(pl.col("text").normalize.clean(skip=["masthead"]))
    assert result["text"][0].startswith("TRIBUNNEVS.COM")


def test_a_series_is_cleaned_and_explained(frame, cleaned, dated):
    assert frame["text"].normalize.clean().to_list() == cleaned
    assert frame["text"].normalize.clean(dates=frame["date"]).to_list() == dated
    explained = frame["text"].normalize.explain()
    assert explained["text"].to_list() == cleaned
    assert explained.schema == frame.select(pl.col("text").normalize.explain()).unnest("text").schema


def test_findings_are_told():
    text = "Ia hadir, Senin (24/10/2024)."
    row = pl.DataFrame({"text": [text]}).select(pl.col("text").normalize.explain())["text"].to_list()[0]
    assert [finding["before"] for finding in row["findings"]] == ["Senin (24/10/2024)"]


def test_edits_of_a_series_are_flat_and_go_through_parquet(frame, texts, tmp_path):
    edits = frame["text"].normalize.edits()
    assert edits.columns == ["row", "start", "end", "before", "after", "rule", "confidence"]
    assert [texts[row][start:end] for row, start, end in edits.select("row", "start", "end").rows()] == edits[
        "before"
    ].to_list()
    edits.write_parquet(tmp_path / "edits.parquet")
    assert pl.read_parquet(tmp_path / "edits.parquet").equals(edits)
    assert pl.Series(["Hujan turun."]).normalize.edits().schema == edits.schema


def test_a_series_of_numbers_is_refused():
    with pytest.raises(TypeError, match="holds no strings"):
        pl.Series([1, 2]).normalize.clean()


@pytest.mark.parametrize("method", ["clean", "explain"])
def test_an_option_that_there_is_not_is_told_what_it_was_to_be(method):
    with pytest.raises(TypeError, match=r"there is no option 'date'; did you mean 'dates'\?"):
        getattr(pl.Series(["Hujan turun."]).normalize, method)(date=None)
    with pytest.raises(TypeError, match=r"there is no option 'dates'; did you mean 'date'\?"):
        getattr(pl.col("text").normalize, method)(dates=None)
