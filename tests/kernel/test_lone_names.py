"""Names that a text has once, and the ones it has often that they may be slips of: alike in C and in Python."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

texts = st.lists(st.sampled_from(["Budi", "Bdui", "Bud", "budi", "BUDI", "Budis", "Bidu", "di", ",", "(", "é", "x", "\n"]))


@given(texts, st.sets(st.sampled_from(["budi", "Bdui", "Bud"])), st.integers(2, 4), st.integers(2, 3))
@example(["di", "Bdui", "Budi", "Budi", "Budi"], set(), 3, 3)
def test_the_same_names_are_found(both, words, known, shortest, times):
    fast, pure = (p.lone_names(p.Words([], sorted(known), []), " ".join(words).encode(), shortest, times) for p in both)
    assert fast == pure


letters = st.text("abs", min_size=2, max_size=8).map(str.capitalize)


@given(letters, letters)
@example("Abcdef", "Abedcf")
@example("Kabul", "Kabuls")
def test_the_same_is_one_slip(both, typed, meant):
    text = f"ia {typed}, {meant} {meant}".encode()
    fast, pure = (p.lone_names(p.Words([], [], []), text, 2, 2) for p in both)
    assert fast == pure


def test_a_name_stands_once_and_is_not_known(primitives):
    known = primitives.Words([], ["Solo", "kota"], [])
    known.add("Slamet")
    text = "Tono ke Solo: é, dari Slmaet dan Slamet (Rita Slamet) ke Kota. Anto tidak; Slamet ya, Karanganyar"
    found = primitives.lone_names(known, text.encode(), 4, 3)
    assert [(name, twin) for _, name, twin in found] == [
        ("Tono", ""),
        ("Slmaet", "Slamet"),
        ("Rita", ""),
        ("Anto", ""),
        ("Karanganyar", ""),
    ]
    assert all(text[offset:].startswith(name) for offset, name, _ in found)


def test_a_word_of_one_letter_is_no_name(primitives):
    with pytest.raises(ValueError, match="two letters"):
        primitives.lone_names(primitives.Words([], [], []), b"", 1, 3)
