"""Group the edits of a log by what became what, and put first what deserves a look."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import DumpError
from ..log.file import entries
from ..places import Place
from .answers import Change

KEPT = 50_000  # changes kept; when there are twice as many, the rarest are forgotten; a choice
SAMPLES = 3  # places of each change that are shown, a choice


@dataclass(slots=True)
class ChangeCount:
    """The number of times that a change was made, the sum of their confidences, and the first places."""

    count: int = 0
    confidence: float = 0.0  # the sum of all
    least: float = 1.0
    places: list[Place] = field(default_factory=list)

    @property
    def mean(self) -> float:
        return self.confidence / self.count

    @property
    def doubt(self) -> float:
        """The number of them that are wrong, if the confidences are right."""
        return self.count - self.confidence


def changes(path: Path) -> dict[Change, ChangeCount]:
    """Count the changes of a log. Raises DumpError where it is none."""
    found: dict[Change, ChangeCount] = {}
    for _, file, entry, _ in entries(path):
        for edit in entry.edits:
            if not 0 <= edit.confidence <= 1 or not 0 <= edit.start <= edit.end:
                raise DumpError(f"{path}: an edit of line {entry.n} of {file} makes no sense")
            change = edit.rule, edit.before, edit.after
            count = found.get(change)
            if count is None:
                count = found[change] = ChangeCount()
            count.count += 1
            count.confidence += edit.confidence
            count.least = min(count.least, edit.confidence)
            if len(count.places) < SAMPLES and not any(place.n == entry.n for place in count.places):
                count.places.append(Place(file, entry.n, entry.field, edit.start, edit.end))
        if len(found) > 2 * KEPT:
            found = dict(sorted(found.items(), key=lambda item: -item[1].count)[:KEPT])
    return found


def by_interest(found: dict[Change, ChangeCount]) -> list[Change]:
    """The changes, first those that deserve a look: many, unsure, and by a rule that made few edits.

    The number that are likely wrong, divided by the root of the number of edits of their rule: a choice, between that number
    alone, where one frequent rule hides all others, and its share of the rule's edits, where what is rare hides all else.
    """
    edits: Counter[str] = Counter()
    for (rule, _, _), count in found.items():
        edits[rule] += count.count
    return sorted(found, key=lambda change: (-found[change].doubt / math.sqrt(edits[change[0]]), change))
