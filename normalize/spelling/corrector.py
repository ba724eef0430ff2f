"""The corrector: finds the words of a text to change, and their corrections. This is the hot loop.

Nothing is done per known word but a set lookup at C speed. A word outside the set is looked at where it stands; one that no
context could make a slip of anything joins the set, so each distinct word is decided once in a process. Start reading at
`Corrector.corrections`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import partial
from itertools import chain

from .. import kernel
from ..edit import Edit, apply, around, compose, resolve_overlaps
from ..lazy import lazy
from ..lexicon import Lexicon, word_list
from ..rounds import most_rounds
from ..tokens import recase
from . import repeats
from .accepted import accepted_forms
from .boundaries import (
    BARE_PREFIXES,
    CLITIC,
    DOUBLED,
    LOOSE_PREFIXES,
    MIN_APART,
    MIN_PAIR,
    PREPOSITIONS,
    SHORTEST_HALF,
    SUFFIXES,
    Boundaries,
    BoundaryFix,
)
from .context import neighbour
from .decision import LONGEST, SlipDecision
from .lone_names import LoneNames
from .lost_commas import lost_its_commas
from .place import (
    NAMED,
    REACH,
    after,
    before,
    begins_sentence,
    is_alone,
    is_among_tags,
    is_tied,
    is_whole,
    occurrences,
    whole,
)
from .segmentation import SHORTEST_NAME, SHORTEST_WHOLE, Segmentation
from .slips import RECHECKED, SHIFTED, SLIP, Slips
from .word_memo import WordMemo

JOINED, REWRITE = "spelling.joined", "spelling.rewrite"  # rules
REPEATED, REDUPLICATION = "spelling.repeated", "spelling.reduplication"
LISTED = 0.99  # confidence of a row of rewrites.tsv: of 256 edits read 256 were right, 120 of them elsewhere
PARTED_BY_COUNTS, TYPED_TWICE = 0.97, 0.98  # confidences: choices
SURE_SLIP = 0.9  # probability from which a slip speaks for others nearby: a choice, as the labelled words were counted
BEHIND = re.compile(r" ([a-z]+)(?![^\W_])")  # the lower-case word behind a prefix
GOES_ON = re.compile(r" [\"“(]?[^\W_]")
SHORT = 500  # code points: a shorter text may be chat, where -nya is parted by habit; a choice
ENDS = SUFFIXES | {CLITIC}
FRAGMENTS = BARE_PREFIXES | LOOSE_PREFIXES | ENDS
SOMEWHERE = frozenset(("berada", "berposisi", "terletak"))  # a place comes next: berada di tandu
FIRSTS = [form for first in PREPOSITIONS for form in (first, first.capitalize())]

FindEdits = Callable[[str, str, list[int]], Iterator[Edit]]  # text, word, its offsets -> its edits


def sure_slip_offsets(edits: Sequence[Edit]) -> list[int]:
    """List the offsets of the sure slips among `edits`, in the text that the edits led to."""
    offsets, shift = [], 0
    for start, end, _, meant, rule, confidence in edits:
        if rule == SLIP and confidence >= SURE_SLIP:
            offsets.append(start + shift)
        shift += len(meant) - (end - start)
    return offsets


class Corrector:
    """Decides the words of texts, one text at a time. One per process: it remembers what it decided."""

    def __init__(self, lexicon: Lexicon, min_probability: float, skipped: Collection[str] = ()) -> None:
        """`min_probability`: the probability that a slip must have to be mended; `skipped`: rules that mend nothing."""
        self.lexicon = lexicon
        self.skipped = skipped
        self.min_probability = min_probability
        listed = FRAGMENTS | lexicon.rewrites.keys()
        self._always_examined = {form for w in listed for form in (w, w.capitalize())}
        self.memo: WordMemo[FindEdits] = WordMemo(self._words, self._sifter)
        self.slips = Slips(lexicon, min_probability)
        self.lone_names = LoneNames(lambda: self.decision, lambda: self.memo.known)

    def _words(self) -> kernel.Words:
        """The words that no context makes slips, as the dictionaries have them, behind those of pairs: so the kernel takes
        them as they lie.
        """
        accepted = word_list(self.lexicon, "accepted.bin", FIRSTS, accepted_forms, self._always_examined)
        return kernel.Words(FIRSTS, accepted, self._always_examined)

    @lazy
    def of_all_rules(self) -> Corrector:
        """The same corrector, with no rule skipped: for a rule that makes edits of its own of what the others mend."""
        other = copy(self)
        other.skipped = ()
        return other

    def _is_accepted(self, word: str) -> bool:
        """Whether the dictionaries have a word as right."""
        return word in SUFFIXES or (word not in self._always_examined and self.memo.known.was_given(word))

    @property
    def decision(self) -> SlipDecision:
        """The decision whether a word is a slip."""
        return self.slips.decision

    @property
    def boundaries(self) -> Boundaries:
        """The boundaries of words, by the same counts."""
        return self.slips.boundaries

    @lazy
    def segmentation(self) -> Segmentation:
        """The segmentation of runs that are no word, by the same counts."""
        decision = self.decision
        return Segmentation(self.lexicon, decision.context, decision.attested, decision.speller)

    def _sifter(self, known: kernel.interfaces.Words) -> kernel.interfaces.Suspects:
        """Make the kernel's search for the unknown words that are slips, and for those that Python has to look at."""
        bounds = (MIN_APART, MIN_PAIR, SHORTEST_HALF, SHORTEST_NAME, SHORTEST_WHOLE)
        needed = self.decision.needed_at_best(self.min_probability)
        search, parts = self.decision.slip_search, self.segmentation.known_parts
        joined = [f"{first} {rest}" for first in FIRSTS for rest in self.lexicon.joins.get(first.lower(), ())]
        return kernel.Suspects(known, search, parts, bounds, needed, self.slips.judge, Edit, SLIP, joined)

    def corrections(self, text: str, data: bytes) -> list[Edit]:
        """Find the edits that put the words of `text` right, whose UTF-8 is `data`. They do not overlap.

        A word put right is a better neighbour, so what stands around a change is looked at again, until nothing changes.
        Where that has no end in sight nothing is changed: what is left would be when the text is cleaned once more.
        """
        current, edits = text, list[Edit]()
        slips = self.slips
        slips.mended = []
        slips.lost_its_commas = lost_its_commas(data)
        unknown, mended = self.memo.looked_at(text, data, slips.lost_its_commas)
        if not (unknown or mended or slips.lost_its_commas):
            return edits
        found = self._likely(chain(mended, self._found(text, unknown)))
        for _ in range(most_rounds(len(text))):
            if not found:
                return self._each_as_one(edits)
            edits = compose(text, edits, found) if edits else found
            current = apply(current, found)
            slips.mended = sure_slip_offsets(edits)
            again = self._looked_at_again(current, found, unknown)
            if not (again or slips.lost_its_commas):
                return self._each_as_one(edits)  # as nearly always
            found = self._likely(self._found(current, again))
        return [] if found else self._each_as_one(edits)

    def composed(self, text: str, first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
        """Compose edits of a text with those of the text that they led to."""
        return self._each_as_one(compose(text, first, second))

    def _likely(self, edits: Iterable[Edit]) -> list[Edit]:
        """Select the edits to make: those that are likely enough, of no skipped rule, without overlaps."""
        least, skipped = self.min_probability, self.skipped
        return resolve_overlaps([edit for edit in edits if edit.confidence >= least and edit.rule not in skipped])

    def _each_as_one(self, edits: Sequence[Edit]) -> list[Edit]:
        """Give an edit made of several the rule of the first, and at least the probability asked for, as each has."""
        least = self.min_probability
        return [
            edit._replace(rule=edit.rule.partition("+")[0], confidence=max(edit.confidence, least))
            if "+" in edit.rule or edit.confidence < least
            else edit
            for edit in edits
        ]

    def _looked_at_again(self, text: str, found: list[Edit], unknown: Iterable[str]) -> Mapping[str, list[int]]:
        """The words of a text to be looked at again after some edits, and their offsets.

        They are those that stand around, the same words elsewhere, and `unknown` ones near to words that the text has now.
        """
        pieces = "\n".join(around(text, found, RECHECKED) + [edit.before for edit in found])
        new = " ".join(around(text, found, LONGEST)).lower()
        again = self.memo.again(text, pieces, new, unknown, self.slips.needed, self.decision.means_one_of)
        if len(text) < REACH:
            # Of words that were cut off where a piece ends there are none.
            everywhere = ((word, places or list(occurrences(text, word))) for word, places in again.items())
            return {word: places for word, places in everywhere if places}
        anywhere = self.memo.known.unknown_words(kernel.utf8(text))
        return {word: anywhere[word] for word in again if word in anywhere}

    def _found(self, text: str, unknown: Mapping[str, list[int]]) -> Iterator[Edit]:
        """Yield the edits of the unknown words of a text."""
        if self.slips.lost_its_commas:
            yield from self.slips.cut(text, self._is_accepted)
        finders = self.memo.finders.get
        for word, places in unknown.items():
            # What is longer is in no dictionary, and would be decided, and remembered, wherever it stands.
            if len(word) <= kernel.LONGEST_WORD and (finder := finders(word) or self._decide(word)):
                yield from finder(text, word, places)

    def _decide(self, word: str) -> FindEdits | None:
        """Choose what finds the edits of a word; None for one that is right everywhere, and is known from now on."""
        low = word.lower()
        finder: FindEdits | None = None
        if " " in word:
            first, *more = low.split(" ")
            rest = more[0]
            if len(more) > 1:
                phrase = low.split(" ")[: len(more) // 2 + 1]
                finder = partial(self._phrase, phrase) if repeats.may_be_typed_twice(phrase, self.lexicon) else None
            elif first != rest:
                finder = self.joined if self.boundaries.may_be_joined(first, rest) else None
            elif how := repeats.meant(first, self.lexicon):
                finder = partial(self._repeated, how)
        elif self.memo.is_slip(word):
            finder = self.slips.of
        elif low in FRAGMENTS:
            finder = self._fragment
        elif low in self.lexicon.rewrites or word in self.lexicon.rewrites:
            finder = self._rewritten
        elif (fix := self.boundaries.split(low)) and not (word != low and self.segmentation.behind_a_name(low)):
            finder = partial(self._split, fix)
        elif parts := self.segmentation.parted(word):
            finder = partial(self._parted, parts)
        else:
            if self.decision.may_be_slip(low, self.min_probability):
                self.memo.weighed.add(word)
                finder = self.slips.of
            if word != low and (names := self.segmentation.names_before(low)):
                finder = partial(self._behind_its_name, [name.capitalize() for name in names], finder)
        if finder:
            self.memo.finders[word] = finder
        else:
            self.memo.known.add(word)
        return finder

    def joined(self, text: str, word: str, places: list[int]) -> Iterator[Edit]:
        """Join di or ke to the rest of its verb: di bandingkan -> dibandingkan; sudah di isolasi -> sudah diisolasi."""
        first, rest = word.lower().split(" ")
        for start in whole(text, word, places):
            left, end = before(text, start).lower(), start + len(word)
            if left in SOMEWHERE or is_tied(text, start, end):
                continue
            if first == "di" and self.boundaries.is_place(left, rest, after(text, end).lower()):
                continue
            if sure := self.boundaries.is_joined(first, rest) or self.boundaries.is_passive(left, first, rest):
                yield Edit(start + len(first), start + len(first) + 1, " ", "", JOINED, sure)

    def _repeated(self, how: str, text: str, word: str, places: list[int]) -> Iterator[Edit]:
        """Mend a word that stands twice: yang yang -> yang, anak anak -> anak-anak."""
        once = word.rpartition(" ")[2]
        for start in whole(text, word, places):
            end, space = start + len(word), start + len(once)
            if word != word.lower() and not begins_sentence(text, start, before(text, start)):
                continue
            kind = repeats.kind(how, text, once, start)
            if kind == "once":
                yield Edit(space, end, text[space:end], "", REPEATED, TYPED_TWICE)
            elif kind == "hyphen":
                yield Edit(space, space + 1, " ", "-", REDUPLICATION, DOUBLED)

    def _phrase(self, phrase: Sequence[str], text: str, twice: str, places: list[int]) -> Iterator[Edit]:
        """Take out a phrase's second time: mulai dari mulai dari -> mulai dari."""
        for start in whole(text, twice, places):
            space, end = start + len(twice) // 2, start + len(twice)
            if repeats.is_typed_twice(text, phrase, start, end):
                yield Edit(space, end, text[space:end], "", REPEATED, TYPED_TWICE)

    def _rewritten(self, text: str, word: str, places: list[int]) -> Iterator[Edit]:
        """Replace what rewrites.tsv lists, but the name of a place of which news has none other: Desa Pakisan."""
        for start, meant in self.listed(text, word, self.lexicon.rewrites, places):
            if word[0].isupper() and self._may_be_anothers(text, start, meant.lower()):
                continue
            end = start + len(word)
            if (right := BEHIND.match(text, end)) and word + right[1] == meant:  # mengataka n
                yield Edit(end, end + 1, " ", "", JOINED, LISTED)
            else:
                yield Edit(start, end, word, meant, REWRITE, LISTED)

    def _may_be_anothers(self, text: str, start: int, meant: str) -> bool:
        """Whether a capitalised word names a place that news has not, or somebody whose first name no list has.

        Desa Pakisan; Kinandita Ameria.
        """
        ahead = before(text, start)
        low = ahead.lower()
        if low in NAMED:
            return not self.pair_count(low, meant)
        return ahead.isalpha() and ahead.istitle() and low not in self.lexicon.words and low not in self.lexicon.names

    def _split(self, fix: BoundaryFix, text: str, word: str, places: list[int]) -> Iterator[Edit]:
        """Split a word: dirumah -> di rumah."""
        low = word.lower()
        if fix.rule == REDUPLICATION and word != low:
            return  # Kedongdong is a place
        for start, *_ in self.slips.touched(text, word, whole(text, word, places)):
            end = start + len(word)
            right = after(text, end)
            if self.boundaries.is_torn_verb(low, neighbour(right, self.lexicon, 0)) or is_among_tags(text, start, end):
                continue
            if not self.boundaries.is_verb_here(low, right.lower()):
                yield Edit(start, end, word, recase(fix.after, word), fix.rule, fix.confidence)

    def _parted(self, parts: str, text: str, word: str, places: list[int]) -> Iterator[Edit]:
        """Part a word where a tag was dropped. What stands in a text twice, or behind "akun", is a name."""
        if len(places) > 1:
            return
        for start in whole(text, word, places):
            end = start + len(word)
            if is_tied(text, start, end) or is_alone(text, start, end) or is_among_tags(text, start, end):
                continue
            if before(text, start).lower() not in NAMED and text[start - 1 : start] != "-" != text[end : end + 1]:
                yield Edit(start, end, word, parts, SHIFTED, PARTED_BY_COUNTS)

    def _behind_its_name(
        self, names: Sequence[str], otherwise: FindEdits | None, text: str, word: str, places: list[int]
    ) -> Iterator[Edit]:
        """Part a word from the one of some `names` that the text has elsewhere: "Chelseadi laga itu", where "Chelsea" is."""
        said = (name for name in names if len(text) <= REACH and next(occurrences(text, name), None) is not None)
        name = next(said, None)
        if name is not None and all(GOES_ON.match(text, start + len(word)) for start in places):
            yield from self._parted(f"{name} {word[len(name) :]}", text, word, places)
        elif otherwise:
            yield from otherwise(text, word, places)

    def pair_count(self, left: str, right: str) -> int:
        """Return how often two lower-case words stood side by side in the counted news."""
        return self.decision.context.pair(left, right)

    def listed(self, text: str, word: str, table: Mapping[str, str], places: Sequence[int]) -> Iterator[tuple[int, str]]:
        """Yield the places of `word` where it is to become what `table` has for it, each with what it becomes.

        A row is matched as it is written; one in lower case also capitalised, where a sentence starts and it is no name.
        """
        low = word.lower()
        meant = table.get(word)
        if meant is None and (word != low.capitalize() or self._may_be_a_name(low)):
            return
        for start in whole(text, word, places):
            end = start + len(word)
            if is_tied(text, start, end) or not is_whole(text, start, end, meant or table[low]):
                continue
            if meant is not None:
                yield start, meant
            elif begins_sentence(text, start, before(text, start)):
                yield start, recase(table[low], word)

    def _may_be_a_name(self, low: str) -> bool:
        """Whether a lower-case word was counted as a name more than a tenth as often as otherwise: a choice."""
        lexicon = self.lexicon
        return 10 * lexicon.names.get(low, 0) > max(d.get(low, 0) for d in (lexicon.words, lexicon.rare, lexicon.unverified))

    def _fragment(self, text: str, word: str, places: Sequence[int]) -> Iterator[Edit]:
        """Join a prefix or clitic to its word: me ngatakan -> mengatakan; kembang nya -> kembangnya."""
        for start in whole(text, word, places):
            end = start + len(word)
            if word in ENDS:
                left = before(text, start)
                is_word = text[start - 1 : start] == " " and left.isascii() and left.isalpha() and left[1:].islower()
                if is_word and left != "lah" and (left.islower() or self._begins(text, start - 1 - len(left), end)):
                    yield from self._join(left, word, start - 1)
            elif word.lower() not in ENDS and (match := BEHIND.match(text, end)):
                joined = list(self._join(word, match[1], end))
                is_whole_prefix = word.lower() in BARE_PREFIXES and match[1] not in self.lexicon.words
                yield from joined or (self.slips.torn(text, start, match.end()) if is_whole_prefix else ())

    @staticmethod
    def _begins(text: str, start: int, end: int) -> bool:
        """Whether a capitalised word at `start` begins a sentence of news, which goes on in small letters at `end`."""
        return (
            len(text) > SHORT
            and begins_sentence(text, start, before(text, start))
            and text[end : end + 3].strip(", ").islower()
        )

    def _join(self, left: str, right: str, space: int) -> Iterator[Edit]:
        """Take out the space between two words that are one; an English word and -nya get a hyphen (EYD V)."""
        if confidence := self.boundaries.is_joined(left.lower(), right):
            joint = "-" if right == CLITIC and left.lower() in self.decision.attested.english else ""
            yield Edit(space, space + 1, " ", joint, JOINED, confidence)
