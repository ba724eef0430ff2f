"""A run with --date-field decides the order of its dates in figures, and says at its end which it could not use."""

import json

import pytest
from harness import CLEAN, jsonl

from normalize.dumps.writer import Writer

DATED = {"text": "Ia ditahan Kamis (24/10/2014) malam.", "date": "2024-10-25"}
UNREAD = {"text": CLEAN, "date": "9 jam lalu"}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_field_that_no_record_has_is_told(normalize, tmp_path, jobs):
    for name in "ab":
        (tmp_path / f"{name}.jsonl").write_bytes(jsonl(DATED, DATED))
    inputs = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    result = normalize("clean", *inputs, "--date-field", "tanggal", "-j", jobs)
    assert 'no record has a date in the field "tanggal": dates were not used' in result.err
    assert result.code == 0


def test_empty_dates_are_none(normalize):
    rows = jsonl({"text": CLEAN, "date": None}, {"text": CLEAN, "date": ""})
    result = normalize("clean", "--input-format", "jsonl", "--date-field", "date", stdin=rows)
    assert 'no record has a date in the field "date"' in result.err


def test_dates_of_which_none_can_be_read_are_told(normalize):
    result = normalize("clean", "--input-format", "jsonl", "--date-field", "date", stdin=jsonl(UNREAD, UNREAD))
    assert """none of the 2 dates in the field "date" can be read (the first is '9 jam lalu')""" in result.err


@pytest.mark.parametrize("command", ["clean", "check"])
def test_how_many_dates_cannot_be_read_is_told(normalize, command):
    rows = jsonl(DATED, UNREAD, DATED, {"text": CLEAN})
    result = normalize(command, "--input-format", "jsonl", "--date-field", "date", stdin=rows)
    assert '1 of the 3 dates in the field "date" cannot be read and were not used' in result.err


@pytest.mark.parametrize(
    ("rows", "options"),
    [
        ([DATED, {"text": CLEAN}], ["--date-field", "date"]),
        ([UNREAD], []),
        ([UNREAD], ["--date-field", "date", "-q"]),
        ([], ["--date-field", "date"]),
        ([{"title": "no text"}], ["--date-field", "date"]),
    ],
)
def test_nothing_is_told_of_dates_otherwise(normalize, rows, options):
    assert "in the field" not in normalize("clean", "--input-format", "jsonl", *options, stdin=jsonl(*rows)).err


TEXT = "Ia ditahan Sabtu (9/8/2015) malam."  # 9 August 2025 was a Saturday
MENDED = "Ia ditahan Sabtu (9/8/2025) malam."
UNCLEAR = {"text": TEXT, "date": "8/9/2025 20:43"}
MONTH_FIRST = [{"text": CLEAN, "date": date} for date in ("10/21/2025 20:43", "8/19/2025 07:01")]
FILLER = [{"text": CLEAN, "date": "8/8/2025", "filler": "x" * 2000}] * 1000  # two batches


def texts(data):
    return [json.loads(line)["text"] for line in data.splitlines()]


@pytest.mark.parametrize("jobs", [1, 2])
def test_days_above_12_tell_that_a_file_is_month_first_in_all_its_batches(normalize, tmp_path, jobs):
    path, out = tmp_path / "news.jsonl", tmp_path / "out.jsonl"
    path.write_bytes(jsonl(*MONTH_FIRST, *FILLER, UNCLEAR))
    result = normalize("clean", path, "-o", out, "--date-field", "date", "-j", jobs)
    assert texts(out.read_bytes())[-1] == MENDED
    assert "dates such as 10/21/2025 20:43 were read month first" in result.err
    assert "cannot be read" not in result.err


def test_each_file_has_its_own_order(normalize, tmp_path):
    day_first = [{"text": CLEAN, "date": date} for date in ("21/10/2025", "19/8/2025", "8/9/2025")]
    for name, rows in (("a", [*MONTH_FIRST, UNCLEAR]), ("b", [*day_first, UNCLEAR])):
        (tmp_path / f"{name}.jsonl").write_bytes(jsonl(*rows))
    result = normalize("clean", tmp_path / "a.jsonl", tmp_path / "b.jsonl", "--date-field", "date")
    assert [text for text in texts(result.out) if text != CLEAN] == [MENDED, TEXT]


def test_dates_in_the_texts_tell_the_order(normalize):
    confirmed = {"text": "Hujan turun Sabtu (9/8/2025).", "date": "8/9/2025"}
    rows = jsonl(confirmed, {"text": "Hujan turun Minggu (10/8/2025).", "date": "8/10/2025"}, UNCLEAR)
    result = normalize("clean", "--input-format", "jsonl", "--date-field", "date", stdin=rows)
    assert texts(result.out)[-1] == MENDED
    assert "dates such as 8/9/2025 were read month first" in result.err


def test_where_nothing_tells_the_order_it_is_said(normalize):
    result = normalize("clean", "--input-format", "jsonl", "--date-field", "date", stdin=jsonl(UNCLEAR))
    assert texts(result.out) == [TEXT]
    assert "<stdin>: dates such as 8/9/2025 20:43 were read day first, though nothing tells" in result.err


@pytest.mark.parametrize(("order", "text"), [("mdy", MENDED), ("dmy", TEXT)])
def test_the_order_may_be_given(normalize, order, text):
    arguments = ("--input-format", "jsonl", "--date-field", "date", "--date-order", order)
    result = normalize("clean", *arguments, stdin=jsonl(UNCLEAR))
    assert texts(result.out) == [text]
    assert "were read" not in result.err


def test_a_run_that_is_resumed_keeps_the_order(normalize, tmp_path, monkeypatch):
    path, out = tmp_path / "news.jsonl", tmp_path / "out.jsonl"
    path.write_bytes(jsonl(*MONTH_FIRST, *FILLER, UNCLEAR))
    take = Writer.take

    def first_only(self, result):
        if result.number:
            raise KeyboardInterrupt
        take(self, result)

    with monkeypatch.context() as patch:
        patch.setattr(Writer, "take", first_only)
        normalize("clean", path, "-o", out, "--date-field", "date")
    assert not out.exists()
    normalize("clean", path, "-o", out, "--date-field", "date", "--resume")
    assert texts(out.read_bytes())[-1] == MENDED


def test_relative_dates_are_read_from_when_the_dump_was_crawled(normalize, tmp_path):
    rows = jsonl({"text": TEXT, "date": "20 jam lalu"})
    arguments = ("clean", "--input-format", "jsonl", "--date-field", "date", "--crawled")
    for moment in ("2025-08-10", "2025-08-10T12:30", "10 Agustus 2025"):
        assert texts(normalize(*arguments, moment, stdin=rows).out) == [MENDED]
    result = normalize(*arguments, "entah", stdin=rows)
    assert result.code == 2
    assert "'entah' is no date" in result.err


def test_a_run_with_all_of_it_can_be_logged(normalize, tmp_path):
    path, out, log = (tmp_path / name for name in ("news.jsonl", "out.jsonl", "edits.jsonl"))
    path.write_bytes(jsonl({"text": TEXT, "date": "20 jam lalu"}))
    options = ("--date-field", "date", "--date-order", "dmy", "--crawled", "2025-08-10")
    assert normalize("clean", path, "-o", out, "--edits", log, *options).code == 0
    assert "2025-08-10" in log.read_text()
