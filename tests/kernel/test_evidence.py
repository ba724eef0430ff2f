"""What the words of a text say of its language, added up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

KNOWN = (-0.65, -0.06, -0.3, -1.1, -0.15)
SAID = {"urang": (2.2, 0.8, 0.8, 0.6, 0.5), "alun": (4.0, 0.1, 0.0, 0.0, 0.0), "tidka": (2.2, 0.8, 0.8, 0.6, 0.5)}
PIECES = ("urang", "alun", "tidka", "Budi", "rumah", "rumah", "anu", "é", "-", " ", ". ", "\ud800", "x" * 300)


def said(word):
    return SAID.get(word)


def sums_by(primitives, evidence=said):
    words = primitives.Words((), ("rumah", "kota"), ())
    return primitives.EvidenceSums(words, evidence, KNOWN, 6.7)


@given(
    st.lists(st.sampled_from(PIECES), max_size=14).flatmap(lambda pieces: st.just("".join(pieces))),
    st.integers(0, 4),
    st.sets(st.sampled_from(PIECES), max_size=3).map(frozenset),
    st.booleans(),
    st.booleans(),
    st.integers(0, 20),
    st.integers(0, 8),
)
def test_the_same_is_added_up(both, text, least, slips, cut_before, cut_behind, start, size):
    fast, pure = (
        sums_by(primitives).of(text, least, slips, cut_before, cut_behind, start, start + size) for primitives in both
    )
    assert fast == pure


@given(
    st.lists(st.sampled_from([*PIECES, *'\n“”"(1', "\u3000"]), max_size=30).map("".join),
    st.integers(0, 20),
    st.integers(0, 8),
    st.integers(0, 30),
    st.integers(0, 4),
    st.integers(0, 30),
)
def test_the_same_is_found_around(both, text, start, size, near, few, short_line):
    start = min(start, len(text))
    end = min(start + size, len(text))
    fast, pure = (sums_by(primitives).around(text, start, end, near, few, short_line) for primitives in both)
    assert fast == pure


def test_what_is_around_is_a_line_or_a_quotation(primitives):
    def around(text, word, near=90, few=0):
        start = text.index(word)
        return sums_by(primitives).around(text, start, start + len(word), near, few, 5)

    assert around("satu\nrumah tidka\ndua", "tidka") == (5, 16, False, False, False)
    assert around("satu “rumah tidka” dua", "tidka") == (6, 17, False, False, True)
    assert around("rumah tidka rumah", "tidka", near=3) == (3, 14, True, True, False)
    assert around("Rumah tidka rumah", "tidka", few=2) is None
    assert around("rumah tidka rumah", "tidka", few=2) == (0, 17, False, False, False)  # a name may be among them
    assert around("Rumah tidka urang", "tidka", few=2) == (0, 17, False, False, False)


@pytest.mark.parametrize("span", [(-(2**63), 2**63 - 1), (2**63 - 1, -(2**63))])
def test_offsets_outside_the_text_are_no_harm(both, span):
    fast, pure = (sums_by(primitives).of("urang rumah", 0, frozenset(), False, False, *span) for primitives in both)
    assert fast == pytest.approx(pure)


def test_slips_say_nothing_where_they_outnumber_other_words(primitives):
    def of(text, least=0, slips=("tidka",), start=0, end=0):
        return sums_by(primitives).of(text, least, frozenset(slips), False, False, start, end)

    assert of("tidka rumah rumah", slips=())[0] == pytest.approx(2.2 - 0.65 * (17 / 6.7 - 1))
    assert of("tidka rumah rumah")[0] == pytest.approx(-0.65 * 17 / 6.7)
    assert of("tidka rumah urang")[0] == pytest.approx(2 * 2.2 - 0.65 * (17 / 6.7 - 2))
    assert of("urang rumah rumah", start=0, end=5)[0] == pytest.approx(-0.65 * 12 / 6.7)
    assert of("urang-urang tidka", slips=())[0] == pytest.approx(2.2 - 0.65 * (17 / 6.7 - 1))
    assert of("urang rumah", least=2) is None


def test_a_word_is_asked_about_once(primitives):
    asked = []
    sums = sums_by(primitives, lambda word: asked.append(word))
    for _ in range(3):
        sums.of("urang anu rumah", 0, frozenset(), False, False, 0, 0)
    assert sorted(asked) == ["anu", "urang"]


def test_what_fails_is_told(primitives):
    def fails(word):
        raise LookupError(word)

    with pytest.raises(LookupError, match="urang"):
        sums_by(primitives, fails).of("urang", 0, frozenset(), False, False, 0, 0)
    with pytest.raises((ValueError, TypeError)):
        sums_by(primitives, lambda _: "x").of("urang", 0, frozenset(), False, False, 0, 0)
