"""Parquet keeps its schema, metadata, row groups and compression; without pyarrow a line says what to install."""

import base64
import datetime
import decimal
import io
import json
import sys

import pytest
from harness import CLEAN, DIRTY, jsonl

from normalize.dumps.errors import DamagedInput, DumpError
from normalize.dumps.formats import parquet
from normalize.dumps.record import Fields

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


@pytest.mark.parametrize("use_dictionary", [True, False])
@pytest.mark.parametrize("groups", [0, 1])
def test_a_table_without_rows_stays_one(normalize, tmp_path, groups, use_dictionary):
    with pq.ParquetWriter(tmp_path / "a.parquet", SCHEMA, use_dictionary=use_dictionary) as writer:
        for _ in range(groups):
            writer.write_table(SCHEMA.empty_table())
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


def test_a_rejected_row_is_kept_with_all_its_columns(normalize, tmp_path):
    raw = pa.array([DIRTY.encode(), b"a\xffb"]).view(pa.string())
    pq.write_table(pa.table({"id": [1, 2], "text": raw, "tags": [["x"], ["y"]]}), tmp_path / "a.parquet")
    result = normalize(
        "clean", tmp_path / "a.parquet", "-o", tmp_path / "b.parquet", "--rejects", tmp_path / "rejects.jsonl"
    )
    assert "2 in = 1 out + 1 rejected" in result.err
    reject = json.loads((tmp_path / "rejects.jsonl").read_text())
    row = pa.ipc.open_stream(base64.b64decode(reject["raw_base64"])).read_all()
    assert row.drop(["text"]).to_pylist() == [{"id": 2, "tags": ["y"]}]
    assert row["text"].cast(pa.binary()).to_pylist() == [b"a\xffb"]


def test_a_damaged_row_group_is_told_and_what_came_before_is_kept(normalize, table, tmp_path):
    meta = pq.ParquetFile(table).metadata
    data = bytearray(table.read_bytes())
    start = meta.row_group(2).column(1).data_page_offset
    data[start : start + 40] = b"\xff" * 40
    table.write_bytes(data)
    result = normalize("clean", table, "-o", tmp_path / "out.parquet")
    assert result.code == 1
    assert "raw.parquet: Parquet data is corrupt" in result.err
    assert "600 in = 600 out" in result.err
    assert pq.read_table(tmp_path / "out.parquet")["id"].to_pylist() == list(range(600))


def test_every_damage_of_metadata_is_told_by_an_error(tmp_path):
    small = pa.table({"text": [DIRTY, None], "tags": [["a"], []]})
    pq.write_table(small, tmp_path / "a.parquet", store_schema=False)
    whole = (tmp_path / "a.parquet").read_bytes()
    frames = tmp_path / "frames"
    frames.write_bytes(b"".join(parquet.frame(p.data, True) for p in parquet.pieces(io.BytesIO(whole), Fields(("text",)))))
    footer = len(whole) - 8 - int.from_bytes(whole[-8:-4], "little")
    refused = 0
    for place in range(footer, len(whole)):
        for byte in (0, 1, 0x15, 0xFF, whole[place] ^ 1, whole[place] ^ 0x10):
            data = bytearray(whole)
            data[place] = byte
            (tmp_path / "b.parquet").write_bytes(data)
            try:
                list(parquet.pieces(str(tmp_path / "b.parquet"), Fields(("text",))))
                parquet.assemble(frames, tmp_path / "out.parquet", str(tmp_path / "b.parquet"))
            except (DumpError, DamagedInput, pa.ArrowException, OSError):
                refused += 1
    assert refused > len(whole) - footer


