"""Characters that a conversion lost: it put U+FFFD or a question mark for each that the target could not hold."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_letters, ascii_lowercase, digits

from ..lazy import lazy_pattern
from ..rule import BEYOND_ASCII, Finder, Proposal, Rule
from ..text import Text
from ..tokens import in_address

# A letter in a word, "deng?n"; what stood before a word, "?man?" in quotes, or a picture before a tag, "????#MotoGP"; words
# of another script, "??? ????".
_MARKS = lazy_pattern(
    r"\?(?:"
    r"(?P<inside>(?<=[^\W_]\?)\?*+(?=[a-z]))"
    r"|(?<![^\s(\[\"“]\?)(?:\?*+(?=[A-Za-z#@])|\?*+(?: +\?+(?!\S))++)"
    r")"
)
_REPLACED = lazy_pattern("\ufffd+")
_LETTERS = lazy_pattern(r"[^\W\d_]*")
_WORD_BEFORE = lazy_pattern(r"[^\W_]+\Z")
_SHORTEST, _LONGEST = 2, 30  # letters of a word


def _lost(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in _REPLACED.finditer(string):
        yield _told(*match.span())
    for match in _MARKS.finditer(string):
        start, end = match.span()
        if not in_address(string, 0, start) and not (match["inside"] is not None and _is_question(text, start, end)):
            yield _told(start, end)


def _is_question(text: Text, start: int, end: int) -> bool:
    """Whether the marks in [start, end) end a question that the next word stands against: "kenapa?karena"."""
    words = text.lexicon.words
    before = _WORD_BEFORE.search(text.string, max(0, start - _LONGEST), start)
    behind = _LETTERS.match(text.string, end)
    if not before or not behind or len(behind[0]) < _SHORTEST:
        return False
    return (before[0].isdecimal() or before[0].lower() in words) and behind[0].lower() in words


def _told(start: int, end: int) -> Proposal:
    return Proposal(start, end, None, LOST.name, LOST.confidence)


LOST = Rule(
    name="characters.lost",
    doc="""Tell where a conversion lost characters: it put U+FFFD for them, or question marks.

    The text does not show what stood there, so nothing is changed.""",
    trigger=(
        "\ufffd",
        (ascii_letters + digits + BEYOND_ASCII, "?", ascii_lowercase),
        (" \n", "?", ascii_letters + "#@?"),
        ("?", " ", "?"),
    ),
    changes={text: text for text in ("Cu?itan ?Hadi? itu.", "Ia v�tan.", "Doa itu ??? ???? ?? dibaca ????#Amin.")},
    keeps=(
        "Kenapa?karena ia lupa. Benarkah ??? Apa??Itu saja.",
        "Lihat https://contoh.id/cari?kata=senja dan contoh.id/berita?page=2.",
    ),
)

FINDERS = (Finder((LOST,), _lost),)
