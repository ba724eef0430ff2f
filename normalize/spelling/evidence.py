"""Evidence of a word being right: what it may be made of, and other spellings of one word; and the kinds of slips."""

from __future__ import annotations

from functools import lru_cache
from math import log

from ..keyboard import NEIGHBOURS
from ..lexicon.attestations import Attestations
from .channel import slip
from .morphology import analyses

MEMO = 65536  # words whose roots are kept
LONG_ROOT = 5  # letters: of labelled words made of a shorter root than the word meant three in five were slips
SHORTEST_VARIANT = 4  # letters of a spelling that is not standard, to be found between affixes: a choice

Root = tuple[int, str, float, float]  # its length, itself, the log of the uses of words made of it, the affixes around it


class Evidence:
    """Finds what speaks for a typed word being right as it stands."""

    def __init__(self, attested: Attestations) -> None:
        self._families = attested.families
        self._variants = attested.variants
        self._roots_of = lru_cache(maxsize=MEMO)(self._find_roots)

    def _find_roots(self, word: str) -> frozenset[str]:
        return frozenset(analysis.stem for analysis in analyses(word, self._families))

    def made_of(self, typed: str) -> list[Root]:
        """List the roots that a typed word may be made of, the longest first."""
        found = []
        for prefix, stem, suffix, clitic in analyses(typed, self._families):
            affixes = float((prefix != "") + (suffix != "") + (clitic != ""))
            found.append((len(stem), stem, log(self._families[stem]), affixes))
        return sorted(found, reverse=True)

    def other_root(self, roots: list[Root], meant: str) -> tuple[float, float, float, float]:
        """Return decision.PAIR_FEATURES' long_root to affixes: of the longest of `roots` that `meant` is not made of."""
        for length, stem, family, affixes in roots:
            if stem not in self._roots_of(meant):
                return (1.0, 0.0, family, affixes) if length >= LONG_ROOT else (0.0, 1.0, 0.0, 0.0)
        return 0.0, 0.0, 0.0, 0.0

    def is_mere_variant(self, typed: str, meant: str) -> bool:
        """Whether `meant` is but the standard spelling of `typed`, or of what that is made of: kebeneran, kebenaran."""
        variants = self._variants
        if variants.get(typed) == meant:
            return True
        stems = (analysis.stem for analysis in analyses(typed, variants))
        return any(variants[stem] in meant for stem in stems if len(stem) >= SHORTEST_VARIANT)


def kind_of_slip(typed: str, meant: str, is_listed: bool) -> tuple[float, ...]:
    """Return decision.PAIR_FEATURES' swapped to listed_last_letter_omitted."""
    kind, wrote, letter = slip(typed, meant) or ("", "", "")
    replaced, omitted_last = kind == "replaced", kind in ("omitted", "single") and meant[:-1] == typed
    return (
        float(kind == "swapped"),
        float(kind == "doubled"),
        float(kind == "single"),
        float(kind == "added"),
        float(kind == "omitted"),
        float(replaced and wrote + letter in NEIGHBOURS),
        float(replaced and wrote in "aiueo" and letter in "aiueo"),
        float(omitted_last),
        float(kind in ("added", "doubled") and typed[:-1] == meant),
        float(omitted_last and is_listed),
    )
