"""Mentions of mastheads: what looks like an outlet's address or name in a text, and which of it is misspelt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from string import ascii_letters, digits
from typing import NamedTuple

from .. import kernel
from ..kernel import CharPattern
from ..lazy import lazy_pattern
from .gazetteer import SPACED, Gazetteer, Repair

# The tail of an address, behind the name; a space or a second dot may have come between. No more of a host, an e-mail or a
# path may follow, but a sentence that was glued to it may.
TAIL = lazy_pattern(
    r"\.(?=[a-zA-Z]|[., ] ?(?:[cC][oO0]|[iI][dD]))"
    r"(?P<tail>(?:[.,]|[.,]? )?(?:[cC][oO0](?:[.,] ?(?:[iI][dD]|[dD][iI])|[mM])?|[iI][dD])|net|tv|TV|[a-zA-Z][a-zA-Z0-9]{2})"
    r"(?:(?P<glued>(?=[A-Z][a-z]{1,30}[\s,:]))|(?![^\W_]|\.[a-z]|[-@_=][^\W_]|/[^A-Z]))"
)
CO, ID = ("cC", "oO0"), ("iI", "dD")
# One of these stands behind the dot of every address that TAIL finds.
BEHIND_DOT = (
    (ascii_letters, ascii_letters + digits),
    *((*gap, *end) for gap in ((".,",), (" ",), (".,", " ")) for end in (CO, ID)),
)
ADDRESS_TRIGGER = tuple((".", *after) for after in BEHIND_DOT)
DOTS = tuple(CharPattern(".", after=after) for after in BEHIND_DOT)
# A comma may have been typed for the dot: then one of these is there.
COMMA_TRIGGER = tuple(f",{gap}{end}" for gap in ("", " ") for end in ("com", "COM", "co.id", "CO.ID"))
COMMA_TAIL = lazy_pattern(r",(?P<tail> ?(?:com|COM|co\.id|CO\.ID))(?![^\W_]|[.@]|/(?![A-Z]))")  # "(Kompas,com/Budi)"
STEM = lazy_pattern(r"(?<![\w@#/=&%?~.-])(?=[^\W\d_]|\d+[^\W\d_])[^\W_](?:[\w-]{0,30}[^\W_])?(?= ?\Z)")
GLUED_BEFORE = lazy_pattern(r"([^\W\d_][a-z]{2})([A-Z][^\W_]+)\Z")
LONGEST_NAME = 34  # code points that are looked back for the name: 32 of STEM, and a space
# Where only an outlet stands: "KOMPAS.com - ", "JAKARTA, KOMPAS.com -", "(Kompas.com/", "Laporan Wartawan Tribunnews.com, ".
PROMINENT_BEFORE = lazy_pattern(r"(?:\A|[\n(/]|[A-Z]{3}, |(?i:wartawan|reporter|kontributor|jurnalis) )\Z")
PROMINENT_AFTER = lazy_pattern(r"\.? ?[-–—|,/]|\. [A-Z]")

# A misspelt coined name keeps one of these; each is looked for by its two letters that are the rarest together.
ANCHORS = {"ribun": "ib", "ews": "ws", "NEWS": "WS", "detik": "et", "ikcom": "kc"}
LOWER_CASED = ("detik", "ikcom")  # of outlets that write their names so; a word in lower case is no other: "tribunali"
WORD_BEFORE = lazy_pattern(r"(?<![\w-])[\w-]*\Z")
WORD_REST = lazy_pattern(r"[\w-]{1,40}")
LAST_APART = lazy_pattern(r" ([A-Za-z])(?![^\W_])")  # "detikINE T."
TIED = frozenset("@#/_.&=")
TIED_AFTER = lazy_pattern(r"[@_=]|\.[^\W_]|/[^A-Z]| ?[.,] ?(?i:com?|id)\b")


def anchored(anchor: str, pair: str) -> CharPattern:
    """Make the pattern of an anchor that is looked for by two of its letters, at the first of them."""
    place = anchor.index(pair)
    return CharPattern(pair[0], tuple(anchor[:place]), tuple(anchor[place + 1 :]))


PATTERNS = kernel.PatternFinder([DOTS, tuple(anchored(anchor, pair) for anchor, pair in ANCHORS.items())])


class Mention(NamedTuple):
    """A mention of what looks like an address: its name, and its tail with the spaces and marks it was printed with."""

    start: int
    end: int
    stem: str
    tail: str
    glued: bool  # whether a word follows without a space


def places(text: str) -> tuple[Sequence[int], ...]:
    """Find the offsets at which there may be the dot of an address, and those of letters of anchors."""
    return PATTERNS.offsets(text)


def mentions(text: str) -> Iterator[Mention]:
    """Yield what looks like an address in `text` and is not part of a longer one, an e-mail, a handle or a path."""
    return _mentions(text, _tails(text, places(text)[0]))


def suspicious_mentions(known: Gazetteer, text: str, dots: Sequence[int]) -> Sequence[Mention]:
    """List the mentions that may be misspelt or glued; `dots`: the offsets at which addresses may have theirs."""
    tails = _tails(text, dots, _in_order(known))
    return list(_mentions(text, tails)) if tails else ()


@lru_cache(maxsize=4)
def _in_order(known: Gazetteer) -> Callable[[str, str], bool]:
    """Return a memo that tells whether an address, as what stands before its dot and its tail, is right: as most are."""

    @lru_cache(maxsize=1 << 14)
    def is_in_order(before: str, tail: str) -> bool:
        first, last = _stem(before) or (0, 0)
        stem = before[first:last]
        return not stem or not (glued_before(stem) or known.address(stem, before[last:] + tail, prominent=True))

    return is_in_order


def _tails(text: str, dots: Sequence[int], is_in_order: Callable[[str, str], bool] | None = None) -> list[re.Match[str]]:
    """List the tails of addresses, at those of the dots that have one; but those of addresses in order."""
    tails, end = [], 0
    for dot in dots:
        if dot >= end and (tail := TAIL.match(text, dot)):
            end = tail.end()
            if is_in_order is None or tail.lastgroup == "glued" or not is_in_order(_before(text, dot), tail["tail"]):
                tails.append(tail)
    return tails


def _before(text: str, dot: int) -> str:
    """Return what stands before a dot, from the last blank on; LONGEST_NAME code points if that is not in reach."""
    start = dot - LONGEST_NAME if dot > LONGEST_NAME else 0
    blank = text.rfind(" ", start, dot - 1) if dot else -1
    return text[start if blank < 0 else blank + 1 : dot]


def _mentions(text: str, tails: Iterable[re.Match[str]]) -> Iterator[Mention]:
    for match in tails:
        dot, end = match.span()
        before = _before(text, dot)
        span = _stem(before)
        if span is None or (span[0] == 0 and dot > len(before) == LONGEST_NAME):
            continue
        first, last = span
        tail = before[last:] + match[0][0].strip(".") + match["tail"]
        yield Mention(dot - len(before) + first, end, before[first:last], tail, match.lastgroup == "glued")


@lru_cache(maxsize=1 << 14)
def _stem(before: str) -> tuple[int, int] | None:
    """Return the span of the name in what stands before a dot."""
    stem = STEM.search(before)
    return stem and stem.span()


@lru_cache(maxsize=1 << 14)
def glued_before(stem: str) -> int:
    """Return where a second word begins in what looks like a name; 0 for nowhere."""
    inner = GLUED_BEFORE.search(stem)
    return inner.start(2) if inner else 0


def is_prominent(text: str, start: int, end: int) -> bool:
    """Whether [start, end) stands where only an outlet's name does."""
    return bool(PROMINENT_AFTER.match(text, end) and PROMINENT_BEFORE.search(text[max(0, start - 12) : start]))


