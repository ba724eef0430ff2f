"""Runs that are stopped or killed: the right exit code, nothing half done in place, and the same bytes on resuming."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from harness import DIRTY, Command, jsonl, start

ROWS = [{"id": i, "text": DIRTY, "filler": "x" * 900} for i in range(12_000)]  # some 12 batches


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("stopping") / "big.jsonl"
    path.write_bytes(jsonl(*ROWS))
    return path


def wait_for(path: Path, size: int) -> None:
    deadline = time.monotonic() + 30
    while not path.exists() or path.stat().st_size < size:
        assert time.monotonic() < deadline
        time.sleep(0.005)


@pytest.mark.parametrize(
    ("number", "code", "jobs"),
    [
        (number, code, jobs)
        for number, code in ((signal.SIGHUP, 129), (signal.SIGINT, 130), (signal.SIGTERM, 143))
        for jobs in (1, 2)
    ],
)
def test_a_stopped_run_says_how_to_go_on(big: Path, tmp_path: Path, number: int, code: int, jobs: int) -> None:
    out, before = tmp_path / "out.jsonl", big.read_bytes()
    process = start("clean", big, "-o", out, "-j", jobs, start_new_session=True)
    wait_for(tmp_path / "out.jsonl.part", 2_000_000)
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert process.returncode == code
    with pytest.raises(ProcessLookupError):  # no worker is left
        os.killpg(process.pid, 0)
    assert b"--resume continues after" in err
    assert b"Traceback" not in err
    assert sorted(os.listdir(tmp_path)) == ["out.jsonl.ledger", "out.jsonl.part"]
    assert big.read_bytes() == before


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_terminal_that_goes_away_ends_a_run_that_can_go_on(big: Path, tmp_path: Path, jobs: int) -> None:
    """What is said then has nobody to read it, and is lost."""
    pty, fcntl, termios = (pytest.importorskip(name) for name in ("pty", "fcntl", "termios"))
    ours, terminal = pty.openpty()
    command = [sys.executable, "-m", "normalize", "clean", big, "-o", tmp_path / "out.jsonl", "-j", str(jobs)]
    process = subprocess.Popen(
        command,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(terminal)
    wait_for(tmp_path / "out.jsonl.part", 2_000_000)
    os.close(ours)
    assert process.wait(timeout=30) == 129
    assert sorted(os.listdir(tmp_path)) == ["out.jsonl.ledger", "out.jsonl.part"]
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def test_nohup_is_heeded(tmp_path: Path, big: Path) -> None:
    process = start(
        "clean", big, "-o", tmp_path / "out.jsonl", preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN)
    )
    wait_for(tmp_path / "out.jsonl.part", 1_000_000)
    process.send_signal(signal.SIGHUP)
    process.communicate(timeout=60)
    assert process.returncode == 0


@pytest.mark.slow
def test_a_run_killed_at_random_moments_ends_with_the_same_bytes(normalize: Command, big: Path, tmp_path: Path) -> None:
    whole, out = tmp_path / "whole", tmp_path / "resumed"
    names = ("out.jsonl.zst", "edits.jsonl", "rejects.jsonl")

    def command(folder: Path, *more: object) -> list[object]:
        options = ["--edits", folder / "edits.jsonl", "--rejects", folder / "rejects.jsonl"]
        return ["clean", big, "-o", folder / "out.jsonl.zst", *options, *more]

    assert normalize(*command(whole)).code == 0
    chance = random.Random(7)
    halfway, ledger = 0, out / "out.jsonl.zst.ledger"
    for _ in range(30):
        process = start(*command(out, "--resume", "-j", chance.choice([1, 2])))
        began = time.monotonic()
        while process.poll() is None and not ledger.exists() and time.monotonic() - began < 30:
            time.sleep(0.01)  # until there is something to resume, however slow the machine
        time.sleep(chance.uniform(0.0, 0.4))
        halfway += ledger.exists()
        process.kill()
        process.communicate()
        if process.returncode == 0:  # it was faster: begin anew
            for name in names:
                assert (out / name).read_bytes() == (whole / name).read_bytes()
                (out / name).unlink()
    assert halfway > 5
    assert normalize(*command(out, "--resume")).code == 0
    assert sorted(os.listdir(out)) == sorted(names)
    for name in names:
        assert (out / name).read_bytes() == (whole / name).read_bytes()
