"""Measure the cost of cleaning a dump, part by part: reading, records, and the engine rule by rule.

All figures are CPU time, so that other processes may share the machine. Reading that clock takes about a microsecond, a good
part of what a rule takes on a text; so rules are timed by the wall clock, read ten times as fast, and the engine's CPU time
is dealt out among them in those proportions.
"""

from __future__ import annotations

import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, ParamSpec, TypeVar

from .. import kernel
from ..dumps.clean import Clean
from ..dumps.formats import records_of
from ..dumps.inputs import Input
from ..dumps.reader import Reader, Selection
from ..dumps.record import Fields
from ..dumps.run import Watch
from ..dumps.worker import Task
from ..edit import Explanation
from ..lazy import lazy
from ..normalizer import Date, Normalizer
from ..rule import AnyProposal, Finder
from ..spelling.corrector import Corrector
from ..text import Text
from ..tokens import scan

P = ParamSpec("P")
R = TypeVar("R")

# Parts that are no rules.
READING, RECORDS = "reading, decompressing", "records: decoded, rebuilt, logged"
TRIGGERS, REST = "which rules concern a text", "settling, composing, making edits"
CALIBRATION = 20_000  # calls timed to learn what timing one takes, a choice
TASK, ENGINE, WALL = "task", "engine", "engine by the wall"  # sums of parts


@dataclass(slots=True)
class Spent:
    """The time and calls of a part so far."""

    seconds: float = 0.0
    calls: int = 0


class Clock:
    """Seconds and calls by part."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.spent: defaultdict[str, Spent] = defaultdict(Spent)

    def timed(self, part: str, function: Callable[P, R]) -> Callable[P, R]:
        """`function`, whose time is counted as `part`."""
        now, spent = self.now, self.spent[part]

        def run(*args: P.args, **keywords: P.kwargs) -> R:
            start = now()
            result = function(*args, **keywords)
            spent.seconds += now() - start
            spent.calls += 1
            return result

        return run

    def reset(self) -> None:
        for spent in self.spent.values():
            spent.seconds, spent.calls = 0.0, 0


def overhead() -> tuple[float, float]:
    """Seconds that timing adds to a call: those that are counted as the call's, and those that are not."""
    clock = Clock(time.perf_counter)
    call = clock.timed("", bool)
    start = time.perf_counter()
    for _ in range(CALIBRATION):
        call(0)
    total, counted = time.perf_counter() - start, clock.spent[""].seconds
    return counted / CALIBRATION, (total - counted) / CALIBRATION


class TimedNormalizer(Normalizer):
    """A Normalizer that measures the time of every part, and counts the texts."""

    clock: Clock  # by the wall
    cpu: Clock
    texts: int
    bytes: int  # of the texts, in UTF-8

    @classmethod
    def like(cls, normalizer: Normalizer, cpu: Clock) -> TimedNormalizer:
        """One with the options of `normalizer`."""
        timed = cls(**normalizer.__getstate__())  # type: ignore[arg-type]
        timed.clock, timed.cpu, timed.texts, timed.bytes = Clock(time.perf_counter), cpu, 0, 0
        return timed

    @lazy
    def stages(self) -> tuple[tuple[Finder, ...], ...]:
        plain = Normalizer(**self.__getstate__()).stages  # type: ignore[arg-type]
        return tuple(tuple(map(self._timed, stage)) for stage in plain)

    def _timed(self, finder: Finder) -> Finder:
        """A finder whose time is measured."""

        def found(text: Text) -> list[AnyProposal]:
            return list(finder.find(text))

        return finder._replace(find=self.clock.timed(finder.name, found))

    @lazy
    def _triggers(self) -> kernel.interfaces.Literals:
        return TimedLiterals(super()._triggers, self.clock)

    def explain_batch(self, texts: Sequence[str | None], dates: Sequence[Date] | None = None) -> list[Explanation | None]:
        self.texts += len(texts)
        self.bytes += sum(len(kernel.utf8(text)) for text in texts if text is not None)
        return self.cpu.timed(ENGINE, self.clock.timed(WALL, super().explain_batch))(texts, dates)


