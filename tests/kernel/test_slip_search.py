"""SlipSearch and Parts: what the kernel tells of a word that is not known, held against Python."""

from __future__ import annotations

from array import array
from math import inf

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from normalize import kernel
from normalize.lexicon import load
from normalize.spelling.corrector import Corrector
from normalize.spelling.decision import Candidate

LEAST = (0.05, 0.5, 0.85, 0.99)
RIGHT = sorted(word for word, count in load().words.items() if count > 500)
# Forms of speech, formulas, spellings lent and not standard, roots, nouns or verbs, names, Roman numerals, other letters.
SPECIAL = (
    *("ngembangkan", "nulis", "ngomongin", "dibiayain", "nyoblosin", "kukasihin", "innalillahi", "wallohualam", "arrohman"),
    *("anggep", "anggepnya", "jatoh", "siape", "liquiditas", "disyahkan", "doorprizes", "profesionalism", "gadjah"),
    *("prilakunya", "resiko", "satenya", "pencegatan", "penyampaikan", "kebeneran", "sutrisn", "xvii", "mmm", "yg"),
    *("tidka", "mengtakan", "pelabuan", "oarng", "kafé", "é", "\ud800", "a" * 65, "pertanggungjawabanny", "ki", "inin"),
)


@pytest.fixture(scope="module")
def decisions(both):
    """One that asks the kernel, and one that does not."""
    fast, pure = (Corrector(load(), 0.5).decision for _ in range(2))
    pure.__dict__["slip_search"] = kernel.definitions["SlipSearch"]()
    return fast, pure


@st.composite
def typed(draw):
    """A right word with a letter or two mistyped."""
    word = draw(st.sampled_from(RIGHT))
    for _ in range(draw(st.integers(1, 2))):
        at, letter = draw(st.integers(0, len(word))), draw(st.sampled_from("aeioungkmrstyz"))
        word = draw(
            st.sampled_from(
                (word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :], word[:at] + word[at + 1 :])
            )
        )
    return word


def same(decisions, word):
    fast, pure = decisions
    assert fast.candidates(word) == pure.candidates(word)
    for least in LEAST:
        assert fast.may_be_slip(word, least) == pure.may_be_slip(word, least)


@given(typed())
def test_the_same_may_be_meant_by_a_mistyped_word(decisions, word):
    same(decisions, word)


@pytest.mark.parametrize("word", SPECIAL)
def test_the_same_may_be_meant_by_a_special_word(decisions, word):
    if word.isascii() and word.isalpha():
        same(decisions, word)
    else:
        assert decisions[0].slip_search.may_be_slip(word, 0.0, 0.0) is False
        assert decisions[0].slip_search.candidates(word) == ()


def test_few_words_are_left_to_python(decisions):
    results = [decisions[0].slip_search.candidates(word) for word in load().unverified]
    assert sum(candidates is None for candidates in results) < len(results) / 50


def test_what_is_no_table_is_refused(both, decisions, monkeypatch):
    asked = []
    monkeypatch.setattr(kernel, "SlipSearch", lambda *what: asked.append(what))
    type(decisions[0]).slip_search._find(decisions[0])
    (right,) = asked
    both[0].SlipSearch(*right)
    speller, pairs, affixes, tables, lent, neighbours, weights, word_weights, limits, lengths, beside, least, made = right
    for place, bad in (
        (0, pairs),
        (1, None),
        (2, affixes[:2]),
        (3, tables[:-1]),
        (3, (frozenset(), *tables[1:])),
        (4, (("sy",),)),
        (4, (("s", "sy"),)),
        (4, lent * 9),
        (5, set(neighbours)),
        (6, weights[1:]),
        (7, [*word_weights, 0.0]),
        (8, limits[1:]),
        (9, (65, *lengths[1:])),
        (10, beside[1:]),
        (11, None),
        (12, object),
    ):
        with pytest.raises((TypeError, ValueError)):
            both[0].SlipSearch(*right[:place], bad, *right[place + 1 :])
    assert made is Candidate
    assert speller is not None
    assert least > 0


