"""Draw edits of a log at random, as many of each rule as there are, up to an equal share."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ...edit import Edit
from ..draw import Reservoir
from ..log.file import entries
from ..places import Place


class Drawn(NamedTuple):
    """An edit that was drawn, and where it was made."""

    edit: Edit
    place: Place


def draw(path: Path, size: int, seed: int) -> tuple[list[Drawn], Counter[str]]:
    """Draw `size` edits, the same for the same seed; also returns how many edits each rule made.

    The rules take turns, so that every beginning of the list has about as many edits of each. Raises DumpError for what is
    no log.
    """
    chance = random.Random(seed)
    reservoirs: dict[str, Reservoir[Drawn]] = defaultdict(lambda: Reservoir(size, chance))
    made: Counter[str] = Counter()
    for _, file, entry, _ in entries(path):
        for edit in entry.edits:
            made[edit.rule] += 1
            rule = edit.rule.partition("+")[0]  # what several rules made together is of the first
            reservoirs[rule].add(Drawn(edit, Place(file, entry.n, entry.field, edit.start, edit.end)))
    drawn = [reservoirs[rule].drawn for rule in sorted(reservoirs)]
    for some in drawn:
        chance.shuffle(some)
    return [one for one, _ in zip(_turns(drawn), range(size), strict=False)], made


def _turns(lists: Iterable[list[Drawn]]) -> Iterator[Drawn]:
    """Yield the first of each list, then the second of each, and so on."""
    left = [iter(some) for some in lists]
    while left:
        going = []
        for some in left:
            one = next(some, None)
            if one is not None:
                yield one
                going.append(some)
        left = going
