"""The dash behind a dateline: against a word, "TEMPO.CO, Jakarta -Warga", or with a line end behind it."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_uppercase

from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..text import Text

# A site, perhaps a place, and a dash with a space on one side or none; at the start of the text alone.
_DATELINE = lazy_pattern(
    r"\A[^\n]{0,40}?[A-Za-z]\.(?i:com|co\.id|co|id|net)(?:[,.]? [A-Z][A-Za-z .]{2,30}?)?"
    r"(?P<dash> ?[-–—] ?)(?=[\"“]?[A-Z][a-z])"
)


def _dash(text: Text) -> Iterator[Proposal]:
    match = _DATELINE.match(text.string)
    if match and len(match["dash"]) < 3:
        yield Proposal(*match.span("dash"), f" {match['dash'].strip()} ", DATELINE.name, DATELINE.confidence)


DATELINE = Rule(
    name="spacing.dateline",
    doc="""Put the spaces around the dash behind a dateline, which some outlets print without.""",
    trigger=(
        ("mMoOdDtT", "-–—", " "),
        ("mMoOdDtT", "-–—", ascii_uppercase),
        (" ", "-–—", ascii_uppercase),
    ),
    changes={
        "JAKARTA, KOMPAS.com- Warga mengungsi.": "JAKARTA, KOMPAS.com - Warga mengungsi.",
        "TEMPO.CO, Jakarta -Warga mengungsi.": "TEMPO.CO, Jakarta - Warga mengungsi.",
        "KOMPAS.com-Warga mengungsi.": "KOMPAS.com - Warga mengungsi.",
    },
    keeps=("JAKARTA, KOMPAS.com - Warga pergi.", "Buku -Nya dibaca di KOMPAS.com - lalu Ia pergi."),
    opt_in="standard",
)

# Words with capitals, of which one may be in brackets, and a dash that ends the line.
_ENDS_LINE = lazy_pattern(
    r"\A(?:[A-Z][A-Za-z.]*[,.]?[ ]){0,4}(?:[A-Z][A-Za-z.]+|\([A-Z][A-Za-z.]+\))[ ]?[-–—]{1,2}"
    r"(?P<gap>[ \t]*\r?\n\s*)(?=[\"“‘']?[A-Z0-9])"
)
_SHORTEST = 60  # code points of the line that goes on: a choice; an item of a list is shorter


def _lead(text: Text) -> Iterator[Proposal]:
    match = _ENDS_LINE.match(text.string)
    if match and len(text.string[match.end() :].partition("\n")[0]) >= _SHORTEST:
        yield Proposal(*match.span("gap"), " ", LEAD.name, LEAD.confidence)


LEAD = Rule(
    name="spacing.lead",
    doc="""Put the sentence that a text begins with behind the dash of its dateline, from the next line.

    There the page has the place in a block of its own.""",
    trigger=tuple(("-–—", *blank, "\r\n") for blank in ("", " ")),
    changes={
        "Jakarta -\nWarga di bantaran sungai mengungsi ke tenda pada Senin pagi, kata camat.": (
            "Jakarta - Warga di bantaran sungai mengungsi ke tenda pada Senin pagi, kata camat."
        ),
    },
    keeps=("Beras -\nGula -\nKopi", "Jakarta - Warga pergi.\nBogor -\n12 rumah"),
)

# An edit may bring a site near enough to the start.
FINDERS = (Finder((DATELINE,), _dash, looks_far=True), Finder((LEAD,), _lead, looks_far=True))
