"""What is drawn of a stream: as much as was asked for, each thing as likely as the others, the same for a seed."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from normalize.dumps.draw import Reservoir


def drawn(things: range, size: int, seed: int) -> list[int]:
    reservoir = Reservoir[int](size, random.Random(seed))
    for one in things:
        reservoir.add(one)
    return reservoir.drawn


@pytest.mark.parametrize(("there", "wanted", "got"), [(0, 3, 0), (2, 3, 2), (3, 3, 3), (50, 3, 3), (50, 0, 0)])
def test_as_many_are_drawn_as_there_are_or_as_are_wanted(there: int, wanted: int, got: int) -> None:
    found = drawn(range(there), wanted, 7)
    assert len(found) == len(set(found)) == got
    assert found == drawn(range(there), wanted, 7)


def test_each_is_as_likely_as_the_others() -> None:
    times = Counter(one for seed in range(2000) for one in drawn(range(20), 5, seed))
    assert all(abs(times[one] - 500) < 100 for one in range(20))  # five standard deviations: sqrt(2000 * 1/4 * 3/4) is 19
