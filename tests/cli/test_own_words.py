"""Words to keep and rewrites of a user's own, on the command line and in a configuration."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from harness import Command, jsonl

ROWS = jsonl({"text": "Ia mengtakan jadual itu."})


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with files of a user's own, and a folder below from which the command is called."""
    (tmp_path / "data").mkdir()
    monkeypatch.chdir(tmp_path / "data")
    (tmp_path / "data" / "a.jsonl").write_bytes(ROWS)
    (tmp_path / "keep.txt").write_text("mengtakan\n")
    (tmp_path / "rows.tsv").write_text("jadual\tjadwal\tstyle\n")
    return tmp_path


def test_files_and_words_are_taken(normalize: Command, project: Path) -> None:
    for keep in (["--keep-words", "../keep.txt"], ["--keep-word", "mengtakan"]):
        result = normalize("clean", "a.jsonl", *keep, "--rewrites", "../rows.tsv")
        assert result.out == jsonl({"text": "Ia mengtakan jadwal itu."})


def test_a_configuration_names_them_from_its_own_folder(normalize: Command, project: Path) -> None:
    (project / "pyproject.toml").write_text('[tool.normalize]\nkeep-words = "keep.txt"\nrewrites = "rows.tsv"\n')
    assert normalize("clean", "a.jsonl").out == jsonl({"text": "Ia mengtakan jadwal itu."})


def test_the_log_tells_of_them(normalize: Command, project: Path) -> None:
    normalize("clean", "a.jsonl", "-o", "out.jsonl", "--edits", "plain.log")
    normalize("clean", "a.jsonl", "-o", "out.jsonl", "--edits", "own.log", "--keep-words", "../keep.txt")
    plain, own = (json.loads(Path(name).read_text().splitlines()[0]) for name in ("plain.log", "own.log"))
    assert own["options"]["keep_words"] == "../keep.txt"
    assert own["dictionaries"].startswith(plain["dictionaries"] + "+")


def test_a_run_is_not_resumed_with_other_words(normalize: Command, project: Path) -> None:
    options = ["clean", "a.jsonl", "-o", "out.jsonl", "--keep-words", "../keep.txt", "--resume"]
    normalize(*options)
    Path("out.jsonl.ledger").write_text(
        json.dumps({"version": "0.1.0", "dictionaries": "x", "options": {}, "inputs": []}) + "\n"
    )
    result = normalize(*options)
    assert result.code == 2
    assert "the dictionaries changed since the run began" in result.err


def test_a_bad_file_ends_the_run_before_it_begins(normalize: Command, project: Path) -> None:
    (project / "rows.tsv").write_text("jadual\n")
    result = normalize("clean", "a.jsonl", "-o", "out.jsonl", "--rewrites", "../rows.tsv")
    assert result.code == 2
    assert "rows.tsv:1: has 1 columns" in result.err
    assert not Path("out.jsonl").exists()


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such device here")
@pytest.mark.parametrize("option", ["--keep-words", "--rewrites"])
def test_a_file_without_end_is_not_read_whole(normalize: Command, project: Path, option: str) -> None:
    result = normalize("clean", "a.jsonl", option, "/dev/zero")
    assert (result.code, result.out) == (2, b"")
    assert "/dev/zero: is over 32,000,000 bytes" in result.err
