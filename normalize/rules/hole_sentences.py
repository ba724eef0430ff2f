"""Sentences in which something was lost: they are taken out where that is chosen."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from ..lazy import lazy_pattern
from ..rule import AnyProposal, Finder, Rule
from ..text import Text
from .hole import LOST, LOST_TEXT, find_gaps

SENTENCE = Rule(
    name="hole.sentence",
    doc="""Take out the sentences with a hole, for those who train models on the texts.""",
    trigger=LOST_TEXT.trigger,
    changes={
        "Hujan turun. Film itu dibintangi oleh , ini kata dia. Warga pulang.": "Hujan turun. Warga pulang.",
        "Ia beralih ke , . Hujan turun.\nWarga pulang.": "Hujan turun.\nWarga pulang.",
    },
    keeps=("Ia datang, lalu pulang. Hujan turun.",),
    tag="holes",
    opt_in="holes",
)

_SENTENCE_END = lazy_pattern(r"[.!?][\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z0-9])|\n")


def find_sentences(text: Text) -> Iterator[AnyProposal]:
    """Find the sentences of a text in which something was lost, each with the space behind it."""
    holes = sorted(one[0] for one in find_gaps(text) if one[2] is None)
    ends = [0, *(match.end() for match in _SENTENCE_END.finditer(text.string)), len(text.string)]
    for start, end in pairwise(ends):
        if bisect_left(holes, start) < bisect_left(holes, end):
            yield start, end - text.string.startswith("\n", end - 1), "", SENTENCE.name, LOST, ""


FINDERS = (Finder((SENTENCE,), find_sentences),)
