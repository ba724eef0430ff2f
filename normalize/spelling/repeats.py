"""A word that stands twice side by side: typed twice (yang yang), or one that lost its hyphen (masing masing).

A closed list tells which it is (dictionaries/repeats.tsv), and grammar: a verb with a prefix is never doubled whole
(menari-nari). All others stay as they are: a word may be repeated on purpose (langsung langsung, happy happy).
"""

from __future__ import annotations

from ..lazy import lazy_pattern
from ..lexicon import Lexicon
from .morphology import VERBAL, analyses
from .place import before, is_tied

COUNTED = "counted"
MIN_VERB = 500  # uses in the counted corpus of such a verb: a choice
# Behind these a noun stands once, so that its second time is no plural: "salah satu rumah rumah".
OF_ONE = frozenset(("satu", "seorang", "sebuah", "setiap", "tiap", "suatu", "seekor"))
# What is counted stands once behind a number: "20 tahun tahun".
UNITS = frozenset(
    """
    anggota bulan derajat dolar gram hari hektare jam juta kali kilogram kilometer liter menit meter miliar minggu
    pekan persen poin ribu rupiah tahun triliun unit
    """.split()
)
COUNTED_ONCE = UNITS | {"satu"}  # "salah satu satu"
BY_NEIGHBOURS = "by neighbours"
# Words that are doubled with a hyphen, too (kata-kata, oleh-oleh, yang tidak-tidak): once where what stands before the two
# and what stands behind them is this.
ONCE_BETWEEN = {
    "bukan": (lazy_pattern(r"(?<![Yy]ang) \Z"), lazy_pattern(" [a-z]")),
    "ini": (lazy_pattern(r"[a-z] \Z"), lazy_pattern(" (?!yang|saja|aja|lagi|melulu)[a-z]")),
    "itu": (lazy_pattern(r"(?<![Yy]ang) \Z"), lazy_pattern(" (?!yang|saja|aja|lagi|melulu|juga)[a-z]")),
    "kata": (lazy_pattern(r"[\"”] ?\Z"), lazy_pattern(" ")),
    "lebih": (lazy_pattern(r"[a-z] \Z"), lazy_pattern(r" dari\b")),
    "oleh": (lazy_pattern(r"\bdi[a-z]{3,} \Z"), lazy_pattern(" ")),
    "saat": (lazy_pattern(" "), lazy_pattern(r" ini\b")),
    "salah": (lazy_pattern(" "), lazy_pattern(" satu")),
    "tidak": (lazy_pattern(r"(?<![Yy]ang) \Z"), lazy_pattern(" [a-z]")),
}
REACH = 20  # code points before the two that are looked at
SEVERAL = lazy_pattern(r"[0-9]|(?:dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|puluh|belas|ratus|ribu)\Z")


def meant(word: str, lexicon: Lexicon) -> str:
    """Decide how a lower-case `word` that stands twice is meant: "once", with a "hyphen", or "" as it is.

    COUNTED: once where a number stands before it. BY_NEIGHBOURS: once between the words of ONCE_BETWEEN.
    """
    listed = lexicon.repeats.get(word, "")
    if word in COUNTED_ONCE:
        return listed or COUNTED
    if word in ONCE_BETWEEN:
        return BY_NEIGHBOURS
    if listed or lexicon.words.get(word, 0) < MIN_VERB or word in lexicon.roots:
        return listed
    return (
        "once"
        if any(analysis.prefix in VERBAL and analysis.prefix != "ter" for analysis in analyses(word, lexicon.roots))
        else ""
    )


def _may_be_mended(text: str, word: str, start: int, end: int) -> bool:
    """Whether [start, end) of `text`, `word` and a space and it again, is all there is: no third time, no address."""
    left = before(text, start)
    if is_tied(text, start, end) or left.lower() == word or "-" in (text[max(0, start - 1) : start], text[end : end + 1]):
        return False
    return not text.startswith(word, end + 1)


def kind(how: str, text: str, word: str, start: int) -> str:
    """Decide about a `word` that stands twice from `start` on, and is meant `how`: "once", "hyphen", "" as it is."""
    if not _may_be_mended(text, word, start, start + 2 * len(word) + 1):
        return ""
    if how == BY_NEIGHBOURS:
        before_it, behind_it = ONCE_BETWEEN[word.lower()]
        is_once = before_it.search(text, max(0, start - REACH), start) and behind_it.match(text, start + 2 * len(word) + 1)
        return "once" if is_once else ""
    if how == "once" or not _is_counted(text, word.lower(), start):
        return "" if how == COUNTED else how
    return "once" if word.lower() in COUNTED_ONCE else ""


def _is_counted(text: str, word: str, start: int) -> bool:
    """Whether a number stands before `word` at `start`, or a word that is followed by one thing: no plural follows these."""
    left = before(text, start).lower()
    return left == "salah" if word == "satu" else left in OF_ONE or SEVERAL.search(left) is not None
