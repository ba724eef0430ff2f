"""The engine: runs the stages over texts, and returns every change in offsets of the original."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from inspect import signature
from itertools import accumulate, chain
from math import ceil
from operator import itemgetter
from pathlib import Path
from threading import Lock
from typing import Any

from . import forks, kernel, lexicon
from .dates import article_date
from .edit import Edit, Explanation, Finding
from .language.judge import Judge
from .lazy import lazy
from .lexicon import learned, own
from .lexicon.reliability import min_confidence_for
from .rounds import READ, ROUNDS
from .rule import Finder, Rule
from .rules import RULES, STAGES, spelling
from .rules.lookup import named, tagged
from .spelling.corrector import Corrector
from .stages import ScheduledFinder, Stages
from .stand_ins import stand_ins
from .text import Text

Date = object  # a date, a string in any form that article_date reads, or None

# Of slips drawn in 13 collections that no count and no fit had seen, two readers found 144 of 149 right at 0.85 and above,
# and 95 of 110 at 0.80 to 0.85.
MIN_CONFIDENCE = 0.85

TOGETHER = 512  # texts that the engine handles together; more gain nothing (benchmarks/notes/speed.md)
LANGUAGES = ("indonesian", "all")  # in which spelling changes words


class Normalizer:
    """Cleans texts. Cheap to make and to pickle: dictionaries are read at the first text, once per process.

    Threads may share one; they take turns.

    skip: rules not to run, by name ("date.malformed"), family ("date") or pattern ("date.*").
    drop: what to take out rather than report: tags ("boilerplate", "credit", "link", "script", "holes"), or single rules
    that have one.
    min_confidence: edits below it are not made. A lower one mends more slips, and harms more right words.
    max_wrong: the share of words that may get a wrong edit (1e-4: one in ten thousand); raises min_confidence as needed.
    standard: also rewrite spellings that are merely not standard (resiko, ijin).
    fill_holes: fill the holes of a text from its copies, where `learned` has some.
    learned: a folder that `normalize learn` wrote. What its dump has often counts as right, and its bylines repair others.
    keep_words: words and phrases that stay as they are, in any casing; or the Path of a file with one a line.
    rewrites: words and phrases -> what you write for them; or the Path of a file with rows of both, a tab between.
    languages: "indonesian" keeps spelling out of other languages, the spelling of before 1972, and chat; with "all" it
    changes words anywhere.
    Raises ValueError for a rule or tag that does not exist, a min_confidence that is no probability, and words to keep or
    rewrites that make no sense; at the first text, for a folder that holds nothing learnt.
    """

    def __init__(
        self,
        *,
        skip: Iterable[str] = (),
        drop: Iterable[str] = (),
        min_confidence: float = MIN_CONFIDENCE,
        standard: bool = False,
        learned: str | Path | None = None,
        keep_words: Iterable[str] | Path = (),
        rewrites: Mapping[str, str] | Path | None = None,
        languages: str = "indonesian",
        max_wrong: float | None = None,
        fill_holes: bool = False,
    ) -> None:
        if isinstance(skip, str) or isinstance(drop, str):
            raise ValueError('skip and drop take several names: ("date",), not "date"')
        if not 0 <= min_confidence <= 1:
            raise ValueError(f"min_confidence is a probability, not {min_confidence}")
        if languages not in LANGUAGES:
            raise ValueError(f"languages are {' or '.join(LANGUAGES)}, not {languages!r}")
        if max_wrong is not None:
            min_confidence = max(min_confidence, min_confidence_for(max_wrong))
        self.languages = languages
        self.skip = tuple(sorted(set(skip)))
        self.drop = tuple(sorted(set(drop)))
        self.min_confidence = min_confidence
        self.standard = standard
        self.fill_holes = fill_holes
        self.learned = None if learned is None else Path(learned)
        self.keep_words = _words(keep_words)
        self.rewrites = _rewrites(rewrites)
        own.check_apart(self.keep_words, self.rewrites)
        self._kept = own.KeptWords((*self.keep_words, *self.rewrites.values()))
        self._turn = Lock()  # memo and SymSpell's buffers serve one text at a time
        self._skipped = frozenset(rule.name for name in self.skip for rule in named(name))
        self._dropped = frozenset(rule.name for name in self.drop for rule in tagged(name))
        forks.at_work.add(self)

    def __repr__(self) -> str:
        """Show the options that are not Normalizer's own."""
        defaults = {name: parameter.default for name, parameter in signature(Normalizer).parameters.items()}
        state = self.__getstate__()
        given = [
            f"{name}={state[name]!r}"
            for name in defaults
            if name in state and (state[name] or None) != (defaults[name] or None)
        ]
        return f"Normalizer({', '.join(given)})"

    def __getstate__(self) -> dict[str, object]:
        options = (
            "skip",
            "drop",
            "min_confidence",
            "standard",
            "learned",
            "keep_words",
            "rewrites",
            "languages",
            "fill_holes",
        )
        return {name: getattr(self, name) for name in options}

    def __setstate__(self, state: dict[str, Any]) -> None:
        Normalizer.__init__(self, **state)

    @lazy
    def lexicon(self) -> lexicon.Lexicon:
        base = lexicon.load() if self.learned is None else learned.lexicon(self.learned)
        if not self.keep_words and not self.rewrites:
            return base
        return own.lexicon(base, self.keep_words, tuple(self.rewrites.items()))

    @lazy
    def corrector(self) -> Corrector:
        return Corrector(self.lexicon, self.min_confidence, self._skipped)

    @lazy
    def judge(self) -> Judge | None:
        """The judge of languages; None where all text counts as Indonesian."""
        return Judge(self.lexicon) if self.languages == "indonesian" else None

    @lazy
    def stages(self) -> tuple[tuple[Finder, ...], ...]:
        """The stages, without skipped rules, and without finders that have no rule left."""
        stages = [[_without(finder, self._skips) for finder in stage] for stage in STAGES]
        return tuple(tuple(finder for finder in stage if finder.rules) for stage in stages)

    @lazy
    def _triggers(self) -> kernel.interfaces.Literals:
        """Finds, in one pass over a text, the finders that it may concern, numbered through the stages."""
        return _literals(tuple(finder.patterns() for stage in self.stages for finder in stage))

    @lazy
    def _loop(self) -> Stages:
        """The loop over all finders, numbered through the stages."""
        finders = list(chain.from_iterable(self.stages))
        # Finders that an edit anywhere may concern: they say so, look at every text, or take out long spans.
        far = [finder.looks_far or not finder.patterns() or any(rule.tag for rule in finder.rules) for finder in finders]
        kept = self._without_kept if self.keep_words or self.rewrites else None
        reach = max(len(pattern) for stage in STAGES for finder in stage for pattern in finder.patterns())
        return Stages(
            self._finders,
            self._triggers,
            bytes(far),
            reach,
            self.min_confidence,
            ROUNDS,
            READ,
            self._dropped,
            kept,
            Edit,
            Finding,
        )

    @lazy
    def _finders(self) -> list[ScheduledFinder]:
        """All finders in order, each with the outcomes of its rules, and which finders look again after its stage."""
        finders = [(number, finder) for number, stage in enumerate(self.stages) for finder in stage]
        outcomes = [
            {rule.name: (not rule.tag or rule.name in self._dropped, rule.tag) for rule in finder.rules}
            for _, finder in finders
        ]
        makes_edits = [any(made for made, _ in row.values()) for row in outcomes]
        repeats = []
        for number, stage in enumerate(self.stages):
            last = number - 1 if _looks_again(stage) else number  # those of later stages look in any case
            repeats.append(bytes(of <= last and makes for (of, _), makes in zip(finders, makes_edits, strict=True)))
        ends = list(accumulate(map(len, self.stages)))
        return [
            ScheduledFinder(finder.find, row, ends[stage], repeats[stage])
            for (stage, finder), row in zip(finders, outcomes, strict=True)
        ]

    def _skips(self, rule: Rule) -> bool:
        """Whether a rule does not run: it is skipped, or opt-in and not chosen, or has no rows to go by."""
        chosen = {"standard": self.standard, "fill-holes": self.fill_holes}
        if rule.opt_in and not chosen.get(rule.opt_in, rule.name in self._dropped):
            return True
        if rule.copies and not self.lexicon.copies:
            return True
        if (rule.learned and not self.lexicon.boilerplate) or (rule.own and not self.lexicon.own_rewrites):
            return True
        return rule.name in self._skipped

    def prepare(self) -> None:
        """Read the dictionaries now, not at the first text. Processes that are forked after this share their memory."""
        self.explain("Ia mengtakan hal itu.")

    def clean(self, text: str, date: Date = None) -> str:
        """Repair a text. `date`: the article's own; one that names no day is ignored."""
        return self.explain(text, date).text

    def clean_batch(self, texts: Sequence[str | None], dates: Sequence[Date] | None = None) -> list[str | None]:
        """Repair each text, in order; None stays None. Raises ValueError when `dates` has another length."""
        return [None if one is None else one.text for one in self.explain_batch(texts, dates)]

    def explain_batch(self, texts: Sequence[str | None], dates: Sequence[Date] | None = None) -> list[Explanation | None]:
        """Explain each text, in order; None stays None. Raises ValueError when `dates` has another length."""
        jobs = [(text, day) for text, day in zip(texts, _days(texts, dates), strict=True) if text is not None]
        explained = iter(self._explain(jobs))
        return [None if text is None else next(explained) for text in texts]

    def explain(self, text: str, date: Date = None) -> Explanation:
        """Repair a text, and return it with every edit and finding. `clean` runs the same code, so they cannot disagree."""
        return self._explain([(text, date)])[0]

    def _explain(self, jobs: Sequence[tuple[str, Date]]) -> list[Explanation]:
        """Explain texts with their dates, at most TOGETHER at a time, as many each time."""
        explanations = []
        times = ceil(len(jobs) / TOGETHER) or 1
        together = ceil(len(jobs) / times) or 1
        for start in range(0, len(jobs), together):
            tables, views = [], []
            for text, date in jobs[start : start + together]:
                if not isinstance(text, str):
                    raise TypeError(f"a text is a str, not {type(text).__name__}")
                tables.append(table := stand_ins(text))
                string, day = text.translate(table) if table else text, article_date.read(date)
                views.append(Text(string, day, self.lexicon, self.corrector, self.judge))
            with self._turn, _no_collections():
                results = self._loop.explained(views)
            for (string, edits, findings), table in zip(results, tables, strict=True):
                if len(findings) > 1:
                    findings.sort(key=itemgetter(0, 1))  # by where they are
                explanation = Explanation(string, tuple(edits), tuple(findings))
                explanations.append(without_stand_ins(explanation, table) if table else explanation)
        return explanations

    def _without_kept(self, string: str, edits: list[Edit], findings: list[Finding]) -> tuple[list[Edit], list[Finding]]:
        """Return the edits that change no word to keep, and the findings that are about none.

        Rules with a tag take out whatever is in their spans, and the user's own rewrites are wanted: they are not held back.
        """
        held_back = self._kept_apply_to
        edits = [e for e in edits if e.rule not in held_back or not self._kept.are_lost(string, e.start, e.end, e.after)]
        return edits, [finding for finding in findings if not self._kept.cover(finding.before)]

    @lazy
    def _kept_apply_to(self) -> frozenset[str]:
        """The rules that must not change the words to keep."""
        return frozenset(rule.name for rule in RULES if not rule.tag and not rule.own)


