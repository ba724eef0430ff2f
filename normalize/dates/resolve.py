"""Resolution: what a printed date means, by its candidates and the evidence that decides between them.

A weekday is a checksum: it agrees with one date in seven. The candidates for what was meant are the real dates within a
slip of what is printed (`calendar.date_candidates`). Those that the weekday contradicts fall out; the article's own date, or
where it is not known the other dates of the text that agree with their weekday, decide between the rest.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from math import fsum
from typing import NamedTuple

from ..lazy import lazy_pattern
from .calendar import (
    DATE_SHAPE,
    MONTH_NAMES,
    MONTHS,
    WEEKDAY_NAMES,
    DateCandidate,
    as_printed,
    closeness,
    date_candidates,
    nearest_month,
    real_date,
    year_share,
)
from .mentions import DateMention

# A printed date that its weekday contradicts is only replaced when it cannot be meant (no such day, later than the day
# after the article, or more than LONG_AGO days before it), just one agreeing date a slip away is NEAR_ARTICLE, and no other
# is among its RIVALS. In days from the article's own. Of 792 such pairs judged by hand, these bounds part the 128 that could
# be decided from the 664 that could not, without an error.
LONG_AGO = 45
NEAR_ARTICLE = range(-8, 2)
RIVALS = range(-75, 7)
# The same beside the confirmed dates of the text, where the article's own date is not known: both directions are alike.
NEAR_IN_TEXT = range(-7, 8)
RIVALS_IN_TEXT = range(-75, 76)
# The candidates' weights are compared with that of "none of these", on the scale of `closeness` or `year_share`: choices,
# as are the confidences of resolutions.
NONE_BESIDE_ANCHOR = 1e-4  # where the article's date, or one of the text, is known
NONE_ALONE = 5e-4  # where none is
NONE_OF_IMPOSSIBLE = 0.03  # "(3/0/2022)" may be wrong in its year too: only a stray digit or a neighbouring key is clear
CLEAR = 0.9  # share of all weight that the likeliest candidate must have
PLAIN_SLIP = 0.6  # weight of a slip that is believed without a weekday: a lost slash, a doubled key
NO_DATE = "no date as it stands"

_SHORT = lazy_pattern(r"(0?[1-9]|[12]\d|3[01])/(0?[1-9]|1[0-2])", re.ASCII)
_RANGE = lazy_pattern(r"(\d\d?(?:/\d\d?(?:/\d{2,4})?)?)( ?- ?)(\d\d?/\d\d?(?:/\d{2,4})?)")
_SLASH = lazy_pattern(r"[^\w]*/[^\w]*")
_YEAR_GAP = lazy_pattern(r"(?<=\d)[.,\- ](?=(?:19|20)\d\d$)")
_LOOK_ALIKES = str.maketrans("OoIlL", "00111")


class DateContext(NamedTuple):
    """The dates that others are compared with: the article's own, and those of the text that are confirmed."""

    article: datetime.date | None
    confirmed_dates: tuple[datetime.date, ...] = ()  # sorted: dates of the same text that agree with their weekday

    def days_to(self, date: datetime.date) -> int | None:
        """Count the days from the article to `date`; else from the nearest confirmed date. None without either."""
        return (date - self.article).days if self.article else self.days_in_text(date)

    def days_in_text(self, date: datetime.date) -> int | None:
        """Count the days to `date` from the nearest confirmed one; None where there is none."""
        place = bisect_left(self.confirmed_dates, date)
        beside = self.confirmed_dates[max(0, place - 1) : place + 1]
        return min(((date - other).days for other in beside), key=abs, default=None)

    def share(self, date: datetime.date) -> float:
        """Return how likely an article in this context is to name `date`."""
        shares = []
        if self.article:
            shares.append(closeness((date - self.article).days))
        days = self.days_in_text(date)
        if days is not None:
            shares.append(max(closeness(days), closeness(-days)))
        return max(shares, default=year_share(date))

    @property
    def anchored(self) -> bool:
        """Whether there is any date to compare with."""
        return bool(self.article or self.confirmed_dates)

    @property
    def years(self) -> tuple[int, ...]:
        """The years that a date without a year may be of."""
        return tuple(sorted({day.year for day in (self.article, *self.confirmed_dates) if day}))


