"""Count the differences of two logs by rule, and keep the commonest with the first place of each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ...edit import Edit, Finding
from ..places import NO_CONTEXT, Context, Place
from .differences import KINDS, SAME, Difference, TextDifferences

KEPT = 20_000  # groups of differences kept; when there are twice as many, the rarest are forgotten; a choice
LONGEST = 120  # code points of a text shown, a choice

Side = tuple[tuple[str, str, str | None], ...]  # of each edit its rule, before and after; after is None for a finding
Group = tuple[str, Side, Side]  # kind, in A, in B


class Sample(NamedTuple):
    """The first of a group of differences: its place, its record, and its confidences in A and in B."""

    place: Place
    id: object
    confidences: tuple[tuple[float, ...], tuple[float, ...]]


@dataclass(slots=True)
class Summary:
    """The differences of two logs, counted."""

    kinds: Counter[str] = field(default_factory=Counter)
    rules: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))  # kind -> rule -> count
    groups: Counter[Group] = field(default_factory=Counter)
    samples: dict[Group, Sample] = field(default_factory=dict)
    texts: int = 0  # with a difference

    def add(self, text: TextDifferences) -> None:
        """Count the differences of a text."""
        self.texts += any(one.kind != SAME for one in text.found)
        for one in text.found:
            self.kinds[one.kind] += 1
            if one.kind == SAME:
                continue
            self.rules[one.kind][_rule(one)] += 1
            group = one.kind, _side(one.a), _side(one.b)
            self.groups[group] += 1
            if group not in self.samples:
                self.samples[group] = _sample(text, one)
        if len(self.groups) > 2 * KEPT:
            self.groups = Counter(dict(self.groups.most_common(KEPT)))
            self.samples = {group: self.samples[group] for group in self.groups}

    def commonest(self, limit: int) -> list[Group]:
        """The commonest groups of each kind and rule, at most `limit` of each."""
        by_rule: dict[tuple[str, str], list[Group]] = defaultdict(list)
        for group in sorted(self.groups, key=lambda group: (-self.groups[group], group)):
            by_rule[group[0], _rule_of(group)].append(group)
        order = sorted(by_rule, key=lambda key: (list(KINDS).index(key[0]), key[1]))
        return [group for key in order for group in by_rule[key][:limit]]


def summarise(texts: Iterable[TextDifferences]) -> Summary:
    """Count the differences of all texts."""
    summary = Summary()
    for text in texts:
        summary.add(text)
    return summary


def report(
    summary: Summary, a: Mapping[str, Any], b: Mapping[str, Any], limit: int, contexts: Mapping[Place, Context]
) -> dict[str, Any]:
    """The figures of a comparison, as JSON can hold them.

    a, b: the name and versions of each log. limit: examples of each kind and rule. contexts: what stands around places.
    """
    examples = []
    for group in summary.commonest(limit):
        sample = summary.samples[group]
        context = contexts.get(sample.place, NO_CONTEXT)
        examples.append(
            {
                "kind": group[0],
                "rule": _rule_of(group),
                "count": summary.groups[group],
                "a": _listed(group[1], sample.confidences[0]),
                "b": _listed(group[2], sample.confidences[1]),
                "id": sample.id,
                **sample.place._asdict(),
                "left": context.left,
                "right": context.right,
            }
        )
    return {
        "a": dict(a),
        "b": dict(b),
        "same": summary.kinds[SAME],
        "differences": {kind: summary.kinds[kind] for kind in KINDS},
        "texts": summary.texts,
        "rules": {kind: dict(sorted(summary.rules[kind].items(), key=lambda one: (-one[1], one[0]))) for kind in KINDS},
        "examples": examples,
    }


def _listed(side: Side, confidences: tuple[float, ...]) -> list[dict[str, Any]]:
    return [
        {"rule": rule, "before": before, "after": after, "confidence": confidence}
        for (rule, before, after), confidence in zip(side, confidences, strict=True)
    ]


def _rule(one: Difference) -> str:
    return _rule_of((one.kind, _side(one.a), _side(one.b)))


def _rule_of(group: Group) -> str:
    """The rule that a difference is counted under: from which to which, where they differ."""
    a, b = (" + ".join(dict.fromkeys(rule for rule, _, _ in side)) for side in group[1:])
    return a if a == b or not b else b if not a else f"{a} → {b}"


def _side(found: tuple[Edit | Finding, ...]) -> Side:
    return tuple((one.rule, one.before[:LONGEST], one.after[:LONGEST] if isinstance(one, Edit) else None) for one in found)


def _sample(text: TextDifferences, one: Difference) -> Sample:
    both = [*one.a, *one.b]
    start, end = min(found.start for found in both), max(found.end for found in both)
    return Sample(
        Place(text.section.input, text.n, text.field, start, end),
        str(text.id) if isinstance(text.id, list | dict) else text.id,
        (tuple(found.confidence for found in one.a), tuple(found.confidence for found in one.b)),
    )
