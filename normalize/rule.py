"""A rule: one kind of noise and what must not be touched by it. A finder: what looks for it."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from .edit import Edit
from .text import Text

# For triggers, in bytes of UTF-8: how a character beyond ASCII may begin, but for the quotes, dashes and spaces of U+2000 to
# U+203F, and how it ends.
FIRSTS = tuple(bytes([byte]) for byte in range(0xC2, 0xF5) if byte != 0xE2) + tuple(
    bytes([0xE2, byte]) for byte in range(0x81, 0xC0)
)
LASTS = tuple(bytes([byte]) for byte in range(0x80, 0xC0))


def one_of_each(*parts: Iterable[str | bytes]) -> Iterable[bytes]:
    """All triggers that can be put together, one of each part, a part being a string of characters or some pieces."""
    return map(b"".join, product(*(_utf8(part) for part in parts)))


def _utf8(literals: Iterable[str | bytes]) -> tuple[bytes, ...]:
    return tuple([literal.encode() if isinstance(literal, str) else literal for literal in literals])


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of noise. Its examples are tests, documentation and benchmark input at once."""

    name: str  # stable id, "family.kind"
    doc: str  # first line is the help line
    changes: Mapping[str, str]  # before -> after, whole texts
    keeps: tuple[str, ...]  # look-alikes it must not touch; at least one
    trigger: tuple[str | bytes, ...]  # it finds nothing unless one of these literals is in "\n" + text; () is always
    tag: str = ""  # "boilerplate": only reported, unless the user drops what has this tag
    date: datetime.date | None = None  # the article date that the examples assume
    learned: tuple[str, ...] = ()  # the lines of boilerplate that the examples assume to be learnt from a dump
    opt_in: str = ""  # "standard": not run unless the Normalizer was asked for it

    @property
    def family(self) -> str:
        """The part of the name before the full stop."""
        return self.name.partition(".")[0]

    def literals(self) -> tuple[bytes, ...]:
        """The trigger, in UTF-8."""
        return _utf8(self.trigger)


class Proposal(NamedTuple):
    """An edit or a finding that a finder proposes for [start, end) of the text, in code points."""

    start: int
    end: int
    after: str | None  # None: leave it, but report it with the note
    rule: str  # the name of the rule in which it is made
    confidence: float
    note: str = ""


# A Proposal, a plain tuple like it (a third of the time to make), or an edit that is made already.
AnyProposal = tuple[int, int, str | None, str, float, str] | Edit
Find = Callable[[Text], Iterable[AnyProposal]]


class Finder(NamedTuple):
    """A function that looks at a text once for some rules, all of one family as a rule: its proposals name theirs.

    Rules that must not contradict one another, or that look at the same things, share a finder. It is asked where the
    trigger of one of its rules is in the text; what it proposes for a rule that is skipped is left out.
    """

    rules: tuple[Rule, ...]
    find: Find

    @property
    def name(self) -> str:
        """The first rule's name, and how many more there are."""
        first, *more = self.rules
        return f"{first.name} +{len(more)}" if more else first.name

    def literals(self) -> tuple[bytes, ...]:
        """The triggers of its rules, in UTF-8; () where one of them has none, and always concerns a text."""
        triggers = [rule.literals() for rule in self.rules]
        return tuple(literal for trigger in triggers for literal in trigger) if all(triggers) else ()


def substitute(rule: Rule, pattern: str, replacement: str, confidence: float = 0.99) -> Finder:
    """A finder for `rule` that replaces every match of `pattern` (`re` syntax, `\\1` in the replacement)."""
    compiled, name = re.compile(pattern), rule.name

    def find(text: Text) -> list[AnyProposal]:
        matches = compiled.finditer(text.string)
        if "\\" in replacement:
            return [(match.start(), match.end(), match.expand(replacement), name, confidence, "") for match in matches]
        return [(match.start(), match.end(), replacement, name, confidence, "") for match in matches]

    return Finder((rule,), find)


def remove(rule: Rule, pattern: str, confidence: float = 0.99) -> Finder:
    """A finder for `rule` that takes out every match of `pattern`."""
    return substitute(rule, pattern, "", confidence)
