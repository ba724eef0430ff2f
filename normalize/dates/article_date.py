"""The article's own date, read from the many forms that it is written in."""

from __future__ import annotations

import datetime
from functools import lru_cache

from ..lazy import lazy_pattern
from ..stand_ins import stand_ins
from .calendar import ENGLISH_WEEKDAYS, MONTHS, WEEKDAYS, real_date

ORDERS = ("dmy", "mdy", "ymd")  # of the day, the month and the year in figures
_LONGEST = 120  # code points: a choice; a longer value is some other field
_WEEKDAYS = WEEKDAYS | ENGLISH_WEEKDAYS
_YEAR_FIRST = lazy_pattern(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_NUMERIC = lazy_pattern(r"(?<![\d/.-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
_SHORT_YEAR = lazy_pattern(r"(?<![\d/.:-])(\d{1,2})([-/.])(\d{1,2})\2(\d{1,2})(?![\d/.:-])")
_DAY_FIRST = lazy_pattern(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?[ +/-]+([^\W\d_]+)[.,]?[ +/-]+(\d{4}(?![\d.])|\d\d(?![\d:.]))")
_MONTH_FIRST = lazy_pattern(
    r"([^\W\d_]+)\.?[ +]+(\d{1,2})(?:st|nd|rd|th)?,?[ +]+"
    r"(?:\d\d:\d\d(?::\d\d)? +(?:(?:[+-]\d{4}|[A-Z]{3,4}) +)?)?(\d{4})(?!\d)"
)
_COMPACT = lazy_pattern(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:[T ]?\d{4}(?:\d\d)?Z?)?")
_EPOCH = lazy_pattern(r"([12]\d{9})(?:\d{3})?(?:\.\d+)?")  # seconds from 1970, or milliseconds: 2001 and later
_HERE = datetime.timezone(datetime.timedelta(hours=7))  # Western Indonesia's, in which most of its news is written
_RELATIVE = lazy_pattern(
    r"(?:sekitar |about )?(\d{1,3}|se|an? ) ?(detik|menit|jam|hari|minggu|second|minute|hour|day|week)s?"
    r"(?: yang)? (?:lalu|ago)"
)
_UNITS = {
    **dict.fromkeys(("detik", "second"), datetime.timedelta(seconds=1)),
    **dict.fromkeys(("menit", "minute"), datetime.timedelta(minutes=1)),
    **dict.fromkeys(("jam", "hour"), datetime.timedelta(hours=1)),
    **dict.fromkeys(("hari", "day"), datetime.timedelta(days=1)),
    **dict.fromkeys(("minggu", "week"), datetime.timedelta(weeks=1)),
}
_DAYS_AGO = {"baru saja": 0, "hari ini": 0, "just now": 0, "today": 0, "kemarin": 1, "yesterday": 1}
_WORD = lazy_pattern(r"[^\W\d_]+(?:['’‘`][^\W\d_]+)?")
_TIME_OF_DAY = lazy_pattern(r"[ ,|]+[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?: WI(?:B|TA|T))?\Z")
_LONGEST_TIME = 16  # code points looked through for it


def read(value: object, order: str | None = None, crawled: datetime.datetime | None = None) -> datetime.date | None:
    """Read the date in `value` (a date, a string, seconds from 1970 or None); None where there is none. Never a guess.

    A string is read when it names one day, in figures or with the month's name in Indonesian or English, whatever stands
    around it: "2019-09-13 00:00:00", "19-Sep-19", "Kompas.com - 02/06/2024, 12:00 WIB", "Tue Aug 12 15:47:45 +0700 2025". It
    is not when it names two days, one that is none, or one that is not on the weekday given with it; nor is a time of day.

    order: of the figures, one of ORDERS, where the year has four digits and comes last, or has two; None is "dmy", and no
    year of two digits.
    crawled: when the value was fetched; then "9 jam lalu" is read too.
    """
    if value is None or type(value) is datetime.date:  # of a run, all that the engine is handed
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str):
        if len(value) > _LONGEST:
            return None
        return _read(_without_time(value), order) or (_ago(value, crawled) if crawled else None)
    if isinstance(value, datetime.datetime):
        return value.date()
    return value if isinstance(value, datetime.date) else None


def in_figures(value: object) -> tuple[int, int, int] | None:
    """The three figures of the one date in a string that ends with its year: what `order` decides about."""
    found = _NUMERIC.findall(value) if isinstance(value, str) and len(value) <= _LONGEST else ()
    return (int(found[0][0]), int(found[0][2]), int(found[0][3])) if len(found) == 1 else None


def _ago(value: str, crawled: datetime.datetime) -> datetime.date | None:
    """Read "9 jam lalu", counted back from `crawled`."""
    value = value.translate(stand_ins(value)).strip().lower()
    if value in _DAYS_AGO:
        return (crawled - datetime.timedelta(_DAYS_AGO[value])).date()
    found = _RELATIVE.fullmatch(value)
    return (crawled - (int(found[1]) if found[1].isdigit() else 1) * _UNITS[found[2]]).date() if found else None


def _without_time(value: str) -> str:
    """Leave out the time of day that ends `value`: in a dump days recur, and are remembered; minutes do not."""
    found = _TIME_OF_DAY.search(value, len(value) - _LONGEST_TIME) if ":" in value else None
    return value[: found.start()] if found else value


def _without_marks(value: str) -> datetime.date | None:
    """Read what is nothing but figures: "20250812154745", seconds from 1970."""
    if compact := _COMPACT.fullmatch(value):
        return real_date(int(compact[3]), int(compact[2]), int(compact[1]))
    seconds = _EPOCH.fullmatch(value)
    return datetime.datetime.fromtimestamp(int(seconds[1]), _HERE).date() if seconds else None


@lru_cache(maxsize=1 << 14)
def _read(value: str, order: str | None) -> datetime.date | None:
    """Read the one date that a string names."""
    value = value.translate(stand_ins(value))
    if "|" in value and value[1::2].strip("|") == "" and len(value) > 2:  # K|a|m|i|s|,| |6| |J|a|n|u|a|r|i
        value = value[::2]
    if bare := _without_marks(value.strip()):
        return bare
    days = {real_date(int(day), int(month), int(year)) for year, _, month, day in _YEAR_FIRST.findall(value)}
    for first, _, second, year in _NUMERIC.findall(value):
        day, month = (second, first) if order == "mdy" else (first, second)
        days.add(real_date(int(day), int(month), int(year)))
    if order and not days:
        for figures in _SHORT_YEAR.findall(value):
            named = dict(zip(order, (figures[0], figures[2], figures[3]), strict=True))
            days.add(real_date(int(named["d"]), int(named["m"]), int(named["y"])))
    if value.lower() == value.upper():  # no month nor weekday has a name in it
        return days.pop() if len(days) == 1 else None
    for day, name, year in _DAY_FIRST.findall(value):
        if month := MONTHS.get(name.lower()):
            days.add(real_date(int(day), month, int(year)))
    for name, day, year in _MONTH_FIRST.findall(value):
        if month := MONTHS.get(name.lower()):
            days.add(real_date(int(day), month, int(year)))
    if len(days) != 1:
        return None
    (found,) = days
    weekdays = {_WEEKDAYS.get(word.lower()) for word in _WORD.findall(value)} - {None}
    return found if found and weekdays <= {found.weekday()} else None
