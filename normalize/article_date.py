"""An article's own date, read from the many forms it is written in."""

from __future__ import annotations

import datetime


def read(value: object) -> datetime.date | None:
    """The date in `value` (a date, a string or None); None where there is none to be read. Never a guess."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, str):
        try:
            return datetime.date.fromisoformat(value[:10])
        except ValueError:
            return None
    return None
