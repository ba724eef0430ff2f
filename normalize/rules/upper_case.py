"""Slips in sentences all in capitals: "GUBERNUR MENGTAKAN HAL ITU"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from string import ascii_uppercase

from .. import kernel
from ..edit import Edit
from ..kernel import CharPattern
from ..language.judge import Judge
from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..spelling.boundaries import PREPOSITIONS
from ..spelling.corrector import Corrector
from ..spelling.place import NAMED, before
from ..spelling.segmentation import SHORT_PARTS
from ..text import Text
from . import spelling

_GAPS = kernel.PatternFinder([(CharPattern(" ", (ascii_uppercase,) * 2, (ascii_uppercase,) * 2),)])
_LONGEST_BETWEEN = 12  # letters of the second of three words
_RUN = lazy_pattern(r"[A-Z ,-]*(?![^\W_])(?<=[A-Z])")
_IN_RUN = frozenset(f"{ascii_uppercase} ,-")
NO_NAMES = SHORT_PARTS | {*PREPOSITIONS}  # names are hardly ever made of these, nor of a noun in -an with so many letters
LONG_NOUN = 8  # a choice: it has a prefix, too
MEMO, LONGEST_KEPT = 1 << 12, 100  # sentences that are remembered, and the code points of one: choices
LEAST_WORDS = 3  # that are known, and half of all words, in one run with the slip: a choice
# Capitals do not tell a name from a word, so a slip must be surer here than elsewhere. Of 28 edits in 124 MB of news that
# have this confidence 28 were right; of 6 below it 3 were no slips (PRIYATIN, AHOAX, SERIE AMINGGU).
LEAST_CONFIDENCE = 0.96

Slip = tuple[int, int, str]  # start, end and what it becomes


def find_upper_case(text: Text) -> Iterator[Proposal]:
    """Yield the corrections of sentences all in capitals, as they would be in small letters."""
    remembered = _memo_of(text.corrector, text.judge)
    for start, end in _runs(text.string):
        run = text.string[start:end].lower()
        if (slips := remembered.get(run)) is None:
            slips = _slips(text, run)
            if len(run) <= LONGEST_KEPT:
                remembered[run] = slips
        for first, last, after in slips:
            yield Proposal(start + first, start + last, after, UPPER_CASE.name, UPPER_CASE.confidence)
    if len(remembered) >= MEMO:
        remembered.clear()


@lru_cache(maxsize=4)
def _memo_of(corrector: Corrector, judge: Judge | None) -> dict[str, list[Slip]]:
    """Return what is remembered of sentences: two in three stand in many texts, as they are a site's own."""
    return {}


def _slips(text: Text, run: str) -> list[Slip]:
    """List the slips of a sentence that is in small letters, each with what it becomes in capitals."""
    lexicon, words = text.lexicon, run.replace(",", " ").split()
    if sum(word in lexicon.words for word in words) < max(LEAST_WORDS, len(words) / 2):
        return []
    sentence = text.edited(run.capitalize() + ".")
    return [
        (edit.start, edit.end, edit.after.upper())
        for edit in text.corrector.of_all_rules.corrections(sentence.string, sentence.data)
        if edit.confidence >= LEAST_CONFIDENCE
        and not _may_be_a_name(sentence, edit)
        and not sentence.is_foreign(edit.start, edit.end, edit.after)
    ]


def _may_be_a_name(sentence: Text, edit: Edit) -> bool:
    """Whether what is to be changed in a sentence in small letters may be a name: SUNGAINANGKA, KEDONGDONG, PULAU NITU.

    Names are made of short nouns and adjectives: a verb with a prefix, a function word and PERNYATAAN are surely none.
    """
    found, meant, corrector = edit.before.lower(), edit.after.lower(), sentence.corrector
    is_doubled = edit.rule == spelling.REDUPLICATION.name and found != " "
    if is_doubled or any(part in sentence.lexicon.names for part in found.split()):
        return True
    if not found.isalpha():
        return False
    ahead = before(sentence.string, edit.start)
    if ahead in NAMED and not corrector.pair_count(ahead, meant):
        return True
    if " " in meant:
        parts = meant.split()
        is_derived = any(len(part) >= LONG_NOUN and part.endswith("an") for part in parts)
        return not is_derived and not any(part in NO_NAMES or corrector.segmentation.is_verb(part) for part in parts)
    return sentence.lexicon.is_rather_a_name(meant) and meant not in sentence.lexicon.words


def _runs(string: str) -> Iterator[tuple[int, int]]:
    """Yield where words all in capitals stand side by side, each run once, in whole words."""
    end = 0
    for start, next_gap in pairwise(_GAPS.offsets(string)[0]):
        if start < end or next_gap - start > _LONGEST_BETWEEN + 1 or not _is_upper_case(string[start + 1 : next_gap]):
            continue
        while start > end and string[start - 1] in _IN_RUN:
            start -= 1
        if string[start - 1 : start].isalnum():
            start = string.index(" ", start) + 1
        if run := _RUN.match(string, start):
            end = run.end()
            yield start, end


def _is_upper_case(piece: str) -> bool:
    """Whether all of `piece` are capitals in ASCII."""
    return piece.isupper() and piece.isalpha() and piece.isascii()


UPPER_CASE = Rule(
    name="spelling.upper-case",
    doc="""Mend a slip in a sentence all in capitals, as it is mended in small letters.""",
    changes={
        "GUBERNUR MENGTAKAN HAL ITU DI RUMAHNYA.": "GUBERNUR MENGATAKAN HAL ITU DI RUMAHNYA.",
        "KAMI MINTA WARGA TETAP DIRUMAH SAJA.": "KAMI MINTA WARGA TETAP DI RUMAH SAJA.",
    },
    keeps=(
        "WARGA MOJOTENGAH DAN PULAU NITU BERTEMU GUBERNUR KOFIFAH.",
        "PASAR IKAN DI CILACAP DIBUKA LAGI.",
        "KONTRIBUTOR KENDAL, SLAMET PRIYATIN",
        "PT BANK DKI TBK.",
    ),
    trigger=(((ascii_uppercase,) * 3 + (" ",) + (ascii_uppercase,) * 3),),
)

FINDERS = (Finder((UPPER_CASE,), find_upper_case, looks_far=True),)
