"""What is written to a pipe, a device or a file that is open already goes there: no file ever takes its place."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from harness import DIRTY, Command, jsonl

pytestmark = pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="pipes and open files have no names here")
# The command, with PIPE for what it is to write to, and how what is written there begins.
CALLS = {
    "clean": (("clean", "a.jsonl", "-o", "PIPE"), b'{"id": 1'),
    "a log": (("clean", "a.jsonl", "-o", "out.jsonl", "--edits", "PIPE"), b'{"normalize"'),
    "rejects": (("clean", "a.jsonl", "-o", "out.jsonl", "--rejects", "PIPE"), b'{"file"'),
    "a report": (("clean", "a.jsonl", "-o", "out.jsonl", "--report", "PIPE"), b"{"),
    "undo": (("undo", "cleaned.jsonl", "--edits", "log", "-o", "PIPE"), b'{"id": 1'),
    "what stays": (("undo", "cleaned.jsonl", "--edits", "log", "-o", "raw.jsonl", "--left", "PIPE"), b'{"normalize"'),
    "edits": (("edits", "log", "--format", "csv", "-o", "PIPE"), b"file"),
    "card": (("card", "report.json", "-o", "PIPE"), b"---"),
    "review": (("review", "log", "-o", "PIPE"), b"<!doctype html>"),
    "init": (("init", "a.jsonl", "--force", "-o", "PIPE"), b"# For"),
    "gold": (("noise", "cleaned.jsonl", "-o", "noisy.jsonl", "--gold", "PIPE"), b"{"),
}


@pytest.fixture
def folder(normalize: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("a.jsonl").write_bytes(jsonl({"id": 1, "text": DIRTY}, {"id": 2, "text": 5}))
    Path("good.jsonl").write_bytes(jsonl({"id": 1, "text": DIRTY}))
    normalize("clean", "good.jsonl", "-o", "cleaned.jsonl", "--edits", "log", "--report", "report.json", "-j", 1)
    return tmp_path


@pytest.mark.parametrize(("arguments", "begins"), CALLS.values(), ids=CALLS)
def test_a_pipe_stays_one_and_gets_what_is_written(
    normalize: Command, folder: Path, arguments: tuple[str, ...], begins: bytes
) -> None:
    pipe, got = folder / ("pipe.json" if "--report" in arguments else "pipe"), list[bytes]()
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()), daemon=True)
    reader.start()
    result = normalize(*(str(pipe) if one == "PIPE" else one for one in arguments))
    reader.join(30)
    assert stat.S_ISFIFO(pipe.lstat().st_mode), result.err
    assert result.code in (0, 1), result.err
    assert got
    assert got[0].startswith(begins)


@pytest.mark.parametrize("option", ["-o", "--edits", "--rejects"])
def test_the_name_of_an_open_file_is_not_replaced_nor_what_that_holds(folder: Path, option: str) -> None:
    """As /dev/stdout is such a name, where standard output goes to the end of a file."""
    Path("name").symlink_to("/proc/self/fd/1")
    Path("all").write_bytes(b"before\n")
    more = () if option == "-o" else ("-o", "out.jsonl")
    with Path("all").open("ab") as file:
        command = [sys.executable, "-m", "normalize", "clean", "a.jsonl", option, "name", *more, "-q"]
        subprocess.run(command, stdout=file, check=False)
    assert Path("name").is_symlink()
    assert Path("all").read_bytes().startswith(b"before\n{")


@pytest.mark.parametrize(
    "arguments",
    [
        ("clean", "a.jsonl", "--edits", "-"),
        ("clean", "a.jsonl", "--rejects", "-"),
        ("clean", "a.jsonl", "--rejects", "/dev/stdout"),
        ("clean", "a.jsonl", "--edits", "-", "--rejects", "-", "-o", "out.jsonl"),
        ("clean", "a.jsonl", "--diff", "--rejects", "-"),
        ("undo", "cleaned.jsonl", "--edits", "log", "--left", "-"),
        ("apply", "good.jsonl", "--edits", "log", "--rejects", "-"),
        ("noise", "good.jsonl", "--gold", "gold", "--rejects", "-"),
    ],
)
def test_two_things_do_not_go_to_standard_output_together(
    normalize: Command, folder: Path, arguments: tuple[str, ...]
) -> None:
    result = normalize(*arguments)
    assert (result.code, result.out) == (2, b"")
    assert "standard output cannot hold both" in result.err
    assert not Path("-").exists()
