"""The verdict of all answers, for a later run: words to keep, rewrites, changes to leave out, confidences to ask for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from ...edit import Edit
from .answers import Answer, Change, last_by_change, last_by_place
from .precision import least_confidences

TARGET = 0.95  # how often the edits of a rule are to be right, a choice


class Verdict(NamedTuple):
    """The sum of all answers."""

    keep_words: tuple[str, ...] = ()
    rewrites: Mapping[str, str] = MappingProxyType({})  # what is found -> what is meant
    unwanted: frozenset[Change] = frozenset()  # changes that were found wrong
    least_confidences: Mapping[str, float] = MappingProxyType({})  # by rule

    def allows(self, edit: Edit) -> bool:
        """Whether an edit is made: nobody found it wrong, and it is as sure as each of its rules has to be."""
        if (edit.rule, edit.before, edit.after) in self.unwanted:
            return False
        least = self.least_confidences
        return not least or all(edit.confidence >= least.get(rule, 0.0) for rule in edit.rule.split("+"))


def verdict(answers: Sequence[Answer], target: float = TARGET) -> Verdict:
    """Sum answers up. target: how often the edits of a rule are to be right; audited edits tell from which confidence."""
    reviewed = last_by_change(answers)
    kept = {change[1].strip() for change, answer in reviewed.items() if answer.answer == "keep"}
    wrong = [answer for answer in reviewed.values() if answer.answer != "right"]
    rewrites = {answer.before: answer.meant for answer in wrong if _is_word(answer.before) and _is_word(answer.meant)}
    return Verdict(
        tuple(sorted(word for word in kept if _is_word(word) and word not in rewrites)),
        dict(sorted((found, meant) for found, meant in rewrites.items() if found != meant)),
        frozenset(answer.change for answer in wrong),
        least_confidences(last_by_place(answers).values(), target),
    )


def rendered(found: Verdict) -> Iterator[str]:
    """Say in lines what a verdict does."""
    yield f"{len(found.keep_words):,} words to keep"
    yield f"{len(found.rewrites):,} rewrites"
    yield f"{len(found.unwanted):,} changes that are left out"
    for rule, least in found.least_confidences.items():
        yield f"{rule}: never" if least > 1 else f"{rule}: from {least:.4g}"


def _is_word(text: str) -> bool:
    return any(c.isalnum() for c in text) and text.isprintable()
