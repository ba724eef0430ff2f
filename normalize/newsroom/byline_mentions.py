"""Mentions of bylines: where a text says who wrote it, and for whom.

(Tribunnews.com/Nama Orang)   (Tribunnews.com/Nama/Nama Lain)   (Kompas.com: Nama)   (fat/jpnn)   (Antara)
Laporan Wartawan Tribunnews.com, Nama Orang
Penulis: Nama Orang | Editor: Nama Lain
kata dia. [Nama Orang]
"""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_letters, ascii_uppercase
from typing import NamedTuple

from .. import kernel
from ..dates.calendar import WEEKDAY_NAMES
from ..kernel import CharPattern
from ..lazy import lazy_pattern
from .gazetteer import Gazetteer

Span = tuple[int, int]

ROLES = ("penulis", "editor", "reporter", "kontributor", "pewarta", "wartawan", "jurnalis", "redaktur", "penyunting")
# Up to five words with a capital; initials and titles may end with a full stop. Not a dateline, a firm or a caption.
NO_NAMES = ("PT", "CV", "TV", "Foto", "Sumber", "Dok", "Ist", "Video", "Grafis", *WEEKDAY_NAMES, *map(str.capitalize, ROLES))
LETTER = r"(?:[^\W\d_A-Z]|[A-Z](?=[a-z])|['’`-](?=[^\W\d_]))"
NAME_WORD = rf"(?!(?:{'|'.join(NO_NAMES)})\b|[A-Z]{{3}})[A-Z](?:{LETTER}{{0,2}}\.(?= ?[A-Z])|{LETTER}{{0,30}})"
NAME = lazy_pattern(rf"{NAME_WORD}(?:[ \xa0]{{1,2}}{NAME_WORD}){{0,4}}(?![a-z0-9@]|\.\w)")
INITIALS = lazy_pattern(r"[a-z][a-z0-9]{1,3}")
INITIALS_ONLY = lazy_pattern(rf"{INITIALS.pattern}(?:/{INITIALS.pattern})+")
AGENCY = lazy_pattern(r"\(([Aa]ntara|ANTARA|[Aa]nt|AFP|Reuters|Xinhua|jpnn)\)")
PARENTHESIS = lazy_pattern(r"\((?=[^\W\d])([^()\n/:]{2,40}[/:](?!//)(?=[A-Za-z ])[^()\n]{2,80})\)")
SEPARATOR = lazy_pattern(r"\s{0,3}(?:[/,&|;]|:(?! ?//)| dan (?=[A-Z]))\s{0,3}")
REPORT = lazy_pattern(r"L(?:aporan|APORAN) (?ai:wartawan|reporter|kontributor|jurnalis|koresponden) ")
OUTLET_WORDS = lazy_pattern(r"[^\W_][\w-]*(?:\.[^\W_]+)*(?: [A-Z][\w-]*){0,2}")
AFTER_OUTLET = lazy_pattern(r"[,.:/]? ?")
COLON = lazy_pattern(r": ?(?=[A-Z])")
SIGNATURE = lazy_pattern(rf"\[(?P<name>{NAME.pattern})\](?=[\s,]*(?:\n|$))")
PRINTED_ROLES = tuple(way(role) for role in ROLES for way in (str.lower, str.capitalize, str.upper))
LONGEST_ROLE = max(map(len, ROLES)) + 1
FIRST_SEPARATOR = 41  # code points from the parenthesis to it at the most
# How a byline's forms begin to show: at the first separator in parentheses, in "Laporan ", at the colon behind a role, at a
# bracket before a name.
ENDINGS = sorted({role[-3:] for role in PRINTED_ROLES})
ENDING_LETTERS = tuple("".join(sorted(set(letters))) for letters in zip(*ENDINGS, strict=True))
GAPS = ("", " ", "\xa0")  # between the role and its colon
PATTERNS = kernel.PatternFinder(
    [
        (CharPattern("/:", after=(ascii_letters + " ",)),),
        (CharPattern("L", after=("aA", "pP", "oO", "rR", "aA", "nN", " ")),),
        tuple(CharPattern(":", before=(*ENDING_LETTERS, *gap)) for gap in GAPS),
        (CharPattern("[", after=(ascii_uppercase,)),),
    ]
)
# One of these is in every byline but those that only name an agency.
TRIGGER: tuple[str | tuple[str, ...], ...] = (
    ("/:", ascii_letters + " "),
    *((*report, " ", "wWrRkKjJ") for report in ("Laporan", "LAPORAN")),
    *(f"{ending}{gap}:" for ending in ENDINGS for gap in GAPS),
    ("[", ascii_uppercase),
)


