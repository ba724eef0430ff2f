"""What speaks for a word being a slip of another, as numbers, and how they are weighed.

The weights are those of a logistic regression fitted by dictionaries/fit.py on labelled words of held-out articles;
decision.tsv keeps them. The result is a probability, and is calibrated on rows the fit has not seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import exp, log
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
    "fit",  # how much better than alone the meant word stands between its neighbours, in nats
    "margin",  # to the next candidate, in nats
    "rare",  # the typed word is right as such
    "rare_uses",
    "rare_fit",  # how well the typed word stands there itself
    "doubtful_uses",
    "well_formed",  # affixes around a known root
    "name",  # uses as a name
    "capitalised",
    "repeated",  # further times in the same text
    "oddness",  # how much odder its letters are than those of the meant word, in nats a letter
    "strangers",  # neighbours that are unknown too: names, another language
    "length",
)


class Site(NamedTuple):
    """A word where it stands. All in lower case; neighbours as Context wants them, "" for an unknown word."""

    typed: str
    left: str
    right: str
    capitalised: bool
    repeated: int


class Weighed(NamedTuple):
    """A candidate and what speaks for it."""

    meant: str
    probability: float
    features: tuple[float, ...]


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
        near = [w for w in self.candidates.near(site.typed) if w != site.typed]
        if not near:
            return None
        left, right = site.left or EDGE, site.right or EDGE
        ranked = sorted(
            ((self.context.fit(w, left, right) - self.channel.cost(site.typed, w), w) for w in near),
            key=lambda pair: (-pair[0], pair[1]),
        )
        score, meant = ranked[0]
        margin = score - ranked[1][0] if len(ranked) > 1 else 12.0
        features = self._features(site, meant, margin, left, right)
        logit = sum(w * x for w, x in zip(self.weights, features, strict=True))
        return Weighed(meant, 1.0 / (1.0 + exp(-clip(logit, -30.0, 30.0))), features)

    def _features(self, site: Site, meant: str, margin: float, left: str, right: str) -> tuple[float, ...]:
        typed, lexicon = site.typed, self.lexicon
        cost = self.channel.cost(typed, meant)
        prior = self.context.prior(meant)
        rare = lexicon.rare.get(typed)
        rare_fit = 0.0
        if rare is not None:
            rare_fit = clip(self.context.fit(typed, left, right) - self.context.prior(typed), -6.0, 10.0)
        return (
            1.0,
            prior,
            cost,
            float(slip(typed, meant) is None),
            clip(self.context.fit(meant, left, right) - prior, -6.0, 10.0),
            clip(margin, 0.0, 12.0),
            float(rare is not None),
            log(1 + (rare or 0)),
            rare_fit,
            log(1 + lexicon.doubtful.get(typed, 0)),
            float(is_well_formed(typed, lexicon.roots)),
            log(1 + lexicon.names.get(typed, 0)),
            float(site.capitalised),
            log(1 + site.repeated),
            clip(self.oddness(typed) - self.oddness(meant), -4.0, 6.0),
            float((not site.left) + (not site.right)),
            float(min(len(typed), 12)),
        )




def neighbour(piece: str, known: Sequence[Mapping[str, int]]) -> str:
    """A neighbouring token as Context knows it; "" for an unknown word."""
    if not piece or not piece[0].isalnum():
        return EDGE
    if piece[0].isdigit():
        return NUMBER
    low = piece.lower()
    return low if any(low in words for words in known) else ""
