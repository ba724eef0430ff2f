"""The loop of the engine: finders look at a text, stage by stage, and their proposals become one list of edits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from . import kernel
from .edit import Edit, Finding, OffsetMap, apply, around, compose, resolve_overlaps
from .kernel.interfaces import Literals
from .rule import AnyProposal, Find
from .text import Text

Outcomes = dict[str, tuple[bool, str]]  # rule -> whether its proposals become edits rather than findings, and its tag
UNREACHED = 2.0  # a confidence that no edit has
WithoutKept = Callable[[str, list[Edit], list[Finding]], tuple[list[Edit], list[Finding]]]


class ScheduledFinder(NamedTuple):
    """A finder in its place among the finders of all stages, which are numbered in order."""

    find: Find
    outcomes: Outcomes  # of its rules that are not skipped
    stage_end: int  # the number of the first finder of the next stage
    repeats: bytes  # a byte for each finder: 1 if it may look again after edits of this stage


@kernel.primitive
class Stages:
    """Runs the finders of all stages over texts.

    triggers: finds which finders concern a text. looks_far: a byte for each finder: 1 if an edit anywhere in the text may
    concern it. reach: code points from an edit within which it can make a new trigger. least: the confidence below which no
    edit is made. rounds, read: a text is gone through at most so many times, or until so many code points were read.
    dropped: the rules whose tagged spans are taken out. without_kept: removes the edits and findings about words to keep;
    None where there are no such words. edit_type, finding_type: Edit and Finding.
    """

    def __init__(
        self,
        finders: list[ScheduledFinder],
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
        """Return each text as it becomes, with its edits, in order, and its findings, in no order.

        Finders look stage by stage, and again where an edit of their own or of a later stage may concern them. The compiled
        loop takes all texts through a stage before the next stage: its code and data are in the caches then. A text that
        edits lead on and on stays as it is, as it does when it is cleaned once more; its findings are what is seen in it.
        """
        return [self._explained(text) for text in texts]

    def _explained(self, view: Text) -> tuple[str, list[Edit], list[Finding]]:
        original = view.string
        if (settled := self._settled(view, self._least)) is None:
            view.become(original)
            settled = self._settled(view, UNREACHED)
        assert settled, "without edits nothing leads on"
        return settled

    def _settled(self, view: Text, least: float) -> tuple[str, list[Edit], list[Finding]] | None:
        """Return what a text becomes by edits with a confidence of `least`; None where the last round leads on to others."""
        text = view.string
        edits: list[Edit] = []
        findings: dict[Find, list[Finding]] = {}  # of each finder, when it looked last
        wanted = bytearray(self._triggers.found(view.data))  # 1 for each finder that is to look
        concerned = bytearray(wanted)
        for _ in range(max(self._rounds, self._read // (len(text) + 1))):
            again = bytearray(len(wanted))
            start = wanted.find(1)
            while start >= 0:
                _, _, end, repeats = self._finders[start]
                proposed: list[Edit] = []
                for number in range(start, end):
                    if wanted[number]:
                        find, outcomes, _, _ = self._finders[number]
                        reported: list[Finding] = []
                        sort_out(find(view), view.string, outcomes, least, proposed, reported)
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
                            again[number] |= repeats[number]
                start = wanted.find(1, end)
            if 1 not in again:
                return view.string, edits, list(chain.from_iterable(findings.values()))
            wanted = again
        return None

    def _changed(self, view: Text, made: list[Edit]) -> bytes:
        """Return what stands around the edits `made`, or the whole text where that is shorter, as UTF-8.

        Between pieces, and where the text goes on before or behind them, stands a byte that no text has, so that no piece
        seems to begin or end a line, which some rules look for.
        """
        pieces = around(view.string, made, self._reach)
        if made[0].start > self._reach:
            pieces.insert(0, "")
        if OffsetMap(made).clean_ends[-1] + self._reach < len(view.string):
            pieces.append("")
        if sum(map(len, pieces)) + len(pieces) > len(view.string):
            return view.data
        return b"\xff".join([kernel.utf8(piece) for piece in pieces])


def sort_out(
    proposals: Iterable[AnyProposal],
    string: str,
    outcomes: Outcomes,
    least: float,
    edits: list[Edit],
    findings: list[Finding],
) -> None:
    """Append the proposals for a text to its edits or to its findings.

    Left out are those of rules that are not in `outcomes`, and edits with a confidence below `least`.
    """
    after: str | None
    for proposal in proposals:
        if isinstance(proposal, Edit):
            start, end, _, after, rule, confidence = proposal
            note = ""
        else:
            start, end, after, rule, confidence, note = proposal
        if rule not in outcomes:
            continue
        makes_edits, tag = outcomes[rule]
        before = string[start:end]
        if after is None or not makes_edits:
            findings.append(Finding(start, end, before, rule, confidence, note or tag))
        elif confidence >= least:
            edits.append(Edit(start, end, before, after, rule, confidence))


def _on_original(findings: list[Finding], text: str, edits: Sequence[Edit]) -> list[Finding]:
    """Move findings of a later stage to offsets of the original text."""
    if not edits or not findings:
        return findings
    offsets = OffsetMap(edits)
    moved = []
    for start, end, _, rule, confidence, note in findings:
        start = offsets.back_start(start)
        end = max(start, offsets.back_end(end))
        moved.append(Finding(start, end, text[start:end], rule, confidence, note))
    return moved
