"""Runs of one kind of character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st


class Kinds(dict[str, str | None]):
    """Rows that are made when they are asked for: none for a run with two spaces."""

    def __missing__(self, run: str) -> str | None:
        self[run] = None if "  " in run else run
        return self[run]


@given(st.text(st.sampled_from("abcAB09 ,.),.\n\x00\x7f\x80\xa0é“\ud800😀"), max_size=40) | st.text(max_size=20))
def test_the_same_is_found(both, text):
    fast, pure = ([primitives.marks(text, Kinds()), list(primitives.beyond_ascii(text).items())] for primitives in both)
    assert fast == pure


def test_runs_stand_at_their_offsets(primitives):
    text = "é ada . , “Ia, 9.,Kota”. Gula2Pasir,Ia ,"
    assert primitives.beyond_ascii(text) == {"é": [0], "“": [10], "”": [22]}
    assert primitives.marks(text, Kinds()) == [(5, 10, "aa . , “A"), (16, 18, " 0.,Aa"), (38, 40, "Aa ,\0\0")]
    assert primitives.marks("é ada.,", Kinds()) == [(5, 7, "aa.,\0\0")]  # a text of Latin letters, a run among ASCII


def test_runs_whose_row_is_none_are_left_out(primitives):
    rows = Kinds({"aa , aa": None, "aa.,Aa": "stop"})
    assert primitives.marks("Bogor , lalu Solo.,Kota  , dan Tegal ,ia", rows) == [(17, 19, "stop"), (36, 38, "aa ,aa")]
    with pytest.raises(KeyError):
        primitives.marks("Solo.,", {})


@given(st.lists(st.sampled_from(("ab. c", "a. b", "ab.c", "ab. C", "b.", " ", "é", ". ", ".", "a")), max_size=12))
def test_lost_commas_are_counted(both, pieces):
    fast, pure = (primitives.lost_commas("".join(pieces).encode()) for primitives in both)
    assert fast == pure


def test_a_comma_is_lost_between_small_letters(primitives):
    assert primitives.lost_commas(b"Meski begit. ia datang. Lalu di. ke. sana. ") == 2
