"""A rule: one kind of noise, how to find it, and what it must and must not touch, in one place."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from . import kernel
from .edit import Edit, Finding
from .lexicon import Lexicon
from .spelling.corrector import Corrector


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


AnyChange = tuple[int, int, str | None, float, str]  # a Change, or a plain tuple like it: a third of the time to make
Find = Callable[[Text], Iterable[AnyChange]]

# For triggers, in bytes of UTF-8: how a character beyond ASCII may begin, but for the quotes, dashes and spaces of U+2000 to
# U+203F, and how it ends.
FIRSTS = tuple(bytes([byte]) for byte in range(0xC2, 0xF5) if byte != 0xE2) + tuple(
    bytes([0xE2, byte]) for byte in range(0x81, 0xC0)
)
LASTS = tuple(bytes([byte]) for byte in range(0x80, 0xC0))


def one_of_each(*parts: Iterable[str | bytes]) -> Iterable[bytes]:
    """For triggers: all that can be put together, one of each part, a part being a string of characters or some pieces."""
    return map(b"".join, product(*(_utf8(part) for part in parts)))


def _utf8(literals: Iterable[str | bytes]) -> tuple[bytes, ...]:
    return tuple([literal.encode() if isinstance(literal, str) else literal for literal in literals])


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule and everything about it. Examples are tests, documentation and benchmark input at once."""

    name: str  # stable id, "family.kind"
    doc: str  # first line is the help line
    find: Find
    changes: Mapping[str, str]  # before -> after, whole texts
    keeps: tuple[str, ...]  # look-alikes it must not touch; at least one
    trigger: tuple[str | bytes, ...]  # `find` is skipped unless one of these literals is in "\n" + text; () is always
    tag: str = ""  # "boilerplate": only reported, unless the user drops what has this tag
    date: datetime.date | None = None  # the article date that the examples assume
    learned: tuple[str, ...] = ()  # the lines of boilerplate that the examples assume to be learnt from a dump
    shared: Callable[[Text], object] | None = None  # what a family finds together: where it is nothing, no `find` is called
    opt_in: str = ""  # "standard": not run unless the Normalizer was asked for it

    def literals(self) -> tuple[bytes, ...]:
        """The trigger, in UTF-8."""
        return _utf8(self.trigger)

    def propose(
        self,
        found: Iterable[AnyChange],
        string: str,
        drop: bool,
        least: float,
        edits: list[Edit],
        findings: list[Finding],
    ) -> None:
        """Put what `find` found in a text to its edits and findings: an edit that is not sure enough is left out, and with
        `drop` false each is only a finding.
        """
        name, tag = self.name, self.tag
        if kernel.compiled:
            kernel.compiled.proposed(found, string, name, drop, least, tag, Edit, Finding, edits, findings)
            return
        for start, end, after, confidence, note in found:
            before = string[start:end]
            if after is None or not drop:
                findings.append(Finding(start, end, before, name, confidence, note or tag))
            elif confidence >= least:
                edits.append(Edit(start, end, before, after, name, confidence))


def substitute(pattern: str, replacement: str, confidence: float = 0.99) -> Find:
    """A finder that replaces every match of `pattern` (`re` syntax, `\\1` in the replacement)."""
    compiled = re.compile(pattern)

    def find(text: Text) -> list[AnyChange]:
        matches = compiled.finditer(text.string)
        if "\\" in replacement:
            return [(match.start(), match.end(), match.expand(replacement), confidence, "") for match in matches]
        return [(match.start(), match.end(), replacement, confidence, "") for match in matches]

    return find


def remove(pattern: str, confidence: float = 0.99) -> Find:
    """A finder that takes out every match of `pattern`."""
    return substitute(pattern, "", confidence)
