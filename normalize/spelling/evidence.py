"""Evidence of a word being right: what it may be made of, and other spellings of one word; and the kinds of slips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from math import log
from typing import TypeVar

from ..lexicon.attestations import Attestations
from .channel import slip
from .deliberate import COLLOQUIAL
from .morphology import affixes_around

MEMO = 65536  # words whose roots are kept
LONG_ROOT = 5  # letters: of labelled words made of a shorter root than the word meant three in five were slips
SHORTEST_VARIANT = 4  # letters of a spelling that is not standard, to be found between affixes: a choice

OtherRoot = tuple[float, float, float, float]  # features.PAIR_FEATURES' long_root to affixes
NO_ROOT = (0.0, 0.0, 0.0, 0.0)
Root = tuple[int, str, float, float]  # its length, itself, the log of the uses of words made of it, the affixes around it


class Evidence:
    """Finds what speaks for a typed word being right as it stands."""

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


Near = tuple[str, tuple[float, float, float]]  # a word that may have been meant: its prior, cost and trigram surprisal
Weighed = TypeVar("Weighed", bound=tuple[object, ...])


def weigh_candidates(
    typed: str,
    near: tuple[Near, ...],
    two: float,
    roots: tuple[OtherRoot, ...],
    has_list: bool,
    surprisal: float,
    limits: tuple[float, float],
    neighbours: frozenset[str],
    weights: tuple[float, ...],
    logit: float,
    word_features: tuple[float, ...],
    candidate: Callable[..., Weighed],
) -> tuple[Weighed, ...]:
    """Make a decision.Candidate of each word near a typed one: features.PAIR_FEATURES of the two, weighed.

    two: 1.0 where they are two slips away. roots: of each, what Evidence.other_roots found. has_list: whether a list has
    the typed word. surprisal: that of its trigrams; limits: of how much more that may be than the candidate's.
    neighbours: pairs of keys that lie side by side.
    logit, word_features: what the typed word says by itself.
    """
    candidates = []
    is_colloquial = COLLOQUIAL.search(typed) is not None
    for (meant, (prior, cost, meant_surprisal)), root in zip(near, roots, strict=True):
        new_first = float(typed[0] != meant[0])
        on_purpose = float(is_colloquial and not COLLOQUIAL.search(meant))
        excess = max(limits[0], min(limits[1], surprisal - meant_surprisal))
        is_listed = has_list or root[0] == 1.0
        listed = (1.0, cost, prior) if is_listed else (0.0, 0.0, 0.0)
        kind = kind_of_slip(typed, meant, is_listed, neighbours)
        features = (1.0, prior, cost, two, new_first, on_purpose, excess, *root, *listed, *kind)
        likelier = logit + weighted(weights, features)
        candidates.append(candidate(meant, prior, cost, likelier, is_listed, features, word_features))
    return tuple(candidates)


def weighted(weights: Sequence[float], features: Sequence[float]) -> float:
    """Add up the features, weighted, from the first to the last, as C does; sum() is more exact from Python 3.12 on."""
    total = 0.0
    for weight, value in zip(weights, features, strict=True):
        total += weight * value
    return total


def kind_of_slip(typed: str, meant: str, is_listed: bool, neighbours: frozenset[str]) -> tuple[float, ...]:
    """Return features.PAIR_FEATURES' swapped to listed_last_letter_omitted."""
    kind, wrote, letter = slip(typed, meant) or ("", "", "")
    replaced, omitted_last = kind == "replaced", kind in ("omitted", "single") and meant[:-1] == typed
    return (
        float(kind == "swapped"),
        float(kind == "doubled"),
        float(kind == "single"),
        float(kind == "added"),
        float(kind == "omitted"),
        float(replaced and wrote + letter in neighbours),
        float(replaced and wrote in "aiueo" and letter in "aiueo"),
        float(omitted_last),
        float(kind in ("added", "doubled") and typed[:-1] == meant),
        float(omitted_last and is_listed),
    )
