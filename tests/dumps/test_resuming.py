"""A stopped run is resumed only where nothing changed; every kind of output comes out the same."""

import os

import pytest
from harness import CLEAN, DIRTY, jsonl


def rows(start, count):
    return jsonl(*({"id": i, "text": DIRTY, "filler": "x" * 2000} for i in range(start, start + count)))


@pytest.fixture
def dump(tmp_path):
    """Three files of two or three batches each."""
    folder = tmp_path / "raw"
    folder.mkdir()
    for name, start, count in (("a", 0, 1200), ("b", 2000, 800), ("c", 4000, 1200)):
        (folder / f"{name}.jsonl").write_bytes(rows(start, count))
    return folder


def content(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("number", range(1, 8))
@pytest.mark.parametrize("output", ["out/", "all.jsonl.gz", "all.parquet", "all.csv"])
def test_every_kind_of_output_is_gone_on_with(normalize, stopped, dump, tmp_path, output, number):
    if "parquet" in output:
        pytest.importorskip("pyarrow")

    def command(name):
        target = tmp_path / name
        reports = ["--edits", target / "edits.jsonl.zst", "--rejects", target / "rejects.jsonl"]
        return ["clean", dump, "-o", f"{target}/{output}", *reports]

    normalize(*command("whole"))
    stopped(number, *command("resumed"))
    assert normalize(*command("resumed"), "--resume").code == 0
    assert content(tmp_path / "resumed") == content(tmp_path / "whole")


@pytest.mark.parametrize("number", range(1, 8))
def test_in_place_is_gone_on_with(normalize, stopped, dump, number):
    before = content(dump)
    stopped(number, "clean", dump, "--in-place", "--backup", ".bak")
    assert normalize("clean", dump, "--in-place", "--backup", ".bak", "--resume").code == 0
    cleaned = {name: data.replace(DIRTY.encode(), CLEAN.encode()) for name, data in before.items()}
    assert content(dump) == {**cleaned, **{f"{name}.bak": data for name, data in before.items()}}


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("input", "a.jsonl changed since the run began"),
        ("inputs", "the inputs are not those that the run began with"),
        ("option", "the options changed since the run began (skip: [], now ['date'])"),
        ("dictionaries", "the dictionaries changed since the run began"),
    ],
)
def test_resuming_is_refused_where_something_changed(normalize, stopped, dump, tmp_path, monkeypatch, what, message):
    out = tmp_path / "out.jsonl"
    more = []
    stopped(2, "clean", dump, "-o", out)
    if what == "input":
        os.utime(dump / "a.jsonl", (1, 1))
    elif what == "inputs":
        (dump / "d.jsonl").write_bytes(rows(0, 1))
    elif what == "option":
        more = ["--skip", "date"]
    else:
        ledger = tmp_path / "out.jsonl.ledger"
        ledger.write_text(ledger.read_text().replace('"dictionaries": "', '"dictionaries": "0', 1))
    result = normalize("clean", dump, "-o", out, "--resume", *more)
    assert result.code == 2
    assert message in result.err
    assert not out.exists()
    assert (tmp_path / "out.jsonl.ledger").exists()


@pytest.mark.parametrize("kept", [0, 1_500_000, None])
def test_what_is_gone_of_an_unfinished_output_is_done_again(normalize, stopped, dump, tmp_path, kept):
    out = tmp_path / "out.jsonl"
    stopped(3, "clean", dump, "-o", out)
    part = tmp_path / "out.jsonl.part"
    if kept is None:
        part.unlink()
    else:
        os.truncate(part, kept)
    result = normalize("clean", dump, "-o", out, "--resume")
    assert result.code == 0
    assert "the rest is done again" in result.err
    assert out.read_bytes().count(CLEAN.encode()) == 3200


def test_a_run_that_replaced_inputs_is_gone_on_with_unasked(normalize, stopped, dump, tmp_path):
    before, log = content(dump), tmp_path / "edits.jsonl"
    stopped(6, "clean", dump, "--in-place", "--edits", log)
    result = normalize("clean", dump, "--in-place", "--edits", log)
    assert result.code == 0
    assert "has replaced inputs here: it is continued" in result.err
    assert normalize("undo", dump, "--in-place", "--edits", log).code == 0
    assert content(dump) == before


@pytest.mark.parametrize("options", [(), ("--resume",)])
def test_a_lost_log_of_replaced_inputs_is_told(normalize, stopped, dump, tmp_path, options):
    log = tmp_path / "edits.jsonl"
    stopped(6, "clean", dump, "--in-place", "--edits", log)
    (tmp_path / "edits.jsonl.part").unlink()
    result = normalize("clean", dump, "--in-place", "--edits", log, *options)
    assert result.code == 2
    assert "inputs were replaced" in result.err


def test_a_fault_behind_replaced_inputs_costs_no_log(normalize, dump, tmp_path):
    (dump / "c.jsonl").write_text("oops\n")
    log = tmp_path / "edits.jsonl"
    assert normalize("clean", dump, "--in-place", "--edits", log, "--on-error", "stop").code == 2
    assert DIRTY.encode() not in (dump / "a.jsonl").read_bytes()
    assert (tmp_path / "edits.jsonl.part").read_bytes().count(b'"edits"') == 2000


def test_a_changed_standard_input_is_noticed(normalize, stopped, dump, tmp_path):
    data = (dump / "a.jsonl").read_bytes()
    arguments = ["clean", "--input-format", "jsonl", "-o", tmp_path / "out.jsonl"]
    stopped(2, *arguments, stdin=data)
    result = normalize(*arguments, "--resume", stdin=data.replace(b"filler", b"fuller"))
    assert result.code == 2
    assert "is not what the unfinished run read" in result.err
    assert normalize(*arguments, "--resume", stdin=data).code == 0
    assert (tmp_path / "out.jsonl").read_bytes() == data.replace(DIRTY.encode(), CLEAN.encode())


def test_without_resume_a_run_starts_over(normalize, stopped, dump, tmp_path):
    stopped(2, "clean", dump, "-o", tmp_path / "out.jsonl")
    result = normalize("clean", dump, "-o", tmp_path / "out.jsonl")
    assert result.code == 0
    assert "this one starts over" in result.err
    assert (tmp_path / "out.jsonl").read_bytes().count(b"\n") == 3200


def test_resume_begins_where_there_is_nothing_to_go_on_with(normalize, dump, tmp_path):
    assert normalize("clean", dump, "-o", tmp_path / "out.jsonl", "--resume").code == 0


def test_two_runs_do_not_write_the_same_file(normalize, dump, tmp_path):
    fcntl = pytest.importorskip("fcntl")
    with open(tmp_path / "out.jsonl.ledger", "ab") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        result = normalize("clean", dump, "-o", tmp_path / "out.jsonl")
    assert result.code == 2
    assert "another run is writing here" in result.err


def test_undo_is_gone_on_with(normalize, stopped, dump, tmp_path):
    out, log = tmp_path / "out", tmp_path / "edits.jsonl"
    normalize("clean", dump, "-o", out, "--edits", log)
    stopped(4, "undo", out, "--edits", log, "-o", tmp_path / "back")
    assert normalize("undo", out, "--edits", log, "-o", tmp_path / "back", "--resume").code == 0
    assert content(tmp_path / "back") == content(dump)
