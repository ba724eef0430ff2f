"""The line and the quotation that a place in a text stands in: they may be in another language than what is around."""

from __future__ import annotations

OPENING, CLOSING = "“", "”"
STRAIGHT = '"'
LONGEST = 400  # code points of a quotation on each side of a place: in a longer one what is near tells enough; a choice
BEFORE_OPENING = frozenset(" \t\n([‘'-–—:/")


def line_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Find the bounds of the line that [start, end) stands in, or of what lies within LONGEST code points of that."""
    first = start - LONGEST if start > LONGEST else 0
    last = end + LONGEST if end + LONGEST < len(text) else len(text)
    line_start, line_end = text.rfind("\n", first, start), text.find("\n", end, last)
    return first if line_start < 0 else line_start + 1, last if line_end < 0 else line_end


def quotation_around(text: str, first: int, last: int, start: int, end: int) -> tuple[int, int] | None:
    """Find the bounds of the quotation that [start, end) stands in, in the line [first, last); None where there is none.

    The marks are left out. A straight one opens where nothing but a word is behind it.
    """
    for opening, closing in ((OPENING, CLOSING), (STRAIGHT, STRAIGHT)):
        opens = text.rfind(opening, first, start)
        closes = text.find(closing, end, last) if opens >= 0 else -1
        if closes < 0:
            continue
        if closing in text[opens + 1 : start] or opening in text[end:closes]:
            continue
        begins = opens == 0 or text[opens - 1] in BEFORE_OPENING
        if opening == OPENING or (begins and not text[opens + 1].isspace()):
            return opens + 1, closes
    return None
