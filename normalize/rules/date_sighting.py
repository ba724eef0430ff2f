"""Where a text writes a date, well or badly, and the weekday it puts before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..calendar import MONTHS, WEEKDAY_NAMES, WEEKDAYS, nearest_month, nearest_weekday


class Sighting(NamedTuple):
    """A date as printed. Spans are code points of the text."""

    start: int  # with its opening bracket, if it has one
    end: int  # with its closing bracket, if it has one
    body: str  # what stands between the brackets: "24/10/2024", "10/92019", "24 Oktober 2024"
    opened: bool
    closed: bool
    weekday: int | None  # 0 for Monday
    word: tuple[int, int]  # the weekday before it, or what may be a misspelt one; (0, 0): neither
    named_month: bool = False


# A bracket with digits and a slash in it: well-formed, a range with a lopsided blank, or anything else that may have
# been a date. In the last, a letter or a full stop may stand for a digit or a slash, and a bracket be closed too soon.
_BODY = r"(?:[\d/?.,\-]|[A-Za-z](?=[\d/)])| (?=/)|(?<=/) (?=\d)| (?=(?:19|20)\d\d ?\))|\)[., ]{0,3}(?=/ ?\d)){1,24}"
_BRACKETED = re.compile(
    r"\((?=[( ]{0,2}[\dOIl])(?:(?P<good>\d\d?/\d\d?(?:/(?:\d{4}|\d\d))?)\)(?![., ]{0,3}/ ?\d)"
    r"|\d\d?(?:/\d\d?)?(?: -|- )\d\d?/\d\d?(?:/\d\d(?:\d\d)?)?\)"
    rf"|[( ]{{0,2}}(?=[\dOIl][^\s()/]{{0,5}} ?\)?[., ]{{0,3}}/)(?P<odd>{_BODY})(?P<closed> ?\))?)",
    re.ASCII,
)
_BARE = re.compile(
    r"/(?:(?<=[ ,\xa0]\d/)|(?<=[ ,\xa0]\d\d/)|(?<=[ ,\xa0]\d\d\d/))"
    r"(?:/?\d{1,3}/\d{4}\)?|\d{1,2}/\d\d\)?|\d{5}\)?|\d{1,2}\))(?![\d/])",
    re.ASCII,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’‘`][^\W\d_]+)?\Z")
# "Senin malam (24/10)": the weekday stands before the time of day.
_PLAIN = {f"{name} ": number for number, name in enumerate(WEEKDAY_NAMES)}  # as most are, right before a bracket
_TIMES_OF_DAY = frozenset(("pagi", "siang", "sore", "petang", "malam", "subuh", "dini", "hari", "dinihari", "wib"))


def sightings(text: str) -> Iterator[Sighting]:
    """The numeric dates in brackets, those behind a weekday, and the dates with a month's name and a year from 2000,
    as far as there is a weekday to check them by or something is wrong with them.
    """
    for match in _BRACKETED.finditer(text):
        weekday, word = _weekday_before(text, match.start())
        good, odd = match.group("good", "odd")
        if good:
            if word != (0, 0):  # else there is nothing to check it by
                yield Sighting(*match.span(), good, True, True, weekday, word)
        elif odd is None:
            yield Sighting(*match.span(), match[0][1:-1], True, True, weekday, word)
        elif len(odd) > 20 or (weekday is None and len(odd) < 6):
            continue
        elif match["closed"]:
            # "((24/10/2024) malam)" closes both: the first bracket is another's.
            nested = match[0].startswith("((") and next_bracket(text, match.end()) == ")"
            yield Sighting(match.start() + nested, match.end(), odd, True, True, weekday, word)
        else:
            body = odd.rstrip("?.,- ")
            yield Sighting(match.start(), match.start("odd") + len(body), body, True, False, weekday, word)
    for match in _BARE.finditer(text):
        end = match.end()
        start = match.start()
        while text[start - 1] in "0123456789":
            start -= 1
        weekday, word = _weekday_before(text, start, times=False)
        if weekday is not None:
            closed = text[end - 1] == ")"
            yield Sighting(start, end, text[start : end - closed], False, closed, weekday, word)
    space = text.find(" 20")  # several times as fast as a pattern that begins with it
    while space >= 0:
        end = space + 5
        if text[space - 1 : space].isalpha() and text[space + 3 : end].isdecimal() and not text[end : end + 1].isdecimal():
            named = _with_named_month(text, space, end)
            if named is not None:
                yield named
        space = text.find(" 20", space + 3)


def next_bracket(text: str, start: int) -> str:
    """The first bracket in the 80 characters from `start`; "" for none."""
    found = re.search(r"[()]", text[start : start + 80])
    return found[0] if found else ""


def _with_named_month(text: str, space: int, end: int) -> Sighting | None:
    """The date whose year is [space + 1, end): "Kamis, 24 Oktober 2024"."""
    before_month = text.rfind(" ", max(0, space - 16), space)
    if before_month < 1 or text[before_month - 1] not in "0123456789":
        return None
    month = text[before_month + 1 : space]
    day_start = max(text.rfind(" ", max(0, before_month - 4), before_month) + 1, before_month - 4, 0)
    day = text[day_start : max(0, before_month)].lstrip("(")
    if not (day.isdecimal() and day.isascii() and len(day) <= 2):
        return None
    if month.lower() not in MONTHS and not (month.isalpha() and nearest_month(month)):
        return None
    start = before_month - len(day)
    weekday, word = _weekday_before(text, start - (text[start - 1 : start] == "("), times=False)
    if word == (0, 0) and month.lower() in MONTHS:
        return None
    return Sighting(start, end, text[start:end], False, False, weekday, word, named_month=True)


def _weekday_before(text: str, end: int, times: bool = True) -> tuple[int | None, tuple[int, int]]:
    """The weekday that ends before `end`, blanks and a comma apart, and its span; or the span of a misspelt one."""
    start = text.rfind(" ", max(0, end - 8), max(0, end - 1)) + 1
    weekday = _PLAIN.get(text[start:end])
    if weekday is not None and start:
        return weekday, (start, end - 1)
    last = (0, 0)
    for _ in range(3):
        head = text[max(0, end - 24) : end]
        trimmed = head.rstrip(" ,\xa0")
        end -= len(head) - len(trimmed)
        word = trimmed[trimmed.rfind(" ") + 1 :]
        weekday = WEEKDAYS.get(word.lower())
        if weekday is None and not word.isalpha():
            found = _WORD.search(trimmed)
            if found is None:
                return None, last
            word = found[0]
            weekday = WEEKDAYS.get(word.lower())
        start = end - len(word)
        if weekday is not None:
            # "dua minggu (24/10)": in lower case it is a week.
            return (None if word == "minggu" else weekday), (start, end)
        if last == (0, 0) and nearest_weekday(word) is not None:
            last = (start, end)
        if not times or word.lower() not in _TIMES_OF_DAY:
            break
        end = start
    return None, last
