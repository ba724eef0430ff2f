"""Roots that an unlisted word may be made of: evidence that it is right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import log

from ..lexicon.attestations import Attestations
from .morphology import affixes_around

MEMO = 65536  # words whose roots are kept: a choice
LONG_ROOT = 5  # letters: of labelled words made of a shorter root than the word meant three in five were slips
SHORTEST_VARIANT = 4  # letters of a spelling that is not standard, to be found between affixes: a choice

OtherRoot = tuple[float, float, float, float]  # features.PAIR_FEATURES' long_root to affixes
NO_ROOT = (0.0, 0.0, 0.0, 0.0)
Root = tuple[int, str, float, float]  # its length, itself, the log of the uses of words made of it, the affixes around it


class Roots:
    """Finds the roots in use, and the spellings that are not standard, that a typed word may be made of."""

    def __init__(self, attested: Attestations) -> None:
        self._families = attested.families
        self._variants = attested.variants
        self.affixes = affixes_around(attested.families), affixes_around(attested.variants)
        self._made_of_roots, self._made_of_variants = [affixes.analyses for affixes in self.affixes]
        self._roots_of = lru_cache(maxsize=MEMO)(self._find_roots)

    def _find_roots(self, word: str) -> frozenset[str]:
        return frozenset([stem for _, stem, _, _ in self._made_of_roots(word)])

    def made_of(self, typed: str) -> list[Root]:
        """List the roots that a typed word may be made of, the longest first."""
        found = []
        for prefix, stem, suffix, clitic in self._made_of_roots(typed):
            affixes = float((prefix != "") + (suffix != "") + (clitic != ""))
            found.append((len(stem), stem, log(self._families[stem]), affixes))
        return sorted(found, reverse=True)

    def other_roots(self, typed: str, candidates: Sequence[str]) -> tuple[OtherRoot, ...]:
        """Find, for each candidate, the longest root that a typed word may be made of and the candidate is not."""
        roots = self.made_of(typed)
        if not roots:
            return (NO_ROOT,) * len(candidates)
        return tuple([_other_root(roots, self._roots_of(meant)) for meant in candidates])

    def standard_parts(self, typed: str) -> list[str]:
        """List the standard spellings of what a typed word may be made of: benar, which kebenaran has too, of kebeneran."""
        stems = [stem for _, stem, _, _ in self._made_of_variants(typed)]
        return [self._variants[stem] for stem in stems if len(stem) >= SHORTEST_VARIANT]


def _other_root(roots: list[Root], others: frozenset[str]) -> OtherRoot:
    """Weigh the longest of `roots` that is none of the `others`."""
    for length, stem, family, affixes in roots:
        if stem not in others:
            return (1.0, 0.0, family, affixes) if length >= LONG_ROOT else (0.0, 1.0, 0.0, 0.0)
    return NO_ROOT
