"""The order of a column's dates: whether 8/9/2025 is the eighth of September or the ninth of August."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..lazy import lazy_pattern
from .article_date import in_figures
from .calendar import WEEKDAYS, real_date

MOST_TEXTS = 200  # texts looked at for dates of their own: a choice
LEAST_VOTES, SHARE = 2, 0.9  # dates that must tell an order, and their share of all that tell one: choices
NEAR, FAR = 3, 20  # days from a date in the text to the article's own: at the most, and from the other reading at least

# A date that its weekday vouches for is day first, whatever the column's are.
_IN_TEXT = lazy_pattern(r" \((\d\d?)/(\d\d?)/(\d{4})\)", re.ASCII)  # behind a word, which is looked for from there
_BEFORE = lazy_pattern(r"(\w+),?\Z", re.ASCII)
LONGEST = 20  # code points looked through for that word: more than any weekday has


class ColumnOrder(NamedTuple):
    """The order that the dates of a column are in."""

    order: str | None = None  # "dmy" or "mdy"; None: nothing tells
    example: str = ""  # a value that tells it; where nothing does, one that could be read in two ways


def column_order(rows: Iterable[tuple[object, Sequence[str | None]]]) -> ColumnOrder:
    """Decide the order of a column from some of its values, each with the texts of its record.

    A day above 12 tells it, and so does a date in the texts that its weekday vouches for, where it is near one reading of
    the article's own date and far from the other.
    """
    told: dict[str, list[str]] = {"dmy": [], "mdy": []}
    unclear, looked_at = "", 0
    for value, texts in rows:
        figures = in_figures(value)
        if figures is None or figures[0] == figures[1]:
            continue
        first, second, year = figures
        day_first, month_first = real_date(first, second, year), real_date(second, first, year)
        order = None
        if day_first and month_first:
            unclear = unclear or str(value)
            if looked_at < MOST_TEXTS:
                looked_at += 1
                order = _told_by(texts, day_first, month_first)
        elif day_first or month_first:
            order = "dmy" if day_first else "mdy"
        if order:
            told[order].append(str(value))
    order, other = sorted(told, key=lambda order: -len(told[order]))
    if len(told[order]) < max(LEAST_VOTES, SHARE * (len(told[order]) + len(told[other]))):
        return ColumnOrder(None, unclear)
    return ColumnOrder(order, told[order][0])


def _told_by(texts: Iterable[str | None], day_first: datetime.date, month_first: datetime.date) -> str | None:
    """The order that the dates in the texts tell."""
    told = set()
    for text in texts:
        for found in _IN_TEXT.finditer(text or ""):
            word = _BEFORE.search(found.string, max(0, found.start() - LONGEST), found.start())
            date = real_date(int(found[1]), int(found[2]), int(found[3]))
            if date and word and WEEKDAYS.get(word[1].lower()) == date.weekday():
                days = {"dmy": abs((date - day_first).days), "mdy": abs((date - month_first).days)}
                told |= {order for order in days if days[order] <= NEAR and max(days.values()) >= FAR}
    return told.pop() if len(told) == 1 else None
