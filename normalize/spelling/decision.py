"""The decision whether a word is a slip of another: features that speak for it or against it, and their weights.

The weights are those of a logistic regression that dictionaries/make/fit.py fits to the words of seeds/labelled.tsv, of
articles that were not counted; decision.tsv keeps them. The probability is calibrated (Platt 1999) on words of collections
that nobody counted: seeds/reliability-by-source.tsv has by repository how many were said to be slips, and how many are, each
scored by a fit that had seen nothing of its repository.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from math import copysign, exp, fsum, log
from types import MappingProxyType
from typing import NamedTuple

from .. import kernel
from ..keyboard import NEIGHBOURS
from ..lazy import lazy
from ..lexicon import Lexicon, attestations, dictionary_folder, read_tsv
from .boundaries import MIN_APART
from .candidates import MIN_LENGTH_TWO_EDITS, CandidateSearch, speller_for
from .channel import Channel
from .context import Context
from .deliberate import (
    LENT_SOUNDS,
    NO_CHAT,
    is_contracted,
    is_formula,
    is_roman,
    is_vowelless,
    respellings,
)
from .features import (
    LONG_TEXT,
    MARGIN,
    MARGIN_LIMIT,
    MOST_IN_TEXT,
    PAIR_FEATURES,
    PLACE_FEATURES,
    PMI_LIMITS,
    RANKING,
    RARE,
    SHORT_ROOT,
    SURPRISAL_LIMITS,
    WORD_FEATURES,
)
from .morphology import is_colloquial
from .other_half import SUFFIXES, decided_by, may_be_reduplicated, rhymes
from .pair_features import Likelihood, pair_features, weighted
from .place import REACH
from .roots import LONG_ROOT, SHORTEST_VARIANT, Roots


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
    in_text: Mapping[str, int] = MappingProxyType({})  # what is meant: times that the text has it elsewhere, to MOST_IN_TEXT
    size: int = 0  # code points of the text; 0 where it is not at hand


class Candidate(NamedTuple):
    """A word that may have been meant, with all that does not depend on the place."""

    meant: str
    prior: float
    cost: float
    logit: float
    is_listed: bool  # whether a list has the typed word, or it is made of a long root
    pair_features: tuple[float, ...]
    word_features: tuple[float, ...]


class ScoredCandidate(NamedTuple):
    """A candidate in its place, and how likely it was meant."""

    meant: str
    probability: float
    is_listed: bool
    features: tuple[float, ...]  # in the order of FEATURES; () where the other half of a reduplication decided


MIN_MARGIN = 1.5  # nats: of 16 labelled words whose likeliest candidates lay closer than that, 6 were given the wrong one
# In nats. Probabilities are those of news, where a listed word that is weighed is a slip as often as not; in texts of other
# kinds it is right as a rule. Of 23 such words in texts of other kinds 19 are left for it, of 209 slips in news 1: a choice.
LISTED_MARGIN = 2.0
# The same for a rare word. Of labelled ones that were 1 to 2 nats surer than need be, in collections that nobody counted, 19
# of 19 were slips; of words made of a long root 9 of 11.
RARE_MARGIN = 1.0
SHORT_ROOT_MARGIN = 1.2  # nats more for what affixes make of a root of four letters or fewer: dibakukan; a choice
# Uses, and letters, of a word that makes a right one with a clitic: satenya, but not ahnya. Choices.
COMMON_BASE, SHORTEST_BASE = 50, 4
LENGTH_LIMIT, SHORT = 12, 5  # letters
LOGIT_LIMIT = 30.0  # beyond it a probability is 0 or 1
MEMO = 65536  # words whose results are kept: a choice
# Words whose candidates are kept, 2 kB each: in 85 MB of news, 15,194 had to be looked for, where 65,536 are kept 14,180.
CANDIDATES_KEPT = 4096
LONGEST = 24  # letters of a word that is taken for a slip: the longest labelled one but one has 24
NAME_RATIO = 5  # times more often a name than a word: a choice
HALF_DECIDED = 0.99  # confidence where the other half decides: a choice; 6 of 6 labelled ones were right
# Uses of a word, and times those of the rare one beside it, for the latter to be its half mistyped: ana-anak. Choices.
DOUBLED_USES, DOUBLED_RATIO = 1_000, 100
# penyampaikan: penyampaian, not menyampaikan. Of 48 in news that were as sure as is asked for all but one were the noun.
NOUN_OR_VERB = re.compile("pe.+kan")
SURE_BESIDE_ANOTHER = 0.9  # probability of a slip beside a hyphen that makes no reduplication: a choice
CUT_WORD = 0.97  # confidence of a last letter that came back: a choice; of 88 labelled ones 86 were right
PLAIN_SLIP = 0.7  # probability in the best of contexts: an unknown word that reaches it is no foreign one. A choice


def clip(value: float, low: float, high: float) -> float:
    """Return `value`, or the limit that it is beyond."""
    return low if value < low else high if value > high else value


class SlipDecision:
    """Decides which candidate for a word was meant, and how likely. Opens the indexes and counts of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.channel = Channel.load()
        self.context = Context(lexicon)
        self.attested = attestations.load(lexicon.shipped)
        self.roots = Roots(self.attested)
        self.speller = speller_for(lexicon, self.channel, self.context)
        self.search = CandidateSearch(lexicon, self.speller)
        weights = dict(read_tsv(dictionary_folder() / "decision.tsv"))
        self.pair_weights = tuple([float(weights[name]) for name in PAIR_FEATURES])
        self.word_weights = [float(weights[name]) for name in WORD_FEATURES]
        self.place_weights = [float(weights[name]) for name in PLACE_FEATURES]
        self.ranking = [float(weights[name]) for name in RANKING]
        self.candidates = lru_cache(maxsize=CANDIDATES_KEPT)(self._candidates)
        self.may_be_slip = lru_cache(maxsize=MEMO)(self._may_be_slip)
        self._is_never_meant = lru_cache(maxsize=MEMO)(self._is_abbreviation_or_name)
        self.looks_foreign = lru_cache(maxsize=MEMO)(self._looks_foreign)
        self._needed: Callable[[float, bool], float] = lru_cache(self._needed_at_best)
        place = dict(zip(PLACE_FEATURES, self.place_weights, strict=True))
        self._listed_at_best = LISTED_MARGIN - place["listed_pmi"] * PMI_LIMITS[1]  # in the best of contexts
        limits = (*PMI_LIMITS, MARGIN_LIMIT, float(MOST_IN_TEXT), float(LONG_TEXT), float(REACH))
        margins = (MIN_MARGIN, RARE_MARGIN, LISTED_MARGIN, SHORT_ROOT_MARGIN, LOGIT_LIMIT)
        self._beside = (*self.ranking, *self.place_weights, *limits, *margins)

    @property
    def weights(self) -> list[float]:
        """The weights of FEATURES, in their order."""
        return [*self.pair_weights, *self.word_weights, *self.place_weights]

    def likeliest(self, here: WordInContext) -> ScoredCandidate | None:
        """Return the likeliest candidate for a word in its place; None where there is none."""
        if here.other_half:
            return self._beside_other_half(here)
        first = self.first(here)
        if first is None:
            return None
        candidate, pmi, margin = first
        is_rare = here.typed in self.lexicon.rare
        pmi = clip(pmi, *PMI_LIMITS)
        place = (
            pmi,
            clip(margin, 0.0, MARGIN_LIMIT),
            clip(self.context.pmi([here.typed], here.left, here.right)[0], *PMI_LIMITS) if is_rare else 0.0,
            pmi * candidate.is_listed,
            float(here.capitalised),
            log(1 + here.repeated),
            log(1 + here.foreign_words),
            log(1 + here.chat),
            float(here.foreign_words + here.chat > 0 and is_contracted(here.typed, candidate.meant)),
            float(here.sure_slip_nearby),
            log(1 + here.in_text.get(candidate.meant, 0)),
            0.0 if candidate.meant in here.in_text else min(here.size, LONG_TEXT) / LONG_TEXT,
        )
        logit = candidate.logit + weighted(self.place_weights, place)
        probability = 1.0 / (1.0 + exp(-clip(logit, -LOGIT_LIMIT, LOGIT_LIMIT)))
        features = candidate.pair_features + candidate.word_features + place
        is_listed = candidate.is_listed or self._has_a_suffix(here.typed, candidate.meant)
        return ScoredCandidate(candidate.meant, probability, is_listed, features)

    def first(self, here: WordInContext) -> tuple[Candidate, float, float] | None:
        """Return the candidate that ranks first between two words, what these say for it, and its margin, in nats.

        None where there is no candidate.
        """
        candidates = self.candidates(here.typed)
        if not candidates:
            return None
        pmis = self.context.pmi([candidate.meant for candidate in candidates], here.left, here.right)
        number, margin = self._first(candidates, pmis)
        return candidates[number], pmis[number], margin

    def _has_a_suffix(self, typed: str, meant: str) -> bool:
        """Whether `typed` is `meant` with a suffix behind it, made of a long root: terjangkiti, terjangkit."""
        if typed[: len(meant)] != meant or typed[len(meant) :] not in SUFFIXES or typed.endswith("ii"):
            return False
        roots = self.roots.made_of(typed)
        return bool(roots) and roots[0][0] >= LONG_ROOT

    def _first(self, candidates: Sequence[Candidate], pmis: Sequence[float]) -> tuple[int, float]:
        """Return the number of the candidate that ranks first, and its margin to the second, in nats."""
        if len(candidates) == 1:
            return 0, MARGIN_LIMIT
        prior, cost, pmi = self.ranking
        ranks = [prior * c.prior + cost * c.cost + pmi * found for c, found in zip(candidates, pmis, strict=True)]
        best, second = sorted(ranks, reverse=True)[:2]
        return ranks.index(best), best - second

    def _may_be_slip(self, typed: str, min_probability: float) -> bool:
        """Whether a lower-case word reaches `min_probability` of being a slip in the best of contexts."""
        needed, needed_of_rare = self.needed_at_best(min_probability)
        decided = self.slip_search.may_be_slip(typed, needed, needed_of_rare)
        if decided is not None:
            return decided
        needed = needed_of_rare if typed in self.lexicon.rare else needed
        candidates = self.candidates(typed)
        return any(candidate.logit >= needed + candidate.is_listed * self._listed_at_best for candidate in candidates)

    def _needed_at_best(self, min_probability: float, is_rare: bool) -> float:
        """Return the logit that a candidate needs without its place to reach `min_probability` in the best one."""
        best = {"pmi": PMI_LIMITS[1], "margin": MARGIN_LIMIT, "in_text": log(1 + MOST_IN_TEXT)}
        if is_rare:
            best["rare_pmi"] = PMI_LIMITS[0]
        weighed = [weight * best.get(name, 0.0) for name, weight in zip(PLACE_FEATURES, self.place_weights, strict=True)]
        return logit_of(min_probability) - fsum(weighed) - is_rare * (LISTED_MARGIN - RARE_MARGIN)

    def means_one_of(self, typed: str, words: set[str]) -> bool:
        """Whether one of some words is a candidate for a lower-case word."""
        return any(candidate.meant in words for candidate in self.candidates(typed))

    @lazy
    def slip_search(self) -> kernel.interfaces.SlipSearch:
        """Hand the kernel what candidates are found and weighed by."""
        lexicon, attested = self.lexicon, self.attested
        counts = (lexicon.words, lexicon.rare, lexicon.unverified, lexicon.names)
        lists = (attested.roots_in_use, attested.malindo, attested.variants, attested.english)
        return kernel.SlipSearch(
            self.speller,
            self.context.pairs,
            (self.search.affixes, *self.roots.affixes),
            (*counts, *lists, attested.collections, attested.families),
            LENT_SOUNDS,
            NEIGHBOURS,
            self.pair_weights,
            self.word_weights,
            (self._listed_at_best, *SURPRISAL_LIMITS, COMMON_BASE, NAME_RATIO),
            (LONGEST, MIN_LENGTH_TWO_EDITS, SHORTEST_VARIANT, LENGTH_LIMIT, SHORT, LONG_ROOT, SHORTEST_BASE),
            self._beside,
            MIN_APART,
            Candidate,
        )

    def needed_at_best(self, min_probability: float) -> tuple[float, float]:
        """Return the logits that a candidate, and one for a rare word, need to reach a probability in the best place."""
        return self._needed(min_probability, False), self._needed(min_probability, True)

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
        pmis = self.context.pmi([candidate.meant for candidate in candidates], here.left, here.right)
        return candidates[self._first(candidates, pmis)[0]].meant

    def _beside_other_half(self, here: WordInContext) -> ScoredCandidate | None:
        """Return the candidate for one half of a word with a hyphen; None where it may be right.

        The other half decides in a reduplication; beside a word of another kind (pre-anaitik) the slip must be sure.
        """
        typed, other, lexicon = here.typed, here.other_half, self.lexicon
        meant = decided_by(other, typed, self.search.nearest(typed))
        if (uses := lexicon.rare.get(typed)) is not None:
            is_slip = meant == other and not rhymes(other, typed) and not self._is_deliberate(typed)
            meant = meant if is_slip and lexicon.words[other] >= max(DOUBLED_USES, DOUBLED_RATIO * uses) else None
            return ScoredCandidate(meant, HALF_DECIDED, False, ()) if meant else None
        if meant:
            return ScoredCandidate(meant, HALF_DECIDED, False, ())
        if may_be_reduplicated(other, typed):
            return None
        best = self.likeliest(here._replace(other_half=""))
        if best is None or best.is_listed or best.probability < SURE_BESIDE_ANOTHER or best.meant == typed[:-1]:
            return None  # melaluie-katalog: melalui e-katalog
        return best

    def _near(self, typed: str) -> tuple[list[tuple[str, Likelihood]], float]:
        """Return the candidates, each with its prior, cost and trigram surprisal; and 1.0 where they are two slips away."""
        if len(typed) > LONGEST:
            return [], 0.0
        if found := self.speller.within_one_edit(typed):
            return sorted(found.items()), 0.0
        found = self.speller.within_two_edits(typed) if self.search.tries_two_edits(typed) else {}
        return sorted(found.items()), 1.0

    def _candidates(self, typed: str) -> tuple[Candidate, ...]:
        """Return the candidates for a lower-case word, with all that does not depend on its place."""
        found_by_kernel = self.slip_search.candidates(typed)
        if found_by_kernel is not None:
            return found_by_kernel
        near, two = self._near(typed)
        if not near or self._is_deliberate(typed):
            return ()
        if NOUN_OR_VERB.fullmatch(typed) and {meant[0] for meant, _ in near} == {"m", "p"}:
            near = [one for one in near if one[0][0] == "p"]
        same = respellings(typed)
        same.add(self.attested.variants.get(typed, typed))
        near = [one for one in near if one[0] not in same and not self._is_never_meant(one[0])]
        if parts := self.roots.standard_parts(typed):
            near = [one for one in near if not any(part in one[0] for part in parts)]
        features = self._word_features(typed)
        logit, surprisal = weighted(self.word_weights, features), self.speller.trigram_surprisal(typed)
        has_list = typed in self.lexicon.rare or typed in self.attested.roots_in_use
        found = []
        for (meant, likelihood), root in zip(near, self.roots.other_roots(typed, [one for one, _ in near]), strict=True):
            is_listed = has_list or root[0] == 1.0
            pair = pair_features(typed, meant, likelihood, two, surprisal, root, is_listed)
            likelier = logit + weighted(self.pair_weights, pair)
            found.append(Candidate(meant, *likelihood[:2], likelier, is_listed, pair, features))
        return tuple(found)

    def _is_abbreviation_or_name(self, word: str) -> bool:
        """Whether a word is never offered: it was counted as a name far oftener than as a word, or has no vowel."""
        return is_vowelless(word) or self.lexicon.is_rather_a_name(word, NAME_RATIO)

    def _is_deliberate(self, typed: str) -> bool:
        """Whether a lower-case word is written so on purpose: in chat, in speech, or merely not standard: prilakunya."""
        if is_vowelless(typed) or is_formula(typed) or is_roman(typed) or is_colloquial(typed, self.lexicon.roots):
            return True
        base = typed.removesuffix("nya")
        if base != typed and len(base) >= SHORTEST_BASE and self.lexicon.words.get(base, 0) >= COMMON_BASE:
            return True
        return base in self.lexicon.standard or typed.removeprefix("di") in self.lexicon.standard

    def _word_features(self, typed: str) -> tuple[float, ...]:
        """Return the values of WORD_FEATURES for a lower-case word."""
        lexicon, attested = self.lexicon, self.attested
        rare = lexicon.rare.get(typed)
        return (
            float(rare is not None),
            log(1 + (rare or 0)),
            log(1 + lexicon.unverified.get(typed, 0)),
            float(self.search.is_well_formed(typed)),
            log(1 + lexicon.names.get(typed, 0)),
            float(self.speller.unseen_trigrams(typed)),
            float(min(len(typed), LENGTH_LIMIT)),
            float(len(typed) < SHORT),
            float(typed in attested.roots_in_use),
            float(typed in attested.malindo and typed not in attested.roots_in_use),
            float(typed in attested.variants),
            float(typed in attested.english),
            log(1 + attested.collections.get(typed, 0)),
            float(self.speller.is_unpronounceable(typed)),
        )


def logit_of(probability: float) -> float:
    """Return the log odds of a probability; LOGIT_LIMIT, of either sign, for 0 and 1."""
    return log(probability / (1 - probability)) if 0 < probability < 1 else copysign(LOGIT_LIMIT, probability - 0.5)


def doubt(best: ScoredCandidate) -> float:
    """Return how much surer a slip must be than others to be mended, in nats, as the typed word may be right."""
    if best.is_listed:
        return RARE_MARGIN if best.features[RARE] else LISTED_MARGIN
    return SHORT_ROOT_MARGIN if best.features and best.features[SHORT_ROOT] else 0.0


def is_likely(best: ScoredCandidate, min_probability: float) -> bool:
    """Whether a slip has the margin to the next candidate and the probability that it needs to be mended."""
    if best.probability < min_probability or (best.features and best.features[MARGIN] < MIN_MARGIN):
        return False
    return logit_of(best.probability) >= logit_of(min_probability) + doubt(best)