class TimedLiterals:
    """Literals whose search is timed."""

    def __init__(self, literals: kernel.interfaces.Literals, clock: Clock) -> None:
        self.found = clock.timed(TRIGGERS, literals.found)


@dataclass(frozen=True, slots=True)
class Costs:
    """The cost of a dump."""

    texts: int
    bytes: int  # of the texts, in UTF-8
    edits: int
    cpu: float  # seconds of user and system time, without start-up
    wall: float  # seconds
    parts: dict[str, float]  # CPU seconds, in the order of the work; adds up to `cpu`
    calls: dict[str, int]  # by part
    peak: int  # bytes of memory of the whole process


def costs(
    inputs: Sequence[Input],
    fields: Fields,
    normalizer: Normalizer,
    selection: Selection,
    watch: Watch = lambda *_: None,
) -> tuple[Costs, Normalizer]:
    """Clean the inputs as `normalize clean --edits` would, and write nothing. Returns the costs, and the engine, warm.

    Dictionaries are read before the clock starts. Raises DumpError for inputs that cannot be read.
    """
    clock = Clock(time.process_time)
    timed = TimedNormalizer.like(normalizer, clock)
    timed.prepare()
    timed.clock.reset()
    handle = clock.timed(TASK, Task(Clean(timed, fields, log=True), fields, inputs, log_compression=""))
    reader = Reader(inputs, fields, selection)
    batches = reader.batches()
    read = clock.timed(READING, lambda: next(batches, None))
    edits, began = 0, time.perf_counter()
    while batch := read():
        tally = handle(batch).tally
        edits += tally.edits.total()
        watch(inputs[batch.source], tally, reader.state.bytes_read)
    wall = time.perf_counter() - began
    spent = {part: spent.seconds for part, spent in clock.spent.items()}
    parts = {READING: spent[READING], RECORDS: spent[TASK] - spent[ENGINE], **_engine_parts(timed)}
    calls = {part: timed.clock.spent[part].calls for part in _timed_parts(timed)}
    return Costs(timed.texts, timed.bytes, edits, sum(parts.values()), wall, parts, calls, peak_memory()), timed


def _timed_parts(timed: TimedNormalizer) -> list[str]:
    return [TRIGGERS, *(finder.name for stage in timed.stages for finder in stage)]


def _engine_parts(timed: TimedNormalizer) -> dict[str, float]:
    """The engine's CPU time, dealt out in proportion to the wall clock, without what the timing itself took."""
    spent = timed.clock.spent
    counted, uncounted = overhead()
    parts = {part: spent[part].seconds - counted * spent[part].calls for part in _timed_parts(timed)}
    parts[REST] = spent[WALL].seconds - sum(spent[part].seconds + uncounted * spent[part].calls for part in parts)
    scale = timed.cpu.spent[ENGINE].seconds / (spent[WALL].seconds or 1.0)
    return {part: max(0.0, seconds) * scale for part, seconds in parts.items()}


def peak_memory() -> int:
    """The most memory that this process has held so far, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def texts(inputs: Sequence[Input], fields: Fields, selection: Selection) -> Iterator[str]:
    """The texts that a run over the inputs would clean."""
    for batch in Reader(inputs, fields, selection).batches():
        for record in records_of(batch, inputs[batch.source].format, fields):
            if not record.error:
                yield from filter(None, record.texts)


class Vocabulary(NamedTuple):
    """The distinct words of a dump: runs of ASCII letters, as they are cased."""

    distinct: int
    unknown: int  # not vouched for by the dictionaries
    undecided: int  # of the unknown ones, those that every text decides anew


def vocabulary(found: Iterable[str], warm: Normalizer) -> Vocabulary:
    """Count the words of texts that are known to an engine that has cleaned them."""
    words: set[bytes] = set()
    for text in found:
        words.update(scan(kernel.utf8(text)))
    data = b"\n".join(words)
    fresh = Corrector(warm.lexicon, warm.min_confidence)
    known, decided = fresh.memo.known, warm.corrector.memo.known
    return Vocabulary(len(words), len(known.unknown_words(data)), len(decided.unknown_words(data)))
