"""Names that a text has once, and that are slips: Presidan, or Bahlik beside Bahlil.

A capitalised word that no list knows is a name as a rule, and names are sacred. It is a slip where no list and no count has
it, and the word one slip away is the one that belongs there: news has that between these neighbours, or the text has it
elsewhere, too. A name of which that is not sure is only reported. Start reading at `LoneNames.find`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from .. import kernel
from ..kernel.interfaces import LONGEST_TYPED, MOST_TWINS, Words
from ..kernel.pure import CONTINUING, RUN
from ..lazy import lazy, lazy_pattern
from ..lexicon import Lexicon
from .channel import exchanged, slip
from .context import neighbour
from .decision import NAME_RATIO, SlipDecision
from .place import NAMED, REACH, after, before, is_alone, is_tied, occurrences
from .roots import LONG_ROOT

SHORTEST = 5  # letters of a name that is looked at: shorter ones are near too many others; a choice
TIMES = 3  # that a text has a name which another is a slip of; where the place speaks for it, too, one less. Choices
# Times that a text has a name which news has not, and letters of the one that is a slip of it. Of 113 such
# edits in 91 MB, half of which nobody had counted, one was wrong (Kirgizstan, Kirgistan) and three unclear.
OFTEN_SAID, LONG_ENOUGH = 4, 6
# Uses in the counted news of a word that may be meant wherever it stands, and of a name that the text has elsewhere: choices
COMMON, FAMILIAR = 50, 20
# Nats by which what is meant is likelier here than anywhere: where nothing else speaks for it, and where the text has it
# elsewhere. Choices: of 39 names at 3 to 4.5 nats that the text did not have elsewhere 13 were right as they stood.
SURE, LIKELY = 4.5, 1.0
# Nats that are enough where the typed word has LONG letters, and what is meant is no name: counted as one at most LONG_RATIO
# times as often as otherwise. Of 40 such edits that were read all were right; of 15 with 8 letters and half a nat 12 were.
LIKELY_OF_LONG, LONG, LONG_RATIO = 2.0, 9, 2
# Times that two names stood side by side in the counted news, and their share of the uses of one, from which they are one
# name. Of 29 edits that this made in 52 MB of news that nobody counted 27 were right; a first name ahead tells of the rest.
ONE_NAME, ONE_NAME_SHARE = 15, 0.25
APART = 1.5  # nats to the next word that may be meant: a choice
MEMO = 65536  # names whose candidates are kept: a choice
DERIVING = frozenset("inor")  # last letters that make another form of a name: a choice
TOGETHER = 40  # code points on each side of a name in which the text may tell both names apart: a choice
SILENT, TWICE = lazy_pattern("h|(?<=i)y"), lazy_pattern(r"(.)\1")  # what names are spelt with or without
SENTENCE_END = lazy_pattern(r"[.!?\n]")
CUT = lazy_pattern(r"[^\W_]|-| [a-z](?![^\W_])")  # behind a name: more of it, or of a word that has a space in it


class NameSlip(NamedTuple):
    """A name that is a slip, or may be one; `times`: how often the text has the meant name."""

    start: int
    end: int
    meant: str
    times: int
    is_sure: bool


@kernel.primitive
def lone_names(words: Words, data: bytes, shortest: int, times: int) -> list[tuple[int, str, str]]:
    """Find the capitalised words of UTF-8 that stand there once, and the word one slip away that stands there often.

    A word is a run of at least `shortest` ASCII letters, and none of those that `words` was made with. The other word is
    capitalised, too, and stands there `times` times or more; the most frequent is taken, "" where there is none. Yields
    (offset in code points, word, other word).
    """
    if shortest < 2 or times < 2:
        raise ValueError("a name has two letters or more")
    names = [m for m in RUN.finditer(data) if shortest <= len(m[0]) <= LONGEST_TYPED and m[0].istitle()]
    counts = Counter(name[0] for name in names)
    twins = [name for name, count in counts.items() if count >= times][:MOST_TWINS]
    found = []
    for start, name in [(match.start(), match[0]) for match in names if counts[match[0]] == 1]:
        typed = name.decode()
        if not words.was_given(typed) and not words.was_given(typed.lower()):
            near = [twin for twin in twins if is_one_slip(typed, twin.decode())]
            twin = max(near, key=counts.__getitem__).decode() if near else ""
            found.append((len(data[:start].translate(None, CONTINUING)), typed, twin))
    return found


def is_one_slip(typed: str, meant: str) -> bool:
    """Whether one slip makes `typed` of `meant`, and both begin alike; with an -s more or less it is another form."""
    return is_no_form(typed, meant) and (slip(typed, meant) is not None or exchanged(typed, meant) != "")


def is_no_form(typed: str, meant: str) -> bool:
    """Whether both begin alike, and are not the same, with an -s more or less."""
    return typed[0] == meant[0] and typed not in (meant, f"{meant}s") and meant != f"{typed}s"


class LoneNames:
    """Finds names of texts that are slips. One per process: it remembers what may be meant by a name."""

    def __init__(self, decision: Callable[[], SlipDecision], known: Callable[[], Words]) -> None:
        """decision: opens indexes, so it is asked at the first name. known: the words that are right as they stand."""
        self._open, self._known = decision, known
        self._near = lru_cache(maxsize=MEMO)(self._common_words_near)

    @lazy
    def _decision(self) -> SlipDecision:
        return self._open()

    @lazy
    def _lexicon(self) -> Lexicon:
        return self._decision.lexicon

    def find(self, text: str, data: bytes) -> list[NameSlip]:
        """List the names of a text, whose UTF-8 is `data`, that are slips or look so; long ones are not read whole."""
        if len(text) > REACH:
            text = text[: text.rfind(" ", 0, REACH) + 1]
            data = kernel.utf8(text)
        slips = []
        for start, name, twin in lone_names(self._known(), data, SHORTEST, TIMES):
            low = name.lower()
            near = self._near(low)
            if (near or twin) and (found := self._at(text, start, low, near, twin.lower())):
                slips.append(found)
        return slips

    def _at(self, text: str, start: int, low: str, near: tuple[str, ...], twin: str) -> NameSlip | None:
        """Decide which name is meant by the one at an offset, given in lower case; None where it may be right."""
        end, left = start + len(low), text[start - 1 : start]
        if left == "-" or left.isalnum() or is_tied(text, start, end) or is_alone(text, start, end) or CUT.match(text, end):
            return None
        found = self._weighed(text, start, end, near, twin)
        if not found or self._is_attested(low) or next(occurrences(text, low), None) is not None:
            return None
        return found

    def _weighed(self, text: str, start: int, end: int, near: tuple[str, ...], twin: str) -> NameSlip | None:
        """Weigh the words that may be meant by a name, and return the likeliest here; None where there is none."""
        low, beside = text[start:end].lower(), (before(text, start), after(text, end))
        known = neighbour(beside[0], self._lexicon, -1), neighbour(beside[1], self._lexicon, 0)
        words = [*near, *([twin] if twin and twin not in near else [])]
        pmis = self._decision.context.pmi(words, *(word if word.isalpha() else "" for word in known))
        if not twin and max(pmis) < LIKELY and min(map(len, words)) >= SHORTEST:
            return None  # as three times in four: nothing here speaks for a word, and the text has none TIMES times
        ranked = sorted(zip(pmis, words, strict=True), reverse=True)
        (most, first), following = ranked[0], ranked[1][0] if len(ranked) > 1 else 0.0
        sure = LIKELY_OF_LONG if len(low) >= LONG and not self._lexicon.is_rather_a_name(first, LONG_RATIO) else SURE
        belongs_here = first in near and most >= max(sure, following + APART)
        if (ahead := beside[0].lower()) in NAMED:  # the name of a place: news has it, or it may be another one
            belongs_here = belongs_here and self._decision.context.pair(ahead, first) > 0
        for pmi, meant in ranked:
            form = meant.capitalize()
            times = len(list(occurrences(text, form)))
            is_sure = belongs_here and meant == first
            if is_sure and times == 0 and self._is_persons(meant, beside):
                is_sure = self._is_one_name(meant, beside, before(text, start - 1 - len(beside[0])))
            needed = TIMES - 1 if pmi >= LIKELY else TIMES
            is_said = times >= OFTEN_SAID and len(low) >= LONG_ENOUGH and not is_variant(low, meant)
            if not is_sure and times >= needed and (is_said or self._uses(meant) >= FAMILIAR):
                is_sure = not is_derived(low, meant) and has_one_place(text, start, end, form)
            if is_sure or meant == twin:
                return NameSlip(start, end, form, times, is_sure and not stand_together(text, start, end, form))
        return None

    def _is_persons(self, low: str, beside: tuple[str, str]) -> bool:
        """Whether a word is a name that has another beside it, where others may have one like it: Edi Sri Mulyanti."""
        names = [word.lower() for word in beside if word[:1].isupper()]
        return self._lexicon.is_rather_a_name(low, NAME_RATIO) and any(map(self._lexicon.is_rather_a_name, names))

    def _is_one_name(self, low: str, beside: tuple[str, str], ahead: str) -> bool:
        """Whether the name before or behind a word stands beside that so often that both are one: Bahlil Lahadalia.

        ahead: what stands before the two. Another first name there makes it somebody else's: Edi Sri Mulyanti.
        """
        left, right = (word.lower() if word[:1].isupper() else "" for word in beside)
        if ahead[:1].isupper() and ahead.lower() in self._lexicon.names and ahead.lower() not in self._lexicon.words:
            return False
        pair = self._decision.context.pair
        sides = ((left, pair(left, low)), (right, pair(low, right)))
        return any(times >= ONE_NAME and times >= ONE_NAME_SHARE * self._uses(side) for side, times in sides)

    def _common_words_near(self, low: str) -> tuple[str, ...]:
        """Find the common words one slip away from a lower-case word."""
        near = self._decision.speller.within_one_edit(low)
        if not near:
            return ()  # as three times in four
        return tuple(sorted(w for w in near if is_no_form(low, w) and self._uses(w) >= COMMON))

    def _is_attested(self, low: str) -> bool:
        """Whether a list or a count has a lower-case word, or it is built of one."""
        attested, lexicon = self._decision.attested, self._lexicon
        lists = (attested.english, attested.collections, attested.malindo, attested.roots_in_use, attested.variants)
        is_listed = any(low in words for words in (lexicon.rare, lexicon.unverified, *lists))
        if is_listed or self._decision.search.is_well_formed(low):
            return True
        return any(length >= LONG_ROOT for length, *_ in self._decision.roots.made_of(low))

    def _uses(self, low: str) -> int:
        """Return how often a lower-case word was counted, as a word or as a name."""
        return max(self._lexicon.words.get(low, 0), self._lexicon.names.get(low, 0))


def is_derived(low: str, meant: str) -> bool:
    """Whether a word may be another form of the one meant, or that in another language: Googler, Kabuli, Circuito."""
    return low[:-1] == meant and low[-1] in DERIVING


def is_variant(low: str, meant: str) -> bool:
    """Whether two names that no news has may both be right: one is a form of the other (Valthiria, Valthirian), they sound
    alike (Bochicchio, Herbiyono), or are an office and its head (Ditnarkoba, Dirnarkoba)."""
    if is_derived(low, meant) or is_derived(meant, low):
        return True
    sounds = [SILENT.sub("", name).replace("oe", "o").replace("y", "i") for name in (low, meant)]
    if TWICE.sub(r"\1", sounds[0]) == TWICE.sub(r"\1", sounds[1]):
        return True
    return low[3:] == meant[3:] and {low[:3], meant[:3]} == {"dir", "dit"}


def stand_together(text: str, start: int, end: int, form: str) -> bool:
    """Whether `form` stands near the name at [start, end) in its sentence: told apart, "Vanesza alias Vanessa"."""
    behind = SENTENCE_END.split(text[end : end + TOGETHER], 1)[0]
    ahead = SENTENCE_END.split(text[max(0, start - TOGETHER) : start])[-1]
    return form in ahead or form in behind


def has_one_place(text: str, start: int, end: int, form: str) -> bool:
    """Whether a name at [start, end) is no part of a longer one, or `form` has one of the same names beside it elsewhere."""
    sides = [side if side[:1].isupper() else "" for side in (before(text, start), after(text, end))]
    if not any(sides):
        return True
    places = [(before(text, at), after(text, at + len(form))) for at in occurrences(text, form)]
    return any(side and side == there for place in places for side, there in zip(sides, place, strict=True))
