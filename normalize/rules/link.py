"""Addresses that stand by themselves. They are reported, and taken out only when the user drops "link"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..rule import Finder, Proposal, Rule
from ..text import Text
from .removal import taken_out

_ADDRESS = re.compile(
    r"(?:\A|(?<=\n))[ ]*(?:https?://|www\.)[^\s<>\"]{4,500}[ ]*(?=\n|\Z)|\A[ ]*https?://[^\s<>\"]{4,500}(?= [A-Z])"
)


def _addresses(text: Text) -> Iterator[Proposal]:
    for match in _ADDRESS.finditer(text.string):
        yield taken_out(ADDRESS, text.string, *match.span())


ADDRESS = Rule(
    name="link.address",
    doc="""Take out an address that has a line of its own, or stands before a text.""",
    trigger=("http://", "https://"),
    changes={
        "https://contoh.id/banjir KABAR CONTOH, BOGOR - Hujan turun.": "KABAR CONTOH, BOGOR - Hujan turun.",
        "Hujan turun.\nhttps://contoh.id/banjir\nWarga mengungsi.": "Hujan turun.\nWarga mengungsi.",
    },
    keeps=("Daftar di https://contoh.id/banjir sebelum Senin.", "https://contoh.id/ dibuka kembali."),
    tag="link",
)

FINDERS = (Finder((ADDRESS,), _addresses),)