class Resolution(NamedTuple):
    """The meaning of a mention, and what becomes of it."""

    printed: str  # as it ought to stand between its brackets
    date: datetime.date | None
    confidence: float
    rule: str = "date.malformed"
    note: str = ""  # what is wrong with it, where it is left as it is
    opened_by_nine: bool = False  # the unshifted bracket: "92/9/2019)"
    closed_by_zero: bool = False  # "(10/9/20190 malam"


def resolve(mention: DateMention, context: DateContext) -> Resolution:
    """Resolve a mention. A resolution whose `printed` is the mention's body, with no note, is a date in order."""
    if mention.named_month:
        return _resolve_named(mention, context)
    body, weekday = mention.body, mention.weekday
    if body.isdecimal():
        return _resolve_figures(body, weekday, context.article)
    if _SHORT.fullmatch(body):
        return _resolve_short(body, weekday, context)
    in_order = as_printed(body)
    if in_order and weekday in (None, in_order.date.weekday()):
        return Resolution(body, in_order.date, 0.99)
    between = _RANGE.fullmatch(body)
    if between:
        dash = between[2] if len(between[2]) != 2 else "-"
        return Resolution(between[1] + dash + between[3], None, 0.99)
    plain = _plain(body)
    printed = as_printed(plain)
    if printed and weekday in (None, printed.date.weekday()):
        return Resolution(plain, printed.date, 0.99)
    if not printed and not _SHORT.fullmatch(plain):
        unshifted = _resolve_unshifted_bracket(mention)
        if unshifted:
            return unshifted
    if _SHORT.fullmatch(plain) and not body.endswith("/"):
        return _resolve_short(plain, weekday, context)
    if not DATE_SHAPE.fullmatch(plain):
        return _resolve_malformed({body, plain}, mention, context)
    resolution = _resolve_contradicted(plain, printed, weekday, context)
    if "-" in body or "." in body:  # which may have been typed for a digit: "(1-/9/2019)"
        digit = _resolve_malformed({body}, mention, context)
        resolution = digit if not digit.note else resolution._replace(printed=body) if resolution.note else resolution
    return resolution


def _plain(body: str) -> str:
    """Take blanks, doubled marks and look-alike letters out of `body`: "24 //1O.2024" is "24/10/2024"."""
    plain = _SLASH.sub("/", body.strip("?.,- ")).translate(_LOOK_ALIKES)
    plain = _YEAR_GAP.sub("/", plain)
    return plain.rstrip("/") if plain.count("/") != 2 else plain


def _agreeing(candidates: Iterable[DateCandidate], weekday: int | None) -> list[DateCandidate]:
    """List the candidates that fall on the weekday, where there is one."""
    return [c for c in candidates if weekday is None or c.date.weekday() == weekday]


def _resolve_unshifted_bracket(mention: DateMention) -> Resolution | None:
    """Resolve a date whose missing bracket was typed as the digit on its key: "92/9/2019)"."""
    body, weekday = mention.body, mention.weekday
    if mention.opened and not mention.closed and body[-1] in "09":
        plain = _plain(body[:-1])
        inner = as_printed(plain)
        if (inner and weekday in (None, inner.date.weekday())) or (weekday is not None and _SHORT.fullmatch(plain)):
            return Resolution(plain, inner and inner.date, 0.98, closed_by_zero=True)
    if mention.closed and not mention.opened and body[0] == "9":
        plain = _plain(body[1:])
        inner = as_printed(plain)
        if _SHORT.fullmatch(plain) or (inner and inner.date.weekday() == weekday):
            return Resolution(plain, inner and inner.date, 0.98, opened_by_nine=True)
    return None


def _resolve_figures(body: str, weekday: int | None, article: datetime.date | None) -> Resolution:
    """Resolve a date that lost both its slashes, "2892026": the one that is near the article's own and on the weekday."""
    rest, year = body[:-4], body[-4:]
    printed = [as_printed(f"{rest[:i]}/{rest[i:]}/{year}") for i in (1, 2) if rest[i:]]
    dates = [c for c in _agreeing(filter(None, printed), weekday) if article and (c.date - article).days in NEAR_ARTICLE]
    if len(dates) != 1:
        return Resolution(body, None, 0.9, note=NO_DATE)
    return Resolution(dates[0].printed, dates[0].date, 0.98)


