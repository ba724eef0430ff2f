"""Compressed outputs are as small as their formats' own tools make them, or as is asked."""

from __future__ import annotations

import bz2
import gzip
import lzma
from pathlib import Path

import pytest
from harness import DIRTY, Command, jsonl

SUFFIXES = ("gz", "bz2", "xz", "zst")


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    words = ["warga", "banjir", "desa", "rumah", "hujan", "sungai", "pagi", "malam"]
    rows = [{"id": i, "text": f"{DIRTY} " + " ".join(words[(i * k) % 7] for k in range(1, 40))} for i in range(2000)]
    Path("raw.jsonl").write_bytes(jsonl(*rows))
    return Path("raw.jsonl")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_higher_level_is_smaller_and_says_the_same(normalize: Command, raw: Path, suffix: str) -> None:
    sizes = {}
    low, high = (0, 6) if suffix == "xz" else (1, 9)
    for level in (low, high):
        name = f"out{level}.jsonl.{suffix}"
        assert normalize("clean", raw, "-o", name, "--compression-level", level).code == 0
        sizes[level] = Path(name).stat().st_size
        assert normalize("clean", name, "--limit", 3).out == normalize("clean", raw, "--limit", 3).out
    assert sizes[high] < sizes[low]


def test_gzip_takes_the_level_of_its_tool(normalize: Command, raw: Path) -> None:
    normalize("clean", raw, "-o", "out.jsonl.gz")
    plain = normalize("clean", raw).out
    assert Path("out.jsonl.gz").stat().st_size == len(gzip.compress(plain, 6, mtime=0))


@pytest.mark.parametrize(
    ("name", "level", "message"),
    [
        ("out.jsonl.gz", 10, "--compression-level 10: gz has 1 to 9"),
        ("out.jsonl.zst", 23, "--compression-level 23: zst has 1 to 22"),
        ("out.jsonl", 5, "no output is compressed"),
        ("out.jsonl.gz", "x", "is not a valid integer"),
    ],
)
def test_a_level_that_makes_no_sense_is_told(normalize: Command, raw: Path, name: str, level: object, message: str) -> None:
    result = normalize("clean", raw, "-o", name, "--compression-level", level)
    assert result.code == 2
    assert message in result.err
    assert not Path(name).exists()


def test_undo_takes_a_level_too(normalize: Command, raw: Path) -> None:
    normalize("clean", raw, "-o", "out.jsonl", "--edits", "log")
    assert normalize("undo", "out.jsonl", "--edits", "log", "-o", "back.jsonl.xz", "--compression-level", 0).code == 0
    assert normalize("clean", "back.jsonl.xz", "--min-confidence", 1, "--skip", "*").out == raw.read_bytes()


UNPACK = {"gz": gzip.decompress, "bz2": bz2.decompress, "xz": lzma.decompress}


@pytest.mark.parametrize("suffix", UNPACK)
@pytest.mark.parametrize("records", [b"", b"no record\n"])
def test_what_got_no_records_can_be_unpacked(normalize: Command, tmp_path: Path, suffix: str, records: bytes) -> None:
    raw, out, bad = tmp_path / "raw.jsonl", tmp_path / f"out.jsonl.{suffix}", tmp_path / f"bad.jsonl.{suffix}"
    raw.write_bytes(records)
    again = (0, 1)
    for _ in again:
        assert normalize("clean", raw, "-o", out, "--rejects", bad).code == bool(records)
        assert UNPACK[suffix](out.read_bytes()) == b""
        assert UNPACK[suffix](bad.read_bytes()).count(b"\n") == bool(records)
    assert normalize("clean", out).code == 0
