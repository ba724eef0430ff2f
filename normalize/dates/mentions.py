"""Mentions of dates: where a text prints a date, well or badly, and the weekday that it puts before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from .. import kernel
from ..kernel import CharPattern
from ..lazy import lazy_pattern
from .calendar import MONTHS, WEEKDAYS, nearest_month, nearest_weekday


class DateMention(NamedTuple):
    """A date as it is printed. Offsets are in code points."""

    start: int  # with its opening bracket, if it has one
    end: int  # with its closing bracket, if it has one
    body: str  # what stands between the brackets: "24/10/2024", "10/92019", "24 Oktober 2024"
    opened: bool
    closed: bool
    weekday: int | None  # 0 for Monday
    word: tuple[int, int]  # the span of the weekday before it, or of what may be a misspelt one; (0, 0): neither
    named_month: bool = False


# Where a date may be: at a bracket, at the slash behind a day without one, at the year behind a month's name, at a bracket
# with nothing but figures.
_DIGITS = "0123456789"
_PATTERNS = kernel.PatternFinder(
    [
        (CharPattern("(", after=("( OIl" + _DIGITS,)),),
        tuple(CharPattern("/", (" ,\xa0", *[_DIGITS] * digits), ("/" + _DIGITS,)) for digits in (1, 2, 3)),
        (CharPattern("2", (" ",), ("0", _DIGITS, _DIGITS)),),
        (CharPattern("(", after=(_DIGITS,) * 6),),
    ]
)
# A bracket with digits and a slash in it: well-formed, a range with a lopsided blank, or anything else that may have
# been a date. In the last, a letter or a full stop may stand for a digit or a slash, and a bracket be closed too soon.
_BODY = r"(?:[\d/?.,\-]|[A-Za-z](?=[\d/)])| (?=/)|(?<=/) (?=\d)| (?=(?:19|20)\d\d ?\))|\)[., ]{0,3}(?=/ ?\d)){1,24}"
_BRACKETED = lazy_pattern(
    r"\((?=[( ]{0,2}[\dOIl])(?:(?P<good>\d\d?/\d\d?(?:/(?:\d{4}|\d\d))?)\)(?![., ]{0,3}/ ?\d)"
    r"|\d\d?(?:/\d\d?)?(?: -|- )\d\d?/\d\d?(?:/\d\d(?:\d\d)?)?\)"
    rf"|[( ]{{0,2}}(?=[\dOIl][^\s()/]{{0,5}} ?\)?[., ]{{0,3}}/)(?P<odd>{_BODY})(?P<closed> ?\))?)",
    re.ASCII,
)
_FIGURES = lazy_pattern(r"\((\d{6,8})\)", re.ASCII)
_BARE = lazy_pattern(r"/(?:/?\d{1,3}/\d{4,5}\)?|\d{1,2}/\d\d\)?|\d{5}\)?|\d{1,2}\))(?![\d/])", re.ASCII)
_WORD = lazy_pattern(r"[^\W\d_]+(?:['’‘`][^\W\d_]+)?\Z")
LONGEST_MONTH, LONGEST_DAY = 17, 32  # code points: with the blanks around; with the weekday before it
# "Senin malam (24/10)": the weekday stands before the time of day.
_TIMES_OF_DAY = frozenset(("pagi", "siang", "sore", "petang", "malam", "subuh", "dini", "hari", "dinihari", "wib"))


def possible_offsets(text: str) -> Sequence[Sequence[int]]:
    """Find the offsets at which there may be a date: of brackets, of slashes, of years, of brackets before figures alone."""
    return _PATTERNS.offsets(text)


def mentions(text: str, offsets: Sequence[Sequence[int]]) -> Iterator[DateMention]:
    """Yield the numeric dates in brackets, those behind a weekday, and those with a month's name and a year from 2000.

    Left out are dates that look right and have no weekday to check them by.
    """
    brackets, slashes, years, figures = offsets
    yield from _bracketed(text, brackets)
    for place in figures:
        if match := _FIGURES.match(text, place):
            yield DateMention(*match.span(), match[1], True, True, *_weekday_before(text, place))
    yield from _bare(text, slashes)
    yield from _named(text, years)


def _bracketed(text: str, brackets: Sequence[int]) -> Iterator[DateMention]:
    """Yield the dates in brackets: "(24/10/2024)", "(24/10). /2024)"."""
    covered = 0
    for place in brackets:
        match = _BRACKETED.match(text, place) if place >= covered else None
        if match:
            covered = match.end()
            mention = _in_brackets(text, match)
            if mention is not None:
                yield mention


def _in_brackets(text: str, match: re.Match[str]) -> DateMention | None:
    """Make a mention of a bracketed date; None where it is in order or too short to be one."""
    good, odd = match.group("good", "odd")
    start = match.start() if good else _outermost(text, match.start())
    weekday, word = _weekday_before(text, start)
    if good:
        # else there is nothing to check it by
        return None if word == (0, 0) else DateMention(*match.span(), good, True, True, weekday, word)
    body, opening = odd or match[0][1:-1], match.start("odd") if odd else match.start() + 1
    if len(body) > 20 or (weekday is None and len(body) < 6):
        return None
    if odd is None or match["closed"]:
        second = text.find("(", start + 1, opening)
        if second >= 0 and next_bracket(text, match.end()) == ")":
            start = second  # "((24/10/2024) malam)" closes both: the first bracket is another's
        return DateMention(start, match.end(), body, True, True, weekday, word)
    body = body.rstrip("?.,- ")
    return DateMention(start, opening + len(body), body, True, False, weekday, word)


def _outermost(text: str, bracket: int) -> int:
    """Return the offset of the first of the brackets side by side, or a blank apart, that end with the one at `bracket`."""
    while before := next((opening for opening in ("(", "( ") if text.endswith(opening, 0, bracket)), ""):
        bracket -= len(before)
    return bracket


def _bare(text: str, slashes: Sequence[int]) -> Iterator[DateMention]:
    """Yield the dates behind a weekday without an opening bracket: "Selasa 22/10/2024"."""
    for slash in slashes:
        match = _BARE.match(text, slash)
        if match:
            start, end = slash, match.end()
            while text[start - 1] in _DIGITS:
                start -= 1
            weekday, word = _weekday_before(text, start, times=False)
            if weekday is not None:
                closed = text[end - 1] == ")"
                yield DateMention(start, end, text[start : end - closed], False, closed, weekday, word)


def _named(text: str, years: Sequence[int]) -> Iterator[DateMention]:
    """Yield the dates with a month's name: "24 Oktobr 2024"."""
    for year in years:
        blank, end = text.rfind(" ", year - LONGEST_MONTH if year > LONGEST_MONTH else 0, year - 1), year + 4
        is_right = as_month(text[blank + 1 : year - 1]) if blank > 0 else None
        if is_right is None or text[end : end + 1].isdecimal():
            continue
        day = text[max(0, blank - LONGEST_DAY) : blank].rpartition(" ")[2].lstrip("(")
        if day.isdecimal() and day.isascii() and len(day) <= 2:
            start = blank - len(day)
            weekday, word = _weekday_before(text, start - (text[start - 1 : start] == "("), times=False)
            if word != (0, 0) or not is_right:
                yield DateMention(start, end, text[start:end], False, False, weekday, word, named_month=True)


