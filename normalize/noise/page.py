"""Noise of the page: lost links, broken characters, lines that a site puts between paragraphs.

The shares of several forms are those of 4,971 articles of the corpus that was counted.
"""

from __future__ import annotations

import html.entities
import re
from collections.abc import Callable

from .joints import SENTENCE_ENDS
from .kind import Draw, Kind, Put, Span, always, drawn, places_of

NAME = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)*(?=[ ,.])", re.ASCII)
LONGEST_LINK = 40  # code points of a name that is lost (a choice)
BEYOND_ASCII = r"[^\x00-\x7f]"
# Lines as sites have them; the headlines were made up.
LINES = (
    "Baca juga: Warga Dua Desa Gotong Royong Bangun Jembatan Gantung",
    "Baca juga: Harga Cabai Rawit Turun Menjelang Akhir Pekan",
    "Baca Juga: Tim Voli Putri Kabupaten Lolos ke Babak Semifinal",
    "BACA JUGA: Jadwal Kapal Cepat Bertambah Selama Libur Sekolah",
    "Simak juga: Cara Mengurus Surat Pindah Tanpa Antre",
    "SCROLL TO CONTINUE WITH CONTENT",
    "ADVERTISEMENT",
    'Simak Video "Detik-detik Perahu Wisata Dievakuasi"',
    "Lanjut ke halaman berikutnya",
)


def _linked(text: str) -> list[Span]:
    """Find the names that stand behind a word in small letters, as links have them."""
    spans = [match.span() for match in NAME.finditer(text)]
    return [
        (start, end)
        for start, end in spans
        if end - start <= LONGEST_LINK and "a" <= text[start - 2 : start - 1] <= "z" and text[start - 1] == " "
    ]


def _as_codec(codec: str) -> Callable[[str], str]:
    """Read the UTF-8 of a character as another encoding's, which may lack some bytes."""
    return lambda character: character.encode("utf-8", "surrogatepass").decode(codec, "replace")


def _as_c1(character: str) -> str:
    """Read the byte that cp1252 has for a character as Latin-1's."""
    return character.encode("cp1252", "replace").decode("latin-1") if character != "?" else character


def _as_entity(character: str) -> str:
    name = html.entities.codepoint2name.get(ord(character))
    return f"&{name};" if name else f"&#{ord(character)};"


BREAKS: dict[Callable[[str], str], float] = {
    _as_codec("mac_roman"): 3600,
    _as_c1: 1178,
    _as_entity: 303,
    _as_codec("cp1252"): 60,
}


def _breaking(draw: Draw) -> Put:
    """Draw how the characters of a text were broken: one way, wherever they stand."""
    way = draw.one_of(BREAKS)

    def broken(character: str) -> str:
        found = way(character)
        return character if {"\ufffd", "?"} & set(found) else found  # what cannot be read back is no noise to mend

    return broken


ENCODING = frozenset(("characters.mojibake", "characters.c1", "characters.entity"))
AROUND = frozenset(
    ("crosslink.read-also", "crosslink.promotion", "crosslink.embed", "crosslink.watch", "page.counter", "page.share")
)
KINDS = (
    Kind("hole", frozenset(("hole.lost-text",)), _linked, always(lambda _: ""), stays=True),
    Kind("encoding", ENCODING, places_of(BEYOND_ASCII), _breaking),
    Kind(
        "boilerplate",
        AROUND,
        places_of(rf"{SENTENCE_ENDS}(?= [A-Z])"),
        drawn({f" {line}": 1 for line in LINES}),
        stays=True,
    ),
)
