"""Speller, Affixes and words_and_chat: what spelling asks for of a word and around it."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from normalize.lexicon import load
from normalize.spelling.channel import Channel
from normalize.spelling.decision import SlipDecision
from normalize.spelling.morphology import BOUND_FORMS, CIRCUMFIXES, CLITICS

letters = st.text("abc", min_size=1, max_size=5)
RATES = Channel.load().table()
TRIGRAMS = [-1.0 - (number * 7919 % 101) / 10 if number % 3 else -20.0 for number in range(28**3)]


@given(st.sets(letters | st.sampled_from(["é", "aé", "a-b", "abcdefgh"]), max_size=12), st.data())
@example({"ab"}, None)
def test_the_same_words_are_near(both, words, data):
    words = sorted(words)
    frequent = [word for word in words if word.isascii() and word.isalpha()][::2]
    arguments = words, [-float(len(word)) for word in words], frequent, RATES, TRIGRAMS, -20.0
    fast, pure = (primitives.Speller(*arguments) for primitives in both)
    drawn = data.draw(letters) if data else "b"
    for typed in (*words, "", "ab", "ba", "aab", "kafé", "Ab", "\ud800", "a" * 64, "a" * 65, drawn):
        assert fast.within_one_edit(typed) == pure.within_one_edit(typed)
        assert fast.within_two_edits(typed) == pure.within_two_edits(typed)
        if typed.isascii() and typed.islower() and typed.isalpha():
            assert fast.trigram_surprisal(typed) == pure.trigram_surprisal(typed)
            assert fast.unseen_trigrams(typed) == pure.unseen_trigrams(typed)
            assert fast.is_unpronounceable(typed) == pure.is_unpronounceable(typed)


def test_what_is_near_is_told_with_its_prior_and_cost(primitives):
    speller = primitives.Speller(["tidak", "tiada"], [-1.0, -2.0], ["tidak"], RATES, TRIGRAMS, -20.0)
    near = speller.within_one_edit("tidka")
    assert near.keys() == {"tidak"}
    assert near["tidak"][:2] == (-1.0, Channel.load().cost("tidka", "tidak"))
    assert speller.within_one_edit("tidkaa") == {}
    assert speller.within_two_edits("tidkaa").keys() == {"tidak"}
    for word in ("", "é", "Ab", "a b"):
        with pytest.raises(ValueError, match="letters"):
            speller.trigram_surprisal(word)


@pytest.mark.parametrize(
    "bad",
    [
        {"words": ["a", "a"], "priors": [0.0, 0.0]},
        {"priors": []},
        {"priors": ["x"]},
        {"frequent": ["b"]},
        {"rates": [0.0]},
        {"trigrams": [0.0]},
        {"words": ["a" * 256]},
    ],
)
def test_what_does_not_belong_together_is_refused(both, bad):
    right = {"words": ["a"], "priors": [0.0], "frequent": [], "rates": RATES, "trigrams": TRIGRAMS, "unseen": -20.0}
    both[0].Speller(**right)
    with pytest.raises((TypeError, ValueError)):
        both[0].Speller(**{**right, **bad})


def test_a_number_that_empties_its_list_does_no_harm(both):
    class Rude:
        def __float__(self):
            priors.clear()
            return 0.0

    priors = [Rude(), Rude(), Rude()]
    both[0].Speller(["a", "b", "c"], priors, [], RATES, TRIGRAMS, -20.0)
    assert priors == []


def test_the_engine_is_offered_the_same_words(both, monkeypatch):
    lexicon = load()
    fast = SlipDecision(lexicon)

    def speller(words, priors, *others):
        """Python can't read what the compiled kernel packed."""
        unpacked = both[0].Table(words, array("I", bytes(4 * len(priors))))
        return both[1].Speller(list(unpacked), priors, *others)

    monkeypatch.setattr("normalize.spelling.candidates.Speller", speller)
    pure = SlipDecision(lexicon)
    pure.__dict__["slip_search"] = both[1].SlipSearch()
    for word in (*list(lexicon.unverified)[::150], "mengtakan", "ynag", "a", "dna", "x" * 70, "kafé"):
        assert fast.search.nearest(word) == pure.search.nearest(word)
        assert fast.candidates(word) == pure.candidates(word)


stems = st.sampled_from(
    ["ajar", "kirim", "pukul", "tulis", "rambut", "enang", "bom", "cek", "an", "nya", "khusus", "é" * 3, "éé", ""]
)
affixes = st.sampled_from(
    [
        *(*CIRCUMFIXES, *BOUND_FORMS, *CLITICS, "meng", "menge", "meny", "mem", "men", "peny"),
        *("kan", "i", "an", "x", "é", "\ud800"),
    ]
)


