"""Context: how well a word fits between its neighbours, by the counts of word pairs.

The fit is a smoothed pointwise mutual information (Church and Hanks 1990), in nats: the log of the count of a pair over the
count that chance would give, n(left) n(right) / N, with SMOOTHING added to both. It is near 0 for pairs too rare to be
expected.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from functools import partial
from math import log

from .. import kernel
from ..lexicon import Lexicon, dictionary_folder, flat
from ..lexicon.index_cache import cached

SMOOTHING = 0.5  # of a pair: a choice; pairs counted once are not kept, so that an absent one has been seen 0 times or 1
EDGE = "."  # stands for any mark, and for the ends of a text
NUMBER = "#"  # stands for any number
COUNT_OF_A_MARK = 1_000_000  # uses of either: a choice between the pairs that begin with a mark, 1.8 M, and a number, 0.4 M


class Context:
    """The counts of words and of pairs of words, and what follows from them. Words are in lower case."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._words: Mapping[str, int] = lexicon.words
        self._rare: Mapping[str, int] = lexicon.rare
        self._total = float(lexicon.uses)
        words, counts, *tables = flat.parts_of(cached("pairs.bin", lexicon.shipped, partial(_pairs, lexicon)))
        starts, rights, often = (table.cast("I") for table in tables)
        unlike = lexicon.standard
        self.pairs = kernel.Pairs(
            words, counts.cast("d"), self._total, SMOOTHING, starts, rights, often, unlike, EDGE, NUMBER
        )
        self.pmi = self.pairs.pmi
        self.splits = self.pairs.splits
        self.pair = self.pairs.count  # of two words side by side in the counted corpus; 0 where it was 1

    def count(self, word: str) -> int:
        """Return the uses of a word as a common word; EDGE and NUMBER count as frequent."""
        return self._words.get(word) or self._rare.get(word) or (COUNT_OF_A_MARK if word in (EDGE, NUMBER) else 0)

    def prior(self, word: str) -> float:
        """Return log P(word), in nats; half a use is added, so that a word never counted has a probability."""
        return log((self.count(word) + 0.5) / self._total)

    def priors(self, words: Iterable[str]) -> list[float]:
        """Return `prior` of each word; most were counted as often as some other."""
        known: dict[int, float] = {}
        found = []
        for word in words:
            count = self._words.get(word) or self.count(word)
            if count not in known:
                known[count] = self.prior(word)
            found.append(known[count])
        return found


def neighbour(piece: str, lexicon: Lexicon, number: int) -> str:
    """Return a neighbouring token as the counts know it; "" for an unknown word.

    A spelling that is merely not standard counts as the standard one; where that is several words, as word `number` of it.
    Of Rp90 a word has the number beside it that stands behind it (`number` -1).
    """
    if not piece or not piece[0].isalnum():
        return EDGE
    if piece[0].isdigit() or (number < 0 and piece[-1].isdigit()):
        return NUMBER
    low = piece.lower()
    if standard := lexicon.standard.get(low):
        low = standard.split()[number].lower()
    return low if low in lexicon.words or low in lexicon.rare else ""


def _pairs(lexicon: Lexicon) -> bytes:
    """The pairs of bigrams.tsv.xz as kernel.Pairs takes them: words, their counts, and the tables."""
    import lzma  # an index is built once

    found: dict[str, dict[str, int]] = {}
    with lzma.open(dictionary_folder() / "bigrams.tsv.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = line.rstrip("\n").split("\t")
            if len(row) == 3:
                found.setdefault(row[0], {})[row[1]] = int(row[2])
    words = sorted({word for left, rights in found.items() for word in (left, *rights)})
    number = {word: i for i, word in enumerate(words)}
    starts, rights, often = [0], list[int](), list[int]()
    for left in words:
        for right, n in sorted((number[right], n) for right, n in found.get(left, {}).items()):
            if n >= kernel.OFTEN:
                often += len(rights), n
            rights.append(right << 8 | min(n, kernel.OFTEN))
        starts.append(len(rights))
    uses = {EDGE: COUNT_OF_A_MARK, NUMBER: COUNT_OF_A_MARK, **lexicon.rare, **lexicon.words}
    words += [word for word in uses if word not in number]
    counted = array("d", (uses.get(word, -1) for word in words))
    return flat.joined(kernel.packed(words, ()), counted.tobytes(), *map(flat.numbers, (starts, rights, often)))
