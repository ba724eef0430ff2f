"""Laws of edits: over any Unicode text, lone surrogates too, and any edits on it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from any_edits import TEXTS, rivals
from hypothesis import given
from hypothesis import strategies as st

from normalize.edit import Edit, Explanation, OffsetMap, apply, compose, resolve_overlaps, undo


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    """A text and settled edits on it."""
    text = draw(TEXTS)
    return text, resolve_overlaps(draw(rivals(text)))


@st.composite
def edited_twice(draw: st.DrawFn) -> tuple[str, list[Edit], list[Edit]]:
    """A text, settled edits on it, and settled edits on what they make of it."""
    text, first = draw(edited())
    return text, first, resolve_overlaps(draw(rivals(apply(text, first))))


@given(st.data())
def test_settled_edits_are_sorted_disjoint_and_change_something(data):
    proposed = data.draw(rivals(data.draw(TEXTS)))
    settled = resolve_overlaps(proposed)
    assert set(settled) <= set(proposed)
    assert all(edit.before != edit.after for edit in settled)
    for one, other in pairwise(settled):
        assert one.end <= other.start
        assert (one.start, one.end) != (other.start, other.end)


@given(st.data())
def test_settling_prefers_the_leftmost_then_the_longest(data):
    proposed = [edit for edit in data.draw(rivals(data.draw(TEXTS))) if edit.before != edit.after]
    settled = resolve_overlaps(proposed)
    if proposed:
        first = min(proposed, key=lambda edit: (edit.start, -edit.end))
        assert settled[0] == first


@given(edited())
def test_settling_twice_changes_nothing(case):
    _, edits = case
    assert resolve_overlaps(edits) == edits


@given(edited())
def test_undo_gives_the_original_back(case):
    text, edits = case
    assert undo(apply(text, edits), edits) == text


@given(edited_twice())
def test_compose_does_what_both_do_one_after_the_other(case):
    text, first, second = case
    assert apply(text, compose(text, first, second)) == apply(apply(text, first), second)


@given(edited_twice())
def test_composed_edits_are_settled_and_can_be_undone(case):
    text, first, second = case
    composed = compose(text, first, second)
    assert resolve_overlaps(composed) == composed
    assert undo(apply(text, composed), composed) == text


@given(edited_twice())
def test_composed_edits_name_every_rule_that_took_part_and_no_other(case):
    text, first, second = case
    names = {edit.rule for edit in (*first, *second)}
    assert {name for edit in compose(text, first, second) for name in edit.rule.split("+")} <= names


@given(edited())
def test_compose_with_nothing_is_the_same(case):
    text, edits = case
    assert compose(text, edits, []) == edits
    assert compose(text, [], edits) == edits


def test_edits_that_cancel_out_leave_no_trace():
    there = [Edit(2, 3, "c", "x", "a", 1.0)]
    back = [Edit(2, 3, "x", "c", "b", 1.0)]
    assert compose("abcd", there, back) == []


def test_a_composed_edit_tells_only_what_changed_and_how_sure_it_is():
    first = [Edit(4, 6, ".,", ". ", "join", 0.9)]
    second = [Edit(0, 6, "abcd. ", "abcx. ", "spelling", 0.5)]
    assert compose("abcd.,ef", first, second) == [Edit(3, 6, "d.,", "x. ", "join+spelling", 0.45)]


@given(edited())
def test_offsets_keep_their_order(case):
    text, edits = case
    offsets = OffsetMap(edits)
    there = [offsets.forward(offset) for offset in range(len(text) + 1)]
    back = range(len(apply(text, edits)) + 1)
    assert there == sorted(there)
    for function in (offsets.back_start, offsets.back_end):
        found = [function(offset) for offset in back]
        assert found == sorted(found)


@given(edited())
def test_offsets_of_what_was_not_edited_point_at_the_same_character(case):
    text, edits = case
    clean = apply(text, edits)
    explanation = Explanation(clean, tuple(edits))
    touched = {offset for edit in edits for offset in range(edit.start, edit.end)}
    for offset in set(range(len(text))) - touched:
        assert clean[explanation.to_clean(offset)] == text[offset]
        assert explanation.to_raw(explanation.to_clean(offset)) == offset


@given(edited())
def test_offsets_stay_inside_the_texts(case):
    text, edits = case
    clean = apply(text, edits)
    offsets = OffsetMap(edits)
    assert offsets.forward(len(text)) == len(clean)
    for function in (offsets.back_start, offsets.back_end):
        assert all(0 <= function(offset) <= len(text) for offset in range(len(clean) + 1))


def test_an_edit_that_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="does not fit"):
        apply("abc", [Edit(0, 1, "x", "y", "rule", 1.0)])


def test_an_edit_that_was_not_made_cannot_be_undone():
    with pytest.raises(ValueError, match="was not made"):
        undo("abc", [Edit(0, 1, "a", "y", "rule", 1.0)])


def test_edits_that_overlap_are_refused():
    with pytest.raises(ValueError, match="does not fit"):
        apply("abc", [Edit(0, 2, "ab", "x", "rule", 1.0), Edit(1, 3, "bc", "y", "rule", 1.0)])
