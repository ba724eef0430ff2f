"""Offsets of the original text and of the cleaned one stand in each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from normalize.edit import Edit, OffsetMap, apply

PIECES = st.lists(st.tuples(st.text("ab", max_size=3), st.text("ab", max_size=3), st.text("xyz", max_size=3)), max_size=5)


@given(PIECES)
def test_a_span_between_edits_is_carried_over_and_back(pieces):
    raw, edits = "", []
    for kept, before, after in pieces:
        raw += kept
        if before or after:
            edits.append(Edit(len(raw), len(raw) + len(before), before, after, "test", 1.0))
        raw += before + "-"  # edits stand apart
    clean = apply(raw, edits)
    free = [n for n in range(len(raw)) if not any(edit.start <= n < edit.end for edit in edits)]
    offsets = OffsetMap(edits)
    for n in free:
        start, end = offsets.forward(n), offsets.forward_end(n + 1)
        assert clean[start:end] == raw[n]
        assert (offsets.back_start(start), offsets.back_end(end)) == (n, n + 1)


def test_a_span_that_cuts_into_an_edit_grows_to_the_whole_of_it():
    offsets = OffsetMap([Edit(2, 5, "abc", "vwxyz", "test", 1.0)])
    assert (offsets.forward(3), offsets.forward_end(4)) == (2, 7)
    assert (offsets.back_start(3), offsets.back_end(4)) == (2, 5)


def test_what_is_put_in_behind_a_span_is_no_part_of_it():
    offsets = OffsetMap([Edit(2, 2, "", " ", "test", 1.0)])
    assert (offsets.forward_end(2), offsets.forward(2)) == (2, 3)
