"""UTF-8: what literals and words are looked for in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

CHARACTERS = st.sampled_from(["a", "b.", "é", "”", "漢", "😀", "\ud800"])


@given(st.text(st.characters(exclude_categories=()), max_size=40), st.lists(CHARACTERS, max_size=60).map("".join))
def test_a_text_is_encoded_whatever_is_in_it(both, any_text, mixed):
    for text in (any_text, mixed, any_text + "a" * 20 + mixed):
        assert both[0].utf8(text) == both[1].utf8(text) == text.encode("utf-8", "surrogatepass")


def test_what_is_no_text_is_refused(both):
    with pytest.raises(TypeError):
        both[0].utf8(b"a")
