"""Noise in what newsrooms write by hand: dates, outlets' names, bylines."""

from __future__ import annotations

import re

from ..dates.calendar import WEEKDAY_NAMES
from .kind import Draw, Kind, Put, Span, always, places_of

DATE = re.compile(r"\((\d\d?)/(\d\d?)/((?:19|20)\d\d)\)", re.ASCII)
# How malformed dates look, as often as in the 30 of 4,971 articles; the forms seen once share what is left.
FORMS = {
    "({d}/{m}/{y}": 9,
    "({d}/{m}//{y})": 4,
    "({d}/{m}.{y})": 4,
    "({d}/{m}{y})": 4,
    "({d}/{m}/)": 3,
    "({d}/{m}). /{y})": 3,
    "({d}/{m}/{y}{last})": 3,
}
WITH_WEEKDAY = re.compile(rf"(?:{'|'.join(WEEKDAY_NAMES)}) (?=\()")
OUTLET = r"(?<![\w@/.-])[A-Z][A-Za-z-]{4,}\.(?:com|co\.id|id|COM|CO\.ID|ID)(?![\w@/]|\.\w)"
BYLINE = re.compile(r"\([A-Z][\w.-]+/[A-Z][\w.' -]{2,40}\)", re.ASCII)
TO_RUSSIAN_AND_BACK = str.maketrans("wWyY", "vViI")


def _malforming(draw: Draw) -> Put:
    def malformed(date: str) -> str:
        match = DATE.fullmatch(date)
        assert match
        day, month, year = match.groups()
        return draw.one_of(FORMS).format(d=day, m=month, y=year, last=year[-1])

    return malformed


def _miscalculating(draw: Draw) -> Put:
    def miscalculated(date: str) -> str:
        """The date with its day, month or year one more or one less."""
        match = DATE.fullmatch(date)
        assert match
        numbers = [int(group) for group in match.groups()]
        place, step = draw.between(0, 2), draw.between(0, 1) * 2 - 1
        highest = (28, 12, 2100)[place]  # a day that every month has
        numbers[place] += step if 1 <= numbers[place] + step <= highest else -step
        return "({}/{}/{})".format(*numbers)

    return miscalculated


def _behind_a_weekday(text: str) -> list[Span]:
    found = (DATE.match(text, match.end()) for match in WITH_WEEKDAY.finditer(text))
    return [match.span() for match in found if match]


def _misspelling(draw: Draw) -> Put:
    """Mangle an address: a letter is lost, doubled or swapped with the next, or the end of `.com` is cut off."""

    def misspelt(address: str) -> str:
        name, dot, tail = address.partition(".")
        at = draw.between(1, len(name) - 2)
        way = draw.one_of({"cut": 34, "lost": 8, "doubled": 5, "swapped": 5})  # as in the 52 of 4,971 articles
        if way == "cut" and tail in ("com", "COM"):
            return address[:-1]
        if way == "doubled":
            return name[: at + 1] + name[at:] + dot + tail
        if way == "swapped":
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :] + dot + tail
        return name[:at] + name[at + 1 :] + dot + tail

    return misspelt


def _bylines(text: str) -> list[Span]:
    return [match.span() for match in BYLINE.finditer(text) if set(match[0]) & set("wWyY")]


KINDS = (
    Kind("date", frozenset(("date.malformed",)), places_of(DATE.pattern), _malforming),
    Kind("calendar", frozenset(("date.disagrees", "date.weekday", "date.month")), _behind_a_weekday, _miscalculating),
    Kind(
        "transliterated",
        frozenset(("byline.name",)),
        _bylines,
        always(lambda byline: byline.translate(TO_RUSSIAN_AND_BACK)),
    ),
    Kind("masthead", frozenset(("masthead.misspelt",)), places_of(OUTLET), _misspelling),
)
