"""Runs of one kind of character, and joints of two."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st


@given(st.text(st.sampled_from("abcAB09 ,.),.\n\x00\x7f\x80\xa0é“\ud800😀"), max_size=40) | st.text(max_size=20))
def test_the_same_is_found(both, text):
    fast, pure = (
        [list(primitives.marks(text).items()), primitives.joints(text), list(primitives.beyond_ascii(text).items())]
        for primitives in both
    )
    assert fast == pure


def test_runs_stand_at_their_offsets(primitives):
    text = "é ada . , “Ia, 9.,Kota”. Gula2Pasir,Ia ,"
    assert primitives.beyond_ascii(text) == {"é": [0], "“": [10], "”": [22]}
    assert primitives.marks(text) == {"aa . , “A": [5], " 0.,Aa": [16], "Aa ,\0\0": [38]}
    assert primitives.joints(text) == [30]
    assert primitives.marks("é ada.,") == {"aa.,\0\0": [5]}  # a text of Latin letters, a run among ASCII


@given(st.text(st.sampled_from(",.a é“\ud800\U0001f600"), max_size=60))
def test_commas_and_stops_are_counted(primitives, text):
    assert primitives.commas_and_stops(text) == (text.count(","), text.count("."))
