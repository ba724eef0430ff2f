"""Texts that lost their commas, each with the letter before it and a full stop in its place: "Meski begit. ia datang"."""

from __future__ import annotations

from collections.abc import Callable
from string import ascii_letters

from .. import kernel
from ..kernel import CharPattern

# Such a text has so many of these, and so many full stops to a comma: choices, which hold for 301 of 49,706 articles of one
# corpus, and for none of 23,716 of another, which no such scraper went over.
LETTERS = frozenset(ascii_letters)
MIN_LOST_COMMAS, MIN_STOPS_TO_A_COMMA = 5, 4
STOPS = kernel.PatternFinder([(CharPattern(".", (ascii_letters,) * 3, (" ",)),)])


def lost_its_commas(data: bytes) -> bool:
    """Whether a text, in UTF-8, lost its commas."""
    if kernel.lost_commas(data) < MIN_LOST_COMMAS:
        return False
    return data.count(b".") >= max(MIN_LOST_COMMAS, MIN_STOPS_TO_A_COMMA * data.count(b","))


def cut_before_stops(text: str, is_known: Callable[[str], bool]) -> dict[str, list[int]]:
    """The words before full stops that are not known, and where they stand: what may have lost its last letter."""
    places: dict[str, list[int]] = {}
    (stops,) = STOPS.offsets(text)
    for stop in stops:
        start = stop - 3
        while start and text[start - 1] in LETTERS:
            start -= 1
        word = text[start:stop]
        if not is_known(word) and not text[start - 1 : start].isalnum():
            places.setdefault(word, []).append(start)
    return places
