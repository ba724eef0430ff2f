"""Hugging Face datasets: `ds.map(Map(normalizer, "text"), batched=True)`."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys

import pytest

datasets = pytest.importorskip("datasets", reason="datasets is not installed")
from datasets.fingerprint import Hasher  # noqa: E402

from normalize import Edit, Normalizer, undo  # noqa: E402
from normalize.adapters.datasets import Map  # noqa: E402


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")
    datasets.disable_progress_bars()


@pytest.fixture
def stored(texts, dates, tmp_path):
    """The texts as a Parquet file."""
    path = tmp_path / "raw.parquet"
    datasets.Dataset.from_dict({"id": range(len(texts)), "text": texts, "date": dates}).to_parquet(path)
    return str(path)


@pytest.fixture
def news(stored, tmp_path):
    return datasets.Dataset.from_parquet(stored, cache_dir=str(tmp_path / "cache"))


def test_clean_gives_the_engines_texts_in_order_with_nulls(news, cleaned):
    result = news.map(Map(Normalizer(), "text"), batched=True)
    assert result["text"][:] == cleaned
    assert result["id"][:] == news["id"][:]
    assert result.features == news.features


def test_dates_are_used(news, dated):
    assert news.map(Map(Normalizer(), "text", date="date"), batched=True)["text"][:] == dated


def test_the_lines_of_the_readme(news, dated, readme):
    assert readme("Hugging Face datasets", ds=news)["ds"]["text"][:] == dated


def test_two_processes_give_the_same(news, cleaned):
    assert news.map(Map(Normalizer(), "text"), batched=True, batch_size=2, num_proc=2)["text"][:] == cleaned


def test_a_streamed_dataset_gives_the_same(stored, cleaned):
    stream = datasets.load_dataset("parquet", data_files=stored, split="train", streaming=True)
    assert [row["text"] for row in stream.map(Map(Normalizer(), "text"), batched=True, batch_size=3)] == cleaned


def test_a_second_run_is_read_from_the_cache(news, cleaned, monkeypatch):
    first = news.map(Map(Normalizer(skip=["date"]), "text"), batched=True)
    monkeypatch.setattr(Normalizer, "explain", None)  # would fail if it were called
    again = news.map(Map(Normalizer(skip=["date"]), "text"), batched=True)
    assert again["text"][:] == first["text"][:]
    assert again.cache_files == first.cache_files


def test_the_fingerprint_is_that_of_what_decides_the_result(monkeypatch):
    fingerprint = Hasher.hash(Map(Normalizer(skip=["date", "byline"]), "text"))
    used = Map(Normalizer(skip=["byline", "date"]), "text")
    used({"text": ["Pemerintah mengmumkan hasil."]})
    assert Hasher.hash(used) == Hasher.hash(pickle.loads(pickle.dumps(used))) == fingerprint
    assert Hasher.hash(Map(Normalizer(), "text")) != fingerprint
    monkeypatch.setattr("normalize.adapters.datasets.__version__", "another")
    assert Hasher.hash(Map(Normalizer(skip=["date", "byline"]), "text")) != fingerprint


def test_the_fingerprint_is_the_same_in_another_process():
    code = (
        "from datasets.fingerprint import Hasher; from normalize import Normalizer;"
        "from normalize.adapters.datasets import Map;"
        "print(Hasher.hash(Map(Normalizer(skip={'date', 'byline', 'masthead'}), 'text')))"
    )
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        said = subprocess.run([sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True)
        assert said.stdout.strip() == Hasher.hash(Map(Normalizer(skip=["masthead", "date", "byline"]), "text"))


def test_edits_become_a_column_even_where_the_first_batch_has_none(news):
    raw = news.select([1, 0, 2, 3])
    mapped = raw.with_format("arrow").map(Map(Normalizer(), "text", edits="edits"), batched=True, batch_size=1)
    rows = list(mapped.with_format(None))
    assert rows[0]["edits"] == []
    assert rows[2]["edits"] is None
    for before, row in zip(raw, rows, strict=True):
        if before["text"] is not None:
            assert undo(row["text"], [Edit(**edit) for edit in row["edits"]]) == before["text"]


def test_edits_without_arrow_format_are_refused(news):
    with pytest.raises(TypeError, match="with_format"):
        news.map(Map(Normalizer(), "text", edits="edits"), batched=True)


def test_one_row_at_a_time_is_told_to_come_by_the_batch(texts):
    dataset = datasets.Dataset.from_dict({"text": texts})
    with pytest.raises(TypeError, match="batched=True"):
        dataset.map(Map(Normalizer(), "text"))
    with pytest.raises(KeyError, match="the columns: text"):
        dataset.map(Map(Normalizer(), "isi"), batched=True)


def test_findings_are_a_column():
    dataset = datasets.Dataset.from_dict({"text": ["Ia hadir, Senin (24/10/2024)."]}).with_format("arrow")
    result = dataset.map(Map(Normalizer(), "text", findings="findings"), batched=True).with_format(None)
    assert [finding["before"] for finding in result[0]["findings"]] == ["Senin (24/10/2024)"]
