"""Bylines: where a text says who wrote it and for whom.

(Tribunnews.com/Nama Orang)   (Tribunnews.com/Nama/Nama Lain)   (Kompas.com: Nama)   (fat/jpnn)   (Antara)
Laporan Wartawan Tribunnews.com, Nama Orang
Penulis: Nama Orang | Editor: Nama Lain
kata dia. [Nama Orang]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .gazetteer import Gazetteer

Span = tuple[int, int]

ROLES = ("penulis", "editor", "reporter", "kontributor", "pewarta", "wartawan", "jurnalis", "redaktur", "penyunting")
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
# Up to five words with a capital; initials and titles may end with a full stop. Not a dateline, a firm or a caption.
NO_NAME = "|".join(["PT", "CV", "TV", "Foto", "Sumber", "Dok", "Ist", "Video", "Grafis", *DAYS, *map(str.capitalize, ROLES)])
LETTER = r"(?:[^\W\d_A-Z]|[A-Z](?=[a-z])|['’`-](?=[^\W\d_]))"
NAME_WORD = rf"(?!(?:{NO_NAME})\b|[A-Z]{{3}})[A-Z](?:{LETTER}{{0,2}}\.(?= ?[A-Z])|{LETTER}{{0,30}})"
NAME = re.compile(rf"{NAME_WORD}(?:[ \xa0]{{1,2}}{NAME_WORD}){{0,4}}(?![a-z0-9@]|\.\w)")
INITIALS = re.compile(r"[a-z][a-z0-9]{1,3}")
INITIALS_ONLY = re.compile(rf"{INITIALS.pattern}(?:/{INITIALS.pattern})+")
PARENTHESIS = re.compile(
    r"\((?=[^\W\d])(?:(?P<agency>[Aa]ntara|ANTARA|[Aa]nt|AFP|Reuters|Xinhua|jpnn)"
    r"|(?P<inside>[^()\n/:]{2,40}[/:](?!//)[^()\n]{2,80}))\)"
)
SEPARATOR = re.compile(r"\s{0,3}(?:[/,&|;]|:(?! ?//)| dan (?=[A-Z]))\s{0,3}")
REPORT = re.compile(r"L(?:aporan|APORAN) (?i:wartawan|reporter|kontributor|jurnalis|koresponden) ")
OUTLET_WORDS = re.compile(r"[^\W_][\w-]*(?:\.[^\W_]+)*(?: [A-Z][\w-]*){0,2}")
AFTER_OUTLET = re.compile(r"[,.:/]? ?")
COLON = re.compile(r": ?(?=[A-Z])")
SIGNATURE = re.compile(rf"\[(?P<name>{NAME.pattern})\](?=[\s,]*(?:\n|$))")
LONGEST_ROLE = max(map(len, ROLES)) + 1


class Byline(NamedTuple):
    """A byline: where it names the outlet, if it does, and where its writers."""

    outlet: Span | None
    names: tuple[Span, ...]
    begun: tuple[Span, ...] = ()  # what begins like a name and goes on in small letters: "Sari De" of "Sari De wi"


def find(text: str, known: Gazetteer) -> Iterator[Byline]:
    """The bylines of `text`, form by form."""
    for match in PARENTHESIS.finditer(text):
        if match["agency"]:
            yield Byline(match.span("agency"), ())
        else:
            yield from _parenthesis(text, *match.span("inside"), known)
    for match in REPORT.finditer(text):
        yield from _report(text, match.end(), known)
    for match in COLON.finditer(text):
        before = text[max(0, match.start() - LONGEST_ROLE) : match.start()].rstrip().lower()
        name = NAME.match(text, match.end()) if before.endswith(ROLES) else None
        if name:
            yield Byline(None, (name.span(),))
    for match in SIGNATURE.finditer(text) if "[" in text else ():
        yield Byline(None, (match.span("name"),))


def _parenthesis(text: str, start: int, end: int, known: Gazetteer) -> Iterator[Byline]:
    """The bylines between two parentheses, if they name an outlet: "Tribunnews.com/Sri Juliati, Kompas.com/Dio"."""
    outlet: Span | None = None
    names: list[Span] = []
    begun: list[Span] = []
    for a, b in _pieces(text, start, end):
        piece = text[a:b]
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
    if outlet or INITIALS_ONLY.fullmatch(text, start, end):
        yield Byline(outlet, tuple(names), tuple(begun))


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """The spans between the separators of [start, end)."""
    for match in SEPARATOR.finditer(text, start, end):
        yield start, match.start()
        start = match.end()
    yield start, end


def _report(text: str, start: int, known: Gazetteer) -> Iterator[Byline]:
    """The byline after "Laporan Wartawan ": the outlet, and the name that follows it."""
    words = OUTLET_WORDS.match(text, start)
    end = words.end() if words else start
    while end > start and not known.outlet(text[start:end]):
        end = max(start, text.rfind(" ", start, end))
    outlet = (start, end) if end > start else None
    after = AFTER_OUTLET.match(text, end)
    name = NAME.match(text, after.end() if after and outlet else start)
    if outlet or name:
        yield Byline(outlet, (name.span(),) if name else ())
