"""The loop of the engine: finders asked about a text, stage by stage, and what they propose made one list of edits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from . import kernel
from .edit import Edit, Finding, OffsetMap, apply, around, compose, resolve_overlaps
from .kernel.interfaces import Literals
from .rule import AnyProposal, Find
from .text import Text

Answers = dict[str, tuple[bool, str]]  # rule -> whether its proposals are made edits or only reported, and its tag
WithoutKept = Callable[[str, list[Edit], list[Finding]], tuple[list[Edit], list[Finding]]]


class Asked(NamedTuple):
    """A finder as it is asked."""

    find: Find
    answers: Answers  # of its rules that are not skipped
    stage_end: int  # the number of the first finder of the next stage
    passed: bytes  # the finders that may be asked again after edits of its stage: 1 for each of them


@kernel.primitive
class Stages:
    """The finders of all stages in a row, and all that tells what becomes of their proposals.

    triggers: tells which finders concern a text. looks_far: those that an edit may concern from afar, a byte each. reach:
    how far from an edit, in code points, it can make a trigger that was not there before. least: the confidence below which
    no edit is made. rounds, read: a text is gone through so many times at the most, or until that many code points are.
    dropped: the rules that take out what has a tag. without_kept: leaves out the edits and findings in a string that are
    about words to keep, where there are any.
    edit_type, finding_type: Edit and Finding.
    """

    def __init__(
        self,
        finders: list[Asked],
        triggers: Literals,
        looks_far: bytes,
        reach: int,
        least: float,
        rounds: int,
        read: int,
        dropped: frozenset[str],
        without_kept: WithoutKept | None,
        edit_type: type[Edit],
        finding_type: type[Finding],
    ) -> None:
        self._finders, self._triggers, self._looks_far = finders, triggers, looks_far
        self._reach, self._least, self._rounds, self._read = reach, least, rounds, read
        self._dropped, self._without_kept = dropped, without_kept
        self._nothing = bytes(len(finders))

    def explained(self, texts: Sequence[Text]) -> list[tuple[str, list[Edit], list[Finding]]]:
        """What each text becomes, with its edits and findings, these in no order.

        Finders are asked stage by stage, and again where an edit of their own or of a later stage may concern them. Where it
        is compiled, each stage is asked about all texts before the next one: its code and data are in the caches then.
        """
        return [self._explained(text) for text in texts]

    def _explained(self, view: Text) -> tuple[str, list[Edit], list[Finding]]:
        text = view.string
        edits: list[Edit] = []
        findings: dict[Find, list[Finding]] = {}  # of the finders, when they were last asked
        wanted = bytearray(self._triggers.found(view.data))  # 1 for each finder that is to be asked
        concerned = bytearray(wanted)
        for _ in range(max(self._rounds, self._read // (len(text) + 1))):
            again = bytearray(len(wanted))
            start = wanted.find(1)
            while start >= 0:
                _, _, end, passed = self._finders[start]
                proposed: list[Edit] = []
                for number in range(start, end):
                    if wanted[number]:
                        find, answers, _, _ = self._finders[number]
                        reported: list[Finding] = []
                        sort_out(find(view), view.string, answers, self._least, proposed, reported)
                        if self._without_kept:
                            proposed, reported = self._without_kept(view.string, proposed, reported)
                        if reported or find in findings:
                            findings[find] = _on_original(reported, text, edits)
                if kept := resolve_overlaps(proposed):
                    edits = compose(text, edits, kept)
                    view.become(apply(view.string, kept))
                    triggered = self._triggers.found(self._changed(view, kept), self._nothing)
                    # What is taken out may be long, and concerns all that look at the text.
                    takes_out = any(edit.rule in self._dropped for edit in kept)
                    for number, is_triggered in enumerate(triggered):
                        concerned[number] |= is_triggered
                        if is_triggered or (concerned[number] and (takes_out or self._looks_far[number])):
                            wanted[number] = 1
                            again[number] |= passed[number]
                start = wanted.find(1, end)
            if 1 not in again:
                break
            wanted = again
        return view.string, edits, list(chain.from_iterable(findings.values()))

    def _changed(self, view: Text, made: list[Edit]) -> bytes:
        """What stands around edits that were made, or all of the text that they led to where that is shorter, as UTF-8.

        No piece begins or ends as a line does, which some rules look for, but where the text does: between pieces, and
        between them and what is left of the text, stands a byte that no text has.
        """
        pieces = around(view.string, made, self._reach)
        if made[0].start > self._reach:
            pieces.insert(0, "")
        if OffsetMap(made).clean_ends[-1] + self._reach < len(view.string):
            pieces.append("")
        if sum(map(len, pieces)) + len(pieces) > len(view.string):
            return view.data
        return b"\xff".join([piece.encode("utf-8", "surrogatepass") for piece in pieces])


def sort_out(
    proposals: Iterable[AnyProposal],
    string: str,
    answers: Answers,
    least: float,
    edits: list[Edit],
    findings: list[Finding],
) -> None:
    """Put the proposals for a text to its edits and findings.

    answers: for each rule that is not skipped, whether its proposals are made edits or only reported, and its tag.
    An edit with a confidence below `least` is left out.
    """
    after: str | None
    for proposal in proposals:
        if isinstance(proposal, Edit):
            start, end, _, after, rule, confidence = proposal
            note = ""
        else:
            start, end, after, rule, confidence, note = proposal
        if rule not in answers:
            continue
        makes_edits, tag = answers[rule]
        before = string[start:end]
        if after is None or not makes_edits:
            findings.append(Finding(start, end, before, rule, confidence, note or tag))
        elif confidence >= least:
            edits.append(Edit(start, end, before, after, rule, confidence))


def _on_original(findings: list[Finding], text: str, edits: Sequence[Edit]) -> list[Finding]:
    """Findings of a later stage, told in offsets of the original text."""
    if not edits or not findings:
        return findings
    offsets = OffsetMap(edits)
    moved = []
    for start, end, _, rule, confidence, note in findings:
        start = offsets.back_start(start)
        end = max(start, offsets.back_end(end))
        moved.append(Finding(start, end, text[start:end], rule, confidence, note))
    return moved
