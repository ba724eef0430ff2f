"""The surroundings of a word that speak against a slip: small words that may be foreign, and abbreviations of chat."""

from __future__ import annotations

import re
from functools import cache

from .. import kernel
from ..lazy import lazy_pattern
from ..tokens import WORD
from .deliberate import LONGEST_VOWELLESS, SHORTEST_VOWELLESS

# Code points on each side in which foreign words, and the abbreviations of chat, are counted: choices. So they were counted
# around the labelled words: with other windows the weights in decision.tsv would have to be fitted again.
FOREIGN_WINDOW, CHAT_WINDOW = 60, 1000
CAPITAL_OR_DIGIT = lazy_pattern(r"[A-Z0-9]")


def surroundings(text: str, start: int, end: int) -> tuple[list[str], list[str]]:
    """List the lower-case words around [start, end), and what looks like an abbreviation of chat farther around."""
    first = max(0, start - CHAT_WINDOW)
    last = len(text) if len(text) <= end + CHAT_WINDOW else max(end, text.rfind(" ", end, end + CHAT_WINDOW))
    lengths = SHORTEST_VOWELLESS, LONGEST_VOWELLESS
    return words_and_chat(text, start, end, FOREIGN_WINDOW, first, last, *lengths)


@kernel.primitive
def words_and_chat(
    text: str, start: int, end: int, window: int, first: int, last: int, shortest: int, longest: int
) -> tuple[list[str], list[str]]:
    """List the small words in a window around [start, end), and what looks like an abbreviation of chat in [first, last).

    The first and the last word on each side are left out: the window may have cut them. An abbreviation has `shortest` to
    `longest` letters without a vowel, behind a space.
    """
    sides = text[max(0, start - window) : start], text[end : end + window]
    words = [word for side in sides for word in WORD.findall(side)[1:-1] if not CAPITAL_OR_DIGIT.search(word)]
    return words, _chat(shortest, longest).findall(text, first, last)


@cache
def _chat(shortest: int, longest: int) -> re.Pattern[str]:
    """The space is first: six times as fast as looking back for one."""
    return re.compile(rf" ([bcdfghjklmnpqrstvwxz]{{{shortest},{longest}}})(?![\w.@/:])")
