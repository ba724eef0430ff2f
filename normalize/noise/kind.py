"""A kind of noise: where it could be in a clean text, what stands there then, and by which repairs it is counted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from itertools import accumulate
from random import Random
from typing import NamedTuple, TypeVar

T = TypeVar("T")
Span = tuple[int, int]  # of a text, in code points


class Draw:
    """Chance, the same for the same key in every version of Python: of a generator only `random` is promised to be."""

    def __init__(self, key: str) -> None:
        digest = blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        self.number = Random(int.from_bytes(digest, "big")).random  # in [0, 1)

    def one_of(self, weights: Mapping[T, float]) -> T:
        """Draw one of the keys, each as often as its weight says."""
        sums = list(accumulate(weights.values()))
        drawn = self.number() * sums[-1]
        return next(key for key, upto in zip(weights, sums, strict=True) if drawn < upto or upto == sums[-1])

    def between(self, first: int, last: int) -> int:
        """Draw a whole number from `first` to `last`, both included."""
        return min(first + int(self.number() * (last - first + 1)), last)


Put = Callable[[str], str]  # what stands at a place -> what stands there with noise; the same for none


class Kind(NamedTuple):
    """A kind of noise."""

    name: str
    rules: frozenset[str]  # whose edits and findings tell how often a dump has it
    places: Callable[[str], Iterable[Span]]  # where in a clean text it could be
    puts: Callable[[Draw], Put]  # called once for a text
    stays: bool = False  # in what a perfect cleaner makes of it: a text that is lost, a line that may be meant


def places_of(pattern: str) -> Callable[[str], Iterable[Span]]:
    """Make the function that finds the matches of a pattern. Letters are ASCII ones: those all versions of Python know."""
    finditer = re.compile(pattern, re.ASCII).finditer
    return lambda text: (match.span() for match in finditer(text))


def always(put: Put) -> Callable[[Draw], Put]:
    """Noise that needs no chance."""
    return lambda draw: put


def drawn(weights: Mapping[str, float]) -> Callable[[Draw], Put]:
    """Noise that is one of several strings, each as often as its weight says."""
    return lambda draw: lambda found: draw.one_of(weights)
