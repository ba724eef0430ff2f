"""A rule: one kind of noise and what must not be touched by it. A finder: what looks for it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from typing import NamedTuple

from .edit import Edit
from .kernel import BytePattern
from .lazy import lazy_pattern
from .lexicon import Copy
from .lexicon.confidence import confidence_of
from .text import Text

Trigger = str | tuple[str, ...]  # a string, or sets of characters of which one each stand side by side

# In the first or last set of a trigger: every character beyond ASCII; and every one but the quotes, dashes and spaces of
# U+2000 to U+203F, which are as common as marks.
BEYOND_ASCII = "\uffff"
LETTERS_BEYOND_ASCII = "\ufffe"

LONGEST_TRIGGER = (
    16  # bytes of a trigger that are looked for, and so far from an edit: a choice; of 900 triggers 25 are longer
)

_LAST_BYTES = bytes(range(0x80, 0xC0))  # in UTF-8, what a character beyond ASCII ends with
_FIRST_BYTES = bytes(range(0xC2, 0xF5))  # and what it begins with
_FIRST_OF_LETTERS = ((_FIRST_BYTES.replace(b"\xe2", b""),), (b"\xe2", bytes(range(0x81, 0xC0))))


@cache
def byte_patterns(trigger: Trigger) -> tuple[BytePattern, ...]:
    """List what to look for in UTF-8 for a trigger."""
    if isinstance(trigger, str):
        return (trigger.encode(),)
    last = len(trigger) - 1
    rows = product(*(_in_bytes(chars, i == 0, i == last) for i, chars in enumerate(trigger)))
    return tuple(tuple(bytes_ for piece in pieces for bytes_ in piece) for pieces in rows)


def _in_bytes(chars: str, is_first: bool, is_last: bool) -> list[tuple[bytes, ...]]:
    """A set of characters as sets of bytes side by side: one such row for all that begin alike."""
    if chars.isascii():
        return [(chars.encode(),)]
    rows: dict[tuple[bytes, ...], bytes] = {}
    for char in chars:
        if char not in (BEYOND_ASCII, LETTERS_BEYOND_ASCII):
            *head, end = (bytes([byte]) for byte in char.encode())
            rows[tuple(head)] = rows.get(tuple(head), b"") + end
        elif is_first:
            rows[()] = rows.get((), b"") + _LAST_BYTES
        elif is_last and char == BEYOND_ASCII:
            rows[()] = rows.get((), b"") + _FIRST_BYTES
        elif is_last:
            for *head, ends in _FIRST_OF_LETTERS:
                rows[tuple(head)] = rows.get(tuple(head), b"") + ends
        else:
            raise ValueError("only the first or last set of a trigger has all characters beyond ASCII")
    return [(*head, ends) for head, ends in rows.items()]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """A kind of noise. Its examples are tests, documentation and benchmark input at once."""

    name: str  # stable id, "family.kind"
    doc: str  # first line is the help line
    changes: Mapping[str, str]  # before -> after, whole texts
    keeps: tuple[str, ...]  # look-alikes it must not touch; at least one
    trigger: tuple[Trigger, ...]  # it finds nothing unless one of these is in f"\n{text}\n"; () is always
    tag: str = ""  # "boilerplate": only reported, unless the user drops what has this tag
    date: datetime.date | None = None  # the article date that the examples assume
    learned: tuple[str, ...] = ()  # lines of boilerplate that the examples take as learnt
    own: tuple[tuple[str, str], ...] = ()  # rewrites that the examples take as the user's own
    copies: Mapping[str, Copy] = field(default_factory=dict)  # copies that the examples take as learnt
    opt_in: str = ""  # "standard", "fill-holes": not run unless the Normalizer was asked for it
    confidence: float = field(init=False)  # the share of right ones among its edits, as far as it was measured

    def __post_init__(self) -> None:
        object.__setattr__(self, "confidence", confidence_of(self.name))

    @property
    def family(self) -> str:
        """The part of the name before the full stop."""
        return self.name.partition(".")[0]

    def patterns(self) -> tuple[BytePattern, ...]:
        """List what to look for in UTF-8 for its triggers: their beginnings."""
        return tuple(pattern[:LONGEST_TRIGGER] for trigger in self.trigger for pattern in byte_patterns(trigger))


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
    looks_far: bool = False  # whether what it proposes hangs on more than stands around its triggers

    @property
    def name(self) -> str:
        """The first rule's name, and how many more there are."""
        first, *more = self.rules
        return f"{first.name} +{len(more)}" if more else first.name

    def patterns(self) -> tuple[BytePattern, ...]:
        """The patterns of its rules; () where one of them has none, and so always concerns a text."""
        patterns = [rule.patterns() for rule in self.rules]
        return tuple(pattern for some in patterns for pattern in some) if all(patterns) else ()


def substitute(rule: Rule, pattern: str, replacement: str) -> Finder:
    """A finder for `rule` that replaces every match of `pattern` (`re` syntax, `\\1` in the replacement)."""
    compiled, name, confidence = lazy_pattern(pattern), rule.name, rule.confidence

    def find(text: Text) -> list[AnyProposal]:
        matches = compiled.finditer(text.string)
        if "\\" in replacement:
            return [(match.start(), match.end(), match.expand(replacement), name, confidence, "") for match in matches]
        return [(match.start(), match.end(), replacement, name, confidence, "") for match in matches]

    return Finder((rule,), find)


def remove(rule: Rule, pattern: str) -> Finder:
    """A finder for `rule` that takes out every match of `pattern`."""
    return substitute(rule, pattern, "")
