"""What speaks for a word being a slip of another, as numbers, and how they are weighed.

The weights are those of a logistic regression fitted by dictionaries/make/fit.py on labelled words of held-out articles;
decision.tsv keeps them. The result is a probability, and is calibrated on rows the fit has not seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from math import copysign, exp, log
from operator import mul
from string import ascii_lowercase
from typing import NamedTuple

from .. import kernel
from ..lexicon import Lexicon, dictionary_folder, read_tsv
from .boundaries import APART
from .candidates import FREQUENT, Candidates, offered
from .channel import VOWELS, Channel, slip
from .context import EDGE, NUMBER, Context
from .morphology import CLITICS, is_colloquial

# Of a word and what it may be meant to be ...
OF_PAIR = (
    "bias",
    "prior",  # log P(meant)
    "cost",  # -log P(typed | meant)
    "two_slips",
    "first_letter",  # the slip is in the first letter
    "colloquial",  # -in for -kan and -i, drawn out letters: written so on purpose
    "oddness",  # how much odder its letters are than those of the meant word, in nats a letter
)
# ... of the word as it was typed, ...
OF_TYPED = (
    "rare",  # it is right as such
    "rare_uses",
    "doubtful_uses",
    "well_formed",  # affixes around a known root
    "name",  # uses as a name
    "alien",  # runs of three letters that no word of the lexicon has
    "length",
    "short",
)
# ... and of the place.
OF_PLACE = (
    "fit",  # how much better than alone the meant word stands between its neighbours, in nats
    "margin",  # to the next candidate, in nats
    "rare_fit",  # how well the typed word stands there, where it is a rare one
    "capitalised",
    "repeated",  # further times in the same text
    "strangers",  # strange words around: another language, chat
    "chat",  # abbreviations without vowels around
    "contracted",  # a vowel left out among these
    "company",  # a sure slip mended nearby
)
FEATURES = OF_PAIR + OF_TYPED + OF_PLACE
RANKING = ("rank_prior", "rank_cost", "rank_fit")  # what chooses among candidates


class Site(NamedTuple):
    """A word where it stands. All in lower case; neighbours as Context wants them, "" for an unknown word."""

    typed: str
    left: str
    right: str
    twin: str  # the other half of a word with a hyphen
    capitalised: bool
    repeated: int  # further times in the same text
    strangers: int  # strange words nearby (Evidence.is_strange)
    chat: int = 0  # words without vowels in a wider window
    company: bool = False  # whether a sure slip was mended nearby


class Case(NamedTuple):
    """A word and what it may be meant to be, as far as that does not depend on the place."""

    meant: str
    prior: float
    cost: float
    logit: float
    of_pair: tuple[float, ...]
    of_typed: tuple[float, ...]


class Weighed(NamedTuple):
    """A candidate and what speaks for it."""

    meant: str
    probability: float
    features: tuple[float, ...]  # FEATURES; () where the other half of a reduplication told


MARGIN_LIMIT = 6.0  # nats
LOGIT_LIMIT = 30.0
MARKED = ascii_lowercase + "^$"
FIT_LIMITS = (-6.0, 10.0)  # nats
MEMO = 65536  # words whose cases are kept
LONGEST = 24  # code points of a word that is taken for a slip
TAILS = frozenset((*CLITICS, "an", "i", "kan", "annya"))  # what one half of a reduplication may have more than the other
TWIN_STEM = 4  # code points
COLLOQUIAL = re.compile(r"[^aeiou]in$|(.)\1$")
WHOLE = 0.99  # of 88 clipped words that a letter makes one of the lexicon, 88 were meant to be it
SURE_SLIP = 0.7  # in the best of contexts: a word that is no stranger, but a slip
SPOKEN = re.compile(r"[eo](?=[^aeiou]+(?:nya)?$)|e$|i(?=n$)")  # in speech for a, u: anggep, jatoh, siape, tantangin
FORMULA = re.compile("ll+[ao]h|rr+[ao]h+man")  # Arabic, which everyone spells another way: wallahualam
LONGEST_VOWELLESS = 5
VOWELLESS = re.compile(rf"[bcdfghjklmnpqrstvwxz]{{2,{LONGEST_VOWELLESS}}}")  # yg, tdk, dgn
CHAT = re.compile(rf" ({VOWELLESS.pattern})(?![\w.@/:])")  # the space first: six times as fast as looking back for one
# No vowels either, but no chat.
PLAIN = {
    "cc",
    "cm",
    "cs",
    "dkk",
    "dll",
    "dr",
    "gr",
    "hp",
    "kg",
    "km",
    "mdpl",
    "ml",
    "mm",
    "nbsp",
    "pt",
    "rp",
    "sh",
    "st",
    "tv",
    "vs",
}


def is_vowelless(word: str) -> bool:
    """Whether a lower-case word has no vowel, and is short."""
    return len(word) <= LONGEST_VOWELLESS and VOWELLESS.fullmatch(word) is not None


def is_formula(word: str) -> bool:
    """Whether a lower-case word is of a formula in Arabic."""
    return ("ll" in word or "rr" in word) and FORMULA.search(word) is not None


def _as_written(vowel: re.Match[str]) -> str:
    return "u" if vowel[0] == "o" else "a"


def clip(value: float, low: float, high: float) -> float:
    return low if value < low else high if value > high else value


class Evidence:
    """Weighs the candidates for a word."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.channel = Channel.load()
        self.context = Context(lexicon)
        rows = read_tsv(dictionary_folder() / "trigrams.tsv")
        total = float(sum(int(n) for _, n in rows))
        self._trigrams: Mapping[str, float] = {letters: log(int(n) / total) for letters, n in rows}
        self._unseen = log(0.5 / total)
        trigrams = [self._trigrams.get(a + b + c, self._unseen) for a in MARKED for b in MARKED for c in MARKED]
        words = list(offered(lexicon))
        priors, frequent = map(self.context.prior, words), offered(lexicon, FREQUENT)
        self._speller = kernel.speller(words, priors, frequent, self.channel.table(), trigrams, self._unseen)
        self.candidates = Candidates(lexicon, self._speller)
        weights = dict(read_tsv(dictionary_folder() / "decision.tsv"))
        self.of_pair = [float(weights[name]) for name in OF_PAIR]
        self.of_typed = [float(weights[name]) for name in OF_TYPED]
        self.of_place = [float(weights[name]) for name in OF_PLACE]
        self.ranking = [float(weights[name]) for name in RANKING]
        self.cases = lru_cache(maxsize=MEMO)(self._cases)
        self.is_strange = lru_cache(maxsize=MEMO)(self._is_strange)
        self._needed: Callable[[float, bool], float] = lru_cache(self._needed_at_best)
        place = dict(zip(OF_PLACE, self.of_place, strict=True))
        of_place = (place[name] for name in ("fit", "margin", "rare_fit", "repeated"))
        self._beside = (*self.ranking, *of_place, *FIT_LIMITS, MARGIN_LIMIT, float(APART))
        self._oddness_of_meant = lru_cache(maxsize=MEMO)(self.oddness)

    @property
    def weights(self) -> list[float]:
        """Those of FEATURES."""
        return self.of_pair + self.of_typed + self.of_place

    def alien(self, word: str) -> int:
        """How many of a word's letter trigrams no word of the lexicon has."""
        marked, trigrams = f"^{word}$", self._trigrams
        return sum([marked[i : i + 3] not in trigrams for i in range(len(word))])

    def oddness(self, word: str) -> float:
        """Minus the mean log frequency of a word's letter trigrams among the words of the lexicon."""
        marked, get, unseen = f"^{word}$", self._trigrams.get, self._unseen
        return -sum([get(marked[i : i + 3], unseen) for i in range(len(word))]) / len(word)

    def weigh(self, site: Site) -> Weighed | None:
        """The likeliest word meant at a site other than the typed one; None where there is no candidate."""
        if site.twin:
            return self._like_twin(site.typed, site.twin)
        cases = self.cases(site.typed)
        if not cases:
            return None
        left, right = site.left or EDGE, site.right or EDGE
        fits = self.context.fits([case.meant for case in cases], left, right)
        number, margin = self._first(cases, fits)
        case = cases[number]
        is_rare = site.typed in self.lexicon.rare
        place = (
            clip(fits[number], *FIT_LIMITS),
            clip(margin, 0.0, MARGIN_LIMIT),
            clip(self.context.fits([site.typed], left, right)[0], *FIT_LIMITS) if is_rare else 0.0,
            float(site.capitalised),
            log(1 + site.repeated),
            log(1 + site.strangers),
            log(1 + site.chat),
            float(site.strangers + site.chat > 0 and is_contracted(site.typed, case.meant)),
            float(site.company),
        )
        logit = case.logit + sum(map(mul, self.of_place, place))
        probability = 1.0 / (1.0 + exp(-clip(logit, -LOGIT_LIMIT, LOGIT_LIMIT)))
        return Weighed(case.meant, probability, case.of_pair + case.of_typed + place)

    def _first(self, cases: Sequence[Case], fits: Sequence[float]) -> tuple[int, float]:
        """Which of the cases ranks first, and by how much."""
        if len(cases) == 1:
            return 0, MARGIN_LIMIT
        prior, cost, fit = self.ranking
        ranks = [prior * case.prior + cost * case.cost + fit * found for case, found in zip(cases, fits, strict=True)]
        best, second = sorted(ranks, reverse=True)[:2]
        return ranks.index(best), best - second

    def could_be_a_slip(self, typed: str, least: float) -> bool:
        """Whether a lower-case word could be a slip with a probability of `least`: in the best of contexts."""
        cases = self.cases(typed)
        if not cases:
            return False
        needed = self._needed(least, typed in self.lexicon.rare)
        return any(case.logit >= needed for case in cases)

    def _needed_at_best(self, least: float, is_rare: bool) -> float:
        """What a case of a word needs for a probability of `least` in the best of contexts."""
        best = (FIT_LIMITS[1], MARGIN_LIMIT, FIT_LIMITS[0] * is_rare, *(0.0,) * (len(OF_PLACE) - 3))
        return logit_of(least) - float(sum(map(mul, self.of_place, best)))

    def prospect(self, typed: str) -> kernel.Prospect:
        """A lower-case word that may be a slip, prepared to be looked at in its places."""
        return self.context.prospect(typed, self.cases(typed), typed in self.lexicon.rare, self._beside)

    def needed(self, least: float, company: bool) -> float:
        """The logit that a probability of `least` needs; company: whether a sure slip may have been mended nearby."""
        return logit_of(least) - company * self.of_place[OF_PLACE.index("company")]

    def _is_strange(self, word: str) -> bool:
        """Whether a lower-case word speaks for another language or chat: unknown and no plain slip, or without vowels."""
        if is_vowelless(word):
            return word not in PLAIN
        if word in self.lexicon.words or word in self.lexicon.rare or word in self.lexicon.standard:
            return False
        return not self.could_be_a_slip(word, SURE_SLIP)

    def completed(self, site: Site) -> str | None:
        """The likeliest word that lost its last letter at a site; None where there is none."""
        cases = [case for case in self.cases(site.typed) if case.meant[:-1] == site.typed]
        if not cases:
            return None
        fits = self.context.fits([case.meant for case in cases], site.left or EDGE, site.right or EDGE)
        return cases[self._first(cases, fits)[0]].meant

    def _like_twin(self, typed: str, twin: str) -> Weighed | None:
        """oarng-orang, negra-negaranya: a reduplication's other half tells. gembar-gembor changes its vowel by right."""
        if typed in twin or twin in typed or typed in self.lexicon.rare:
            return None
        near = self.candidates.near(typed)
        for meant in [twin] if twin in near else sorted(near, key=len, reverse=True):
            shorter, longer = sorted((meant, twin), key=len)
            tail = longer.rpartition(shorter)[2]
            kin = meant == twin or (len(shorter) >= TWIN_STEM and shorter in longer and tail in TAILS)
            one = slip(typed, meant)
            if kin and one is not None and one[1] + one[2] not in VOWELS:
                return Weighed(meant, 0.99, ())
        return None

    def _near(self, typed: str) -> list[tuple[str, tuple[float, float, float], float]]:
        """The candidates for a lower-case word, each with its prior, cost and oddness, and 1.0 where it takes two slips."""
        if len(typed) > LONGEST:
            return []
        if self._speller:
            if found := self._speller.near(typed):
                return [(meant, told, 0.0) for meant, told in sorted(found.items())]
            found = self._speller.far(typed) if self.candidates.seeks_far(typed) else {}
            return [(meant, told, 1.0) for meant, told in sorted(found.items())]
        near = []
        for meant in self.candidates.near(typed):
            told = self.context.prior(meant), self.channel.cost(typed, meant), self._oddness_of_meant(meant)
            near.append((meant, told, float(slip(typed, meant) is None)))
        return near

    def _cases(self, typed: str) -> tuple[Case, ...]:
        """The candidates for a lower-case word, with all that can be told before it is seen in its place."""
        lexicon = self.lexicon
        near = self._near(typed)
        if not near or is_vowelless(typed) or is_formula(typed) or is_colloquial(typed, lexicon.roots):
            return ()
        if typed.removesuffix("nya") in lexicon.standard or typed.removeprefix("di") in lexicon.standard:
            return ()  # not standard, but deliberate: prilakunya, didisain
        rare = lexicon.rare.get(typed)
        colloquial = COLLOQUIAL.search(typed)
        oddness, alien = self._speller.oddness(typed) if self._speller else (self.oddness(typed), self.alien(typed))
        of_typed = (
            float(rare is not None),
            log(1 + (rare or 0)),
            log(1 + lexicon.doubtful.get(typed, 0)),
            float(self.candidates.is_well_formed(typed)),
            log(1 + lexicon.names.get(typed, 0)),
            float(alien),
            float(min(len(typed), 12)),
            float(len(typed) < 5),
        )
        logit, first = sum(map(mul, self.of_typed, of_typed)), typed[0]
        spoken = SPOKEN.sub(_as_written, typed) if "e" in typed or "o" in typed or "in" in typed else typed
        w0, w1, w2, w3, w4, w5, w6 = self.of_pair
        cases = []
        for meant, (prior, cost, meant_oddness), two in near:
            if meant == spoken:
                continue
            new_first = 1.0 if first != meant[0] else 0.0
            on_purpose = 1.0 if colloquial and not COLLOQUIAL.search(meant) else 0.0
            odder = clip(oddness - meant_oddness, -4.0, 6.0)
            of_pair = (1.0, prior, cost, two, new_first, on_purpose, odder)
            likelier = w0 + w1 * prior + w2 * cost + w3 * two + w4 * new_first + w5 * on_purpose + w6 * odder
            cases.append(Case(meant, prior, cost, logit + likelier, of_pair, of_typed))
        return tuple(cases)


def logit_of(probability: float) -> float:
    """log odds, within limits."""
    return log(probability / (1 - probability)) if 0 < probability < 1 else copysign(LOGIT_LIMIT, probability - 0.5)


def is_contracted(typed: str, meant: str) -> bool:
    """Whether `typed` is `meant` without a vowel: trnyata."""
    one = slip(typed, meant)
    return one is not None and one[0] == "omitted" and one[2] in "aiueo"


def neighbour(piece: str, lexicon: Lexicon, number: int) -> str:
    """A neighbouring token as Context knows it; "" for an unknown word.

    A spelling that is merely not standard counts as what it stands for; of several words, as the one of that number.
    """
    if not piece or not piece[0].isalnum():
        return EDGE
    if piece[0].isdigit():
        return NUMBER
    low = piece.lower()
    if standard := lexicon.standard.get(low):
        low = standard.split()[number].lower()
    return low if low in lexicon.words or low in lexicon.rare else ""
