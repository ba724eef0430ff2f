"""What a word may have been meant to be: SymSpell's lookup over an index on disk that all processes share.

SymSpell (Garbe 2012) finds words within two edits by what both have in common after deletions. Its index of deletions is
a dict of a million strings; here it is a memory-mapped trie that opens at once, which symspellpy reads as if it were one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

import marisa_trie
from rapidfuzz.distance import OSA
from symspellpy import SymSpell, Verbosity

from .cache import cached
from .lexicon import Lexicon

MAXIMUM_DISTANCE = 2
PREFIX = 7  # letters of a word that are indexed: SymSpell's own default
MINIMUM_COUNT = 3  # a word seen less often is not offered
SHORT = 7  # code points: up to here two edits are a guess (1 right in 50 labelled words), one is looked for
MEMO = 65536  # words whose neighbours are kept


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


class Candidates:
    """Words of the lexicon near a given one."""

    def __init__(self, lexicon: Lexicon) -> None:
        def offered() -> Iterator[str]:
            for standing in (lexicon.words, lexicon.rare):
                yield from (w for w, n in standing.items() if n >= MINIMUM_COUNT and len(w) > 1)

        words_path = cached("words.marisa", lexicon.version, lambda path: marisa_trie.Trie(offered()).save(str(path)))
        self._words = marisa_trie.Trie().mmap(str(words_path))
        deletes_path = cached("deletes.marisa", lexicon.version, lambda path: _build(self._words, path))
        self._symspell = SymSpell(MAXIMUM_DISTANCE, PREFIX, distance_comparer=_Distance())
        self._symspell._deletes = _Deletes(marisa_trie.RecordTrie("<I").mmap(str(deletes_path)), self._words)
        self._symspell._words = _Words()
        self._symspell._max_length = max(map(len, self._words.iterkeys()))
        self.near = lru_cache(maxsize=MEMO)(self._near)

    def __contains__(self, word: str) -> bool:
        """Whether a word is one that may be offered."""
        return word in self._words

    def _near(self, word: str) -> list[str]:
        """The words at the smallest edit distance from `word` (lower case), at most two edits away, one in short ones."""
        distance = 1 if len(word) <= SHORT else MAXIMUM_DISTANCE
        return [found.term for found in self._symspell.lookup(word, Verbosity.CLOSEST, distance)]


def _build(words: marisa_trie.Trie, path: Path) -> None:
    """Write the deletions of all `words` to `path`."""

    def records() -> Iterable[tuple[str, tuple[int]]]:
        for word in words.iterkeys():
            number = words.key_id(word)
            for left in _deletions(word[:PREFIX]):
                yield left, (number,)

    marisa_trie.RecordTrie("<I", records()).save(str(path))


def _deletions(prefix: str) -> set[str]:
    """`prefix` and what is left of it after one or two letters are taken out, as SymSpell keeps them."""
    layer = {prefix}
    found = {prefix}
    for _ in range(MAXIMUM_DISTANCE):
        layer = {word[:i] + word[i + 1 :] for word in layer for i in range(len(word)) if len(word) > 1}
        found |= layer
    return found
