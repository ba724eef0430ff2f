"""The other half of a word with a hyphen: what it says the typed half was meant to be. oarng-orang, negra-negaranya."""

from __future__ import annotations

from collections.abc import Collection

from .channel import VOWELS, slip
from .morphology import CLITICS

TAILS = frozenset((*CLITICS, "an", "i", "kan", "annya"))  # endings that only one half of a reduplication may have
SUFFIXES = ("i", "kan", "an", "nya")  # what only the second half of a right one has
SHORTEST_HALF = 4  # letters of the shorter half, where they differ: a choice
ALIKE = 3  # letters of one half that stand in the other one of a reduplication: a choice


def decided_by(other: str, typed: str, near: Collection[str]) -> str | None:
    """Return the word of those `near` to a typed half that the other half decides on, all in lower case.

    None where none is alike, or only a vowel differs: gembar-gembor is right; so may be what differs by an affix.
    """
    shorter, longer = sorted((typed, other), key=len)
    if shorter in longer and (len(longer) > len(shorter) + 1 or longer.endswith(("an", "i"))):
        return None
    if any(other.endswith(tail) and typed.endswith(other.removesuffix(tail)) for tail in SUFFIXES):
        return None  # dikurang-kurangi
    if any(typed.endswith(tail) and other.endswith(typed.removesuffix(tail)) for tail in SUFFIXES):
        return None  # melayang-layangi
    for meant in [other] if other in near else sorted(near, key=len, reverse=True):
        shorter, longer = sorted((meant, other), key=len)
        tail = longer.rpartition(shorter)[2]
        kin = meant == other or (len(shorter) >= SHORTEST_HALF and shorter in longer and tail in TAILS)
        one = slip(typed, meant)
        if kin and one is not None and one[1] + one[2] not in VOWELS:
            return meant
    return None


def rhymes(other: str, typed: str) -> bool:
    """Whether two halves, in lower case, differ by the first letter alone, as those of some right words do: sayur-mayur."""
    return other[1:] == typed[1:]


def may_be_reduplicated(other: str, typed: str) -> bool:
    """Whether two halves, in lower case, may be those of one word said twice: berangsur-angsur, but not pre-analitik."""
    return other[:ALIKE] in typed or typed[:ALIKE] in other
