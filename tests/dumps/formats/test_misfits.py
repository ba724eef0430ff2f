"""Records in another format: each is written with all it has, or is a bad one, with what does not fit."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path

import pytest
from harness import CLEAN, DIRTY, Command, jsonl

# Values of a field in the first records of a dump, and in one of a later batch.
VALUES = {
    "a fraction among whole numbers": (3, 1.5),
    "a whole number among fractions": (1.5, 2**60 + 1),
    "a truth among numbers": (3, True),
    "a truth among fractions": (1.5, True),
    "a number among truths": (True, 1),
    "a text among numbers": (3, "x"),
    "a number among texts": ("x", 3),
    "one more member": ({"a": 1}, {"a": 1, "b": 2}),
    "another member": ({"a": 1}, {"b": 2}),
    "one more member in a list": ([{"a": 1}], [{"a": 1, "b": 2}]),
    "a fraction in a list": ([1], [1, 1.5]),
    "a fraction in an object": ({"a": 1}, {"a": 1.5}),
    "a list among objects": ({"a": 1}, [["a", 1]]),
    "an object without members": ({}, {}),
    "a member without members": ({"a": {}}, {"a": {}}),
    "an object without members in a list": ([{}], [{"a": 1}]),
    "something in an empty list": ([], [1]),
    "numbers of many digits": (0.12345678901234568, 1234567890123456789),
    "a large number": (3, 2**64),
    "a larger number": (2**70, 2**70),
    "a long list": ([1], list(range(20_000))),
    "null": (None, 1),
    "what fits": ({"a": [1, None], "b": "x"}, {"a": [], "b": None}),
    "a missing member": ({"a": 1, "b": "x"}, {"a": 2}),
    "a whole number among fractions that fits": (1.5, 2),
}


@pytest.mark.parametrize("suffix", ["parquet", "xlsx", "csv", "json"])
@pytest.mark.parametrize("name", VALUES)
def test_what_cannot_be_written_as_it_is_makes_a_bad_record(
    normalize: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, suffix: str
) -> None:
    pytest.importorskip(
        {"parquet": "pyarrow", "xlsx": "openpyxl"}.get(suffix, "json"), reason="its library is not installed"
    )
    monkeypatch.chdir(tmp_path)
    rows = [{"text": f"{DIRTY} {n}", "x": value, "more" * (n == 2): 1} for n, value in enumerate(VALUES[name] + (None,))]
    rows[0].pop("")
    rows[1].pop("")
    Path("a.jsonl").write_bytes(jsonl(rows[0]) * 5 + jsonl({"text": "y" * 20_000}) * 95 + jsonl(*rows[1:]))
    result = normalize("clean", "a.jsonl", "-o", f"out.{suffix}", "--rejects", "bad.jsonl", "-j", 1)
    assert result.code in (0, 1)
    assert "102 in = " in result.err
    Path("again.jsonl").touch()
    rejected = [json.loads(json.loads(line)["raw"]) for line in Path("bad.jsonl").read_bytes().splitlines()]
    if len(rejected) < 102:  # else there is not even a column
        assert normalize("clean", f"out.{suffix}", "-o", "again.jsonl", "-j", 1).code == 0
    written = [json.loads(line) for line in Path("again.jsonl").read_bytes().splitlines()]
    assert len(written) + len(rejected) == 102
    for row in rows[:2]:
        same = [one for one in rejected if one["text"] == row["text"]]
        kept = [one for one in written if one["text"] == row["text"].replace(DIRTY, CLEAN)]
        assert len(same) + len(kept) == (5 if row is rows[0] else 1)
        assert all(is_same(row["x"], one["x"]) for one in same + kept)


def is_same(value: object, read: object) -> bool:
    """Whether a value of JSON comes back as it was, as far as a table can tell it: a text, with nothing for null."""
    if isinstance(read, str) and not isinstance(value, str):
        return read == ("" if value is None else json.dumps(value, separators=(",", ":")))
    if isinstance(value, dict) and isinstance(read, dict):
        return all(is_same(value.get(key), read.get(key)) for key in {**value, **read})
    if isinstance(value, list) and isinstance(read, list):
        return len(value) == len(read) and all(map(is_same, value, read))
    return value == read and isinstance(value, bool) == isinstance(read, bool)


def test_values_of_types_that_only_parquet_has_are_written_alike(
    normalize: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    monkeypatch.chdir(tmp_path)
    types = {
        "bytes": (pa.binary(), b"\xff"),
        "decimal": (pa.decimal128(20, 5), Decimal("1.5")),
        "day": (pa.date32(), date(2024, 10, 25)),
        "hour": (pa.time64("ns"), time(1, 2, 3)),
        "nanoseconds": (pa.timestamp("ns"), 1_729_800_000_000_000_001),
        "zone": (pa.timestamp("us", "Asia/Jakarta"), datetime(2024, 10, 25, tzinfo=UTC)),
        "while": (pa.duration("ns"), 5_000),
        "map": (pa.map_(pa.string(), pa.timestamp("ns")), [("a", 1)]),
        "object": (pa.struct([("a", pa.list_(pa.timestamp("ns")))]), {"a": [1_729_800_000_000_000_001]}),
        "fraction": (pa.float32(), 0.1),
        "category": (pa.dictionary(pa.int8(), pa.string()), "x"),
    }
    columns = {name: pa.array([value, None], type) for name, (type, value) in types.items()}
    pq.write_table(pa.table({"text": [DIRTY, CLEAN], **columns}), "a.parquet")
    for suffix in ("csv", "xlsx", "jsonl", "json"):
        assert normalize("clean", "a.parquet", "-o", f"out.{suffix}", "-j", 1).code == 0
    assert normalize("clean", "out.xlsx", "-o", "again.csv", "-j", 1).code == 0
    assert Path("again.csv").read_bytes() == Path("out.csv").read_bytes()
    assert len(json.loads(Path("out.json").read_bytes())[0]) == len(types) + 1
