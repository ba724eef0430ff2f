"""Cleaning takes time that grows with the text, not with its square, whatever the text repeats."""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
import string
import time
from collections.abc import Callable, Iterator

import pytest
from mutation import STRANGERS
from pumping import pumped

import normalize
from normalize.normalizer import Normalizer
from normalize.rules import RULES

TAGS = {rule.tag for rule in RULES if rule.tag}
pytestmark = pytest.mark.slow  # a minute
ENGINES = {
    "plain": Normalizer(),
    "everything": Normalizer(drop=TAGS, standard=True, languages="all", min_confidence=0.05),
}
SIZES = (12_500, 25_000)  # code points
NOISE = 0.05  # seconds that a measurement may be off
MOST = 0.5  # seconds of a text of the larger size: on a slow machine, with others at work
SLIPS = (
    *("Rubah", "Tidka", "Hingg.", "tidka ", "dirumah ", "di di minta ", "yang yang ", "kembang nya ", "dih adapan "),
    *("wan:", "dari_,“punA", ",“ura", "TOR\xa0:\n", "“Kamsiap,'' kata dia.. "),
)
# Runs that stand in an example, and texts that are nothing but one.
RUNS = (
    *" \n\r\t.,-\"'([<#{/:aA0",
    ". ",
    ", ",
    "a ",
    "A ",
    "a.",
    "A.",
    "1/",
    "a-",
    "#a ",
    "Aa ",
    "\r\n",
    "” ",
    "é",
    "\xa0",
    "<p> ",
)


def seconds(engine: Normalizer, text: str, limit: float = 0.0) -> float:
    """CPU time of cleaning a text: the least of three runs, or the first that is below `limit`."""
    times = []
    for _ in range(3):
        start = time.process_time()
        engine.explain(text, "2024-10-25")
        times.append(time.process_time() - start)
        if times[-1] < limit:
            break
    return min(times)


def too_slow(engine: Normalizer, sized: Callable[[int], str]) -> str:
    """What is wrong with the time that texts of two sizes take; "" where it grows no more than threefold."""
    whole = seconds(engine, sized(SIZES[1]), 3 * NOISE)
    if whole < 3 * NOISE:
        return ""
    half = seconds(engine, sized(SIZES[0]))
    if whole > 3 * half + NOISE or whole > MOST:
        return f"{half:.3f} s and {whole:.3f} s: {sized(60)!r}"
    return ""


def repeated(text: str) -> Callable[[int], str]:
    """A text many times, whole each time: what ends a text is looked at by rules of its own."""
    return lambda size: text * (size // len(text))


def run_in(before: str, run: str, after: str) -> Callable[[int], str]:
    return lambda size: before + (run * (size // len(run) + 1))[:size] + after


@pytest.fixture(scope="module", autouse=True)
def _ready():
    for engine in ENGINES.values():
        engine.clean("Ia pulang.")


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("gap", ["", " "])
def test_what_a_rule_is_about_many_times(name, gap):
    texts = {next(iter(rule.changes)) for rule in RULES} | {trigger for rule in RULES for trigger in rule.trigger}
    texts |= {*SLIPS, *STRANGERS, *string.printable}
    pieces = sorted(text + gap for text in texts if isinstance(text, str))
    slow = [too_slow(ENGINES[name], repeated(piece)) for piece in pieces]
    assert list(filter(None, slow)) == []


@pytest.mark.parametrize("name", ENGINES)
def test_a_run_anywhere_in_what_a_rule_is_about(name):
    chance = random.Random(12)
    slow = []
    for rule in RULES:
        for run in RUNS:
            text = chance.choice([*rule.changes, *rule.keeps])
            at = chance.randrange(len(text) + 1)
            slow.append(too_slow(ENGINES[name], run_in(text[:at], run, text[at:])))
    assert list(filter(None, slow)) == []


@pytest.mark.parametrize("name", ENGINES)
def test_a_few_words_of_what_a_rule_is_about_many_times(name):
    """In an example one word is told by another, as "U -20" by "U-20": alone it is looked for in vain."""
    chance = random.Random(12)
    slow = []
    for rule in RULES:
        for text in (*rule.changes, *rule.keeps):
            words = text.split(" ")
            first = chance.randrange(len(words))
            slow.append(too_slow(ENGINES[name], repeated(" ".join(words[first : first + chance.randint(1, 3)]) + " ")))
    assert [*filter(None, slow), too_slow(ENGINES[name], repeated("Timnas U -20 "))] == [""]


def patterns(*packages: str) -> Iterator[re.Pattern[str]]:
    """The regular expressions in the modules of some packages."""
    for package in packages:
        path = importlib.import_module(f"{normalize.__name__}.{package}").__path__
        for module in pkgutil.iter_modules(path):
            names = vars(importlib.import_module(f"{normalize.__name__}.{package}.{module.name}"))
            yield from (
                value for value in names.values() if isinstance(value, re.Pattern) and isinstance(value.pattern, str)
            )


def grows(pattern: re.Pattern[str], text: str, run: str) -> bool:
    """Whether a pattern takes more than linear time to search a text with a run; also where it takes very long at once."""
    times = [0.0]
    for size in (25, 50, 100, 200, 400, 800):
        start = time.process_time()
        for _ in pattern.finditer(text + (run * size)[:size] + "\0"):
            pass
        times.append(time.process_time() - start)
        if times[-1] > 0.005:
            return True
    return times[-1] > 2.5 * times[-2] and times[-1] > 0.0003


PATTERNS = sorted(set(patterns("dates", "language", "newsroom", "rules", "spelling")), key=lambda pattern: pattern.pattern)
# One example of each rule, so that all of them look at the text.
EXAMPLES = "\0\n" + "\n".join(next(iter(rule.changes)) for rule in RULES)


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: ascii(pattern.pattern)[:60])
def test_what_a_pattern_nearly_matches(pattern):
    """Texts made of each pattern's repeats: where it is slow on its own, which short pieces allow, they are cleaned."""
    pairs = pumped(pattern, 3, random.Random(12))
    hostile = [pair for pair in sorted(pairs) if grows(pattern, *pair)][:3]
    for before, run in hostile:
        assert seconds(ENGINES["everything"], run_in(before, run, EXAMPLES)(40), 0.2) < 0.5
        assert too_slow(ENGINES["everything"], run_in(before, run, EXAMPLES)) == ""


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("chain", ["Lihat juga : ", "[aaa]", "<p>\xa0", '#”a" menganggu, '])
def test_a_chain_that_takes_many_rounds_among_much_to_be_weighed(name, chain):
    def sized(size):
        half = size // 2
        return "wan:" * (half // 4) + chain * (half // len(chain))

    assert too_slow(ENGINES[name], sized) == ""
