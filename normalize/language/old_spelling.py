"""The spelling of Indonesian before 1972, turned into today's.

By the reform of 1972 (Ejaan yang Disempurnakan) dj, tj, nj, sj, ch and j became j, c, ny, sy, kh and y; by that of 1947 oe
had become u, and both stood side by side for long.
"""

from __future__ import annotations

from collections.abc import Container

from ..lazy import lazy_pattern

TODAY = {"dj": "j", "tj": "c", "nj": "ny", "sj": "sy", "ch": "kh", "oe": "u", "j": "y"}
OLD = lazy_pattern("|".join(TODAY))
# Affixes are put to stems as they are today; only -nja and pre-1947 -oen differ, and were respelled before this is asked.
PREFIXES = ("", "ber", "be", "me", "mem", "men", "meng", "meny", "di", "ter", "per", "se", "ke", "pe", "pem", "pen", "peng")
SUFFIXES = ("", "nya", "kan", "i", "an", "lah", "pun", "ku", "mu", "kannya", "annya")
SHORTEST_STEM = 4  # letters: shorter ones, names among them, fit into many a slip


def today(word: str, words: Container[str], stems: Container[str]) -> str | None:
    """The form today of `word`, in lower case; None where it is not in the old spelling, or becomes neither one of `words`
    nor one of `stems` with affixes.
    """
    if not ("j" in word or "ch" in word or "oe" in word) or word in words:
        return None
    for kept in ("", "ch"):  # "technik" was written so before and after
        meant = OLD.sub(lambda found: found[0] if found[0] == kept else TODAY[found[0]], word)  # noqa: B023
        if meant != word and is_built_of(meant, words, stems):
            return meant
    return None


def is_built_of(word: str, words: Container[str], stems: Container[str]) -> bool:
    """Whether `word` is one of `words`, or one of `stems` between affixes."""
    if word in words:
        return True
    for prefix in filter(word.startswith, PREFIXES):
        for suffix in filter(word.endswith, SUFFIXES):
            stem = word[len(prefix) : len(word) - len(suffix)]
            if len(stem) >= SHORTEST_STEM and stem in stems:
                return True
    return False
