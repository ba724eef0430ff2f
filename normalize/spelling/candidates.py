"""Candidates: the words of the lexicon one edit away from a typed word, else the frequent ones two edits away."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from functools import lru_cache, partial
from math import log

from .. import kernel
from ..kernel import interfaces
from ..lexicon import Lexicon, dictionary_folder, flat, read_tsv
from ..lexicon.index_cache import cached
from .channel import Channel
from .context import Context
from .morphology import affixes_around
from .speller import MARKED, Speller

# Uses in the counted corpus that a candidate must have. One edit away: a choice; of 1,995 labelled slips 44 were meant to be
# a rarer word. Two edits away: with 30 instead of 200, with which the weights were fitted, 19 edits more were made in 47 MB
# of news that nobody counted, all right, for a third more time of the search; 10 gave five more for five times the time.
MIN_COUNT_ONE_EDIT, MIN_COUNT_TWO_EDITS = 3, 30
MIN_LENGTH_TWO_EDITS = 8  # letters of a typed word: in shorter ones, 1 in 50 labelled words two edits away was meant
MEMO = 65536  # words whose neighbours are kept: a choice


def offered(lexicon: Lexicon, min_count: int = MIN_COUNT_ONE_EDIT) -> Iterator[str]:
    """Yield the words that may have been meant: those used at least `min_count` times, of two letters or more."""
    for counts in (lexicon.words, lexicon.rare):
        yield from (word for word, n in counts.items() if n >= min_count and len(word) > 1)


def speller_for(lexicon: Lexicon, channel: Channel, context: Context) -> interfaces.Speller:
    """Return a search for the words offered, with what `channel` says of slips."""
    index = cached("speller.bin", lexicon.shipped, partial(_index, lexicon, context))
    words, priors, frequent, trigrams = flat.parts_of(index)
    logs = trigrams.cast("d")
    return Speller(words, priors.cast("d"), frequent, channel.table(), logs[:-1], logs[-1])


def _index(lexicon: Lexicon, context: Context) -> bytes:
    """The words offered, their priors, those offered two edits away, and the logs of trigrams, an unseen one last."""
    rows = read_tsv(dictionary_folder() / "trigrams.tsv")
    total = float(sum(int(n) for _, n in rows))
    seen, unseen = {letters: log(int(n) / total) for letters, n in rows}, log(0.5 / total)
    trigrams = [seen.get(a + b + c, unseen) for a in MARKED for b in MARKED for c in MARKED]
    words, frequent = list(offered(lexicon)), flat.words(offered(lexicon, MIN_COUNT_TWO_EDITS))
    priors, logs = array("d", context.priors(words)), array("d", [*trigrams, unseen])
    return flat.joined(kernel.packed(words, ()), priors.tobytes(), frequent, logs.tobytes())


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
