"""Where commas and full stops stand in well-set news: how likely one is between two words.

The odds of a comma between two words are those that the word before and the word behind have each, put together as if they
were independent: over repositories left out of the counts, of the pairs given 20, 50 and 90 in 100, 23, 47 and 90 had one.
"""

from __future__ import annotations

from functools import cache
from math import log

import msgspec

from . import dictionary_folder, load, read_tsv
from .index_cache import cached

# Log odds of a comma behind a space, 5 in 100: of 95 that were read, 7 of the 25 below it hid a loss, 2 of the others.
DOUBTFUL = -3.0
SMOOTHING = 5.0  # times that each word is taken to have stood as an average one does, besides those counted (a choice)


class Habits(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What stands beside a word, as log odds."""

    comma_behind: float
    comma_before: float
    stop_behind: float


class Commas(msgspec.Struct, frozen=True, gc=False):
    """The table commas.tsv, read."""

    habits: dict[str, Habits]
    unknown: Habits  # of a word that the table does not have: the average of all

    def between(self, left: str, right: str) -> float:
        """The log odds of a comma between two words."""
        return self.of(left).comma_behind + self.of(right).comma_before - self.unknown.comma_behind

    def behind(self, left: str) -> float:
        """The log odds of a comma, not a space, behind a word."""
        return self.of(left).comma_behind

    def stop_behind(self, left: str) -> float:
        """The log odds of a full stop, not a space or a comma, behind a word."""
        return self.of(left).stop_behind

    def of(self, word: str) -> Habits:
        """What stands beside a word; "0" is a number, and a closing mark may stand for the left one of two."""
        return self.habits.get("0" if word[:1].isdigit() else word.lower(), self.unknown)


def _odds(times: int, others: int, average: float) -> float:
    """The log odds of something that happened so many times, and so many times did not; `average`: those of all words."""
    share = 1 / (1 + 2.718281828459045**-average) if average else 0.0
    return log((times + SMOOTHING * share + 0.01) / (others + SMOOTHING * (1 - share) + 0.01))


def _packed() -> bytes:
    rows = [(word, tuple(map(int, counts))) for word, *counts in read_tsv(dictionary_folder() / "commas.tsv")]
    sums = [sum(column) for column in zip(*(counts for _, counts in rows), strict=True)]
    average, stops = _odds(sums[1], sums[0], 0.0), _odds(sums[2], sums[0], 0.0)
    habits = {
        word: Habits(
            _odds(comma, gap, average),
            _odds(comma_before, gap_before, average),
            _odds(stop, gap + comma, stops),
        )
        for word, (gap, comma, stop, gap_before, comma_before) in rows
    }
    return msgspec.msgpack.encode(Commas(habits, Habits(average, average, stops)))


@cache
def commas() -> Commas:
    """The shipped table, read once per process, when it is first needed."""
    return msgspec.msgpack.decode(cached("commas.msgpack", load().shipped, _packed), type=Commas)
