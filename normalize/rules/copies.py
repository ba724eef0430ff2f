"""Repairs from copies: where other texts of a dump have the same passage, they may have the word that this one lost.

`normalize learn --copies` wrote down places, each by the words around it, where a text has a word that nobody knows, a date
that the calendar contradicts, or a hole, and where other texts, with the same words around it, have something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from string import ascii_letters

from ..dates.calendar import WEEKDAY_NAMES, weekday_of
from ..lazy import lazy_pattern
from ..lexicon import Copy, Lexicon
from ..rule import Finder, Proposal, Rule
from ..spelling.place import occurrences
from ..text import Text
from ..tokens import context_hash, scan
from . import hole

# Words on each side of a place that must be the same (choices): of a slip the word itself tells something, too.
REACH = {"word": 3, "date": 6, "hole": 6}
LONGEST_GAP = 40  # code points between the words around a hole, a choice
LETTERS = frozenset(ascii_letters)
DATE = lazy_pattern(rf"({'|'.join(WEEKDAY_NAMES)}),? ?\(([^()A-Za-z]{{3,14}})\)", re.ASCII)
_WITHOUT_YEAR = lazy_pattern(r"\d\d?/\d\d?", re.ASCII)


def contradicts_calendar(date: re.Match[str]) -> bool:
    """Whether a match of DATE is no date, or falls on another weekday; False for one without a year."""
    return not _WITHOUT_YEAR.fullmatch(date[2]) and weekday_of(date[2]) != WEEKDAY_NAMES.index(date[1])


def gap(string: str, start: int, end: int) -> tuple[int, int] | None:
    """Widen [start, end) to the ASCII letters on both sides; None where these are too far away."""
    least, most = max(start - LONGEST_GAP, 0), min(end + LONGEST_GAP, len(string))
    while start > least and string[start - 1] not in LETTERS:
        start -= 1
    while end < most and string[end] not in LETTERS:
        end += 1
    return (start, end) if start > least and end < most else None


def find_words(text: Text) -> Iterator[Proposal]:
    for word in _words(text.lexicon).intersection(scan(text.data)) if text.lexicon.copies else ():
        form = word.decode()
        for start in occurrences(text.string, form):
            end = start + len(form)
            copy = _copy(text, "word", start, end)
            if copy and copy.found == form:
                yield Proposal(start, end, copy.meant, WORD.name, WORD.confidence)


def find_dates(text: Text) -> Iterator[Proposal]:
    for match in DATE.finditer(text.string) if text.lexicon.copies else ():
        copy = _copy(text, "date", *match.span()) if contradicts_calendar(match) else None
        if copy and copy.found == match[0]:
            note = f"{copy.source} has {copy.meant!r} here"
            yield Proposal(*match.span(), None, DATES.name, DATES.confidence, note)


def find_holes(text: Text) -> Iterator[Proposal]:
    for proposal in hole.find_gaps(text) if text.lexicon.copies else ():
        span = gap(text.string, *proposal[:2]) if proposal[2] is None else None
        if span and (copy := _copy(text, "hole", *span)):
            note = f"{copy.source} has {copy.meant.strip()!r} here"
            yield Proposal(*span, None, HOLE.name, HOLE.confidence, note)
            yield Proposal(*span, copy.meant, FILL.name, FILL.confidence)


@lru_cache(maxsize=4)
def _words(lexicon: Lexicon) -> frozenset[bytes]:
    """The words that copies have otherwise, wherever they stand."""
    return frozenset(copy.found.encode() for copy in lexicon.copies.values() if copy.kind == "word")


def _copy(text: Text, kind: str, start: int, end: int) -> Copy | None:
    """Look up what copies have at [start, end); None for no place in doubt."""
    copy = text.lexicon.copies.get(context_hash(text.string, start, end, REACH[kind]))
    return copy if copy and copy.kind == kind else None


def _example(kind: str, text: str, found: str, meant: str) -> Mapping[str, Copy]:
    start = text.index(found)
    return {context_hash(text, start, start + len(found), REACH[kind]): Copy(kind, found, meant, 3, 1, "berita.jsonl:7")}


WORD = Rule(
    name="copies.word",
    doc="""Mend a word that most copies of the text have otherwise: a slip that nothing else shows.

    Copies are other texts of the dump that `normalize learn --copies` went over, with the same three words on each side. The
    word is known nowhere, what they have is one or two slips away from it, and at least as many of them have that.""",
    changes={
        "Presiden terpilih itu, Sumrno Wijayadi, tiba sore ini.": "Presiden terpilih itu, Sumarno Wijayadi, tiba sore ini.",
    },
    keeps=("Ia menyapa Sumrno Wijayadi yang lain di pasar pagi ini.",),
    trigger=(),
    copies=_example("word", "Presiden terpilih itu, Sumrno Wijayadi, tiba sore ini.", "Sumrno", "Sumarno"),
)

_DATED = "Menurut dia, jalan itu sudah dibuka sejak Selasa (3/1/2022) dan kini ramai dilalui truk besar."

DATES = Rule(
    name="copies.date",
    doc="""Tell what copies of the text have where it has a date that the calendar contradicts, and where such a copy is.

    Six words on each side are the same in them, and the calendar does not contradict theirs, which is another in one part.
    It stays a remark: articles that are written after one pattern look like copies.""",
    changes={_DATED: _DATED},
    keeps=("Kata dia, pasar itu sudah tutup sejak Selasa (3/1/2022) dan kini ramai dilalui truk besar.",),
    trigger=(),
    copies=_example("date", _DATED, "Selasa (3/1/2022)", "Selasa (3/1/2023)"),
)

_HOLED = "Film yang tayang tahun lalu itu dibintangi oleh , ini kata sutradara dalam acara itu."
_FILLED = "Film yang tayang tahun lalu itu dibintangi oleh Sari Dewi, ini kata sutradara dalam acara itu."
_IN_COPIES = _example("hole", _HOLED, " , ", " Sari Dewi, ")

HOLE = Rule(
    name="copies.hole",
    doc="""Tell what copies of the text have where it has a hole, and where such a copy is.

    Six words on each side are the same in them, and they agree.""",
    changes={_HOLED: _HOLED},
    keeps=("Buku itu dibaca oleh , ini kata penerbit.",),
    trigger=(),
    copies=_IN_COPIES,
)

FILL = Rule(
    name="copies.fill",
    doc="""Fill a hole with what copies of the text have there.""",
    changes={_HOLED: _FILLED},
    keeps=("Film itu sudah tayang, kata sutradara.",),
    trigger=(),
    opt_in="fill-holes",
    copies=_IN_COPIES,
)

FINDERS = (Finder((WORD,), find_words), Finder((DATES,), find_dates), Finder((HOLE, FILL), find_holes))
