"""Settings for all tests; the command as a user calls it, in this process; and a file to call it on."""

from __future__ import annotations

import gc
import io
import re
import signal
import sys
from collections.abc import Generator, Iterator
from itertools import count
from pathlib import Path

import pytest
from harness import DIRTY, Command, Result, Stopped, jsonl
from hypothesis import settings

from normalize import cli
from normalize.dumps.worker import BatchResult
from normalize.dumps.writer import Writer

# The first text a process cleans waits for the dictionaries: no time limit for a single example. The same examples every
# time: a run tells of the change it tests, and `--hypothesis-profile=search` looks for new ones.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=3000)
settings.load_profile("suite")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # started in the background, where what is to be stopped would not be
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    effect = "a test that would be skipped for want of a library fails"
    parser.addoption("--all-libraries", action="store_true", help=effect)


def _unskip(report: pytest.TestReport | pytest.CollectReport, config: pytest.Config) -> None:
    wanting = re.search("is not installed|could not import", str(report.longrepr)) if report.skipped else None
    if wanting and config.getoption("--all-libraries"):
        report.outcome, report.longrepr = "failed", f"{report.nodeid} must not be skipped: {report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _unskip(report, item.config)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _unskip(report, collector.config)
    return report


CALLED = count(1)


@pytest.fixture
def normalize(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Iterator[Command]:
    """Calls the command with these arguments and standard input."""

    def call(*arguments: object, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "argv", ["normalize", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as end:
            cli.main()
        captured = capsysbinary.readouterr()
        return Result(end.value.code, captured.out, captured.err.decode())

    before, threshold = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}, gc.get_threshold()
    yield call
    for number, handler in before.items():
        signal.signal(number, handler)
    gc.set_threshold(*threshold)  # a run raises it, and Normalizers that nobody has any more would pile up to gigabytes
    if next(CALLED) % 10 == 0:  # a run freezes what it holds, which is right for a process that ends with it
        gc.unfreeze()
        gc.collect()


@pytest.fixture
def stopped(normalize: Command, monkeypatch: pytest.MonkeyPatch) -> Stopped:
    """Calls the command, but it is interrupted before the batch of this number is written."""

    def call(number: int, *arguments: object, stdin: bytes = b"") -> Result:
        take = Writer.take

        def some(self: Writer, result: BatchResult) -> None:
            if result.number == number:
                raise KeyboardInterrupt
            take(self, result)

        with monkeypatch.context() as patch:
            patch.setattr(Writer, "take", some)
            result = normalize(*arguments, stdin=stdin)
        assert result.code == 130
        return result

    return call


@pytest.fixture
def dirty(tmp_path: Path) -> Path:
    """Three records, the second of which needs a repair."""
    path = tmp_path / "dirty.jsonl"
    path.write_bytes(
        jsonl(
            {"id": 1, "text": "Hujan turun di Bandung."},
            {"id": 2, "text": DIRTY},
            {"id": 3, "text": "Warga mengungsi ke balai desa."},
        )
    )
    return path
