"""normalize learn --copies, and clean that goes by it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from harness import Command, jsonl

AROUND = (
    "Kabar {0}. Menurut warga yang mengungsi ke balai desa itu, Gubernur {1} akan meninjau tanggul yang jebol. Sekian {0}."
)
HOLE = "Kabar {0}. Jalan yang lama rusak itu sudah diperbaiki oleh {1}, kata camat dalam rapat yang digelar di sana."
ROWS = [
    *({"id": n, "text": AROUND.format(n, "Yurika Nendriana")} for n in range(3)),
    {"id": 3, "text": AROUND.format(3, "Yurkia Nendriana")},
    {"id": 4, "text": HOLE.format(4, "")},
    {"id": 5, "text": HOLE.format(5, "Dinas Bina Marga")},
]


@pytest.fixture
def dump(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "dump.jsonl"
    path.write_bytes(jsonl(*ROWS))
    return path


def texts(path: Path) -> list[str]:
    return [json.loads(line)["text"] for line in path.read_bytes().splitlines()]


def test_copies_mend_a_name_and_tell_of_a_hole(normalize: Command, dump: Path) -> None:
    learnt = normalize("learn", "dump.jsonl", "-o", "learned", "--copies")
    assert (learnt.code, learnt.out) == (0, b"")
    assert "copies tell something at 2 places" in learnt.err
    assert "6 in = 6 learnt from + 0 bad" in learnt.err
    options = ("--learned", dump.parent / "learned", "--edits", "edits.jsonl")
    assert normalize("clean", "dump.jsonl", "-o", "out.jsonl", *options).code == 0
    assert texts(Path("out.jsonl")) == [row["text"] for row in ROWS[:3]] + [ROWS[3]["text"].replace("Yurkia", "Yurika")] + [
        row["text"] for row in ROWS[4:]
    ]
    log = [json.loads(line) for line in Path("edits.jsonl").read_bytes().splitlines()]
    findings = [finding for entry in log for finding in entry.get("findings", ()) if finding[3] == "copies.hole"]
    assert [finding[5] for finding in findings] == ["dump.jsonl:6 has 'Dinas Bina Marga,' here"]


def test_holes_are_filled_where_that_is_asked_for_and_emptied_again(normalize: Command, dump: Path) -> None:
    normalize("learn", "dump.jsonl", "-o", "learned", "--copies", "-q")
    options = ("--learned", dump.parent / "learned", "--fill-holes", "--edits", "edits.jsonl")
    normalize("clean", "dump.jsonl", "-o", "out.jsonl", *options)
    assert texts(Path("out.jsonl"))[4] == HOLE.format(4, "Dinas Bina Marga")
    again = normalize("clean", "out.jsonl", "-o", "twice.jsonl", "--learned", dump.parent / "learned", "--fill-holes")
    assert "0 edits in 0 records" in again.err
    assert normalize("undo", "out.jsonl", "--edits", "edits.jsonl", "-o", "back.jsonl").code == 0
    assert Path("back.jsonl").read_bytes() == dump.read_bytes()


def test_the_same_for_any_number_of_processes_and_inputs(normalize: Command, dump: Path) -> None:
    normalize("learn", "dump.jsonl", "-o", "one", "--copies", "-q")
    normalize("learn", "dump.jsonl", "-o", "two", "--copies", "-q", "-j", "2")
    assert Path("one", "copies.tsv").read_bytes() == Path("two", "copies.tsv").read_bytes()


def test_learning_anew_without_copies_leaves_none_behind(normalize: Command, dump: Path) -> None:
    normalize("learn", "dump.jsonl", "-o", "learned", "--copies", "-q")
    normalize("learn", "dump.jsonl", "-o", "learned", "-q")
    assert not Path("learned", "copies.tsv").exists()


def test_merged_folders_keep_what_their_copies_have(normalize: Command, dump: Path) -> None:
    normalize("learn", "dump.jsonl", "-o", "a", "--copies", "-q")
    normalize("learn", "dump.jsonl", "-o", "b", "-q")
    assert normalize("learn", "--merge", "a", "b", "-o", "a").code == 0
    assert len(Path("a", "copies.tsv").read_bytes().splitlines()) == 3


def test_standard_input_cannot_be_read_again(normalize: Command, dump: Path) -> None:
    result = normalize("learn", "-", "-o", "learned", "--copies", stdin=dump.read_bytes())
    assert result.code == 2
    assert "standard input cannot be read again" in result.err
    assert not Path("learned").exists()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("word\t00000000\tYurkia\tYurika\t3\t1", "copies.tsv:2: has 6 columns, not 7"),
        ("word\t00000000\tYurkia\tYurika\tmany\t1\tx", "'many' is no number of votes"),
        ("verse\t00000000\tYurkia\tYurika\t3\t1\tx", "'verse' is no kind of place"),
        ("hole\t00000000\t\t \t3\t1\tx", "' ' nothing to put there"),
    ],
)
def test_a_broken_table_is_told(normalize: Command, dump: Path, row: str, message: str) -> None:
    normalize("learn", "dump.jsonl", "-o", "learned", "--copies", "-q")
    table = Path("learned", "copies.tsv")
    table.write_text(table.read_text().splitlines()[0] + f"\n{row}\n")
    result = normalize("clean", "dump.jsonl", "-o", "out.jsonl", "--learned", dump.parent / "learned")
    assert result.code == 2
    assert message in result.err
