"""Links, locks, other people's files and records beyond all bounds, where a run reads and writes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from harness import CLEAN, DIRTY, Command, jsonl, start

from normalize.dumps.errors import DumpError
from normalize.dumps.sink import Extent, FileSink


@pytest.mark.parametrize("suffix", [".part", ".ledger"])
@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_no_link_in_the_place_of_our_files_is_followed(
    normalize: Command, dirty: Path, tmp_path: Path, suffix: str, link: Callable[[Path, str], None]
) -> None:
    victim, out = tmp_path / "victim", tmp_path / "out.jsonl"
    victim.write_text("precious")
    link(victim, f"{out}{suffix}")
    for arguments in ((), ("--resume",)):
        normalize("clean", dirty, "-o", out, *arguments)
        assert victim.read_text() == "precious"


def test_an_output_has_one_writer(tmp_path: Path) -> None:
    first = FileSink(tmp_path / "out")
    first.write(b"first")
    with pytest.raises(DumpError, match="another run is writing here"):
        FileSink(tmp_path / "out")
    with pytest.raises(DumpError, match="another run is writing here"):
        FileSink(tmp_path / "out", resume_at=Extent(0, 0))
    first.commit()
    assert (tmp_path / "out").read_bytes() == b"first"
    second = FileSink(tmp_path / "out")
    second.discard()
    assert (tmp_path / "out").read_bytes() == b"first"
    assert os.listdir(tmp_path) == ["out"]


def test_a_ledger_that_goes_while_it_is_opened_is_no_ledger(
    normalize: Command, dirty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another run ends between the opening and the lock: what is locked then has no name any more."""
    path = tmp_path / "out.jsonl.ledger"

    def locked(file: BinaryIO, at: Path) -> None:
        if at == path:
            path.unlink()

    monkeypatch.setattr("normalize.dumps.ledger.lock", locked)
    result = normalize("clean", dirty, "-o", tmp_path / "out.jsonl", "-j", 1)
    assert result.code == 2
    assert "another run is writing here" in result.err


