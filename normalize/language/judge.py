"""Whether a place in a text is Indonesian prose, as news writes it: asked where a word is about to be changed.

Clean text is never asked about, so the judge costs what the few changes of a text cost: the kernel looks through the words
near each, and what it tells of is added up. Farther words are looked at only where the near ones leave a doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import exp, log
from operator import add
from typing import NamedTuple

from ..edit import Edit
from ..lazy import lazy_pattern
from ..lexicon import Lexicon
from .evidence import KNOWN, RESPELLED, VARIETIES, Evidence, WordEvidence
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
# A right word broken is twice as bad as a slip left: odds of a half are enough to leave a place alone. A choice.
ENOUGH = log(0.5)
# What the near words must say, in nats, for the far ones to be asked: other languages show in every line, Malay by a word
# here and there. Chat stands in the quotations of news too, and makes a place chat only where it is near. Choices.
DOUBT = Evidence(other=-2.0, malay=0.0, old=-2.0, english=-2.0, chat=3.0)
# Of what moves a space or a hyphen alone in a short text, which writers of chat do by habit: di tutup, dirumah. A choice.
HABIT = -2.0
FEW = 3  # words near it that are not ordinary, itself among them: fewer say nothing in a text that is not short; a choice
SHORT = 500  # code points: in a shorter text what is to be changed counts whatever stands around it; a choice
LOST_CAPITALS = 60  # code points without one, of a text that may have lost its marks too; a choice
LIMIT = 30.0  # nats, surer than sure
# What a word to be changed says of itself by the word it would become, in nats; choices.
REGIONAL = 3.0  # it is how another language says that
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


class TypedInHaste:
    """The words, as typed, of edits that mend slips; without those that are how a neighbouring language says the same."""

    def __init__(self, slips: Iterable[Edit]) -> None:
        self._meant: dict[str, list[str]] = {}
        for edit in slips:
            self._meant.setdefault(edit.before, []).append(edit.after)

    def among(self, words: Mapping[str, object]) -> set[str]:
        """Those of some words that are among them."""
        mended = self._meant.keys() & words.keys()
        return {word for word in mended if not all(is_regional(word.lower(), meant.lower()) for meant in self._meant[word])}


NO_SLIPS = TypedInHaste(())


class Judge:
    """Judges places in texts. Keeps what it has learnt of words."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._words = WordEvidence(lexicon)

    def is_left_alone(self, text: str, start: int, end: int, meant: str) -> bool:
        """Whether [start, end) of `text` is not to become `meant`, as it may be something else than Indonesian prose."""
        return self.verdict(text, start, end, meant).logit > ENOUGH

    def verdict(self, text: str, start: int, end: int, meant: str, slips: TypedInHaste = NO_SLIPS) -> Verdict:
        """What [start, end) of `text`, which is to become `meant`, is: by what stands around it, and by itself.

        slips: of the text, TypedInHaste of its corrections.
        """
        short = len(text) <= SHORT
        near = SHORT if short else NEAR
        near_start, near_end = start - near if start > near else 0, end + near
        near_text, typed = text[near_start:near_end], text[start:end].lower()
        if near_text.islower() and self._is_lower_cased(text, start, end, meant):
            return LOWER_CASED
        doubt = DOUBT._replace(chat=HABIT) if short and _letters(typed) == _letters(meant.lower()) else DOUBT
        own = self._words.listed(typed)
        told = self._words.told(near_text)
        enough = 0 if short or own is not None else FEW
        if len(told) < enough or len(told := self._without(slips, told)) < enough:
            return INDONESIAN
        sums = self._sums(near_text, told, near_start > 0, near_end < len(text), start - near_start, end - near_start)
        if own is not None:
            sums = list(map(add, sums, own))
            if own.english > 0 and (phrase := self._phrase(text, start, end, own.english)) > ENOUGH:
                return Verdict("english", phrase)
        other, malay, old, english, chat = sums
        if short or other > DOUBT.other - REGIONAL or old > DOUBT.old or chat > DOUBT.chat - EXPRESSIVE:
            sums = list(map(add, sums, self._by_meaning(typed, meant.lower(), near_text)))
        elif malay <= DOUBT.malay and english <= DOUBT.english:
            return INDONESIAN
        doubts = [i for i, total in enumerate(sums) if total > doubt[i] or (short and VARIETIES[i] != "chat")]
        if not doubts:
            return INDONESIAN
        before, behind = text[max(0, start - FAR) : near_start], text[near_end : end + FAR]
        around = list(
            map(
                add,
                self._sums(before, self._words.told(before), start > FAR, True),
                self._sums(behind, self._words.told(behind), True, end + FAR < len(text)),
            )
        )
        logit, i = max((sums[i] + _prior(around[i], PLACES[i]), i) for i in doubts)
        return Verdict(VARIETIES[i], logit)

    def passage(self, text: str, first: int, last: int) -> Verdict:
        """What [first, last) of `text`, a sentence or a paragraph, is by itself."""
        passage = text[first:last]
        sums = self._sums(passage, self._words.told(passage), False, False)
        logit, i = max((total + log(WHOLE_TEXTS), i) for i, total in enumerate(sums))
        return Verdict(VARIETIES[i], logit)

    def languages(self, text: str) -> Mapping[str, float]:
        """The languages that words of `text` tell, and how strongly altogether, in nats."""
        found: dict[str, float] = {}
        for word, places in self._words.told(text).items():
            for language, weight in self._words.languages(word.lower()).items():
                found[language] = found.get(language, 0.0) + weight * len(places)
        return found

    def _without(self, slips: TypedInHaste, told: Mapping[str, list[int]]) -> Mapping[str, list[int]]:
        """The words that are `told`, without the slips among them that no language has.

        Such slips say nothing where they outnumber the other unknown words: a choice. A text whose unknown words are nearly
        all one slip away from Indonesian ones is Indonesian, typed in haste.
        """
        left_out = {word for word in slips.among(told) if not self._words.listed(word.lower())}
        if not left_out:
            return told
        rest = {word: places for word, places in told.items() if word not in left_out}
        more = len(left_out)
        for word in rest:
            one = self._words.evidence(word)
            more -= one is not None and one.other > 0
            if not more:
                return told
        return rest

    def _sums(
        self, text: str, told: Mapping[str, list[int]], cut_before: bool, cut_behind: bool, start: int = 0, end: int = 0
    ) -> list[float]:
        """What the words of `text` say altogether, of which some are told: those in [start, end) left out, and cut ones."""
        size, left_out, evidence_of = len(text), end - start, self._words.evidence
        count, other, malay, old, english, chat = 0, 0.0, 0.0, 0.0, 0.0, 0.0
        for word, places in told.items():
            evidence = evidence_of(word)
            if evidence is None:
                continue
            times = len(places)
            for place in places:
                stop = place + len(word)
                if (
                    start <= place < end
                    or (place == 0 and cut_before)
                    or (stop == size and cut_behind)
                    or text[stop : stop + 1] == "-"  # alun-alun is Indonesian, alun Minangkabau
                    or (place and text[place - 1] == "-")
                ):
                    times -= 1
            if times:
                count += times
                other += times * evidence[0]
                malay += times * evidence[1]
                old += times * evidence[2]
                english += times * evidence[3]
                chat += times * evidence[4]
        known = (size - left_out) / LETTERS - count
        return [
            other + known * KNOWN[0],
            malay + known * KNOWN[1],
            old + known * KNOWN[2],
            english + known * KNOWN[3],
            chat + known * KNOWN[4],
        ]

    def _is_lower_cased(self, text: str, start: int, end: int, meant: str) -> bool:
        """Whether there are no capitals around, and [start, end) may be a name, or has lost a mark with them."""
        around, typed = text[max(0, start - FAR) : end + FAR], text[start:end]
        if not around.islower():
            return False
        moved = _letters(typed) == _letters(meant) and len(around) >= LOST_CAPITALS
        return moved or could_be_a_name(typed, meant, self._lexicon)

    def _by_meaning(self, typed: str, meant: str, near: str) -> Evidence:
        """What the word that `typed` would become, both in lower case, says of it, and the marks of chat `near` it.

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

    def _phrase(self, text: str, start: int, end: int, own: float) -> float:
        """The log odds of [start, end) being English, by its `own` evidence and the English words beside it."""
        before, behind = text[max(0, start - NEAR) : start].split(" "), text[end : end + NEAR].split(" ")
        if before.pop() or behind.pop(0):  # something stands against it
            return -LIMIT
        return own + self._english(reversed(before)) + self._english(behind) + log(PLACES.english)

    def _english(self, words: Iterable[str]) -> float:
        """How much the words say for English, up to the first that is not."""
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


def _prior(around: float, place: float) -> float:
    """The log odds of a place being in another language, by what stands `around` it: the text is, or the place alone."""
    return log(WHOLE_TEXTS * exp(max(-LIMIT, min(LIMIT, around))) + place)
