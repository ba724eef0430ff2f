"""The calendar: Indonesian names of weekdays and months, and the real dates that a mistyped one may stand for.

The figures here were counted in 50,000 scraped news articles of 2015-2025: 25,870 weekdays followed by a full date
that the calendar confirms (20,597 of them in an article whose own date is known) and 400 malformed ones.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from ..keyboard import DIGITS, NEIGHBOURS
from ..lazy import lazy_pattern

WEEKDAY_NAMES = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTH_NAMES = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)

_OTHER_WORDS = frozenset(("senen", "kemis", "satu"))  # no misspelt weekdays: Pasar Senen and Pasar Kemis are places

# In lower case. All of these are names as somebody writes them, not slips.
WEEKDAYS = {name.lower(): number for number, name in enumerate(WEEKDAY_NAMES)} | {
    **dict.fromkeys(("jum'at", "jum’at", "jum‘at", "jum`at", "jumaat"), 4),
    "ahad": 6,
}
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ENGLISH_WEEKDAYS = {name[:length]: number for number, name in enumerate(_ENGLISH) for length in (3, 9)}
_MONTH_SPELLINGS = """\
januari january januarie djanuari jan | februari february pebruari februarie feb peb | maret march maart mar | april apr
mei may | juni june djuni jun | juli july djuli jul | agustus august augustus agoestoes agust agu aug ags agt agst
september sept sep | oktober october okt oct | november nopember nov nop | desember december des dec"""
MONTHS = {
    spelling: number
    for number, spellings in enumerate(re.split(r"[|\n]", _MONTH_SPELLINGS), 1)
    for spelling in spellings.split()
}
_ENGLISH_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


@lru_cache(maxsize=1 << 12)
def nearest_weekday(word: str) -> int | None:
    """Return the weekday, 0 for Monday, that `word` misspells by one slip; None for none."""
    word = word.lower()
    if word in _OTHER_WORDS or word[1:] in WEEKDAYS:  # the latter is a glued letter: "Serie AMinggu"
        return None
    if not 3 <= len(word) <= 7:
        return None
    return _nearest(word, WEEKDAY_NAMES, 1)


@lru_cache(maxsize=1 << 12)
def nearest_month(word: str) -> int | None:
    """Return the month, 1 to 12, that `word` misspells by one slip, or two in a word of seven letters; None for none.

    A word nearer to an English name, or that is a month's name as it stands, misspells none.
    """
    from rapidfuzz.distance import OSA  # few texts have a month to be mended

    word = word.lower()
    if word in MONTHS:
        return None
    english = min(OSA.distance(word, name) for name in _ENGLISH_MONTHS)
    place = _nearest(word, MONTH_NAMES, min(english, 2 if len(word) >= 7 else 1))
    return None if place is None else place + 1


def _nearest(word: str, names: Iterable[str], reach: int) -> int | None:
    """Return the index of the one name nearest to `word`, neither equal to it nor more than `reach` slips away."""
    from rapidfuzz.distance import OSA

    ranked = sorted((OSA.distance(word, name.lower()), index) for index, name in enumerate(names))
    (distance, index), (runner_up, _) = ranked[:2]
    return index if 0 < distance <= reach and distance < runner_up else None


def real_date(day: int, month: int, year: int) -> datetime.date | None:
    """Return the date; None if there is no such day or year (1900-2099). A year of two digits is of this century."""
    year += 2000 if year < 100 else 0
    if not (1900 <= year < 2100 and 1 <= month <= 12 and 1 <= day <= 31):
        return None
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


class DateCandidate(NamedTuple):
    """A real date that may have been meant by a printed one."""

    printed: str  # as it is then written, "24/10/2024"
    date: datetime.date
    weight: float  # the share of the dates that a slip of its kind could have been made from, that it was made from


# Day/month/year in figures; the same if it is a real one, on a line of its own; and with the month's name.
DATE_SHAPE = lazy_pattern(r"(\d\d?)/(\d\d?)/([1-9]\d{3}|\d\d)", re.ASCII)
REAL_SHAPE = lazy_pattern(r"^(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[0-2])/((?:19|20)\d\d|\d\d)$", re.ASCII | re.MULTILINE)
NAMED_SHAPE = lazy_pattern(r"([0-9]{1,2}) ([^\W\d_]+) ([1-9][0-9]{3})")
# Of the real dates that a slip of each kind could have been made from, the share that it was made from, in the 82 distinct
# malformed dates that their weekday and the article's own date decide. A doubled stray stands beside its like or a
# neighbouring key.
_LOST_SLASH, _STRAY_DOUBLED, _STRAY, _SWAP = 0.6, 0.65, 0.4, 0.5
_WRONG_NEIGHBOUR, _WRONG, _LOST, _LOST_MONTH = 0.4, 0.04, 0.08, 0.07
_SHORT_YEAR = 0.01  # "24/10/24": one date in a hundred is written so
# The digits beside each digit.
_BESIDE = {key: tuple(other for other in DIGITS if key + other in NEIGHBOURS) for key in DIGITS}


@lru_cache(maxsize=1 << 12)
def as_printed(printed: str) -> DateCandidate | None:
    """Return `printed` itself as a candidate, if it is a real date written as day/month/year."""
    match = DATE_SHAPE.fullmatch(printed)
    if not match:
        return None
    date = real_date(int(match[1]), int(match[2]), int(match[3]))
    return None if date is None else DateCandidate(printed, date, 1.0)


@lru_cache(maxsize=1 << 13)
def weekday_of(printed: str) -> int | None:
    """Return the weekday of "24/10/2024" or "24 Oktober 2024", 0 for Monday; None for another form or no such day."""
    fields = DATE_SHAPE.fullmatch(printed) or NAMED_SHAPE.fullmatch(printed)
    if fields is None:
        return None
    day, month, year = fields.groups()
    number = int(month) if month.isdecimal() else MONTHS.get(month.lower())
    date = number and real_date(int(day), number, int(year))
    return date.weekday() if date else None


@lru_cache(maxsize=1 << 14)
def date_candidates(printed: str, years: tuple[int, ...] = ()) -> tuple[DateCandidate, ...]:
    """Return the real dates one slip away from `printed`, each once, the likeliest first.

    A slip is a letter, a digit or a slash too many, missing, wrong or swapped; the month missing; or the year missing, if
    it is one of `years`.
    """
    best: dict[datetime.date, tuple[float, int, str]] = {}
    for weight, slips in _slips(printed, years).items():
        for fields in REAL_SHAPE.finditer("\n".join(slips)):
            date = real_date(int(fields[1]), int(fields[2]), int(fields[3]))
            if date is None:
                continue
            slip = fields[0]
            rank = weight * _SHORT_YEAR if len(fields[3]) == 2 else weight, -len(slip), slip
            if date not in best or rank[:2] > best[date][:2]:
                best[date] = rank
    found = [DateCandidate(slip, date, weight) for date, (weight, _, slip) in best.items()]
    return tuple(sorted(found, key=lambda reading: (-reading.weight, reading.date)))


def _slips(printed: str, years: tuple[int, ...]) -> Mapping[float, list[str]]:
    """List what may have been meant by `printed`, by the weight of the slip."""
    slips: dict[float, list[str]] = defaultdict(list)
    for i in range(len(printed) + 1):
        head, tail = printed[:i], printed[i:]
        slips[_LOST_SLASH].append(f"{head}/{tail}")
        slips[_LOST] += [head + digit + tail for digit in DIGITS]
        if not tail:
            break
        key, rest = tail[0], tail[1:]
        beside = _BESIDE.get(key, ())
        is_doubled = key in (head[-1:], rest[:1]) or not key.isdecimal() or head[-1:] in beside or rest[:1] in beside
        slips[_STRAY_DOUBLED if is_doubled else _STRAY].append(head + rest)
        if rest:
            slips[_SWAP].append(head + rest[0] + key + rest[1:])
        slips[_WRONG].append(f"{head}/{rest}")
        if key != "/":
            slips[_WRONG_NEIGHBOUR] += [head + digit + rest for digit in beside]
            slips[_WRONG] += [head + digit + rest for digit in DIGITS if digit != key and digit not in beside]
    fields = printed.split("/")
    for i in range(1, len(fields) - 1):
        if fields[i] == fields[i - 1] and len(fields) == 4:
            slips[_STRAY_DOUBLED].append("/".join(fields[:i] + fields[i + 1 :]))
    if len(fields) in (2, 3) and not any(fields[1:-1]) and len(fields[-1]) == 4:
        slips[_LOST_MONTH] += [f"{fields[0]}/{month}/{fields[-1]}" for month in range(1, 13)]
    if len(fields) in (2, 3) and not any(fields[2:]):
        slips[_LOST_MONTH] += [f"{fields[0]}/{fields[1]}/{year}" for year in years]
    return slips


# Of the 20,597 confirmed dates in articles whose own date is known, the share that falls on one day so many days after it
# (negative: before), for all days from the one named up to the next.
_CLOSENESS = {
    -10000: 1e-6, -365: 0.00003, -90: 0.00014, -60: 0.0004, -30: 0.002, -14: 0.0024, -7: 0.0077, -3: 0.022, -2: 0.04,
    -1: 0.17, 0: 0.62, 1: 0.017, 2: 0.005, 4: 0.0013, 8: 0.0003, 15: 0.00007, 32: 0.00001, 91: 1e-6,
}  # fmt: skip
_CLOSENESS_FROM = tuple(_CLOSENESS)


def closeness(days: int) -> float:
    """Return how likely an article is to name the day so many days after its own date (negative: before)."""
    return _CLOSENESS[_CLOSENESS_FROM[max(0, bisect_right(_CLOSENESS_FROM, days) - 1)]]


def year_share(date: datetime.date) -> float:
    """Return how likely an article without known dates is to name `date`, by its year: online news is young. A choice."""
    return 1.0 if 2011 <= date.year <= 2035 else 0.001
