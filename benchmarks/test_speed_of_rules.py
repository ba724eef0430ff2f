"""Every rule alone: on its own examples, and on news in which it has nothing to do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from normalize import Normalizer
from normalize.bench.peers import cpu_seconds
from normalize.lexicon import load
from normalize.rule import Rule
from normalize.rules import RULES

TAGS = {rule.tag for rule in RULES if rule.tag}
LEARNED = replace(
    load(),
    boilerplate={line: 9 for rule in RULES for line in rule.learned},
    copies={place: copy for rule in RULES for place, copy in rule.copies.items()},
    own_rewrites=dict(row for rule in RULES for row in rule.own),
)

each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def alone(rule: Rule) -> Normalizer:
    """A Normalizer with this rule only, warm."""
    others = [other.name for other in RULES if other is not rule]
    opted = {"standard": rule.opt_in == "standard", "fill_holes": rule.opt_in == "fill-holes"}
    engine = Normalizer(skip=others, drop=TAGS, **opted)
    engine.lexicon = LEARNED
    engine.explain("Ia mengtakan hal itu.")
    return engine


@pytest.mark.benchmark(group="rules, own examples", timer=cpu_seconds)
@each_rule
def test_own_examples(rule: Rule, benchmark: BenchmarkFixture) -> None:
    engine = alone(rule)
    texts = [*rule.changes, *rule.keeps]
    meant = [*rule.changes.values(), *rule.keeps]
    days = [rule.date] * len(texts)
    assert engine.clean_batch(texts, days) == meant
    benchmark(lambda: engine.explain_batch(texts, days))


@pytest.mark.benchmark(group="rules, clean news", timer=cpu_seconds)
@each_rule
def test_clean_news(rule: Rule, articles: list[str], benchmark: BenchmarkFixture) -> None:
    engine = alone(rule)
    clean = [cleaned for cleaned in engine.clean_batch(articles) if cleaned]
    assert engine.clean_batch(clean) == clean
    benchmark.extra_info["MB"] = sum(len(text.encode()) for text in clean) / 1e6
    benchmark(lambda: engine.explain_batch(clean))
