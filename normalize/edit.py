"""An edit, and the algebra of edits: apply, undo, resolve_overlaps, compose.

All offsets are code points. Edits given together are sorted and do not overlap; an insertion has start == end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple

from . import kernel


class Edit(NamedTuple):
    """One change: `before` at [start, end) of the text it was found in becomes `after`."""

    start: int
    end: int
    before: str
    after: str
    rule: str  # stable id, "date.malformed"; edits of two rules merged into one join theirs with "+"
    confidence: float  # how likely it is right: calibrated for slips; else the share found right in samples of its rule


class Finding(NamedTuple):
    """A span that is reported and left as it is: boilerplate, a date that disagrees with the calendar."""

    start: int
    end: int
    before: str
    rule: str
    confidence: float
    note: str  # the reason, for a person


def families(rule: str) -> list[str]:
    """The families of the rules that made an edit, each once: "glue.sentence+spelling.slip" is of "glue" and "spelling"."""
    return list(dict.fromkeys(name.partition(".")[0] for name in rule.split("+")))


@dataclass(frozen=True, slots=True)
class Explanation:
    """The result of cleaning one text. Unpacks as `text, edits`; every offset is one of the ORIGINAL text."""

    text: str
    edits: tuple[Edit, ...]
    findings: tuple[Finding, ...] = ()

    def __iter__(self) -> Iterator[str | tuple[Edit, ...]]:
        return iter((self.text, self.edits))

    def to_clean(self, offset: int) -> int:
        """The place in the cleaned text of an offset in the original; inside an edit, the edit's start there."""
        return OffsetMap(self.edits).forward(offset)

    def to_raw(self, offset: int) -> int:
        """The place in the original text of an offset in the cleaned one; inside an edit, the edit's start there."""
        return OffsetMap(self.edits).back_start(offset)


@kernel.primitive
def apply(text: str, edits: Iterable[Edit]) -> str:
    """Make `edits` in `text`. Raises ValueError where an edit's `before` is not what stands there."""
    parts: list[str] = []
    position = 0
    for start, end, before, after, rule, _ in edits:
        if start < position or text[start:end] != before or end - start != len(before):
            raise ValueError(f"edit of {rule} does not fit the text: {before!r} at {start}, found {text[start:end]!r}")
        parts += text[position:start], after
        position = end
    parts.append(text[position:])
    return "".join(parts)


def undo(text: str, edits: Iterable[Edit]) -> str:
    """Take `edits` of a cleaned `text` back. Raises ValueError where an edit's `after` is not what stands there."""
    parts: list[str] = []
    position = shift = 0
    for edit in edits:
        start = edit.start + shift
        end = start + len(edit.after)
        if start < position or text[start:end] != edit.after:
            raise ValueError(f"edit was not made in this text: {edit}, found {text[start:end]!r}")
        parts += text[position:start], edit.before
        position = end
        shift += len(edit.after) - len(edit.before)
    parts.append(text[position:])
    return "".join(parts)


@kernel.primitive
def resolve_overlaps(edits: Iterable[Edit]) -> list[Edit]:
    """Choose edits that do not overlap: leftmost, then longest, then listed first. No-ops are dropped."""
    ranked = list(edits)
    kept: list[Edit] = []
    position, open_at = 0, -1  # everything before `position` is taken; an insertion was made at `open_at`
    ranked.sort(key=itemgetter(1), reverse=True)  # sorts are stable: of those that start together the longest stays first
    ranked.sort(key=itemgetter(0))
    for edit in ranked:
        start, end, before, after, _, _ = edit
        if before == after or start < position or start == end == open_at:
            continue
        kept.append(edit)
        position = end
        open_at = end if start == end else -1
    return kept


@kernel.primitive
def around(text: str, edits: list[Edit], reach: int) -> list[str]:
    """Cut out what `edits` led to in `text`, each with `reach` code points on both sides."""
    made = OffsetMap(edits)
    spans = zip(made.clean_starts, made.clean_ends, strict=True)
    return [text[max(0, start - reach) : end + reach] for start, end in spans]


