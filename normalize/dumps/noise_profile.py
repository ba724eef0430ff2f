"""The noise profile of a dump: its noise by outlet and month, and its commonest repairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from ..dates.article_date import read
from ..edit import Edit, Finding
from .record import Record
from .visible import left_and_right

# All three are choices.
KEPT = 20_000  # corrections and boilerplate lines kept; when there are twice as many, the rarest are forgotten: a choice
CONTEXT = 32  # code points of a sample on either side: a choice
LINE = 120  # code points of a boilerplate line that are kept: a choice

# A repair: its rule, what stood there, what stands there now.
Correction = tuple[str, str, str]


class Group(msgspec.Struct):
    """The records of one outlet or month."""

    records: int = 0
    characters: int = 0
    edits: Counter[str] = msgspec.field(default_factory=Counter)  # by rule

    def add(self, other: Group) -> None:
        self.records += other.records
        self.characters += other.characters
        self.edits.update(other.edits)


class NoiseProfile(msgspec.Struct):
    """The noise of a batch, or of a whole run when added up."""

    boilerplate: frozenset[str] = frozenset()  # the rules that find it
    outlets: dict[str, Group] = {}
    months: dict[str, Group] = {}  # "2024-10"
    corrections: Counter[Correction] = msgspec.field(default_factory=Counter)
    samples: dict[Correction, tuple[str, str]] = {}  # what stands before and behind
    lines: Counter[str] = msgspec.field(default_factory=Counter)  # of boilerplate

    def note(self, record: Record, first: bool, text: str, edits: Sequence[Edit], findings: Sequence[Finding]) -> None:
        """Count the edits and findings of a text of a record, the first or a further one."""
        rules = [edit.rule for edit in edits]
        outlet = "" if record.outlet is None else str(record.outlet)
        day = read(record.date)
        for groups, name in ((self.outlets, outlet), (self.months, f"{day:%Y-%m}" if day else "")):
            group = groups.setdefault(name, Group())
            group.records += first
            group.characters += len(text)
            group.edits.update(rules)
        for edit in edits:
            if edit.rule in self.boilerplate:
                self.lines[_line(edit.before)] += 1
                continue
            correction = (edit.rule, edit.before[:LINE], edit.after[:LINE])
            self.corrections[correction] += 1
            if correction not in self.samples:
                self.samples[correction] = left_and_right(text, edit.start, edit.end, CONTEXT)
        for finding in findings:
            if finding.rule in self.boilerplate:
                self.lines[_line(finding.before)] += 1

    def add(self, other: NoiseProfile) -> None:
        """Count in a profile of later batches."""
        for mine, theirs in ((self.outlets, other.outlets), (self.months, other.months)):
            for name, group in theirs.items():
                mine.setdefault(name, Group()).add(group)
        self.corrections.update(other.corrections)
        self.samples = {**other.samples, **self.samples}
        self.lines.update(other.lines)
        if len(self.corrections) > 2 * KEPT:
            self.corrections = Counter(dict(self.corrections.most_common(KEPT)))
            self.samples = {correction: self.samples[correction] for correction in self.corrections}
        if len(self.lines) > 2 * KEPT:
            self.lines = Counter(dict(self.lines.most_common(KEPT)))


def _line(text: str) -> str:
    return " ".join(text.split())[:LINE]


def to_builtin(profile: NoiseProfile) -> dict[str, Any]:
    """A profile as JSON can hold it."""
    return {
        "outlets": {name: _group_to_builtin(group) for name, group in profile.outlets.items()},
        "months": {name: _group_to_builtin(group) for name, group in profile.months.items()},
        "corrections": [[*c, n, *profile.samples[c]] for c, n in profile.corrections.items()],
        "lines": dict(profile.lines),
    }


def from_builtin(value: Mapping[str, Any]) -> NoiseProfile:
    """The profile that `to_builtin` wrote."""
    rows = [(rule, old, new, n, (left, right)) for rule, old, new, n, left, right in value["corrections"]]
    return NoiseProfile(
        outlets={name: _group_from_builtin(group) for name, group in value["outlets"].items()},
        months={name: _group_from_builtin(group) for name, group in value["months"].items()},
        corrections=Counter({(rule, old, new): n for rule, old, new, n, _ in rows}),
        samples={(rule, old, new): sample for rule, old, new, _, sample in rows},
        lines=Counter(value["lines"]),
    )


def _group_to_builtin(group: Group) -> list[Any]:
    return [group.records, group.characters, dict(group.edits)]


def _group_from_builtin(value: Sequence[Any]) -> Group:
    records, characters, edits = value
    return Group(records, characters, Counter(edits))
