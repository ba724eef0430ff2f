"""Where commas and full stops stand in well-set news: how likely one is between two words.

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


class Commas(NamedTuple):
    """The table commas.tsv, read: what stands beside a word, as log odds. The average of all words is that of ""."""

    comma_behind: Mapping[str, float]
    comma_before: Mapping[str, float]
    stops: Mapping[str, float]

    def between(self, left: str, right: str) -> float:
        """The log odds of a comma between two words; "0" is a number, and a closing mark may stand for the left one."""
        return self.before(right, self.behind(left))

    def before(self, right: str, behind: float) -> float:
        """The log odds of a comma before a word, where those behind the word on its left are known."""
        return behind + _of(self.comma_before, right) - self.comma_behind[""]

    def behind(self, left: str) -> float:
        """The log odds of a comma, not a space, behind a word."""
        return _of(self.comma_behind, left)

    def stop_behind(self, left: str) -> float:
        """The log odds of a full stop, not a space or a comma, behind a word."""
        return _of(self.stops, left)


def _of(odds: Mapping[str, float], word: str) -> float:
    if word in odds:  # as it is printed: most are
        return odds[word]
    return odds.get("0" if word[:1].isdigit() else word.lower(), odds[""])


def _odds(times: int, others: int, average: float) -> float:
    """The log odds of something that happened so many times, and so many times did not; `average`: those of all words."""
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
    return Commas(*(dict(zip(listed, column.cast("d"), strict=True)) for column in columns))
