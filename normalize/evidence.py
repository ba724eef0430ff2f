"""What speaks for a word being a slip of another, as numbers, and how they are weighed.

The weights are those of a logistic regression fitted by dictionaries/fit.py on labelled words of held-out articles;
decision.tsv keeps them. The result is a probability, and is calibrated on rows the fit has not seen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from math import exp, log
from operator import mul
from typing import NamedTuple

from .candidates import Candidates
from .channel import Channel, slip
from .context import EDGE, NUMBER, Context
from .lexicon import Lexicon, dictionary_folder, read_tsv
from .morphology import is_well_formed

FEATURES = (
    "bias",
    "prior",  # log P(meant)
    "cost",  # -log P(typed | meant)
    "two_slips",
    "first_letter",  # the slip is in the first letter
    "fit",  # how much better than alone the meant word stands between its neighbours, in nats
    "margin",  # to the next candidate, in nats
    "rare",  # the typed word is right as such
    "rare_uses",
    "rare_fit",  # how well the typed word stands there itself
    "doubtful_uses",
    "well_formed",  # affixes around a known root
    "colloquial",  # -in for -kan and -i, drawn out letters: written so on purpose
    "name",  # uses as a name
    "capitalised",
    "repeated",  # further times in the same text
    "oddness",  # how much odder its letters are than those of the meant word, in nats a letter
    "alien",  # runs of three letters that no word of the lexicon has
    "strangers",  # words around that are unknown too: another language, chat
    "length",
    "short",
)
RANKING = ("rank_prior", "rank_cost", "rank_fit")  # what chooses among candidates


class Site(NamedTuple):
    """A word where it stands. All in lower case; neighbours as Context wants them, "" for an unknown word."""

    typed: str
    left: str
    right: str
    twin: str  # the other half of a word with a hyphen
    capitalised: bool
    repeated: int  # further times in the same text
    strangers: int  # unknown words nearby


class Weighed(NamedTuple):
    """A candidate and what speaks for it."""

    meant: str
    probability: float
    features: tuple[float, ...]


MARGIN_LIMIT = 6.0  # nats
TWIN_STEM = 4  # code points
COLLOQUIAL = re.compile(r"[^aeiou]in$|(.)\1$")


def clip(value: float, low: float, high: float) -> float:
    return low if value < low else high if value > high else value


class Evidence:
    """Weighs the candidates for a word."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.candidates = Candidates(lexicon)
        self.channel = Channel.load()
        self.context = Context(lexicon)
        rows = read_tsv(dictionary_folder() / "trigrams.tsv")
        total = float(sum(int(n) for _, n in rows))
        self._trigrams: Mapping[str, float] = {letters: log(int(n) / total) for letters, n in rows}
        self._unseen = log(0.5 / total)
        weights = dict(read_tsv(dictionary_folder() / "decision.tsv"))
        self.weights = [float(weights[name]) for name in FEATURES]
        self.ranking = [float(weights[name]) for name in RANKING]

    def alien(self, word: str) -> int:
        """How many of a word's letter trigrams no word of the lexicon has."""
        marked = f"^{word}$"
        return sum(marked[i : i + 3] not in self._trigrams for i in range(len(marked) - 2))

    def oddness(self, word: str) -> float:
        """Minus the mean log frequency of a word's letter trigrams among the words of the lexicon."""
        marked = f"^{word}$"
        runs = [marked[i : i + 3] for i in range(len(marked) - 2)]
        return -sum(self._trigrams.get(run, self._unseen) for run in runs) / len(runs)

    def known(self, word: str) -> bool:
        """Whether a word is in the lexicon in any standing but doubtful."""
        return word in self.lexicon.words or word in self.lexicon.rare

    def weigh(self, site: Site) -> Weighed | None:
        """The likeliest word meant at a site other than the typed one; None where there is no candidate."""
        near = self.candidates.near(site.typed)
        if site.twin:
            return self._like_twin(site.typed, site.twin, near)
        if not near:
            return None
        left, right = site.left or EDGE, site.right or EDGE
        ranked = sorted((-self._rank(site.typed, w, left, right), w) for w in near)
        meant = ranked[0][1]
        margin = ranked[1][0] - ranked[0][0] if len(ranked) > 1 else MARGIN_LIMIT
        features = self._features(site, meant, margin, left, right)
        logit = sum(w * x for w, x in zip(self.weights, features, strict=True))
        return Weighed(meant, 1.0 / (1.0 + exp(-clip(logit, -30.0, 30.0))), features)

    def _rank(self, typed: str, meant: str, left: str, right: str) -> float:
        return sum(map(mul, self.ranking, self.rank_features(typed, meant, left, right)))

    def rank_features(self, typed: str, meant: str, left: str, right: str) -> tuple[float, float, float]:
        """What the candidates for one word are ranked by."""
        prior = self.context.prior(meant)
        return prior, self.channel.cost(typed, meant), self.context.fit(meant, left, right)

    def _like_twin(self, typed: str, twin: str, near: list[str]) -> Weighed | None:
        """oarng-orang: in a reduplication the other half tells."""
        for meant in near:
            if (
                meant == twin
                or (len(meant) >= TWIN_STEM and meant in twin)
                or (len(twin) >= TWIN_STEM and twin in meant)
            ):
                return Weighed(meant, 0.99 if slip(typed, meant) else 0.9, ())
        return None

    def _features(self, site: Site, meant: str, margin: float, left: str, right: str) -> tuple[float, ...]:
        typed, lexicon = site.typed, self.lexicon
        prior, cost, fit = self.rank_features(typed, meant, left, right)
        rare = lexicon.rare.get(typed)
        rare_fit = 0.0
        if rare is not None:
            rare_fit = clip(self.context.fit(typed, left, right), -6.0, 10.0)
        return (
            1.0,
            prior,
            cost,
            float(slip(typed, meant) is None),
            float(typed[0] != meant[0]),
            clip(fit, -6.0, 10.0),
            clip(margin, 0.0, MARGIN_LIMIT),
            float(rare is not None),
            log(1 + (rare or 0)),
            rare_fit,
            log(1 + lexicon.doubtful.get(typed, 0)),
            float(is_well_formed(typed, lexicon.roots)),
            float(bool(COLLOQUIAL.search(typed)) and not COLLOQUIAL.search(meant)),
            log(1 + lexicon.names.get(typed, 0)),
            float(site.capitalised),
            log(1 + site.repeated),
            clip(self.oddness(typed) - self.oddness(meant), -4.0, 6.0),
            float(self.alien(typed)),
            log(1 + site.strangers),
            float(min(len(typed), 12)),
            float(len(typed) < 5),
        )


def neighbour(piece: str, known: Sequence[Mapping[str, int]]) -> str:
    """A neighbouring token as Context knows it; "" for an unknown word."""
    if not piece or not piece[0].isalnum():
        return EDGE
    if piece[0].isdigit():
        return NUMBER
    low = piece.lower()
    return low if any(low in words for words in known) else ""
