"""The definitions of the primitives that are about bytes and characters alone: what each does, in the least Python.

interfaces.py says what they promise. Those that are about edits, words, dates or files stand with what they are about.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, groupby
from math import inf, log
from operator import itemgetter
from string import ascii_lowercase, ascii_uppercase, digits
from typing import Any, TypeVar

from ..lazy import lazy_pattern
from ..tokens import scan
from . import interfaces
from .choice import primitive
from .interfaces import (
    LONG_NAME,
    LONGEST_PART,
    LONGEST_PARTED,
    LONGEST_PATTERN,
    LONGEST_WORD,
    MOST_PARTS,
    MOST_PATTERNS,
    OFTEN,
    BytePattern,
    CharPattern,
    WordList,
)

Value = TypeVar("Value")

RUN = lazy_pattern(rb"[A-Za-z]+")
CONTINUING = bytes(range(0x80, 0xC0))  # UTF-8: all bytes of a character but its first
BEYOND_ASCII = lazy_pattern(r"[^\x00-\x7f]+")
MARKS = [lazy_pattern(rf"\{mark}(?:(?<= .)|(?=[,.]| [ ,.]))[ ,.]*") for mark in ",."]  # found faster than both at a time
KINDS = str.maketrans(ascii_lowercase + ascii_uppercase + digits, "a" * 26 + "A" * 26 + "0" * 10)
LOST_COMMA = lazy_pattern(rb"[a-z]{2}\. [a-z]")
# A run of two letters or more that stands there again behind a space, then in lower case.
REPEATED = lazy_pattern(rb"(?<![A-Za-z])(?i:([a-z]))([A-Za-z]+)(?=( (?=[a-z])(?i:\1)\2)(?![A-Za-z]))")
# Two words in lower case, or three, that stand there again behind a space: "mulai dari mulai dari".
PHRASE = [lazy_pattern(rb"(?<![A-Za-z])(?=(([a-z]+(?: [a-z]+){%d}) \2)(?![A-Za-z]))" % more) for more in (1, 2)]
INSIDE = lazy_pattern(rb"[^\n][A-Za-z0-9,] \Z")  # what stands before a word that begins no sentence


def each(words: WordList) -> Iterator[str]:
    """Yield the words of a list."""
    if isinstance(words, (bytes, memoryview)):
        words = bytes(words).decode().split("\n") if words else ()
    yield from words


@primitive
class Table(dict[str, int]):
    """interfaces.Table."""

    def __init__(self, words: WordList, numbers: bytes | memoryview) -> None:
        listed, values = list(each(words)), memoryview(numbers).cast("B").cast("I")
        super().__init__(zip(listed, values, strict=True))
        if len(self) < len(listed) or any(len(word.encode()) > LONGEST_WORD for word in listed):
            raise ValueError("a word is given twice, or is too long")


Mapping.register(Table)


@primitive
def packed(words: WordList, but: WordList) -> bytes:
    """Pack words, but those of another list, in order and each once: a WordList that the kernel uses where it lies."""
    left_out = frozenset(each(but))
    return "\n".join(word for word in dict.fromkeys(each(words)) if word not in left_out).encode()


@primitive
def seed_hashes(seed: bytes) -> bool:
    """Have words packed, and sets hashed, by a seed of eight bytes; whether sets are: not where there are some already.

    Packed words are used where they lie if that is the seed of the sets; else they are put into a set one by one.
    """
    if len(seed) != 8:
        raise ValueError("a seed is of 8 bytes")
    return True


@primitive
class Words:
    """interfaces.Words, by translate, split and set difference, which are C too."""

    def __init__(self, firsts: Iterable[str], known: WordList, always: WordList) -> None:
        firsts = list(firsts)
        self._firsts = frozenset(first.encode() for first in firsts)
        self._always = frozenset(word.encode() for word in each(always))
        # What stands behind is looked ahead at: it may begin a pair of its own, as in "di di rumah".
        pair = rb"(?<![A-Za-z])%b(?=( [a-z]+)(?![A-Za-z]))"
        self._pairs = [re.compile(pair % re.escape(first.encode())) for first in firsts]
        words = (word.encode() for word in chain(firsts, each(known)))
        self._words = {data for data in words if len(data) <= LONGEST_WORD} - self._always
        self._added: set[bytes] = set()  # later, to those it was made with

    def __len__(self) -> int:
        return len(self._words)

    def add(self, word: str) -> None:
        if len(data := word.encode()) <= LONGEST_WORD and data not in self._words:
            self._words.add(data)
            self._added.add(data)

    def was_given(self, word: str) -> bool:
        data = word.encode()
        return data in self._always or (data in self._words and data not in self._added)

    def unknown_words(self, data: bytes) -> dict[str, list[int]]:
        found = {word for word in set(scan(data)) - self._words if self._is_looked_for(word)}
        spans = [(match.start(), match[0] + match[1]) for pair in self._pairs for match in pair.finditer(data)]
        spans += [(m.start(), m[0] + m[3]) for m in REPEATED.finditer(data) if m[3][1:] not in self._firsts]
        spans = [(start, pair) for start, pair in spans if pair not in self._words]
        spans += [(start, word) for start, word in self._runs(data if found else b"") if word in found]
        met = [(start, 1, word, start) for start, word in spans]
        for match in chain.from_iterable(pattern.finditer(data) for pattern in PHRASE):
            if match[1] not in self._words:  # it is found where its last word stands
                met.append((match.start() + match[1].rindex(b" ") + 1, 0, match[1], match.start()))
        points = dict(_points(data, sorted({start for *_, start in met})))
        unknown: dict[str, list[int]] = {}
        for _, _, word, start in sorted(met):
            unknown.setdefault(word.decode(), []).append(points[start])
        return unknown

    def _is_looked_for(self, word: bytes) -> bool:
        if word in self._always:
            return True
        is_capitalised = word[1:].islower() and word.lower() not in self._words
        return len(word) > 2 and (word.islower() or is_capitalised)

    def _runs(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Find the words of `data`, but for capitalised ones inside a sentence."""
        for match in RUN.finditer(data):
            start, word = match.start(), match[0]
            if (
                word.islower()
                or len(word) >= LONG_NAME
                or word in self._always
                or not INSIDE.search(data, max(0, start - 3), start)
            ):
                yield start, word


