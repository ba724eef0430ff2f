"""Parquet columns of every type of string are cleaned, converted, undone; bytes that are no UTF-8 make bad records."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from harness import Command

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
import pyarrow.compute as pc  # noqa: E402
import pyarrow.parquet as pq  # noqa: E402

RAW, CLEAN = "Ia mengtakan hal itu.", "Ia mengatakan hal itu."
TEXTS = [RAW, None, "Hujan turun.", RAW] * 60
TYPES = [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())]
TYPES += [pa.dictionary(pa.int32(), pa.large_string())]


def array(texts: list[str | None], type: Any) -> Any:
    if not pa.types.is_dictionary(type):
        return pa.array(texts, type)
    return pa.array(texts, type.value_type).dictionary_encode().cast(type)


@pytest.mark.parametrize("type", TYPES, ids=str)
def test_every_type_of_string_is_cleaned_and_undone(normalize: Command, tmp_path: Path, type: Any) -> None:
    raw, out, log, back = (tmp_path / name for name in ("raw.parquet", "out.parquet", "log.jsonl", "back.parquet"))
    column = array(TEXTS, type)
    pq.write_table(pa.table({"id": range(len(TEXTS)), "text": column, "kept": column}), raw, row_group_size=70)
    expected = [CLEAN if text == RAW else text for text in TEXTS]
    assert normalize("clean", raw, "-o", out, "--edits", log).code == 0
    assert pq.read_table(out)["text"].to_pylist() == expected
    assert pq.read_table(out).schema == pq.read_table(raw).schema
    assert normalize("undo", out, "--edits", log, "-o", back).code == 0
    assert pq.read_table(back).to_pylist() == pq.read_table(raw).to_pylist()
    assert pq.read_table(back).schema == pq.read_table(raw).schema
    assert normalize("clean", raw, "-o", tmp_path / "few.parquet", "--limit", 3).code == 0
    assert pq.read_table(tmp_path / "few.parquet")["text"].to_pylist() == expected[:3]
    assert normalize("clean", raw, "-o", tmp_path / "out.jsonl").code == 0
    assert [json.loads(line)["text"] for line in (tmp_path / "out.jsonl").read_text().splitlines()] == expected


def broken(type: Any) -> Any:
    raws = [b"Ia mengtakan \xff", RAW.encode(), b"Hujan"]
    plain = type.value_type if pa.types.is_dictionary(type) else type
    strings = pa.array(raws, pa.binary()).cast(options=pc.CastOptions.unsafe(plain))
    return pa.DictionaryArray.from_arrays(pa.array([0, 1, 2], type.index_type), strings) if plain != type else strings


@pytest.mark.parametrize("type", [pa.string(), pa.large_string(), pa.dictionary(pa.int32(), pa.string())], ids=str)
@pytest.mark.parametrize("name", ["text", "id", "outlet", "date"])
@pytest.mark.parametrize("target", ["out.parquet", "out.jsonl", "out.csv"])
def test_bytes_that_are_no_utf8_make_a_bad_record(
    normalize: Command, tmp_path: Path, type: Any, name: str, target: str
) -> None:
    columns: dict[str, Any] = {"text": [RAW] * 3, "id": ["1", "2", "3"], "outlet": ["a"] * 3, "date": ["2024-01-01"] * 3}
    columns[name] = broken(type)
    pq.write_table(pa.table(columns), tmp_path / "raw.parquet")
    result = normalize(
        "clean", tmp_path / "raw.parquet", "-o", tmp_path / target, "--date-field", "date", "--rejects", tmp_path / "rejects"
    )
    assert result.code == 1
    assert "raw.parquet:1: " in result.err
    assert "invalid UTF-8" in result.err
    assert "3 in = 2 out + 1 rejected" in result.err


def test_bytes_in_a_column_that_is_not_used_stay(normalize: Command, tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": [RAW] * 3, "kept": broken(pa.string())}), tmp_path / "raw.parquet")
    assert normalize("clean", tmp_path / "raw.parquet", "-o", tmp_path / "out.parquet").code == 0
    kept = [pq.read_table(tmp_path / name)["kept"].cast(pa.binary()) for name in ("raw.parquet", "out.parquet")]
    assert kept[0].equals(kept[1])


def test_two_columns_of_a_name_are_refused(normalize: Command, tmp_path: Path) -> None:
    twice = pa.Table.from_arrays([pa.array([RAW]), pa.array([RAW])], names=["text", "text"])
    pq.write_table(twice, tmp_path / "raw.parquet")
    result = normalize("clean", tmp_path / "raw.parquet", "-o", tmp_path / "out.parquet")
    assert result.code == 2
    assert 'has 2 columns "text"' in result.err


TIMES = {
    "nanoseconds": pa.array([1729728000000000001, 5000, None], pa.timestamp("ns")),
    "a zone that nobody knows": pa.array([1, 5, None], pa.timestamp("ms", tz="Mars/Phobos")),
    "a duration": pa.array([2**62 + 1, 1000, None], pa.duration("ns")),
    "infinity": pa.array([1, 2**31 - 1, None], pa.int32()).cast(pa.date32()),
    "a list": pa.array([[1], [2**31 - 1], None], pa.list_(pa.int32())).cast(pa.list_(pa.date32())),
    "an object": pa.array([{"a": 1}, None, {"a": None}], pa.struct([("a", pa.timestamp("ns", tz="Mars/Phobos"))])),
}


@pytest.mark.parametrize("pandas", [True, False])
@pytest.mark.parametrize("name", TIMES)
def test_times_that_python_has_no_type_for_are_told_and_kept(
    normalize: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, pandas: bool
) -> None:
    if pandas:
        pytest.importorskip("pandas", reason="pandas is not installed")
    else:
        monkeypatch.setitem(sys.modules, "pandas", None)
    raw, log, back = tmp_path / "raw.parquet", tmp_path / "log.jsonl", tmp_path / "back.parquet"
    pq.write_table(pa.table({"text": [RAW] * 3, "time": TIMES[name]}), raw)
    for target in ("out.jsonl", "out.csv", "out.parquet"):
        out = tmp_path / target
        result = normalize("clean", raw, "-o", out, "--edits", log, "--id-field", "time")
        assert result.code == 0, result.err
    assert pq.read_table(out)["time"] == pq.read_table(raw)["time"]
    assert normalize("undo", out, "--edits", log, "-o", back).code == 0
    assert pq.read_table(back) == pq.read_table(raw)
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    entries = [json.loads(line) for line in log.read_text().splitlines()][2:]
    assert [row["text"] for row in rows] == [CLEAN] * 3
    if name == "nanoseconds":
        assert [row["time"] for row in rows] == ["2024-10-24T00:00:00.000000001", "1970-01-01T00:00:00.000005", None]
    if name == "a zone that nobody knows":
        assert [entry["id"] for entry in entries] == ["1970-01-01T00:00:00.001Z", "1970-01-01T00:00:00.005Z", None]
