"""A run with --date-field decides the order of its dates in figures, and says at its end which it could not use."""

import gzip
import re

import pytest
from harness import CLEAN, jsonl, start

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
    assert "none of the 2 dates in the field \"date\" can be read ('9 jam lalu'): dates were not used" in result.err


@pytest.mark.parametrize("command", ["clean", "check"])
def test_how_many_dates_cannot_be_read_is_told(normalize, command):
    rows = jsonl(DATED, UNREAD, DATED, {"text": CLEAN})
    result = normalize(command, "--input-format", "jsonl", "--date-field", "date", stdin=rows)
    assert 'dates in the field "date": 2 read, 1 not (' in result.err


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
def test_nothing_is_told_of_unread_dates_otherwise(normalize, rows, options):
    result = normalize("clean", "--input-format", "jsonl", *options, stdin=jsonl(*rows))
    assert " not (" not in result.err
    assert "not used" not in result.err


@pytest.mark.parametrize("format", ["jsonl", "json"])
def test_the_order_of_dates_does_not_hang_on_how_an_input_comes(tmp_path, format):
    """The first batch decides it, and is the same for a file, a compressed file and a pipe."""
    rows = [{"text": CLEAN + " " * 1000, "date": "8/9/2024"} for _ in range(2000)]
    rows[1040] = rows[1041] = {"text": CLEAN, "date": "10/24/2024"}  # more than 1,000,000 bytes from the start
    data = jsonl(*rows) if format == "jsonl" else b"[" + jsonl(*rows).strip().replace(b"\n", b",\n") + b"]"
    file, packed = tmp_path / f"a.{format}", tmp_path / f"a.{format}.gz"
    file.write_bytes(data)
    packed.write_bytes(gzip.compress(data))
    options = ["--date-field", "date", "--output-format", format, "-j", 1]
    found = []
    for arguments, given in (([file], b""), ([packed], b""), (["-"], data)):
        out, err = start("clean", *arguments, *options, stdin=-1).communicate(given)
        found.append((re.findall("dates such as.*", err.decode()), out))
    assert found[0] == found[1] == found[2]
    assert "for want of evidence" in found[0][0][0]
