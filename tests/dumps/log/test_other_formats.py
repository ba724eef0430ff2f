"""Logs as Parquet undo and apply as those of JSON lines do; Dolma's have a line a record."""

import json

import pytest
from harness import CLEAN, DIRTY, jsonl
from msgspec import UNSET

from normalize.dumps.log import other_formats
from normalize.dumps.log.entries import LogEntryOut, encode_line
from normalize.dumps.log.file import read_lines
from normalize.edit import Edit, Finding


@pytest.fixture
def raw(tmp_path):
    path = tmp_path / "raw.jsonl"
    rows = [{"id": i, "text": f"{DIRTY} {i}" if i % 2 else CLEAN} for i in range(50)]
    path.write_bytes(jsonl(*rows) + b"oops\n" + jsonl({"id": "x", "text": DIRTY}))
    return path


def test_a_parquet_log_undoes_and_applies(normalize, raw, tmp_path):
    pytest.importorskip("pyarrow")
    out, log = tmp_path / "out.jsonl", tmp_path / "edits.parquet"
    normalize("clean", raw, "-o", out, "--edits", log, "--rejects", tmp_path / "rejects.jsonl")
    assert normalize("undo", out, "--edits", log).out == raw.read_bytes().replace(b"oops\n", b"")
    again = normalize("apply", raw, "--edits", log, "--rejects", tmp_path / "rejects.jsonl")
    assert again.out == out.read_bytes()


def test_a_parquet_log_says_what_the_lines_say(tmp_path):
    pytest.importorskip("pyarrow")
    lines = [
        {"normalize": "0", "options": {}},
        {"input": "a", "output": "x", "first": 0},
        {"input": "b", "output": "x", "first": 3},
    ]
    entries = [
        LogEntryOut(4, "id", "text", 9, [Edit(0, 1, "\\", "b", "a.b", 0.5), Edit(3, 4, "\ud800", "", "a.c", 1.0)]),
        LogEntryOut(4, {"x": [1]}, "title", UNSET, [], [Finding(0, 1, "\\n", "c.d", 0.9, "note")], "ascii"),
        {"n": 9, "rejected": "broken"},
    ]
    last = {"input": "c", "output": "x", "first": 12}
    written = [encode_line(value) for value in (*lines, *entries, last)]
    other_formats.write_parquet((line.rstrip() for line in written), tmp_path / "log.parquet")
    assert [json.loads(line) for line in read_lines(tmp_path / "log.parquet")] == [*map(json.loads, written)]


def test_a_table_that_is_no_log_is_refused(normalize, raw, tmp_path):
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet

    pyarrow.parquet.write_table(pa.table({"a": [1]}), tmp_path / "log.parquet")
    result = normalize("undo", raw, "--edits", tmp_path / "log.parquet")
    assert result.code == 2
    assert "is not an edit log" in result.err


def test_a_dolma_log_has_a_line_a_record(normalize, raw, tmp_path):
    log = tmp_path / "edits.jsonl"
    out = normalize("clean", raw, "--edits", log, "--edits-format", "dolma").out
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert len(lines) == len(out.splitlines())
    assert lines[0] == {"id": "0", "attributes": {}}
    (span,) = lines[1]["attributes"]["normalize__characters.space"]
    assert span[:2] == [5, 6]
    assert lines[50]["attributes"] == {}


@pytest.mark.parametrize("log", ["log.jsonl", "log.parquet", "log.dolma"])
@pytest.mark.parametrize("field", ["text", "\udc80"])
def test_lone_surrogates_end_no_run_wherever_they_stand(normalize, tmp_path, log, field):
    if log.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    raw, out, log = tmp_path / "raw.jsonl", tmp_path / "out.jsonl", tmp_path / log
    good = [{"id": "\ud800", field: DIRTY}, {"id": {"\udc00": 1}, field: f"\ud800 {DIRTY}"}]
    raw.write_text("".join(json.dumps(row) + "\n" for row in [*good, {"\ud800": DIRTY}]))
    options = ["--field", field, "--rejects", tmp_path / "bad.jsonl"]
    form = ["--edits-format", "dolma"] if log.suffix == ".dolma" else []
    result = normalize("clean", raw, "-o", out, "--edits", log, *options, *form)
    assert (result.code, "3 in = 2 out + 1 rejected" in result.err) == (1, True)
    if log.suffix == ".dolma":
        assert [json.loads(line)["id"] for line in log.read_bytes().splitlines()] == ["\ud800", "{'\\udc00': 1}"]
        return
    for way in ("place", "id"):
        back = normalize("undo", out, "--edits", log, "--match", way).out
        assert [json.loads(line) for line in back.splitlines()] == good
    assert [json.loads(line) for line in read_lines(log)][-1]["rejected"].endswith("(its fields: \ud800)")