class Byline(NamedTuple):
    """A byline: the span of the outlet, if it names one, and those of its writers."""

    outlet: Span | None
    names: tuple[Span, ...]
    begun: tuple[Span, ...] = ()  # of what begins like a name and goes on in small letters: "Sari De" of "Sari De wi"


def find(text: str, known: Gazetteer) -> Iterator[Byline]:
    """Yield the bylines of `text`, form by form."""
    for match in AGENCY.finditer(text):
        yield Byline(match.span(1), ())
    yield from signed(text, known)


def signed(text: str, known: Gazetteer) -> Iterator[Byline]:
    """Yield the bylines of `text` but those that only name an agency."""
    separators, reports, colons, brackets = PATTERNS.offsets(text)
    end = 0
    for place in separators:
        first = place - FIRST_SEPARATOR
        start = text.rfind("(", first if first > end else end, place)
        if start >= 0 and (match := PARENTHESIS.match(text, start)):
            end = match.end()
            yield from _parenthesis(text, *match.span(1), known)
    for place in reports:
        match = REPORT.match(text, place)
        if match:
            yield from _report(text, match.end(), known)
    for place in colons:
        match = COLON.match(text, place)
        if match and text[max(0, place - LONGEST_ROLE) : place].rstrip().endswith(PRINTED_ROLES):
            name = NAME.match(text, match.end())
            if name:
                yield Byline(None, (name.span(),))
    for place in brackets:
        match = SIGNATURE.match(text, place)
        if match:
            yield Byline(None, (match.span("name"),))


def _parenthesis(text: str, start: int, end: int, known: Gazetteer) -> Iterator[Byline]:
    """Yield the bylines between two parentheses, if they name an outlet: "Tribunnews.com/Sri Juliati, Kompas.com/Dio"."""
    pieces = [(a, b, text[a:b]) for a, b in _pieces(text, start, end)]
    if not any(known.outlet(piece) for _, _, piece in pieces) and not INITIALS_ONLY.fullmatch(text, start, end):
        return
    outlet: Span | None = None
    names: list[Span] = []
    begun: list[Span] = []
    for a, b, piece in pieces:
        if known.outlet(piece):
            if outlet:
                yield Byline(outlet, tuple(names), tuple(begun))
                names, begun = [], []
            outlet = (a, b)
        elif NAME.fullmatch(piece) or INITIALS.fullmatch(piece):
            names.append((a, b))
        elif piece.lower() in ROLES:
            return
        elif beginning := NAME.match(text, a, b):
            begun.append(beginning.span())
    yield Byline(outlet, tuple(names), tuple(begun))


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the spans between the separators of [start, end)."""
    for match in SEPARATOR.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _report(text: str, start: int, known: Gazetteer) -> Iterator[Byline]:
    """Yield the byline after "Laporan Wartawan ": the outlet, and the name that follows it."""
    words = OUTLET_WORDS.match(text, start)
    end = words.end() if words else start
    while end > start and not known.outlet(text[start:end]):
        end = max(start, text.rfind(" ", start, end))
    outlet = (start, end) if end > start else None
    after = AFTER_OUTLET.match(text, end)
    name = NAME.match(text, after.end() if after and outlet else start)
    if outlet or name:
        yield Byline(outlet, (name.span(),) if name else ())
