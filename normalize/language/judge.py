"""The judge whether a place in a text is Indonesian prose, called where a word is about to be changed.

Clean text is never asked about, so the judge costs what the few changes of a text cost: the kernel looks through the words
near each, and what it tells of is added up. Farther words are looked at only where the near ones leave a doubt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import count
from math import exp, log
from operator import add
from typing import NamedTuple

from ..edit import Edit
from ..lazy import lazy, lazy_pattern
from ..lexicon import Lexicon
from .evidence import KNOWN, RESPELLED, VARIETIES, Evidence, EvidenceSums, WordEvidence
from .lower_case import could_be_a_name
from .old_spelling import today
from .sound_changes import is_regional

NEAR = 90  # code points on each side: a dozen words; a choice
FAR = 400  # code points on each side: a paragraph; a choice
LETTERS = 6.7  # code points of a word and the space behind it, in the counted corpus
# Before anything is seen: the share of texts that are in another language throughout, a choice; and of places in Indonesian
# news that are: in two corpora one or two in a thousand code points stood in such passages.
WHOLE_TEXTS = 0.1
PLACES = Evidence(other=0.002, malay=0.002, old=0.0005, english=0.002, chat=0.002)
# And of quotations in it: people speak as at home. A choice.
QUOTATIONS = PLACES._replace(other=0.02, malay=0.02)
# A right word broken is twice as bad as a slip left: odds of a half are enough to leave a place alone. A choice.
ENOUGH = log(0.5)
# What the near words must say, in nats, for the far ones to be asked: other languages show in every line, Malay by a word
# here and there. Chat stands in the quotations of news too, and makes a place chat only where it is near. Choices.
DOUBT = Evidence(other=-2.0, malay=0.0, old=-2.0, english=-2.0, chat=3.0)
# Of what moves a space or a hyphen alone in a short text, which writers of chat do by habit: di tutup, dirumah. A choice.
HABIT = -2.0
# Malay, English words and chat share the words that news mistypes, so what is a sure slip in news is one there. For each nat
# that a slip is surer than LEAST_SURE the odds of its language must be so many nats higher to leave it, but for rare words,
# which are right in most texts that are no news. Of 2,405 slips made on purpose in single sentences this mends 22 more, and
# no right word more of 5,190 sentences of other kinds is broken. A choice.
SHARED = frozenset(("malay", "english", "chat"))
SURENESS, LEAST_SURE = 0.5, 0.85
# Probability above which a slip in text without capitals is no name. In 23,042 sentences of news put into lower case 9 names
# that no list has were taken for slips so sure; the 9 were slips of names.
NO_NAME = 0.97
FEW = 3  # words near it that are not ordinary, itself among them: fewer say nothing in a text that is not short; a choice
SHORT_LINE = 90  # code points of a line or a quotation in which any number says something; a choice
SHORT = 500  # code points: in a shorter text what is to be changed counts whatever stands around it; a choice
LOST_CAPITALS = 60  # code points without one, of a text that may have lost its marks too; a choice
LIMIT = 30.0  # nats, surer than sure
# What a word to be changed says of itself by the word it would become, in nats; choices.
REGIONAL = 4.5  # it is how another language says that
OWN_RESPELLED = RESPELLED + 1.0  # it is that in the spelling of before 1972
EXPRESSIVE = 2.5  # it is that with its last letter written twice
MARKED, MOST_MARKS = 1.5, 2  # each of MARKS that stands near, and how many count
MARKS = lazy_pattern(r"[a-z]2(?![^\W_])|\.\.|!!|\?\?|[@#][A-Za-z]|://|[\u2600-\u27bf\U0001f300-\U0001faff]")
LENGTHENED = lazy_pattern(r"([a-z])\1\Z")


class Verdict(NamedTuple):
    """The likeliest variety of a place other than Indonesian news, and the log of its odds against that."""

    variety: str  # of VARIETIES, or "lower-cased"; "" where none is likely
    logit: float


INDONESIAN = Verdict("", -LIMIT)
LOWER_CASED = Verdict("lower-cased", LIMIT)


class Judge:
    """Judges places in texts. Keeps what it has learnt of words."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._words = WordEvidence(lexicon)

    @lazy
    def _sums(self) -> EvidenceSums:
        """The sums of evidence, which remember what words say."""
        return EvidenceSums(self._words.ordinary, self._words.evidence, KNOWN, LETTERS)

    def typed_in_haste(self, slips: Iterable[Edit]) -> frozenset[str]:
        """The words, as typed, of edits that mend slips, but those that another language has, or says so.

        Such slips say nothing where they outnumber the other unknown words: a choice. A text whose unknown words are nearly
        all one slip away from Indonesian ones is Indonesian, typed in haste.
        """
        said = [(slip.before, slip.before.lower(), slip.after.lower()) for slip in slips]
        return frozenset([typed for typed, low, meant in said if not (is_regional(low, meant) or self._words.listed(low))])

    def is_left_alone(self, text: str, start: int, end: int, meant: str) -> bool:
        """Whether [start, end) of `text` is not to become `meant`, as it may be something else than Indonesian prose."""
        return self.verdict(text, start, end, meant).logit > ENOUGH

    def verdict(
        self, text: str, start: int, end: int, meant: str, slips: Callable[[], frozenset[str]] = frozenset, sure: float = 0.0
    ) -> Verdict:
        """Judge the language of [start, end) in `text`, which is to become `meant`, by its surroundings and by itself.

        slips: tells typed_in_haste of the corrections of the text. sure: the probability that this is a slip; 0 of other
        edits.
        """
        short = len(text) <= SHORT
        typed = text[start:end].lower()
        own = self._own(typed)
        few = 0 if short or own is not None else FEW
        seen = self._sums.around(text, start, end, SHORT if short else NEAR, few, SHORT_LINE)
        if seen is None:  # as three times in five
            return INDONESIAN
        near_start, near_end, cut_before, cut_behind, is_quoted = seen
        near_text, places = text[near_start:near_end], QUOTATIONS if is_quoted else PLACES
        if near_text.islower() and self._is_lower_cased(text, start, end, meant, sure):
            return LOWER_CASED
        doubt = DOUBT._replace(chat=HABIT) if short and _letters(typed) == _letters(meant.lower()) else DOUBT
        enough = few if cut_before or cut_behind or near_end - near_start > SHORT_LINE else 0
        sums = self._sums.of(near_text, enough, slips(), cut_before, cut_behind, start - near_start, end - near_start)
        if sums is None:
            return INDONESIAN
        if own is not None:
            sums = tuple(map(add, sums, own))
            if own.english > 0 and (phrase := self._phrase(text, start, end, own.english)) > ENOUGH:
                return Verdict("english", phrase)
        other, malay, old, english, chat = sums
        if short or other > DOUBT.other - REGIONAL or old > DOUBT.old or chat > DOUBT.chat - EXPRESSIVE:
            sums = tuple(map(add, sums, self._by_meaning(typed, meant.lower(), near_text)))
        elif malay <= DOUBT.malay and english <= DOUBT.english:
            return INDONESIAN
        doubts = [i for i, total in enumerate(sums) if total > doubt[i] or (short and VARIETIES[i] != "chat")]
        if not doubts:
            return INDONESIAN
        before, behind = text[max(0, start - FAR) : near_start], text[near_end : end + FAR]
        around = tuple(map(add, self._said(before, start > FAR, True), self._said(behind, True, end + FAR < len(text))))
        credit = 0.0 if typed in self._lexicon.rare else _credit(sure)
        logits = [sums[i] + _prior(around[i], places[i]) - credit * (VARIETIES[i] in SHARED) for i in doubts]
        logit, i = max(zip(logits, doubts, strict=True))
        return Verdict(VARIETIES[i], logit)

    def passage(self, text: str, first: int, last: int) -> Verdict:
        """Judge the language of [first, last) in `text`, a sentence or a paragraph, by itself."""
        passage = text[first:last]
        sums = self._said(passage, False, False)
        logit, i = max(zip(sums, count(), strict=False))
        return Verdict(VARIETIES[i], logit + log(WHOLE_TEXTS))

    def languages(self, text: str) -> Mapping[str, float]:
        """The languages that words of `text` tell, and how strongly altogether, in nats."""
        found: dict[str, float] = {}
        for word, places in self._words.telling_words(text).items():
            for language, weight in self._words.languages(word.lower()).items():
                found[language] = found.get(language, 0.0) + weight * len(places)
        return found

    def _said(self, text: str, is_cut_before: bool, is_cut_behind: bool) -> tuple[float, ...]:
        """Add up the evidence of the words of `text`, without the first and the last where these may be cut."""
        return self._sums.of(text, 0, frozenset(), is_cut_before, is_cut_behind, 0, 0) or ()

    def _is_lower_cased(self, text: str, start: int, end: int, meant: str, sure: float) -> bool:
        """Whether there are no capitals around, and [start, end) may be a name, or has lost a mark with them."""
        around, typed = text[max(0, start - FAR) : end + FAR], text[start:end]
        if not around.islower():
            return False
        moved = _letters(typed) == _letters(meant) and len(around) >= LOST_CAPITALS
        return moved or could_be_a_name(typed, meant, self._lexicon, sure > NO_NAME)

    def _by_meaning(self, typed: str, meant: str, near: str) -> Evidence:
        """Return the evidence of the word `meant` on `typed`, both in lower case, and of the marks of chat `near` it.

        That it is unknown is no news.
        """
        marks = min(MOST_MARKS, len(MARKS.findall(near)))
        lengthened = LENGTHENED.search(typed) is not None and typed[:-1] == meant
        respelled = today(typed, self._lexicon.words, self._lexicon.roots)
        return Evidence(
            other=REGIONAL if is_regional(typed, meant) else 0.0,
            malay=0.0,
            old=OWN_RESPELLED if respelled == meant else RESPELLED if respelled else 0.0,
            english=0.0,
            chat=MARKED * marks + (EXPRESSIVE if lengthened else 0.0),
        )

    def _own(self, typed: str) -> Evidence | None:
        """Weigh a lower-case word that languages.tsv has, or words that are all English: had an."""
        if " " not in typed:
            return self._words.listed(typed)
        told = [one for word in typed.split(" ") if (one := self._words.listed(word)) is not None]
        if len(told) <= typed.count(" "):
            return None
        if len(told) > 1 and any(one.english <= 0 for one in told):
            return None
        return Evidence(*map(sum, zip(*told, strict=True)))

    def _phrase(self, text: str, start: int, end: int, own: float) -> float:
        """The log odds of [start, end) being English, by its `own` evidence and the English words beside it."""
        before, behind = text[max(0, start - NEAR) : start].split(" "), text[end : end + NEAR].split(" ")
        if before.pop() or behind.pop(0):  # something stands against it
            return -LIMIT
        return own + self._english(reversed(before)) + self._english(behind) + log(PLACES.english)

    def _english(self, words: Iterable[str]) -> float:
        """Add up the evidence for English of the words, up to the first that has none."""
        total = 0.0
        for word in words:
            listed = self._words.listed(word.lower())
            if listed is None or listed.english <= 0:
                break
            total += listed.english
        return total


def _letters(string: str) -> str:
    """The letters of `string`, without its spaces and hyphens."""
    return string.replace(" ", "").replace("-", "")


def _credit(sure: float) -> float:
    """Return how much higher the log odds of a language must be to leave a slip that is so `sure`."""
    return SURENESS * (_log_odds(sure) - _log_odds(LEAST_SURE)) if sure > LEAST_SURE else 0.0


def _log_odds(probability: float) -> float:
    return log(probability / (1 - probability)) if probability < 1 else LIMIT


def _prior(around: float, place: float) -> float:
    """Return the log odds that a place is in another language, by the words `around` it: the text is, or the place alone."""
    return log(WHOLE_TEXTS * exp(max(-LIMIT, min(LIMIT, around))) + place)
