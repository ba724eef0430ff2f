"""Boilerplate that a dump showed: lines that repeat in many articles of an outlet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import compress

from .. import kernel
from ..lexicon import Lexicon
from ..rule import Finder, Proposal, Rule
from ..text import Corrector, Text
from . import crosslink

BEFORE = frozenset('\n.!?:"”’)]>|•*,')  # what a line may stand behind
LETTERS = 12  # of a line's longest word by which texts that may have it are told: the search takes a kilobyte for each


def find_learned(text: Text) -> Iterator[Proposal]:
    if not text.lexicon.boilerplate:
        return
    lines, words = _sought(text.lexicon, text.corrector)
    spans = [span for line in compress(lines, words.found(text.data)) for span in occurrences(text.string, line)]
    covered = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end > covered:
            yield crosslink.taken_out(LEARNED, text.string, max(start, covered), end)
            covered = end


def occurrences(string: str, line: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where a line stands by itself: behind a line end or a mark, or in capitals, and not as a sentence's beginning."""
    for match in line.finditer(string):
        start, end = match.span()
        before = string[max(0, start - 3) : start].rstrip(" ")[-1:]
        is_begun = not before or before in BEFORE or (match[0].isupper() and not string[start - 1].isalnum())
        if is_begun and (not match[0][-1].isalnum() or not _goes_on(string, end)):
            yield start, end


def _goes_on(string: str, end: int) -> bool:
    following = string[end : end + 2].lstrip(" ")[:1]
    return string[end : end + 1].isalnum() or following.islower()


@lru_cache(maxsize=4)
def _sought(lexicon: Lexicon, corrector: Corrector) -> tuple[Sequence[re.Pattern[str]], kernel.Literals]:
    """The lines to look for, but for those that a rule for crosslinks finds, and what tells the texts that may have them."""

    def is_crosslink(line: str) -> bool:
        text = Text(line, None, lexicon, corrector)
        return any(True for finder in crosslink.FINDERS for _ in finder.find(text))

    lines = [line.split() for line in sorted(lexicon.boilerplate) if not is_crosslink(line)]
    patterns = [re.compile(r"\s+".join(map(re.escape, words))) for words in lines]
    longest = [max(words, key=len)[:LETTERS].encode("utf-8", "surrogatepass") for words in lines]
    return patterns, kernel.Literals([(word,) for word in longest])


LEARNED = Rule(
    name="boilerplate.learned",
    doc="""Take out lines that a dump was found to repeat in many articles of an outlet in the same place.

    The lines are those of boilerplate.tsv in the folder that `normalize learn` wrote and that is given as `--learned`. What
    the rules for crosslinks know is left to them.""",
    changes={
        "Warga mengungsi. PT Kabar Contoh Jaya. Jl. Contoh No. 1": "Warga mengungsi.",
        "Harian Contoh - Kabar dari Kita\nHujan turun.": "Hujan turun.",
    },
    keeps=(
        "Warga menggugat PT Kabar Contoh Jaya.",
        "Harian Contoh - Kabar dari Kita sudah tidak terbit.",
        "Ia pindah ke Jl. Contoh No. 1.",
    ),
    trigger=(),
    tag="boilerplate",
    learned=("PT Kabar Contoh Jaya.", "Jl. Contoh No. 1", "Harian Contoh - Kabar dari Kita"),
)
FINDERS = (Finder((LEARNED,), find_learned),)
