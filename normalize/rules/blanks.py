"""Runs of spaces that a page was set with, between its paragraphs and behind them."""

from __future__ import annotations

from collections.abc import Iterator

from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..text import Text

# Behind a sentence and before another: columns of a table have none there. Two spaces may be a lost link (hole.py).
_BETWEEN = lazy_pattern(r"   (?<! {4}) *+(?=[\"“‘]?[A-Z][a-z])")
_SENTENCE_ENDS = lazy_pattern(r"(?:[^\W_]|[)%])[.!?][\"”’)]*\Z|[\"”’][.!?]?\Z")
_BEHIND = lazy_pattern(r"(?<![ \t])[ \t]{3,}+(?=\n|\Z)")
_REACH = 4  # code points of the end of a sentence


def _blanks(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in _BETWEEN.finditer(string):
        start, end = match.span()
        if _SENTENCE_ENDS.search(string, max(0, start - _REACH), start):
            yield Proposal(start, end, " ", BLANKS.name, BLANKS.confidence)
    for match in _BEHIND.finditer(string):
        if match.start() and string[match.start() - 1] != "\n":
            yield Proposal(*match.span(), "", BLANKS.name, BLANKS.confidence)


BLANKS = Rule(
    name="spacing.blanks",
    doc="""Make three spaces or more between two sentences one, and take them out at the end of a line.""",
    trigger=("   ", "\t\t\t"),
    changes={
        "Warga mengungsi.    Bantuan tiba.": "Warga mengungsi. Bantuan tiba.",
        'Ia pergi.   "Kami siap," katanya.     \nIa pulang.    ': 'Ia pergi. "Kami siap," katanya.\nIa pulang.',
    },
    keeps=("Beras          10\nGula           20", "Daftar:\n    Beras\n    Gula", "Nama   Umur   Kota"),
)

FINDERS = (Finder((BLANKS,), _blanks),)
