"""Looking before leaping: check, --diff, --dry-run."""

import json
import os
import pty
import subprocess
import sys

import pytest
from harness import CLEAN, DIRTY, jsonl


def test_check_finds_nothing_in_clean_texts(normalize, tmp_path):
    (tmp_path / "a.jsonl").write_bytes(jsonl({"text": CLEAN}))
    result = normalize("check", tmp_path / "a.jsonl")
    assert (result.code, result.out) == (0, b"")


def test_check_tells_file_line_rule_and_change(normalize, dirty):
    result = normalize("check", dirty)
    assert result.code == 1
    assert result.out.decode().startswith(f"{dirty}:2: text 5-6 characters.space: '\\xa0' -> ' ' (")


def test_check_as_json(normalize, dirty):
    (found,) = map(json.loads, normalize("check", dirty, "--format", "json").out.splitlines())
    assert {key: found[key] for key in ("line", "id", "field", "start", "end", "before", "after", "rule")} == {
        "line": 2,
        "id": 2,
        "field": "text",
        "start": 5,
        "end": 6,
        "before": "\u00a0",
        "after": " ",
        "rule": "characters.space",
    }


def test_check_shows_what_is_only_reported_and_does_not_count_it(normalize):
    text = b"Hujan turun.\nBaca juga: Banjir di Bogor\nWarga mengungsi."
    result = normalize("check", "--input-format", "txt", stdin=text)
    assert result.code == 0
    assert b"left as it is (boilerplate): 'Baca juga: Banjir di Bogor" in result.out


def test_check_fails_on_bad_records_and_files(normalize, dirty, tmp_path):
    with dirty.open("ab") as file:
        file.write(b"oops\n")
    assert normalize("check", dirty).code == 2
    assert normalize("check", tmp_path / "none.jsonl").code == 2


def test_what_clean_wrote_passes_check(normalize, dirty, tmp_path):
    normalize("clean", dirty, "-o", tmp_path / "out.jsonl")
    assert normalize("check", tmp_path / "out.jsonl").code == 0


def test_diff_shows_each_change_with_what_is_around_it(normalize, dirty):
    lines = normalize("clean", dirty, "--diff").out.decode().splitlines()
    assert lines[:2] == [f"@@ {dirty}:2 2 text @@", "-Harga\\xa0beras naik."]
    assert lines[2].startswith("+Harga beras naik.  # characters.space ")
    assert len(lines) == 3


def test_diff_with_an_output_writes_both(normalize, dirty, tmp_path):
    result = normalize("clean", dirty, "--diff", "-o", tmp_path / "out.jsonl")
    assert b"@@" in result.out
    assert CLEAN in (tmp_path / "out.jsonl").read_text()


@pytest.mark.parametrize(("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_diff_is_coloured_on_a_terminal(dirty, environment, coloured):
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "normalize", "clean", "--diff", str(dirty)]
    subprocess.run(command, stdout=theirs, stderr=subprocess.DEVNULL, env={**os.environ, **environment}, check=True)
    os.close(theirs)
    shown = os.read(ours, 10_000)
    os.close(ours)
    assert (b"\x1b[31m" in shown) is coloured


def test_dry_run_counts_and_writes_nothing(normalize, dirty, tmp_path):
    result = normalize("clean", dirty, "--dry-run", "-o", tmp_path / "out.jsonl")
    assert b"characters.space" in result.out
    assert sorted(os.listdir(tmp_path)) == ["dirty.jsonl"]


def test_quiet_and_verbose(normalize, dirty):
    assert normalize("clean", dirty, "--quiet").err == ""
    assert "characters.space" in normalize("clean", dirty, "--verbose").err


def test_a_progress_bar_on_a_terminal_only(dirty):
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "normalize", "clean", str(dirty)]
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, env={**os.environ, "TERM": "xterm"}, check=True)
    os.close(theirs)
    shown = os.read(ours, 100_000)
    os.close(ours)
    assert b"MB/s" in shown
    assert result.stdout.count(b"\n") == 3
    assert DIRTY.encode() not in result.stdout
