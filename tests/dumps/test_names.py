"""Names and options by which a file would be lost, or that lead nowhere: told before anything is written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from harness import DIRTY, Command, jsonl

ROWS = jsonl({"id": 1, "text": DIRTY})


@pytest.fixture
def folder(normalize: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.jsonl").write_bytes(ROWS)
    normalize("clean", "a.jsonl", "-o", "cleaned.jsonl", "--edits", "log", "-q")
    return tmp_path


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def refused(normalize: Command, folder: Path, *arguments: str) -> str:
    """The message of a call that is refused, and changes no file."""
    before = content(folder)
    result = normalize(*arguments)
    assert result.code == 2
    assert "Traceback" not in result.err
    assert content(folder) == before
    return result.err


@pytest.mark.parametrize("suffix", [".part", ".finished"])
@pytest.mark.parametrize(
    "arguments",
    [
        ("clean", "o.jsonl{}", "--input-format", "jsonl", "-o", "o.jsonl"),
        ("clean", "a.jsonl", "-o", "o.jsonl", "--edits", "o.jsonl{}"),
        ("clean", "a.jsonl", "-o", "o.jsonl", "--rejects", "./o.jsonl{}"),
        ("clean", "a.jsonl", "-o", "l{}", "--edits", "l"),
        ("clean", "a.jsonl", "--in-place", "--edits", "a.jsonl{}"),
        ("clean", "a.jsonl", "-o", "o.jsonl", "--edits", "l", "--rejects", "l{}"),
        ("undo", "cleaned.jsonl", "--edits", "log", "-o", "o.jsonl", "--left", "o.jsonl{}"),
        ("noise", "a.jsonl", "-o", "o.jsonl", "--gold", "o.jsonl{}"),
    ],
)
def test_what_a_file_is_made_of_is_no_other_file_of_the_run(
    normalize: Command, folder: Path, suffix: str, arguments: tuple[str, ...]
) -> None:
    if arguments[1] == "o.jsonl{}":
        Path(f"o.jsonl{suffix}").write_bytes(ROWS)
    said = refused(normalize, folder, *(one.format(suffix) for one in arguments))
    assert "until it is whole: give it another name" in said


@pytest.mark.parametrize(
    "arguments",
    [
        ("clean", "a.jsonl", "-o", "o.jsonl", "--edits", "o.jsonl.ledger"),
        ("clean", "a.jsonl", "--in-place", "--edits", "a.jsonl.ledger"),
        ("undo", "cleaned.jsonl", "--edits", "log", "-o", "o.jsonl", "--rejects", "o.jsonl.ledger"),
    ],
)
def test_nor_is_the_ledger(normalize: Command, folder: Path, arguments: tuple[str, ...]) -> None:
    assert "is an input or output of this run already" in refused(normalize, folder, *arguments)


@pytest.mark.parametrize("suffix", [".part", ".finished", ".ledger", "/", "/x", "x/../y", "x" * 300])
def test_a_suffix_of_backups_that_no_backup_can_have(normalize: Command, folder: Path, suffix: str) -> None:
    refused(normalize, folder, "clean", "a.jsonl", "--in-place", "--edits", "l", "--backup", suffix)


@pytest.mark.parametrize("target", ["loop", "nothing", "folder"])
def test_links_that_lead_to_no_file(normalize: Command, folder: Path, target: str) -> None:
    Path("folder").mkdir()
    Path("loop").symlink_to("link")
    Path("link").symlink_to(target)
    refused(normalize, folder, "clean", "link")
    refused(normalize, folder, "clean", "lin*", "-o", "o.jsonl")
    if target != "folder":
        assert normalize("clean", "a.jsonl", "-o", "link", "--edits", "l").code == 0  # it is replaced, not followed
        assert Path("link").read_bytes() == Path("cleaned.jsonl").read_bytes()
        os.remove("link")
        Path("link").symlink_to(target)
        assert normalize("clean", "a.jsonl", "-o", "o.jsonl", "--edits", "link").code == 0
        assert Path("link").read_bytes().startswith(b'{"normalize"')


@pytest.mark.parametrize("chosen", [("--limit", "0"), ("--limit", "1"), ("--sample", "1")])
@pytest.mark.parametrize(
    "arguments",
    [
        ("clean", "a.jsonl", "--edits", "l"),
        ("undo", "cleaned.jsonl", "--edits", "log"),
        ("apply", "a.jsonl", "--edits", "log"),
    ],
)
def test_a_part_does_not_take_the_place_of_the_whole(
    normalize: Command, folder: Path, arguments: tuple[str, ...], chosen: tuple[str, str]
) -> None:
    """Of the records that are not chosen no log would tell."""
    assert "--in-place would lose the rest" in refused(normalize, folder, *arguments, *chosen, "--in-place")
