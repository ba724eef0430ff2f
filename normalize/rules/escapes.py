r"""Escapes that a program wrote and none read back: \' of PHP and SQL, \", \/, \n and \u201c of JSON.

A program escapes all marks of a kind: where one stands bare, the text may show code, and \n is none of JSON where a " does.
Escapes may have been escaped again, \\\". A backslash that escapes nothing stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..text import Text

# A line's end stands behind a sentence, a quotation or another one, and before a capital: not "C:\nilai". Hexadecimal digits
# are those of one UTF-16 unit, or of the two that a character beyond U+FFFF has (RFC 8259, section 7).
_ESCAPE = lazy_pattern(
    r"""\\(?<!\\\\)\\*+(?:(?P<mark>["'])|/(?<=[^\W_]\\/)(?=[^\W_])|(?P<line>(?:r\\++)?n|t)(?=[A-Z"'“‘(\s\\-]|\Z)"""
    r"""|u(?P<pair>[dD][89abAB][\da-fA-F]{2}\\++u[dD][c-fC-F][\da-fA-F]{2})|u(?P<unit>[\da-fA-F]{4}))"""
)
_BARE = {mark: lazy_pattern(rf"{mark}(?<!\\{mark})") for mark in "\"'"}
_BEFORE_LINE = frozenset('.!?:,"”’) nt')
_AMID, _GOES_ON = lazy_pattern(r"\w \Z"), lazy_pattern(r" [a-z]")  # around one that is spoken of: "tanda \n dipakai"
_ENTITY = lazy_pattern(r"(?:amp;)*#?\w{1,8};")  # what would make one of the "&" before it, for the next run to read


def _escapes(text: Text) -> Iterator[Proposal]:
    string = text.string
    bare = {mark for mark, pattern in _BARE.items() if pattern.search(string)}
    for match in _ESCAPE.finditer(string):
        after = _read(match)
        escaped = '"' if match["line"] else after  # what the program would have escaped, too
        if after and escaped not in bare and not (after == "&" and _ENTITY.match(string, match.end())):
            yield Proposal(*match.span(), after, ESCAPE.name, ESCAPE.confidence)


def _read(match: re.Match[str]) -> str:
    """Return what an escape stands for; "" where that is no character of a text, or the text speaks of the escape."""
    string, start, end = match.string, *match.span()
    before = string[max(0, start - 1) : start]
    if match["line"]:
        if _AMID.search(string, max(0, start - 2), start) and _GOES_ON.match(string, end):
            return ""
        return ("\t" if match["line"] == "t" else "\n") if before in _BEFORE_LINE else ""
    if not (before.strip() or string[end : end + 1].strip()):
        return ""
    if units := match["pair"] or match["unit"]:
        char = b"".join(bytes.fromhex(unit.strip("\\")) for unit in units.split("u")).decode("utf-16-be", "replace")
        return "" if char < " " or "\x7f" <= char <= "\x9f" or char in "\\\ufffd" else char
    return match["mark"] or "/"


ESCAPE = Rule(
    name="characters.escape",
    doc="""Read the escapes of JSON, PHP and SQL that nothing read back: backslashes before quotes, \\n, \\u201c.""",
    trigger=("\\",),
    changes={
        r"Wakil Presiden Ma\'ruf Amin dan Hasyim Asy\'ari hadir.": "Wakil Presiden Ma'ruf Amin dan Hasyim Asy'ari hadir.",
        r"Ia berkata, \"Kami siap.\" Slogannya \'Maju\'.": "Ia berkata, \"Kami siap.\" Slogannya 'Maju'.",
        r"Kata dia, \\\"Kami siap,\\\" pada 1\/2 abad itu.": 'Kata dia, "Kami siap," pada 1/2 abad itu.',
        r"Kata dia, \u201cKami siap,\u201d di Caf\u00e9 \ud83d\ude00.": "Kata dia, “Kami siap,” di Café 😀.",
        r"Warga mengungsi.\n\nBantuan tiba.\r\nHujan reda.": "Warga mengungsi.\n\nBantuan tiba.\nHujan reda.",
    },
    keeps=(
        r"""Tulis print("Halo \"dunia\"\nBaru") atau pola \d+\/\d+ di sana.""",
        r"Simpan di C:\nilai\umum\berkas.txt atau D:\unit.",
        r"Jumlah tanda \n dalam terjemahan itu tidak cocok.",
        r"Tanda \" dipakai di depan petik, \\ di depan garis miring.",
        r"Tulisan \u0000 dan \ud83d tidak dibaca, \u005cn dan R\u0026amp; tetap.",
    ),
)

FINDERS = (Finder((ESCAPE,), _escapes, looks_far=True),)  # at all marks
