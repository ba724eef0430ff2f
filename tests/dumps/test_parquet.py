"""Parquet keeps its schema, metadata, row groups and compression; without pyarrow a line says what to install."""

import datetime
import json
import sys

import pytest
from harness import CLEAN, DIRTY, jsonl

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

PADDED = [{"id": i, "text": "b", "pad": "x" * 1_100_000} for i in (2, 3)]  # so that what follows is another batch
SCHEMA = pa.schema(
    [
        pa.field("id", pa.int32(), nullable=False),
        pa.field("text", pa.large_string(), metadata={"what": "the article"}),
        pa.field("tags", pa.list_(pa.string())),
        pa.field("at", pa.timestamp("us", tz="Asia/Jakarta")),
        pa.field("kind", pa.dictionary(pa.int8(), pa.string())),
    ],
    metadata={"made by": "a test"},
)


@pytest.fixture
def table(tmp_path):
    """A file of 1,000 rows in row groups of 300."""
    at = datetime.datetime(2024, 10, 24, tzinfo=datetime.UTC)
    rows = [
        {
            "id": i,
            "text": None if i % 7 == 0 else DIRTY if i % 2 else CLEAN,
            "tags": ["a", None],
            "at": at,
            "kind": DIRTY,
        }
        for i in range(1000)
    ]
    path = tmp_path / "raw.parquet"
    pq.write_table(pa.Table.from_pylist(rows, SCHEMA), path, row_group_size=300, compression={"text": "gzip"})
    return path


def groups(path):
    meta = pq.ParquetFile(path).metadata
    return [
        (meta.row_group(i).num_rows, [meta.row_group(i).column(j).compression for j in range(meta.num_columns)])
        for i in range(meta.num_row_groups)
    ]


@pytest.mark.parametrize("jobs", [1, 2])
def test_only_the_field_changes(normalize, table, tmp_path, jobs):
    out = tmp_path / "out.parquet"
    assert normalize("clean", table, "-o", out, "-j", jobs).code == 0
    before, after = pq.read_table(table), pq.read_table(out)
    assert after.schema.equals(before.schema, check_metadata=True)
    assert after.drop(["text"]).equals(before.drop(["text"]))
    assert set(after["text"].to_pylist()) == {None, CLEAN}
    assert groups(out) == groups(table)


def test_a_dictionary_column_is_cleaned(normalize, table, tmp_path):
    out = tmp_path / "out.parquet"
    assert normalize("clean", table, "-o", out, "--field", "kind").code == 0
    assert pq.read_table(out).schema.field("kind") == SCHEMA.field("kind")
    assert set(pq.read_table(out)["kind"].to_pylist()) == {CLEAN}


def test_undo_restores_the_table(normalize, table, tmp_path):
    out, log, back = tmp_path / "out.parquet", tmp_path / "edits.jsonl", tmp_path / "back.parquet"
    normalize("clean", table, "-o", out, "--edits", log, "--field", "text", "--field", "kind")
    normalize("undo", out, "--edits", log, "-o", back)
    assert pq.read_table(back).equals(pq.read_table(table), check_metadata=True)
    assert groups(back) == groups(table)


def test_a_table_without_rows_stays_one(normalize, tmp_path):
    pq.write_table(SCHEMA.empty_table(), tmp_path / "a.parquet")
    assert normalize("clean", tmp_path / "a.parquet", "-o", tmp_path / "b.parquet").code == 0
    schema = pq.read_schema(tmp_path / "a.parquet")
    assert pq.read_schema(tmp_path / "b.parquet").equals(schema, check_metadata=True)


def test_limit_keeps_whole_rows(normalize, table, tmp_path):
    normalize("clean", table, "-o", tmp_path / "b.parquet", "--limit", 310)
    assert pq.read_table(tmp_path / "b.parquet")["id"].to_pylist() == list(range(310))


@pytest.mark.parametrize(
    ("column", "message"),
    [("isi", 'has no column "isi"'), ("tags", 'column "tags" is list<element: string>, not a string')],
)
def test_a_wrong_column_ends_the_run(normalize, table, tmp_path, column, message):
    result = normalize("clean", table, "-o", tmp_path / "b.parquet", "--field", column)
    assert result.code == 2
    assert message in result.err


