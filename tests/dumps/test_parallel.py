"""The same bytes however many processes work, under every way to start one; a killed worker costs nothing."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from harness import DIRTY, Command, jsonl

from normalize.dumps.errors import DumpError
from normalize.dumps.pool import results
from normalize.dumps.record import Batch, Piece
from normalize.dumps.tally import Tally
from normalize.dumps.worker import BatchResult

ROWS = [{"id": i, "text": DIRTY if i % 3 else "Hujan.", "filler": "x" * 2000} for i in range(2500)]  # some batches


@pytest.fixture
def big(tmp_path: Path) -> Path:
    path = tmp_path / "big.jsonl"
    path.write_bytes(jsonl(*ROWS[:1500], {"bad": 1}, *ROWS[1500:]))
    return path


def test_any_number_of_processes_gives_the_same_bytes(normalize: Command, big: Path) -> None:
    made = set()
    for jobs in (1, 2, 4):
        folder = big.parent / str(jobs)
        options = ["--edits", folder / "edits.jsonl.gz", "--rejects", folder / "rejects.jsonl", "-j", jobs]
        assert normalize("clean", big, "-o", folder / "out.jsonl.zst", *options).code == 1
        made.add(tuple((folder / name).read_bytes() for name in ("out.jsonl.zst", "edits.jsonl.gz", "rejects.jsonl")))
    assert len(made) == 1


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_every_start_method_works(big: Path, method: str, normalize: Command) -> None:
    expected = normalize("clean", big).out
    script = big.parent / "start.py"
    script.write_text(
        "import multiprocessing\nfrom normalize.cli import main\n"
        f"if __name__ == '__main__':\n    multiprocessing.set_start_method({method!r})\n    main()\n"
    )
    command = [sys.executable, str(script), "clean", str(big), "-j", "2"]
    assert subprocess.run(command, capture_output=True, check=False).stdout == expected


@dataclass
class Deadly:
    """Kills its process at batch 3: the first time, or every time."""

    witness: Path
    always: bool = False

    def __call__(self, batch: Batch) -> BatchResult:
        if batch.number == 3 and (self.always or not self.witness.exists()):
            self.witness.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return BatchResult(batch.number, 0, batch.piece.data, b"", b"", "", Tally())


BATCHES = [Batch(i, 0, Piece(i * 10 + 1, 10, b"%d " % i)) for i in range(8)]


def test_the_batch_of_a_killed_worker_is_tried_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    done = list(results(Deadly(tmp_path / "witness"), BATCHES, 2))
    assert b"".join(result.output for result in done) == b"0 1 2 3 4 5 6 7 "
    assert "a worker process died (SIGKILL, perhaps out of memory) at records 31 to 40" in caplog.text


def test_a_batch_that_kills_two_workers_ends_the_run(tmp_path: Path) -> None:
    done = []
    with pytest.raises(DumpError, match=r"two worker processes died .* at records 31 to 40"):
        done.extend(results(Deadly(tmp_path / "witness", always=True), BATCHES, 2))


def test_answers_larger_than_a_pipe_hold_up_nobody() -> None:
    """Batches of 1 to 3 MB, the first of which still fit into a pipe beside one that is at work."""
    batches = [Batch(i, 0, Piece(i + 1, 1, bytes([i]) * (1_000_000 + i * 200_000))) for i in range(10)]
    done = list(results(lambda batch: BatchResult(batch.number, 0, batch.piece.data * 3, b"", b"", "", Tally()), batches, 2))
    assert [(result.number, result.output) for result in done] == [(b.number, b.piece.data * 3) for b in batches]


@pytest.mark.skipif(multiprocessing.get_start_method() != "fork", reason="others begin with nothing")
def test_what_was_prepared_is_in_every_worker() -> None:
    read: list[bytes] = []
    tell = lambda batch: BatchResult(batch.number, 0, b"".join(read), b"", b"", "", Tally())  # noqa: E731
    done = list(results(tell, BATCHES, 2, lambda: read.append(b"dictionaries")))
    assert {result.output for result in done} == {b"dictionaries"}


def test_an_error_in_a_worker_is_raised_here(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        list(results(lambda batch: 1 // 0, BATCHES, 2))


def test_no_worker_is_left_behind(tmp_path: Path) -> None:
    done = results(Deadly(tmp_path / "witness"), BATCHES, 2)
    next(done)
    done.close()
    listed = subprocess.run(["ps", "--ppid", str(os.getpid()), "-o", "args="], capture_output=True, check=False).stdout
    # What tracks shared memory is started once in a process, and lives as long.
    assert not [line for line in listed.splitlines() if b"python" in line and b"resource_tracker" not in line]


def test_hash_seed_locale_and_clock_do_not_matter(big: Path) -> None:
    made = set()
    for seed, locale, zone in (("0", "C", "UTC"), ("1", "C.UTF-8", "Asia/Jayapura")):
        folder = big.parent / seed
        environment = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone}
        options = ["--edits", str(folder / "edits.jsonl"), "-j", "2"]
        command = [sys.executable, "-m", "normalize", "clean", str(big), "-o", str(folder / "out.jsonl.gz"), *options]
        subprocess.run(command, env=environment, capture_output=True, check=False)
        made.add(tuple((folder / name).read_bytes() for name in ("out.jsonl.gz", "edits.jsonl")))
    assert len(made) == 1
