"""The hot loop's primitives: compiled (c/module.c) where the package was built with a C compiler, else these.

Both do the same: tests hold one against the other. The pure twins of Speller are in candidates.py, channel.py and
evidence.py, those of the algebra of edits in edit.py and rule.py, that of Dates in rules/date_plain.py. NORMALIZE_PURE=1 in
the environment chooses the pure ones.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from math import log
from operator import itemgetter
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Any, NamedTuple, Protocol

from ..tokens import scan

RUN = re.compile(rb"[A-Za-z]+")
CONTINUING = bytes(range(0x80, 0xC0))  # UTF-8: all bytes of a character but its first
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
FEW = 8  # searches that take no longer than one of a pattern in which a character is looked back at
MARKS = [re.compile(rf"\{mark}(?:(?<= .)|(?=[,.]| [ ,.]))[ ,.]*") for mark in ",."]  # found faster than both at a time
KINDS = str.maketrans(ascii_lowercase + ascii_uppercase + digits, "a" * 26 + "A" * 26 + "0" * 10)
JOINT = re.compile(r"[A-Z](?<=[a-z0-9)].)(?=[a-z])")
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
        """A byte for each group: 1 where one of its literals occurs in `data`, or it has none, or it was found `before`.

        A text begins as a line does: what begins with a newline may also stand at its start.
        """


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

    def cuts(self, word: str, least: int) -> list[int]:
        """Where `word` falls into two that stood side by side at least so often, once or more."""

    def fits(self, words: list[str], left: str, right: str) -> list[float]:
        """For each of some words, how much likelier it is between `left` and `right` than anywhere, in nats (context.py)."""

    def prospect(self, word: str, cases: tuple[tuple[Any, ...], ...], is_rare: bool, weights: tuple[float, ...]) -> Prospect:
        """A lower-case ASCII word of at most 64 letters that may be a slip.

        cases: what may be meant, each with its prior, its cost and its logit; weights: Evidence.beside.
        """


class Prospect(Protocol):
    """A word that may be a slip."""

    def promising(self, text: str, places: list[int], needed: float) -> bool:
        """Whether the word may be one at any of its `places` in `text`, with a logit of `needed`; yes if unsure."""


class PureProspect:
    """A word that may be a slip anywhere: looked at one by one its places tell the same, later."""

    def promising(self, text: str, places: list[int], needed: float) -> bool:
        return True


class PurePairs:
    """Pairs, found by bisection."""

    def __init__(
        self,
        words: list[str],
        uses: dict[str, int],
        total: float,
        smoothing: float,
        starts: memoryview,
        rights: memoryview,
        counts: memoryview,
    ) -> None:
        self._numbers = {word: number for number, word in enumerate(words)}
        self._uses = uses
        self._total, self._smoothing = total, smoothing
        self._starts, self._rights, self._counts = starts, rights, counts

    def count(self, left: str, right: str) -> int:
        first, second = self._numbers.get(left, len(self._starts)), self._numbers.get(right, -1)
        if first + 1 >= len(self._starts) or second < 0:
            return 0
        end = self._starts[first + 1]
        place = bisect_left(self._rights, second, self._starts[first], end)
        return self._counts[place] if place < end and self._rights[place] == second else 0

    def cuts(self, word: str, least: int) -> list[int]:
        return [i for i in range(1, len(word)) if self.count(word[:i], word[i:]) >= least]

    def fits(self, words: list[str], left: str, right: str) -> list[float]:
        uses, total, smoothing, count = self._uses.get, self._total, self._smoothing, self.count
        before, behind = float(uses(left, 0)), float(uses(right, 0))
        found = []
        for word in words:
            n = float(uses(word, 0))
            expected = (before * n / total + smoothing) * (n * behind / total + smoothing)
            seen = (count(left, word) + smoothing) * (count(word, right) + smoothing)
            found.append(log(seen / expected))
        return found

    def prospect(self, *what: Any) -> Prospect:
        return PureProspect()


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
    """Literals, some patterns a group: each begins with a literal, which `re` skips to, and makes classes of the rest."""

    def __init__(self, groups: Sequence[tuple[bytes, ...]]) -> None:
        self._groups = [[re.compile(pattern).search for pattern in self._patterns(group)] for group in groups]

    def found(self, data: bytes, before: bytes | None = None) -> bytes:
        data = b"\n" + data
        return bytes(
            known or any(search(data) for search in searches)
            for searches, known in zip(self._groups, before or [not searches for searches in self._groups], strict=True)
        )

    def _patterns(self, group: Iterable[bytes]) -> Iterator[bytes]:
        """Patterns for literals that begin alike, and for those that differ in their first and last byte alone."""
        lasts: dict[bytes, set[bytes]] = {}
        for literal in group:
            lasts.setdefault(literal[:-1], set()).add(literal[-1:])
        firsts: dict[tuple[bytes, frozenset[bytes]], set[bytes]] = {}
        for head, found in lasts.items():
            firsts.setdefault((head[1:], frozenset(found)), set()).add(head[:1])
        others: list[bytes] = []
        for (middle, ends), begins in firsts.items():
            if middle and len(begins) > FEW:
                yield b"%b(?<=(?:%b)%b)(?:%b)" % (re.escape(middle), _any(begins), re.escape(middle), _any(ends))
            else:
                others += (begin + middle + end for begin in begins for end in ends)
        for _, alike in groupby(sorted(others), itemgetter(0)):
            yield _any(alike)


def _any(literals: Iterable[bytes]) -> bytes:
    return b"|".join(map(re.escape, sorted(literals)))


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
    from . import _native

    compiled = _native
except ImportError:
    compiled = None  # type: ignore[assignment]


def commas_and_stops(text: str) -> tuple[int, int]:
    """How many commas and full stops `text` has."""
    return compiled.commas_and_stops(text) if compiled else (text.count(","), text.count("."))


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
    uses: dict[str, int],
    total: float,
    smoothing: float,
    starts: memoryview,
    rights: memoryview,
    counts: memoryview,
    unlike: Iterable[str],
) -> Pairs:
    """Pairs of `words`; `uses` tells how often a word, one of these or another, was used, `total` how often all were.

    Those that stand behind the word of number i are rights[starts[i]:starts[i + 1]], by number and in order, as often as
    `counts` has it; the last words may have no pairs, and no place in `starts`. All three hold unsigned integers of 32 bits.
    unlike: words that count as others where they stand beside one.
    """
    if not compiled:
        return PurePairs(words, uses, total, smoothing, starts, rights, counts)
    return compiled.Pairs(words, uses, total, smoothing, starts, rights, counts, unlike)


def beyond_ascii(text: str) -> dict[str, list[int]]:
    """The runs of characters beyond ASCII, in order, and where they stand."""
    if compiled:
        return compiled.beyond_ascii(text)
    found: dict[str, list[int]] = {}
    for match in BEYOND_ASCII.finditer(text):
        found.setdefault(match[0], []).append(match.start())
    return found


def marks(text: str) -> dict[str, list[int]]:
    """The longest runs of commas, full stops and spaces around a mark, but for those of one mark, or one and a space; where
    they start.

    Each is told between the two characters before it and the two behind it. Of letters and digits in ASCII these only tell
    the kind: "a", "A" or "0"; where the text ends they are NUL.
    """
    if compiled:
        return compiled.marks(text)
    spans = set()
    for match in chain.from_iterable(marks.finditer(text) for marks in MARKS):
        start, end = match.span()
        while start and text[start - 1] in " ,.":
            start -= 1
        spans.add((start, end))
    found: dict[str, list[int]] = {}
    for start, end in sorted(spans):
        before, after = text[max(0, start - 2) : start].rjust(2, "\0"), text[end : end + 2].ljust(2, "\0")
        found.setdefault(f"{before.translate(KINDS)}{text[start:end]}{after.translate(KINDS)}", []).append(start)
    return found


def joints(text: str) -> list[int]:
    """Where a capital and a small letter stand against a small letter, a digit or a closing bracket, all in ASCII."""
    return compiled.joints(text) if compiled else [match.start() for match in JOINT.finditer(text)]
