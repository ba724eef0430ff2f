"""Tell which edits of a log stand in a text: after an undo in part, some do and others do not.

The log has no copy of the original, only its size, so that every edit is looked for where it must be: `after` where it was
made, else `before`. More than one set of edits may fit (of two deleted spaces, either may be back); then the sets that
follow a rule or a confidence, as conditions do, come first, and where several are left nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...edit import Edit

STATES = 200_000  # places looked at for one text, a choice: beyond, nothing is found
SETS = 32  # sets of edits compared, a choice
RULES = 6  # rules of one text whose combinations are tried, a choice


def standing(text: str, edits: Sequence[Edit], size: int) -> list[bool]:
    """For each edit, whether it stands in `text`, which some of them led to from an original of `size` code points.

    Raises ValueError where no set of edits fits, or several do.
    """
    for candidates in (_by_condition(edits), _all_sets(text, edits, size)):
        fitting = {tuple(made) for made in candidates if fits(text, edits, made, size)}
        if len(fitting) == 1:
            return list(fitting.pop())
        if fitting:
            raise ValueError("some of its edits were undone, and it cannot be said which")
    raise ValueError("neither it nor what undoing a part of its edits gives is what the log is about")


def fits(text: str, edits: Sequence[Edit], made: Sequence[bool], size: int) -> bool:
    """Whether `text` can be what just these edits lead to."""
    shift = position = 0
    for edit, is_made in zip(edits, made, strict=True):
        start = edit.start + shift
        found = edit.after if is_made else edit.before
        if start < position or not text.startswith(found, start):
            return False
        position = start + len(found)
        shift += len(found) - len(edit.before)
    return len(text) - shift == size and position <= len(text)


def _by_condition(edits: Sequence[Edit]) -> Iterator[list[bool]]:
    """The sets that a condition on the rule or on the confidence leaves, but for all and none."""
    rules = sorted({edit.rule for edit in edits})
    if len(rules) <= RULES:
        for number in range(1, 2 ** len(rules) - 1):
            left = {rule for bit, rule in enumerate(rules) if number >> bit & 1}
            yield [edit.rule in left for edit in edits]
    for bound in sorted({edit.confidence for edit in edits})[1:]:
        yield [edit.confidence < bound for edit in edits]
        yield [edit.confidence >= bound for edit in edits]


def _all_sets(text: str, edits: Sequence[Edit], size: int) -> Iterator[list[bool]]:
    """The sets that fit, up to SETS. Raises ValueError where there are too many places to look at."""
    # For each edit, the shifts that can stand before it, and how each was come by.
    levels: list[dict[int, list[tuple[int, bool]]]] = [{0: []}]
    states = 0
    for edit in edits:
        following: dict[int, list[tuple[int, bool]]] = {}
        for shift in levels[-1]:
            for made, found in ((True, edit.after), (False, edit.before)):
                if text.startswith(found, edit.start + shift):
                    following.setdefault(shift + len(found) - len(edit.before), []).append((shift, made))
        states += len(following)
        if states > STATES:
            raise ValueError("it has too many edits that may or may not have been undone")
        levels.append(following)
    last = len(text) - size
    pending: list[tuple[int, int, list[bool]]] = [(len(edits), last, [])] if last in levels[-1] else []
    for _ in range(SETS * (len(edits) + 1)):
        if not pending:
            return
        level, shift, later = pending.pop()
        if level == 0:
            yield later[::-1]
            continue
        pending += [(level - 1, before, [*later, is_made]) for before, is_made in levels[level][shift]]
