"""Exclamation and question marks with a space before them: "Awas ! Air naik", "KABAR BURUK !!SEMUA", "Apa itu ?"."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_letters

from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..text import Text

# Several of them, with a space on each side, are how people chat.
_EXCLAIMED = lazy_pattern(r" !(?<=[A-Za-z]{3} !)(?:!*+(?P<glued>(?=[A-Z][A-Za-z]))|(?=[\s\"”)]|\Z))")
_ASKED = lazy_pattern(r" \?(?<=[A-Za-z]{3} \?)(?=[\s\"”)]|\Z)")
_LONGEST_QUESTION = 150  # code points: a choice
_QUESTION = lazy_pattern(
    r"(?<![\w-])(?i:apa|siapa|mengapa|kenapa|kapan|bagaimana|berapa|(?:di|ke)?mana|[a-z]{3,}kah)(?![\w-])[^.!?\n:]*\Z"
)


def _end_marks(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in _EXCLAIMED.finditer(string):
        start, end = match.span()
        if not text.is_foreign(start, end):
            glued = " " if match["glued"] is not None else ""
            yield Proposal(start, end, string[start + 1 : end] + glued, END_MARK.name, END_MARK.confidence)
    for match in _ASKED.finditer(string):
        start, end = match.span()
        if _QUESTION.search(string, max(0, start - _LONGEST_QUESTION), start) and not text.is_foreign(start, end):
            yield Proposal(start, start + 1, "", END_MARK.name, END_MARK.confidence)


END_MARK = Rule(
    name="spacing.end-mark",
    doc="""Drop the space before exclamation marks, and before question marks where something is asked.""",
    trigger=((ascii_letters, " ", "!?"),),
    changes={
        "KABAR BURUK !!SEMUA WARGA HARUS PERGI !": "KABAR BURUK!! SEMUA WARGA HARUS PERGI!",
        "Apa yang terjadi ? Warga bertanya-tanya.": "Apa yang terjadi? Warga bertanya-tanya.",
    },
    keeps=(
        "Nilai a != b dan if !x tetap.",
        "Rutenya Bogor ? Jalan Raya ? Depok.",
        "Kata ?Hadi? itu hilang.",
        "Mantap !!! Kapan lagi ???",
    ),
)

FINDERS = (Finder((END_MARK,), _end_marks, looks_far=True),)  # at the language around
