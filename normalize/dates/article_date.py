"""The article's own date, read from the many forms that it is written in."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

from ..stand_ins import stand_ins
from .calendar import ENGLISH_WEEKDAYS, MONTHS, WEEKDAYS, real_date

_LONGEST = 120  # code points: a choice; a longer value is some other field
_WEEKDAYS = WEEKDAYS | ENGLISH_WEEKDAYS
_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})[ +-]+([^\W\d_]+)\.?[ +-]+(\d{4}|\d\d)(?![\d:.])")
_MONTH_FIRST = re.compile(r"([^\W\d_]+)\.?[ +]+(\d{1,2}),?[ +]+(\d{4})(?!\d)")
_WORD = re.compile(r"[^\W\d_]+(?:['’‘`][^\W\d_]+)?")


def read(value: object) -> datetime.date | None:
    """Read the date in `value` (a date, a string or None); None where there is none. Never a guess.

    A string is read when it names one day, in figures (year first, or day before month) or with the month's name in
    Indonesian or English, whatever stands around it: "2019-09-13 00:00:00", "19-Sep-19", "Kompas.com - 02/06/2024,
    12:00 WIB". It is not when it names two days, one that is none, or one that is not on the weekday given with it; nor
    are "9 jam lalu", a time of day alone, and a month before the day in figures.
    """
    if isinstance(value, str):
        return _read(value.translate(stand_ins(value))) if len(value) <= _LONGEST else None
    if isinstance(value, datetime.datetime):
        return value.date()
    return value if isinstance(value, datetime.date) else None


@lru_cache(maxsize=1 << 14)
def _read(value: str) -> datetime.date | None:
    """Read the one date that a string names."""
    if "|" in value and value[1::2].strip("|") == "" and len(value) > 2:  # K|a|m|i|s|,| |6| |J|a|n|u|a|r|i
        value = value[::2]
    days = {real_date(int(day), int(month), int(year)) for year, _, month, day in _YEAR_FIRST.findall(value)}
    for day, _, month, year in _NUMERIC.findall(value):
        days.add(real_date(int(day), int(month), int(year)))
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
