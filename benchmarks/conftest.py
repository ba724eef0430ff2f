"""What the benchmarks run on: generated news, or with --dump the texts of a dump of your own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from prose import Prose

from normalize.bench.timing import texts
from normalize.dumps.inputs import plan
from normalize.dumps.reader import Selection
from normalize.dumps.record import Fields

SIZE = 300_000  # code points


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--dump", metavar="PATH", help="measure on this dump's texts instead of generated ones")


@pytest.fixture
def prose() -> Prose:
    """A draw that no other test has drawn from, so that a test has the same words in whatever order tests run."""
    return Prose()


@pytest.fixture(scope="session")
def articles(request: pytest.FixtureRequest) -> list[str]:
    """Articles, about SIZE code points of them."""
    path = request.config.getoption("--dump")
    if path is None:
        return list(Prose().articles(SIZE))
    return list(_first(texts(plan([path], "-"), Fields(("text",)), Selection())))


def _first(found: Iterator[str]) -> Iterator[str]:
    room = SIZE
    for text in found:
        yield text
        room -= len(text)
        if room <= 0:
            return
