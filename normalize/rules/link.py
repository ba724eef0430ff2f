"""Addresses that stand by themselves. They are reported, and taken out only when the user drops "link"."""

from __future__ import annotations

from collections.abc import Iterator

from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..text import Text
from .removal import taken_out

_ADDRESS = lazy_pattern(r"https?://[^\s<>\"]{4,500}")
_BEGINS = lazy_pattern(r" [A-Z]")


def _addresses(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in _ADDRESS.finditer(string):
        start, end = match.span()
        while start and string[start - 1] == " ":
            start -= 1
        if start and string[start - 1] != "\n":
            continue
        following = string[end : end + 9].lstrip(" ")[:1]
        if following in ("", "\n") or (start == 0 and _BEGINS.match(string, end)):
            yield taken_out(ADDRESS, string, start, end)


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