@pytest.mark.parametrize("content", [b"", b"PAR1 no", b"x" * 5000])
def test_what_is_no_parquet_is_told(normalize, tmp_path, content):
    (tmp_path / "a.parquet").write_bytes(content)
    result = normalize("clean", tmp_path / "a.parquet", "-o", tmp_path / "b.parquet")
    assert result.code == 2
    assert "a.parquet: cannot be read as Parquet" in result.err
    assert not (tmp_path / "b.parquet").exists()


def test_invalid_utf8_is_a_bad_row_that_passes_through(normalize, tmp_path):
    raw = pa.array([b"a\xffb", DIRTY.encode()]).view(pa.string())
    pq.write_table(pa.table({"text": raw}), tmp_path / "a.parquet")
    result = normalize("clean", tmp_path / "a.parquet", "-o", tmp_path / "b.parquet")
    assert result.code == 1
    assert "a.parquet:1: invalid UTF-8" in result.err
    assert pq.read_table(tmp_path / "b.parquet")["text"].cast(pa.binary()).to_pylist() == [b"a\xffb", CLEAN.encode()]


def test_parquet_does_not_go_to_a_stream(normalize, table):
    result = normalize("clean", table)
    assert (result.code, result.out) == (2, b"")
    assert "say -o FILE.parquet" in result.err


def test_without_pyarrow_a_line_says_what_to_install(normalize, table, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    monkeypatch.setitem(sys.modules, "pyarrow.compute", None)
    result = normalize("clean", table, "-o", tmp_path / "out.parquet")
    assert result.code == 2
    assert "pip install 'normalize-id[arrow]'" in result.err


def test_from_jsonl_to_parquet_and_back(normalize, tmp_path):
    rows = [
        {"id": 1, "text": DIRTY, "tags": ["a"], "score": 0.5, "none": None},
        {"id": 2, "text": CLEAN, "tags": [], "score": 1.0},
    ]
    (tmp_path / "a.jsonl").write_bytes(jsonl(*rows))
    assert normalize("clean", tmp_path / "a.jsonl", "-o", tmp_path / "b.parquet").code == 0
    assert normalize("clean", tmp_path / "b.parquet", "-o", tmp_path / "c.jsonl.zst").code == 0
    back = normalize("clean", tmp_path / "c.jsonl.zst").out
    assert back == (
        b'{"id":1,"text":"Harga beras naik.","tags":["a"],"score":0.5,"none":null}\n'
        b'{"id":2,"text":"Harga beras naik.","tags":[],"score":1.0,"none":null}\n'
    )


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"id": "satu", "text": "a"}, 'field "id" is not int64'),
        ({"id": 1, "text": "a", "more": 1}, 'its field "more" has no column'),
        ({"id": 1}, 'has no field "text"'),
        ({"id": 1, "text": "\ud83d"}, "lone surrogate"),
    ],
)
def test_a_record_that_does_not_fit_the_columns_is_bad(normalize, tmp_path, row, reason):
    (tmp_path / "a.jsonl").write_bytes(jsonl({"id": 1, "text": "a"}, *PADDED))
    with (tmp_path / "a.jsonl").open("ab") as file:
        file.write(json.dumps(row).encode() + b"\n")
    result = normalize("clean", tmp_path / "a.jsonl", "-o", tmp_path / "b.parquet")
    assert result.code == 2
    assert not (tmp_path / "b.parquet").exists()
    rejecting = ["--rejects", tmp_path / "rejects.jsonl"]
    result = normalize("clean", tmp_path / "a.jsonl", "-o", tmp_path / "b.parquet", *rejecting)
    assert result.code == 1
    assert "a.jsonl:4: " in result.err
    assert reason in result.err
    assert "4 in = 3 out + 1 rejected" in result.err
    assert pq.read_table(tmp_path / "b.parquet")["id"].to_pylist() == [1, 2, 3]
