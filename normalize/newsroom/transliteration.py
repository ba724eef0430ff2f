"""Names of people and the slips they suffer: what a mangled name was, by names known.

A name is somebody's and may be written in any way, so nothing is changed for being rare: only what is unknown as it is
printed, and only into what is well known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from ..lexicon import Lexicon
from ..tokens import recase

TELLING = re.compile("I[aeou]")
AMBIGUOUS = {"v": "vw", "i": "iy"}  # what a letter may have been before w became v and y became i
MOST_AMBIGUOUS = 7  # letters: 128 spellings of a part
SHORTEST_PART = 3  # letters of a part that a name is compounded of: Rahma-yanti
MIN_COMPOUND_COUNT = 10  # uses of either part for the compound to be known
FAMILIAR_COUNT = 20  # uses
MIN_PROBABILITY = 0.8  # probability of a spelling to be made


class PartRestoration(NamedTuple):
    """What a name is taken for, and how probably."""

    meant: str
    probability: float


class NameRestoration(NamedTuple):
    """A full name as it was before w became v and y became i."""

    meant: str
    probability: float
    telling: bool  # that this happened to it shows in the name itself


def restored(name: str, lexicon: Lexicon) -> NameRestoration | None:
    """A full name with the parts restored that are unknown as printed, or hardly known, and were well known; else None.

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
    """One part of a name, restored."""
    low = part.lower()
    weights = {spelling: weight(spelling, lexicon.names) for spelling in spellings(low)}
    printed = weights.pop(low, 0.0)
    if not weights or low in lexicon.words:
        return None
    best = max(weights, key=lambda spelling: (weights[spelling], spelling))
    probability = weights[best] / (sum(weights.values()) + printed or 1.0)
    if weights[best] < 1 or probability < MIN_PROBABILITY:
        return None
    return PartRestoration(recase(best, part), probability)


def spellings(part: str) -> Iterator[str]:
    """`part` (lower case) and what else it may have been before w became v and y became i."""
    if sum(letter in AMBIGUOUS for letter in part) > MOST_AMBIGUOUS:
        yield part
        return
    for letters in product(*(AMBIGUOUS.get(letter, letter) for letter in part)):
        yield "".join(letters)


def weight(part: str, names: Mapping[str, int]) -> float:
    """How well a part is known: its uses, or, of a compound of two parts, less than one use."""
    count = names.get(part, 0)
    if count:
        return float(count)
    splits = ((names.get(part[:i], 0), names.get(part[i:], 0)) for i in range(SHORTEST_PART, len(part) - SHORTEST_PART + 1))
    rarer = max((min(pair) for pair in splits), default=0)
    return rarer / MIN_COMPOUND_COUNT if rarer >= MIN_COMPOUND_COUNT else 0.0
