"""Candidates: the words of the lexicon one edit away from a typed word, else the frequent ones two edits away.

SymSpell (Garbe 2012) finds words near a given one by the strings that both share once letters are deleted. Its index of
deletions is a dict of a million strings; here it is a memory-mapped trie that opens at once, is shared by all processes, and
is read by symspellpy as if it were that dict. The compiled kernel, where it is there, finds the same words sooner.
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
# Uses in the counted corpus that a candidate must have. One edit away: a choice; of 1,995 labelled slips 44 were meant to be
# a rarer word. Two edits away: of 79 labelled slips (seeds/labelled.tsv) 12 were meant to be a rarer word.
MIN_COUNT_ONE_EDIT, MIN_COUNT_TWO_EDITS = 3, 200
MIN_LENGTH_TWO_EDITS = 8  # letters of a typed word: in shorter ones, 1 in 50 labelled words two edits away was meant
MEMO = 65536  # words whose neighbours are kept


Search = Callable[[str], Iterable[str]]


class _Deletes:
    """The index of SymSpell (`_deletes`): a word with letters deleted -> the words it may be made of."""

    __slots__ = ("records", "words")

    def __init__(self, records: marisa_trie.RecordTrie, words: marisa_trie.Trie) -> None:
        self.records = records
        self.words = words

    def __contains__(self, key: str) -> bool:
        return key in self.records

    def __getitem__(self, key: str) -> list[str]:
        return [self.words.restore_key(number) for (number,) in self.records[key]]


class _Words:
    """The words of SymSpell (`_words`): it only asks whether the word looked up is one of them, which it never is."""

    __slots__ = ()

    def __contains__(self, word: str) -> bool:
        return False

    def __getitem__(self, word: str) -> int:
        return 0


class _Distance:
    """The distance of two words in edits (optimal string alignment), in C, with the interface of symspellpy."""

    __slots__ = ()

    def compare(self, one: str, other: str, limit: int) -> int:
        found: int = OSA.distance(one, other, score_cutoff=limit)
        return found if found <= limit else -1


def offered(lexicon: Lexicon, min_count: int = MIN_COUNT_ONE_EDIT) -> Iterator[str]:
    """Yield the words that may have been meant: those used at least `min_count` times, of two letters or more."""
    for counts in (lexicon.words, lexicon.rare):
        yield from (word for word, n in counts.items() if n >= min_count and len(word) > 1)


class CandidateSearch:
    """Finds the words of a lexicon nearest to a typed one."""

    def __init__(self, lexicon: Lexicon, speller: Speller | None = None) -> None:
        """`speller`: the compiled search; without one, SymSpell's indexes are opened, and built where they are missing."""
        if speller:
            self._one_edit: Search = speller.near
            self._two_edits: Search = speller.far
        else:
            self._one_edit = _lookup("one-edit", lexicon.shipped, 1, lambda: offered(lexicon))
            self._two_edits = _lookup("two-edits", lexicon.shipped, 2, lambda: offered(lexicon, MIN_COUNT_TWO_EDITS))
        self.is_well_formed = well_formed_among(lexicon.roots)
        self.nearest = lru_cache(maxsize=MEMO)(self._nearest)

    def _nearest(self, word: str) -> list[str]:
        """Return the words at the smallest edit distance from `word` (lower case), sorted.

        One edit away; or two, where the word is long and not well formed: a well-formed word that no other is one edit
        away from is right.
        """
        found = set(self._one_edit(word))
        if not found and self.tries_two_edits(word):
            found = set(self._two_edits(word))
        return sorted(found)

    def tries_two_edits(self, word: str) -> bool:
        """Whether words two edits away are looked for, where none is one edit away."""
        return len(word) >= MIN_LENGTH_TWO_EDITS and not self.is_well_formed(word)


def _lookup(name: str, version: str, distance: int, words: Callable[[], Iterator[str]]) -> Search:
    """Open SymSpell's lookup over mapped tries, which are built in the cache where they are missing."""
    words_path = cached(f"{name}-words.marisa", version, lambda path: marisa_trie.Trie(words()).save(str(path)))
    known = marisa_trie.Trie().mmap(str(words_path))
    deletes_path = cached(f"{name}.marisa", version, lambda path: _build(known, distance, path))
    symspell = SymSpell(distance, INDEXED_PREFIX, distance_comparer=_Distance())
    symspell._deletes = _Deletes(marisa_trie.RecordTrie("<I").mmap(str(deletes_path)), known)
    symspell._words = _Words()
    symspell._max_length = max(map(len, known.iterkeys()))
    return lambda word: {found.term for found in symspell.lookup(word, Verbosity.CLOSEST, distance)}


def _build(words: marisa_trie.Trie, distance: int, path: Path) -> None:
    """Write the index of deletions of all `words` to `path`."""

    def records() -> Iterable[tuple[str, tuple[int]]]:
        for word in words.iterkeys():
            number = words.key_id(word)
            for left in _deletions(word[:INDEXED_PREFIX], distance):
                yield left, (number,)

    marisa_trie.RecordTrie("<I", records()).save(str(path))


def _deletions(prefix: str, distance: int) -> set[str]:
    """Return `prefix` and all strings that deleting up to `distance` of its letters leaves."""
    layer = {prefix}
    found = {prefix}
    for _ in range(distance):
        layer = {word[:i] + word[i + 1 :] for word in layer for i in range(len(word)) if len(word) > 1}
        found |= layer
    return found