NOON = datetime.datetime(2024, 10, 24, 12)
# In Jakarta it is 6.30 of the day after.
NIGHT = datetime.datetime(2024, 10, 23, 23, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    "column",
    [
        pa.array(["24 Oktober 2024", None]),
        pa.array(["2024-10-24", None]).dictionary_encode(),
        pa.array([NOON.date(), None], pa.date32()),
        pa.array([NOON.date(), None], pa.date64()),
        *(pa.array([NOON, None], pa.timestamp(unit)) for unit in ("s", "ms", "us", "ns")),
        pa.array([1_729_771_200_000_000_001, None], pa.timestamp("ns")),  # more than a datetime holds
        pa.array([NIGHT, None], pa.timestamp("us", "Asia/Jakarta")),
        pa.array([NOON, datetime.datetime.max], pa.timestamp("us")),
    ],
    ids=lambda column: str(column.type),
)
def test_a_date_column_of_any_type_settles_dates(normalize, tmp_path, column):
    table = pa.table({"text": ["Ia tiba, Kamis (24/10/2034).", "Ia tiba."], "on": column})
    pq.write_table(table, tmp_path / "a.parquet", store_schema=True)
    assert normalize("clean", tmp_path / "a.parquet", "-o", tmp_path / "b.parquet", "--date-field", "on").code == 0
    after = pq.read_table(tmp_path / "b.parquet")
    assert after["text"].to_pylist() == ["Ia tiba, Kamis (24/10/2024).", "Ia tiba."]
    assert after["on"].equals(pq.read_table(tmp_path / "a.parquet")["on"])


def test_a_year_beyond_the_calendar_is_no_date(normalize, tmp_path):
    far = pa.array([2**60], pa.timestamp("us"))
    pq.write_table(pa.table({"text": [DIRTY], "on": far}), tmp_path / "a.parquet")
    assert normalize("clean", tmp_path / "a.parquet", "-o", tmp_path / "b.parquet", "--date-field", "on").code == 0
    assert pq.read_table(tmp_path / "b.parquet")["on"].chunk(0).equals(far)


def test_a_time_zone_that_the_system_lacks_is_named(normalize, tmp_path):
    at = pa.array([0], pa.timestamp("us", "Mars/Olympus"))
    pq.write_table(pa.table({"text": [DIRTY], "on": at}), tmp_path / "a.parquet")
    result = normalize("clean", tmp_path / "a.parquet", "-o", tmp_path / "b.parquet", "--date-field", "on")
    assert result.code == 2
    assert 'column "on"' in result.err
    assert "Mars/Olympus" in result.err


def test_times_are_told_in_full_where_a_table_becomes_text(normalize, tmp_path):
    columns = {
        "text": [DIRTY, DIRTY],
        "at": pa.array([NOON, None], pa.timestamp("ns")),
        "exactly": pa.array([1, None], pa.timestamp("ns")),
        "price": pa.array([decimal.Decimal("1.50"), None]),
        "share": [float("nan"), 0.5],
    }
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    assert normalize("clean", tmp_path / "a.parquet", "-o", tmp_path / "a.csv").code == 0
    assert (tmp_path / "a.csv").read_text().splitlines() == [
        "text,at,exactly,price,share",
        f"{CLEAN},2024-10-24T12:00:00,1970-01-01T00:00:00.000000001,1.50,nan",
        f"{CLEAN},,,,0.5",
    ]
    assert normalize("clean", tmp_path / "a.parquet", "-o", tmp_path / "a.jsonl").code == 0
    row = json.loads((tmp_path / "a.jsonl").read_text().splitlines()[0])
    assert (row["at"], row["exactly"]) == ("2024-10-24T12:00:00", "1970-01-01T00:00:00.000000001")


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
        ({"id": "satu", "text": "a"}, 'field "id" does not fit int64'),
        ({"id": 1, "text": "a", "more": 1}, 'its field "more" has no column'),
        ({"id": 1}, 'has no field "text"'),
        ({"id": 1, "text": "\ud83d"}, "lone surrogate"),
    ],
)
def test_a_record_that_does_not_fit_the_columns_is_bad(normalize, tmp_path, row, reason):
    (tmp_path / "a.jsonl").write_bytes(jsonl({"id": 1, "text": "a", "pad": ""}, *PADDED))
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
