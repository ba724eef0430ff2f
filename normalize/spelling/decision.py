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
from .boundaries import MIN_APART
from .candidates import MIN_COUNT_TWO_EDITS, CandidateSearch, offered
from .channel import VOWELS, Channel, slip
from .context import EDGE, NUMBER, Context
from .morphology import CLITICS, is_colloquial

# Of a word and what it may be meant to be ...
PAIR_FEATURES = (
    "bias",
    "prior",  # log P(meant)
    "cost",  # -log P(typed | meant)
    "two_slips",
    "first_letter",  # the slip is in the first letter
    "colloquial",  # -in for -kan and -i, drawn out letters: written so on purpose
    "trigram_surprisal",  # how much more surprising its letters are than those of the meant word, in nats a letter
)
# ... of the word as it was typed, ...
WORD_FEATURES = (
    "rare",  # it is right as such
    "rare_count",
    "unverified_count",
    "well_formed",  # affixes around a known root
    "name",  # uses as a name
    "unseen_trigrams",  # runs of three letters that no word of the lexicon has
    "length",
    "short",
)
# ... and of the place.
PLACE_FEATURES = (
    "pmi",  # how much better than alone the meant word stands between its neighbours, in nats
    "margin",  # to the next candidate, in nats
    "rare_pmi",  # how well the typed word stands there, where it is a rare one
    "capitalised",
    "repeated",  # further times in the same text
    "foreign_words",  # strange words around: another language, chat
    "chat",  # abbreviations without vowels around
    "contracted",  # a vowel left out among these
    "sure_slip_nearby",  # a sure slip mended nearby
)
FEATURES = PAIR_FEATURES + WORD_FEATURES + PLACE_FEATURES
RANKING = ("rank_prior", "rank_cost", "rank_pmi")  # what chooses among candidates


class WordInContext(NamedTuple):
    """A word where it stands. All in lower case; neighbours as Context wants them, "" for an unknown word."""

    typed: str
    left: str
    right: str
    other_half: str  # the other half of a word with a hyphen
    capitalised: bool
    repeated: int  # further times in the same text
    foreign_words: int  # strange words nearby (SlipDecision.looks_foreign)
    chat: int = 0  # words without vowels in a wider window
    sure_slip_nearby: bool = False  # whether a sure slip was mended nearby


class Candidate(NamedTuple):
    """A word and what it may be meant to be, as far as that does not depend on the place."""

    meant: str
    prior: float
    cost: float
    logit: float
    pair_features: tuple[float, ...]
    word_features: tuple[float, ...]


class ScoredCandidate(NamedTuple):
    """A candidate and what speaks for it."""

    meant: str
    probability: float
    features: tuple[float, ...]  # FEATURES; () where the other half of a reduplication told


