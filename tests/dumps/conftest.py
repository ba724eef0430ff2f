"""The command as a user calls it, in this process; and a file to call it on."""

from __future__ import annotations

import io
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness import DIRTY, Command, Result, jsonl

from normalize import cli


@pytest.fixture
def normalize(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Iterator[Command]:
    """Calls the command with these arguments and standard input."""

    def call(*arguments: object, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "argv", ["normalize", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as end:
            cli.main()
        captured = capsysbinary.readouterr()
        return Result(end.value.code, captured.out, captured.err.decode())

    before = signal.getsignal(signal.SIGTERM)
    yield call
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def dirty(tmp_path: Path) -> Path:
    """Three records, the second of which needs a repair."""
    path = tmp_path / "dirty.jsonl"
    path.write_bytes(
        jsonl(
            {"id": 1, "text": "Hujan turun di Bandung."},
            {"id": 2, "text": DIRTY},
            {"id": 3, "text": "Warga mengungsi ke balai desa."},
        )
    )
    return path
