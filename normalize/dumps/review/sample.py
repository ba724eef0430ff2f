"""Draw edits of a log at random, as many of each rule as there are, up to an equal share."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from ...edit import Edit
from ..places import Place
from .changes import logged


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
    drawn: dict[str, list[Drawn]] = defaultdict(list)
    made: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for source, entry in logged(path):
        for edit in entry.edits:
            made[edit.rule] += 1
            rule = edit.rule.partition("+")[0]  # what several rules made together is of the first
            seen[rule] += 1
            some, one = drawn[rule], Drawn(edit, Place(source, entry.n, entry.field, edit.start, edit.end))
            if len(some) < size:  # reservoir sampling (Vitter 1985, algorithm R), a reservoir a rule
                some.append(one)
            elif (slot := chance.randrange(seen[rule])) < size:
                some[slot] = one
    for rule in sorted(drawn):
        chance.shuffle(drawn[rule])
    return [one for one, _ in zip(_turns([drawn[rule] for rule in sorted(drawn)]), range(size), strict=False)], made


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