@settings(max_examples=500)
@example([], "berrambut", [], {"rambut"})
@example([], "berenang", [], {"renang"})
@example([], "menulis", [], {"tulis"})
@example([], "mengecek", [], {"cek"})
@example([], "mengirim", [], {"kirim"})
@example([], "menyapu", [], {"sapu"})
@example([], "multikata", [], {"kata"})
@example([], "multiubi", [], {"ubi"})
@example(["anti"] * 70, "kata", [], {"kata"})
@example(["pra", "pra"], "praan", [], {"praan", "prapraan", "an", "raan"})
@example([], "mengkirimkan", ["nyalah"], {"kirim", "kirimkan", "engkirim", "kir"})
@given(st.lists(affixes, max_size=2), stems, st.lists(affixes, max_size=2), st.sets(stems, max_size=6))
def test_the_same_words_are_well_formed_and_in_the_same_ways(both, before, stem, behind, known):
    word = "".join((*before, stem, *behind))
    for among in (known, known | {stem}):
        fast, pure = (primitives.Affixes(among, CLITICS, CIRCUMFIXES, BOUND_FORMS, 3) for primitives in both)
        assert fast.well_formed(word) == pure.well_formed(word)
        assert fast.analyses(word) == pure.analyses(word)


def test_an_affix_that_can_be_none_is_refused(both):
    for bound in (("",), ("anti", ""), ("x" * 17,), ("a",) * 65, ["anti"]):
        with pytest.raises(ValueError, match=r"bound|affix"):
            both[0].Affixes([], CLITICS, CIRCUMFIXES, bound, 3)
    with pytest.raises(ValueError, match="circumfixes"):
        both[0].Affixes([], CLITICS, {str(number): () for number in range(65)}, BOUND_FORMS, 3)
    with pytest.raises(ValueError, match="letters"):
        both[0].Affixes([], CLITICS, CIRCUMFIXES, BOUND_FORMS, -1)


pieces = ["yg", "tdk", "dtg", "ia", "Budi", "é", "ßa", "9a", "a_b", "bcdfgh", "km.", "tv@", "zvixqi", "\U00031350", "①"]


@given(st.data(), st.lists(st.sampled_from(pieces), max_size=40))
@example(None, ["yg"] * 900)
def test_the_same_words_and_chat_are_around(both, data, around):
    text = " ".join(around) + " "
    start = data.draw(st.integers(0, len(text))) if data else 1000
    end = data.draw(st.integers(start, len(text))) if data else 1003
    fast, pure = (
        primitives.words_and_chat(text, start, end, 60, max(0, start - 90), len(text), 2, 5) for primitives in both
    )
    assert fast == pure


def test_a_span_outside_a_text_is_refused(both):
    for span in ((-1, 1, 9, 0, 2), (0, 3, 9, 0, 2), (1, 0, 9, 0, 2), (0, 1, -1, 0, 2), (0, 1, 9, 1, 2)):
        with pytest.raises(ValueError, match="outside"):
            both[0].words_and_chat("ia", *span, 2, 5)


found_words = st.lists(st.text("ab", min_size=1, max_size=3), max_size=5).map(tuple)


@given(st.text("abAB _é1“\u0410", max_size=40) | st.text(max_size=20), found_words, st.integers(0, 3))
@example("Ab ab aB ab_ab éab 1ab ab", ("ab", "a", "ab"), 9)
def test_the_same_words_stand_elsewhere(both, text, words, most):
    fast, pure = (primitives.elsewhere(text, words, most) for primitives in both)
    assert list(fast.items()) == list(pure.items())


def test_what_stands_elsewhere_is_whole(primitives):
    text = "Tidak, tidak; TIDAK tidaklah x-tidak tidak_"
    assert primitives.elsewhere(text, ("tidak", "tiada"), 9) == {"tidak": 4}
    assert primitives.elsewhere(text, ("tidak",), 2) == {"tidak": 2}


@pytest.mark.parametrize("word", ["", "Ab", "é", None])
def test_what_is_no_word_is_looked_for_nowhere(both, word):
    with pytest.raises((ValueError, TypeError)):
        both[0].elsewhere("a b", ("a", word), 3)


def test_arrays_are_sequences_too(both):
    marks = array("d", [0.0])
    assert both[0].Speller(("a",), marks, (), RATES, array("d", TRIGRAMS), -20.0).within_one_edit("b").keys() == {"a"}


def test_an_empty_bound_prefix_is_refused(both):
    """It would stand before itself for ever."""
    for bound in (("",), ("me", "")):
        with pytest.raises(ValueError, match="bound prefix"):
            both[0].Affixes(["makan"], (), {}, bound, 2)
