"""Removal: how a stretch of boilerplate is taken out, and searches for what begins with a literal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import compress

from .. import kernel
from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..text import Text


def taken_out(rule: Rule, string: str, start: int, end: int) -> Proposal:
    """The change that takes [start, end) out, with the spaces before it, so that one gap stays; a line with its end."""
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
    """A search for every match of the `patterns`, each told as the literal that it begins with and the rest."""
    compiled = [lazy_pattern(re.escape(literal) + rest) for literal, rest in patterns.items()]
    begun = kernel.Literals([(literal.encode(),) for literal in patterns])

    def matches(text: Text) -> Iterator[re.Match[str]]:
        for pattern in compress(compiled, begun.found(text.data)):
            yield from pattern.finditer(text.string)

    return matches


def of_literals(rule: Rule, patterns: Mapping[str, str]) -> Finder:
    """A finder that takes out every match of the `patterns`, told as `matches_of` wants them."""
    matches = matches_of(patterns)

    def find(text: Text) -> Iterator[Proposal]:
        for match in matches(text):
            yield taken_out(rule, text.string, *match.span())

    return Finder((rule,), find)