class OffsetMap:
    """Carries offsets of a text over to its edited form, and back."""

    __slots__ = ("clean_ends", "clean_starts", "edits", "raw_starts")

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.edits = edits
        self.raw_starts = [e.start for e in edits]
        self.clean_starts: list[int] = []
        self.clean_ends: list[int] = []
        shift = 0
        for start, end, _, after, _, _ in edits:
            clean = start + shift
            self.clean_starts.append(clean)
            self.clean_ends.append(clean + len(after))
            shift += len(after) - (end - start)

    def forward(self, offset: int) -> int:
        """Original offset to edited offset, of a span's start (inside an edit: where the edit starts)."""
        i = bisect_right(self.raw_starts, offset) - 1
        if i < 0:
            return offset
        e = self.edits[i]
        return self.clean_starts[i] if offset < e.end else self.clean_ends[i] + offset - e.end

    def forward_end(self, offset: int) -> int:
        """Original offset to edited offset, of a span's end (inside an edit: where the edit ends)."""
        i = bisect_left(self.raw_starts, offset) - 1
        if i < 0:
            return offset
        e = self.edits[i]
        return self.clean_ends[i] if offset <= e.end else self.clean_ends[i] + offset - e.end

    def back_start(self, offset: int) -> int:
        """Edited offset to original offset, of a span's start (inside an edit: where the edit starts)."""
        i = bisect_right(self.clean_starts, offset) - 1
        if i < 0:
            return offset
        return self.edits[i].start if offset < self.clean_ends[i] else self.edits[i].end + offset - self.clean_ends[i]

    def back_end(self, offset: int) -> int:
        """Edited offset to original offset, of a span's end (inside an edit: where the edit ends)."""
        i = bisect_right(self.clean_starts, offset - 1) - 1
        if i < 0:
            return offset
        return self.edits[i].end if offset <= self.clean_ends[i] else self.edits[i].end + offset - self.clean_ends[i]


@kernel.primitive
def compose(original: str, first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """One list of edits on `original` that does what `first`, then `second` (on the result) do.

    Edits that overlap or touch become one, with the rules' names joined and the confidences multiplied.
    """
    # Both lists become (start, end) in the text between them; runs that overlap or touch are merged.
    middle = OffsetMap(first)
    starts, ends = middle.clean_starts, middle.clean_ends
    out: list[Edit] = []
    i = j = 0
    raw_shift = 0  # original offset minus middle offset, behind the first edits taken so far
    while j < len(second):
        edit = second[j]
        start, end, before, after, rule, confidence = edit
        free = bisect_left(ends, start, i)  # the first edits up to it end before this one
        if free > i:
            out += first[i:free]
            raw_shift = first[free - 1].end - ends[free - 1]
            i = free
        if i == len(first) or end < starts[i]:
            out.append(Edit(start + raw_shift, end + raw_shift, before, after, rule, confidence) if raw_shift else edit)
            j += 1
            continue
        # A cluster of edits of both lists that touch one another, [low, high) in the middle text.
        low = min(starts[i], start)
        high, first_from, second_from, shift_before = low, i, j, raw_shift
        while True:
            if i < len(first) and starts[i] <= high:
                high = max(high, ends[i])
                raw_shift = first[i].end - ends[i]
                i += 1
            elif j < len(second) and second[j].start <= high:
                high = max(high, second[j].end)
                j += 1
            else:
                break
        edits = list(first[first_from:i]), list(second[second_from:j])
        if merged := _cluster(original, low + shift_before, high + raw_shift, low, *edits):
            out.append(merged)
    return out + list(first[i:])


def _cluster(original: str, start: int, end: int, low: int, first: list[Edit], second: list[Edit]) -> Edit | None:
    """The edit of [start, end) of the original that two lists of edits make, which touch one another; None for none.

    `low`: where that begins in the text between.
    """
    before = original[start:end]
    after = _made(_made(before, start, first), low, second)
    return _merged(start, before, after, first + second) if before != after else None


def _made(text: str, offset: int, edits: list[Edit]) -> str:
    """Make `edits` in `text`, which begins at `offset` of the text that they are of."""
    parts: list[str] = []
    position = 0
    for start, end, _, after, _, _ in edits:
        parts += text[position : start - offset], after
        position = end - offset
    parts.append(text[position:])
    return "".join(parts)


def _merged(start: int, before: str, after: str, parts: list[Edit]) -> Edit:
    """The edit from `before` to `after`, without what both have in common at the ends."""
    head, tail = alike(before, after)
    before, after = before[head : len(before) - tail], after[head : len(after) - tail]
    confidence = 1.0
    for part in parts:
        confidence *= part.confidence
    rules = "+".join(dict.fromkeys(name for part in parts for name in part.rule.split("+")))
    return Edit(start + head, start + head + len(before), before, after, rules, round(confidence, 4))


def alike(before: str, after: str) -> tuple[int, int]:
    """Count the code points that two texts have in common at their start, and then at their end."""
    head = tail = 0
    shorter = min(len(before), len(after))
    while head < shorter and before[head] == after[head]:
        head += 1
    while tail < shorter - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return head, tail
