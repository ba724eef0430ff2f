"""The algebra of edits, by either implementation."""

from __future__ import annotations

import pytest
from any_edits import TEXTS, rivals
from hypothesis import given
from hypothesis import strategies as st

from normalize.edit import Edit


@given(st.data(), TEXTS)
def test_the_same_comes_out(both, data, text):
    fast, pure = both
    proposed = data.draw(rivals(text))
    first = pure.resolve_overlaps(proposed)
    assert fast.resolve_overlaps(proposed) == fast.resolve_overlaps(iter(proposed)) == first
    applied = pure.apply(text, first)
    assert fast.apply(text, first) == fast.apply(text, tuple(first)) == applied
    assert fast.around(applied, first, 3) == pure.around(applied, first, 3)
    second = pure.resolve_overlaps(data.draw(rivals(applied)))
    composed = fast.compose(text, first, tuple(second))
    assert composed == pure.compose(text, first, second)
    assert all(type(edit) is Edit for edit in composed)


@pytest.mark.parametrize(
    "bad",
    [
        [Edit(0, 1, "x", "y", "rule", 1.0)],
        [Edit(0, 2, "ab", "x", "rule", 1.0), Edit(1, 3, "bc", "y", "rule", 1.0)],
        [Edit(0, 9, "abc", "", "rule", 1.0)],
        [Edit(2, 1, "", "", "rule", 1.0)],
    ],
)
def test_an_edit_that_does_not_fit_is_refused_in_the_same_words(primitives, bad):
    with pytest.raises(ValueError, match=r"edit of rule does not fit the text: '.*' at \d, found '.*'"):
        primitives.apply("abc", bad)


@pytest.mark.parametrize("bad", [[None], [(1, 2)], [(0, 1, None, "", "r", 1.0)], [("a", 1, "a", "", "r", 1.0)]])
def test_what_is_no_edit_is_refused(both, bad):
    for use in (
        both[0].resolve_overlaps,
        lambda edits: both[0].apply("abc", edits),
        lambda edits: both[0].around("abc", edits, 1),
        lambda edits: both[0].compose("abc", edits, []),
        lambda edits: both[0].compose("abc", [], edits),
    ):
        with pytest.raises(TypeError):
            use(bad)


def test_offsets_that_no_text_has_are_refused(both):
    for start, end in ((2**62, 2**62), (-(2**62), 0), (2**80, 2**80)):
        edit = Edit(start, end, "", "x", "r", 1.0)
        for use in (both[0].resolve_overlaps, lambda edits: both[0].compose("abc", edits, edits)):
            with pytest.raises(OverflowError):
                use([edit])
    with pytest.raises(ValueError, match="outside"):
        both[0].around("abc", [Edit(0, 90, "", "x", "r", 1.0), Edit(3, 4, "c", "x" * 99, "r", 1.0)], 1)


def test_edits_that_touch_become_one_of_all_their_rules(primitives):
    first = [Edit(2, 4, "cd", "x", "a+b", 0.9), Edit(5, 5, "", "yy", "c", 0.5)]
    second = [Edit(1, 4, "bxe", "bz", "b", 0.5)]  # of abxeyyfgh
    assert primitives.compose("abcdefgh", first, second) == [Edit(2, 5, "cde", "zyy", "a+b+c", 0.225)]
    assert primitives.compose("abcd", [Edit(1, 2, "b", "x", "a", 0.9)], [Edit(1, 2, "x", "b", "b", 0.9)]) == []
    for bad in ("x", None):
        with pytest.raises(TypeError):
            primitives.compose("abcd", [Edit(1, 2, "b", "x", 7, 0.9)], [Edit(1, 2, "x", "y", "b", bad)])  # type: ignore[arg-type]


CHARACTERS = st.sampled_from(["a", "b.", "é", "”", "漢", "😀", "\ud800"])


@given(st.lists(CHARACTERS, max_size=30).map("".join), st.lists(st.tuples(st.integers(0, 40), CHARACTERS), max_size=4))
def test_a_text_has_no_more_room_for_a_character_than_it_needs(both, text, made):
    """Else it would not be equal to the same text."""
    places = sorted({min(place, len(text)): after for place, after in made}.items())
    edits = [Edit(place, place + 1, text[place], after, "a", 0.9) for place, after in places if place < len(text)]
    cleaned = both[0].apply(text, edits)
    assert cleaned == both[1].apply(text, edits)
    assert {cleaned: 1}["".join(list(cleaned))] == 1
