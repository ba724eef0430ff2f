"""The forms of words that are right wherever they stand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ..lexicon import Lexicon


def accepted_forms(lexicon: Lexicon) -> Iterator[str]:
    """Yield the forms that are right wherever they stand, some of them twice, in the order in which they lie in memory."""
    yield from lexicon.words
    yield from lexicon.protected
    yield from map(str.capitalize, chain(lexicon.names, lexicon.protected))
    for typed, standard in lexicon.standard.items():  # deliberate; and what it may become is right
        yield from (form for w in (typed, *standard.split()) for form in (w, w.capitalize()))
