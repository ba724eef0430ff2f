"""datatrove: a step between a reader and a writer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("datatrove", reason="datatrove is not installed")
from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader, ParquetReader
from datatrove.pipeline.writers import JsonlWriter, ParquetWriter

from normalize import Edit, undo
from normalize.adapters.datatrove import NormalizeStep


@pytest.fixture
def documents(texts, dates):
    rows = zip(texts, dates, strict=True)
    return [Document(text=t, id=str(i), metadata={"date": str(d)}) for i, (t, d) in enumerate(rows) if t is not None]


def test_clean_gives_the_engines_texts_in_order(documents, cleaned):
    assert [d.text for d in NormalizeStep().run(documents)] == [text for text in cleaned if text is not None]


def test_dates_in_the_metadata_are_used(documents, dated):
    assert [d.text for d in NormalizeStep(date="date").run(documents)] == [text for text in dated if text is not None]


def test_the_metadata_keep_the_edits(documents):
    raw = {document.id: document.text for document in documents}
    for document in NormalizeStep().run(documents):
        assert undo(document.text, [Edit(**edit) for edit in document.metadata["edits"]]) == raw[document.id]


def test_options_reach_the_normalizer(documents):
    first, *_ = NormalizeStep(edits=None, skip=["masthead"]).run(documents)
    assert first.text.startswith("TRIBUNNEVS.COM")
    assert "edits" not in first.metadata


@pytest.mark.parametrize(("reader", "writer"), [(JsonlReader, JsonlWriter), (ParquetReader, ParquetWriter)])
def test_a_run_loses_no_document(texts, cleaned, tmp_path, reader, writer):
    given = [text for text in texts if text]  # datatrove's readers themselves leave out empty documents
    (tmp_path / "raw").mkdir()
    for shard in range(3):
        rows = [{"text": text, "id": f"{shard}/{n}"} for n, text in enumerate(given)]
        _store(tmp_path / "raw" / f"{shard}", rows, reader)
    steps = [reader(str(tmp_path / "raw")), NormalizeStep(), writer(str(tmp_path / "clean"), compression=None)]
    LocalPipelineExecutor(steps, tasks=3, workers=1, logging_dir=str(tmp_path / "logs")).run()
    result = {d.id: d.text for d in reader(str(tmp_path / "clean"))()}
    expected = [text for text in cleaned if text]
    assert result == {f"{shard}/{n}": text for shard in range(3) for n, text in enumerate(expected)}


def test_the_lines_of_the_readme(documents, dated, readme, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("raw").mkdir()
    rows = [{"text": document.text, "id": document.id, **document.metadata} for document in documents if document.text]
    _store(tmp_path / "raw" / "0", rows, JsonlReader)
    steps = readme("datatrove", JsonlReader=JsonlReader, JsonlWriter=JsonlWriter)["steps"]
    LocalPipelineExecutor(steps, logging_dir="logs").run()
    assert [document.text for document in JsonlReader("clean")()] == [text for text in dated if text]


def _store(path, rows, reader):
    if reader is JsonlReader:
        path.with_suffix(".jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    else:
        import pyarrow.parquet as pq
        from pyarrow import Table

        pq.write_table(Table.from_pylist(rows), path.with_suffix(".parquet"))


def test_findings_go_into_the_metadata():
    step = NormalizeStep(edits=None, findings="findings")
    (document,) = step.run([Document(text="Ia hadir, Senin (24/10/2024).", id="1")])
    assert [finding["before"] for finding in document.metadata["findings"]] == ["Senin (24/10/2024)"]
    assert "edits" not in document.metadata
