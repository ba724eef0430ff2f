"""Passages in other languages: the sentences of a text are judged one by one, and neighbours of one language joined."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain
from math import exp, floor
from typing import NamedTuple

from ..lazy import lazy_pattern
from .evidence import VARIETIES
from .judge import LOWER_CASED, Judge, Verdict

# An Indonesian text of any length has one of these: "yang" and "dan" alone are every twentieth word of news.
YANG, DAN, DI = b" yang ", b" dan ", b" di "
SENTENCE_END = lazy_pattern(r"[.!?…][\"”'’)]*(?=\s)|\n")
SHORTEST = 20  # code points: what is shorter is a name or a label
SUREST = 0.88  # of 105 such passages drawn from news and read, 93 were what they were taken for
NAMES = {
    "malay": "Malay",
    "old": "Indonesian in the spelling of before 1972",
    "english": "English",
    "chat": "chat",
    "lower-cased": "without capitals, where a name looks like any word",
}


class Passage(NamedTuple):
    """A span of a text in another language than that of Indonesian news."""

    start: int
    end: int
    language: str
    confidence: float


def language_of(verdict: Verdict) -> str:
    """The name of what a verdict says, as findings have it."""
    return NAMES.get(verdict.variety, "another language")


def looks_foreign(data: bytes) -> bool:
    """Whether a text, in UTF-8, has none of the words that every Indonesian text has: then it is worth a look."""
    return not (YANG in data or DAN in data or DI in data)


def passages(text: str, judge: Judge, left_alone: Sequence[tuple[int, int, Verdict]]) -> Iterator[Passage]:
    """The passages of `text` in other languages, in order.

    left_alone: the places where a word was left as it is, in order, and why; their sentences are such passages in any case.
    """
    starts = [at for at, _, _ in left_alone]
    start, end, variety, logit = 0, 0, "", 0.0
    for first, last in sentences(text):
        verdict = judge.passage(text, first, last) if last - first >= SHORTEST else Verdict("", -1.0)
        inside = [reason for _, _, reason in left_alone[bisect_left(starts, first) : bisect_left(starts, last)]]
        if inside and (verdict.logit <= 0 or LOWER_CASED in inside):
            verdict = max(inside, key=lambda reason: reason.logit)
        elif verdict.logit <= 0 or (verdict.variety == "chat" and not inside):  # quotations of news are colloquial too
            continue
        if variety == verdict.variety and not text[end:first].strip():
            end, logit = last, max(logit, verdict.logit)
            continue
        if variety:
            yield _passage(text, start, end, variety, logit, judge)
        start, end, variety, logit = first, last, verdict.variety, verdict.logit
    if variety:
        yield _passage(text, start, end, variety, logit, judge)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """List where the sentences of a text begin and end, without the white space around them."""
    start = 0
    for first, last in chain((match.span() for match in SENTENCE_END.finditer(text)), ((len(text), len(text)),)):
        if first == start and text[first:last].strip():
            continue  # a mark that a sentence begins with does not end it
        sentence = text[start:last]
        begins = start + len(sentence) - len(sentence.lstrip())
        ends = first if text[first:last] == "\n" else last
        if begins < ends:
            yield begins, ends
        start = last


def _passage(text: str, start: int, end: int, variety: str, logit: float, judge: Judge) -> Passage:
    name = NAMES.get(variety)
    if name is None:
        weights = {name: weight for name, weight in judge.languages(text[start:end]).items() if name not in VARIETIES}
        weights.pop("indonesian", None)
        name = max(weights, key=lambda name: (weights[name], name)).capitalize() if weights else "another language"
    return Passage(start, end, name, min(SUREST, floor(1e4 / (1 + exp(-logit))) / 1e4))
