"""The noise of a dump: how often the engine, with the shipped dictionaries, repairs what."""

from __future__ import annotations

from collections import Counter
from functools import cache

from ..noise.rates import counted
from ..normalizer import Normalizer

SAMPLED = 8  # one text in so many, by its hash, is looked at (a choice): cleaning all would more than double the time


def noise(key: str, text: str) -> Counter[str]:
    """Count the noise of a text, if its key, a hexadecimal hash, is among those sampled."""
    return counted(engine().explain(text)) if int(key[:8], 16) % SAMPLED == 0 else Counter()


@cache
def engine() -> Normalizer:
    return Normalizer()
