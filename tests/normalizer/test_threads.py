"""Threads may share one Normalizer."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from normalize import Normalizer, lexicon


@pytest.fixture
def restless() -> Iterator[None]:
    """Threads change places as often as the interpreter can."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def test_threads_that_share_a_normalizer_get_what_one_gets(restless: None) -> None:
    chance = random.Random(1)
    words = [word for word, count in lexicon.load().words.items() if count > 500 and len(word) > 6]
    texts = [" ".join(_slip(chance.choice(words), chance) for _ in range(4)) + "." for _ in range(1000)]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(Normalizer().clean, texts))
    assert together == Normalizer().clean_batch(texts)
