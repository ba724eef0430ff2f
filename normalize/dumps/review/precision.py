"""Estimate the share of right edits of each rule from a judged sample, and the confidence to ask of them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .answers import Answer

Z = 1.96  # of the normal distribution, for intervals of 95 %
FEWEST = 20  # judged edits of a rule, a choice: with fewer, no confidence is asked for by it
NEVER = 1.01  # a confidence that no edit reaches


class Precision(NamedTuple):
    """The share of right ones among judged edits, with its interval of 95 %."""

    right: int
    judged: int

    @property
    def share(self) -> float:
        return self.right / self.judged if self.judged else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's score interval (Wilson 1927), which holds for few judged edits and for shares near 0 and 1, too."""
        if not self.judged:
            return 0.0, 1.0
        n, square = self.judged, Z * Z
        middle = (self.share + square / (2 * n)) / (1 + square / n)
        half = Z / (1 + square / n) * math.sqrt(self.share * (1 - self.share) / n + square / (4 * n * n))
        return max(0.0, middle - half), min(1.0, middle + half)


def by_rule(answers: Iterable[Answer]) -> dict[str, Precision]:
    """The precision of each rule; an edit that several rules made counts for each."""
    found: dict[str, Precision] = {}
    for answer in answers:
        for rule in answer.rule.split("+"):
            right, judged = found.get(rule, Precision(0, 0))
            found[rule] = Precision(right + (answer.answer == "right"), judged + 1)
    return dict(sorted(found.items()))


def least_confidences(answers: Iterable[Answer], target: float) -> dict[str, float]:
    """The least confidence of each rule from which on its edits are right as often as `target` says.

    Of the judged edits with at least that confidence, the lower end of the interval reaches the target; NEVER where none do.
    Rules with fewer than FEWEST judged edits, and those whose every edit may stay, are left out.
    """
    judged: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for answer in answers:
        for rule in answer.rule.split("+"):
            judged[rule].append((answer.confidence, answer.answer == "right"))
    found = {}
    for rule, some in sorted(judged.items()):
        if len(some) < FEWEST:
            continue
        for least in sorted({confidence for confidence, _ in some}):
            kept = [right for confidence, right in some if confidence >= least]
            if Precision(sum(kept), len(kept)).interval[0] >= target:
                if len(kept) < len(some):
                    found[rule] = least
                break
        else:
            found[rule] = NEVER
    return found


def confidence_allowing(wrong: float, answers: Iterable[Answer], made: Mapping[str, int]) -> float:
    """The least confidence from which on about `wrong` edits are wrong at most; NEVER where there is none.

    made: how many edits each rule made; each judged edit stands for as many of them as the draw left out.
    """
    some = list(answers)
    judged = Counter(answer.rule for answer in some)
    weights = {rule: made.get(rule, 0) / count for rule, count in judged.items()}
    left, found = 0.0, NEVER
    for answer in sorted(some, key=lambda answer: (-answer.confidence, answer.answer == "right")):
        left += weights[answer.rule] if answer.answer != "right" else 0.0
        if left > wrong:
            return found
        found = answer.confidence
    return 0.0
