"""Data goes to standard output, whatever the streams are; nothing of a dump is obeyed by a terminal."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from harness import CLEAN, DIRTY, jsonl

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")

RECORD = {"id": 1, "text": DIRTY}
COMMANDS = {
    "check": ("check", "--format", "json"),
    "diff": ("clean", "--diff"),
    "clean": ("clean",),
    "dry run": ("clean", "--dry-run"),
    "undo": ("undo", "--edits", "log.jsonl"),
    "apply": ("apply", "--edits", "log.jsonl"),
}


class Terminal:
    """A pseudo-terminal, and what was written to it."""

    def __init__(self) -> None:
        self.ours, self.theirs = pty.openpty()

    def read(self) -> bytes:
        os.close(self.theirs)
        parts = []
        while True:
            try:
                part = os.read(self.ours, 65536)
            except OSError:  # no process has the other end any more
                break
            if not part:
                break
            parts.append(part)
        os.close(self.ours)
        return b"".join(parts).replace(b"\r\n", b"\n")


def run(folder: Path, arguments: tuple[str, ...], out: bool, err: bool, **options: str) -> tuple[int, bytes, bytes]:
    """Run a command with each of its streams a terminal or a file; returns its exit code and what came out."""
    streams = [Terminal() if is_terminal else (folder / name).open("w+b") for name, is_terminal in (("o", out), ("e", err))]
    handles = [stream.theirs if isinstance(stream, Terminal) else stream.fileno() for stream in streams]
    environment = {**os.environ, "COLUMNS": "40", "NO_COLOR": "1", "TERM": "xterm", **options}
    command = [sys.executable, "-m", "normalize", *arguments]
    code = subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=handles[0], stderr=handles[1], env=environment, check=False
    ).returncode
    found = []
    for stream in streams:
        if isinstance(stream, Terminal):
            found.append(stream.read())
        else:
            stream.seek(0)
            found.append(stream.read())
            stream.close()
    return code, found[0], found[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("terminal")
    (folder / "raw.jsonl").write_bytes(jsonl(RECORD))
    run(folder, ("clean", "raw.jsonl", "-o", "cleaned.jsonl", "--edits", "log.jsonl"), False, False)
    return folder


@pytest.mark.parametrize("name", COMMANDS)
def test_data_goes_to_standard_output_whatever_the_streams_are(folder: Path, name: str) -> None:
    source = "cleaned.jsonl" if name == "undo" else "raw.jsonl"
    arguments = (*COMMANDS[name], source)
    _, expected, _ = run(folder, arguments, out=False, err=False)
    assert expected
    for out, err in ((False, True), (True, False), (True, True)):
        _, found, messages = run(folder, arguments, out, err)
        assert found == expected, (out, err)
        assert expected not in messages


@pytest.mark.parametrize(("out", "err", "begins"), [(True, True, True), (False, True, False), (True, False, False)])
def test_messages_begin_a_line_behind_data_that_ends_none(folder: Path, out: bool, err: bool, begins: bool) -> None:
    (folder / "line.txt").write_text("Warga mengungsi.")
    _, found, messages = run(folder, ("clean", "line.txt"), out, err)
    assert found == b"Warga mengungsi."
    assert messages.startswith(b"\n") == begins


@pytest.mark.parametrize(
    "arguments",
    [
        ("clean", "raw.jsonl", "-o", "out.jsonl"),
        ("edits", "log.jsonl", "-o", "table.csv"),
        ("edits", "log.jsonl", "--raw", "raw.jsonl", "-o", "table.csv"),
        ("edits", "log.parquet", "-o", "table.csv"),
        ("init", "raw.jsonl", "--force"),
        ("learn", "learnt", "learnt", "-o", "merged", "--merge"),
    ],
    ids=" ".join,
)
def test_a_long_command_shows_how_far_it_is(folder: Path, arguments: tuple[str, ...]) -> None:
    if "log.parquet" in arguments:
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
        run(folder, ("edits", "log.jsonl", "-o", "log.parquet"), False, False)
    if "learnt" in arguments:
        run(folder, ("learn", "raw.jsonl", "-o", "learnt"), False, False)
    code, out, messages = run(folder, arguments, False, True, COLUMNS="120")
    assert (code, out) == (0, b"")
    assert re.search(rb"([\d.]+)/\1 (bytes|kB) .* MB/s, .*edits", messages)
    assert not re.search(rb"MB/s, .*edits", run(folder, arguments, False, False)[2])


EVIL = "\x1b]0;pwned\x07\x9b31m\u202e"


def is_harmless(shown: bytes) -> bool:
    """Whether a terminal is shown text only."""
    return not any(c in shown.decode() for c in "\x1b\x07\x9b\u202e")


SHOWING = [("clean", "--diff"), ("check",), ("check", "--format", "json"), ("clean", "-o", "out.jsonl")]


@pytest.mark.parametrize("arguments", SHOWING)
def test_nothing_of_a_dump_is_obeyed(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    name = f"a{EVIL}.jsonl"
    rows = [{"id": f"x{EVIL}", "text": f"{EVIL} Ia mengtakan hal itu.", f"k{EVIL}": 1}, {f"k{EVIL}": "Ia"}]
    (tmp_path / name).write_bytes(jsonl(*rows))
    command, *options = arguments
    _, out, err = run(tmp_path, (command, name, *options), True, False)
    assert is_harmless(out)
    assert is_harmless(err)
    assert b"x1b]0;pwned" in out + err or b"u001b]0;pwned" in out + err


@pytest.mark.parametrize("style", ["text", "json", "csv", "tsv", "log", "dolma"])
@pytest.mark.parametrize("count", [(), ("--count", "field")])
def test_nothing_of_a_log_is_obeyed(tmp_path: Path, style: str, count: tuple[str, ...]) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl({"id": f"x{EVIL}", f"k{EVIL}": f"{EVIL} Ia mengtakan hal itu."}))
    run(tmp_path, ("clean", "a.jsonl", "-o", "out.jsonl", "--edits", "log.jsonl", "--field", f"k{EVIL}"), False, False)
    _, out, err = run(tmp_path, ("edits", "log.jsonl", "--format", style, *count), True, False)
    assert is_harmless(out + err)


@pytest.mark.parametrize("name", ["a.csv", f"b{EVIL}.jsonl", f"c{EVIL}.xyz"])
def test_error_messages_are_harmless(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(f"a{EVIL},b\n1,2\n" if name == "a.csv" else "{")
    code, out, err = run(tmp_path, ("clean", name, "-o", "out"), False, False)
    assert code != 0
    assert is_harmless(out + err)


def test_explain_is_harmless(tmp_path: Path) -> None:
    for options in ((), ("--json",)):
        code, out, err = run(tmp_path, ("explain", f"{EVIL} Ia mengtakan hal itu.", *options), True, False)
        assert code == 0
        assert is_harmless(re.sub(rb"\x1b\[[0-9;]*m", b"", out) + err)  # but for the bold type of a table


def test_json_that_is_shown_says_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl({"id": f"x{EVIL}", "text": "Ia mengtakan hal itu."}))
    _, out, _ = run(tmp_path, ("check", "--format", "json", "a.jsonl"), False, False)
    assert json.loads(out)["id"] == f"x{EVIL}"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_that_lacks_characters_is_shown_escapes(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl({"id": "é→", "text": "→ Ia mengtakan hal itu."}))
    for arguments in (("clean", "--diff", "a.jsonl"), ("check", "a.jsonl"), ("explain", "→ Ia mengtakan hal itu.")):
        code, out, err = run(tmp_path, arguments, False, False, PYTHONIOENCODING=encoding)
        assert code in (0, 1)
        assert b"Traceback" not in err
        assert b"\\u2192" in out or arguments[0] != "clean"


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("arguments", ["clean raw.jsonl -o out.jsonl", "check raw.jsonl", "clean --lines", "rules"])
def test_closed_streams_cost_nothing(tmp_path: Path, closed: str, arguments: str) -> None:
    (tmp_path / "raw.jsonl").write_bytes(jsonl(RECORD))
    shell = f'exec "{sys.executable}" -m normalize {arguments} {closed}'
    result = subprocess.run(["sh", "-c", shell], cwd=tmp_path, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert b"Traceback" not in result.stderr
    assert result.returncode in (0, 1, 2)
    if "-o out.jsonl" in arguments:
        assert (tmp_path / "out.jsonl").read_bytes() == jsonl({"id": 1, "text": CLEAN})
        assert result.returncode == 0
