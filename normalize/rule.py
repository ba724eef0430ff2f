"""A rule: one kind of noise, how to find it, and what it must and must not touch, in one place."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from . import kernel
from .corrector import Corrector
from .edit import Edit, Finding
from .lexicon import Lexicon


class Text(NamedTuple):
    """What a rule sees: the text of its stage, the article's own date where known, and what is known of words."""

    string: str
    data: bytes  # the same in UTF-8, lone surrogates passed through
    date: datetime.date | None
    lexicon: Lexicon
    corrector: Corrector


class Change(NamedTuple):
    """What a rule proposes for [start, end) of the text, in code points."""

    start: int
    end: int
    after: str | None  # None: leave it, but report it with the note
    confidence: float
    note: str = ""


Find = Callable[[Text], Iterable[Change]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule and everything about it. Examples are tests, documentation and benchmark input at once."""

    name: str  # stable id, "family.kind"
    doc: str  # first line is the help line
    find: Find
    changes: Mapping[str, str]  # before -> after, whole texts
    keeps: tuple[str, ...]  # look-alikes it must not touch; at least one
    trigger: tuple[str, ...]  # literal strings: `find` is skipped unless one of them is in the text; () is always
    tag: str = ""  # "boilerplate": only reported, unless the user drops what has this tag
    date: datetime.date | None = None  # the article date that the examples assume
    learned: tuple[str, ...] = ()  # the lines of boilerplate that the examples assume to be learnt from a dump
    shared: Callable[[Text], object] | None = None  # what a family finds together; where that is nothing, no `find` is called
    opt_in: str = ""  # "standard": not run unless the Normalizer was asked for it

    def run(self, text: Text, drop: bool = True) -> list[Edit | Finding]:
        """The edits this rule proposes, and its findings; with `drop` false every edit is only a finding."""
        found = self.find(text)
        if not found:  # a list or a tuple; a generator is asked
            return []
        string, name = text.string, self.name
        if kernel.compiled:
            return kernel.compiled.proposed(found, string, name, drop, self.tag, Edit, Finding)
        return [
            Finding(start, end, string[start:end], name, confidence, note or self.tag)
            if after is None or not drop
            else Edit(start, end, string[start:end], after, name, confidence)
            for start, end, after, confidence, note in found
        ]


def substitute(pattern: str, replacement: str, confidence: float = 0.99) -> Find:
    """A finder that replaces every match of `pattern` (`re` syntax, `\\1` in the replacement)."""
    compiled = re.compile(pattern)

    def find(text: Text) -> Iterator[Change]:
        for match in compiled.finditer(text.string):
            yield Change(match.start(), match.end(), match.expand(replacement), confidence)

    return find


def remove(pattern: str, confidence: float = 0.99) -> Find:
    """A finder that takes out every match of `pattern`."""
    return substitute(pattern, "", confidence)
