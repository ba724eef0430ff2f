"""The engine: runs the stages over a text and tells every change in offsets of the original."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import compress
from pathlib import Path
from threading import Lock
from typing import Any

from . import kernel, lexicon
from .dates import article_date
from .edit import Edit, Explanation, Finding, OffsetMap, apply, around, compose, settle
from .lexicon import learned
from .rule import Rule, Text
from .rules import RULES, STAGES
from .spelling.corrector import Corrector

Date = object  # a datetime.date, a string in any form that article_date reads, or None

# Of the slips mended at this probability and above, 96 in 100 were right in held-out news by the fit's own count, in which
# non-standard spellings put right count as wrong; below it the next ones are right three times in four.
MIN_CONFIDENCE = 0.8


class Normalizer:
    """Cleans texts. Cheap to make and to pickle: dictionaries are read at the first text, once per process.

    Threads may share one; they take turns.

    skip: rules not to run, by name ("date.malformed") or family ("date").
    drop: tags whose spans are taken out rather than reported ("boilerplate").
    min_confidence: edits below it are not made; lower, more slips are mended and more right words harmed.
    standard: also make spellings standard that are merely not so (resiko, ijin): the rules with opt_in "standard".
    learned: a folder that `normalize learn` wrote; what the dump has often counts as right, its roster repairs bylines.
    Raises ValueError for a rule or tag that does not exist, for a min_confidence that is no probability, and at the first
    text for a folder with nothing learnt in it.
    """

    def __init__(
        self,
        *,
        skip: Iterable[str] = (),
        drop: Iterable[str] = (),
        min_confidence: float = MIN_CONFIDENCE,
        standard: bool = False,
        learned: str | Path | None = None,
    ) -> None:
        if isinstance(skip, str) or isinstance(drop, str):
            raise ValueError('skip and drop take several names: ("date",), not "date"')
        if not 0 <= min_confidence <= 1:
            raise ValueError(f"min_confidence is a probability, not {min_confidence}")
        self.skip = tuple(sorted(set(skip)))
        self.drop = tuple(sorted(set(drop)))
        self.min_confidence = min_confidence
        self.standard = standard
        self.learned = None if learned is None else Path(learned)
        self._turn = Lock()  # memo and SymSpell's buffers serve one text at a time
        families = {rule.name for rule in RULES} | {rule.name.split(".")[0] for rule in RULES}
        for name in self.skip:
            if name not in families:
                raise ValueError(f"no rule or family of rules is named {name!r}: see `normalize rules`")
        for tag in self.drop:
            if tag not in {rule.tag for rule in RULES if rule.tag}:
                raise ValueError(f"no rule has the tag {tag!r}")

    def __getstate__(self) -> dict[str, object]:
        options = ("skip", "drop", "min_confidence", "standard", "learned")
        return {name: getattr(self, name) for name in options}

    def __setstate__(self, state: dict[str, Any]) -> None:
        Normalizer.__init__(self, **state)

    @cached_property
    def lexicon(self) -> lexicon.Lexicon:
        return lexicon.load() if self.learned is None else learned.lexicon(self.learned)

    @cached_property
    def corrector(self) -> Corrector:
        return Corrector(self.lexicon, self.min_confidence)

    @cached_property
    def stages(self) -> tuple[tuple[Rule, ...], ...]:
        """The stages, without the rules that are skipped."""
        return tuple(tuple(rule for rule in stage if not self._skips(rule)) for stage in STAGES)

    @cached_property
    def _triggers(self) -> kernel.Literals:
        """Tells, in one pass over a text, which of the rules it could concern: they are numbered through the stages."""
        return kernel.literals([rule.literals() for stage in self.stages for rule in stage])

    @cached_property
    def _reach(self) -> int:
        """How far from an edit, in code points, it can make a literal that was not there before."""
        return max(len(literal) for stage in STAGES for rule in stage for literal in rule.literals())

    def _skips(self, rule: Rule) -> bool:
        if (rule.opt_in and not self.standard) or (rule.learned and not self.lexicon.boilerplate):
            return True
        return rule.name in self.skip or rule.name.split(".")[0] in self.skip

    def clean(self, text: str, date: Date = None) -> str:
        """`text`, repaired."""
        return self.explain(text, date).text

    def clean_batch(self, texts: Sequence[str | None], dates: Sequence[Date] | None = None) -> list[str | None]:
        """Each text repaired, in order; None stays None. Raises ValueError when `dates` has another length."""
        days = _days(texts, dates)
        return [None if text is None else self.clean(text, day) for text, day in zip(texts, days, strict=True)]

    def map(self, column: str, **columns: str) -> Callable[[Any], Any]:
        """What `datasets.Dataset.map(..., batched=True)` takes to clean a column: an adapters.datasets.Map."""
        from .adapters.datasets import Map  # an adapter, which stands above: imported when it is asked for

        return Map(self, column, **columns)

    def explain_batch(self, texts: Sequence[str], dates: Sequence[Date] | None = None) -> list[Explanation]:
        """`explain` for each text, in order. Raises ValueError when `dates` has another length."""
        days = _days(texts, dates)
        return [self.explain(text, day) for text, day in zip(texts, days, strict=True)]

    def explain(self, text: str, date: Date = None) -> Explanation:
        """`text`, repaired, with every edit and finding. The same code as `clean`, so they cannot disagree."""
        if not isinstance(text, str):
            raise TypeError(f"a text is a str, not {type(text).__name__}")
        with self._turn:
            return self._explain(text, article_date.read(date))

    def _explain(self, text: str, day: datetime.date | None) -> Explanation:
        current, data = text, text.encode("utf-8", "surrogatepass")
        edits: list[Edit] = []
        findings: list[Finding] = []
        triggered = self._triggers.found(data)
        number = 0
        view = Text(current, data, day, self.lexicon, self.corrector)
        for stage in self.stages:
            wanted = triggered[number : number + len(stage)]
            number += len(stage)
            if 1 not in wanted:
                continue
            proposed: list[Edit] = []
            told: list[Finding] = []
            shared, something = None, True
            for rule in compress(stage, wanted):
                if rule.shared is not shared:
                    shared = rule.shared
                    something = shared is None or bool(shared(view))
                if not something:
                    continue
                found = rule.find(view)
                if not found:  # a list or a tuple, as a rule; a generator is asked
                    continue
                drop = not rule.tag or rule.tag in self.drop
                rule.propose(found, current, drop, self.min_confidence, proposed, told)
            if told:
                findings += _on_original(told, text, edits)
            if kept := settle(proposed) if proposed else []:
                edits = compose(text, edits, kept)
                current = apply(current, kept)
                data = current.encode("utf-8", "surrogatepass")
                view = Text(current, data, day, self.lexicon, self.corrector)
                changed = "\n".join(around(current, kept, self._reach))
                looked_at = changed.encode("utf-8", "surrogatepass") if len(changed) < len(current) else data
                triggered = self._triggers.found(looked_at, triggered)
        findings.sort(key=lambda finding: (finding.start, finding.end))
        return Explanation(current, tuple(edits), tuple(findings))


def _days(texts: Sequence[object], dates: Sequence[Date] | None) -> Sequence[Date]:
    """A date for each text. Raises ValueError where they are not as many, TypeError for what is no list."""
    if isinstance(texts, str) or isinstance(dates, str):
        raise TypeError("texts and dates are lists, of a text and a date each")
    if dates is not None and len(dates) != len(texts):
        raise ValueError(f"{len(texts)} texts, but {len(dates)} dates")
    return [None] * len(texts) if dates is None else dates


def _on_original(findings: list[Finding], text: str, edits: Sequence[Edit]) -> list[Finding]:
    """Findings of a later stage, told in offsets of the original text."""
    if not edits:
        return findings
    offsets = OffsetMap(edits)
    told = []
    for finding in findings:
        start = offsets.back_start(finding.start)
        end = max(start, offsets.back_end(finding.end))
        told.append(finding._replace(start=start, end=end, before=text[start:end]))
    return told