def _resolve_short(plain: str, weekday: int | None, context: DateContext) -> Resolution:
    """Resolve day/month: near the article it has a year, and can be checked."""
    date = near_article(plain, context.article)
    if date is None or weekday is None or weekday == date.weekday():
        return Resolution(plain, date, 0.99)
    return Resolution(plain, date, 0.98, "date.disagrees", _contradiction(weekday, plain, date))


@lru_cache(maxsize=1 << 12)
def near_article(short: str, article: datetime.date | None) -> datetime.date | None:
    """Return the date nearest to the article that day/month may be; None for another form, and where none is near."""
    if article is None or not (fields := _SHORT.fullmatch(short)):
        return None
    for year in (article.year, article.year - 1, article.year + 1):
        date = real_date(int(fields[1]), int(fields[2]), year)
        if date and abs((date - article).days) <= LONG_AGO:
            return date
    return None


def _contradiction(weekday: int, printed: str, date: datetime.date | None) -> str:
    """Word the note of a date that its weekday contradicts."""
    said = WEEKDAY_NAMES[weekday]
    return f"{said}, but " + (f"{printed} is a {WEEKDAY_NAMES[date.weekday()]}" if date else f"no such day: {printed}")


def _resolve_contradicted(
    plain: str, printed: DateCandidate | None, weekday: int | None, context: DateContext
) -> Resolution:
    """Resolve day/month/year that is no real date, or not on the weekday printed with it."""
    date = printed.date if printed else None
    if weekday is None:
        return Resolution(plain, None, 0.5, note="there is no such day")
    clear = _clear(date, plain, weekday, context)
    if date is None and not context.anchored:
        only_year = _SHORT.fullmatch(plain.rpartition("/")[0])
        none = NONE_ALONE if only_year else NONE_OF_IMPOSSIBLE
        clear = _likeliest(_agreeing(date_candidates(plain), weekday), context, none)
    if clear:
        return Resolution(clear[0].printed, clear[0].date, clear[1], "date.disagrees" if date else "date.malformed")
    return Resolution(plain, date, 0.98, "date.disagrees", _contradiction(weekday, plain, date))


def _clear(date: datetime.date | None, plain: str, weekday: int, context: DateContext) -> tuple[DateCandidate, float] | None:
    """Return the one agreeing candidate near the article (or other dates of the text), where `date` cannot be meant."""
    near, alone, last = (NEAR_ARTICLE, RIVALS, 1) if context.article else (NEAR_IN_TEXT, RIVALS_IN_TEXT, LONG_AGO)
    if not context.anchored or (date and context.days_to(date) in range(-LONG_AGO, last + 1)):
        return None
    within = [c for c in _agreeing(date_candidates(plain), weekday) if context.days_to(c.date) in alone]
    if len(within) != 1 or context.days_to(within[0].date) not in near:
        return None
    day, month, year = map(int, plain.split("/"))
    month_first = real_date(month, day, year)
    if month_first and month_first.weekday() == weekday and context.days_to(month_first) in near:
        return None  # "9/10/2019" for the tenth of September is a custom, not a slip
    return within[0], 0.98 if context.article else 0.95


def _resolve_malformed(forms: set[str], mention: DateMention, context: DateContext) -> Resolution:
    """Resolve what is not written as a date at all."""
    body, weekday = mention.body, mention.weekday
    if weekday is None and not mention.closed:
        return Resolution(body, None, 0.5, note=NO_DATE)
    years = context.years if body.endswith("/") else ()
    candidates = {c.date: c for form in sorted(forms) for c in _agreeing(date_candidates(form, years), weekday)}
    likeliest = _likeliest(list(candidates.values()), context)
    if weekday is None:
        # With no weekday to confirm it, only a plain slip will do.
        if likeliest and likeliest[0].weight >= PLAIN_SLIP and len(likeliest[0].printed.rpartition("/")[2]) == 4:
            return Resolution(likeliest[0].printed, likeliest[0].date, likeliest[1])
        return Resolution(body, None, 0.5, note=NO_DATE)
    if likeliest and not context.anchored and _other_years(forms, likeliest[0]):
        likeliest = None  # "11/8/20210": of two years as near, one in seven agrees with the weekday by chance
    if likeliest is None and context.article:
        nearest = _nearest_article(body, weekday, context.article)
        if nearest and all(date > context.article or date == nearest[0].date for date in candidates):
            likeliest = nearest
    if likeliest is None:
        names = ", ".join(c.printed for c in sorted(candidates.values(), key=lambda c: (-c.weight, c.date))[:3])
        return Resolution(body, None, 0.9, note=NO_DATE + (f"; perhaps {names}" if names else ""))
    return Resolution(likeliest[0].printed, likeliest[0].date, likeliest[1])


