"""The hot loop's primitives: compiled (_kernel.c) where the package was built with a C compiler, else these.

Both do the same: tests hold one against the other. NORMALIZE_PURE=1 in the environment chooses the pure ones.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Protocol

from .tokens import scan

Near = Callable[[str], dict[str, tuple[float, float, float]]]


class Words(Protocol):
    """A set of words, as ASCII bytes."""

    def __len__(self) -> int: ...

    def add(self, word: bytes) -> None:
        """Take a word in."""

    def suspects(self, data: bytes) -> set[bytes]:
        """The distinct runs of ASCII letters in `data` that are not among the words."""


class Literals(Protocol):
    """Groups of literal strings to be looked for in many texts."""

    def found(self, data: bytes) -> bytes:
        """A byte for each group: 1 where one of its literals occurs in `data`, or it has none."""


class PureWords:
    """Words, by translate, split and set difference, which are C too."""

    def __init__(self, words: Iterable[bytes]) -> None:
        self._words = set(words)

    def __len__(self) -> int:
        return len(self._words)

    def add(self, word: bytes) -> None:
        self._words.add(word)

    def suspects(self, data: bytes) -> set[bytes]:
        return set(scan(data)) - self._words


class PureLiterals:
    """Literals, one search for those of a group that begin alike: `re` skips to that, and makes classes of the rest."""

    def __init__(self, groups: Sequence[tuple[bytes, ...]]) -> None:
        self._groups = [
            [re.compile(b"|".join(map(re.escape, alike))).search for _, alike in groupby(sorted(group), itemgetter(0))]
            for group in groups
        ]

    def found(self, data: bytes) -> bytes:
        return bytes(not searches or any(search(data) for search in searches) for searches in self._groups)


try:
    if os.environ.get("NORMALIZE_PURE"):
        raise ImportError("the pure primitives were asked for")
    from . import _kernel
except ImportError:
    COMPILED = False
else:
    COMPILED = True


def speller(words: Iterable[str], priors: Iterable[float], rates: list[float], trigrams: list[float]) -> Near | None:
    """A search for the words one edit away from a given one, each with its prior, the slip's cost and its oddness.

    `rates`: Channel.table(); `trigrams`: log frequencies in the order of three letters out of a to z, ^ and $.
    None where there is no compiled kernel.
    """
    if not COMPILED:
        return None
    return _kernel.Speller([word.encode() for word in words], list(priors), rates, trigrams).near


def words(known: Iterable[bytes]) -> Words:
    """A set of words."""
    return _kernel.Words(known) if COMPILED else PureWords(known)


def literals(groups: Sequence[tuple[bytes, ...]]) -> Literals:
    """Literals in groups; a group without any always counts as found."""
    return _kernel.Literals(list(groups)) if COMPILED else PureLiterals(groups)
