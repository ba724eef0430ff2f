"""The lines of an article: its own, or, where a dump has lost its line breaks, segments like them.

A segment ends at a line break, behind a sentence, a colon or a bracket, before an opening quote that follows a capitalised
word ("Simak Video "Banjir""), and at both ends of a run of words in capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..newsroom import byline_mentions

SHORTEST, LONGEST = 8, 200  # code points of a line: choices; a longer one is a paragraph
HEAD, FOOT = 2, 4  # segments at the start and at the end, where a line that repeats is a header or a footer: choices

# Each alternative begins with what the class before it let through: that class is what the text is searched for.
# The full stop of an initial, of an abbreviation ("Jl.", "No.") or in an address ends nothing. What may repeat behind a
# stop has a bound (a choice), else a text of nothing but stops takes the square of its length.
END = re.compile(
    r"""[\r\n|•».!?:\]\["“>*]
    (?:(?<=[\r\n|•»\]])
    | (?<=[.!?])(?<!\b[A-Z]\.)(?<!\b[A-Z][a-z]\.)["”’)]{0,40}[,.]{0,40}(?:\s|(?=["“\[(]|[A-Z](?!O\b|OM\b|D\b)))
    | (?<=:)(?=[\s"“])
    | (?<=\[)
    | (?<=[ ]["“])(?=\w)
    | (?<=>)>+ | (?<=\*)\*\*+)""",
    re.VERBOSE,
)
OPENING = '["“'
TITLE_WORD = re.compile(r"\b[A-Z][a-z]{2,12} \Z")
CAPITALS = re.compile(r"[A-Z](?<![A-Z]{2})[A-Z]+(?: [A-Z.]{2,}){3,}(?![a-z])")
WORD = re.compile(r"[^\W\d_]{2,}")
TWO_WORDS = re.compile(rf"{WORD.pattern}[\W\d_].*?{WORD.pattern}")
REPORT = re.compile(r"L(?:aporan|APORAN) (?i:wartawan|reporter|kontributor|jurnalis|koresponden)\b")
AROUND = " ,*-–—|•»>"


class Line(NamedTuple):
    """A line and where it stands in its article."""

    place: str  # start, between, end
    text: str


def lines(article: str) -> list[Line]:
    """List the lines of an article that may be boilerplate, each once, at its first place.

    They begin like a sentence, are neither as short as a word nor as long as a paragraph, and are no byline.
    """
    segments = list(cut(article))
    found: dict[str, str] = {}
    role = False  # whether the segment before was one: then this is a name
    for number, segment in enumerate(segments):
        is_name = role and byline_mentions.NAME.fullmatch(segment)
        role = segment.endswith(":") and segment.rstrip(": ").lower().endswith(byline_mentions.ROLES)
        if SHORTEST <= len(segment) <= LONGEST and segment not in found and not is_name and is_like_a_line(segment):
            found[segment] = "start" if number < HEAD else "end" if number >= len(segments) - FOOT else "between"
    return [Line(place, text) for text, place in found.items()]


def cut(article: str) -> Iterator[str]:
    """Cut an article into segments, with single spaces."""
    start = 0
    for match in END.finditer(article):
        end = match.end()
        if match[0] in OPENING:
            end = match.start()
            if match[0] != "[" and not TITLE_WORD.search(article, max(start, end - 14), end):
                continue
        yield from _runs(article[start:end])
        start = end
    yield from _runs(article[start:])


def _runs(piece: str) -> Iterator[str]:
    """Part a piece at the ends of runs of words in capitals."""
    piece = " ".join(piece.split())
    start = 0
    for match in CAPITALS.finditer(piece):
        for part in (piece[start : match.start()], match[0]):
            if part := part.strip(AROUND):
                yield part
        start = match.end()
    if part := piece[start:].strip(AROUND):
        yield part


def is_like_a_line(segment: str) -> bool:
    """Whether a segment begins as a line does, has two words or more, and is no byline."""
    first = segment[0]
    if not (first.isupper() or first.isdigit() or first in "[(©") or (" " not in segment and first != "["):
        return False
    return bool(TWO_WORDS.search(segment)) and not REPORT.match(segment)
