"""Boilerplate that a dump showed: lines that repeat in many articles of an outlet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import compress

from .. import kernel
from ..lexicon import Lexicon
from ..rule import Finder, Proposal, Rule
from ..spelling.corrector import Corrector
from ..text import Text
from . import crosslink, removal

BEFORE = frozenset('\n.!?:"”’)]>|•*,')  # what a line may stand behind
LETTERS = 12  # bytes of a line's longest word, at most, that texts are searched for: a choice
STATES = 1 << 16  # of the search for these words, at most: a choice; each takes two kilobytes

Words = tuple[bytes, ...]  # of a line, in UTF-8


def find_learned(text: Text) -> Iterator[Proposal]:
    if not text.lexicon.boilerplate:
        return
    groups, beginnings = _sought(text.lexicon, text.corrector)
    data = text.data
    lines = [words for group in compress(groups, beginnings.found(data)) for words in group if all(w in data for w in words)]
    spans = [span for words in lines for span in occurrences(text.string, _pattern(words))]
    covered = 0
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if end > covered:
            yield removal.taken_out(LEARNED, text.string, max(start, covered), end)
            covered = end


def occurrences(string: str, line: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Find a line where it stands by itself: behind a line end or a mark, or in capitals, and beginning no sentence."""
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
def _sought(lexicon: Lexicon, corrector: Corrector) -> tuple[Sequence[Sequence[Words]], kernel.Literals]:
    """Return the lines to look for, and what tells the texts that may have them. What rules for crosslinks find is left out.

    The lines are in groups whose longest words begin alike: the more lines, the shorter are these beginnings.
    """

    def is_crosslink(line: str) -> bool:
        text = Text(line, None, lexicon, corrector)
        return any(True for finder in crosslink.FINDERS for _ in finder.find(text))

    lines = [line for line in sorted(lexicon.boilerplate) if not is_crosslink(line)]
    words = [tuple(kernel.utf8(line).split()) for line in lines]
    longest = [max(of_line, key=len) for of_line in words]
    letters, states = 1, 1
    while letters < LETTERS and (states := states + len({word[:letters] for word in longest})) <= STATES:
        letters += 1
    groups: dict[bytes, list[Words]] = {}
    for word, of_line in zip(longest, words, strict=True):
        groups.setdefault(word[:letters], []).append(of_line)
    return list(groups.values()), kernel.Literals([(beginning,) for beginning in groups])


@lru_cache(maxsize=1 << 10)
def _pattern(words: Words) -> re.Pattern[str]:
    """Compile the pattern of a line, with any spaces between its words."""
    return re.compile(r"\s+".join(re.escape(word.decode("utf-8", "surrogatepass")) for word in words))


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
