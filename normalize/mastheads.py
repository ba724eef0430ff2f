"""Mastheads in a text: what looks like an outlet's address or name, and which of it is misspelt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from string import ascii_letters
from typing import NamedTuple

from .gazetteer import SPACED, Gazetteer, Repair

# What follows the name in an address; a space or a second dot may have come between. Then no more of a host, an e-mail
# or a path may follow, but a sentence may that was glued to it.
TAIL = re.compile(
    r"\.(?=[a-zA-Z]|[., ] ?(?:[cC][oO0]|[iI][dD]))"
    r"(?P<tail>(?:[.,]|[.,]? )?(?:[cC][oO0](?:[.,] ?(?:[iI][dD]|[dD][iI])|[mM])?|[iI][dD])|net|tv|TV|[a-zA-Z][a-zA-Z0-9]{2})"
    r"(?:(?P<glued>(?=[A-Z][a-z]{1,30}[\s,:]))|(?![^\W_]|\.[a-z]|[-@_=][^\W_]|/[^A-Z]))"
)
# One of these is in every address that TAIL finds.
ADDRESS_LITERALS = (
    *map(".{}".format, ascii_letters),
    *(
        f".{gap}{end}"
        for gap in (".", ",", " ", ". ", ", ")
        for end in ("co", "cO", "c0", "Co", "CO", "C0", "id", "iD", "Id", "ID")
    ),
)
# A comma may have been typed for the dot: then one of these is there.
COMMA_LITERALS = tuple(f",{gap}{end}" for gap in ("", " ") for end in ("com", "COM", "co.id", "CO.ID"))
COMMA_TAIL = re.compile(r",(?P<tail> ?(?:com|COM|co\.id|CO\.ID))(?![^\W_]|[.@/])")
STEM = re.compile(r"(?<![\w@#/=&%?~.-])(?=[^\W\d_]|\d+[^\W\d_])[^\W_](?:[\w-]{0,30}[^\W_])?(?= ?\Z)")
WINDOW = 34  # code points looked back for the name
# Where only an outlet stands: "KOMPAS.com - ", "JAKARTA, KOMPAS.com -", "(Kompas.com/", "Laporan Wartawan Tribunnews.com, ".
PROMINENT_BEFORE = re.compile(r"(?:\A|[\n(/]|[A-Z]{3}, |(?i:wartawan|reporter|kontributor|jurnalis) )\Z")
PROMINENT_AFTER = re.compile(r"\.? ?[-–—|,/]|\. [A-Z]")

# A misspelt coined name keeps one of these. Looked for one by one: faster than as one pattern.
ANCHORS = ("ribun", "ews", "NEWS", "detik", "ikcom")
WORD_BEFORE = re.compile(r"(?<![\w-])[\w-]*\Z")
WORD_REST = re.compile(r"[\w-]{1,40}")
TIED = frozenset("@#/_.&=")
TIED_AFTER = re.compile(r"[@_=]|\.[^\W_]|/[^A-Z]| ?[.,] ?(?i:com?|id)\b")


class Mention(NamedTuple):
    """What looks like an address: a name, and what follows its dot, with the spaces and marks it was printed with."""

    start: int
    end: int
    stem: str
    tail: str
    glued: bool  # to a word that follows
    prominent: bool


@lru_cache(maxsize=1)  # several rules ask for those of the same text
def mentions(text: str) -> tuple[Mention, ...]:
    """What looks like an address in `text` and is not part of a longer one, an e-mail, a handle or a path."""
    return tuple(_mentions(text, TAIL))


def _mentions(text: str, tails: re.Pattern[str]) -> Iterator[Mention]:
    for match in tails.finditer(text):
        dot, end = match.start(), match.end()
        before = text[max(0, dot - WINDOW) : dot]
        stem = STEM.search(before, before.rfind(" ", 0, -1) + 1)
        if stem is None or (stem.start() == 0 and dot > WINDOW):
            continue
        start = dot - len(before) + stem.start()
        tail = before[stem.end() :] + match[0][0].strip(".") + match["tail"]
        glued = tails is TAIL and match["glued"] is not None
        yield Mention(start, end, stem[0], tail, glued, is_prominent(text, start, end))


def is_prominent(text: str, start: int, end: int) -> bool:
    """Whether [start, end) stands where only an outlet's name does."""
    return bool(PROMINENT_AFTER.match(text, end) and PROMINENT_BEFORE.search(text[max(0, start - 12) : start]))


def word_before(text: str, end: int) -> int | None:
    """Where the word begins that ends at `end`; None where it is overlong, or tied to something before it."""
    word = WORD_BEFORE.search(text, max(0, end - WINDOW, text.rfind(" ", max(0, end - WINDOW), end) + 1), end)
    return word.start() if word and text[word.start() - 1 : word.start()] not in TIED else None


def words(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the words of `text` that have an anchor in them and are not part of an address, a handle or a path."""
    for anchor in ANCHORS:
        place = text.find(anchor)
        while place >= 0:
            start = word_before(text, place)
            rest = WORD_REST.match(text, place)
            if start is not None and rest and not TIED_AFTER.match(text, rest.end()):
                yield start, rest.end()
            place = text.find(anchor, place + 1)


def repairs(text: str, known: Gazetteer) -> Iterator[tuple[int, int, Repair]]:
    """Misspelt names and addresses: span, and what is meant."""
    yield from _repairs(mentions(text), known)
    for start, end in words(text):
        repair = known.brand(text[start:end], is_prominent(text, start, end))
        if repair:
            yield start, end, repair


def comma_repairs(text: str, known: Gazetteer) -> Iterator[tuple[int, int, Repair]]:
    """Addresses with a comma for the dot: span, and what is meant."""
    yield from _repairs(_mentions(text, COMMA_TAIL), known)


def _repairs(found: Iterable[Mention], known: Gazetteer) -> Iterator[tuple[int, int, Repair]]:
    for mention in found:
        repair = known.address(mention.stem, mention.tail, mention.prominent)
        if repair and not mention.glued and not (repair.cost > SPACED and mention.tail[0] in " ,"):
            yield mention.start, mention.end, repair
