"""Capitalised words that were typed twice: a title before a name, a weekday, a month, the sign of a currency.

Words in small letters that stand twice are the corrector's (spelling/repeats.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from ..dates.calendar import MONTH_NAMES, WEEKDAY_NAMES
from ..rule import Finder, Proposal, Rule
from ..spelling.place import before
from ..text import Text
from .removal import matches_of

# Before a name, or the rest of an office's. Not "Kota" (Kota Kota Tua), nor what several names may follow (Kelurahan
# Kelurahan A dan B). Of 9 behind a word in small letters and before a capital all were typed twice, of 14 "Rp Rp" too.
TITLES = tuple(
    """
    Anggota Badan Bandara Bupati Desa Dinas Direktur Gubernur Kapolda Kapolres Kapolsek Kementerian Kepala Ketua Komisi
    Menteri Pengadilan Polda Polres Polsek Presiden Provinsi Sekretaris Stadion Universitas Wakil
    """.split()
)
BEFORE_NAME, BEFORE_DAY, BEFORE_YEAR = r" (?=[A-Z][a-z])", r"(?=,? (?:\(\d|\d))", r"(?= (?:19|20)\d\d\b)"
REPEATED = {
    **{f"{title} {title}": BEFORE_NAME for title in TITLES},
    **{f"{day}{joint}{day}": BEFORE_DAY for day in WEEKDAY_NAMES for joint in (" ", ", ")},
    **{f"{month} {month}": BEFORE_YEAR for month in MONTH_NAMES},
    "Rp Rp": r"\.? ?(?=\d)",
}
repeated_in = matches_of(REPEATED)


def find_repeated(text: Text) -> Iterator[Proposal]:
    """Yield the first of the two, with the space behind it."""
    string = text.string
    for match in repeated_in(text):
        start = match.start()
        first = match[0].partition(" ")[0].rstrip(",")
        left = before(string, start)
        is_inside = string[start - 1 : start] == " " and (left.islower() or left.isdecimal())
        if not (is_inside or (first not in TITLES and string[start - 1 : start] in ("", " ", "\n", "("))):
            continue
        second = string.index(first, start + len(first))
        if not text.is_foreign(start, second):
            yield Proposal(start, second, "", REPEATED_TITLE.name, REPEATED_TITLE.confidence)


REPEATED_TITLE = Rule(
    name="spelling.repeated-title",
    doc="""Write once a title before a name, a weekday, a month or "Rp" that was typed twice.""",
    changes={
        "Ia menyampaikan itu kepada Presiden Presiden Prabowo.": "Ia menyampaikan itu kepada Presiden Prabowo.",
        "Warga tiba pada Minggu Minggu (11/4/2021) sore.": "Warga tiba pada Minggu (11/4/2021) sore.",
        "Sejak September September 2020 hunian naik.": "Sejak September 2020 hunian naik.",
        "Tarifnya Rp Rp 29.000 sekali jalan.": "Tarifnya Rp 29.000 sekali jalan.",
    },
    keeps=(
        "Ia bertemu Wali Kota Kota Solo dan Wakil Menteri Menteri Industri.",
        "Penyanyi Mei Mei membawakan lagu Jalan Jalan.",
        "Jadwalnya Senin, Senin depan, dan Selasa.",
        "Ia bertanya kepada Presiden, Presiden Prabowo menjawab.",
    ),
    trigger=tuple(REPEATED),
)

FINDERS = (Finder((REPEATED_TITLE,), find_repeated, looks_far=True),)
