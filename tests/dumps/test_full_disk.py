"""A disk that is full after so many bytes, wherever in a run that is: given again with more room, the run ends the same.

Writes to a file without a buffer take what there is room for, and only the next one fails.
"""

from __future__ import annotations

import errno
import io
import json
import os
import signal
from pathlib import Path
from typing import Any

import pytest
from harness import CLEAN, DIRTY, Command, jsonl, start

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


WHOLE = {
    "init": ("init", "a.jsonl", "--force", "-o", "written"),
    "card": ("card", "report.json", "-o", "written"),
    "review": ("review", "log", "-o", "written"),
    "edits": ("edits", "log", "--format", "csv", "-o", "written"),
    "edits to Parquet": ("edits", "log", "--format", "parquet", "-o", "written"),
    "report": ("clean", "a.jsonl", "-o", "out.jsonl", "--report", "written.json"),
}


@pytest.mark.parametrize("arguments", WHOLE.values(), ids=WHOLE)
@pytest.mark.parametrize("room", [0, 1, 100])
def test_a_file_that_is_written_whole_takes_no_place_where_it_does_not_fit(
    normalize: Command,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    small_disk: None,
    arguments: tuple[str, ...],
    room: int,
) -> None:
    monkeypatch.chdir(tmp_path)
    if "parquet" in arguments:
        pytest.importorskip("pyarrow")
    Path("a.jsonl").write_bytes(jsonl(*ROWS))
    normalize("clean", "a.jsonl", "-o", "out.jsonl", "--edits", "log", "--report", "report.json", "-j", 1)
    if "--report" not in arguments:
        Path("written").write_text("what was there before")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    SmallDisk.room = room
    result = normalize(*arguments)
    assert result.code == 2
    assert "disk is full" in result.err
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="files have no limit here")
@pytest.mark.parametrize(
    ("output", "most", "library"), [("o.xlsx", 3_000, "openpyxl"), ("o.parquet", 1_000, "pyarrow"), ("o.json", 300, "json")]
)
def test_what_is_made_of_the_records_at_the_end_is_whole_or_not_there(
    tmp_path: Path, output: str, most: int, library: str
) -> None:
    """Of files that may have so many bytes, as a library meets them that writes a file by itself."""
    import resource

    pytest.importorskip(library)
    (tmp_path / "a.jsonl").write_bytes(jsonl(*ROWS, *({"id": n, "text": "x" * n} for n in range(30))))

    def bounded() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    process = start("clean", "a.jsonl", "-o", output, cwd=tmp_path, preexec_fn=bounded)
    _, said = process.communicate()
    assert process.returncode == 2
    assert b"Traceback" not in said
    assert [path.name for path in tmp_path.iterdir() if path.suffix not in (".part", ".ledger")] == ["a.jsonl"]
