"""The noisy channel: how likely a word is mistyped as another (Kernighan, Church and Gale 1990).

A slip is one of
    swapped   two neighbouring letters changed places
    doubled   a letter was typed twice            single   one of two equal letters was left out
    added     a letter too many                   omitted  a letter left out
    replaced  one letter for another
In longer words two letters around another may have changed places (falisitas): likelier than two slips, it costs as much
as a swap and some nats more. So may two letters have been typed twice (melakakukan): that costs as much as one.
A letter may stand two places or more from its own (asiosasi): as much as a swap, and some nats more, too.

The rate of a slip is how often it was made in the counted corpus over how often its letters were there to be mistyped;
slips.tsv keeps both counts. Rates are smoothed: a pseudo-count is added to the slips, and a share of all letters to the
opportunities, so that slips and letters that are rare do not get rates by chance.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import product
from math import inf, log
from string import ascii_lowercase

from ..keyboard import NEIGHBOURS
from ..lexicon import dictionary_folder, read_tsv

Slip = tuple[str, str, str]  # kind, what was typed, what was meant ("" where nothing)

# Two letters around another change places so much more rarely than two neighbours, in nats: in the counted corpus 7 words
# were such a slip, 75 one of neighbours.
FARTHER = 2.4
SHORTEST_EXCHANGED = 6  # letters of a word in which that is looked for: shorter ones are near too many others; a choice
# Two letters typed twice are one slip, but two edits: so many nats take back the decision's weight of two slips; a choice.
# Of 86 such words in counted news, which no word was one edit from, 84 were that slip; one letter twice was met in 67.
PAIR_TWICE = 10.0
# A letter that moved farther is one slip, too, and rarer than a swap of two around another, as far as that from one of
# neighbours. Of 30 such words in counted news, of eight letters or more, 29 were that slip. In nats, a choice.
MOVED = PAIR_TWICE + FARTHER
VOWELS = frozenset(a + b for a in "aiueo" for b in "aiueo" if a != b)  # pairs of different ones


def slip(typed: str, meant: str) -> Slip | None:
    """Return the one slip that makes `typed` out of `meant`; None where it takes none, or more than one."""
    head = 0
    for a, b in zip(typed, meant, strict=False):
        if a != b:
            break
        head += 1
    t, m = typed[head:], meant[head:]
    if len(t) == len(m):
        if t[1:] == m[1:] and t:
            return ("replaced", t[0], m[0])
        if t[2:] == m[2:] and t[:2] == m[:2][::-1] and len(t) > 1:
            return ("swapped", t[:2], m[:2])
    elif len(t) == len(m) + 1 and t[1:] == m:
        return ("doubled" if head and typed[head - 1] == t[0] else "added", t[0], "")
    elif len(m) == len(t) + 1 and m[1:] == t:
        return ("single" if head and meant[head - 1] == m[0] else "omitted", "", m[0])
    return None


def shorter(word: str) -> Iterator[str]:
    """Yield `word`, and `word` without each of its letters: words one slip apart share one of these (Garbe 2012)."""
    yield word
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]


def exchanged(typed: str, meant: str) -> str:
    """Return the two letters of `typed` that changed places around another; "" where that is not all that differs."""
    if len(typed) != len(meant) or len(typed) < SHORTEST_EXCHANGED:
        return ""
    head = 0
    while head < len(typed) and typed[head] == meant[head]:
        head += 1
    t, m = typed[head : head + 3], meant[head : head + 3]
    return t[0] + t[2] if len(t) == 3 and t == m[::-1] and typed[head + 3 :] == meant[head + 3 :] else ""


def twice(typed: str, meant: str) -> str:
    """Return the two letters that `typed` has twice in a row, and `meant` once; "" where that is not all that differs.

    Not at the beginning, where that makes a word of its own: bebatuan.
    """
    head = 0
    while head < len(meant) and typed[head : head + 1] == meant[head]:
        head += 1
    pair = typed[head : head + 2]
    is_twice = head > 2 and typed[head - 2 : head] == pair and typed[head + 2 :] == meant[head:]
    return pair if len(typed) == len(meant) + 2 and is_twice else ""


def moved(typed: str, meant: str) -> str:
    """Return the letter of `typed` that stands two places or more from its own, and the one it passed first, as they stand.

    "" where that is not all that differs.
    """
    if len(typed) != len(meant):
        return ""
    head, end = 0, len(typed)
    while head < end and typed[head] == meant[head]:
        head += 1
    while end > head and typed[end - 1] == meant[end - 1]:
        end -= 1
    t, m = typed[head:end], meant[head:end]
    if len(t) > 2 and t[1:] == m[:-1] and t[0] == m[-1]:
        return t[:2]
    return t[-2:] if len(t) > 2 and t[:-1] == m[1:] and t[-1] == m[0] else ""


def slips() -> Iterator[Slip]:
    """All slips, in the order of a table of their rates: omitted, single, doubled, added by letter, the others by two."""
    yield from ((kind, "", letter) for kind in ("omitted", "single") for letter in ascii_lowercase)
    yield from ((kind, letter, "") for kind in ("doubled", "added") for letter in ascii_lowercase)
    yield from (("swapped", a + b, b + a) for a, b in product(ascii_lowercase, repeat=2))
    yield from (("replaced", a, b) for a, b in product(ascii_lowercase, repeat=2))


class Channel:
    """The rates of slips: log P(typed | meant), in nats, up to a constant."""

    def __init__(self, seen: Mapping[Slip, int], letters: Mapping[str, int]) -> None:
        """`seen`: slip -> times it was made; `letters`: letter, or two in a row -> times they were there to be mistyped."""
        self._seen = seen
        self._letters = letters
        self._total = float(sum(n for letter, n in letters.items() if len(letter) == 1))
        self.rate = lru_cache(maxsize=4096)(self._rate)

    @classmethod
    def load(cls) -> Channel:
        """Read the channel of the shipped dictionaries."""
        seen: dict[Slip, int] = {}
        letters: dict[str, int] = {}
        for kind, typed, meant, n in read_tsv(dictionary_folder() / "slips.tsv"):
            if kind == "letter":
                letters[meant] = int(n)
            else:
                seen[(kind, typed, meant)] = int(n)
        return cls(seen, letters)

    def with_slips(self, more: Mapping[Slip, int]) -> Channel:
        """Return this channel with slips that were seen elsewhere."""
        return Channel({one: self._seen.get(one, 0) + more.get(one, 0) for one in {**self._seen, **more}}, self._letters)

    def _rate(self, kind: str, typed: str, meant: str) -> float:
        """Return the log rate of one slip, smoothed: unseen ones are likelier on neighbouring keys and among vowels.

        Pseudo-counts (1 to 4 slips) and the letters added to the opportunities (a hundredth of all; a thousandth for slips
        in two letters, which are rarer) are a choice. Of the 1,313 words of seeds/labelled.tsv with several candidates the
        word meant ranks first for 0.966; for 0.963 with every pseudo-count 1, 0.961 with every one doubled, 0.965 and 0.963
        with a hundredth and a thousandth throughout.
        """
        if kind == "added":
            opportunities, pseudo_count = self._total, 4.0
        elif kind == "single":
            opportunities, pseudo_count = self._letters.get(2 * meant, 0) + self._total / 1000, 1.0
        elif kind == "swapped":
            opportunities, pseudo_count = self._letters.get(meant, 0) + self._total / 1000, 2.0
        elif kind == "replaced":
            near, vowels = typed + meant in NEIGHBOURS, typed + meant in VOWELS
            pseudo_count = 3.0 if near else 2.0 if vowels else 1.0
            opportunities = self._letters.get(meant, 0) + self._total / 100
        else:
            opportunities, pseudo_count = self._letters.get(meant or typed, 0) + self._total / 100, 4.0
        return log((self._seen.get((kind, typed, meant), 0) + pseudo_count) / opportunities)

    def table(self) -> list[float]:
        """List the log rates of all slips, in their order."""
        return [self._rate(*one) for one in slips()]

    def cost(self, typed: str, meant: str) -> float:
        """Return -log P(typed | meant), in nats, by the cheapest slips that lead from one to the other."""
        if typed == meant:
            return 0.0
        if (one := slip(typed, meant)) is not None:
            return -self.rate(*one)
        if pair := exchanged(typed, meant):
            return FARTHER - self.rate("swapped", pair, pair[::-1])
        if pair := twice(typed, meant):
            return PAIR_TWICE - self.rate("doubled", pair[1], "")
        pair = moved(typed, meant)
        highest = MOVED - self.rate("swapped", pair, pair[::-1]) if pair else inf
        head = 0
        while head < min(len(typed), len(meant)) and typed[head] == meant[head]:
            head += 1
        head = max(head - 1, 0)  # keep one letter: doubling looks at what stands before
        tail = 0
        while tail < min(len(typed), len(meant)) - head and typed[-1 - tail] == meant[-1 - tail]:
            tail += 1
        return min(highest, self._distance(typed[head : len(typed) - tail], meant[head : len(meant) - tail]))

    def _distance(self, typed: str, meant: str) -> float:
        """Return the cost of the cheapest slips, by dynamic programming (Damerau 1964, in the form of Boytsov 2011)."""
        rows: list[list[float]] = []
        for i in range(len(typed) + 1):
            row = [inf] * (len(meant) + 1)
            for j in range(len(meant) + 1):
                best = 0.0 if i == j == 0 else inf
                if i and j and typed[i - 1] == meant[j - 1]:
                    best = rows[i - 1][j - 1]
                elif i and j:
                    best = rows[i - 1][j - 1] - self.rate("replaced", typed[i - 1], meant[j - 1])
                if i:
                    kind = "doubled" if i > 1 and typed[i - 2] == typed[i - 1] else "added"
                    best = min(best, rows[i - 1][j] - self.rate(kind, typed[i - 1], ""))
                if j:
                    kind = "single" if j > 1 and meant[j - 2] == meant[j - 1] else "omitted"
                    best = min(best, row[j - 1] - self.rate(kind, "", meant[j - 1]))
                if i > 1 and j > 1 and typed[i - 2 : i] == meant[j - 2 : j][::-1]:
                    best = min(best, rows[i - 2][j - 2] - self.rate("swapped", typed[i - 2 : i], meant[j - 2 : j]))
                row[j] = best
            rows.append(row)
        return rows[-1][-1]