def word_before(text: str, end: int) -> int | None:
    """Return where the word begins that ends at `end`; None where it is overlong, or tied to something before it."""
    start = end - LONGEST_NAME if end > LONGEST_NAME else 0
    blank = text.rfind(" ", start, end)
    word = WORD_BEFORE.search(text, start if blank < 0 else blank + 1, end)
    return word.start() if word and text[word.start() - 1 : word.start()] not in TIED else None


def repairs(
    text: str, found: Iterable[Mention], anchors: Sequence[int], known: Gazetteer
) -> Iterator[tuple[int, int, Repair]]:
    """Yield misspelt names and addresses: span and repair. `found`: mentions; `anchors`: offsets of letters of anchors."""
    yield from _repairs(text, found, known)
    end = 0
    for place in anchors:
        if place < end:
            continue  # the same word
        start, rest = word_before(text, place), WORD_REST.match(text, place)
        end = rest.end() if rest else place
        word = "" if start is None else text[start:end]
        repair = None if _is_a_word(word) else known.brand(word, prominent=True)
        if repair and start is not None and not TIED_AFTER.match(text, end) and is_meant(text, start, end, repair):
            apart = LAST_APART.match(text, end)
            yield start, end + 2 if apart and apart[1] == repair.meant[-1] else end, repair


def _is_a_word(word: str) -> bool:
    """Whether `word` is in lower case, and none of an outlet that writes its name so."""
    return word.islower() and not any(part in word for part in LOWER_CASED)


def comma_repairs(text: str, known: Gazetteer) -> Iterator[tuple[int, int, Repair]]:
    """Yield addresses with a comma for the dot: span and repair."""
    yield from _repairs(text, _mentions(text, COMMA_TAIL.finditer(text)), known)


def _repairs(text: str, found: Iterable[Mention], known: Gazetteer) -> Iterator[tuple[int, int, Repair]]:
    for start, end, stem, tail, glued in found:
        repair = known.address(stem, tail, prominent=True)
        if repair and not glued and not (repair.cost > SPACED and tail[0] in " ,") and is_meant(text, start, end, repair):
            yield start, end, repair


def is_meant(text: str, start: int, end: int, repair: Repair) -> bool:
    """Whether the text at [start, end) is near enough to its repair for its place."""
    return not repair.prominent or is_prominent(text, start, end)
