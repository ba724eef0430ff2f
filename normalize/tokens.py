"""Words: runs of letters, with inner hyphens and apostrophes left to the caller; and the casing of words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from zlib import crc32

# A run of letters of any script, combining marks and digits included; "_" is punctuation here.
WORD = re.compile(r"[^\W_]+")

# A byte table for the fast scan: ASCII letters stay, everything else becomes a space.
SCAN = bytes(b if chr(b).isascii() and chr(b).isalpha() else 0x20 for b in range(256))


def scan(data: bytes) -> list[bytes]:
    """List the runs of ASCII letters in UTF-8 `data`, in order, case kept, at C speed. Other letters count as gaps."""
    return data.translate(SCAN).split()


REACH = 20  # code points looked through for each word around a place: a choice; few words of news are longer


def words_around(text: str, start: int, end: int, reach: int) -> tuple[list[bytes], list[bytes]]:
    """List up to `reach` words before [start, end) in `text`, and behind it."""
    before = text[max(0, start - REACH * reach) : start].encode("utf-8", "surrogatepass")
    after = text[end : end + REACH * reach].encode("utf-8", "surrogatepass")
    return scan(before)[-reach:], scan(after)[:reach]


def context_hash(text: str, start: int, end: int, reach: int) -> str:
    """Return what tells the surroundings of [start, end) in `text`: the hash of up to `reach` words on each side."""
    return hashed(*words_around(text, start, end, reach))


def hashed(before: Sequence[bytes], after: Sequence[bytes]) -> str:
    """Hash the words before and after a place: eight hexadecimal digits."""
    return f"{crc32(b' '.join((*before, b'|', *after))):08x}"


def recase(word: str, like: str) -> str:
    """Put `word`, which is in lower case, into the casing of `like`: ALL CAPITALS, Capitalised, or as it is."""
    if len(like) > 1 and like.isupper():
        return word.upper()
    if like[:1].isupper():
        return word[:1].upper() + word[1:]
    return word


LONGEST_PIECE = 40  # code points before a mark that are looked at for the token it may belong to (a choice)
_ADDRESS = re.compile(r"://|www\.|[@#\\]|_|\w\.\w+/")


def in_address(string: str, floor: int, at: int) -> bool:
    """Whether `at` lies in a web address, an e-mail address, a handle, a hashtag or a file name, which begins after
    `floor`."""
    start = at - 200 if at - 200 > floor else floor
    start = string.rfind(" ", start, at) + 1 or start
    if is_plain(string[start:at]):
        return False
    for gap in ("\n", ".,"):
        last = string.rfind(gap, start, at)
        start = last + len(gap) if last >= 0 else start
    return not is_plain(string[start:at]) and _ADDRESS.search(string, start, at + 1) is not None


def is_plain(piece: str) -> bool:
    """Whether `piece`, what stands back to a space, is a word, and surely in no address."""
    return piece.isalpha() and len(piece) < LONGEST_PIECE and not piece.endswith("www")  # a longer one may have been cut off