@lru_cache(maxsize=1 << 12)
def as_month(word: str) -> bool | None:
    """Return True for a month's name, False for what may be a misspelt one, None for any other word."""
    if word.lower() in MONTHS:
        return True
    return False if word.isalpha() and nearest_month(word) else None


def next_bracket(text: str, start: int) -> str:
    """Return the first bracket in the 80 characters from `start`; "" for none."""
    found = re.search(r"[()]", text[start : start + 80])
    return found[0] if found else ""


def _weekday_before(text: str, end: int, times: bool = True) -> tuple[int | None, tuple[int, int]]:
    """Return the weekday that ends before `end`, blanks and a comma apart, and its span; else None and a misspelt one's."""
    last = (0, 0)
    for _ in range(3):
        head = text[end - 24 if end > 24 else 0 : end]
        trimmed = head.rstrip(" ,\xa0")
        end -= len(head) - len(trimmed)
        word, weekday, is_near = ending_of(trimmed[trimmed.rfind(" ") + 1 :])
        start = end - len(word)
        if weekday is not None:
            # "dua minggu (24/10)": in lower case it is a week.
            return (None if word == "minggu" else weekday), (start, end)
        if is_near and last == (0, 0):
            last = (start, end)
        if not times or word.lower() not in _TIMES_OF_DAY:
            break
        end = start
    return None, last


@lru_cache(maxsize=1 << 12)
def ending_of(printed: str) -> tuple[str, int | None, bool]:
    """Return the word that ends `printed`, which has no blanks; the weekday that it is; whether it may be a misspelt one."""
    weekday = WEEKDAYS.get(printed.lower())
    if weekday is None and not printed.isalpha():
        found = _WORD.search(printed)
        printed = found[0] if found else ""
        weekday = WEEKDAYS.get(printed.lower())
    return printed, weekday, weekday is None and nearest_weekday(printed) is not None
