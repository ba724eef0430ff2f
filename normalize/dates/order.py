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
LEAST_VOTES, SHARE = 2, 0.9  # dates that must speak for an order, and their share of all that speak for one: choices
NEAR, FAR = 3, 20  # days from a date in the text to the article's own: at the most, and from the other reading at least

# A date that its weekday vouches for is day first, whatever the column's are.
_IN_TEXT = lazy_pattern(r" \((\d\d?)/(\d\d?)/(\d{4})\)", re.ASCII)  # behind a word, which is looked for from there
_BEFORE = lazy_pattern(r"(\w+),?\Z", re.ASCII)
LONGEST = 20  # code points looked through for that word: more than any weekday has


class ColumnOrder(NamedTuple):
    """The order of day and month in a column."""

    order: str | None = None  # "dmy" or "mdy"; None: undecided
    example: str = ""  # a value that shows it; of an undecided column, one that could be read in two ways


def column_order(rows: Iterable[tuple[object, Sequence[str | None]]]) -> ColumnOrder:
    """Decide the order of a column from some of its values, each with the texts of its record.

    A number above 12 is a day. Where both are 12 or less, a date in the texts decides if its weekday confirms it, and it is
    near the article's own date in one order and far from it in the other.
    """
    votes: dict[str, list[str]] = {"dmy": [], "mdy": []}
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
                order = _order_by_texts(texts, day_first, month_first)
        elif day_first or month_first:
            order = "dmy" if day_first else "mdy"
        if order:
            votes[order].append(str(value))
    order, other = sorted(votes, key=lambda order: -len(votes[order]))
    if len(votes[order]) < max(LEAST_VOTES, SHARE * (len(votes[order]) + len(votes[other]))):
        return ColumnOrder(None, unclear)
    return ColumnOrder(order, votes[order][0])


def _order_by_texts(texts: Iterable[str | None], day_first: datetime.date, month_first: datetime.date) -> str | None:
    """Return the order in which the article's date is near those in its texts; None where these disagree or say nothing."""
    orders = set()
    for text in texts:
        for found in _IN_TEXT.finditer(text or ""):
            word = _BEFORE.search(found.string, max(0, found.start() - LONGEST), found.start())
            date = real_date(int(found[1]), int(found[2]), int(found[3]))
            if date and word and WEEKDAYS.get(word[1].lower()) == date.weekday():
                days = {"dmy": abs((date - day_first).days), "mdy": abs((date - month_first).days)}
                orders |= {order for order in days if days[order] <= NEAR and max(days.values()) >= FAR}
    return orders.pop() if len(orders) == 1 else None
