"""Runs of marks: what the characters beside each say of it, whatever the words are.

A run is the longest stretch of commas, full stops and spaces around a mark. By its own characters and two on each side it
joins two paragraphs, is a comma that was only set badly, or hides a loss; or is well set. That is worked out once for each
run with what stands beside it. Which words stand there is looked at by the rules, spacing.py and hole.py.
"""

from __future__ import annotations

import re
from functools import lru_cache

from .. import kernel
from ..lazy import lazy_pattern
from ..text import Text

MEMO = 1 << 14  # runs that are kept, as they stand beside characters: a choice; the texts of 85 MB of news have 4,470
ANYWAY, BEFORE_ITEM, BEHIND_WORD = range(3)  # when a joint is mended

_JOIN = lazy_pattern(r"\.[ ]*,")
_MARKS_IN_PAIRS = lazy_pattern(r"[,.] +[,.]")


# Plain tuples: a class of them takes the start of a process 0.1 ms.
# A run that joins two paragraphs: how many of its characters stay, what the others become, and when.
Joint = tuple[int, str, int]
# One with a comma and a space before it, or more than one mark: what it is mended to, what tells that something is lost, if
# anything does, and whether it has two commas side by side.
Loose = tuple[str, str, bool]
# One of either kind, or both: itself between two characters on each side, as kernel.marks has it, and what it is.
Run = tuple[str, Joint | None, Loose | None]


class _Runs(dict[str, Run | None]):
    """The runs that were met, as kernel.marks has them; None for one that is well set."""

    def __missing__(self, string: str) -> Run | None:
        joint, loose = _joint(string), _loose(string)
        run = (string, joint, loose) if joint or loose else None
        if len(string) <= kernel.LONGEST_WORD:  # a longer one is hardly met again
            if len(self) >= MEMO:
                self.clear()
            self[string] = run
        return run


_RUNS = _Runs()


def runs(text: Text) -> list[tuple[int, int, Run]]:
    """The runs of marks of a text that are not well set: start, end, and what they are."""
    return kernel.marks(text.string, _RUNS)


def mended(string: str, start: int, end: int) -> str:
    """Return what the run of marks [start, end) should be: one mark or none, and a space or none."""
    return mended_between(string[start - 2 if start > 2 else 0 : start], "." in string[start:end], string[end : end + 2])


@lru_cache(maxsize=1 << 12)
def mended_between(two_before: str, stop: bool, two_after: str) -> str:
    """Return what a run of marks, with or without a full stop in it, becomes between these characters."""
    before, left, right = two_before[:-1], two_before[-1:], two_after[:1]
    if not left or left == "\n":
        return ""
    dash = left in "-–—" and (not before or before.isspace() or before == ",")
    quoted = left in '"”' and before != "" and before in (".,!?…" if right else ".!?…")
    marked = left in ":;?!…" or dash or (quoted and (right.isupper() or right in '"“‘'))
    mark = "" if marked else "." if stop else ","
    return mark if not right or right in "\r\n" or closes(two_after) else mark + " "


def closes(right: str) -> bool:
    """Whether `right` begins with a closing bracket or quote; a quote against a word opens a quotation."""
    mark = right[:1]
    return mark != "" and (mark in ")]" or (mark in '"”’' and not right[1:2].isalnum()))


def _parts(run: str) -> tuple[str, str, str]:
    """Part the key of a run into the characters before it, the run, and the characters behind it."""
    return run[:2].lstrip("\0"), run[2:-2], run[-2:].rstrip("\0")


def _joint(run: str) -> Joint | None:
    """Decide how a run, given with its neighbours, joins two paragraphs; None where it is left alone."""
    before, run, after = _parts(run)
    match = _JOIN.search(run)
    if not match:
        return None
    start = len(run[: match.start()].rstrip(" "))
    left, right, joint = (before + run[:start])[-1:], after[:1], run[start:]
    if left in "\n," or right == "'" or closes(after):  # "" too
        return None
    if "," in run[:start] and left == ".":
        return None  # "A1, A2, ..., A9"
    if left == "." or ".." in joint:  # an ellipsis keeps its dots
        if joint.startswith(".") and ".." not in joint[1:] and not right.islower():
            return start + 1, " " if right and right not in "\r\n" else "", ANYWAY
        return None
    when = BEFORE_ITEM if left.isdigit() and right.isdigit() else ANYWAY
    if joint.endswith(" ") and right.islower():
        return None
    if right and left.isalpha():
        when = BEHIND_WORD
    return start, mended_between(before, True, after), when


def _loose(run: str) -> Loose | None:
    """Decide what a run, given with its neighbours, is mended to, and what shows a loss; None where it stays or is another
    rule's."""
    before, marks, after = _parts(run)
    left, right = before[-1:], after[:1]
    if not left or left == "\n" or ".." in marks or "," not in marks:
        return None
    if marks.lstrip(" ")[0] == "." or marks in (",", ", "):
        return None  # behind a full stop is another rule's
    if marks.startswith(",") and not re.match(r",[,.]", marks):
        return None
    if left.isdigit() and right and right in "0123456789-":
        return None
    if marks.endswith(".") and right.isalnum() and "," not in marks[-3:-1]:
        return None
    if (left in '"”' and right in ('"', "”")) or before == " …":  # "Nilai 1, … , Nilai 9"
        return None
    if "." in marks and right.islower():
        return None  # "go.id,. lelang": a comma or a stop
    lost = ""
    if _MARKS_IN_PAIRS.search(marks):
        lost = "nothing stands between two marks"
    elif left in "-–—" or (left in ":;?!" and marks[0] == " "):
        lost = "a comma behind a mark"
    elif marks.startswith("  "):
        lost = "two spaces before a comma"
    elif left in "([" or (left in '"“' and not right.isalnum()):
        lost = "a comma behind an opening bracket or quote"
    elif closes(after) and right in ")]":
        lost = "a comma before a closing bracket"
    return mended_between(before, "." in marks, after), lost, ",," in marks
