"""The hot loop's primitives: compiled (_kernel.c) where the package was built with a C compiler, else these.

Both do the same: tests hold one against the other. The pure twins of Speller are in candidates.py, channel.py and
evidence.py, those of the algebra of edits in edit.py and rule.py, that of Dates in rules/date_plain.py. NORMALIZE_PURE=1 in
the environment chooses the pure ones.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import log
from operator import itemgetter
from typing import NamedTuple, Protocol

from .tokens import scan

RUN = re.compile(rb"[A-Za-z]+")
CONTINUING = bytes(range(0x80, 0xC0))  # UTF-8: all bytes of a character but its first
INSIDE = re.compile(rb"[^\n][A-Za-z0-9,] \Z")  # what stands before a word that begins no sentence
Near = dict[str, tuple[float, float, float]]  # word -> its prior, the cost of the slips that lead from it, its oddness


class Words(Protocol):
    """Words that are known, of ASCII letters.

    firsts: words of which each pair with the lower-case word behind them, one space between, must be known too.
    known: all other words.
    always: words told of wherever they stand; none of them is known.
    """

    def __len__(self) -> int: ...

    def add(self, word: str) -> None:
        """Take in a word, or a pair ("di rumah")."""

    def suspects(self, data: bytes) -> dict[str, list[int]]:
        """The runs of ASCII letters in UTF-8 `data` that are not known, in order, and where they stand, in code points.

        Left out are words of less than three letters, those of mixed case, capitalised ones that are known in lower case,
        and places where a capitalised word stands behind a word or a comma.
        """


class Literals(Protocol):
    """Groups of literal strings to be looked for in many texts."""

    def found(self, data: bytes, before: bytes | None = None) -> bytes:
        """A byte for each group: 1 where one of its literals occurs in `data`, or it has none, or it was found `before`."""


class Shape(NamedTuple):
    """Sets of characters side by side: what stands at a place, before it and after it. All of them are Latin-1.

    A text is looked through for what stands at the place and right behind it: let these be the rarest two.
    """

    at: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class Places(Protocol):
    """Groups of shapes to be looked for in many texts."""

    def found(self, text: str) -> tuple[Sequence[int], ...]:
        """For each group, the places, in order, where one of its shapes is."""


class Speller(Protocol):
    """What evidence.py and candidates.py find over SymSpell and the channel, sooner. All words are in lower case."""

    def near(self, typed: str) -> Near:
        """The words one edit away."""

    def far(self, typed: str) -> Near:
        """The frequent words at most two edits away."""

    def oddness(self, typed: str) -> tuple[float, int]:
        """Minus the mean log frequency of a word's trigrams, and how many of them no word has."""


class Pairs(Protocol):
    """Counts of words side by side, and of words."""

    def count(self, left: str, right: str) -> int:
        """How often `right` stood behind `left`."""

    def fits(self, words: list[str], left: str, right: str) -> list[float]:
        """For each of some words, how much likelier it is between `left` and `right` than anywhere, in nats (context.py)."""


class PurePairs:
    """Pairs, found by bisection."""

    def __init__(
        self,
        words: list[str],
        uses: list[float],
        total: float,
        smoothing: float,
        starts: memoryview,
        rights: memoryview,
        counts: memoryview,
    ) -> None:
        self._numbers = {word: number for number, word in enumerate(words)}
        self._uses = dict(zip(words, uses, strict=True))
        self._total, self._smoothing = total, smoothing
        self._starts, self._rights, self._counts = starts, rights, counts

    def count(self, left: str, right: str) -> int:
        first, second = self._numbers.get(left, len(self._starts)), self._numbers.get(right, -1)
        if first + 1 >= len(self._starts) or second < 0:
            return 0
        end = self._starts[first + 1]
        place = bisect_left(self._rights, second, self._starts[first], end)
        return self._counts[place] if place < end and self._rights[place] == second else 0

    def fits(self, words: list[str], left: str, right: str) -> list[float]:
        uses, total, smoothing, count = self._uses.get, self._total, self._smoothing, self.count
        before, behind = uses(left, 0.0), uses(right, 0.0)
        found = []
        for word in words:
            n = uses(word, 0.0)
            expected = (before * n / total + smoothing) * (n * behind / total + smoothing)
            seen = (count(left, word) + smoothing) * (count(word, right) + smoothing)
            found.append(log(seen / expected))
        return found


