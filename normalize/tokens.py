"""What a word is: runs of letters, with inner hyphens and apostrophes left to the caller."""

from __future__ import annotations

import re

# A run of letters of any script, combining marks and digits included; "_" is punctuation here.
WORD = re.compile(r"[^\W_]+")

# A byte table for the fast scan: ASCII letters stay, everything else becomes a space, so that
# `text.encode(...).translate(SCAN).split()` lists the ASCII words of a text at C speed, case kept.
SCAN = bytes(b if chr(b).isascii() and chr(b).isalpha() else 0x20 for b in range(256))


def scan(text: str) -> list[bytes]:
    """The runs of ASCII letters in `text`, in order, as bytes. Other letters count as gaps."""
    return text.encode("utf-8", "surrogatepass").translate(SCAN).split()
