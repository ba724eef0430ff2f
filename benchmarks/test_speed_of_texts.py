"""All rules together: over a document, over a batch, and the bare scan beside it."""

from __future__ import annotations

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from normalize import Normalizer
from normalize.bench.peers import cpu_seconds, known_words
from normalize.edit import apply, undo

pytestmark = pytest.mark.benchmark(timer=cpu_seconds)


def engine() -> Normalizer:
    """One that has its dictionaries read and has decided on nothing."""
    opened = Normalizer()
    opened.explain("Ia mengtakan hal itu.")
    return opened


def check(texts: list[str]) -> None:
    for text, explained in zip(texts, engine().explain_batch(texts), strict=True):
        assert apply(text, explained.edits) == explained.text
        assert undo(explained.text, explained.edits) == text


@pytest.mark.benchmark(group="a document")
def test_a_document(articles: list[str], benchmark: BenchmarkFixture) -> None:
    check(articles[:1])
    warm = engine()
    texts = articles[:2]  # in turn: the answer to the very last text may be kept
    benchmark(lambda: warm.explain_batch(texts))


@pytest.mark.benchmark(group="a batch")
def test_a_batch_with_nothing_decided(articles: list[str], benchmark: BenchmarkFixture) -> None:
    check(articles)
    benchmark.pedantic(lambda fresh: fresh.explain_batch(articles), setup=lambda: ((engine(),), {}), rounds=5)


@pytest.mark.benchmark(group="a batch")
def test_a_batch_seen_before(articles: list[str], benchmark: BenchmarkFixture) -> None:
    check(articles)
    warm = engine()
    warm.explain_batch(articles)
    benchmark(lambda: warm.explain_batch(articles))


@pytest.mark.benchmark(group="a batch")
def test_the_bare_scan(articles: list[str], benchmark: BenchmarkFixture) -> None:
    known = {form.encode() for word in engine().lexicon.words for form in (word, word.capitalize())}
    assert known_words("Warga xqzw itu turun ke jalan.", known) == 5
    benchmark(lambda: [known_words(text, known) for text in articles])