MARGIN_LIMIT = 6.0  # nats
LOGIT_LIMIT = 30.0
MARKED = ascii_lowercase + "^$"
PMI_LIMITS = (-6.0, 10.0)  # nats
MEMO = 65536  # words whose candidates are kept
LONGEST = 24  # code points of a word that is taken for a slip
TAILS = frozenset((*CLITICS, "an", "i", "kan", "annya"))  # what one half of a reduplication may have more than the other
SHORTEST_STEM = 4  # code points
COLLOQUIAL = re.compile(r"[^aeiou]in$|(.)\1$")
CUT_WORD = 0.99  # of 88 clipped words that a letter makes one of the lexicon, 88 were meant to be it
SURE_SLIP = 0.7  # in the best of contexts: a word that is no stranger, but a slip
SPOKEN = re.compile(r"[eo](?=[^aeiou]+(?:nya)?$)|e$|i(?=n$)")  # in speech for a, u: anggep, jatoh, siape, tantangin
FORMULA = re.compile("ll+[ao]h|rr+[ao]h+man")  # Arabic, which everyone spells another way: wallahualam
LONGEST_VOWELLESS = 5
VOWELLESS = re.compile(rf"[bcdfghjklmnpqrstvwxz]{{2,{LONGEST_VOWELLESS}}}")  # yg, tdk, dgn
CHAT = re.compile(rf" ({VOWELLESS.pattern})(?![\w.@/:])")  # the space first: six times as fast as looking back for one
# No vowels either, but no chat.
NO_CHAT = {
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


class SlipDecision:
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
        priors, frequent = map(self.context.prior, words), offered(lexicon, MIN_COUNT_TWO_EDITS)
        self._speller = kernel.speller(words, priors, frequent, self.channel.table(), trigrams, self._unseen)
        self.search = CandidateSearch(lexicon, self._speller)
        weights = dict(read_tsv(dictionary_folder() / "decision.tsv"))
        self.pair_weights = [float(weights[name]) for name in PAIR_FEATURES]
        self.word_weights = [float(weights[name]) for name in WORD_FEATURES]
        self.place_weights = [float(weights[name]) for name in PLACE_FEATURES]
        self.ranking = [float(weights[name]) for name in RANKING]
        self.candidates = lru_cache(maxsize=MEMO)(self._candidates)
        self.looks_foreign = lru_cache(maxsize=MEMO)(self._looks_foreign)
        self._needed: Callable[[float, bool], float] = lru_cache(self._needed_at_best)
        place = dict(zip(PLACE_FEATURES, self.place_weights, strict=True))
        nearby_weights = (place[name] for name in ("pmi", "margin", "rare_pmi", "repeated"))
        self._beside = (*self.ranking, *nearby_weights, *PMI_LIMITS, MARGIN_LIMIT, float(MIN_APART))
        self._surprisal_of_meant = lru_cache(maxsize=MEMO)(self.trigram_surprisal)

    @property
    def weights(self) -> list[float]:
        """Those of FEATURES."""
        return self.pair_weights + self.word_weights + self.place_weights

    def unseen_trigrams(self, word: str) -> int:
        """How many of a word's letter trigrams no word of the lexicon has."""
        marked, trigrams = f"^{word}$", self._trigrams
        return sum([marked[i : i + 3] not in trigrams for i in range(len(word))])

    def trigram_surprisal(self, word: str) -> float:
        """Minus the mean log frequency of a word's letter trigrams among the words of the lexicon."""
        marked, get, unseen = f"^{word}$", self._trigrams.get, self._unseen
        return -sum([get(marked[i : i + 3], unseen) for i in range(len(word))]) / len(word)

    def _surprisal_and_unseen(self, word: str) -> tuple[float, int]:
        """A word's trigram surprisal, and how many of its trigrams no word of the lexicon has."""
        return self._speller.oddness(word) if self._speller else (self.trigram_surprisal(word), self.unseen_trigrams(word))

    def likeliest(self, here: WordInContext) -> ScoredCandidate | None:
        """The likeliest word meant at a here other than the typed one; None where there is no candidate."""
        if here.other_half:
            return self._like_other_half(here.typed, here.other_half)
        candidates = self.candidates(here.typed)
        if not candidates:
            return None
        left, right = here.left or EDGE, here.right or EDGE
        pmis = self.context.fits([candidate.meant for candidate in candidates], left, right)
        number, margin = self._first(candidates, pmis)
        candidate = candidates[number]
        is_rare = here.typed in self.lexicon.rare
        place = (
            clip(pmis[number], *PMI_LIMITS),
            clip(margin, 0.0, MARGIN_LIMIT),
            clip(self.context.fits([here.typed], left, right)[0], *PMI_LIMITS) if is_rare else 0.0,
            float(here.capitalised),
            log(1 + here.repeated),
            log(1 + here.foreign_words),
            log(1 + here.chat),
            float(here.foreign_words + here.chat > 0 and is_contracted(here.typed, candidate.meant)),
            float(here.sure_slip_nearby),
        )
        logit = candidate.logit + sum(map(mul, self.place_weights, place))
        probability = 1.0 / (1.0 + exp(-clip(logit, -LOGIT_LIMIT, LOGIT_LIMIT)))
        return ScoredCandidate(candidate.meant, probability, candidate.pair_features + candidate.word_features + place)

    def _first(self, candidates: Sequence[Candidate], pmis: Sequence[float]) -> tuple[int, float]:
        """Which of the candidates ranks first, and by how much."""
        if len(candidates) == 1:
            return 0, MARGIN_LIMIT
        prior, cost, pmi = self.ranking
        ranks = [prior * c.prior + cost * c.cost + pmi * found for c, found in zip(candidates, pmis, strict=True)]
        best, second = sorted(ranks, reverse=True)[:2]
        return ranks.index(best), best - second

    def may_be_slip(self, typed: str, min_probability: float) -> bool:
        """Whether a lower-case word could be a slip with a probability of `min_probability`: in the best of contexts."""
        candidates = self.candidates(typed)
        if not candidates:
            return False
        needed = self._needed(min_probability, typed in self.lexicon.rare)
        return any(candidate.logit >= needed for candidate in candidates)

    def _needed_at_best(self, min_probability: float, is_rare: bool) -> float:
        """What a candidate of a word needs for a probability of `min_probability` in the best of contexts."""
        best = (PMI_LIMITS[1], MARGIN_LIMIT, PMI_LIMITS[0] * is_rare, *(0.0,) * (len(PLACE_FEATURES) - 3))
        return logit_of(min_probability) - float(sum(map(mul, self.place_weights, best)))

    def prefilter(self, typed: str) -> kernel.Prospect:
        """A lower-case word that may be a slip, prepared to be looked at in its places."""
        return self.context.prospect(typed, self.candidates(typed), typed in self.lexicon.rare, self._beside)

    def needed(self, min_probability: float, sure_slip_nearby: bool) -> float:
        """The logit that a probability of `min_probability` needs; a sure slip that may be nearby lowers it."""
        return logit_of(min_probability) - sure_slip_nearby * self.place_weights[PLACE_FEATURES.index("sure_slip_nearby")]

    def _looks_foreign(self, word: str) -> bool:
        """Whether a lower-case word speaks for another language or chat: unknown and no plain slip, or without vowels."""
        if is_vowelless(word):
            return word not in NO_CHAT
        if word in self.lexicon.words or word in self.lexicon.rare or word in self.lexicon.standard:
            return False
        return not self.may_be_slip(word, SURE_SLIP)

    def completed(self, here: WordInContext) -> str | None:
        """The likeliest word that lost its last letter at a here; None where there is none."""
        candidates = [candidate for candidate in self.candidates(here.typed) if candidate.meant[:-1] == here.typed]
        if not candidates:
            return None
        pmis = self.context.fits([candidate.meant for candidate in candidates], here.left or EDGE, here.right or EDGE)
        return candidates[self._first(candidates, pmis)[0]].meant

    def _like_other_half(self, typed: str, other_half: str) -> ScoredCandidate | None:
        """oarng-orang, negra-negaranya: a reduplication's other half tells. gembar-gembor changes its vowel by right."""
        if typed in other_half or other_half in typed or typed in self.lexicon.rare:
            return None
        near = self.search.nearest(typed)
        for meant in [other_half] if other_half in near else sorted(near, key=len, reverse=True):
            shorter, longer = sorted((meant, other_half), key=len)
            tail = longer.rpartition(shorter)[2]
            kin = meant == other_half or (len(shorter) >= SHORTEST_STEM and shorter in longer and tail in TAILS)
            one = slip(typed, meant)
            if kin and one is not None and one[1] + one[2] not in VOWELS:
                return ScoredCandidate(meant, 0.99, ())
        return None

    def _near(self, typed: str) -> list[tuple[str, tuple[float, float, float], float]]:
        """The candidates for a lower-case word, each with its prior, cost and oddness, and 1.0 where it takes two slips."""
        if len(typed) > LONGEST:
            return []
        if self._speller:
            if found := self._speller.near(typed):
                return [(meant, told, 0.0) for meant, told in sorted(found.items())]
            found = self._speller.far(typed) if self.search.tries_two_edits(typed) else {}
            return [(meant, told, 1.0) for meant, told in sorted(found.items())]
        near = []
        for meant in self.search.nearest(typed):
            told = self.context.prior(meant), self.channel.cost(typed, meant), self._surprisal_of_meant(meant)
            near.append((meant, told, float(slip(typed, meant) is None)))
        return near

    def _candidates(self, typed: str) -> tuple[Candidate, ...]:
        """The candidates for a lower-case word, with all that can be told before it is seen in its place."""
        lexicon = self.lexicon
        near = self._near(typed)
        if not near or is_vowelless(typed) or is_formula(typed) or is_colloquial(typed, lexicon.roots):
            return ()
        if typed.removesuffix("nya") in lexicon.standard or typed.removeprefix("di") in lexicon.standard:
            return ()  # not standard, but deliberate: prilakunya, didisain
        rare = lexicon.rare.get(typed)
        colloquial = COLLOQUIAL.search(typed)
        surprisal, unseen = self._surprisal_and_unseen(typed)
        word_features = (
            float(rare is not None),
            log(1 + (rare or 0)),
            log(1 + lexicon.unverified.get(typed, 0)),
            float(self.search.is_well_formed(typed)),
            log(1 + lexicon.names.get(typed, 0)),
            float(unseen),
            float(min(len(typed), 12)),
            float(len(typed) < 5),
        )
        logit, first = sum(map(mul, self.word_weights, word_features)), typed[0]
        spoken = SPOKEN.sub(_as_written, typed) if "e" in typed or "o" in typed or "in" in typed else typed
        w0, w1, w2, w3, w4, w5, w6 = self.pair_weights
        candidates = []
        for meant, (prior, cost, meant_surprisal), two in near:
            if meant == spoken:
                continue
            new_first = 1.0 if first != meant[0] else 0.0
            on_purpose = 1.0 if colloquial and not COLLOQUIAL.search(meant) else 0.0
            excess = clip(surprisal - meant_surprisal, -4.0, 6.0)
            pair_features = (1.0, prior, cost, two, new_first, on_purpose, excess)
            likelier = w0 + w1 * prior + w2 * cost + w3 * two + w4 * new_first + w5 * on_purpose + w6 * excess
            candidates.append(Candidate(meant, prior, cost, logit + likelier, pair_features, word_features))
        return tuple(candidates)


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
