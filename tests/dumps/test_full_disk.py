"""A disk that is full after so many bytes, wherever in a run that is: given again with more room, the run ends the same.

Writes to a file without a buffer take what there is room for, and only the next one fails.
"""

from __future__ import annotations

import errno
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from harness import CLEAN, DIRTY, Command, jsonl

from normalize.dumps.ledger import Ledger

ROWS = [{"id": n, "text": f"{DIRTY} {n}"} for n in range(3)]


class SmallDisk(io.FileIO):
    """A file on a disk that has room for so many bytes more; of a write it takes `at_once` at most."""

    room: int
    at_once: int

    def write(self, data: Any) -> int:
        taken = min(len(data), self.at_once, SmallDisk.room)
        if len(data) and not taken:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        SmallDisk.room -= taken
        return super().write(bytes(data[:taken]))


@pytest.fixture
def small_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(handle: int, mode: str, *arguments: object, **options: object) -> io.FileIO:
        return SmallDisk(handle, mode.replace("b", ""))

    monkeypatch.setattr(os, "fdopen", opened)
    SmallDisk.room, SmallDisk.at_once = 10**9, 10**9


def ended(folder: Path, normalize: Command, *options: str) -> tuple[int, dict[str, bytes]]:
    """The exit code of a run in place, and the files that are there then."""
    for name in ("a.jsonl", "b.jsonl"):
        if not (folder / name).exists():
            (folder / name).write_bytes(jsonl(*ROWS))
    result = normalize("clean", "a.jsonl", "b.jsonl", "--in-place", "--edits", "log", "-j", 1, *options)
    assert "Traceback" not in result.err
    return result.code, {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("options", [(), ("--resume",)])
def test_what_was_done_before_the_disk_was_full_is_not_lost(
    normalize: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_disk: None, options: tuple[str, ...]
) -> None:
    """Above all not the log of what was replaced, whatever of the ledger's line about it was written."""
    before = SmallDisk.room
    (tmp_path / "whole").mkdir()
    monkeypatch.chdir(tmp_path / "whole")
    assert ended(Path.cwd(), normalize)[0] == 0
    wanted = {path.name: path.read_bytes() for path in Path.cwd().iterdir()}
    assert sorted(wanted) == ["a.jsonl", "b.jsonl", "log"]
    for room in range(0, before - SmallDisk.room, 131):
        (tmp_path / str(room)).mkdir()
        monkeypatch.chdir(tmp_path / str(room))
        SmallDisk.room = room
        code, files = ended(Path.cwd(), normalize)
        assert code == 2
        assert all(files[name] in (jsonl(*ROWS), wanted[name]) for name in ("a.jsonl", "b.jsonl"))
        SmallDisk.room = 10**9
        code, files = ended(Path.cwd(), normalize, *options)
        assert (code, files) == (0, wanted), room


def test_a_write_that_takes_a_part_is_gone_on_with(
    normalize: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_disk: None
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(Ledger, "remove", Ledger.leave)
    SmallDisk.at_once = 7
    Path("a.jsonl").write_bytes(jsonl(*ROWS))
    assert normalize("clean", "a.jsonl", "-o", "out.jsonl", "--edits", "log", "-j", 1).code == 0
    assert Path("out.jsonl").read_bytes() == Path("a.jsonl").read_bytes().replace(DIRTY.encode(), CLEAN.encode())
    ledger = [json.loads(line) for line in Path("out.jsonl.ledger").read_bytes().splitlines()]
    assert [next(iter(line)) for line in ledger] == ["version", "batch", "placing", "placed", "closing"]