def test_a_lock_goes_with_its_process(tmp_path: Path) -> None:
    program = "import os, pathlib, sys; from normalize.dumps.sink import FileSink\n"
    program += "FileSink(pathlib.Path(sys.argv[1])).write(b'half'); os.kill(os.getpid(), 9)"
    killed = subprocess.run([sys.executable, "-c", program, str(tmp_path / "out")], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert (tmp_path / "out.part").read_bytes() == b"half"
    sink = FileSink(tmp_path / "out")
    sink.write(b"whole")
    sink.commit()
    assert (tmp_path / "out").read_bytes() == b"whole"


def test_two_runs_on_one_file_with_ledgers_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    rows = [{"id": n, "text": f"{DIRTY} {n}"} for n in range(4000)]
    (tmp_path / "raw" / "x.jsonl").write_bytes(jsonl(*rows))
    runs = [
        start("clean", tmp_path / "raw", "-o", f"{tmp_path / 'out'}{os.sep}", "-q", "--skip", "spelling"),
        start("clean", tmp_path / "raw" / "x.jsonl", "-o", tmp_path / "out" / "x.jsonl", "-q", "--skip", "characters"),
    ]
    errors = [run.communicate()[1].decode() for run in runs]
    codes = [run.returncode for run in runs]
    assert 0 in codes
    for code, error in zip(codes, errors, strict=True):
        assert code == 0 or "another run is writing here" in error
    if 2 in codes:
        expected = CLEAN if codes[0] == 0 else DIRTY
        assert json.loads((tmp_path / "out" / "x.jsonl").read_bytes().splitlines()[0])["text"].startswith(expected)
    assert os.listdir(tmp_path / "out") == ["x.jsonl"]


@pytest.mark.parametrize("damage", [b"", b"\0" * 30, b"other bytes than were written.."])
def test_a_part_that_is_not_what_was_written_is_not_resumed(tmp_path: Path, damage: bytes) -> None:
    sink = FileSink(tmp_path / "out")
    sink.write(b"what was written to the file..")
    extent = sink.extent()
    sink.leave()
    resumed = FileSink(tmp_path / "out", resume_at=extent)
    assert resumed.extent() == extent
    resumed.leave()
    (tmp_path / "out.part").write_bytes(damage)
    with pytest.raises(DumpError, match="is not what the unfinished run left"):
        FileSink(tmp_path / "out", resume_at=extent)


@pytest.mark.parametrize(
    ("ledger", "refused"),
    [
        (b'{"version": "0', ""),
        (b"\0\0\0\n", ""),
        (b"[]\n", ""),
        (b"{}\n{}\n", "is damaged; without --resume the run starts over"),
        (b'{"batch": "x"}\n', "cannot resume: the version changed"),
    ],
)
def test_a_damaged_ledger_does_not_block(
    normalize: Command, dirty: Path, tmp_path: Path, ledger: bytes, refused: str
) -> None:
    out = tmp_path / "out.jsonl"
    (tmp_path / "out.jsonl.ledger").write_bytes(ledger)
    result = normalize("clean", dirty, "-o", out, "--resume")
    assert (result.code, refused in result.err) == (2 if refused else 0, True)
    assert normalize("clean", dirty, "-o", out).code == 0
    assert not (tmp_path / "out.jsonl.ledger").exists()


@pytest.mark.parametrize("options", [(), ("--resume",)])
def test_a_second_run_in_place_does_not_cost_the_log_of_the_first(
    normalize: Command, dirty: Path, tmp_path: Path, options: tuple[str, ...]
) -> None:
    raw, log = dirty.read_bytes(), tmp_path / "edits.jsonl"
    assert normalize("clean", dirty, "--in-place", "--edits", log, *options).code == 0
    again = normalize("clean", dirty, "--in-place", "--edits", log, *options)
    assert again.code == 2
    assert "is the edit log of another run" in again.err
    assert normalize("undo", dirty, "--edits", log).out == raw


def test_a_log_of_other_inputs_and_a_file_that_is_no_log_are_not_replaced(
    normalize: Command, dirty: Path, tmp_path: Path
) -> None:
    log, other = tmp_path / "edits.jsonl", tmp_path / "other.jsonl"
    other.write_bytes(dirty.read_bytes())
    for _ in range(2):  # the input is there as it was: the log is made again
        assert normalize("clean", dirty, "-o", tmp_path / "out.jsonl", "--edits", log).code == 0
    assert normalize("clean", other, "-o", tmp_path / "out2.jsonl", "--edits", log).code == 2
    notes = tmp_path / "notes.txt"
    notes.write_text("mine")
    result = normalize("clean", dirty, "-o", tmp_path / "out.jsonl", "--edits", notes)
    assert result.code == 2
    assert "exists and is not an edit log" in result.err
    assert notes.read_text() == "mine"


@pytest.mark.parametrize("log", ["edits.jsonl", "edits.jsonl.zst", "edits.parquet"])
def test_a_file_name_that_is_not_utf8_is_undone_like_others(normalize: Command, tmp_path: Path, log: str) -> None:
    if log.endswith("parquet"):
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    raw = tmp_path / "raw"
    raw.mkdir()
    names = [os.fsdecode(b"x\xffy.jsonl"), "a.jsonl"]
    for name in names:
        (raw / name).write_bytes(jsonl({"text": f"{DIRTY} {len(name)}"}))
    assert normalize("clean", raw, "-o", f"{tmp_path / 'out'}/", "--edits", tmp_path / log).code == 0
    assert normalize("undo", tmp_path / "out", "--edits", tmp_path / log, "-o", f"{tmp_path / 'back'}/").code == 0
    for name in names:
        assert (tmp_path / "back" / name).read_bytes() == (raw / name).read_bytes()


def test_names_of_files_are_logged_alike_in_every_locale(normalize: Command, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for name in (b"\xc3\xa9.jsonl", b"\xff.jsonl", b"z.jsonl"):
        (raw / os.fsdecode(name)).write_bytes(jsonl({"text": DIRTY}) + b"broken\n")
    written = []
    for number, locale in enumerate(({}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})):
        log, bad, out = (tmp_path / f"{name}{number}" for name in ("log", "bad", "out"))
        process = start("clean", raw, "-o", f"{out}/", "--edits", log, "--rejects", bad, env={**os.environ, **locale})
        assert process.communicate()[1].endswith(b"6 in = 3 out + 3 rejected\n")
        assert normalize("undo", out, "--edits", log, "-o", f"{tmp_path / 'back'}{number}/").code == 0
        written.append((log.read_bytes(), bad.read_bytes()))
    assert written[0] == written[1]
    assert normalize("clean", raw, "-o", f"{out}/", "--edits", log, "--rejects", bad).code == 1  # they are its own


def test_what_is_no_file_in_a_directory_is_passed_over(normalize: Command, dirty: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.jsonl")
    (tmp_path / "nowhere.jsonl").symlink_to(tmp_path / "missing")
    assert normalize("clean", tmp_path, "-o", f"{tmp_path / 'out'}/").code == 0
    assert os.listdir(tmp_path / "out") == ["dirty.jsonl"]


def test_in_place_stays_inside_the_directory(normalize: Command, dirty: Path, tmp_path: Path) -> None:
    before = dirty.read_bytes()
    (tmp_path / "inside").mkdir()
    (tmp_path / "inside" / "link.jsonl").symlink_to(dirty)
    result = normalize("clean", "--in-place", tmp_path / "inside")
    assert result.code == 2
    assert "leads out of" in result.err
    assert dirty.read_bytes() == before


DEEP = "[" * 1100 + "]" * 1100
BEYOND = {
    "deep": f'{{"text": "{DIRTY}", "a": {DEEP}}}',
    "half as deep": f'{{"text": "{DIRTY}", "a": {"[" * 600 + "]" * 600}}}',
    "many digits": f'{{"text": "{DIRTY}", "a": {"9" * 5000}}}',
    "beyond 64 bits": f'{{"text": "{DIRTY}", "a": {"9" * 30}}}',
    "2^63": f'{{"text": "{DIRTY}", "a": {2**63}}}',
    "huge exponent": f'{{"text": "{DIRTY}", "a": 1e999999}}',
}


@pytest.mark.parametrize("name", BEYOND)
@pytest.mark.parametrize("target", ["jsonl", "csv", "parquet"])
@pytest.mark.parametrize("first", [True, False])
def test_a_record_beyond_all_bounds_is_a_bad_one_at_most(
    normalize: Command, tmp_path: Path, name: str, target: str, first: bool
) -> None:
    if target == "parquet":
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    good = json.dumps({"text": DIRTY, "a": 1 if "deep" not in name else []})
    lines = [BEYOND[name], good] if first else [good, BEYOND[name]]
    (tmp_path / "raw.jsonl").write_text("\n".join(lines) + "\n")
    out = tmp_path / f"out.{target}"
    result = normalize("clean", tmp_path / "raw.jsonl", "-o", out, "--rejects", tmp_path / "rejects.jsonl")
    assert result.code in (0, 1)
    assert "2 in = " in result.err
    if target == "jsonl":
        assert CLEAN in out.read_text()


def test_no_later_run_costs_what_a_run_in_place_left_out(normalize: Command, tmp_path: Path) -> None:
    raw, bad, log = tmp_path / "a.jsonl", tmp_path / "bad.jsonl", tmp_path / "log.jsonl"
    raw.write_bytes(jsonl({"text": DIRTY}) + b"broken\n")
    assert normalize("clean", raw, "--in-place", "--rejects", bad, "--edits", log, "-j", 1).code == 1
    kept = bad.read_bytes(), log.read_bytes()
    assert json.loads(kept[0])["raw"] == "broken"
    for arguments in (
        (raw, "--in-place", "--rejects", bad),
        (raw, "-o", tmp_path / "out.jsonl", "--rejects", bad),
        (raw, "-o", tmp_path / "out.jsonl", "--edits", log),
    ):
        result = normalize("clean", *arguments, "-j", 1)
        assert result.code == 2
        assert "of another run" in result.err
        assert (bad.read_bytes(), log.read_bytes()) == kept


def test_rejects_of_other_inputs_are_not_replaced(normalize: Command, tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_bytes(b"broken\n")
    for name, code in (("a.jsonl", 1), ("a.jsonl", 1), ("b.jsonl", 2)):
        result = normalize("clean", tmp_path / name, "-o", tmp_path / "out.jsonl", "--rejects", bad, "-j", 1)
        assert result.code == code
        assert json.loads(bad.read_bytes())["file"].endswith("a.jsonl")


def test_what_was_left_out_of_standard_input_and_its_log_are_not_replaced(normalize: Command, tmp_path: Path) -> None:
    """It cannot be read again."""
    bad, log = tmp_path / "bad.jsonl", tmp_path / "log.jsonl"
    raw = jsonl({"text": DIRTY}) + b"broken\n"
    assert normalize("clean", "-", "--rejects", bad, "--edits", log, "-j", 1, stdin=raw).code == 1
    kept = bad.read_bytes(), log.read_bytes()
    for option, path in (("--rejects", bad), ("--edits", log)):
        result = normalize("clean", "-", option, path, "-j", 1, stdin=raw)
        assert result.code == 2
        assert "of another run" in result.err
        assert (bad.read_bytes(), log.read_bytes()) == kept
