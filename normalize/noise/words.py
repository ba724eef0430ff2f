"""Noise in words: mistyped, torn, glued, written twice."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from math import exp
from string import ascii_lowercase

from ..spelling.channel import Channel
from .kind import Draw, Kind, Put, Span, always, drawn, places_of

# A word in small letters, or with a capital first; nothing of an address, a number or a compound.
WORD = r"(?<![\w@/.'’-])[A-Za-z][a-z]{3,}(?![\w@/'’-]|\.\w)"
REDUPLICATION = re.compile(r"(?<![\w-])([a-z]{3,})-\1", re.ASCII)
SLIP = "slip"
SHORTEST_PIECE = 2  # letters of a word on either side of a space that is put into it (a choice)


def slips(channel: Channel) -> Kind:
    """Make the kind of words with one slip, each slip of a word as likely as the channel has it."""

    def mistyping(draw: Draw) -> Put:
        def mistyped(word: str) -> str:
            low = word.lower()
            wrong = draw.one_of(_slips_of(low, channel))
            return wrong[:1].upper() + wrong[1:] if word[:1].isupper() else wrong

        return mistyped

    return Kind(SLIP, frozenset(("spelling.slip", "spelling.rewrite")), places_of(WORD), mistyping)


@lru_cache(maxsize=4096)
def _slips_of(word: str, channel: Channel) -> dict[str, float]:
    """Weigh everything that is one slip away from a word in lower case, by the slip's rate."""
    found: defaultdict[str, float] = defaultdict(float)
    for i, letter in enumerate(word):
        before, after = word[:i], word[i + 1 :]
        found[before + after] += exp(channel.rate("single" if before[-1:] == letter else "omitted", "", letter))
        for other in ascii_lowercase:
            found[before + other + after] += exp(channel.rate("replaced", other, letter))
            found[before + letter + other + after] += exp(channel.rate("doubled" if other == letter else "added", other, ""))
        if after:
            found[before + after[0] + letter + after[1:]] += exp(
                channel.rate("swapped", after[0] + letter, letter + after[0])
            )
    found.pop(word, None)
    return dict(found)


def _tearing(draw: Draw) -> Put:
    def torn(word: str) -> str:
        at = draw.between(SHORTEST_PIECE, len(word) - SHORTEST_PIECE)
        return f"{word[:at]} {word[at:]}"

    return torn


def _twice(word: str) -> str:
    return f"{word} {word}"


def _hyphens(text: str) -> list[Span]:
    """Find the hyphens of reduplicated words."""
    return [(match.end(1), match.end(1) + 1) for match in REDUPLICATION.finditer(text)]


KINDS = (
    Kind(
        "preposition",
        frozenset(("spelling.preposition",)),
        places_of(r"(?<=\b[DdKk][ie]) (?=[a-z]{3})"),
        always(lambda _: ""),
    ),
    Kind("torn", frozenset(("spelling.joined",)), places_of(WORD.replace("{3,}", "{5,}")), _tearing),
    Kind(
        "glued",
        frozenset(("spelling.glued",)),
        places_of(r"(?<=[a-z]{3})(?<!\b[DdKk][ie]) (?=[a-z]{3})"),
        always(lambda _: ""),
    ),
    Kind("repeated", frozenset(("spelling.repeated",)), places_of(r"(?<=[a-z] )[a-z]{2,}(?= [a-z])"), always(_twice)),
    Kind(
        "reduplication",
        frozenset(("spelling.reduplication",)),
        _hyphens,
        drawn({" ": 55, "": 33}),  # of 88 in 4,971 articles
    ),
)
