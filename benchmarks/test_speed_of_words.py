"""The correction loop over words of one kind: with nothing decided yet, and with every word met before."""

from __future__ import annotations

import random
from collections.abc import Callable
from string import ascii_lowercase
from typing import NamedTuple

import pytest
from prose import Prose
from pytest_benchmark.fixture import BenchmarkFixture

from normalize import Normalizer
from normalize.bench.peers import cpu_seconds
from normalize.lexicon import load
from normalize.rules import RULES

COUNT = 400  # words of a kind, all different
FRAME = "Warga itu {} pada hari yang sama."
OTHERS = sorted({rule.name.split(".")[0] for rule in RULES} - {"spelling"})

pytestmark = pytest.mark.benchmark(group="words", timer=cpu_seconds, min_rounds=5)


class Kind(NamedTuple):
    """Words of one kind, the share of them that must change, and that may."""

    words: Callable[[Prose], list[str]]
    least: float
    most: float


def known(prose: Prose) -> list[str]:
    return prose.words(COUNT)


def rewrites(prose: Prose) -> list[str]:
    return [word for word in load().rewrites if word.islower() and word.isalpha()][:COUNT]


def slips(prose: Prose) -> list[str]:
    return [prose.slip(word) for word in prose.words(COUNT) if len(word) > 6]


def names(prose: Prose) -> list[str]:
    return prose.names(COUNT)


def nonsense(prose: Prose) -> list[str]:
    chance = random.Random(1)
    return ["".join(chance.choices(ascii_lowercase, k=chance.randrange(5, 12))) for _ in range(COUNT)]


def long_words(prose: Prose) -> list[str]:
    return ["".join(prose.words(9)) for _ in range(COUNT)]


KINDS = {
    "known": Kind(known, 0.0, 0.01),
    "rewrites": Kind(rewrites, 0.95, 1.0),
    "slips": Kind(slips, 0.2, 1.0),  # half of what a slip makes of a word may be another word, or anything
    "names": Kind(names, 0.0, 0.01),
    "nonsense": Kind(nonsense, 0.0, 0.02),
    "long": Kind(long_words, 0.0, 0.01),
}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def text(kind: str, prose: Prose) -> str:
    """A sentence for each word; nothing is said twice of the same, and no word stands beside itself."""
    words = [word for word in dict.fromkeys(KINDS[kind].words(prose)) if word not in FRAME.split()]
    return " ".join(FRAME.format(word) for word in words)


def engine() -> Normalizer:
    """One that corrects words and does nothing else, its dictionaries read and indexes open.

    A text of nothing but slips is in no language, which is not asked after.
    """
    opened = Normalizer(skip=OTHERS, languages="all")
    opened.explain("Ia mengtakan hal itu.")
    return opened


def check(kind: str, text: str) -> None:
    share = len(engine().explain(text).edits) / text.count("Warga itu")
    assert KINDS[kind].least <= share <= KINDS[kind].most


def test_fresh(kind: str, text: str, benchmark: BenchmarkFixture) -> None:
    check(kind, text)
    benchmark.pedantic(lambda fresh: fresh.explain(text), setup=lambda: ((engine(),), {}), rounds=5)


def test_memoised(kind: str, text: str, benchmark: BenchmarkFixture) -> None:
    check(kind, text)
    warm = engine()
    other = f"Kemarin hujan turun. {text}"  # or the answer to the very same text would be kept
    texts = [text, other]
    warm.explain_batch(texts)
    benchmark(lambda: warm.explain_batch(texts))
