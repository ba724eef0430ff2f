"""The dash behind a dateline that stands against a word: "KOMPAS.com- Warga", "TEMPO.CO, Jakarta -Warga"."""

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

FINDERS = (Finder((DATELINE,), _dash, looks_far=True),)  # an edit may bring a site near enough to the start
