"""PatternFinder: where sets of characters stand side by side."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.kernel import CharPattern

charsets = st.text("ab1/(\xa0ÿ", min_size=1, max_size=3)
patterns = st.builds(
    CharPattern, charsets, st.lists(charsets, max_size=2).map(tuple), st.lists(charsets, max_size=2).map(tuple)
)
looked_through = st.text(st.sampled_from("ab1/(\xa0ÿ \x00Ā“\ud800\U0001f600"), max_size=60)


@given(st.lists(st.lists(patterns, max_size=4).map(tuple), max_size=4), looked_through)
def test_the_same_is_found(both, groups, text):
    fast, pure = (primitives.PatternFinder(groups).offsets(text) for primitives in both)
    assert list(map(list, fast)) == list(map(list, pure))


def test_offsets_are_where_the_patterns_are(primitives):
    digits = "0123456789"
    finder = primitives.PatternFinder(
        [
            (CharPattern("("), CharPattern("(", after=(digits,))),
            (CharPattern("/", before=(" ", digits), after=(digits,)), CharPattern("/", before=(" ", digits, digits))),
            (),
            (CharPattern("d", ("e",), ("o",)),),
        ]
    )
    for around in ("é", "Ā", "\ud800", "\U0001f600"):  # a text of each width
        text = f"(1) {around} 1/2/34 ({around} 12/edo 1/"
        found = finder.offsets(text)
        assert list(map(list, found)) == [[0, 13], [7, 18], [], [20]]
        assert [list(map(text.__getitem__, group)) for group in found] == [["(", "("], ["/", "/"], [], ["d"]]
    assert list(map(list, finder.offsets(""))) == [[], [], [], []]


@pytest.mark.parametrize(
    "bad", [[("(",)], [(("(", (), ""),)], [(("", (), ()),)], [(("Ā", (), ()),)], [(("a", ("",), ()),)], [[]]]
)
def test_what_is_no_pattern_is_refused_by_the_compiled_one(both, bad):
    with pytest.raises((TypeError, ValueError)):
        both[0].PatternFinder(bad)


@pytest.mark.parametrize("bad", [CharPattern(""), CharPattern("Ā"), CharPattern("a", ("",)), CharPattern("a", (), ("“",))])
def test_a_set_is_of_latin_characters(primitives, bad):
    with pytest.raises(ValueError, match="Latin-1"):
        primitives.PatternFinder([(bad,)])


def test_more_patterns_than_there_is_room_for_are_refused(primitives):
    with pytest.raises(ValueError, match="at most"):
        primitives.PatternFinder([(CharPattern("a"),)] * 65)
    with pytest.raises(TypeError):
        primitives.PatternFinder([(CharPattern("a"),)] * 64).offsets(b"a")
