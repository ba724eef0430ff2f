"""Tables of words and numbers, and lists of words that lie flat."""

from __future__ import annotations

from array import array
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize import kernel

counts = st.dictionaries(
    st.text("abé\x00", max_size=6).filter(bool) | st.just("x" * 255), st.integers(0, 2**32 - 1), max_size=80
)
FIRST = [chr(97 + i) + chr(97 + j) for i in range(26) for j in range(26)]


def table_of(primitives, counted):
    return primitives.Table("\n".join(counted).encode(), array("I", counted.values()))


@given(counts, st.lists(st.text("abé", max_size=6), max_size=5))
def test_a_table_is_the_mapping_that_it_was_made_of(primitives, counted, asked):
    table = table_of(primitives, counted)
    assert (len(table), list(table), dict(table), {**table}) == (len(counted), list(counted), counted, counted)
    assert (list(table.keys()), list(table.values())) == (list(counted), list(counted.values()))
    assert list(table.items()) == list(counted.items())
    for word in (*counted, *asked, "\ud800", "y" * 300):
        assert (word in table) == (word in counted)
        assert table.get(word) == counted.get(word)
        assert table.get(word, 7) == counted.get(word, 7)
        if word in counted:
            assert table[word] == counted[word]
        else:
            with pytest.raises(KeyError):
                table[word]


def test_a_table_is_a_mapping(primitives):
    assert isinstance(kernel.Table(b"a", array("I", [1])), Mapping)


@pytest.mark.parametrize(
    ("words", "numbers"), [(b"a\na", [1, 2]), (b"a", []), (b"a", [1, 2]), (b"", [1]), (b"x" * 256, [1]), (b"a\nb", [1])]
)
def test_words_and_numbers_that_do_not_belong_together_are_refused(primitives, words, numbers):
    with pytest.raises(ValueError):  # noqa: PT011 (of zip, in the definition)
        primitives.Table(words, array("I", numbers))


@pytest.mark.parametrize("bad", [(7, b""), (None, b""), (b"a", None), (b"a", "text"), (b"a", b"abc")])
def test_what_is_no_table_is_refused(primitives, bad):
    with pytest.raises((TypeError, ValueError)):
        primitives.Table(*bad)


@pytest.mark.parametrize("listed", ["flat", "table", "one by one"])
def test_a_set_is_filled_from_each_kind_of_list(primitives, listed):
    """Many more than are added at a time."""
    words = [*FIRST, "y"]
    flat, numbers = "\n".join(words).encode(), array("I", range(len(words)))
    lists = {"flat": flat, "table": primitives.Table(flat, numbers), "one by one": iter(words)}
    known = primitives.Words(["ke"], lists[listed], ["di", "aa"])
    assert len(known) == len(words) - 2
    assert known.unknown_words(b"aa bb zz di yyy") == {"aa": [0], "di": [9], "yyy": [12]}


def test_a_word_too_long_for_a_set_is_left_out_of_a_flat_list(primitives):
    known = primitives.Words([], b"aku\n%b\ndia" % (b"x" * 256), b"")
    assert (len(known), known.unknown_words(b"dia aku kau")) == (2, {"kau": [8]})


def test_a_table_cut_short_is_refused(primitives):
    """Numbers of words that are not there, as in a damaged file."""
    with pytest.raises(ValueError):  # noqa: PT011
        primitives.Table(memoryview(b"a\nb\nc")[:3], memoryview(array("I", [1, 2, 3])))
