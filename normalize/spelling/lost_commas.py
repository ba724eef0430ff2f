"""Texts that lost their commas, each with the letter before it and a full stop in its place: "Meski begit. ia datang"."""

from __future__ import annotations

from collections.abc import Container
from string import ascii_letters

from .. import kernel
from ..kernel import CharPattern
from ..lazy import lazy_pattern

# Such a text has so many of these, and so many full stops to a comma: choices, which hold for 301 of 49,706 articles of one
# corpus, and for none of 23,716 of another, which no such scraper went over.
LETTERS = frozenset(ascii_letters)
LOST_COMMA = lazy_pattern(r"[a-z]{2}\. [a-z]")
MIN_LOST_COMMAS, MIN_STOPS_TO_A_COMMA = 5, 4
STOPS = kernel.PatternFinder([(CharPattern(".", (ascii_letters,) * 3, (" ",)),)])


def lost_its_commas(text: str) -> bool:
    """Whether a text lost its commas."""
    commas, stops = kernel.commas_and_stops(text)
    is_likely = stops >= max(MIN_LOST_COMMAS, MIN_STOPS_TO_A_COMMA * commas)
    return is_likely and len(LOST_COMMA.findall(text)) >= MIN_LOST_COMMAS


def cut_before_stops(text: str, known: Container[str]) -> dict[str, list[int]]:
    """The words before full stops that are not `known`, and where they stand: what may have lost its last letter."""
    places: dict[str, list[int]] = {}
    (stops,) = STOPS.offsets(text)
    for stop in stops:
        start = stop - 3
        while start and text[start - 1] in LETTERS:
            start -= 1
        word = text[start:stop]
        if word not in known and not text[start - 1 : start].isalnum():
            places.setdefault(word, []).append(start)
    return places