class PureWords:
    """Words, by translate, split and set difference, which are C too."""

    def __init__(self, firsts: Sequence[str], known: Iterable[str], always: Iterable[str]) -> None:
        self._always = frozenset(word.encode() for word in always)
        self._pairs = [re.compile(rb"(?<![A-Za-z])%b [a-z]+(?![A-Za-z])" % first.encode()) for first in firsts]
        self._words = {word.encode() for word in (*firsts, *known)}

    def __len__(self) -> int:
        return len(self._words)

    def add(self, word: str) -> None:
        self._words.add(word.encode())

    def suspects(self, data: bytes) -> dict[str, list[int]]:
        found = {word for word in set(scan(data)) - self._words if self._is_suspect(word)}
        places = [(match.start(), match[0]) for pair in self._pairs for match in pair.finditer(data)]
        places = [(start, pair) for start, pair in places if pair not in self._words]
        places += [(start, word) for start, word in self._runs(data if found else b"") if word in found]
        suspects: dict[str, list[int]] = {}
        last = points = 0
        for start, word in sorted(places):
            points += len(data[last:start].translate(None, CONTINUING))
            last = start
            suspects.setdefault(word.decode(), []).append(points)
        return suspects

    def _is_suspect(self, word: bytes) -> bool:
        if word in self._always:
            return True
        is_capitalised = word[1:].islower() and word.lower() not in self._words
        return len(word) > 2 and (word.islower() or is_capitalised)

    def _runs(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """The words of `data`, but for capitalised ones inside a sentence."""
        for match in RUN.finditer(data):
            start, word = match.start(), match[0]
            if word.islower() or word in self._always or not INSIDE.search(data, max(0, start - 3), start):
                yield start, word


class PureLiterals:
    """Literals, one search for those of a group that begin alike: `re` skips to that, and makes classes of the rest."""

    def __init__(self, groups: Sequence[tuple[bytes, ...]]) -> None:
        self._groups = [
            [re.compile(b"|".join(map(re.escape, alike))).search for _, alike in groupby(sorted(group), itemgetter(0))]
            for group in groups
        ]

    def found(self, data: bytes, before: bytes | None = None) -> bytes:
        return bytes(
            known or any(search(data) for search in searches)
            for searches, known in zip(self._groups, before or [not searches for searches in self._groups], strict=True)
        )


class PurePlaces:
    """Shapes, as one pattern for each group."""

    def __init__(self, groups: Sequence[tuple[Shape, ...]]) -> None:
        self._groups = [re.compile("|".join(map(self._pattern, group)) or "(?!)") for group in groups]

    @staticmethod
    def _pattern(shape: Shape) -> str:
        at, before, after = ("".join(f"[{re.escape(chars)}]" for chars in sets) for sets in ((shape[0],), *shape[1:]))
        return f"{at}(?<={before}{at})(?={after})"

    def found(self, text: str) -> tuple[Sequence[int], ...]:
        return tuple([match.start() for match in pattern.finditer(text)] for pattern in self._groups)


try:
    if os.environ.get("NORMALIZE_PURE"):
        raise ImportError("the pure primitives were asked for")
    from . import _kernel

    compiled = _kernel
except ImportError:
    compiled = None  # type: ignore[assignment]


def speller(
    words: Sequence[str],
    priors: Iterable[float],
    frequent: Iterable[str],
    rates: list[float],
    trigrams: list[float],
    unseen: float,
) -> Speller | None:
    """A search among `words`, of which the `frequent` ones are offered also for words two edits away.

    `rates`: Channel.table(); `trigrams`: log frequencies in the order of three letters out of a to z, ^ and $; `unseen`:
    that of the ones no word has. None where there is no compiled kernel.
    """
    if not compiled:
        return None
    found: Speller = compiled.Speller(list(words), list(priors), list(frequent), rates, trigrams, unseen)
    return found


def words(firsts: Sequence[str], known: Iterable[str], always: Iterable[str]) -> Words:
    """Words that are known, those that make pairs, and those told of wherever they stand."""
    return compiled.Words(firsts, known, always) if compiled else PureWords(firsts, known, always)


def literals(groups: Sequence[tuple[bytes, ...]]) -> Literals:
    """Literals in groups; a group without any always counts as found."""
    return compiled.Literals(list(groups)) if compiled else PureLiterals(groups)


def places(groups: Sequence[tuple[Shape, ...]]) -> Places:
    """Shapes in groups, at most 64 of them."""
    return compiled.Places(list(groups)) if compiled else PurePlaces(groups)


def pairs(
    words: list[str],
    uses: list[float],
    total: float,
    smoothing: float,
    starts: memoryview,
    rights: memoryview,
    counts: memoryview,
) -> Pairs:
    """Pairs of `words`, of which each is counted in `uses`, all of them `total` times.

    Those that stand behind the word of number i are rights[starts[i]:starts[i + 1]], by number and in order, as often as
    `counts` has it; the last words may have no pairs, and no place in `starts`. All three hold unsigned integers of 32 bits.
    """
    if not compiled:
        return PurePairs(words, uses, total, smoothing, starts, rights, counts)
    return compiled.Pairs(words, uses, total, smoothing, starts, rights, counts)