def test_what_slips_cannot_be_judged_by_is_refused(both, monkeypatch):
    asked = []
    corrector = Corrector(load(), 0.5)
    monkeypatch.setattr(kernel, "Suspects", lambda *what: asked.append(what))
    corrector._sifter(corrector.memo.known)
    (right,) = asked
    text = "Kemarin wzvixq itu tidka datang."
    looked_at, edits = both[0].Suspects(*right).of(text, text.encode(), False)
    assert [(edit.before, edit.after, edit.rule) for edit in edits] == [("tidka", "tidak", "spelling.slip")]
    assert looked_at == {}
    least, looks_foreign, marks, endings, numbers = right[5]
    for place, bad in (
        (0, None),
        (3, (0, *right[3][1:])),
        (4, (0.0,)),
        (5, (least, looks_foreign, list(marks), endings, numbers)),
        (5, (least, looks_foreign, marks[1:], endings, numbers)),
        (5, (least, looks_foreign, marks, list(endings), numbers)),
        (5, (least, looks_foreign, marks, (None,), numbers)),
        (5, (least, looks_foreign, marks, endings, (-1, *numbers[1:]))),
        (6, object),
        (7, None),
        (8, (None,)),
    ):
        with pytest.raises((TypeError, ValueError)):
            both[0].Suspects(*right[:place], bad, *right[place + 1 :])
    failing = both[0].Suspects(*right[:5], (least, lambda word: 1 / 0, *right[5][2:]), *right[6:])
    with pytest.raises(ZeroDivisionError):
        failing.of(text, text.encode(), False)


COUNTS = {"a": 9, "ab": 3, "abc": 1, "ba": 5, "ca": 1}


def counted(primitives):
    """Pairs that hold COUNTS."""
    tables = [memoryview(array("I", numbers)) for numbers in ([0, 1], [2], [])]
    return primitives.Pairs(list(COUNTS), list(COUNTS.values()), 100.0, 0.5, *tables, (), ".", "#")


@given(
    st.text("abc", max_size=12) | st.sampled_from(("é", "aé", "\ud800", "ab" * 33)),
    st.sets(st.text("abc", min_size=1, max_size=3), max_size=4),
    st.sets(st.text("abc", min_size=1, max_size=3), max_size=3),
    st.lists(st.sampled_from((1.0, 2.0, 4.0, inf)), min_size=1, max_size=4),
    st.integers(1, 7),
)
@example("abba", {"ab"}, set(), [inf], 1)
def test_the_same_words_fall_apart(both, word, others, last, least, most):
    fast, pure = (
        primitives.Parts(counted(primitives), others, tuple(least), last, tuple(least[::-1]), most) for primitives in both
    )
    assert fast.may_be_parted(word) == pure.may_be_parted(word)
    for before in (0, 1, 3):
        assert fast.has_last(word, before) == pure.has_last(word, before)


def test_parts_stand_side_by_side(primitives):
    pairs = counted(primitives)
    parts = primitives.Parts(pairs, {"kata"}, (inf, inf, 2.0), {"di"}, (inf, inf, 3.0), 3)
    assert parts.may_be_parted("kataab")  # "ab" was counted three times
    assert not parts.may_be_parted("kataabc")  # "abc" once
    assert not parts.may_be_parted("kata")
    assert parts.may_be_parted("katakatadi")
    assert not parts.may_be_parted("katadikata")
    assert not parts.may_be_parted("kata" * 4)
    assert parts.has_last("xxdi", 2)
    assert parts.has_last("xxba", 2)
    assert not parts.has_last("xxca", 2)
    assert not parts.has_last("xdi", 2)


@pytest.mark.parametrize("bad", [{"most": 0}, {"most": 8}, {"least": ()}, {"least_of_last": (1.0,) * 33}])
def test_parts_without_bounds_are_refused(primitives, bad):
    right = {"others": (), "least": (1.0,), "last": (), "least_of_last": (1.0,), "most": 4}
    pairs = counted(primitives)
    primitives.Parts(pairs, **right)
    with pytest.raises(ValueError, match=r"parts|letters"):
        primitives.Parts(pairs, **{**right, **bad})
