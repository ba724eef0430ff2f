"""How well a word fits between its neighbours: bigram counts, memory-mapped.

P(word | left) is interpolated with the word's own frequency by Witten and Bell's scheme, in Dirichlet form: the counted
bigrams plus PSEUDO_COUNT observations spread as single words are.
"""

from __future__ import annotations

import lzma
from collections.abc import Mapping
from math import log
from pathlib import Path

import marisa_trie

from .cache import cached
from .lexicon import Lexicon, dictionary_folder

PSEUDO_COUNT = 60.0  # tuned on held-out articles
EDGE = "."  # stands for any mark, and for the text's ends
NUMBER = "#"


class Context:
    """Log-probabilities of words next to each other. Words are in lower case."""

    def __init__(self, lexicon: Lexicon) -> None:
        path = cached("bigrams.marisa", lexicon.version, _build)
        self._pairs = marisa_trie.RecordTrie("<I").mmap(str(path))
        self._words: Mapping[str, int] = lexicon.words
        self._rare: Mapping[str, int] = lexicon.rare
        self._total = float(sum(lexicon.words.values()))

    def pair(self, left: str, right: str) -> int:
        """How often `right` follows `left` in the counted corpus; below 3 it is 0."""
        found = self._pairs.get(f"{left} {right}")
        return found[0][0] if found else 0

    def count(self, word: str) -> int:
        """Uses of a word as a common word; EDGE and NUMBER count as frequent."""
        return self._words.get(word) or self._rare.get(word) or (1_000_000 if word in (EDGE, NUMBER) else 0)

    def prior(self, word: str) -> float:
        """log P(word), of a word of the lexicon."""
        return log((self.count(word) + 0.5) / self._total)

    def fit(self, word: str, left: str, right: str) -> float:
        """log P(word | left) + log P(right | word) - log P(right): the prior, as far as the neighbours bear it out."""
        n, n_left, n_right = self.count(word), self.count(left), self.count(right)
        p = (n + 0.5) / self._total
        p_right = (n_right + 0.5) / self._total
        before = (self.pair(left, word) + PSEUDO_COUNT * p) / (n_left + PSEUDO_COUNT)
        after = (self.pair(word, right) + PSEUDO_COUNT * p_right) / (n + PSEUDO_COUNT)
        return log(before) + log(after / p_right)


def _build(path: Path) -> None:
    with lzma.open(dictionary_folder() / "bigrams.tsv.xz", "rt", encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines if not line.startswith("#\t") or line.count("\t") == 2)
        marisa_trie.RecordTrie("<I", ((f"{r[0]} {r[1]}", (int(r[2]),)) for r in rows if len(r) == 3)).save(str(path))
