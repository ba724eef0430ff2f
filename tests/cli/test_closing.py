"""The closing messages of a run; and a wrong call is refused before anything is written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from harness import CLEAN, DIRTY, Command, jsonl

from normalize.cli.closing import speed
from normalize.dumps.reader import InputState
from normalize.dumps.run import RunSummary
from normalize.dumps.tally import Tally


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_edits_by_family_and_findings_by_tag_are_told(normalize: Command, folder: Path) -> None:
    text = (
        f"Ia mengtakan hal itu dirumah. {DIRTY} Ia hadir, Senin (24/10/2024).\nBaca juga: Banjir di Tiga Kecamatan\nWarga."
    )
    Path("a.jsonl").write_bytes(jsonl({"text": text}))
    lines = normalize("clean", "a.jsonl").err.splitlines()
    assert lines[0] == "3 edits in 1 record: spelling 2, characters 1"
    assert lines[1] == "2 findings left as they are: boilerplate 1, date 1"
    assert re.fullmatch(r"[\d.]+ s(, [\d.]+ MB/s)?, (compiled|pure Python)", lines[2])
    assert lines[3] == "1 in = 1 out + 0 rejected"


def test_an_edit_of_two_families_counts_for_each_wherever_it_is_counted(normalize: Command, folder: Path) -> None:
    Path("a.jsonl").write_bytes(jsonl({"text": "Hujan turun.Wraga mengungsi."}))
    run = normalize("clean", "a.jsonl", "-o", "b.jsonl", "--edits", "log")
    assert run.err.startswith("1 edit in 1 record: glue 1, spelling 1\n")
    assert normalize("edits", "log", "--count", "family").out.split() == [b"1", b"glue", b"1", b"spelling"]


@pytest.mark.parametrize(("seconds", "said"), [(0.0, "0.0 s"), (0.96, "1.0 s"), (2.0, "2.0 s, 5.0 MB/s")])
def test_a_rate_is_told_where_there_was_time_to_measure_it(seconds: float, said: str) -> None:
    assert speed(RunSummary(Tally(), InputState(), seconds, 10_000_000)) == said


@pytest.mark.parametrize(
    ("command", "message"),
    [("clean", "1 edit in 1 record: "), ("check", "1 edit to make in 1 record: ")],
)
def test_the_words_fit_the_command(normalize: Command, dirty: Path, command: str, message: str) -> None:
    assert message in normalize(command, dirty).err


def test_undo_and_apply_have_words_of_their_own(normalize: Command, dirty: Path, tmp_path: Path) -> None:
    normalize("clean", dirty, "-o", tmp_path / "out.jsonl", "--edits", tmp_path / "log")
    assert "1 edit undone in 1 record: " in normalize("undo", tmp_path / "out.jsonl", "--edits", tmp_path / "log").err
    assert "1 edit made again in 1 record: " in normalize("apply", dirty, "--edits", tmp_path / "log").err


def test_dates_that_cannot_be_read_are_shown(normalize: Command, folder: Path) -> None:
    dates = ["2024-10-25", "kemarin", "kemarin", "9 jam lalu", "tadi", "barusan"]
    Path("a.jsonl").write_bytes(jsonl(*({"text": CLEAN, "date": date} for date in dates)))
    message = "dates in the field \"date\": 1 read, 5 not ('kemarin', '9 jam lalu', 'tadi')\n"
    for jobs in (1, 2):
        assert message in normalize("clean", "a.jsonl", "--date-field", "date", "-j", jobs).err


def test_files_that_are_passed_by_are_named(normalize: Command, folder: Path) -> None:
    Path("in").mkdir()
    for name in ("a.jsonl", "b.docx", "c", ".hidden"):
        Path("in", name).write_bytes(jsonl({"text": CLEAN}))
    message = "2 files passed by, named as no known format is: in/b.docx, in/c\n"
    assert message in normalize("clean", "in", "-o", "out").err
    assert message not in normalize("clean", "in", "-o", "again", "-q").err


def test_check_shows_what_stands_around_an_edit(normalize: Command, folder: Path) -> None:
    Path("a.txt").write_text("Ia tinggal dirumah neneknya.")
    line = normalize("check", "a.txt").out.decode()
    assert line.endswith("'dirumah' -> 'di rumah' (0.98) in Ia tinggal [dirumah] neneknya.\n")


def test_a_quiet_check_says_nothing(normalize: Command, dirty: Path) -> None:
    assert normalize("check", dirty, "-q") == (1, b"", "")
    assert normalize("check", dirty, "-q", "--format", "json").out.startswith(b'{"file":')


@pytest.mark.parametrize(
    ("files", "options", "message"),
    [
        (
            {"a.jsonl": {"text": CLEAN}, "b.jsonl": {"txt": CLEAN}},
            [],
            "b.jsonl: none of the records it begins with has a field",
        ),
        ({"a.jsonl": {"content": CLEAN}}, ["--field", "contnt"], "did you mean 'content'?"),
        ({"a.jsonl": {"text": CLEAN, "published": 1}}, ["--date-field", "publishd"], "did you mean 'published'?"),
        ({"a.jsonl": {"text": CLEAN, "uid": 1}}, ["--id-field", "uidd"], "did you mean 'uid'?"),
        ({"a.jsonl": {"text": CLEAN}}, ["-o", "out.docx"], "out.docx: .docx cannot be written: what can be is .txt, "),
        ({"a.jsonl": {"text": CLEAN}}, ["--skip", "speling"], "did you mean 'spelling'?"),
    ],
)
def test_a_wrong_call_is_told_before_anything_is_written(
    normalize: Command, folder: Path, files: dict[str, object], options: list[str], message: str
) -> None:
    for name, row in files.items():
        Path(name).write_bytes(jsonl(row))
    target = [] if "-o" in options else ["-o", "out/"]
    result = normalize("clean", *files, *target, *options)
    assert (result.code, result.out) == (2, b"")
    assert message in result.err
    assert {path.name for path in folder.iterdir()} == set(files)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--field", "isi"], 'b.csv: has no column "isi" (its columns: id, text)'),
        (["--outlet-field", "txt"], "did you mean 'text'?"),
    ],
)
def test_columns_of_every_table_are_looked_for_first(
    normalize: Command, folder: Path, options: list[str], message: str
) -> None:
    Path("a.csv").write_text(f"id,isi,txt,text\n1,{CLEAN},x,y\n")
    Path("b.csv").write_text(f"id,text\n1,{CLEAN}\n")
    result = normalize("clean", "a.csv", "b.csv", "-o", "out/", *options)
    assert result.code == 2
    assert message in result.err
    assert not Path("out").exists()
