"""A dataset card has the head that the hub reads, and says what was done, how right it is, and how to undo it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from harness import DIRTY, Command, jsonl

from normalize.dumps.report.card import size_category
from normalize.dumps.review.answers import Answer, append


@pytest.fixture
def report(normalize: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    rows = [{"id": i, "text": f"{DIRTY} Warga | <b>mengtakan</b> `hal` itu."} for i in range(3)]
    Path("raw.jsonl").write_bytes(jsonl(*rows))
    normalize("clean", "raw.jsonl", "-o", "out.jsonl", "--edits", "edits.jsonl", "--report", "report.json", "--skip", "date")
    return tmp_path / "report.json"


def test_the_card_tells_all(normalize: Command, report: Path) -> None:
    append(Path("review.jsonl"), [Answer("audit", "right", "characters.space", "\xa0", " ", n=i) for i in range(10)])
    options = ("--name", 'Berita "x"', "--licence", "cc-by-4.0", "--source", "From *kabar*.", "--audit", "review.jsonl")
    result = normalize("card", report, *options, "-o", "README.md")
    assert (result.code, result.out, result.err) == (0, b"", "")
    text = Path("README.md").read_text()
    head, body = text.removeprefix("---\n").split("\n---\n", 1)
    values = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    assert json.loads(values["license"]) == "cc-by-4.0"
    assert json.loads(values["pretty_name"]) == 'Berita "x"'
    assert "- n<1K" in head.splitlines()
    assert "From \\*kabar\\*." in body
    assert "| `characters.space` | 3 | " in body
    assert "10 of 10 (72.2% to 100.0%)" in body
    assert "not judged" in body
    assert "normalize undo out.jsonl --edits edits.jsonl" in body
    files = {file["role"]: file["sha256"] for file in json.loads(report.read_text())["run"]["files"]}
    assert all(files[role] in body for role in ("input", "output", "edits"))
    assert '"skip": ["date"]' in body


def test_no_text_is_taken_for_markup(normalize: Command, report: Path) -> None:
    out = normalize("card", report).out.decode()
    rows = [line for line in out.splitlines() if line.startswith("|")]
    assert any("\\<b\\>" in line for line in rows)
    assert "<b>" not in out
    for line in rows:
        assert line.replace("\\|", "").count("|") in (4, 5, 6, 3), line


@pytest.mark.parametrize(
    ("records", "category"), [(0, "n<1K"), (999, "n<1K"), (1000, "1K<n<10K"), (59_000, "10K<n<100K"), (10**15, "n>1T")]
)
def test_sizes_are_called_as_on_the_hub(records: int, category: str) -> None:
    assert size_category(records) == category


@pytest.mark.parametrize("content", [b"{}", b"[]", b"\xff", b'{"run": {}, "records": {}}'])
def test_what_is_no_report_is_told(normalize: Command, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.json").write_bytes(content)
    result = normalize("card", tmp_path / "x.json")
    assert result.code == 2
    assert "is no report" in result.err
