"""A log of a dump with hostile text in it, to be reviewed."""

from __future__ import annotations

from pathlib import Path

import pytest
from harness import Command, jsonl

EVIL = "\x1b[31m\u202e</script><script>alert(1)</script>"
TEXTS = [
    "Warga mengtakan hal itu dirumah mereka.",
    f"Warga mengtakan hal itu dirumah mereka. {EVIL} Hujan turun sejak pagi.",
    "Kepala desa pemeritnah itu datang , lalu pergi.",
]


@pytest.fixture
def log(normalize: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The edit log, with the dump beside it; the working folder is theirs."""
    monkeypatch.chdir(tmp_path)
    rows = [{"id": i, "text": text, "outlet": EVIL if i == 1 else "kabar"} for i, text in enumerate(TEXTS * 2)]
    Path("raw.jsonl").write_bytes(jsonl(*rows))
    assert normalize("clean", "raw.jsonl", "-o", "out.jsonl", "--edits", "edits.jsonl").code == 0
    return tmp_path / "edits.jsonl"
