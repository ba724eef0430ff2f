"""Removal of boilerplate: what goes with it of the spaces around, and searches for patterns that begin with a literal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import compress

from .. import kernel
from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..text import Text


def taken_out(rule: Rule, string: str, start: int, end: int) -> Proposal:
    """Propose to take out [start, end): of spaces around it one gap stays, of a whole line not even its end."""
    while end > start and string[end - 1] == " ":
        end -= 1
    if end == len(string) or string[end] in " \n":
        while start and string[start - 1] == " ":
            start -= 1
    while start == 0 and string.startswith(" ", end):
        end += 1
    while start and string[start - 1] != "\n" and string.startswith("  ", end):
        end += 1
    if start == 0 or string[start - 1] == "\n":
        blank_before = start == 0 or string.endswith("\n\n", 0, start)
        while string.startswith("\n", end):
            end += 1
            if not blank_before:
                break
    return Proposal(start, end, "", rule.name, rule.confidence)


def matches_of(patterns: Mapping[str, str]) -> Callable[[Text], Iterator[re.Match[str]]]:
    """Make a search for every match of `patterns`: the literal that each begins with -> the rest, a regular expression."""
    compiled = [lazy_pattern(re.escape(literal) + rest) for literal, rest in patterns.items()]
    begun = kernel.Literals([(literal.encode(),) for literal in patterns])

    def matches(text: Text) -> Iterator[re.Match[str]]:
        for pattern in compress(compiled, begun.found(text.data)):
            yield from pattern.finditer(text.string)

    return matches


def of_literals(rule: Rule, patterns: Mapping[str, str]) -> Finder:
    """Make a finder that takes out every match of `patterns`, as `matches_of` takes them."""
    matches = matches_of(patterns)

    def find(text: Text) -> Iterator[Proposal]:
        for match in matches(text):
            yield taken_out(rule, text.string, *match.span())

    return Finder((rule,), find)
