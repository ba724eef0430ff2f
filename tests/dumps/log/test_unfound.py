"""Entries of a log about records that are not there, or two about one text, never pass for done."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from harness import DIRTY, Command, jsonl

Change = Callable[[list[dict[str, object]]], object]
RAW = jsonl(*({"id": n, "text": f"{DIRTY} {n}"} for n in range(3)))
FAR = 2**63

# What is done to the lines of the log: the run, the input, and an entry for each of three records.
CHANGES: dict[str, Change] = {
    **{f"a record in line {n}": lambda log, n=n: log.append({**log[-1], "n": n}) for n in (4, 99, FAR, 2**80)},
    **{f"before all others, in line {n}": lambda log, n=n: log.insert(2, {**log[2], "n": n}) for n in (0, -1, -FAR)},
    "twice": lambda log: log.insert(3, log[2]),
    "another field": lambda log: log[3].update(field="title"),
}
OFFSETS = (-FAR, -1, FAR - 1, FAR, 2 * FAR, 2**100)
for place in OFFSETS:
    CHANGES[f"an edit at {place}"] = lambda log, place=place: log[3]["edits"][0].__setitem__(0, place)
    CHANGES[f"an edit up to {place}"] = lambda log, place=place: log[3]["edits"][0].__setitem__(1, place)
    CHANGES[f"a size of {place}"] = lambda log, place=place: log[3].update(size=place)
UNDONE: dict[str, Change] = {  # apply does not read it
    f"records before: {n}": lambda log, n=n: log[1].update(first=n) for n in (-5, 1, 5, FAR, 2**80)
}


@pytest.fixture
def cleaned(normalize: Command, tmp_path: Path) -> Path:
    (tmp_path / "raw.jsonl").write_bytes(RAW)
    arguments = ("-o", tmp_path / "out.jsonl", "--edits", tmp_path / "log.jsonl")
    assert normalize("clean", tmp_path / "raw.jsonl", *arguments).code == 0
    return tmp_path


def change_log(folder: Path, change: Change) -> None:
    log = folder / "log.jsonl"
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    change(lines)
    log.write_bytes(jsonl(*lines))


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize(("command", "source"), [("undo", "out.jsonl"), ("apply", "raw.jsonl")])
def test_a_log_about_something_else_is_told(
    normalize: Command, cleaned: Path, change: Change, command: str, source: str
) -> None:
    change_log(cleaned, change)
    result = normalize(command, cleaned / source, "--edits", cleaned / "log.jsonl")
    assert result.code == 1
    assert f"{source}" in result.err
    assert "the log" in result.err
    stopped = normalize(command, cleaned / source, "--edits", cleaned / "log.jsonl", "--on-error", "stop")
    assert stopped.code == 2


@pytest.mark.parametrize("change", UNDONE.values(), ids=UNDONE)
def test_a_log_about_other_lines_is_told(normalize: Command, cleaned: Path, change: Change) -> None:
    change_log(cleaned, change)
    result = normalize("undo", cleaned / "out.jsonl", "--edits", cleaned / "log.jsonl", "--match", "place")
    assert result.code == 1
    assert "records that are not there" in result.err or "is not about this text" in result.err


@pytest.mark.parametrize("left", [b"", b"\n", b"\n\n\n"])
def test_a_file_that_lost_records_is_told(normalize: Command, cleaned: Path, left: bytes) -> None:
    out = cleaned / "out.jsonl"
    out.write_bytes(b"".join(out.read_bytes().splitlines(True)[:1]) + left)
    result = normalize("undo", out, "--edits", cleaned / "log.jsonl", "--match", "place")
    assert result.code == 1
    assert "not there" in result.err
    assert result.out == RAW.splitlines(True)[0] + left
    assert normalize("undo", out, "--edits", cleaned / "log.jsonl", "--limit", 1).code == 0


LINES: dict[str, tuple[bytes, ...]] = {
    "txt": (DIRTY.encode(), b"", b"  "),
    "jsonl": (jsonl({"text": DIRTY}).strip(), b"", b" \t"),
    "csv": (DIRTY.encode() + b",1", b"", b" "),
}


@pytest.mark.parametrize("suffix", LINES)
@pytest.mark.parametrize("seed", range(5))
def test_the_first_records_are_undone_whatever_empty_lines_are_between(
    normalize: Command, tmp_path: Path, suffix: str, seed: int
) -> None:
    chance = random.Random(seed)
    lines = [line.replace(b"beras", b"beras " + b"x" * n) for n, line in enumerate(chance.choices(LINES[suffix], k=12))]
    raw, out, log = tmp_path / f"raw.{suffix}", tmp_path / f"out.{suffix}", tmp_path / "log"
    options = ["--lines"] if suffix == "txt" else []
    raw.write_bytes(b"text,n\n" * (suffix == "csv") + b"".join(line + b"\n" for line in lines))
    for limit in range(1, 8):
        (tmp_path / "log").unlink(missing_ok=True)
        assert normalize("clean", raw, "-o", out, "--edits", log, "--limit", limit, *options, "-j", 1).code == 0
        undone = normalize("undo", out, "--edits", log, *options, "-j", 1)
        assert undone.code == 0
        assert raw.read_bytes().startswith(undone.out)
        assert undone.out.count(DIRTY[-6:].encode()) == min(limit, sum(DIRTY[-6:].encode() in line for line in lines))
