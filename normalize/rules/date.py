"""Dates: broken ones, misspelt months and weekdays, and dates that their weekday contradicts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from ..dates.calendar import MONTHS, WEEKDAY_NAMES, nearest_weekday
from ..dates.confirm import confirms, unconfirmed
from ..dates.mentions import DateMention, mentions, next_bracket, possible_offsets
from ..dates.resolve import DateContext, Resolution, in_case_of, resolve
from ..lazy import lazy_pattern
from ..lexicon import Lexicon
from ..rule import Finder, Proposal, Rule
from ..text import Text

# A word in that many sentences is somebody's name, not a misspelt weekday: Kamil, Ratu, Senen.
A_NAME = 20
_FIGURES = ("(", "0123", "0123456789")
_YEARS = tuple(f" 20{decade}" for decade in range(10))
# Three are the most that 50,000 articles needed.
MOST_ROUNDS = 10


_BEGINS = lazy_pattern(r"\s*(?:\Z|\n|[\"“]?[A-Z])")


def is_right(mention: DateMention, article: datetime.date | None) -> bool:
    """Whether a mention is a date that its weekday confirms, so that nothing is to be said of it."""
    whole = mention.opened and mention.closed and mention.end - mention.start == len(mention.body) + 2
    return (whole or mention.named_month) and confirms(article, mention.weekday, mention.body)


def find_dates(text: Text) -> Sequence[Proposal]:
    """All that is to be said of the dates in `text`: together, so that the four rules cannot contradict one another."""
    string, article = text.string, text.date
    found = possible_offsets(string)
    doubted = unconfirmed(string, found, article)
    if not doubted or all(is_right(mention, article) for mention in mentions(string, doubted)):
        return ()
    undecided = list(mentions(string, found))
    context = DateContext(article)
    decided: list[tuple[DateMention, Resolution]] = []
    # A date decided on vouches for the others, so they are read again while that makes a difference: a second cleaning
    # then starts from what the first one ended with, and finds nothing more.
    for _ in range(MOST_ROUNDS):
        resolutions = [(mention, resolve(mention, context)) for mention in undecided]
        decided += [(mention, resolution) for mention, resolution in resolutions if not resolution.note]
        undecided = [mention for mention, resolution in resolutions if resolution.note]
        agreeing = {r.date for m, r in resolutions if r.date and m.weekday == r.date.weekday()}
        confirmed = agreeing.union(context.confirmed_dates)
        if not undecided or len(confirmed) == len(context.confirmed_dates):
            break
        context = context._replace(confirmed_dates=tuple(sorted(confirmed)))
    decided += [(mention, resolution) for mention, resolution in resolutions if resolution.note]
    return [one for mention, resolution in decided for one in _proposals(string, mention, resolution, text.lexicon)]


def _proposals(text: str, mention: DateMention, resolution: Resolution, lexicon: Lexicon) -> Iterator[Proposal]:
    start, end = mention.start, mention.end
    if mention.named_month:
        yield from _of_named_month(mention, resolution, lexicon)
    else:
        after = _bracketed(text, mention, resolution)
        if after != text[start:end]:
            rule = MALFORMED.name if resolution.note else resolution.rule
            yield Proposal(start, end, after, rule, resolution.confidence)
    if resolution.note and mention.weekday is not None:
        rule = resolution.rule if resolution.rule == MALFORMED.name else DISAGREES.name
        yield Proposal(mention.word[0], end, None, rule, resolution.confidence, resolution.note)
    if mention.weekday is None and mention.word != (0, 0):
        yield from _of_weekday(text, mention, resolution, lexicon)


def _of_named_month(mention: DateMention, resolution: Resolution, lexicon: Lexicon) -> Iterator[Proposal]:
    """The month, the day and the year of "24 Oktober 2024", as far as they change."""
    start = mention.start
    for before, after in zip(mention.body.split(" "), resolution.printed.split(" "), strict=True):
        if before != after:
            month = not before.isdecimal()
            if month and before.lower() in lexicon.words and mention.weekday is None:
                return  # "3 juri 2024"
            rule = MONTH.name if month and before.lower() not in MONTHS else resolution.rule
            yield Proposal(start, start + len(before), after, rule, resolution.confidence)
        start += len(before) + 1


def _bracketed(text: str, mention: DateMention, resolution: Resolution) -> str:
    """The date as it ought to stand, with the brackets it ought to have."""
    start, end = mention.start, mention.end
    if not mention.opened:
        if not mention.closed:
            return resolution.printed
        before = text[max(0, start - 60) : start]
        if before.rfind("(") > before.rfind(")") and not resolution.opened_by_nine:
            return f"{resolution.printed})"
        return f"({resolution.printed})"
    if mention.closed or resolution.closed_by_zero:
        ends = mention.body.endswith(".") and _BEGINS.match(text, end)  # the sentence's stop got inside the bracket
        return f"({resolution.printed})." if ends else f"({resolution.printed})"
    no_date = resolution.note and resolution.rule == MALFORMED.name
    unsure = no_date or (resolution.date is None and mention.weekday is None)
    behind = text[end : end + 1]
    if unsure or behind.isalnum() or behind in ("(", "]", "}", "_") or next_bracket(text, end) == ")":
        return text[start:end]
    return f"({resolution.printed})"


def _of_weekday(text: str, mention: DateMention, resolution: Resolution, lexicon: Lexicon) -> Iterator[Proposal]:
    """The misspelt weekday before a date, where the date confirms what it was."""
    start, end = mention.word
    word = text[start:end]
    number = nearest_weekday(word)
    if number is None or resolution.date is None or resolution.date.weekday() != number:
        return
    if word.lower() in lexicon.words or lexicon.names.get(word.lower(), 0) >= A_NAME:
        # "kata Kamil (19/9/2019)" stays; ", Kami (19/9/2019)" and "pada Kami (19/9/2019)" cannot be meant.
        before = text[max(0, start - 8) : start].rstrip()
        if mention.named_month or not before.endswith((",", " pada", " hari")):
            return
    yield Proposal(start, end, in_case_of(word, WEEKDAY_NAMES[number]), WEEKDAY.name, WEEKDAY.confidence)


MALFORMED = Rule(
    name="date.malformed",
    doc="""Write a broken date as a date, where its weekday, the article's date or the text leave one candidate.

    "(24/10). /2024)", "(10/92019)", "(24/2/2023. Lalu", "92/9/2019)", "(20/4/20229."; what leaves several is reported.
    """,
    date=datetime.date(2024, 10, 25),
    changes={
        # the year cut off by a bracket too many
        "Begitu kata dia, Kamis (24/10). /2024).": "Begitu kata dia, Kamis (24/10/2024).",
        # a lost, doubled or mistyped slash; blanks
        "Laga itu digelar Senin (21/102024) malam.": "Laga itu digelar Senin (21/10/2024) malam.",
        "Ia tiba Rabu (23//10/2024), lalu pulang.": "Ia tiba Rabu (23/10/2024), lalu pulang.",
        "Ia tiba Rabu (23/.10/2024), lalu pulang.": "Ia tiba Rabu (23/10/2024), lalu pulang.",
        "Ia tiba Rabu (23/10.2024), lalu pulang.": "Ia tiba Rabu (23/10/2024), lalu pulang.",
        "Pameran dibuka ( 11/10/ 2024 ) di Solo.": "Pameran dibuka (11/10/2024) di Solo.",
        "Pasar malam Sabtu dan Minggu (26 -27/10/2024).": "Pasar malam Sabtu dan Minggu (26-27/10/2024).",
        # a bracket forgotten, doubled, or typed without the shift key
        "Ia menang pada Selasa (22/10/2024. Lawannya kalah.": "Ia menang pada Selasa (22/10/2024). Lawannya kalah.",
        "Ia menang pada Selasa (22/10. Lawannya kalah.": "Ia menang pada Selasa (22/10). Lawannya kalah.",
        "Ia menang pada Selasa 922/10/2024) malam.": "Ia menang pada Selasa (22/10/2024) malam.",
        "Ia menang pada Selasa (22/10/20240 malam.": "Ia menang pada Selasa (22/10/2024) malam.",
        # a digit too many, too few, wrong, or a letter in its place
        "Rapat berlangsung Jumat (18/10/20242).": "Rapat berlangsung Jumat (18/10/2024).",
        "Rapat berlangsung Jumat (18/10/224).": "Rapat berlangsung Jumat (18/10/2024).",
        "Rapat berlangsung Jumat (18/10/2o24).": "Rapat berlangsung Jumat (18/10/2024).",
        "Rapat berlangsung Kamis (2-/10/2024).": "Rapat berlangsung Kamis (24/10/2024).",
        "Rapat berlangsung Senin 21/10/20242, lalu bubar.": "Rapat berlangsung Senin 21/10/2024, lalu bubar.",
        # both slashes lost
        "Rapat berlangsung Senin (21102024).": "Rapat berlangsung Senin (21/10/2024).",
        # the month missing: the weekday and the article's date decide
        "Hujan turun sejak Kamis (24//2024).": "Hujan turun sejak Kamis (24/10/2024).",
    },
    keeps=(
        "Skor akhir (3/1) untuk tuan rumah, lapor Kamis (24/10).",
        "Festival berlangsung Sabtu dan Minggu (26-27/10/2024).",
        "Pembukaan (17 - 18/10/2024) berjalan lancar.",
        "Menurut UU No. 24/2009 (24/2009) lambang negara dilindungi.",
        "Takaran (1/2 sendok) cukup untuk musim (2019/2020).",
        "Kamis (24/10/2024, pukul 10.00) rapat dimulai.",
        "Nomor registrasinya (1022024), surelnya (20241024).",
    ),
    trigger=("/", _FIGURES),
)

MONTH = Rule(
    name="date.month",
    doc="""Correct a misspelt month between a day and a year: "24 Oktobr 2024".""",
    changes={
        "Lomba dibuka 24 Oktobr 2024 dan ditutup 9 Spetember 2025.": (
            "Lomba dibuka 24 Oktober 2024 dan ditutup 9 September 2025."
        ),
        "Pemilu digelar 14 Febuari 2024.": "Pemilu digelar 14 Februari 2024.",
        "PENGUMUMAN 17 AGUTUS 2024": "PENGUMUMAN 17 AGUSTUS 2024",
    },
    keeps=(
        "Surat itu bertanggal 3 Nopember 2011 dan 9 Pebruari 2012.",
        "Mereka menikah 12 Muharram 2020 dan pindah 4 March 2021.",
        "Ada 12 kasus 2020 yang belum selesai, 5 Agt 2019 ditutup.",
    ),
    trigger=_YEARS,
)

WEEKDAY = Rule(
    name="date.weekday",
    doc="""Correct a misspelt weekday before a date that confirms it: "Kmais (24/10/2024)".""",
    date=datetime.date(2024, 10, 25),
    changes={
        "Begitu katanya, Kmais (24/10/2024).": "Begitu katanya, Kamis (24/10/2024).",
        "Begitu katanya, Selas (22/10).": "Begitu katanya, Selasa (22/10).",
        "Rapat digelar Senn, 21 Oktober 2024.": "Rapat digelar Senin, 21 Oktober 2024.",
    },
    keeps=(
        "Pasar Senen (21/10/2024) ramai, kata Kamil (24/10/2024).",
        "Pameran buka hingga (20/10/2024) di Jakarta Selatan, 22 Oktober 2024.",
        "Begitu katanya, Kmais (23/10/2024).",
    ),
    trigger=("/", *_YEARS),
)

DISAGREES = Rule(
    name="date.disagrees",
    doc="""Correct a date that its weekday contradicts, where just one date is possible; report it otherwise.

    That is where the printed date is no real one or far from the article's own date (`--date-field`), and a single date
    one slip away lies near it; for a month's name, where the same day of another month does. Where the article's date is not
    known, other dates of the text that agree with their weekday stand in.
    """,
    date=datetime.date(2024, 10, 25),
    changes={
        "Ia ditahan Kamis (24/10/2014) malam.": "Ia ditahan Kamis (24/10/2024) malam.",
        "Ia ditahan Rabu (23/1/2024) malam.": "Ia ditahan Rabu (23/10/2024) malam.",
        "Ia ditahan Selasa, 22 Oktober 2025.": "Ia ditahan Selasa, 22 Oktober 2024.",
        "Ia ditahan Selasa, 22 September 2024.": "Ia ditahan Selasa, 22 Oktober 2024.",
    },
    keeps=(
        "Ia ditahan Kamis (23/10/2024) malam.",
        "Ia ditahan Kamis (24/9/2024) malam.",
        "Ia lahir Selasa (5/3/1991) di Solo.",
        "Ia ditahan Kamis (24/10/2024) malam.",
    ),
    trigger=("/", *_YEARS),
)

FINDERS = (Finder((MALFORMED, MONTH, WEEKDAY, DISAGREES), find_dates),)
