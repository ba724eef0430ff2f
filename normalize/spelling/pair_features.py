"""The features of a typed word and a word that may have been meant, and what they weigh."""

from __future__ import annotations

from collections.abc import Sequence

from ..keyboard import NEIGHBOURS
from .channel import slip
from .deliberate import COLLOQUIAL
from .features import SURPRISAL_LIMITS
from .roots import OtherRoot

Likelihood = tuple[float, float, float]  # of a word that may have been meant: its prior, cost and trigram surprisal


def pair_features(
    typed: str, meant: str, likelihood: Likelihood, two: float, surprisal: float, root: OtherRoot, is_listed: bool
) -> tuple[float, ...]:
    """Return the values of features.PAIR_FEATURES.

    two: 1.0 where the words are two slips apart. surprisal: that of the typed word's trigrams. root: what Roots.other_roots
    found. is_listed: whether a list has the typed word, or it is made of a long root.
    """
    prior, cost, meant_surprisal = likelihood
    new_first = float(typed[0] != meant[0])
    on_purpose = float(COLLOQUIAL.search(typed) is not None and not COLLOQUIAL.search(meant))
    low, high = SURPRISAL_LIMITS
    excess = max(low, min(high, surprisal - meant_surprisal))
    listed = (1.0, cost, prior) if is_listed else (0.0, 0.0, 0.0)
    return (1.0, prior, cost, two, new_first, on_purpose, excess, *root, *listed, *kind_of_slip(typed, meant, is_listed))


def kind_of_slip(typed: str, meant: str, is_listed: bool) -> tuple[float, ...]:
    """Return features.PAIR_FEATURES' swapped to listed_last_letter_omitted."""
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


def weighted(weights: Sequence[float], features: Sequence[float]) -> float:
    """Add up the features, weighted, from the first to the last, as C does; sum() is more exact from Python 3.12 on."""
    total = 0.0
    for weight, value in zip(weights, features, strict=True):
        total += weight * value
    return total
