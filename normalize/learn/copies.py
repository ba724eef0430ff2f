"""Copies that vote: the passage that several texts of a dump have, and what most of them have where one is in doubt.

No text is compared with all others. A place in doubt (an unknown word, a date that the calendar contradicts, a hole) is
told by the words around it; what stands between the same words in other texts are votes. So a copy may be a paragraph, and a
dump is gone over twice: `doubts` finds the places of each text (a map), `Doubts` gathers them (a reduce); `votes` finds in
each text what stands there (a map), `Votes` gathers that (a reduce). Both are exact, so it makes no difference how texts are
dealt out.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple
from zlib import crc32

from rapidfuzz.distance import OSA

from .. import kernel, lexicon
from ..edit import OffsetMap
from ..lexicon import Copy, attestations
from ..rules.copies import DATE, REACH, contradicts_calendar, gap
from ..spelling.channel import slip
from ..spelling.deliberate import COLLOQUIAL, respellings
from ..stand_ins import stand_ins
from ..tokens import context_hash, hashed, scan, words_around
from . import contexts
from .contexts import ByThing
from .counting import FAMILIAR_COUNT
from .noise import engine

MOST = 1_000_000  # places in doubt that are looked for, those with the least hashes: a choice; each takes some 1,300 bytes
ANCHOR = 3  # words on each side by which a place is looked for: a choice
SHORTEST = 4  # letters of a word in doubt: a choice
LONG_WORD = 7  # letters from which two slips in a word are believed: a choice
FARTHEST = 8  # words that may stand in a place: a choice
LONGEST = 80  # code points of what stands there: a choice
HOLE = " "  # what a copy has that has a hole, too
MOST_VARIANTS = 12  # different things at a place: with more, the words around it are a formula, and none is a copy; a choice
MAJORITY = 2  # times as many votes as the next best that fill a hole, or make a name that nobody knows (a choice)
MOST_COLLECTIONS = 2  # of the counted news, that have a word and yet may have it by mistake (a choice)

WORD = re.compile("[A-Za-z]+")
ONLY_WORD = re.compile(r"[\W\d_]*([A-Za-z]+)[\W\d_]*")
# What holes and joints of paragraphs leave, ends of lines and quotes: nothing to fill a hole with.
BROKEN = re.compile(r"  | [,.;:]|,[^\W\d]|[.,;:][.,]|[\n\r\t]|\(,|,\)|[-–]\s*,|,[\"”]\s*$")


Words = tuple[bytes, ...]


class Doubt(NamedTuple):
    """A place in doubt: the hash of its surroundings, its kind of doubt, its text, the words beside it."""

    place: str
    kind: str
    found: str
    left: Words
    right: Words


class Anchors(NamedTuple):
    """Places in doubt by their hashes, and the words beside them: cheap to ask, before a hash is worked out."""

    places: Mapping[str, Doubt]
    before: Mapping[Words, int]  # the ANCHOR words before each -> the most words that may stand behind them
    beside: Mapping[Words, Sequence[str]]  # these and as many behind it -> the kinds of places between


@dataclass(slots=True)
class Doubts:
    """The places in doubt of any number of texts, MOST of them at the most: those with the least hashes."""

    places: dict[str, Doubt] = field(default_factory=dict)

    def merge(self, others: Iterable[Doubt]) -> None:
        """Add places; of two with the same surroundings the first in order stays."""
        for doubt in others:
            self.places[doubt.place] = min(doubt, self.places.get(doubt.place, doubt))
        if len(self.places) > 2 * MOST:
            self.places = self._least()

    def anchors(self) -> Anchors:
        """Return what the places are found by in other texts."""
        places = self._least()
        before: dict[Words, int] = {}
        beside: dict[Words, tuple[str, ...]] = {}
        for doubt in places.values():
            before[doubt.left] = max(before.get(doubt.left, 1), FARTHEST if doubt.kind == "hole" else 1)
            kinds = beside.get(doubt.left + doubt.right, ())
            beside[doubt.left + doubt.right] = kinds if doubt.kind in kinds else tuple(sorted((*kinds, doubt.kind)))
        return Anchors(places, before, beside)

    def _least(self) -> dict[str, Doubt]:
        return {place: self.places[place] for place in heapq.nsmallest(MOST, self.places)}


@dataclass(slots=True)
class Votes:
    """The readings of texts at the places in doubt, each with the hashes of the texts that have it.

    None for a place where too many different things stand.
    """

    places: dict[str, ByThing | None] = field(default_factory=dict)
    sources: dict[tuple[str, str], str] = field(default_factory=dict)  # place, what stands there -> the first that has it

    def merge(self, others: Iterable[Vote]) -> None:
        """Add votes."""
        for vote in others:
            found = self.places.setdefault(vote.place, {})
            if found is None:
                continue
            contexts.add(found, vote.has, vote.text)
            key = vote.place, vote.has
            self.sources[key] = min(vote.source, self.sources.get(key, vote.source))
            if len(found) > MOST_VARIANTS:
                for has in found:
                    del self.sources[vote.place, has]
                self.places[vote.place] = None


class Vote(NamedTuple):
    """The reading of a text at a place."""

    place: str
    has: str
    text: str  # its hash: a text that a dump has twice votes once
    source: str


def doubts(texts: Iterable[tuple[str, str]]) -> Iterator[Doubt]:
    """Yield the places in doubt of texts, each with its source, as the engine leaves them."""
    for text, _ in texts:
        if stand_ins(text):
            continue
        explained = engine().explain(text)
        string, offsets = explained.text, OffsetMap(explained.edits)
        foreign = [
            range(offsets.forward(one.start), offsets.forward(one.end))
            for one in explained.findings
            if one.rule == "language.other"
        ]
        for match in WORD.finditer(string):
            word = match[0]
            in_doubt = len(word) >= SHORTEST and not word.isupper() and not _is_a_word(word.lower())
            if in_doubt and not any(match.start() in span for span in foreign):
                yield from _doubt(string, "word", *match.span())
        for match in DATE.finditer(string):
            if contradicts_calendar(match):
                yield from _doubt(string, "date", *match.span())
        for finding in explained.findings:
            is_hole = finding.rule == "hole.lost-text"
            span = gap(string, offsets.forward(finding.start), offsets.forward(finding.end)) if is_hole else None
            if span:
                yield from _doubt(string, "hole", *span)


def votes(texts: Iterable[tuple[str, str]], anchors: Anchors) -> Iterator[Vote]:
    """Yield what texts, each with its source, have at the places in doubt."""
    for text, source in texts:
        if stand_ins(text):
            continue
        data = kernel.utf8(text)
        words = scan(data)
        before = set(filter(anchors.before.__contains__, zip(words, words[1:], words[2:], strict=False)))
        if not before:
            continue
        key = f"{crc32(data):08x}"
        spans = [match.span() for match in WORD.finditer(text)]
        found: set[tuple[str, str]] = set()
        for place, anchor in enumerate(zip(words, words[1:], words[2:], strict=False)):
            if anchor in before:
                found.update(_between(text, words, spans, place + ANCHOR, anchors).items())
        for place_found, has in sorted(found):
            yield Vote(place_found, has, key, source)


def conclusions(sought: Doubts, counted: Votes) -> Iterator[tuple[str, Copy]]:
    """Yield the places at which copies have something that can be put there, in order."""
    for place, found in sorted(counted.places.items()):
        doubt = sought.places[place]
        ballot = {has: contexts.number(cell) for has, cell in (found or {}).items()}
        against = max(ballot.pop(HOLE if doubt.kind == "hole" else doubt.found, 0), 1)
        chosen = {"word": _word, "date": _date, "hole": _fill}[doubt.kind](doubt.found, ballot, against)
        if chosen is not None:
            found_there = "" if doubt.kind == "hole" else doubt.found
            yield place, Copy(doubt.kind, found_there, chosen, ballot[chosen], against, counted.sources[place, chosen])


def _doubt(string: str, kind: str, start: int, end: int) -> Iterator[Doubt]:
    """Yield the place [start, end), if there are enough words on both sides of it."""
    reach = REACH[kind]
    left, right = words_around(string, start, end, reach)
    if len(left) == len(right) == reach:
        anchors = tuple(left[-ANCHOR:]), tuple(right[:ANCHOR])
        yield Doubt(hashed(left, right), kind, string[start:end], *anchors)


def _between(
    text: str, words: Sequence[bytes], spans: Sequence[tuple[int, int]], first: int, anchors: Anchors
) -> dict[str, str]:
    """Map the places in doubt right before the word numbered `first`, or with it as their first, to what stands there.

    Each place is looked up, never all that share its words: a text may have the same words beside any number of places.
    """
    found: dict[str, str] = {}
    left, start = tuple(words[first - ANCHOR : first]), spans[first - 1][1]
    for after in range(first, min(first + anchors.before[left] + 1, len(words))):
        right, end = tuple(words[after : after + ANCHOR]), spans[after][0]
        if end - start > LONGEST:
            break
        for kind in anchors.beside.get(left + right, ()):
            if kind == "hole" or after == first + 1:
                doubt = anchors.places.get(context_hash(text, start, end, REACH[kind]))
                if doubt is not None and (doubt.kind, doubt.left, doubt.right) == (kind, left, right):
                    has = _reading(text[start:end], kind)
                    if has is not None:
                        found.setdefault(doubt.place, has)
    return found


def _reading(between: str, kind: str) -> str | None:
    """Return what a copy has, as it can be compared: a word, a date, the words in the place of a hole, or HOLE again."""
    if kind == "word":
        match = ONLY_WORD.fullmatch(between)
        return match[1] if match else None
    if kind == "date":
        dates = list(DATE.finditer(between))
        return dates[0][0] if len(dates) == 1 else None
    between = between.replace("\xa0", " ")
    return between if WORD.search(between) and not BROKEN.search(between) else HOLE


def _word(found: str, ballot: Mapping[str, int], against: int) -> str | None:
    """Choose the word that was meant: known, or a name far oftener there; a slip away; and of at least as many votes.

    What is written so on purpose, in speech, stays.
    """
    likely = [
        (votes, word)
        for word, votes in ballot.items()
        if votes >= against
        and word[:1].isupper() == found[:1].isupper()
        and (_is_right(word) or (word[:1].isupper() and votes >= MAJORITY * against))
        and not (found.islower() and (COLLOQUIAL.search(found) or word in respellings(found)))
        and _is_slip(found.lower(), word.lower())
    ]
    return max(likely)[1] if likely else None


def _date(found: str, ballot: Mapping[str, int], against: int) -> str | None:
    """Choose the date that was meant: one that the calendar does not contradict, and that all others have."""
    right = [date for date in ballot if (match := DATE.fullmatch(date)) and not contradicts_calendar(match)]
    return right[0] if len(right) == 1 and ballot[right[0]] >= against and _differ_in_one(found, right[0]) else None


def _differ_in_one(one: str, other: str) -> bool:
    """Whether the weekday alone, or one of the numbers, is another in two dates."""
    parts = [re.findall(r"[A-Za-z]+|\d+", date) for date in (one, other)]
    return len(parts[0]) == len(parts[1]) and sum(a != b for a, b in zip(*parts, strict=True)) == 1


def _fill(found: str, ballot: Mapping[str, int], against: int) -> str | None:
    """Choose what was in the place of a hole: the one thing that copies have there, or by far the commonest."""
    best = sorted((-votes, words) for words, votes in ballot.items() if _holds(words, found))
    if not best or (len(best) > 1 and best[0][0] > MAJORITY * best[1][0]):
        return None
    words = best[0][1]
    bare = words.strip()
    return words if engine().clean(bare) == bare else None  # broken characters fill nothing


def _holds(words: str, gap: str) -> bool:
    """Whether what a copy has in the place of a hole has the numbers that are left there, in order."""
    rest = iter(words)
    return all(digit in rest for digit in gap if digit.isalnum())


def _is_slip(found: str, meant: str) -> bool:
    """Whether one slip leads from one word in lower case to the other, or two inside a long one."""
    inside = found[0] == meant[0] and found[-1] == meant[-1]
    return slip(found, meant) is not None or (inside and len(meant) >= LONG_WORD and OSA.distance(found, meant) == 2)


def _is_right(word: str) -> bool:
    """Whether the dictionaries have a word as right, or a name as a common one."""
    shipped, low = lexicon.load(), word.lower()
    return low in shipped.words or (word[:1].isupper() and shipped.names.get(low, 0) >= FAMILIAR_COUNT)


def _is_a_word(low: str) -> bool:
    """Whether a word in lower case is somebody's: in a list, standard or not, a name, or seen in several collections."""
    shipped, seen = lexicon.load(), _attestations()
    if low in shipped.words or shipped.names.get(low, 0) >= FAMILIAR_COUNT:
        return True
    lists = (shipped.rare, shipped.standard, shipped.protected, seen.roots_in_use, seen.malindo, seen.english, seen.loan)
    return seen.collections.get(low, 0) > MOST_COLLECTIONS or low in seen.variants or any(low in words for words in lists)


@cache
def _attestations() -> attestations.Attestations:
    return attestations.load(lexicon.load().shipped)
