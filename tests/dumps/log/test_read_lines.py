"""A log is read line by line, and no line without a bound."""

from __future__ import annotations

from pathlib import Path

import pytest

from normalize.dumps.errors import DumpError
from normalize.dumps.formats.compression import compressor
from normalize.dumps.log import file


@pytest.mark.parametrize("kind", ["", "gz", "bz2", "xz", "zst"])
def test_a_line_without_an_end_takes_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(file, "LINE_LIMIT", 2_000_000)
    log = tmp_path / "log"
    log.write_bytes(compressor(kind)(b"first\nsecond\n" + bytes(5_000_000)))
    lines = file.read_lines(log)
    assert [next(lines), next(lines)] == [b"first", b"second"]
    with pytest.raises(DumpError, match="line 3 is longer than 2,000,000 bytes"):
        next(lines)


@pytest.mark.parametrize("content", [b"", b"\n", b"a\n", b"a\n\nb\n", b"a\nb", b"\n\nb"])
def test_a_line_needs_its_end(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "log").write_bytes(content)
    lines = file.read_lines(tmp_path / "log")
    whole = content[: content.rfind(b"\n") + 1].split(b"\n")[:-1]
    assert [next(lines) for _ in whole] == whole
    with pytest.raises(DumpError if content and not content.endswith(b"\n") else StopIteration):
        next(lines)
