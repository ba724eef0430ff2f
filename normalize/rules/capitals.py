"""Capitals of a finger that held the shift key too long: "DIlansir"."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase, ascii_uppercase

from .. import kernel
from ..kernel import CharPattern
from ..lazy import lazy_pattern
from ..lexicon import Lexicon
from ..rule import Finder, Proposal, Rule
from ..text import Text

_COMMON = 100  # uses in the counted corpus
_CAPITALS = kernel.PatternFinder([(CharPattern(ascii_uppercase, (ascii_uppercase,), (ascii_lowercase,) * 3),)])
# Four small letters behind: abbreviations with a suffix, and degrees, are shorter (TNIku, SPd).
_HELD = lazy_pattern(r"[A-Z]([A-Z])(?<![\w@#/.\\_&=-]..)[a-z]{3,}(?![\w@/\\_]|\.\w)")


def _held(text: Text) -> Iterator[Proposal]:
    string = text.string
    (seconds,) = _CAPITALS.offsets(string)
    for match in filter(None, (_HELD.match(string, second - 1) for second in seconds)):
        low = match[0].lower()
        if _is_word(low, text.lexicon) and not text.corrector.segmentation.may_be_english(low[1:]):
            at = match.start(1)
            yield Proposal(at, at + 1, match[1].lower(), HELD.name, HELD.confidence)


def _is_word(low: str, lexicon: Lexicon) -> bool:
    """Whether a word is known as a whole, and less so without its first letter: CPagar."""
    whole = max(lexicon.words.get(low, 0), lexicon.names.get(low, 0))
    rest = max(lexicon.words.get(low[1:], 0), lexicon.names.get(low[1:], 0))
    return whole >= _COMMON and whole > rest


HELD = Rule(
    name="spelling.capital",
    doc="""Make the second capital of a word small, "DIlansir".""",
    trigger=((ascii_uppercase, ascii_uppercase, ascii_lowercase),),
    changes={
        "DIlansir Antara, vaksin COvid-19 tiba di INdonesia.": "Dilansir Antara, vaksin Covid-19 tiba di Indonesia.",
    },
    keeps=("PT PStore, IPhone, MNurs, KBizoom, DPRnya, TNIku dan Grup CPagar di akun @INdonesia.",),
)

FINDERS = (Finder((HELD,), _held),)
