"""Every command with streams that are closed, full or of an odd encoding: it says so, or does its work as ever."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from harness import DIRTY, jsonl

from normalize.cli import COMMANDS

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="these streams are POSIX systems'")]
CALLS = {
    "clean": ("clean", "-", "--input-format", "jsonl", "--edits", "log.jsonl"),
    "clean to a file": ("clean", "raw.jsonl", "-o", "out.jsonl", "-v", "--rejects", "bad.jsonl"),
    "diff": ("clean", "raw.jsonl", "--diff"),
    "check": ("check", "raw.jsonl"),
    "undo": ("undo", "cleaned.jsonl", "--edits", "before.jsonl"),
    "apply": ("apply", "raw.jsonl", "--edits", "before.jsonl", "-o", "again.jsonl"),
    "compare": ("compare", "before.jsonl", "before.jsonl"),
    "review": ("review", "before.jsonl"),
    "audit": ("audit", "before.jsonl"),
    "card": ("card", "report.json", "-o", "card.md"),
    "explain": ("explain", "Ia mengtakan “hal” itu kemarin\xa0 \udcff."),
    "rules": ("rules",),
    "learn": ("learn", "raw.jsonl", "-o", "learned"),
    "noise": ("noise", "cleaned.jsonl", "-o", "noisy.jsonl", "--gold", "gold.jsonl"),
    "edits": ("edits", "before.jsonl"),
    "init": ("init", "raw.jsonl", "-o", "made.toml"),
    "bench": ("bench", "raw.jsonl", "--no-peers", "--turns", "1"),
}
RAW = jsonl({"id": "é", "text": DIRTY}, {"id": "\x1b", "text": "“Ia” mengtakan."}, {"id": 3, "text": 5})
LOG = (
    b'{"normalize": "0", "options": {"fields": ["text"], "id_field": "id"}}\n'
    b'{"input": "raw.jsonl", "output": "cleaned.jsonl", "first": 0}\n'
    b'{"n": 1, "id": 1, "field": "text", "size": 3, "edits": [[1, 2, "\\u00a0", " ", "characters.space", 0.9]]}\n'
)
CLEANED = jsonl({"id": 1, "text": "é b"})
REPORT = b"""{"run": {"normalize": "0", "dictionaries": "9f", "python": "3", "options": {}, "files": []},
"records": {"in": 1, "out": 1, "changed": 0, "equation": "1 in"}, "edits": {}, "findings": {}, "words": [], "marks": []}"""
READS_STDIN = {"clean", "audit"}
TIMES = {"bench"}  # what it prints is never the same
ODD = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


class Ending(NamedTuple):
    """How a command ended: its exit code, what it wrote to its streams, and to files."""

    code: int
    out: bytes
    err: bytes
    files: dict[str, bytes]


def close(*handles: int) -> Callable[[], None]:
    def call() -> None:
        for handle in handles:
            os.close(handle)

    return call


WAYS: dict[str, tuple[dict[str, str], Callable[[], None] | None]] = {
    "odd encoding": (ODD, None),
    "stdin closed": ({}, close(0)),
    "stdout closed": ({}, close(1)),
    "stderr closed": ({}, close(2)),
    "all closed": ({}, close(0, 1, 2)),
    "stdout full": ({}, lambda: os.dup2(os.open("/dev/full", os.O_WRONLY), 1) and None),
    "stderr full": ({}, lambda: os.dup2(os.open("/dev/full", os.O_WRONLY), 2) and None),
}


def run(name: str, folder: Path, environment: dict[str, str], prepare: Callable[[], None] | None) -> Ending:
    """Run a command in a folder of its own."""
    folder.mkdir()
    before = {"raw.jsonl": RAW, "cleaned.jsonl": CLEANED, "before.jsonl": LOG, "report.json": REPORT}
    for file, data in before.items():
        (folder / file).write_bytes(data)
    process = subprocess.run(
        [sys.executable, "-m", "normalize", *CALLS[name]],
        cwd=folder,
        input=before["raw.jsonl"] if name in READS_STDIN else b"",
        capture_output=True,
        env={**os.environ, **environment},
        preexec_fn=prepare,
        check=False,
    )
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return Ending(process.returncode, process.stdout, process.stderr, {k: v for k, v in files.items() if k not in before})


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Ending]:
    """Runs a command with streams as they mostly are, once."""
    found: dict[str, Ending] = {}

    def call(name: str) -> Ending:
        if name not in found:
            found[name] = run(name, tmp_path_factory.mktemp("usual") / "folder", {}, None)
        return found[name]

    return call


def test_every_command_is_called() -> None:
    assert {arguments[0] for arguments in CALLS.values()} == {*COMMANDS}


@pytest.mark.parametrize("name", CALLS)
def test_streams(name: str, usual: Callable[[str], Ending], tmp_path: Path) -> None:
    expected = usual(name)
    assert expected.code in (0, 1, 2)
    for way, (environment, prepare) in WAYS.items():
        found = run(name, tmp_path / way, environment, prepare)
        assert b"Traceback" not in found.err + found.out, (way, found)
        assert b"Exception ignored" not in found.err, (way, found)
        if prepare is None:
            assert found.code == expected.code, (way, found)
            assert found.files == expected.files, way
            assert name in TIMES or found.out.isascii() or found.out == expected.out, (way, found.out)
        elif way in ("stdin closed", "all closed") and name in READS_STDIN:
            assert found.code in (0, 1, 2), (way, found)
        elif expected.out and way in ("stdout closed", "all closed", "stdout full"):
            assert found.code == 2, (way, found)
            assert way == "all closed" or found.err, way
        else:
            assert found.code == expected.code, (way, found)
            assert found.files == expected.files, way
            assert way != "stderr full" or name in TIMES or found.out == expected.out
        shutil.rmtree(tmp_path / way)
