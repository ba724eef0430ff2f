"""The quotation that a place in a text stands in: it may be in another language than what stands around it."""

from __future__ import annotations

OPENING, CLOSING = "“", "”"
STRAIGHT = '"'
LONGEST = 400  # code points of a quotation on each side of a place: in a longer one what is near tells enough; a choice
BEFORE_OPENING = frozenset(" \t\n([‘'-–—:/")


def quotation_around(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the quotation that [start, end) stands in begins and ends, its marks left out; None where it stands in none.

    Both marks stand in one line, within LONGEST code points. A straight one opens where nothing but a word is behind it.
    """
    first = max(text.rfind("\n", max(0, start - LONGEST), start) + 1, start - LONGEST, 0)
    last = min(len(text), end + LONGEST)
    last = line if (line := text.find("\n", end, last)) >= 0 else last
    for opening, closing in ((OPENING, CLOSING), (STRAIGHT, STRAIGHT)):
        opens, closes = text.rfind(opening, first, start), text.find(closing, end, last)
        if opens < 0 or closes < 0:
            continue
        if closing in text[opens + 1 : start] or opening in text[end:closes]:
            continue
        if opening == OPENING or (
            (text[opens - 1 : opens] in BEFORE_OPENING or opens == 0) and not text[opens + 1].isspace()
        ):
            return opens + 1, closes
    return None
