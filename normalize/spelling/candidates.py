"""What a word may have been meant to be: the words of the lexicon one edit away, else the frequent ones two edits away.

SymSpell (Garbe 2012) finds words near a given one by what both have in common after deletions. Its index of deletions is
a dict of a million strings; here it is a memory-mapped trie that opens at once, is shared by all processes, and is read by
symspellpy as if it were that dict. Where the compiled kernel is there, it finds the same words, sooner.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import marisa_trie
from rapidfuzz.distance import OSA
from symspellpy import SymSpell, Verbosity

from ..kernel import Speller
from ..lexicon import Lexicon
from ..lexicon.index_cache import cached
from .morphology import well_formed_among

INDEXED_PREFIX = 7  # letters of a word that are indexed: SymSpell's own default
MIN_COUNT_ONE_EDIT = 3  # uses: a word seen less often is not offered
MIN_COUNT_TWO_EDITS = 200  # uses of a word that is offered for one two edits away: rarer ones never were what was meant
# Code points: in shorter words two edits are a guess (1 in 50 labelled ones was right), so one is looked for.
MIN_LENGTH_TWO_EDITS = 8
MEMO = 65536  # words whose neighbours are kept


Search = Callable[[str], Iterable[str]]


class _Deletes:
    """SymSpell's `_deletes`: what is left of a word -> the words it may be left of."""

    __slots__ = ("records", "words")

    def __init__(self, records: marisa_trie.RecordTrie, words: marisa_trie.Trie) -> None:
        self.records = records
        self.words = words

    def __contains__(self, key: str) -> bool:
        return key in self.records

    def __getitem__(self, key: str) -> list[str]:
        return [self.words.restore_key(number) for (number,) in self.records[key]]


class _Words:
    """SymSpell's `_words`, of which it needs only that the word looked up is not among them."""

    __slots__ = ()

    def __contains__(self, word: str) -> bool:
        return False

    def __getitem__(self, word: str) -> int:
        return 0


class _Distance:
    """Edits between two words (optimal string alignment), as symspellpy asks for them, in C."""

    __slots__ = ()

    def compare(self, one: str, other: str, limit: int) -> int:
        found: int = OSA.distance(one, other, score_cutoff=limit)
        return found if found <= limit else -1


def offered(lexicon: Lexicon, min_count: int = MIN_COUNT_ONE_EDIT) -> Iterator[str]:
    """The words that may be what was meant: those used at least so often."""
    for counts in (lexicon.words, lexicon.rare):
        yield from (word for word, n in counts.items() if n >= min_count and len(word) > 1)


class CandidateSearch:
    """Words of the lexicon near a given one."""

    def __init__(self, lexicon: Lexicon, speller: Speller | None = None) -> None:
        """`speller`: a faster search than SymSpell's, where there is one."""
        if speller:
            self._one_edit: Search = speller.near
            self._two_edits: Search = speller.far
        else:
            self._one_edit = _lookup("one-edit", lexicon.shipped, 1, lambda: offered(lexicon))
            self._two_edits = _lookup("two-edits", lexicon.shipped, 2, lambda: offered(lexicon, MIN_COUNT_TWO_EDITS))
        self.is_well_formed = well_formed_among(lexicon.roots)
        self.nearest = lru_cache(maxsize=MEMO)(self._nearest)

    def _nearest(self, word: str) -> list[str]:
        """The words at the smallest edit distance from `word` (lower case), in order.

        At most one edit away; two where the word is long and no affixes around a known root: a word well formed that
        nothing is one slip away from is right.
        """
        found = set(self._one_edit(word))
        if not found and self.tries_two_edits(word):
            found = set(self._two_edits(word))
        return sorted(found)

    def tries_two_edits(self, word: str) -> bool:
        """Whether a word that nothing is one edit away from may be two away from one."""
        return len(word) >= MIN_LENGTH_TWO_EDITS and not self.is_well_formed(word)


def _lookup(name: str, version: str, distance: int, words: Callable[[], Iterator[str]]) -> Search:
    """SymSpell's lookup over mapped tries, which are built in the cache where they are missing."""
    words_path = cached(f"{name}-words.marisa", version, lambda path: marisa_trie.Trie(words()).save(str(path)))
    known = marisa_trie.Trie().mmap(str(words_path))
    deletes_path = cached(f"{name}.marisa", version, lambda path: _build(known, distance, path))
    symspell = SymSpell(distance, INDEXED_PREFIX, distance_comparer=_Distance())
    symspell._deletes = _Deletes(marisa_trie.RecordTrie("<I").mmap(str(deletes_path)), known)
    symspell._words = _Words()
    symspell._max_length = max(map(len, known.iterkeys()))
    return lambda word: {found.term for found in symspell.lookup(word, Verbosity.CLOSEST, distance)}


def _build(words: marisa_trie.Trie, distance: int, path: Path) -> None:
    """Write the deletions of all `words` to `path`."""

    def records() -> Iterable[tuple[str, tuple[int]]]:
        for word in words.iterkeys():
            number = words.key_id(word)
            for left in _deletions(word[:INDEXED_PREFIX], distance):
                yield left, (number,)

    marisa_trie.RecordTrie("<I", records()).save(str(path))


def _deletions(prefix: str, distance: int) -> set[str]:
    """`prefix` and what is left of it when up to `distance` letters are taken out, as SymSpell keeps them."""
    layer = {prefix}
    found = {prefix}
    for _ in range(distance):
        layer = {word[:i] + word[i + 1 :] for word in layer for i in range(len(word)) if len(word) > 1}
        found |= layer
    return found
