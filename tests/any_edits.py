"""Any text, and any edits of it, for tests of laws."""

from __future__ import annotations

from hypothesis import strategies as st

from normalize.edit import Edit

ANY_CHARACTER = st.characters(exclude_categories=())  # lone surrogates and NUL too
TEXTS = st.text(ANY_CHARACTER, max_size=40)


@st.composite
def rivals(draw: st.DrawFn, text: str) -> list[Edit]:
    """Edits on `text` that may overlap, repeat, insert, and change nothing."""
    edits = []
    for number in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        after = draw(st.one_of(st.just(text[start:end]), st.text(ANY_CHARACTER, max_size=4)))
        edits.append(Edit(start, end, text[start:end], after, f"rule.{number}", 0.9))
    return edits
