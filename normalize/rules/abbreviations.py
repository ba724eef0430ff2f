"""Abbreviations of Indonesian news: the full stop after one of them does not end a sentence."""

from __future__ import annotations

import re

from ..lazy import lazy_pattern
from ..tokens import LONGEST_PIECE

# Titles and ranks, which a name follows; corps and academic degrees, which follow one; streets, places, firms, references.
ABBREVIATIONS = frozenset(
    """
    afd aipda aiptu akbp akp al alm almh amd apt arm blvd bpk brig brigjen brigpol bripda bripka briptu caj capt cba chb
    ckm co col corp cpl cpm cv czi dept dipl dkk dr dra drg drh drs ds dsn eng gen gg gub hj hlm hum inc inf ing insp
    ipda ipm iptu ipu ir irjen jend jil jkt jl jln jr kab kapt kav keb kec kel kep kes ket kh ki kol kom kombes komjen
    kompol kpt lc lek letda letjen letkol lih lt ltd lts mar marsda marsdya marsma mayjen mba med mh mhum mis mkes mkn mm
    mmsi mpd mpdi mr mrs ms msc msi mt no nr ns ny nyi pd pdt peny pgs ph phd pid pjs plh plt pn pnb prof psi psikol pt pte
    purn ra rep rev rm rp rs rsia rsud sc sdn sdr sdri se sekr sen serda serka serma sertu sh shi shut sip skep skm skom sos
    sp spd spdi spog sr ssi ssos st sthi stp str sus tb tbk tek tel telp terj tgb tgk tgl th tn tsb ud univ ust ustad ustadz
    vol vs wb wr yth
    """.split()
)
DOMAIN_ENDS = frozenset(
    "ai app asia biz co com edu go gov id info io me mil my net news online org sch sg site tv uk us xyz".split()
)

# "S.H", "M.Si", "a.n", "U.S", "Ph.D": short parts with full stops between them.
_DOTTED = lazy_pattern(r"(?<![^\W_])(?:[^\W\d_]{1,4}\.)+[^\W\d_]{1,4}\Z")


def is_abbreviation(token: str) -> bool:
    """Whether a full stop after `token`, a text without spaces, belongs to the token: "607 K/Pdt.Sus"."""
    if token.isalpha():
        return len(token) == 1 or token.lower() in ABBREVIATIONS
    last = token.rpartition(".")[2]
    if last.rpartition("/")[2].lower() in ABBREVIATIONS or (len(last) == 1 and last.isalpha()):
        return True
    return last != token and last.lower() not in DOMAIN_ENDS and _DOTTED.search(token) is not None


_SEPARATED = lazy_pattern(r".*[\s(\[\"“‘,;:]", re.DOTALL)


def last_token(piece: str) -> str:
    """Return the end of `piece` behind its last space, opening bracket or quote, comma or colon."""
    if piece.isalpha():
        return piece
    separated = _SEPARATED.match(piece)
    return piece[separated.end() :] if separated else piece


def ends_abbreviated(string: str, at: int) -> bool:
    """Whether an abbreviation ends at `at`."""
    piece = string[at - LONGEST_PIECE if at > LONGEST_PIECE else 0 : at].rpartition(" ")[2]
    return is_abbreviation(last_token(piece))
