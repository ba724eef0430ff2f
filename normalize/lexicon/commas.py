"""The odds of a comma or a full stop between two words, as in well-set news.

The odds of a comma between two words are those that the word before and the word behind have each, put together as if they
were independent: over repositories left out of the counts, of the pairs given 20, 50 and 90 in 100, 23, 47 and 90 had one.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from functools import cache
from math import e, log
from typing import NamedTuple

from . import dictionary_folder, flat, load, read_tsv
from .index_cache import cached

# Log odds of a comma behind a space, 5 in 100: of 95 that were read, 7 of the 25 below it hid a loss, 2 of the others.
DOUBTFUL = -3.0
SMOOTHING = 5.0  # times that each word is taken to have stood as an average one does, besides those counted (a choice)


class _Odds(dict[str, float]):
    """Log odds by word, in lower case and as it was met; of all numbers at "0", of words that were not counted at ""."""

    __slots__ = ()

    def __missing__(self, word: str) -> float:
        odds = self.get(word.lower())
        if odds is None:
            return self["0" if word[:1].isdigit() else ""]
        self[word] = odds  # there are few ways to case a word
        return odds


class Commas(NamedTuple):
    """The table commas.tsv, read: the log odds of marks beside a word. Those of all words are at ""."""

    behind: Mapping[str, float]  # of a comma, not a space, behind a word, or a closing mark
    before: Mapping[str, float]  # and before a word
    stop_behind: Mapping[str, float]  # of a full stop, not a space or a comma

    def between(self, left: str, right: str) -> float:
        """The log odds of a comma between two words."""
        return self.behind[left] + self.before[right] - self.behind[""]


def _odds(times: int, others: int, average: float) -> float:
    """Return the log odds of an event with `times` cases for it and `others` against; `average`: those of all words."""
    share = 1 / (1 + e**-average) if average else 0.0
    return log((times + SMOOTHING * share + 0.01) / (others + SMOOTHING * (1 - share) + 0.01))


def _packed() -> bytes:
    rows = [(word, tuple(map(int, counts))) for word, *counts in read_tsv(dictionary_folder() / "commas.tsv")]
    sums = [sum(column) for column in zip(*(counts for _, counts in rows), strict=True)]
    average, stops = _odds(sums[1], sums[0], 0.0), _odds(sums[2], sums[0], 0.0)
    columns = (
        [average, *(_odds(comma, gap, average) for _, (gap, comma, *_) in rows)],
        [average, *(_odds(comma_before, gap_before, average) for _, (*_, gap_before, comma_before) in rows)],
        [stops, *(_odds(stop, gap + comma, stops) for _, (gap, comma, stop, *_) in rows)],
    )
    return flat.joined(flat.words(["", *(word for word, _ in rows)]), *(array("d", column).tobytes() for column in columns))


@cache
def commas() -> Commas:
    """The shipped table, read once per process, when it is first needed."""
    words, *columns = flat.parts_of(cached("commas.bin", load().shipped, _packed))
    listed = flat.split(words)
    return Commas(*(_Odds(zip(listed, column.cast("d"), strict=True)) for column in columns))
