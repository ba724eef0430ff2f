"""Confirmation: dates that are plainly right, as most are, are passed by before anything is resolved."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

from .. import kernel
from ..lazy import lazy_pattern
from .calendar import MONTHS, WEEKDAY_NAMES, weekday_of
from .mentions import LONGEST_DAY, LONGEST_MONTH, as_month, ending_of
from .resolve import LONG_AGO, near_article

_WEEKDAYS = {name: number for number, name in enumerate(WEEKDAY_NAMES)}
_FIRST_SLASH = len("(( 123456 )., /")  # a date in brackets has one in so many characters
_BRACKETED = lazy_pattern(r"\((\d\d?/\d\d?(?:/\d\d(?:\d\d)?)?)\)", re.ASCII)
_NAMED = lazy_pattern(r" \d\d? [A-Za-z]+ \d{4}", re.ASCII)


def confirms(article: datetime.date | None, weekday: int | None, body: str) -> bool:
    """Whether a mention's body, a day and month with or without a year, is a date that falls on `weekday`."""
    own = weekday_of(body)
    if own is not None:
        return own == weekday
    if article is None:  # "Kamis (24/10)": nothing tells its year
        return weekday is not None and weekday_of(f"{body}/2024") is not None  # a leap year: so 29/2 is a day
    date = near_article(body, article)
    return date is not None and date.weekday() == weekday


def unconfirmed(text: str, offsets: Sequence[Sequence[int]], article: datetime.date | None) -> Sequence[Sequence[int]]:
    """Return the offsets at which a date has to be resolved, of brackets, slashes, years and figures; () for none.

    Left out is what cannot be a date, and what is plainly "Kamis (24/10/2024)" or "Kamis, 24 Oktober 2024" and right.
    """
    brackets, slashes, years, figures = offsets
    if brackets or years:
        year, ordinal = (article.year, article.toordinal()) if article else (0, 0)
        brackets, years = _DATES.unconfirmed(text, brackets, years, year, ordinal)
        if years:
            years = [year for year in years if _has_weekday(text, year)]
    return (brackets, slashes, years, figures) if brackets or slashes or years or figures else ()


@kernel.primitive
class Dates:
    """kernel.interfaces.Dates, of the names and figures in this module, which a compiled one is handed."""

    def __init__(
        self, weekdays: dict[str, int], months: dict[str, int], window: int, first_slash: int, longest_month: int
    ) -> None:
        """Nothing is kept of what the functions here know."""

    def unconfirmed(
        self, text: str, brackets: Sequence[int], years: Sequence[int], year: int, ordinal: int
    ) -> tuple[list[int], list[int]]:
        article = datetime.date.fromordinal(ordinal) if ordinal else None

        def bracket_is_passed(place: int) -> bool:
            if text.find("/", place, place + _FIRST_SLASH) < 0:
                return True
            date = _BRACKETED.match(text, place)
            end = date.end() - 1 if date else 0
            if date is None or text.find("/", end, end + _FIRST_SLASH) >= 0 or text[place - 1 : place] != " ":
                return False
            return _is_confirmed(text, place - 1, date[1], article)

        def year_is_passed(place: int) -> bool:
            blank = text.rfind(" ", max(0, place - LONGEST_MONTH), max(0, place - 1))
            if blank < 1 or text[blank - 1] not in "0123456789":
                return True
            end = text.rfind(" ", max(0, blank - 3), blank)
            date = _NAMED.fullmatch(text, end, place + 4) if end >= 0 else None
            return date is not None and _is_confirmed(text, end - (text[end - 1 : end] == ","), date[0][1:], None)

        return (
            [place for place in brackets if not bracket_is_passed(place)],
            [place for place in years if not year_is_passed(place)],
        )


def _is_confirmed(text: str, end: int, body: str, article: datetime.date | None) -> bool:
    """Whether a weekday ends before `end`, behind a blank, and `body` is a date that falls on it."""
    for name, number in _WEEKDAYS.items():
        if text.endswith(f" {name}", 0, end):
            return confirms(article, number, body)
    return False


def _has_weekday(text: str, year: int) -> bool:
    """Whether the date that ends with `year` has a weekday to check it by, or a month that may be misspelt."""
    blank = text.rfind(" ", year - LONGEST_MONTH if year > LONGEST_MONTH else 0, year - 1)
    is_right = as_month(text[blank + 1 : year - 1])
    if not is_right:
        return is_right is not None
    *before, day = text[blank - LONGEST_DAY if blank > LONGEST_DAY else 0 : blank].rsplit(" ", 2)
    word, weekday, is_near = ending_of(before[-1].rstrip(",\xa0")) if before and day.isdecimal() else ("", None, True)
    return not word or weekday is not None or is_near


_DATES = Dates(_WEEKDAYS, MONTHS, LONG_AGO, _FIRST_SLASH, LONGEST_MONTH)
