"""A run that is killed at any step of its writing, or whose power fails there: the same command ends with the same bytes."""

from __future__ import annotations

import importlib
import os
import pkgutil
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from faults import KILLED, after_power_failure, outcome
from harness import DIRTY, jsonl

from normalize import Normalizer, cli, dumps
from normalize.cli import options
from normalize.dumps.formats import compression, lines
from normalize.lexicon.index_cache import cached

try:
    import pyarrow as pa
    import pyarrow.parquet as pq
except ModuleNotFoundError:
    pa = None

# Every fifth step, and so every kind of step and of failure; each one where this is set: two minutes more on two cores.
STRIDE = 1 if os.environ.get("NORMALIZE_EVERY_STEP") else 5

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks names up in /proc"),
]
RAW = {name: [{"id": f"{name}{i}", "text": DIRTY, "n": "x" * 40} for i in range(4)] for name in "ab"}
BATCH = 250  # bytes: two batches a file
# After a power failure: whether names are lost that were not synced, and what becomes of bytes that were not.
FAILURES = [(True, "kept"), (False, "lost"), (True, "lost"), (False, "zeroed"), (True, "zeroed")]
RUNS = {
    "clean": ("clean", "raw", "-o", "out/", "--edits", "log.jsonl"),
    "clean to one file": ("clean", "raw", "-o", "all.jsonl", "--edits", "log.jsonl", "--rejects", "bad.jsonl"),
    "clean in place": ("clean", "raw", "--in-place", "--edits", "log.jsonl"),
    "clean in place, with backups": ("clean", "raw", "--in-place", "--backup", ".bak", "--edits", "log.jsonl"),
    "Parquet in place": ("clean", "tables", "--in-place", "--backup", ".bak", "--edits", "log.parquet"),
    "undo": ("undo", "cleaned", "--edits", "before.jsonl", "-o", "back/"),
    "undo in place": ("undo", "cleaned", "--edits", "before.jsonl", "--in-place"),
}


@pytest.fixture(scope="module")
def engine() -> Normalizer:
    engine = Normalizer()
    engine.explain(DIRTY)  # what is read once is read before the forks
    for package in (cli, dumps):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    return engine


def command(*arguments: str, engine: Normalizer) -> Callable[[], object]:
    """A call of the command, in batches of BATCH bytes."""

    def call() -> object:
        lines.pieces.__defaults__ = (BATCH, *lines.pieces.__defaults__[1:])
        compression.READ_BYTES = compression.PLAIN_BYTES = BATCH
        options.normalizer = lambda chosen: engine
        sys.argv = ["normalize", *arguments]
        cli.main()

    return call


@pytest.fixture
def start(tmp_path: Path, engine: Normalizer) -> Path:
    """A folder with files to clean, and cleaned ones with their log."""
    folder = tmp_path / "start"
    for place in ("raw", "cleaned", "tables"):
        (folder / place).mkdir(parents=True)
    for name, rows in RAW.items():
        (folder / "raw" / f"{name}.jsonl").write_bytes(jsonl(*rows))
        if pa:
            pq.write_table(pa.Table.from_pylist(rows), folder / "tables" / f"{name}.parquet")
    made = outcome(command("clean", "raw", "-o", "cleaned/", "--edits", "before.jsonl", engine=engine), folder)
    assert made.code == 0
    return folder


def content(folder: Path) -> dict[str, bytes]:
    """The files below a folder, but for unfinished indexes, which another process may be at."""
    files = [path for path in folder.rglob("*") if path.is_file() and "cache" not in str(path.parent)]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def check_all_steps(start: Path, folder: Path, calls: Callable[[int], Callable[[], object]]) -> None:
    """Kill a call at each step, and let power fail at it in one of five ways; called again, it must end as undisturbed."""
    whole, part = folder / "whole", folder / "part"
    shutil.copytree(start, whole)
    undisturbed = outcome(calls(0), whole)
    assert undisturbed.code == 0, undisturbed.said
    assert undisturbed.steps > 3
    for step in range(0, undisturbed.steps, STRIDE):
        shutil.copytree(start, part)
        killed = outcome(calls(step), part, step)
        assert killed.code == KILLED, killed.said
        assert killed.state
        for failure in (None, FAILURES[step % len(FAILURES)]):
            if failure:
                after_power_failure(killed.state, *failure, part)
            again = outcome(calls(step), part)
            assert again.code == 0, (step, failure, again.said)
            assert content(part) == content(whole), (step, failure, again.said)
            shutil.rmtree(part)


@pytest.mark.parametrize("name", RUNS)
def test_a_run(start: Path, tmp_path: Path, engine: Normalizer, name: str) -> None:
    if "Parquet" in name and not pa:
        pytest.skip("pyarrow is not installed")
    ways = [command(*RUNS[name], *more, engine=engine) for more in ((), ("--resume",))]
    check_all_steps(start, tmp_path, lambda step: ways[step % 2])


def test_learning(start: Path, tmp_path: Path, engine: Normalizer) -> None:
    check_all_steps(start, tmp_path, lambda step: command("learn", "raw", "-o", "learned", engine=engine))


def test_building_an_index(start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NORMALIZE_CACHE", "cache")

    def build() -> object:
        index = cached("words.bin", "0123456789abcdef", lambda: b"x" * 100)
        return index != b"x" * 100

    check_all_steps(start, tmp_path, lambda step: build)
