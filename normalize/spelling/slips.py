"""Slips of the keys in a text: each place of a word that may be one is weighed with its surroundings.

Start reading at `Slips.of`. Where all is plain the kernel does the same, by what `Slips.judge` hands it.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Iterable, Iterator, Sequence
from math import exp, floor, log

from ..edit import Edit
from ..lazy import lazy
from ..lexicon import Lexicon
from ..tokens import recase
from .boundaries import Boundaries
from .context import neighbour
from .decision import CUT_WORD, LOGIT_LIMIT, ScoredCandidate, SlipDecision, WordInContext, is_likely
from .deliberate import LONGEST_VOWELLESS, NO_CHAT, SHORTEST_VOWELLESS
from .features import MOST_IN_TEXT, PLACE_FEATURES
from .lost_commas import cut_before_stops
from .place import (
    CLOSING,
    LATIN,
    MIN_WHOLE,
    NOT_IN_TAGS,
    OPENING,
    REACH,
    SENTENCE_ENDS,
    TAGS_REACH,
    TIED_AFTER,
    TIED_BEFORE,
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
    occurrences_around,
    whole,
)
from .surroundings import CHAT_WINDOW, FOREIGN_WINDOW, surroundings

SLIP, SHIFTED, JOINED = "spelling.slip", "spelling.glued", "spelling.joined"  # rules
SPACE_MOVED = 0.99  # confidence: of 14 edits read in collections that nobody counted 14 were right
TORN_SLIP = 0.9  # probability from which a verb whose letter became a space is mended: a choice
MANY = 50  # times that a text has a word, from which it is asked first whether it can still be a slip; a choice
RECHECKED = FOREIGN_WINDOW + 64  # code points on each side of a change that are looked at again: a window and a long word


class Slips:
    """Weighs words in their places, in one text at a time."""

    def __init__(self, lexicon: Lexicon, min_probability: float) -> None:
        """`min_probability`: the probability that a slip must have to be mended."""
        self.lexicon = lexicon
        self.min_probability = min_probability
        self.mended: list[int] = []  # where in the text at hand sure slips were mended
        self.lost_its_commas = False  # whether the text at hand lost its commas
        self._elsewhere = Elsewhere(REACH)

    @lazy
    def decision(self) -> SlipDecision:
        """The decision, whose indexes and counts are opened at the first word that needs them."""
        return SlipDecision(self.lexicon)

    @lazy
    def boundaries(self) -> Boundaries:
        """The boundaries of words, by the same counts."""
        return Boundaries(self.lexicon, self.decision.context)

    @property
    def needed(self) -> float:
        """The logit that a slip needs to be mended in the present text."""
        return self._needed[bool(self.mended)]

    @lazy
    def _needed(self) -> tuple[float, float]:
        """The logit that a slip needs to be mended: anywhere, and where a sure one may have been mended nearby."""
        return self.decision.needed(self.min_probability, False), self.decision.needed(self.min_probability, True)

    @lazy
    def judge(self) -> tuple[object, ...]:
        """The bounds and sets of marks by which the kernel judges slips, besides the decision."""
        sets = TIED_BEFORE, TIED_AFTER, OPENING, CLOSING, NOT_IN_TAGS, SENTENCE_ENDS
        marks = ["".join(sorted(marks)) for marks in sets]
        lengths = SHORTEST_VOWELLESS, LONGEST_VOWELLESS
        numbers = FOREIGN_WINDOW, CHAT_WINDOW, *lengths, TAGS_REACH, MIN_WHOLE
        return self.min_probability, self.decision.looks_foreign, tuple(marks), LATIN, numbers

    def of(self, text: str, word: str, places: list[int]) -> Iterator[Edit]:
        """Replace a word where another is likelier to be meant: mengtakan -> mengatakan."""
        for here, start in self.words_in_context(text, word, places):
            if moved := self.boundaries.moved_space(text, word, start):
                at, typed, meant = moved
                if " " in meant:
                    yield Edit(at, at + len(typed), typed, meant, SHIFTED, SPACE_MOVED)
                elif not is_among_tags(text, at, at + len(typed)):
                    yield Edit(at, at + len(typed), typed, meant, JOINED, SPACE_MOVED)
            elif self._is_too_often(here):
                continue
            elif (best := self._likeliest(here, text, start)) and not is_labelled(text, start, word, best.meant):
                # A capital is lost with the first letter of a sentence.
                free = start == 0 or text[start - 1].isspace()
                begins = word == best.meant[1:] and free and begins_sentence(text, start, before(text, start))
                meant = best.meant.capitalize() if begins else recase(best.meant, word)
                yield Edit(start, start + len(word), word, meant, SLIP, floor(1e4 * best.probability) / 1e4)

    def words_in_context(self, text: str, word: str, places: Sequence[int]) -> Iterator[tuple[WordInContext, int]]:
        """Yield a word in its context at those of its `places` where it may be touched, foreign words not yet counted."""
        low, capitalised = word.lower(), not word.islower()
        places = list(whole(text, word, places))
        around_here = occurrences_around(text, word, REACH) if capitalised else None  # of it not all places are given
        for start, left, other_half in self.touched(text, word, places):
            right = after(text, start + len(word))
            near = (neighbour(left, self.lexicon, -1), neighbour(right, self.lexicon, 0))
            times = around_here(start) if around_here else len(places)
            yield WordInContext(low, *near, other_half, capitalised, times - 1, 0), start

    def touched(self, text: str, word: str, places: Iterable[int]) -> Iterator[tuple[int, str, str]]:
        """Yield those of the `places` of a word, all whole, where it may be touched, what stands before it, and its other
        half.
        """
        capitalised, words = not word.islower(), self.lexicon.words
        for start in places:
            end = start + len(word)
            if is_tied(text, start, end) or is_alone(text, start, end):
                continue
            left = before(text, start)
            if capitalised and (not begins_sentence(text, start, left) or begins_name(text, start, end, words)):
                continue  # a name
            other_half = half_beside(text, start, end, words)
            if other_half is not None:
                yield start, left, other_half

    def _likeliest(self, here: WordInContext, text: str, start: int) -> ScoredCandidate | None:
        """Return the candidate that is likely enough here; None for the typed word. Counts foreign words and chat last."""
        end = start + len(here.typed)
        if self.lost_its_commas and text.startswith(". ", end):
            return None  # it is not whole
        if self.mended:
            number = bisect(self.mended, start - RECHECKED)
            here = here._replace(sure_slip_nearby=number < len(self.mended) and self.mended[number] < start + RECHECKED)
        here = self.in_text(here, text, start)
        best = self.decision.likeliest(here)
        if best is None or not is_likely(best, self.min_probability):
            return None
        if belongs_to_others(text, start, end, self.lexicon.words, self.decision.attested.english):
            return None
        amid = self.amid(here, text, start)
        best = best if amid == here else self.decision.likeliest(amid)
        return best if best is not None and is_likely(best, self.min_probability) else None

    def _is_too_often(self, here: WordInContext) -> bool:
        """Whether a text has a word too often for it to be a slip, even in the best of contexts beside a sure one."""
        if here.repeated < MANY or here.other_half:
            return False
        repeated = self.decision.place_weights[PLACE_FEATURES.index("repeated")] * log(1 + here.repeated)
        logit = min(LOGIT_LIMIT, self._needed[True] - repeated)
        return not self.decision.may_be_slip(here.typed, 1.0 / (1.0 + exp(-logit)))

    def in_text(self, here: WordInContext, text: str, start: int) -> WordInContext:
        """Add to a word in its context how often the text has the first candidate elsewhere."""
        if here.other_half or (first := self.decision.first(here)) is None:
            return here
        meant = (first[0].meant,)
        return here._replace(in_text=self._elsewhere.count(text, start, meant, MOST_IN_TEXT), size=len(text))

    def amid(self, here: WordInContext, text: str, start: int) -> WordInContext:
        """Add to a word in its context the foreign words and the chat around it."""
        words, chat = surroundings(text, start, start + len(here.typed))
        abbreviations = len([word for word in chat if word not in NO_CHAT])
        return here._replace(foreign_words=self._foreign_words(words), chat=abbreviations)

    def _foreign_words(self, words: Iterable[str]) -> int:
        """Count the lower-case words that look foreign."""
        known = self.lexicon.words
        unknown = [word for word in words if word not in known or len(word) <= LONGEST_VOWELLESS]
        return sum([self.decision.looks_foreign(word) for word in unknown if word.islower() and word.isalpha()])

    def cut(self, text: str, is_accepted: Callable[[str], bool]) -> Iterator[Edit]:
        """Complete the words, none accepted, of a text that lost its commas: begit. -> begitu. It may have been a stop."""
        for word, starts in cut_before_stops(text, is_accepted).items():
            low = word.lower()
            if not any(candidate.meant[:-1] == low for candidate in self.decision.candidates(low)):
                continue  # no letter completes it
            for here, start in self.words_in_context(text, word, starts):
                if meant := self.decision.completed(here):
                    yield Edit(start, start + len(word), word, recase(meant, word), SLIP, CUT_WORD)

    def torn(self, text: str, start: int, end: int) -> Iterator[Edit]:
        """Mend the verb at [start, end), of which a letter became a space: meng tahui -> mengetahui."""
        typed = text[start:end]
        near = neighbour(before(text, start), self.lexicon, -1), neighbour(after(text, end), self.lexicon, 0)
        best = self.decision.likeliest(WordInContext(typed.lower().replace(" ", ""), *near, "", False, 0, 0))
        if best is not None and is_likely(best, TORN_SLIP):
            yield Edit(start, end, typed, recase(best.meant, typed), SLIP, floor(1e4 * best.probability) / 1e4)
