"""Arrow: a column of a table or record batch."""

from __future__ import annotations

import pickle

import pytest

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
from normalize import Edit, Normalizer, undo  # noqa: E402
from normalize.adapters.arrow import EDITS, CleanColumn  # noqa: E402

TYPES = [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())]


@pytest.fixture
def table(texts, dates):
    return pa.table({"id": range(len(texts)), "text": texts, "date": dates})


@pytest.mark.parametrize("kind", TYPES, ids=str)
def test_the_column_is_cleaned_and_the_schema_stays(table, cleaned, kind):
    field = pa.field("text", kind, metadata={"source": "scraped"})
    table = table.set_column(1, field, table["text"].cast(kind))
    result = CleanColumn(Normalizer(), "text")(table)
    assert result["text"].to_pylist() == cleaned
    assert result.schema.equals(table.schema, check_metadata=True)
    assert result["id"] == table["id"]


def test_a_record_batch_stays_one(table, cleaned):
    (batch,) = table.to_batches()
    result = CleanColumn(Normalizer(), "text")(batch)
    assert isinstance(result, pa.RecordBatch)
    assert result["text"].to_pylist() == cleaned


def test_dates_are_used(table, dated):
    assert CleanColumn(Normalizer(), "text", date="date")(table)["text"].to_pylist() == dated


def test_edits_become_a_column_that_undoes_them(table, texts, cleaned):
    result = CleanColumn(Normalizer(), "text", edits="edits")(table)
    assert result.schema.field("edits").type == EDITS
    assert result["text"].to_pylist() == cleaned
    for raw, text, edits in zip(texts, cleaned, result["edits"].to_pylist(), strict=True):
        assert edits is None if raw is None else undo(text, [Edit(**edit) for edit in edits]) == raw


def test_it_is_pickled_without_its_dictionaries(table, cleaned):
    clean = CleanColumn(Normalizer(), "text")
    clean(table)
    pickled = pickle.dumps(clean)
    assert len(pickled) < 500
    assert pickle.loads(pickled)(table)["text"].to_pylist() == cleaned


def test_a_column_that_is_not_there_is_named(table):
    with pytest.raises(KeyError, match="isi"):
        CleanColumn(Normalizer(), "isi")(table)


def test_findings_are_a_column_beside_the_edits():
    table = pa.table({"text": ["Ia hadir, Senin (24/10/2024).", None]})
    result = CleanColumn(Normalizer(), "text", edits="edits", findings="findings")(table)
    assert result.column_names == ["text", "edits", "findings"]
    assert [row and [one["before"] for one in row] for row in result["findings"].to_pylist()] == [
        ["Senin (24/10/2024)"],
        None,
    ]
    assert CleanColumn(Normalizer(), "text", findings="findings")(table).column_names == ["text", "findings"]
