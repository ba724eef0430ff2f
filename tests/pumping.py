"""Hostile texts made of regular expressions themselves: what each of their repeats repeats, many times over.

A repeat that is tried again from every place, or that can be taken in several ways, is slow on a text that it nearly
matches; this is where such texts come from, so that nobody has to think of them.
"""

from __future__ import annotations

import random
import re
import re._constants as constants  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable, Iterator
from typing import Any

POOL = [*map(chr, range(32, 127)), *"\n\t\r éß\xa0“”–…漢"]  # of which characters are drawn
REPEATS = (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT)
CATEGORIES = {
    constants.CATEGORY_DIGIT: r"\d",
    constants.CATEGORY_NOT_DIGIT: r"\D",
    constants.CATEGORY_SPACE: r"\s",
    constants.CATEGORY_NOT_SPACE: r"\S",
    constants.CATEGORY_WORD: r"\w",
    constants.CATEGORY_NOT_WORD: r"\W",
}
MANY = 8  # from so many on a repeat is tried

Node = tuple[Any, Any]  # what it is, and its arguments, as Python's parser has them


def pumped(pattern: re.Pattern[str], draws: int, chance: random.Random) -> set[tuple[str, str]]:
    """Pairs of what is to stand once and what is to be repeated behind it."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    found = set()
    for _ in range(draws):
        for before, repeated in _repeats(tree, "", chance):
            once = _drawn(repeated, chance)
            found |= {(before, once), ("", once), ("", before[-40:] + once), (before, once + " ")}
        whole = _drawn(tree, chance)
        found |= {("", whole), ("", whole[:-1]), ("", whole[: len(whole) // 2])}
    return {(before, repeated) for before, repeated in found if repeated}


def _repeats(nodes: Iterable[Node], before: str, chance: random.Random) -> Iterator[tuple[str, Any]]:
    """What is repeated in a pattern, and something that may stand before it."""
    for kind, arguments in nodes:
        if kind in REPEATS:
            if int(arguments[1]) > MANY:
                yield before, arguments[2]
            yield from _repeats(arguments[2], before, chance)
        elif kind is constants.BRANCH:
            for branch in arguments[1]:
                yield from _repeats(branch, before, chance)
        elif kind is constants.SUBPATTERN:
            yield from _repeats(arguments[3], before, chance)
        elif kind in (constants.ASSERT, constants.ASSERT_NOT):
            yield from _repeats(arguments[1], before, chance)
        elif kind is constants.ATOMIC_GROUP:
            yield from _repeats(arguments, before, chance)
        before += _drawn([(kind, arguments)], chance)


def _drawn(nodes: Iterable[Node], chance: random.Random) -> str:
    """A text that a pattern may match; what looks behind or ahead is passed by."""
    text = ""
    for kind, arguments in nodes:
        if kind is constants.LITERAL:
            text += chr(arguments)
        elif kind is constants.NOT_LITERAL:
            text += chance.choice([mark for mark in "aA1 .," if ord(mark) != arguments])
        elif kind is constants.ANY:
            text += chance.choice("aA1 .-")
        elif kind is constants.IN:
            text += chance.choice([mark for mark in POOL if _holds(arguments, mark)] or ["?"])
        elif kind is constants.BRANCH:
            text += _drawn(chance.choice(arguments[1]), chance)
        elif kind is constants.SUBPATTERN:
            text += _drawn(arguments[3], chance)
        elif kind is constants.ATOMIC_GROUP:
            text += _drawn(arguments, chance)
        elif kind in REPEATS:
            least, most, repeated = arguments
            text += "".join(_drawn(repeated, chance) for _ in range(min(int(most), least + chance.randrange(3))))
    return text


def _holds(members: Iterable[Node], mark: str) -> bool:
    """Whether a set of characters has one."""
    among = is_without = False
    for kind, arguments in members:
        if kind is constants.NEGATE:
            is_without = True
        elif kind is constants.LITERAL:
            among |= ord(mark) == arguments
        elif kind is constants.RANGE:
            among |= arguments[0] <= ord(mark) <= arguments[1]
        elif kind is constants.CATEGORY:
            among |= re.match(CATEGORIES[arguments], mark) is not None
    return among != is_without
