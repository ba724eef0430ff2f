"""Runs of spaces that a page was set with, between its paragraphs and behind them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from string import ascii_uppercase

from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..text import Text

# Behind a sentence and before another: columns of a table have none there. Two spaces may be a lost link (hole.py).
_BETWEEN = lazy_pattern(r"   (?<! {4}) *+(?=[\"“‘]?[A-Z][a-z])")
_BEFORE_QUOTATION = lazy_pattern(r"  (?<! {3})(?=[“‘][A-Z])")
_INDENT = lazy_pattern(r"\n (?=[\"“]?[A-Z][a-z])")
_INDENT_OF_TEXT = lazy_pattern(r" (?=[\"“]?[A-Z][a-z])")
_MOST_INDENTED = 4  # a line in so many: where more are, the page was set so (a choice)
_SENTENCE_ENDS = lazy_pattern(r"(?:[^\W_]|[)%])[.!?][\"”’)]*\Z|[\"”’][.!?]?\Z")
_SHORTEST_BEHIND = 3  # spaces or tabs at the end of a line
_REACH = 4  # code points of the end of a sentence


def _blanks(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in chain(_BETWEEN.finditer(string), _BEFORE_QUOTATION.finditer(string)):
        start, end = match.span()
        if _SENTENCE_ENDS.search(string, max(0, start - _REACH), start):
            yield Proposal(start, end, " ", BLANKS.name, BLANKS.confidence)
    end = -1
    for line in string.split("\n"):
        end += 1 + len(line)
        blank = len(line) - len(line.rstrip(" \t"))
        if _SHORTEST_BEHIND <= blank < len(line):
            yield Proposal(end - blank, end, "", BLANKS.name, BLANKS.confidence)


def _indent(text: Text) -> Iterator[Proposal]:
    string = text.string
    if _INDENT_OF_TEXT.match(string):
        yield Proposal(0, 1, "", INDENT.name, INDENT.confidence)
    lines = string.count("\n")  # a single character is counted in a tenth of the time
    indented = lines and string.count("\n ")
    if indented and _MOST_INDENTED * indented <= lines:
        for match in _INDENT.finditer(string):
            yield Proposal(match.end() - 1, match.end(), "", INDENT.name, INDENT.confidence)


BLANKS = Rule(
    name="spacing.blanks",
    doc="""Make many spaces between two sentences one, and take out those at the ends of lines.

    Three or more, or two before a quotation; three or more at the end of a line.""",
    trigger=("   ", "\t\t\t", "  “", "  ‘"),
    changes={
        "Warga mengungsi.    Bantuan tiba.": "Warga mengungsi. Bantuan tiba.",
        "Warga pergi.  “Kami siap,” kata Budi.": "Warga pergi. “Kami siap,” kata Budi.",
        'Ia pergi.   "Kami siap," katanya.     \nIa pulang.    ': 'Ia pergi. "Kami siap," katanya.\nIa pulang.',
    },
    keeps=("Beras          10\nGula           20", "Daftar:\n    Beras\n    Gula", "Nama   Umur   Kota"),
)

INDENT = Rule(
    name="spacing.indent",
    doc="""Take out the space before a paragraph, where few lines begin with one.""",
    trigger=tuple(("\n", " ", first) for first in (ascii_uppercase, '"“')),
    changes={
        " Warga pergi.": "Warga pergi.",
        "Warga pergi.\n Bantuan tiba.\nHujan.\nJalan.\nReda.": "Warga pergi.\nBantuan tiba.\nHujan.\nJalan.\nReda.",
    },
    keeps=("Di langit\n Ada awan\n Ada bulan",),
)

FINDERS = (Finder((BLANKS,), _blanks), Finder((INDENT,), _indent, looks_far=True))
