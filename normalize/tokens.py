"""Words: runs of letters, with inner hyphens and apostrophes left to the caller; and the casing of words."""

from __future__ import annotations

import re

# A run of letters of any script, combining marks and digits included; "_" is punctuation here.
WORD = re.compile(r"[^\W_]+")

# A byte table for the fast scan: ASCII letters stay, everything else becomes a space.
SCAN = bytes(b if chr(b).isascii() and chr(b).isalpha() else 0x20 for b in range(256))


def scan(data: bytes) -> list[bytes]:
    """List the runs of ASCII letters in UTF-8 `data`, in order, case kept, at C speed. Other letters count as gaps."""
    return data.translate(SCAN).split()


def recase(word: str, like: str) -> str:
    """Put `word`, which is in lower case, into the casing of `like`: ALL CAPITALS, Capitalised, or as it is."""
    if len(like) > 1 and like.isupper():
        return word.upper()
    if like[:1].isupper():
        return word[:1].upper() + word[1:]
    return word
