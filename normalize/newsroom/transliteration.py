"""Transliteration: names in which every w became v and every y became i on the way, put back by the names that are known.

A name is somebody's and may be written in any way, so none is changed for being rare: only one that is unknown as it is
printed, and only into one that is well known. The bounds are choices.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import product
from math import fsum
from typing import NamedTuple

from ..lazy import lazy_pattern
from ..lexicon import Lexicon
from ..tokens import recase

TELLING = lazy_pattern("I[aeou]")
AMBIGUOUS = {"v": "vw", "i": "iy"}  # the letters that one may have been
MOST_AMBIGUOUS = 7  # such letters of a part: 128 spellings
SHORTEST_PART = 3  # letters of a part of a compound: Rahma-yanti
MIN_COMPOUND_COUNT = 10  # uses of either part for the compound to be known
FAMILIAR_COUNT = 20  # uses as a name that make a part a common one
MIN_PROBABILITY = 0.8  # of a spelling that is restored: a choice


class PartRestoration(NamedTuple):
    """A part of a name as it was, and how probably."""

    meant: str
    probability: float


class NameRestoration(NamedTuple):
    """A full name as it was before w became v and y became i."""

    meant: str
    probability: float
    telling: bool  # whether the name itself shows that this happened to it


def restored(name: str, lexicon: Lexicon) -> NameRestoration | None:
    """Restore the parts of a full name that are unknown as printed, or hardly known, and were well known; None for no part.

    Two such parts that are wholly unknown and were familiar, or one that begins with an I before a vowel, tell by
    themselves: neither is seen once in the 30,888 names without w and y of a fifth of the counted corpus. Without such,
    to be asked only where something else shows what happened to the text.
    """
    parts = name.split(" ")
    spellings = [part_restored(part, lexicon) for part in parts]
    changed = [(part, spelling) for part, spelling in zip(parts, spellings, strict=True) if spelling]
    if not changed:
        return None
    sure = [
        part
        for part, (meant, _) in changed
        if not weight(part.lower(), lexicon.names) and lexicon.names.get(meant.lower(), 0) >= FAMILIAR_COUNT
    ]
    telling = len(sure) > 1 or any(TELLING.match(part) for part in sure)
    meant = " ".join(spelling.meant if spelling else part for part, spelling in zip(parts, spellings, strict=True))
    return NameRestoration(meant, min(spelling.probability for _, spelling in changed), telling)


@lru_cache(maxsize=1 << 14)
def part_restored(part: str, lexicon: Lexicon) -> PartRestoration | None:
    """Restore one part of a name; None where it stays."""
    low = part.lower()
    weights = {spelling: weight(spelling, lexicon.names) for spelling in spellings(low)}
    printed = weights.pop(low, 0.0)
    if not weights or low in lexicon.words:
        return None
    best = max(weights, key=lambda spelling: (weights[spelling], spelling))
    probability = weights[best] / (fsum(weights.values()) + printed or 1.0)
    if weights[best] < 1 or probability < MIN_PROBABILITY:
        return None
    return PartRestoration(recase(best, part), probability)


def spellings(part: str) -> Iterator[str]:
    """Yield `part` (lower case) and what else it may have been before w became v and y became i."""
    if sum(letter in AMBIGUOUS for letter in part) > MOST_AMBIGUOUS:
        yield part
        return
    for letters in product(*(AMBIGUOUS.get(letter, letter) for letter in part)):
        yield "".join(letters)


def weight(part: str, names: Mapping[str, int]) -> float:
    """Return how well a part is known: its uses, or, for a compound of two known parts, uses of the rarer over ten."""
    count = names.get(part, 0)
    if count:
        return float(count)
    splits = ((names.get(part[:i], 0), names.get(part[i:], 0)) for i in range(SHORTEST_PART, len(part) - SHORTEST_PART + 1))
    rarer = max((min(pair) for pair in splits), default=0)
    return rarer / MIN_COMPOUND_COUNT if rarer >= MIN_COMPOUND_COUNT else 0.0