def _likeliest(
    candidates: list[DateCandidate], context: DateContext, none: float = NONE_ALONE
) -> tuple[DateCandidate, float] | None:
    """Return the candidate that has nearly all the weight, and its share; None where none has: two equals have half each."""
    weights = [c.weight * context.share(c.date) for c in candidates]
    if not weights:
        return None
    best = max(weights)
    share = best / (fsum(weights) + (NONE_BESIDE_ANCHOR if context.anchored else none))
    return (candidates[weights.index(best)], round(0.99 * share, 3)) if share >= CLEAR else None


def _other_years(forms: Iterable[str], found: DateCandidate) -> bool:
    """Whether what is printed may as well be the same day of another year, whatever the weekday says."""
    same_day = (found.date.day, found.date.month)
    return any(
        (other.date.day, other.date.month) == same_day and other.date != found.date and 2 * other.weight >= found.weight
        for form in forms
        for other in date_candidates(form)
    )


def _nearest_article(body: str, weekday: int, article: datetime.date) -> tuple[DateCandidate, float] | None:
    """Return the agreeing date near the article that is two or three slips from `body` and shares its day."""
    from rapidfuzz.distance import OSA  # few texts have such a date

    for days in sorted(NEAR_ARTICLE, key=abs):
        date = article + datetime.timedelta(days)
        printed = f"{date.day}/{date.month}/{date.year}"
        if date.weekday() == weekday and body.startswith(f"{date.day}/") and OSA.distance(body, printed) <= 3:
            return DateCandidate(printed, date, 1.0), 0.95
    return None


def _resolve_named(mention: DateMention, context: DateContext) -> Resolution:
    """Resolve "24 Oktober 2024": the month's name may be misspelt, or the weekday contradict it."""
    day, name, year = mention.body.split(" ")
    weekday, rule = mention.weekday, "date.disagrees"
    number = MONTHS.get(name.lower())
    if number is None:
        number = nearest_month(name) or 1
        rule, name = "date.month", in_case_of(name, MONTH_NAMES[number - 1])
    body, plain = f"{day} {name} {year}", f"{day}/{number}/{year}"
    printed = as_printed(plain)
    date = printed.date if printed else None
    if weekday is None or (date and weekday == date.weekday()):
        return Resolution(body, date, 0.98, rule)
    clear = _clear(date, plain, weekday, context)
    if clear and clear[0].date.month == number:
        fields = clear[0].printed.split("/")
        return Resolution(f"{fields[0]} {name} {fields[2]}", clear[0].date, clear[1], "date.disagrees")
    if name.capitalize() in MONTH_NAMES and (meant := _other_month(int(day), int(year), weekday, context.article)):
        meant_name = in_case_of(name, MONTH_NAMES[meant.month - 1])
        return Resolution(f"{day} {meant_name} {year}", meant, 0.97, "date.disagrees")
    return Resolution(body, date, 0.98, rule, _contradiction(weekday, body, date))


def _other_month(day: int, year: int, weekday: int, article: datetime.date | None) -> datetime.date | None:
    """Return the same day of another month, where it is near the article and on the weekday: the month before, as a rule.

    Of 247 dates with a month's name that their weekday contradicts, 51 were so, one in five; ten would be by chance.
    """
    months = filter(None, (real_date(day, month, year) for month in range(1, 13)))
    near = [date for date in months if date.weekday() == weekday and article and (date - article).days in NEAR_ARTICLE]
    return near[0] if len(near) == 1 else None


def in_case_of(printed: str, name: str) -> str:
    """Put `name` into the casing of `printed`, where that has one of its own."""
    return name.upper() if printed.isupper() else name.lower() if printed[0] == name[0].lower() else name
