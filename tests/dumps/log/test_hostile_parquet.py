"""A Parquet log that nobody wrote ends in a clear line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from harness import DIRTY, Command, jsonl

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")

CELLS: list[dict[str, object]] = [
    *({"section": value} for value in (5, 2**62, -3, None)),
    *({"id": value} for value in ("{", None, "[" * 5000)),
    *({"before": value} for value in (None, "\\\\N{x", "another")),
    *({name: None} for name in ("n", "field", "after", "start", "end", "rule", "confidence", "style", "kind")),
    *({"n": value} for value in (2**62, 0, -1)),
]
HEADS = (None, b"{", b"[]", b"{}", b"[1,2]", b'["{}"]', b'"x"', b"\xff", b'["x","y"]', b"[null,null]")


@pytest.fixture
def log(normalize: Command, tmp_path: Path) -> Path:
    (tmp_path / "raw.jsonl").write_bytes(jsonl(*({"id": n, "text": f"{DIRTY} {n}"} for n in range(3))))
    arguments = ("-o", tmp_path / "out.jsonl", "--edits", tmp_path / "log.parquet")
    assert normalize("clean", tmp_path / "raw.jsonl", *arguments).code == 0
    return tmp_path / "log.parquet"


def refused(normalize: Command, log: Path, table: Any, head: bytes | None) -> None:
    pq.write_table(table.replace_schema_metadata({b"normalize": head} if head is not None else {}), log)
    ways = [normalize("undo", log.with_name("out.jsonl"), "--edits", log, "--match", way) for way in ("auto", "place")]
    assert max(result.code for result in ways) in (1, 2)  # a wrong place does no harm where ids tell
    assert all("Traceback" not in result.err for result in ways)
    assert all(len(result.err) < 1000 for result in ways)


def head_of(log: Path) -> bytes:
    head: bytes = pq.ParquetFile(log).metadata.metadata[b"normalize"]
    return head


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell}"[:40])
def test_what_no_log_has_in_a_row(normalize: Command, log: Path, cell: dict[str, object]) -> None:
    table = pq.read_table(log)
    rows = table.to_pylist()
    rows[1].update(cell)
    refused(normalize, log, pa.Table.from_pylist(rows, schema=table.schema), head_of(log))


@pytest.mark.parametrize("head", HEADS)
def test_what_no_log_begins_with(normalize: Command, log: Path, head: bytes | None) -> None:
    refused(normalize, log, pq.read_table(log), head)


@pytest.mark.parametrize("column", ["section", "n", "id", "field", "kind", "start", "before", "after", "rule"])
def test_a_column_that_is_missing(normalize: Command, log: Path, column: str) -> None:
    refused(normalize, log, pq.read_table(log).drop_columns([column]), head_of(log))


def test_a_log_that_is_cut_or_overwritten(normalize: Command, log: Path) -> None:
    whole = log.read_bytes()
    for damaged in (whole[:10], whole[: len(whole) // 2], whole[:-5], whole[:40] + b"\xff" * 40 + whole[80:]):
        log.write_bytes(damaged)
        result = normalize("undo", log.with_name("out.jsonl"), "--edits", log)
        assert result.code == 2
        assert "is not an edit log, or damaged" in result.err