@contextmanager
def _no_collections() -> Iterator[None]:
    """Put off garbage collections: the engine leaves no cycles, and they would go over all that it remembers of words."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _words(given: Iterable[str] | Path) -> tuple[str, ...]:
    """Read or check the words to keep. Raises ValueError."""
    if isinstance(given, Path):
        return own.read_keep_words(given)
    if isinstance(given, str):
        raise ValueError('keep_words takes several words, ("kafe",), or a Path, not a string')
    return own.checked_words((word, "keep_words") for word in given)


def _rewrites(given: Mapping[str, str] | Path | None) -> dict[str, str]:
    """Read or check the user's rewrites. Raises ValueError."""
    if given is None:
        return {}
    if isinstance(given, Path):
        return own.read_rewrites(given)
    if not isinstance(given, Mapping):
        raise ValueError('rewrites are a mapping, {"found": "meant"}, or a Path')
    return own.checked_rewrites((found, meant, "rewrites") for found, meant in given.items())


@lru_cache(maxsize=4)
def _literals(groups: tuple[tuple[kernel.BytePattern, ...], ...]) -> kernel.interfaces.Literals:
    """Return what looks for groups of patterns: one for all Normalizers of a process with these, as it learns from texts."""
    return kernel.Literals(list(groups))


def without_stand_ins(explanation: Explanation, table: dict[int, int]) -> Explanation:
    """Put the characters back for which `table` had put stand-ins into the text."""
    back = {stand_in: character for character, stand_in in table.items()}

    def original(parts: Edit | Finding) -> list[Any]:
        return [part.translate(back) if isinstance(part, str) else part for part in parts]

    return Explanation(
        explanation.text.translate(back),
        tuple(Edit(*original(edit)) for edit in explanation.edits),
        tuple(Finding(*original(finding)) for finding in explanation.findings),
    )


def _looks_again(stage: Iterable[Finder]) -> bool:
    """Whether a stage is that of the corrector, which looks at what it has edited again itself."""
    its_rules = {rule for finder in spelling.FINDERS for rule in finder.rules}
    return any(not its_rules.isdisjoint(finder.rules) for finder in stage)


def _without(finder: Finder, skips: Callable[[Rule], bool]) -> Finder:
    """`finder` for those of its rules that are not skipped."""
    return finder._replace(rules=tuple(rule for rule in finder.rules if not skips(rule)))


def _days(texts: Sequence[object], dates: Sequence[Date] | None) -> Sequence[Date]:
    """Return a date for each text. Raises ValueError where their numbers differ, TypeError for a string."""
    if isinstance(texts, str) or isinstance(dates, str):
        raise TypeError("texts and dates are lists, of a text and a date each")
    if dates is not None and len(dates) != len(texts):
        raise ValueError(f"{len(texts)} texts, but {len(dates)} dates")
    return [None] * len(texts) if dates is None else dates
