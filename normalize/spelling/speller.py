"""The words near a typed one, found without the compiled kernel: one edit by trying all, two by SymSpell (Garbe 2012)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product
from string import ascii_lowercase

from .. import kernel
from ..kernel import LONGEST_TYPED, Neighbours
from ..lazy import lazy_pattern
from .channel import SHORTEST_EXCHANGED, Channel, slips

MARKED = ascii_lowercase + "^$"  # letters, and the marks of a word's beginning and end
LETTERS = frozenset(ascii_lowercase)
PREFIX = 7  # letters of a word that are indexed: SymSpell's own default
TWO = 2  # edits
# Letters of a word that is told by its sounds: shorter ones are abbreviations, and what ends in
# y is English. Of 68 labelled words so told 68 were slips.
SHORTEST_UNPRONOUNCEABLE = 6
SECOND = lazy_pattern("(?<=n)g|(?<=[^aeiouy])h")  # letters that write one sound with the one before
FOUR_CONSONANTS = lazy_pattern("[^aeiouy]{4}")


class _Rates(Channel):
    """A channel whose rates are in a table."""

    def __init__(self, rates: Iterable[float]) -> None:
        self._table = dict(zip(slips(), rates, strict=True))
        self.rate = lambda *slip: self._table[slip]  # type: ignore[assignment]


class _Distance:
    """Edits between two words (optimal string alignment), as symspellpy asks for them, in C."""

    def __init__(self) -> None:
        from rapidfuzz.distance import OSA  # needed where there is no compiled kernel

        self._distance = OSA.distance

    def compare(self, one: str, other: str, limit: int) -> int:
        found: int = self._distance(one, other, score_cutoff=limit)
        return found if found <= limit else -1


@kernel.primitive
class Speller:
    """kernel.interfaces.Speller."""

    def __init__(
        self,
        words: kernel.WordList,
        priors: Iterable[float],
        frequent: kernel.WordList,
        rates: Iterable[float],
        trigrams: Iterable[float],
        unseen: float,
    ) -> None:
        self._priors = dict(zip(kernel.each(words), priors, strict=True))
        self._channel = _Rates(rates)
        self._trigrams = dict(zip(map("".join, product(MARKED, repeat=3)), trigrams, strict=True))
        self._unseen = unseen
        from symspellpy import SymSpell, Verbosity  # needed where there is no compiled kernel, and slow to import

        self._all = Verbosity.ALL
        self._two_edits = SymSpell(TWO, PREFIX, distance_comparer=_Distance())
        for word in kernel.each(frequent):
            self._two_edits.create_dictionary_entry(word, 1)

    def within_one_edit(self, typed: str) -> Neighbours:
        return self._found(typed, self._priors.keys() & edits_of(typed) if is_typed(typed) else ())

    def within_two_edits(self, typed: str) -> Neighbours:
        found = self._two_edits.lookup(typed, self._all, TWO) if is_typed(typed) else ()
        return self._found(typed, (near.term for near in found if len(near.term) <= LONGEST_TYPED))

    def _found(self, typed: str, words: Iterable[str]) -> Neighbours:
        cost, surprisal = self._channel.cost, self.trigram_surprisal
        return {word: (self._priors[word], cost(typed, word), surprisal(word)) for word in words}

    def trigram_surprisal(self, typed: str) -> float:
        total = 0.0  # not by sum(), which from Python 3.12 on is more exact than C adds up
        for trigram in trigrams_of(typed):
            total += self._trigrams[trigram]
        return -total / len(typed)

    def unseen_trigrams(self, typed: str) -> int:
        return sum([self._trigrams[trigram] == self._unseen for trigram in trigrams_of(typed)])

    def is_unpronounceable(self, typed: str) -> bool:
        if len(typed) < SHORTEST_UNPRONOUNCEABLE:
            return False
        first, *_, last = trigrams_of(typed)
        is_odd = self._trigrams[first] == self._unseen or (self._trigrams[last] == self._unseen and typed[-1] != "y")
        return is_odd or (self.unseen_trigrams(typed) > 0 and FOUR_CONSONANTS.search(SECOND.sub("", typed)) is not None)


def is_typed(word: str) -> bool:
    """Whether a word may have neighbours: letters a to z, and not too many."""
    return 0 < len(word) <= LONGEST_TYPED and LETTERS.issuperset(word)


def edits_of(word: str) -> set[str]:
    """The strings of letters a to z that are one edit away, or in which two letters around another changed places."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    found = {head + tail[1:] for head, tail in cuts if tail}
    found |= {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    found |= {head + letter + tail[1:] for head, tail in cuts if tail for letter in ascii_lowercase}
    found |= {head + letter + tail for head, tail in cuts for letter in ascii_lowercase}
    if len(word) >= SHORTEST_EXCHANGED:
        found |= {head + tail[2::-1] + tail[3:] for head, tail in cuts if len(tail) > 2}
    found.discard(word)
    return found


def trigrams_of(word: str) -> list[str]:
    """The letter trigrams of a word between its marks. Raises ValueError for other letters than a to z."""
    if not word or not LETTERS.issuperset(word):
        raise ValueError("not a word of letters a to z")
    marked = f"^{word}$"
    return [marked[i : i + 3] for i in range(len(word))]