def _points(data: bytes, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Pair offsets into UTF-8, in order, with those in code points."""
    last = points = 0
    for start in starts:
        points, last = points + len(data[last:start].translate(None, CONTINUING)), start
        yield start, points


@primitive
class Literals:
    """interfaces.Literals, some patterns of `re` a group: each begins with what is rarest in it, which `re` skips to."""

    def __init__(self, groups: Sequence[tuple[BytePattern, ...]]) -> None:
        if not all(isinstance(group, tuple) for group in groups):
            raise ValueError("a group is a tuple of bytes and of sets of bytes")
        for pattern in chain.from_iterable(groups):
            is_row = isinstance(pattern, tuple) and all(pattern) and len(pattern) <= LONGEST_PATTERN
            if not pattern or not (is_row or isinstance(pattern, bytes)):
                raise ValueError("a group is a tuple of bytes and of sets of bytes, none of them empty")
        self._groups = [[re.compile(pattern).search for pattern in self._patterns(group)] for group in groups]

    def found(self, data: bytes, before: bytes | None = None) -> bytes:
        data = b"\n%b\n" % data
        return bytes(
            known or any(search(data) for search in searches)
            for searches, known in zip(self._groups, before or [not searches for searches in self._groups], strict=True)
        )

    def _patterns(self, group: tuple[BytePattern, ...]) -> Iterator[bytes]:
        """Make patterns: one for literals that begin alike, and one for rows whose rarest set is the same."""
        literals = sorted(pattern for pattern in group if isinstance(pattern, bytes))
        yield from (b"|".join(map(re.escape, alike)) for _, alike in groupby(literals, itemgetter(0)))
        around: dict[bytes, list[bytes]] = {}
        for row in (row for row in group if isinstance(row, tuple)):
            rarest = min(range(len(row)), key=lambda place: len(row[place]))
            sets = [_one_of(chars) for chars in row]
            before, here, after = b"".join(sets[:rarest]), sets[rarest], b"".join(sets[rarest + 1 :])
            around.setdefault(here, []).append(b"(?<=%b%b)(?=%b)" % (before, here, after))
        yield from (b"%b(?:%b)" % (here, b"|".join(rows)) for here, rows in around.items())


def _one_of(chars: bytes) -> bytes:
    return re.escape(chars) if len(chars) == 1 else b"[%b]" % re.escape(chars)


@primitive
class PatternFinder:
    """interfaces.PatternFinder, as one pattern of `re` for each group."""

    def __init__(self, groups: Sequence[tuple[CharPattern, ...]]) -> None:
        if sum(map(len, groups)) > MOST_PATTERNS:
            raise ValueError(f"a pattern is a tuple, and there are at most {MOST_PATTERNS}")
        self._groups = [re.compile("|".join(map(self._pattern, group)) or "(?!)") for group in groups]

    @staticmethod
    def _pattern(pattern: CharPattern) -> str:
        at, before, after = pattern
        for characters in (at, *before, *after):
            if not characters or max(characters) > "\xff":
                raise ValueError("a set is a string of Latin-1 characters, at least one")
        here, back, ahead = ("".join(f"[{re.escape(chars)}]" for chars in sets) for sets in ((at,), before, after))
        return f"{here}(?<={back}{here})(?={ahead})"

    def offsets(self, text: str) -> tuple[Sequence[int], ...]:
        return tuple([match.start() for match in pattern.finditer(text)] for pattern in self._groups)


@primitive
class Parts:
    """interfaces.Parts, by going on from each offset that parts lead to."""

    def __init__(
        self,
        pairs: interfaces.Pairs,
        others: WordList,
        least: tuple[float, ...],
        last: WordList,
        least_of_last: tuple[float, ...],
        most: int,
    ) -> None:
        if not 1 <= most <= MOST_PARTS or not least or not least_of_last:
            raise ValueError(f"a run has 1 to {MOST_PARTS} parts, and there is a count by length")
        if max(len(least), len(least_of_last)) > LONGEST_PART:
            raise ValueError(f"a count by length, up to {LONGEST_PART - 1} letters")
        self._uses, self._most = pairs.uses, most
        self._parts, self._last = (frozenset(each(others)), least), (frozenset(each(last)), least_of_last)

    def _is_part(self, word: str, words: tuple[frozenset[str], tuple[float, ...]]) -> bool:
        listed, least = words
        needed = least[min(len(word), len(least) - 1)]
        return word in listed or (needed != inf and self._uses(word) >= max(needed, 1))

    def may_be_parted(self, word: str) -> bool:
        size = len(word)
        if size > LONGEST_PARTED or not word.isascii():
            return True
        ways: list[set[int]] = [{0}, *(set() for _ in word)]  # by offset: how many parts lead there
        for start in range(size):
            more = {number + 1 for number in ways[start] if number < self._most}
            for end in range(start + 1, size + 1) if more else ():
                if self._is_part(word[start:end], self._parts) or (end == size and word[start:] in self._last[0]):
                    ways[end] |= more
        return max(ways[size], default=0) > 1

    def has_last(self, word: str, before: int) -> bool:
        return not word.isascii() or any(self._is_part(word[cut:], self._last) for cut in range(max(0, before), len(word)))


@primitive
class SlipSearch:
    """interfaces.SlipSearch that leaves every word to Python."""

    def __init__(self, *what: Any) -> None:
        pass

    def may_be_slip(self, typed: str, needed: float, needed_of_rare: float) -> bool | None:
        return None

    def candidates(self, typed: str) -> tuple[Any, ...] | None:
        return None


@primitive
class Suspects:
    """interfaces.Suspects that leaves every word to Python."""

    def __init__(self, words: interfaces.Words, *what: Any) -> None:
        self._words = words

    def __len__(self) -> int:
        return 0

    def of(self, text: str, data: bytes, lost_its_commas: bool) -> tuple[dict[str, list[int]], list[Any]]:
        return self._words.unknown_words(data), []

    def is_slip(self, word: str) -> bool:
        return False

    def again(
        self, text: str, pieces: bytes, near: str, needed: float, is_long: bool
    ) -> tuple[dict[str, list[int]], list[str]]:
        return {word: [] for word in self._words.unknown_words(pieces)}, []


@primitive
class Pairs:
    """interfaces.Pairs, by bisection."""

    def __init__(
        self,
        words: WordList,
        counts: Sequence[float] | memoryview,
        total: float,
        smoothing: float,
        starts: memoryview,
        rights: memoryview,
        often: memoryview,
        unlike: Iterable[str],
        edge: str,
        number: str,
    ) -> None:
        self._numbers = {word: number for number, word in enumerate(each(words))}
        self._counts = {word: count for word, count in zip(self._numbers, counts, strict=True) if count >= 0}
        self._total, self._smoothing = total, smoothing
        self._starts, self._rights, self._often = starts, rights, dict(zip(often[::2], often[1::2], strict=True))
        if not 0 < len(starts) <= len(self._numbers) + 1 or starts[-1] != len(rights):
            raise ValueError("the tables do not belong together")

    def count(self, left: str, right: str) -> int:
        first, second = self._numbers.get(left, len(self._starts)), self._numbers.get(right, -1)
        if first + 1 >= len(self._starts) or second < 0:
            return 0
        end = self._starts[first + 1]
        at = bisect_left(self._rights, second << 8, self._starts[first], end)
        if at == end or self._rights[at] >> 8 != second:
            return 0
        return self._often.get(at, self._rights[at] & OFTEN)

    def uses(self, word: str) -> float:
        return self._counts.get(word, 0.0)

    def splits(self, word: str, least: int) -> list[int]:
        return [i for i in range(1, len(word)) if self.count(word[:i], word[i:]) >= max(least, 1)]

    def pmi(self, words: list[str], left: str, right: str) -> list[float]:
        counted, total, smoothing = self._counts.get, self._total, self._smoothing
        before, behind = counted(left, 0.0), counted(right, 0.0)
        found = []
        for word in words:
            n = counted(word, 0.0)
            expected = (before * n / total + smoothing) * (n * behind / total + smoothing)
            seen = (self.count(left, word) + smoothing) * (self.count(word, right) + smoothing)
            found.append(log(seen / expected))
        return found


@primitive
def lost_commas(data: bytes) -> int:
    """Count the full stops of UTF-8 behind two small letters, with a space and a small letter behind them."""
    return len(LOST_COMMA.findall(data))


@primitive
def utf8(text: str) -> bytes:
    """`text` as UTF-8; a lone surrogate as if it were a character."""
    return text.encode("utf-8", "surrogatepass")


@primitive
def beyond_ascii(text: str) -> dict[str, list[int]]:
    """Find the runs of characters beyond ASCII, in order, and their offsets."""
    found: dict[str, list[int]] = {}
    for match in BEYOND_ASCII.finditer(text):
        found.setdefault(match[0], []).append(match.start())
    return found


@primitive
def marks(text: str, rows: dict[str, Value | None]) -> list[tuple[int, int, Value]]:
    """Find the longest runs of commas, full stops and spaces around a mark: start, end, and the row of each in `rows`.

    Left out are those of one mark, or of one and a space, and those whose row is None. A dict that makes its rows when they
    are asked for is asked for them.

    A run is looked up between the two characters before it and the two behind it. Of letters and digits in ASCII these only
    tell the kind: "a", "A" or "0"; where the text ends they are NUL.
    """
    spans = set()
    for match in chain.from_iterable(marks.finditer(text) for marks in MARKS):
        start, end = match.span()
        while start and text[start - 1] in " ,.":
            start -= 1
        spans.add((start, end))
    found = []
    for start, end in sorted(spans):
        before, after = text[max(0, start - 2) : start].rjust(2, "\0"), text[end : end + 2].ljust(2, "\0")
        row = rows[f"{before.translate(KINDS)}{text[start:end]}{after.translate(KINDS)}"]
        if row is not None:
            found.append((start, end, row))
    return found
