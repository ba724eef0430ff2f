"""Settings for all tests."""

from __future__ import annotations

import re
import signal
from collections.abc import Generator

import pytest
from hypothesis import settings

# The first text a process cleans waits for the dictionaries: no time limit for a single example. The same examples every
# time: a run tells of the change it tests, and `--hypothesis-profile=search` looks for new ones.
settings.register_profile("suite", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=3000)
settings.load_profile("suite")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # started in the background, where what is to be stopped would not be
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    told = "a test that would be skipped for want of a library fails"
    parser.addoption("--all-libraries", action="store_true", help=told)


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
