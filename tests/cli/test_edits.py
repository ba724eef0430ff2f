"""normalize edits: a log looked at, counted, sampled, joined with its texts, turned into other forms."""

from __future__ import annotations

import csv
import io
import json
import os
import threading
from pathlib import Path

import pytest
from harness import Command, jsonl

ROWS = [
    {"id": "a", "text": "Ia mengtakan hal itu dirumah.", "title": "Hujan turun ."},
    {"id": "b", "text": "Warga mengungsi."},
    {"id": "=c", "text": "Permohonan itu dapat di terima. Ia hadir, Senin (24/10/2024).", "title": None},
]
FIELDS = ("--field", "text", "--field", "title")


@pytest.fixture
def folder(normalize: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cleaned dump and its log; the second record was put aside."""
    monkeypatch.chdir(tmp_path)
    Path("raw.jsonl").write_bytes(jsonl(*ROWS))
    normalize("clean", "raw.jsonl", "-o", "out.jsonl", "--edits", "log.jsonl", "--rejects", "bad.jsonl", *FIELDS)
    return tmp_path


def shown(normalize: Command, *options: object) -> list[dict[str, object]]:
    return [json.loads(line) for line in normalize("edits", "log.jsonl", "--format", "json", *options).out.splitlines()]


def test_a_log_is_shown_a_line_an_edit(normalize: Command, folder: Path) -> None:
    lines = normalize("edits", "log.jsonl").out.decode().splitlines()
    assert "raw.jsonl:1: text 21-28 spelling.preposition: 'dirumah' -> 'di rumah' (0.98)" in lines
    assert any(line.startswith("raw.jsonl:3: text") and "left as it is (Senin, but" in line for line in lines)


@pytest.mark.parametrize(
    ("options", "befores"),
    [
        (["--where", "rule=spelling"], ["mengtakan", "dirumah", " "]),
        (["--where", "rule=spelling.*", "--limit", 2], ["mengtakan", "dirumah"]),
        (["--kind", "finding"], ["Senin (24/10/2024)"]),
        (["--where", "kind=edit and field=title"], [" ."]),
        (["--where", "note~Kamis"], ["Senin (24/10/2024)"]),
        (["--limit", 0], []),
    ],
)
def test_edits_are_chosen(normalize: Command, folder: Path, options: list[object], befores: list[str]) -> None:
    assert [row["before"] for row in shown(normalize, *options)] == befores


def test_a_sample_is_the_same_for_the_same_seed_and_in_order(normalize: Command, folder: Path) -> None:
    everything = shown(normalize)
    samples = [shown(normalize, "--sample", 3, "--seed", seed) for seed in range(8)]
    assert shown(normalize, "--sample", 3, "--seed", 5) == samples[5]
    assert len({json.dumps(sample) for sample in samples}) > 1
    for sample in samples:
        assert len(sample) == 3
        places = [everything.index(row) for row in sample]
        assert places == sorted(places)


def test_counts(normalize: Command, folder: Path) -> None:
    assert json.loads(normalize("edits", "log.jsonl", "--count", "family", "--format", "json").out) == {
        "spelling": 3,
        "date": 1,
        "spacing": 1,
    }
    assert normalize("edits", "log.jsonl", "--count", "change").out.decode().splitlines()[0].startswith("         1  ")
    assert normalize("edits", "log.jsonl", "--count", "field", "--format", "csv").out == b"field,count\ntext,4\ntitle,1\n"


def test_a_chosen_log_is_applied_and_undone(normalize: Command, folder: Path) -> None:
    assert normalize("edits", "log.jsonl", "--where", "rule=spelling.preposition", "-o", "some.jsonl.gz").code == 0
    made = normalize("apply", "raw.jsonl", "--edits", "some.jsonl.gz", "-o", "some-made.jsonl")
    assert made.code == 1  # the records put aside are bad ones again
    assert json.loads(Path("some-made.jsonl").read_bytes().splitlines()[0])["text"] == "Ia mengtakan hal itu di rumah."
    back = normalize("undo", "some-made.jsonl", "--edits", "some.jsonl.gz")
    assert back.out.splitlines()[0] == Path("raw.jsonl").read_bytes().splitlines()[0]


def test_a_log_turned_into_parquet_and_back_is_the_same(normalize: Command, folder: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    assert normalize("edits", "log.jsonl", "-o", "log.parquet").code == 0
    assert normalize("edits", "log.parquet", "-o", "again.jsonl").code == 0
    first, *rest = Path("again.jsonl").read_bytes().splitlines()
    assert rest == Path("log.jsonl").read_bytes().splitlines()[1:]
    assert "options" in json.loads(first)


@pytest.mark.parametrize("texts", [("--raw", "raw.jsonl"), ("--cleaned", "out.jsonl")])
def test_edits_are_shown_in_their_texts(normalize: Command, folder: Path, texts: tuple[str, str]) -> None:
    (row,) = shown(normalize, *texts, "--where", "before=dirumah")
    assert (row["left"], row["right"]) == ("Ia mengtakan hal itu ", ".")
    assert "+Ia mengatakan hal itu di rumah." in normalize("edits", "log.jsonl", *texts, "--format", "diff").out.decode()
    assert "in Ia mengtakan hal itu [dirumah]." in normalize("edits", "log.jsonl", *texts).out.decode()


def test_a_table_is_safe_in_a_spreadsheet(normalize: Command, folder: Path) -> None:
    normalize("edits", "log.jsonl", "--raw", "raw.jsonl", "-o", "table.csv")
    rows = list(csv.DictReader(io.StringIO(Path("table.csv").read_text())))
    assert [row["before"] for row in rows][:2] == ["mengtakan", "dirumah"]
    assert {row["id"] for row in rows} == {"a", "'=c"}
    assert rows[0]["right"].startswith(" hal itu")


def test_a_text_that_the_log_is_not_about_is_told(normalize: Command, folder: Path) -> None:
    Path("other.jsonl").write_bytes(jsonl({**ROWS[0], "text": "Ini bukan teksnya."}, *ROWS[1:]))
    result = normalize("edits", "log.jsonl", "--raw", "other.jsonl", "--format", "json")
    assert result.code == 1
    assert "other.jsonl:1: the log is not about this text" in result.err
    assert b'"Senin (24/10/2024)"' in result.out


def test_attributes_of_dolma_have_a_line_a_record(normalize: Command, folder: Path) -> None:
    out = normalize("edits", "log.jsonl", "--raw", "raw.jsonl", "--format", "dolma").out
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["a", "b", "=c"]


def test_a_log_comes_from_standard_input(normalize: Command, folder: Path) -> None:
    log = Path("log.jsonl").read_bytes()
    assert normalize("edits", "-", "--count", "kind", stdin=log).out == b"         4  edit\n         1  finding\n"
    undone = normalize("undo", "out.jsonl", "--edits", "-", stdin=log).out
    assert undone.splitlines()[0] == jsonl(ROWS[0]).rstrip()
    Path("names").write_text("out.jsonl\n")
    assert normalize("undo", "--files-from", "names", "--edits", "-", stdin=log).out == undone
    result = normalize("undo", "-", "--edits", "-", stdin=log)
    assert result.code == 2
    assert "cannot hold both the log and the data" in result.err


@pytest.mark.parametrize("command", [("edits", "pipe", "--count", "kind"), ("undo", "out.jsonl", "--edits", "pipe")])
def test_a_log_comes_through_a_pipe(normalize: Command, folder: Path, command: tuple[str, ...]) -> None:
    os.mkfifo("pipe")
    log = Path("log.jsonl").read_bytes()
    writing = threading.Thread(target=lambda: Path("pipe").write_bytes(log))
    writing.start()
    result = normalize(*command)
    writing.join()
    assert result.out == normalize(*(part.replace("pipe", "log.jsonl") for part in command)).out
    assert result.out


def test_a_log_goes_to_standard_output(normalize: Command, folder: Path) -> None:
    result = normalize("clean", "raw.jsonl", "-o", "again.jsonl", "--edits", "-", *FIELDS, "--rejects", "again.bad")
    assert [line for line in result.out.splitlines() if b'"n":' in line] == [
        line for line in Path("log.jsonl").read_bytes().splitlines() if b'"n":' in line
    ]
    for options in (
        [],
        ["-o", "x.jsonl", "--diff"],
        ["-o", "x.jsonl", "--resume"],
        ["-o", "x", "--edits-format", "parquet"],
    ):
        refused = normalize("clean", "raw.jsonl", "--edits", "-", *FIELDS, *options)
        assert (refused.code, refused.out) == (2, b"")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--where", ""], "expected a comparison"),
        (["--where", "rule=speling.slip"], "did you mean 'spelling.slip'?"),
        (["--where", "kind=edits"], "did you mean 'edit'?"),
        (["-o", "x.docx"], "its name is none of .jsonl, .parquet"),
        (["--format", "diff"], "needs the texts"),
        (["--format", "parquet"], "cannot be written to a stream"),
        (["--raw", "raw.jsonl", "-o", "x.jsonl"], "a log has no contexts"),
        (["--raw", "raw.jsonl", "--cleaned", "out.jsonl"], "exclude each other"),
        (["--raw", "missing.jsonl"], "missing.jsonl: no such file"),
        (["--limit", "1", "--sample", "1"], "exclude each other"),
        (["--count", "rule", "--format", "diff", "--raw", "raw.jsonl"], "counts are written as"),
    ],
)
def test_what_makes_no_sense_is_told(normalize: Command, folder: Path, options: list[str], message: str) -> None:
    result = normalize("edits", "log.jsonl", *options)
    assert (result.code, result.out) == (2, b"")
    assert message in result.err


def test_a_broken_log_is_told(normalize: Command, folder: Path) -> None:
    Path("cut.jsonl").write_bytes(Path("log.jsonl").read_bytes()[:-40])
    result = normalize("edits", "cut.jsonl")
    assert result.code == 2
    assert "is cut short" in result.err
    assert normalize("edits", "raw.jsonl").err.endswith("raw.jsonl: is not an edit log\n")
