"""Tell which edits of a log stand in a text: after an undo in part, some do and others do not.

The log has no copy of the original, only its size, so that every edit is looked for where it must be: `after` where it was
made, else `before`. More than one set of edits may fit (of two deleted spaces, either may be back). Then the records of the
batch that leave no doubt decide: where all edits of a rule stand in them, or none does, so it is in the others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from ...edit import Edit

STATES = 200_000  # places looked at for one text, a choice: beyond, nothing is decided


class UnclearState(ValueError):
    """Says that no set of edits fits a text, or that several do."""


def fits(text: str, edits: Sequence[Edit], stands: bool, size: int) -> bool:
    """Whether `text` is what all of these edits lead to (or none of them) from an original of `size` code points."""
    shift = position = 0
    for edit in edits:
        start = edit.start + shift
        found = edit.after if stands else edit.before
        if start < position or not text.startswith(found, start):
            return False
        position = start + len(found)
        shift += len(found) - len(edit.before)
    return len(text) - shift == size and position <= len(text)


class Paths:
    """All ways to read a text as an original in which some of the edits were made.

    Raises UnclearState where there are none, or too many places to look at.
    """

    def __init__(self, text: str, edits: Sequence[Edit], size: int) -> None:
        self.edits = edits
        # For each edit, by the shift of places behind it: the shifts before it that lead there, and whether it stands.
        self.levels: list[dict[int, list[tuple[int, bool]]]] = []
        shifts: set[int] = {0}
        states = 0
        for edit in edits:
            level: dict[int, list[tuple[int, bool]]] = {}
            for shift in sorted(shifts):
                for stands, found in ((True, edit.after), (False, edit.before)):
                    if text.startswith(found, edit.start + shift):
                        level.setdefault(shift + len(found) - len(edit.before), []).append((shift, stands))
            states += len(level)
            if states > STATES:
                raise UnclearState("it has too many edits that may or may not have been undone")
            self.levels.append(level)
            shifts = set(level)
        self.last = len(text) - size
        if self.last not in shifts:
            raise UnclearState("it is neither what the edits lead to nor what undoing a part of them gives")

    def certain(self) -> list[bool | None]:
        """For each edit, whether it stands; None where that is open."""
        found: list[bool | None] = []
        shifts = {self.last}
        for level in reversed(self.levels):
            steps = [step for shift in shifts for step in level[shift]]
            answers = {stands for _, stands in steps}
            found.append(answers.pop() if len(answers) == 1 else None)
            shifts = {before for before, _ in steps}
        return found[::-1]

    def decided(self, expected: Callable[[Edit], bool | None]) -> list[bool]:
        """For each edit, whether it stands, in the one way that is as expected. Raises UnclearState for none or several."""
        certain = self.certain()
        wanted = [expected(edit) if one is None else one for edit, one in zip(self.edits, certain, strict=True)]
        ways = [{0: 1}]  # before each edit, by shift
        for level, one in zip(self.levels, wanted, strict=True):
            following: dict[int, int] = {}
            for shift, steps in level.items():
                if count := sum(ways[-1].get(before, 0) for before, stands in steps if one in (None, stands)):
                    following[shift] = count
            ways.append(following)
        if ways[-1].get(self.last) != 1:
            raise UnclearState("some of its edits were undone, and it cannot be said which")
        found: list[bool] = []
        shift = self.last
        for i in range(len(self.edits) - 1, -1, -1):
            shift, stands = next(
                (before, stands)
                for before, stands in self.levels[i][shift]
                if before in ways[i] and wanted[i] in (None, stands)
            )
            found.append(stands)
        return found[::-1]


class Precedents:
    """Whether edits of a rule, or of a rule at some confidence, stand in those records of a batch that leave no doubt."""

    def __init__(self) -> None:
        self.seen: defaultdict[object, set[bool]] = defaultdict(set)

    def add(self, edits: Sequence[Edit], stand: Sequence[bool | None]) -> None:
        """Count the edits of a record whose state is certain."""
        for edit, stands in zip(edits, stand, strict=True):
            if stands is not None:
                self.seen[edit.rule].add(stands)
                self.seen[edit.rule, edit.confidence].add(stands)

    def expected(self, edit: Edit) -> bool | None:
        """Whether an edit stands where all others like it do; None where there are none, or they differ."""
        seen = self.seen.get((edit.rule, edit.confidence)) or self.seen.get(edit.rule, set())
        return next(iter(seen)) if len(seen) == 1 else None
