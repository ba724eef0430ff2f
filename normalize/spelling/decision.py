"""The decision whether a word is a slip of another: features that speak for it or against it, and their weights.

The weights are those of a logistic regression that dictionaries/make/fit.py fits to the words of seeds/labelled.tsv, of
articles that were not counted; decision.tsv keeps them. The probability is calibrated (Platt 1999) on 2,782 of these words,
each scored by a fit that had not seen it: of those said to be slips at 0.80 to 0.90, 0.88 were; at 0.90 to 0.95, 0.92;
above 0.98, 0.994. It is not for other sources: of edits in news that nobody had counted, 22 of 52 were wrong at 0.80 to
0.85, 19 of 92 at 0.90 to 0.95, 14 of 301 above 0.99.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from math import copysign, exp, log
from operator import mul
from typing import NamedTuple

from .. import kernel
from ..lexicon import Lexicon, dictionary_folder, read_tsv
from .boundaries import MIN_APART
from .candidates import MIN_COUNT_TWO_EDITS, CandidateSearch, offered
from .channel import VOWELS, Channel, slip
from .context import EDGE, NUMBER, Context
from .morphology import CLITICS, is_colloquial
from .speller import MARKED, Speller

# The features of a typed word and a candidate ...
PAIR_FEATURES = (
    "bias",
    "prior",  # log P(meant)
    "cost",  # -log P(typed | meant)
    "two_slips",
    "first_letter",  # the slip is in the first letter
    "colloquial",  # typed with -in for -kan and -i, or a drawn-out letter: written so on purpose
    "trigram_surprisal",  # how much more surprising its letters are than those of the candidate, in nats a letter
)
# ... of the typed word, ...
WORD_FEATURES = (
    "rare",  # it is right as such
    "rare_count",  # log(1 + uses) where it is
    "unverified_count",  # log(1 + uses) where nothing vouches for it
    "well_formed",  # affixes around a known root
    "name",  # log(1 + uses as a name)
    "unseen_trigrams",  # runs of three letters that no word of the lexicon has
    "length",  # letters, at most 12
    "short",  # fewer than 5 letters
)
# ... and of the place. Counts are taken as log(1 + count).
PLACE_FEATURES = (
    "pmi",  # how much likelier the candidate is between these neighbours than anywhere, in nats
    "margin",  # by which it ranks before the next candidate, in nats
    "rare_pmi",  # the same of the typed word, where that is a rare one
    "capitalised",
    "repeated",  # further times in the same text
    "foreign_words",  # words around it that look foreign: another language, chat
    "chat",  # abbreviations without vowels farther around
    "contracted",  # it lacks a vowel, and stands among these
    "sure_slip_nearby",  # a sure slip was mended nearby: typed in haste
)
FEATURES = PAIR_FEATURES + WORD_FEATURES + PLACE_FEATURES
RANKING = ("rank_prior", "rank_cost", "rank_pmi")  # the weights that rank candidates: a conditional logit


class WordInContext(NamedTuple):
    """A word where it stands. All in lower case; neighbours as context.py knows them, "" for an unknown word."""

    typed: str
    left: str
    right: str
    other_half: str  # of a word with a hyphen: "orang" of "oarng-orang"
    capitalised: bool
    repeated: int  # further times in the same text
    foreign_words: int  # words nearby that look foreign
    chat: int = 0  # abbreviations without vowels in a wider window
    sure_slip_nearby: bool = False  # whether a sure slip was mended nearby


class Candidate(NamedTuple):
    """A word that may have been meant, with all that does not depend on the place."""

    meant: str
    prior: float
    cost: float
    logit: float
    pair_features: tuple[float, ...]
    word_features: tuple[float, ...]


class ScoredCandidate(NamedTuple):
    """A candidate in its place, and how likely it was meant."""

    meant: str
    probability: float
    features: tuple[float, ...]  # in the order of FEATURES; () where the other half of a reduplication decided


# Limits of features, so that no single one decides: choices. Of 4,256 labelled words 20 reach the upper limit of the pmi,
# none the lower one or one of the surprisal; 3,145 have one candidate, or a margin of 6 nats and more.
MARGIN_LIMIT = 6.0  # nats
PMI_LIMITS = (-6.0, 10.0)  # nats
SURPRISAL_LIMITS = (-4.0, 6.0)  # nats a letter
LENGTH_LIMIT, SHORT = 12, 5  # letters
LOGIT_LIMIT = 30.0  # beyond it a probability is 0 or 1
MEMO = 65536  # words whose candidates are kept
LONGEST = 24  # letters of a word that is taken for a slip: the longest labelled one but one has 24
TAILS = frozenset((*CLITICS, "an", "i", "kan", "annya"))  # endings that only one half of a reduplication may have
SHORTEST_HALF = 4  # letters of the shorter half, where they differ: a choice
HALF_DECIDED = 0.99  # confidence where the other half decides: a choice; 6 of 6 labelled ones were right
COLLOQUIAL = re.compile(r"[^aeiou]in$|(.)\1$")
CUT_WORD = 0.99  # confidence of a last letter that came back: a choice; of 88 labelled ones 86 were right
PLAIN_SLIP = 0.7  # probability in the best of contexts: an unknown word that reaches it is no foreign one. A choice
# Vowels of speech, for a and u: anggep, jatoh, siape, tantangin.
SPOKEN = re.compile(r"[eo](?=[^aeiou]+(?:nya)?$)|e$|i(?=n$)")
FORMULA = re.compile("ll+[ao]h|rr+[ao]h+man")  # Arabic formulas, spelt in many ways: wallahualam
SHORTEST_VOWELLESS, LONGEST_VOWELLESS = 2, 5  # letters
VOWELLESS = re.compile(rf"[bcdfghjklmnpqrstvwxz]{{{SHORTEST_VOWELLESS},{LONGEST_VOWELLESS}}}")  # yg, tdk, dgn
# Abbreviations of edited news: they have no vowels either, but are no chat.
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
    """Replace a vowel of speech by the written one."""
    return "u" if vowel[0] == "o" else "a"


def clip(value: float, low: float, high: float) -> float:
    """Return `value`, or the limit that it is beyond."""
    return low if value < low else high if value > high else value


class SlipDecision:
    """Decides which candidate for a word was meant, and how likely. Opens the indexes and counts of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.channel = Channel.load()
        self.context = Context(lexicon)
        rows = read_tsv(dictionary_folder() / "trigrams.tsv")
        total = float(sum(int(n) for _, n in rows))
        seen, unseen = {letters: log(int(n) / total) for letters, n in rows}, log(0.5 / total)
        trigrams = [seen.get(a + b + c, unseen) for a in MARKED for b in MARKED for c in MARKED]
        words = list(offered(lexicon))
        priors, frequent = list(map(self.context.prior, words)), list(offered(lexicon, MIN_COUNT_TWO_EDITS))
        self.speller = Speller(words, priors, frequent, self.channel.table(), trigrams, unseen)
        self.search = CandidateSearch(lexicon, self.speller)
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
        self._beside = (*self.ranking, *nearby_weights, *PMI_LIMITS, MARGIN_LIMIT)

    @property
    def weights(self) -> list[float]:
        """The weights of FEATURES, in their order."""
        return self.pair_weights + self.word_weights + self.place_weights

    def likeliest(self, here: WordInContext) -> ScoredCandidate | None:
        """Return the likeliest candidate for a word in its place; None where there is none."""
        if here.other_half:
            return self._like_other_half(here.typed, here.other_half)
        candidates = self.candidates(here.typed)
        if not candidates:
            return None
        left, right = here.left or EDGE, here.right or EDGE
        pmis = self.context.pmi([candidate.meant for candidate in candidates], left, right)
        number, margin = self._first(candidates, pmis)
        candidate = candidates[number]
        is_rare = here.typed in self.lexicon.rare
        place = (
            clip(pmis[number], *PMI_LIMITS),
            clip(margin, 0.0, MARGIN_LIMIT),
            clip(self.context.pmi([here.typed], left, right)[0], *PMI_LIMITS) if is_rare else 0.0,
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
        """Return the number of the candidate that ranks first, and its margin to the second, in nats."""
        if len(candidates) == 1:
            return 0, MARGIN_LIMIT
        prior, cost, pmi = self.ranking
        ranks = [prior * c.prior + cost * c.cost + pmi * found for c, found in zip(candidates, pmis, strict=True)]
        best, second = sorted(ranks, reverse=True)[:2]
        return ranks.index(best), best - second

    def may_be_slip(self, typed: str, min_probability: float) -> bool:
        """Whether a lower-case word reaches `min_probability` of being a slip in the best of contexts."""
        candidates = self.candidates(typed)
        if not candidates:
            return False
        needed = self._needed(min_probability, typed in self.lexicon.rare)
        return any(candidate.logit >= needed for candidate in candidates)

    def _needed_at_best(self, min_probability: float, is_rare: bool) -> float:
        """Return the logit that a candidate needs without its place to reach `min_probability` in the best one."""
        best = (PMI_LIMITS[1], MARGIN_LIMIT, PMI_LIMITS[0] * is_rare, *(0.0,) * (len(PLACE_FEATURES) - 3))
        return logit_of(min_probability) - float(sum(map(mul, self.place_weights, best)))

    def prefilter(self, typed: str) -> kernel.SlipPrefilter:
        """Prepare a lower-case word that may be a slip to be looked at in its places."""
        is_rare, table = typed in self.lexicon.rare, kernel.ALPHANUMERIC
        return self.context.prefilter(typed, self.candidates(typed), is_rare, self._beside, MIN_APART, table)

    def needed(self, min_probability: float, sure_slip_nearby: bool) -> float:
        """Return the logit of `min_probability`, less the weight of a sure slip where one may be nearby."""
        return logit_of(min_probability) - sure_slip_nearby * self.place_weights[PLACE_FEATURES.index("sure_slip_nearby")]

    def _looks_foreign(self, word: str) -> bool:
        """Whether a lower-case word speaks for another language or chat: unknown and no plain slip, or without vowels."""
        if is_vowelless(word):
            return word not in NO_CHAT
        if word in self.lexicon.words or word in self.lexicon.rare or word in self.lexicon.standard:
            return False
        return not self.may_be_slip(word, PLAIN_SLIP)

    def completed(self, here: WordInContext) -> str | None:
        """Return the likeliest word that a word in its place is but for a lost last letter; None where there is none."""
        candidates = [candidate for candidate in self.candidates(here.typed) if candidate.meant[:-1] == here.typed]
        if not candidates:
            return None
        pmis = self.context.pmi([candidate.meant for candidate in candidates], here.left or EDGE, here.right or EDGE)
        return candidates[self._first(candidates, pmis)[0]].meant

    def _like_other_half(self, typed: str, other_half: str) -> ScoredCandidate | None:
        """Return the candidate that the other half of a reduplication decides on: oarng-orang, negra-negaranya.

        None where none is alike, or only a vowel differs: gembar-gembor is right.
        """
        if typed in other_half or other_half in typed or typed in self.lexicon.rare:
            return None
        near = self.search.nearest(typed)
        for meant in [other_half] if other_half in near else sorted(near, key=len, reverse=True):
            shorter, longer = sorted((meant, other_half), key=len)
            tail = longer.rpartition(shorter)[2]
            kin = meant == other_half or (len(shorter) >= SHORTEST_HALF and shorter in longer and tail in TAILS)
            one = slip(typed, meant)
            if kin and one is not None and one[1] + one[2] not in VOWELS:
                return ScoredCandidate(meant, HALF_DECIDED, ())
        return None

    def _near(self, typed: str) -> list[tuple[str, tuple[float, float, float], float]]:
        """List the candidates: each with its prior, cost and trigram surprisal, and 1.0 where it is two slips away."""
        if len(typed) > LONGEST:
            return []
        if found := self.speller.within_one_edit(typed):
            return [(meant, rated, 0.0) for meant, rated in sorted(found.items())]
        found = self.speller.within_two_edits(typed) if self.search.tries_two_edits(typed) else {}
        return [(meant, rated, 1.0) for meant, rated in sorted(found.items())]

    def _candidates(self, typed: str) -> tuple[Candidate, ...]:
        """Return the candidates for a lower-case word, with all that does not depend on its place."""
        lexicon = self.lexicon
        near = self._near(typed)
        if not near or is_vowelless(typed) or is_formula(typed) or is_colloquial(typed, lexicon.roots):
            return ()
        if typed.removesuffix("nya") in lexicon.standard or typed.removeprefix("di") in lexicon.standard:
            return ()  # merely not standard, and deliberate: prilakunya, didisain
        rare = lexicon.rare.get(typed)
        colloquial = COLLOQUIAL.search(typed)
        surprisal, unseen = self.speller.trigram_surprisal(typed), self.speller.unseen_trigrams(typed)
        word_features = (
            float(rare is not None),
            log(1 + (rare or 0)),
            log(1 + lexicon.unverified.get(typed, 0)),
            float(self.search.is_well_formed(typed)),
            log(1 + lexicon.names.get(typed, 0)),
            float(unseen),
            float(min(len(typed), LENGTH_LIMIT)),
            float(len(typed) < SHORT),
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
            excess = clip(surprisal - meant_surprisal, *SURPRISAL_LIMITS)
            pair_features = (1.0, prior, cost, two, new_first, on_purpose, excess)
            likelier = w0 + w1 * prior + w2 * cost + w3 * two + w4 * new_first + w5 * on_purpose + w6 * excess
            candidates.append(Candidate(meant, prior, cost, logit + likelier, pair_features, word_features))
        return tuple(candidates)


def logit_of(probability: float) -> float:
    """Return the log odds of a probability; LOGIT_LIMIT, of either sign, for 0 and 1."""
    return log(probability / (1 - probability)) if 0 < probability < 1 else copysign(LOGIT_LIMIT, probability - 0.5)


def is_contracted(typed: str, meant: str) -> bool:
    """Whether `typed` is `meant` with a vowel left out: trnyata."""
    one = slip(typed, meant)
    return one is not None and one[0] == "omitted" and one[2] in "aiueo"


def neighbour(piece: str, lexicon: Lexicon, number: int) -> str:
    """Return a neighbouring token as context.py knows it; "" for an unknown word.

    A spelling that is merely not standard counts as the standard one; where that is several words, as word `number` of it.
    """
    if not piece or not piece[0].isalnum():
        return EDGE
    if piece[0].isdigit():
        return NUMBER
    low = piece.lower()
    if standard := lexicon.standard.get(low):
        low = standard.split()[number].lower()
    return low if low in lexicon.words or low in lexicon.rare else ""
