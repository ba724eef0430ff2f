"""Evidence of a word being right: what it may be made of, and other spellings of one word; and the kinds of slips."""

from __future__ import annotations

from functools import lru_cache
from math import log

from ..keyboard import NEIGHBOURS
from ..lexicon.attestations import Attestations
from .channel import Slip, slip
from .morphology import affixes_around

MEMO = 65536  # words whose roots are kept
LONG_ROOT = 5  # letters: of labelled words made of a shorter root than the word meant three in five were slips
SHORTEST_VARIANT = 4  # letters of a spelling that is not standard, to be found between affixes: a choice

Root = tuple[int, str, float, float]  # its length, itself, the log of the uses of words made of it, the affixes around it


class Evidence:
    """Finds what speaks for a typed word being right as it stands."""

    def __init__(self, attested: Attestations) -> None:
        self._families = attested.families
        self._variants = attested.variants
        self._made_of_roots = affixes_around(attested.families).analyses
        self._made_of_variants = affixes_around(attested.variants).analyses
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

    def other_root(self, roots: list[Root], meant: str) -> tuple[float, float, float, float]:
        """Return decision.PAIR_FEATURES' long_root to affixes: of the longest of `roots` that `meant` is not made of."""
        for length, stem, family, affixes in roots:
            if stem not in self._roots_of(meant):
                return (1.0, 0.0, family, affixes) if length >= LONG_ROOT else (0.0, 1.0, 0.0, 0.0)
        return 0.0, 0.0, 0.0, 0.0

    def standard_parts(self, typed: str) -> list[str]:
        """List the standard spellings of what a typed word may be made of: benar, which kebenaran has too, of kebeneran."""
        stems = [stem for _, stem, _, _ in self._made_of_variants(typed)]
        return [self._variants[stem] for stem in stems if len(stem) >= SHORTEST_VARIANT]


def kind_of_slip(typed: str, meant: str, is_listed: bool) -> tuple[float, ...]:
    """Return decision.PAIR_FEATURES' swapped to listed_last_letter_omitted."""
    return _features(slip(typed, meant), typed[:-1] == meant or meant[:-1] == typed, is_listed)


@lru_cache(maxsize=1 << 13)
def _features(one: Slip | None, at_end: bool, is_listed: bool) -> tuple[float, ...]:
    kind, wrote, letter = one or ("", "", "")
    replaced, omitted_last = kind == "replaced", kind in ("omitted", "single") and at_end
    return (
        float(kind == "swapped"),
        float(kind == "doubled"),
        float(kind == "single"),
        float(kind == "added"),
        float(kind == "omitted"),
        float(replaced and wrote + letter in NEIGHBOURS),
        float(replaced and wrote in "aiueo" and letter in "aiueo"),
        float(omitted_last),
        float(kind in ("added", "doubled") and at_end),
        float(omitted_last and is_listed),
    )
