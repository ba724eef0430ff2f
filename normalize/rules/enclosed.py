"""Spaces inside brackets and quotation marks, where a tag stood around what is enclosed: "( pause )", "“ akun ”"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from string import ascii_letters, ascii_uppercase, digits, whitespace

from ..lazy import lazy_pattern
from ..rule import BEYOND_ASCII, Finder, Proposal, Rule
from ..text import Text
from .spacing import SPEAKS, SPEECH

LONGEST = 2_000  # code points that are enclosed: a choice
# What is enclosed begins and ends with more than a mark: "( , )" has lost a link.
_BRACKETS = lazy_pattern(rf"\((?P<open> ?)(?=@?[^\W_])[^()\n]{{0,{LONGEST}}}?[^\W_]/?(?P<close> ?)\)")
_CURLY = lazy_pattern(rf"“(?P<open> ?)(?=[\[(@#]?[^\W_])[^“”\n]{{0,{LONGEST}}}?[^\W\d_][.,!?]?(?P<close> ?)”")
# A number before the mark may be a size, 7”, but behind a space on the other side, too.
_NUMBERED = lazy_pattern(rf"“(?P<open> )(?=@?[^\W_])[^“”\n]{{0,{LONGEST}}}?\d[.,!?]?(?P<close> )”")
_SQUARE = lazy_pattern(r"\[(?P<open> )(?=[^\W\d_]{2})[^\[\]\n]{0,80}?[^\W\d_]{2}(?P<close> )\]")  # not of code: [ 1 ], [ x ]


def _enclosed(text: Text) -> Iterator[Proposal]:
    string = text.string
    for pattern in (_BRACKETS, _CURLY, _NUMBERED, _SQUARE):
        for match in pattern.finditer(string):
            for start, end in (match.span("open"), match.span("close")):
                if start < end:
                    yield Proposal(start, end, "", ENCLOSED.name, ENCLOSED.confidence)


ENCLOSED = Rule(
    name="spacing.enclosed",
    doc="""Take out the space between a bracket or curly quote and what it encloses.""",
    trigger=(
        ("(", " ", ascii_letters + digits),
        ("[", " ", ascii_letters),
        (ascii_letters + digits, " ", ")"),
        ("“", " ", ascii_letters + digits + "[(@#"),
        (ascii_letters + ".,!?", " ", "”"),
    ),
    changes={
        "Video itu dijeda ( pause ) oleh akun “ warga_bogor ”.": "Video itu dijeda (pause) oleh akun “warga_bogor”.",
        "Akun “ warga08 ” di situs ( contoh.id/ ) itu [ arsip ].": "Akun “warga08” di situs (contoh.id/) itu [arsip].",
    },
    keeps=(
        "Kementerian itu ( ,) dan akun “ ” tidak ada.",
        "Ia berkata, “Kami punya layar 7 ” lalu pulang. Daftarnya [ 1, 2 ] dan [ x ].",
    ),
)

# --- In straight quotes ----------------------------------------------------------------------------------------------

_QUOTE = lazy_pattern('"')
_CLOSED_BY_SPACE = lazy_pattern(rf"\"(?<= \") ?{SPEAKS}")
_OPENED_BY_SPACE = lazy_pattern(r"\" [A-Z](?<!\S\" .)")
_SPACES = whitespace + "\x1c\x1d\x1e\x1f" + BEYOND_ASCII
_FIRST_OF_SPEECH = "".join(sorted({word[0] for word in SPEECH.split("|")}))
_SAID = lazy_pattern(rf"\" ?{SPEAKS}")
_TAKEN = lazy_pattern(r"[^\W_]")
_OPENS_BEHIND = frozenset(" (\n“-–—")
_FOLLOWS = frozenset(" .,;:!?)\n”")


def _quoted(text: Text) -> Iterator[Proposal]:
    """Yield the spaces inside straight quotes of speech: the odd quotes of a paragraph open, the even ones close."""
    string = text.string
    if not _CLOSED_BY_SPACE.search(string) and not _OPENED_BY_SPACE.search(string):
        return
    for start, end in pairwise([0, *(match.end() for match in re.finditer("\n", string)), len(string)]):
        quotes = [match.start() for match in _QUOTE.finditer(string, start, end)]
        if len(quotes) % 2 or not quotes:
            continue
        pairs = list(zip(quotes[::2], quotes[1::2], strict=True))
        if not all(_is_quotation(string, first, last) for first, last in pairs):
            continue
        for first, last in pairs:
            if not _SAID.match(string, last) or text.is_foreign(last, last + 1):
                continue
            if string[first + 1] == " ":
                yield Proposal(first + 1, first + 2, "", QUOTED.name, QUOTED.confidence)
            if string[last - 1] == " ":
                yield Proposal(last - 1, last, "", QUOTED.name, QUOTED.confidence)


def _is_quotation(string: str, first: int, last: int) -> bool:
    """Whether the quotes at `first` and `last` enclose words, and nothing outside stands against them."""
    inside = string[first + 1 : last]
    text = inside.strip(" ")
    return (
        len(inside) <= len(text) + 1 + (inside[:1] == " " == inside[-1:])  # one space on a side at most
        and _TAKEN.match(text) is not None
        and (first == 0 or string[first - 1] in _OPENS_BEHIND)
        and (last + 1 == len(string) or string[last + 1] in _FOLLOWS or _SAID.match(string, last) is not None)
    )


QUOTED = Rule(
    name="spacing.quoted",
    doc="""Take out the space between straight quotes and what someone says.""",
    trigger=(
        (_SPACES, '"', " ", ascii_uppercase),
        (" ", '"', _FIRST_OF_SPEECH),
        (" ", '"', " ", _FIRST_OF_SPEECH),
    ),
    changes={'" Kami siap," kata dia.': '"Kami siap," kata dia.', '"Kami pulang, " ujar Budi.': '"Kami pulang," ujar Budi.'},
    keeps=('Kata dia, "Kami siap" dan "Kami pulang" kemarin.', 'Buku " Senja " dan layar 6" dan 7" itu " mahal.'),
)


FINDERS = (Finder((ENCLOSED,), _enclosed, looks_far=True),)  # at all that is enclosed
QUOTED_ONES = Finder((QUOTED,), _quoted, looks_far=True)  # later, when the commas beside quotes are mended
