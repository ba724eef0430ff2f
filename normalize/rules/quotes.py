"""Quotation marks that do not go with their other half, or with what stands beside them: “Kami siap," kata dia.

Two marks are a pair by what stands around them alone: one opens where a space or a bracket stands before it and a word
behind, one closes where it is the other way round, and between the two there is no other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from string import ascii_letters, digits
from typing import NamedTuple

from ..lazy import lazy_pattern
from ..rule import BEYOND_ASCII, Finder, Proposal, Rule
from ..text import Text
from .abbreviations import ends_abbreviated
from .spacing import SPEAKS, SPEECH

# Each of its own: a literal is searched ten times as fast as a class.
_MARKS = tuple(map(lazy_pattern, ('"', "“", "”", r"''(?<!''')(?!')")))
_LONGEST = 2_000  # code points of a quotation: a choice
_REACH = 3  # code points before a quotation, in which the end of what stands there is looked for
_SHORTEST_SAID = 3  # words that somebody says: fewer may be a name or a title; a choice
_OPENS, _CLOSES, _UNCLEAR = "opens", "closes", ""
_BEFORE, _BEHIND = frozenset(" \t\n([-–—/"), frozenset(" \t\r\n.,;:!?…)]-–—/")
_CURLY, _STRAIGHT = ("“", "”"), ('"', '"')
_APOSTROPHES = ("''", "''")
# A page or a template of a wiki, or bold print: there two apostrophes are italics.
_WIKI = lazy_pattern(r"\[\[(?=[^\[\]\n]+\]\])|\{\{(?=[^{}\n]+\}\})|'''")
_SIZE = lazy_pattern(r"(?<![\w.,-])\d{1,3}(?:[.,]\d{1,2})?\Z")  # of a screen, 6", or a time, 30''
_LONGEST_SIZE = 7  # code points of one
_STYLED = 3  # quotations with marks of one shape that tell the text's style: a choice
_SAID = lazy_pattern(rf" ?{SPEAKS}")
# The latter are words of other kinds, too: "jelas salah".
_VERBS, _OTHER_VERBS = "kata|ujar|tutur|ucap|ungkap|imbuh|pungkas|tandas|papar", "jelas|tegas|tambah|lanjut|terang|sambung"
_ALL_VERBS = f"{_VERBS}|{_OTHER_VERBS}"
_SAYS = lazy_pattern(rf" (?:(?:{_VERBS})(?:nya)?(?![\w-])|(?:{_OTHER_VERBS})(?:nya(?!\w)|(?= [A-Z]| dia\b| ia\b)))")
_SAYS_BEHIND_OPENING = lazy_pattern(rf" ?(?={SPEAKS})")
_TWO_MARKS = ("?,", "!,", "?.", "!.")
_BEGINS_SENTENCE = frozenset('.!?:,"”…\n')


class Mark(NamedTuple):
    """A quotation mark in a text, what it does there, as far as that is clear, and the number of its line."""

    start: int
    end: int
    does: str
    line: int


def marks(text: Text) -> list[Mark]:
    """The quotation marks of a text."""
    string, found = text.string, []
    line = reached = 0
    for start, end in sorted(match.span() for mark in _MARKS for match in mark.finditer(string)):
        before, behind = string[start - 1 : start] if start else "\n", string[end : end + 1] or "\n"
        if before in _BEFORE:
            does = _UNCLEAR if behind in _BEHIND else _OPENS
        else:
            does = _CLOSES if behind in _BEHIND else _UNCLEAR
        line += string.count("\n", reached, start)
        found.append(Mark(start, end, does, line))
        reached = end
    return found


def pairs(text: Text) -> list[tuple[Mark, Mark]]:
    """The marks that are two halves: in one paragraph, with no third one that could belong to either."""
    none = Mark(0, 0, _UNCLEAR, -1)
    around = [none, *text.once(marks), none]
    return [
        (first, last)
        for before, first, last, behind in zip(around, around[1:], around[2:], around[3:], strict=False)
        if first.does == _OPENS and last.does == _CLOSES and first.line == last.line
        if first.end < last.start < first.start + _LONGEST
        if before.line != first.line or before.does == _CLOSES
        if behind.line != last.line or behind.does == _OPENS
    ]


# --- Marks of two shapes ---------------------------------------------------------------------------------------------


def _shapes(text: Text) -> Iterator[Proposal]:
    string = text.string
    of_apostrophes = "'" in string and "''" in string  # one character is looked for in a tenth of the time
    if not of_apostrophes and not ('"' in string and ("“" in string or "”" in string)):
        return
    mixed, whole = [], Counter[tuple[str, str]]()
    for first, last in text.once(pairs):
        shape = (string[first.start : first.end], string[last.start : last.end])
        if shape in (_CURLY, _STRAIGHT):
            whole[shape] += 1
        elif shape[0] != "”" and shape[1] != "“":  # ”Kami” is a style of its own
            mixed.append((first, last, shape))
    style = _STRAIGHT if whole[_STRAIGHT] > whole[_CURLY] else _CURLY
    is_wiki = "''" in string and _WIKI.search(string) is not None
    for first, last, shape in mixed:
        if "''" not in shape and whole[style] < _STYLED and not _SAID.match(string, last.end):
            continue
        if _SIZE.search(string, max(0, last.start - _LONGEST_SIZE), last.start) or text.is_foreign(first.start, last.end):
            continue
        meant = style if {"“", "”"} & {*shape} else _STRAIGHT
        rule = APOSTROPHES if shape == _APOSTROPHES else PAIR
        if "''" in shape and is_wiki:
            continue
        for mark, typed, after in zip((first, last), shape, meant, strict=True):
            if typed != after:
                yield Proposal(mark.start, mark.end, after, rule.name, rule.confidence)


PAIR = Rule(
    name="quote.pair",
    doc="""Give both marks of a quotation one shape, straight where most of the text's are, else curly.

    Only where the text says who spoke, or three other quotations show its style; two apostrophes for a mark always go.""",
    trigger=("“", "”", "''"),
    changes={
        '"Kami siap,” kata dia.': "“Kami siap,” kata dia.",
        "“Kami siap,'' kata dia.": "“Kami siap,” kata dia.",
        '"Kami siap." Ia diam. "Besok." “Lusa," ujarnya.': '"Kami siap." Ia diam. "Besok." "Lusa," ujarnya.',
    },
    keeps=(
        '“Layar 6" itu bagus,” kata dia.',
        '"Judul “Senja" itu lama.',
        "”Kami siap,” kata dia.",
        '“Kami siap." Ia lalu pergi.',
        '“Kami siap.\nKami pulang."',
    ),
)

APOSTROPHES = Rule(
    name="quote.apostrophes",
    doc="""Write a quotation mark for two apostrophes around a word or a quotation.""",
    trigger=("''",),
    changes={"Ia ''tebar pesona'' di sana.": 'Ia "tebar pesona" di sana.'},
    keeps=(
        "Berkas ''contoh.css'' ada di [[Pengguna:Budi]].",
        "Tulis nama = '' dan kota = ''.",
        "Ia berlari 12'30'' dan 12'40''.",
        "Judul 'Lagu 'Senja''",
    ),
)

# --- Who said it -----------------------------------------------------------------------------------------------------


def _said(text: Text) -> Iterator[Proposal]:
    string = text.string
    for first, last in text.once(pairs):
        if _lacks_comma(string, first, last):
            yield Proposal(last.start, last.start, ",", COMMA.name, COMMA.confidence)
        elif _has_stop(string, first, last) and not text.is_foreign(last.start, last.end):
            yield Proposal(last.start - 1, last.start, ",", STOP.name, STOP.confidence)
    for before, mark in pairwise(text.once(marks)):
        if mark.does == _CLOSES and string[mark.start - 2 : mark.start] in _TWO_MARKS:
            yield Proposal(mark.start - 1, mark.start, "", MARKS.name, MARKS.confidence)
        elif before.does == _OPENS and string.startswith("“", mark.start):
            start = mark.start - (string[mark.start - 1] == " ")
            says = _SAYS_BEHIND_OPENING.match(string, mark.end)
            if says and string[start - 1] == "," and before.line == mark.line:
                after = "”" if string[before.start] == "“" else string[before.start : before.end]
                yield Proposal(start, says.end(), f"{after} ", TURNED.name, TURNED.confidence)


def _lacks_comma(string: str, first: Mark, last: Mark) -> bool:
    """Whether the speaker is named behind a quotation, and there is no comma before its closing mark."""
    before = string[max(0, first.start - _REACH) : first.start].rstrip(" ")[-1:] or "\n"
    return (
        (string[last.start - 1].isalnum() or string[last.start - 1] in ")%")
        and _SAYS.match(string, last.end) is not None
        and not string[first.end].islower()
        and before in _BEGINS_SENTENCE
        and string.count(" ", first.end, last.start) >= _SHORTEST_SAID - 1
    )


def _has_stop(string: str, first: Mark, last: Mark) -> bool:
    """Whether the speaker is named behind a quotation that ends with a full stop, not that of an abbreviation."""
    stop = last.start - 1
    return (
        string.startswith(".", stop)
        and (string[stop - 1].isalnum() or string[stop - 1] in ")%")
        and _SAYS.match(string, last.end) is not None
        and not string[first.end].islower()
        and string.count(" ", first.end, last.start) >= _SHORTEST_SAID - 1
        and not ends_abbreviated(string, stop)
    )


COMMA = Rule(
    name="quote.comma",
    doc="""Put the comma before the mark that ends a quotation, where the speaker follows.""",
    trigger=tuple((ascii_letters + digits + ")%" + BEYOND_ASCII, '"”', " ", *verb[:3]) for verb in _ALL_VERBS.split("|")),
    changes={'"Kami siap membantu warga" kata dia.': '"Kami siap membantu warga," kata dia.'},
    keeps=('Istilah "Kami siap membantu" kata dia keliru.', '"Senja" kata dia. "Apa yang terjadi?" tanya Budi.'),
)

STOP = Rule(
    name="quote.stop",
    doc="""Write a comma for the full stop that ends a quotation, where the speaker follows.""",
    trigger=tuple((".", '"”', " ", *verb[:3]) for verb in _ALL_VERBS.split("|")),
    changes={'"Kami siap membantu warga." kata dia.': '"Kami siap membantu warga," kata dia.'},
    keeps=(
        '"Kami bertemu Budi Santoso dkk." kata dia.',
        '"Kami siap membantu..." kata dia.',
        'Ia pulang. "Kami siap membantu warga." Kata itu ditulisnya.',
    ),
)

MARKS = Rule(
    name="quote.marks",
    doc="""Drop the comma or full stop between a question or exclamation mark and the quotation mark behind it.""",
    trigger=(("?!", ".,", '"”'),),
    changes={'"Siapa itu?," tanya dia.': '"Siapa itu?" tanya dia.'},
    keeps=('Ia bertanya, "Siapa itu?", lalu pergi.',),
)

TURNED = Rule(
    name="quote.turned",
    doc="""Turn an opening mark into a closing one, where it ends what another opened and the speaker follows.""",
    trigger=tuple(
        (",", *gap, "“", *more, *verb[:3]) for verb in SPEECH.split("|") for gap in ("", " ") for more in ("", " ")
    ),
    changes={"“Kami siap, “ kata dia.": "“Kami siap,” kata dia.", "“Kami siap, “ujar dia.": "“Kami siap,” ujar dia."},
    keeps=("Ia menulis, “kata orang itu pergi.”",),
)

FINDERS = (
    Finder((PAIR, APOSTROPHES), _shapes, looks_far=True),
    Finder((COMMA, STOP, MARKS, TURNED), _said, looks_far=True),
)
