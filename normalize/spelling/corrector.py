"""The corrector: finds the words of a text that are to be changed, and what they become. This is the hot loop.

Nothing is done per known word but a set lookup at C speed. A word outside the set is looked at where it stands; one that no
context could make a slip of anything joins the set, so each distinct word is decided once in a process. Start reading at
`Corrector.corrections`.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import compress
from math import floor

from .. import kernel
from ..edit import Edit, OffsetMap, apply, around, compose, resolve_overlaps
from ..lazy import lazy
from ..lexicon import Lexicon, word_list
from ..tokens import recase
from . import repeats
from .accepted import Accepted, accepted_forms
from .boundaries import (
    BARE_PREFIXES,
    CLITIC,
    DOUBLED,
    LOOSE_PREFIXES,
    MIN_APART,
    MIN_PAIR,
    PREPOSITIONS,
    SHORTEST_HALF,
    Boundaries,
    BoundaryFix,
)
from .context import neighbour
from .decision import CUT_WORD, LONGEST, ScoredCandidate, SlipDecision, WordInContext, is_likely
from .deliberate import LONGEST_VOWELLESS, NO_CHAT
from .features import MOST_IN_TEXT
from .lost_commas import cut_before_stops, lost_its_commas
from .place import (
    NAMED,
    REACH,
    Elsewhere,
    after,
    before,
    begins_name,
    begins_sentence,
    belongs_to_others,
    half_beside,
    is_alone,
    is_among_tags,
    is_labelled,
    is_tied,
    is_whole,
    occurrences,
    occurrences_around,
    whole,
)
from .segmentation import SHORTEST_NAME, SHORTEST_WHOLE, Segmentation
from .surroundings import FOREIGN_WINDOW, surroundings
from .word_memo import Sifter, WordMemo

SLIP, JOINED, REWRITE, SHIFTED = "spelling.slip", "spelling.joined", "spelling.rewrite", "spelling.glued"  # rules
REPEATED, REDUPLICATION = "spelling.repeated", "spelling.reduplication"
LISTED = 0.99  # confidence of a row of rewrites.tsv: of 256 edits read 256 were right, 120 of them elsewhere
SPACE_MOVED = 0.98  # confidence: of 14 edits read in collections that nobody counted 14 were right
TORN_SLIP = 0.9  # probability from which a verb whose letter became a space is mended: a choice
PARTED_BY_COUNTS = 0.97  # confidence
TYPED_TWICE = 0.98  # confidence
SURE_SLIP = 0.9  # probability from which a slip speaks for others nearby: a choice, as the labelled words were counted
ROUNDS = 5  # looks at a text, at most: a third is rare
RECHECKED = FOREIGN_WINDOW + 64  # code points on each side of a change that are looked at again: a window and a long word
BEHIND = re.compile(r" ([a-z]+)(?![^\W_])")  # the lower-case word behind a prefix
FRAGMENTS = BARE_PREFIXES | LOOSE_PREFIXES | {CLITIC}
SOMEWHERE = frozenset(("berada", "berposisi", "terletak"))  # a place comes next: berada di tandu
FIRSTS = [form for first in PREPOSITIONS for form in (first, first.capitalize())]

FindEdits = Callable[[str, str, list[int]], Iterator[Edit]]  # text, word, its offsets -> its edits


def sure_slip_offsets(edits: Sequence[Edit]) -> list[int]:
    """List the offsets of the sure slips among `edits`, in the text that the edits led to."""
    sure = [rule == SLIP and confidence >= SURE_SLIP for _, _, _, _, rule, confidence in edits]
    return list(compress(OffsetMap(edits).clean_starts, sure)) if True in sure else []


class Corrector:
    """Decides the words of texts, one text at a time. One per process: it remembers what it decided."""

    def __init__(self, lexicon: Lexicon, min_probability: float) -> None:
        """`min_probability`: the probability that a slip must have to be mended."""
        self.lexicon = lexicon
        self.min_probability = min_probability
        listed = FRAGMENTS | lexicon.rewrites.keys()
        self._always_examined = {form for w in listed for form in (w, w.capitalize())}
        self.memo: WordMemo[FindEdits] = WordMemo(self._words, self._sifter)
        self._elsewhere = Elsewhere(REACH)
        self._mended: list[int] = []  # where in the text at hand sure slips were mended
        self._lost_its_commas = False  # whether the text at hand lost its commas

    def _words(self) -> kernel.Words:
        """The words that no context makes slips, as the dictionaries have them."""
        return kernel.Words(FIRSTS, word_list(self.lexicon, "accepted.bin", accepted_forms), self._always_examined)

    @lazy
    def _accepted(self) -> Accepted:
        """The words that are right as they stand, for the few texts that lost their commas."""
        return Accepted(self.lexicon, self._always_examined)

    @lazy
    def decision(self) -> SlipDecision:
        """The decision, whose indexes and counts are opened at the first word that needs them."""
        return SlipDecision(self.lexicon)

    @lazy
    def _needed(self) -> tuple[float, float]:
        """The logit that a slip needs to be mended: anywhere, and where a sure one may have been mended nearby."""
        return self.decision.needed(self.min_probability, False), self.decision.needed(self.min_probability, True)

    @lazy
    def boundaries(self) -> Boundaries:
        """The boundaries of words, by the same counts."""
        return Boundaries(self.lexicon, self.decision.context)

    @lazy
    def segmentation(self) -> Segmentation:
        """The segmentation of what is no word, by the same counts."""
        decision = self.decision
        return Segmentation(self.lexicon, decision.context, decision.attested, decision.speller)

    def _sifter(self, known: kernel.interfaces.Words) -> Sifter:
        """What tells, in the kernel, which unknown words are worth being looked at, and the logit that a slip needs."""
        bounds = (MIN_APART, MIN_PAIR, SHORTEST_HALF, SHORTEST_NAME, SHORTEST_WHOLE)
        needed = self.decision.needed_at_best(self.min_probability)
        search, parts = self.decision.slip_search, self.segmentation.known_parts
        return kernel.Suspects(known, search, parts, bounds, needed), self._needed[False]

    def corrections(self, text: str, data: bytes) -> list[Edit]:
        """What is to be changed in `text`, whose UTF-8 is `data`: edits that do not overlap.

        A word put right is a better neighbour, so what stands around a change is looked at again, until nothing changes.
        An edit that a second look made of two goes by the rule of the first, and is as likely as is asked for: both are.
        """
        current, edits = text, list[Edit]()
        self._mended = []
        self._lost_its_commas = lost_its_commas(text)
        unknown = self.memo.looked_at(text, data)
        found = self._likely(text, unknown)
        for _ in range(ROUNDS):
            if not found:
                break
            edits = compose(text, edits, found)
            current = apply(current, found)
            self._mended = sure_slip_offsets(edits)
            # What stands around, the same words elsewhere, and those that may be slips of the words that the text has now.
            pieces = "\n".join(around(current, found, RECHECKED) + [edit.before for edit in found])
            again = self.memo.known.unknown_words(pieces.encode("utf-8", "surrogatepass"))
            new, means_one = " ".join(around(current, found, LONGEST)), self.decision.means_one_of
            near = self.memo.near(new, unknown, partial(means_one, self.min_probability))
            again.update((word, []) for word in near if word not in again)
            if len(current) < REACH:
                # Of words that were cut off where a piece ends there are none.
                again = {word: places for word in again if (places := list(occurrences(current, word)))}
            else:
                anywhere = self.memo.known.unknown_words(current.encode("utf-8", "surrogatepass"))
                again = {word: anywhere[word] for word in again if word in anywhere}
            found = self._likely(current, again)
        return [e._replace(rule=e.rule.partition("+")[0], confidence=max(e.confidence, self.min_probability)) for e in edits]

    def _likely(self, text: str, unknown: Mapping[str, list[int]]) -> list[Edit]:
        """The edits of the unknown words of a text that are as likely as is asked for, without overlaps."""
        return resolve_overlaps([edit for edit in self._found(text, unknown) if edit.confidence >= self.min_probability])

    def _found(self, text: str, unknown: Mapping[str, list[int]]) -> Iterator[Edit]:
        """Yield the edits of the unknown words of a text."""
        if self._lost_its_commas:
            yield from self._cut_words(text)
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
            first, rest = low.split(" ")
            if first != rest:
                finder = self._pair if self.boundaries.may_be_joined(first, rest) else None
            elif how := repeats.meant(first, self.lexicon):
                finder = partial(self._repeated, how)
        elif (decided := self.memo.decided(word)) is not None:
            finder = partial(self._slips, decided or None)
        elif low in FRAGMENTS:
            finder = self._fragment
        elif low in self.lexicon.rewrites or word in self.lexicon.rewrites:
            finder = self._rewritten
        elif (fix := self.boundaries.split(low)) and not (word != low and self.segmentation.behind_a_name(low)):
            finder = partial(self._split, fix)
        elif parts := self.segmentation.parted(word):
            finder = partial(self._parted, parts)
        elif prefilter := self.decision.prefilter(low, self.min_probability):
            finder = partial(self._slips, prefilter if word == low else None)
        if finder:
            self.memo.finders[word] = finder
        else:
            self.memo.known.add(word)
        return finder

    def _pair(self, text: str, word: str, places: list[int]) -> Iterator[Edit]:
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

    def _rewritten(self, text: str, word: str, places: list[int]) -> Iterator[Edit]:
        """Replace what rewrites.tsv lists."""
        for start, meant in self.listed(text, word, self.lexicon.rewrites, places):
            yield Edit(start, start + len(word), word, meant, REWRITE, LISTED)

    def _split(self, fix: BoundaryFix, text: str, word: str, places: list[int]) -> Iterator[Edit]:
        """Split a word: dirumah -> di rumah."""
        low = word.lower()
        for here, start in self.words_in_context(text, word, places):
            if fix.rule == REDUPLICATION and word != low:
                continue  # Kedongdong is a place
            if self.boundaries.is_torn_verb(low, here.right) or is_among_tags(text, start, start + len(word)):
                continue
            respelled = recase(fix.after, word)
            yield Edit(start, start + len(word), word, respelled, fix.rule, fix.confidence)

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

    def _slips(self, prefilter: kernel.SlipPrefilter | None, text: str, word: str, places: list[int]) -> Iterator[Edit]:
        """Replace a word where another is likelier to be meant: mengtakan -> mengatakan."""
        if prefilter and not prefilter.may_be_slip(text, places, self._needed[bool(self._mended)]):
            return
        for here, start in self.words_in_context(text, word, places):
            if moved := self.boundaries.moved_space(text, word, start):
                at, typed, meant = moved
                yield Edit(at, at + len(typed), typed, meant, SHIFTED, LISTED)
            elif (best := self._likeliest(here, text, start)) and not is_labelled(text, start, word, best.meant):
                # A capital is lost with the first letter of a sentence.
                free = start == 0 or text[start - 1].isspace()
                begins = word == best.meant[1:] and free and begins_sentence(text, start, before(text, start))
                meant = best.meant.capitalize() if begins else recase(best.meant, word)
                yield Edit(start, start + len(word), word, meant, SLIP, floor(1e4 * best.probability) / 1e4)

    def _cut_words(self, text: str) -> Iterator[Edit]:
        """Complete the words of a text that lost its commas: begit. -> begitu. The comma may have been a stop."""
        for word, starts in cut_before_stops(text, self._accepted).items():
            for here, start in self.words_in_context(text, word, starts):
                if meant := self.decision.completed(here):
                    yield Edit(start, start + len(word), word, recase(meant, word), SLIP, CUT_WORD)

    def _likeliest(self, here: WordInContext, text: str, start: int) -> ScoredCandidate | None:
        """Return what is likelier meant here; None for the typed word. Counts foreign words and chat where it matters."""
        end = start + len(here.typed)
        if self._lost_its_commas and text.startswith(". ", end):
            return None  # it is not whole
        if self._mended:
            number = bisect(self._mended, start - RECHECKED)
            here = here._replace(sure_slip_nearby=number < len(self._mended) and self._mended[number] < start + RECHECKED)
        here = self.in_text(here, text, start)
        best = self.decision.likeliest(here)
        if best is None or not is_likely(best, self.min_probability):
            return None
        if belongs_to_others(text, start, end, self.lexicon.words, self.decision.attested.english):
            return None
        amid = self.amid(here, text, start)
        best = best if amid == here else self.decision.likeliest(amid)
        return best if best is not None and is_likely(best, self.min_probability) else None

    def in_text(self, here: WordInContext, text: str, start: int) -> WordInContext:
        """A word in its context, with how often the text has its candidates elsewhere."""
        if here.other_half:
            return here
        meant = tuple([candidate.meant for candidate in self.decision.candidates(here.typed)])
        return here._replace(in_text=self._elsewhere.count(text, start, meant, MOST_IN_TEXT), size=len(text))

    def amid(self, here: WordInContext, text: str, start: int) -> WordInContext:
        """A word in its context, with the foreign words and the chat around it counted."""
        words, chat = surroundings(text, start, start + len(here.typed))
        abbreviations = len([word for word in chat if word not in NO_CHAT])
        return here._replace(foreign_words=self._foreign_words(words), chat=abbreviations)

    def pair_count(self, left: str, right: str) -> int:
        """How often two lower-case words stood side by side in the counted news."""
        return self.decision.context.pair(left, right)

    def listed(self, text: str, word: str, table: Mapping[str, str], places: Sequence[int]) -> Iterator[tuple[int, str]]:
        """Where `word`, which stands at `places`, is to become what `table` has for it, and what it becomes.

        A row is matched as it is written; one in lower case also capitalised, where a sentence starts and it is no name.
        """
        low = word.lower()
        meant = table.get(word)
        if meant is None and (word != low.capitalize() or self._is_rather_a_name(low)):
            return
        for start in whole(text, word, places):
            end = start + len(word)
            if is_tied(text, start, end) or not is_whole(text, start, end):
                continue
            if meant is not None:
                yield start, meant
            elif begins_sentence(text, start, before(text, start)):
                yield start, recase(table[low], word)

    def _is_rather_a_name(self, low: str) -> bool:
        """Whether a lower-case word was counted as a name more than a tenth as often as otherwise: a choice."""
        lexicon = self.lexicon
        return 10 * lexicon.names.get(low, 0) > max(d.get(low, 0) for d in (lexicon.words, lexicon.rare, lexicon.unverified))

    def words_in_context(self, text: str, word: str, places: Sequence[int]) -> Iterator[tuple[WordInContext, int]]:
        """Yield a word in its context at those of its `places` where it may be touched, foreign words not yet counted."""
        low, capitalised = word.lower(), not word.islower()
        places = list(whole(text, word, places))
        around_here = occurrences_around(text, word, REACH) if capitalised else None  # of it not all places are given
        for start in places:
            end = start + len(word)
            if is_tied(text, start, end) or is_alone(text, start, end):
                continue
            left = before(text, start)
            if capitalised and (not begins_sentence(text, start, left) or begins_name(text, start, end, self.lexicon.words)):
                continue  # a name
            other_half = half_beside(text, start, end, self.lexicon.words)
            if other_half is None:
                continue
            right = after(text, end)
            near = (neighbour(left, self.lexicon, -1), neighbour(right, self.lexicon, 0))
            times = around_here(start) if around_here else len(places)
            yield WordInContext(low, *near, other_half, capitalised, times - 1, 0), start

    def _foreign_words(self, words: Iterable[str]) -> int:
        """Count the lower-case words that look foreign."""
        known = self.lexicon.words
        unknown = [word for word in words if word not in known or len(word) <= LONGEST_VOWELLESS]
        return sum([self.decision.looks_foreign(word) for word in unknown if word.islower() and word.isalpha()])

    def _fragment(self, text: str, word: str, places: Sequence[int]) -> Iterator[Edit]:
        """Join a prefix or clitic to its word: me ngatakan -> mengatakan; kembang nya -> kembangnya."""
        for start in whole(text, word, places):
            end = start + len(word)
            if word == CLITIC:
                left = before(text, start)
                if text[start - 1 : start] == " " and left.isascii() and left.isalpha() and left.islower() and left != "lah":
                    yield from self._join(left, word, start - 1)
            elif word.lower() != CLITIC and (match := BEHIND.match(text, end)):
                joined = list(self._join(word, match[1], end))
                yield from joined or self._torn_slip(text, start, match)

    def _torn_slip(self, text: str, start: int, behind: re.Match[str]) -> Iterator[Edit]:
        """Mend a verb of which a letter became a space behind its prefix: meng tahui -> mengetahui."""
        end, rest = behind.end(), behind[1]
        typed = text[start:end]
        if typed.partition(" ")[0].lower() not in BARE_PREFIXES or rest in self.lexicon.words:
            return
        low = typed.lower().replace(" ", "")
        near = neighbour(before(text, start), self.lexicon, -1), neighbour(after(text, end), self.lexicon, 0)
        best = self.decision.likeliest(WordInContext(low, *near, "", False, 0, 0))
        if best is not None and is_likely(best, TORN_SLIP):
            yield Edit(start, end, typed, recase(best.meant, typed), SLIP, floor(1e4 * best.probability) / 1e4)

    def _join(self, left: str, right: str, space: int) -> Iterator[Edit]:
        """Take out the space between two words that are one; an English word and -nya get a hyphen (EYD V)."""
        if confidence := self.boundaries.is_joined(left.lower(), right):
            joint = "-" if right == CLITIC and left in self.decision.attested.english else ""
            yield Edit(space, space + 1, " ", joint, JOINED, confidence)
