"""Candidates: the words of the lexicon one edit away from a typed word, else the frequent ones two edits away."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ..kernel import interfaces
from ..lexicon import Lexicon
from .morphology import affixes_around

# Uses in the counted corpus that a candidate must have. One edit away: a choice; of 1,995 labelled slips 44 were meant to be
# a rarer word. Two edits away: of 79 labelled slips (seeds/labelled.tsv) 12 were meant to be a rarer word.
MIN_COUNT_ONE_EDIT, MIN_COUNT_TWO_EDITS = 3, 200
MIN_LENGTH_TWO_EDITS = 8  # letters of a typed word: in shorter ones, 1 in 50 labelled words two edits away was meant
MEMO = 65536  # words whose neighbours are kept


def offered(lexicon: Lexicon, min_count: int = MIN_COUNT_ONE_EDIT) -> Iterator[str]:
    """Yield the words that may have been meant: those used at least `min_count` times, of two letters or more."""
    for counts in (lexicon.words, lexicon.rare):
        yield from (word for word, n in counts.items() if n >= min_count and len(word) > 1)


class CandidateSearch:
    """Finds the words of a lexicon nearest to a typed one."""

    def __init__(self, lexicon: Lexicon, speller: interfaces.Speller) -> None:
        self._speller = speller
        self.affixes = affixes_around(lexicon.roots)
        self.is_well_formed = self.affixes.well_formed
        self.nearest = lru_cache(maxsize=MEMO)(self._nearest)

    def _nearest(self, word: str) -> list[str]:
        """Return the words at the smallest edit distance from `word` (lower case), sorted.

        One edit away; or two, where the word is long and not well formed: a well-formed word that no other is one edit
        away from is right.
        """
        found = self._speller.within_one_edit(word)
        if not found and self.tries_two_edits(word):
            found = self._speller.within_two_edits(word)
        return sorted(found)

    def tries_two_edits(self, word: str) -> bool:
        """Whether words two edits away are looked for, where none is one edit away."""
        return len(word) >= MIN_LENGTH_TWO_EDITS and not self.is_well_formed(word)
