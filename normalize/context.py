"""How well a word fits between its neighbours: bigram counts, memory-mapped.

A pair's count is held against what chance would give, n(left) n(right) / N, both with SMOOTHING added: a smoothed
pointwise mutual information, in nats, which says nothing of pairs too rare to be expected.
"""

from __future__ import annotations

import lzma
from collections.abc import Mapping, Sequence
from math import log
from pathlib import Path

import marisa_trie

from .cache import cached
from .lexicon import Lexicon, dictionary_folder

SMOOTHING = 0.5  # pairs seen once are not kept: about what an absent one may have had
EDGE = "."  # stands for any mark, and for the text's ends
NUMBER = "#"


class Context:
    """Log-probabilities of words next to each other. Words are in lower case."""

    def __init__(self, lexicon: Lexicon) -> None:
        path = cached("bigrams.marisa", lexicon.shipped, _build)
        self._pairs = marisa_trie.RecordTrie("<I").mmap(str(path))
        self._words: Mapping[str, int] = lexicon.words
        self._rare: Mapping[str, int] = lexicon.rare
        self._total = float(sum(lexicon.words.values()))

    def pair(self, left: str, right: str) -> int:
        """How often `right` follows `left` in the counted corpus; below 2 it is 0."""
        found = self._pairs.get(f"{left} {right}")
        return found[0][0] if found else 0

    def count(self, word: str) -> int:
        """Uses of a word as a common word; EDGE and NUMBER count as frequent."""
        return self._words.get(word) or self._rare.get(word) or (1_000_000 if word in (EDGE, NUMBER) else 0)

    def prior(self, word: str) -> float:
        """log P(word), of a word of the lexicon."""
        return log((self.count(word) + 0.5) / self._total)

    def fits(self, words: Sequence[str], left: str, right: str) -> list[float]:
        """For each of some words, how much likelier it is between `left` and `right` than anywhere, in nats."""
        get, n_left, n_right, total = self._pairs.get, self.count(left), self.count(right), self._total
        found = []
        for word in words:
            n = self.count(word)
            before, behind = get(f"{left} {word}"), get(f"{word} {right}")
            expected = (n_left * n / total + SMOOTHING) * (n * n_right / total + SMOOTHING)
            seen = ((before[0][0] if before else 0) + SMOOTHING) * ((behind[0][0] if behind else 0) + SMOOTHING)
            found.append(log(seen / expected))
        return found


def _build(path: Path) -> None:
    with lzma.open(dictionary_folder() / "bigrams.tsv.xz", "rt", encoding="utf-8") as lines:
        rows = (line.rstrip("\n").split("\t") for line in lines if not line.startswith("#\t") or line.count("\t") == 2)
        marisa_trie.RecordTrie("<I", ((f"{r[0]} {r[1]}", (int(r[2]),)) for r in rows if len(r) == 3)).save(str(path))
