"""A text counts once, however many exact or near copies of it a dump has: of whatever kind the thing is that it prints."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from learn.articles import words

from normalize import Normalizer
from normalize.learn import contexts, counts, write
from normalize.lexicon import learned

THINGS = {
    "byline": ("Penulis: Yurika Nendri", "Yurika Nendri"),
    "masthead": ("(Tribunevs.com)", "Tribunevs.com"),
    "name": ("Wiryoatmojo", "wiryoatmojo"),
    "word": ("mengtakan", "mengtakan"),
}


def article(number: int, printed: str) -> str:
    return f"Hujan turun di {words(number)}. Warga {words(number + 1000)} {printed} {words(number + 2000)} itu."


def near_copies(text: str, copies: int) -> list[str]:
    """A text as other sites print it: with another dateline, another link in it, a sentence less, another footer."""
    first, second = text.split(". ")
    kinds = (
        "KOTA{n} - {first}. {second}",
        "{first}. Baca juga: {link}\n{second}",
        "{second}",
        "{first}.  “{second}”\nFoto: {link}",
    )
    filled = {"first": first, "second": second}
    return [kinds[n % len(kinds)].format(n=n, link=words(n + 5000), **filled) for n in range(copies)]


def known(folder, texts):
    write(counts(texts), folder)
    return {(kind, form): int(n) for kind, form, n in learned.rows(folder / learned.KNOWN, learned.KNOWN_COLUMNS)}


@pytest.mark.parametrize("kind", THINGS)
def test_what_many_articles_print_is_known(tmp_path, kind):
    printed, form = THINGS[kind]
    assert known(tmp_path, [article(number, printed) for number in range(40)])[kind, form] == 40


@pytest.mark.parametrize("kind", THINGS)
@pytest.mark.parametrize("copies", [12, 100])
def test_what_one_article_prints_is_not_however_many_copies_there_are(tmp_path, kind, copies):
    printed, form = THINGS[kind]
    assert (kind, form) not in known(tmp_path / "exact", [article(1, printed)] * copies)
    found = known(tmp_path / "near", near_copies(article(1, printed), copies))
    assert found.get((kind, form), 0) <= (4 if kind == "byline" else 0)  # what stands beside it differs in some


@pytest.mark.parametrize("kind", THINGS)
def test_copies_of_some_articles_count_as_these(tmp_path, kind):
    printed, form = THINGS[kind]
    articles = [article(number, printed) for number in range(contexts.ENOUGH - 1)]
    assert known(tmp_path, articles * 9)[kind, form] == len(articles)


def test_copies_of_a_slip_do_not_outweigh_the_articles_that_print_what_was_meant(tmp_path):
    right = [article(number, "mengatakan") for number in range(100)]
    write(counts([article(200, "mengtakan")] * 12 + right), tmp_path)
    assert Normalizer(learned=tmp_path).clean("Warga mengtakan hal itu.") == "Warga mengatakan hal itu."


def test_copies_of_what_is_near_do_not_make_a_word_a_slip(tmp_path):
    word, near = "rembulungan", "rembulungam"
    articles = [article(number, word) for number in range(20)]
    assert ("word", word) in known(tmp_path, articles + [article(100, near)] * 300)


def test_copies_of_a_byline_are_no_reason_to_change_its_twin(tmp_path):
    write(counts([article(1, "(Tribunnews.com/Yurika Nendri)")] * 8), tmp_path)
    assert Normalizer(learned=tmp_path).clean("(Tribunnews.com/Yurika Nendrii)") == "(Tribunnews.com/Yurika Nendrii)"


@settings(max_examples=200)
@given(st.lists(st.integers(0, 40), min_size=1, max_size=60), st.integers(1, 6), st.randoms(use_true_random=False))
def test_contexts_are_the_same_in_whatever_order_and_parts_they_are_united(numbers, parts, chance):
    cells = [f"{number:08x}" for number in numbers]
    chance.shuffle(cells)
    united = [contexts.united(part) for first in range(parts) if (part := cells[first::parts])]
    random.Random(chance.random()).shuffle(united)
    found: contexts.ByThing = {}
    for cell in united:
        contexts.add(found, "thing", cell)
    different = len(set(numbers))
    assert contexts.number(found["thing"]) == min(different, contexts.ENOUGH)
    assert found["thing"] == contexts.united(cells)
    assert contexts.CELL.fullmatch(found["thing"])


def test_memory_for_a_thing_has_a_bound():
    found = counts([article(number, "mengtakan") for number in range(500)])
    assert found.contexts["word"]["mengtakan"] == contexts.MANY
    assert found.words["mengtakan"] == 500


def test_a_context_is_the_words_not_the_marks_between_them():
    plain, marked = "Kata Sari hari ini mengtakan hal yang itu", "“Kata Sari hari  ini,\nmengtakan: hal yang itu"
    assert counts([plain]).contexts["word"] == counts([marked]).contexts["word"]
