"""The forms of words that are right as they stand."""

from __future__ import annotations

from collections.abc import Container, Iterator
from itertools import chain

from ..lazy import lazy
from ..lexicon import Lexicon


def accepted_forms(lexicon: Lexicon) -> Iterator[str]:
    """Yield the forms that are right as they stand, some of them twice, in the order in which they lie in memory."""
    yield from lexicon.words
    yield from lexicon.protected
    yield from map(str.capitalize, chain(lexicon.names, lexicon.protected))
    for typed, standard in lexicon.standard.items():  # deliberate; and what it may become is right
        yield from (form for w in (typed, *standard.split()) for form in (w, w.capitalize()))


class Accepted:
    """Tells of single words whether they are one of the forms: for few texts, so that no set is made of all dictionaries."""

    def __init__(self, lexicon: Lexicon, but: Container[str]) -> None:
        """`but`: forms that are left out."""
        self._lexicon, self._but = lexicon, but

    @lazy
    def _others(self) -> set[str]:
        """The forms of the smaller lists."""
        words = chain(self._lexicon.protected, *([typed, *to.split()] for typed, to in self._lexicon.standard.items()))
        return {form for word in words for form in (word, word.capitalize())}

    def __contains__(self, word: object) -> bool:
        if not isinstance(word, str) or word in self._but:
            return False
        low = word.lower()
        return (
            word in self._lexicon.words or (word == low.capitalize() and low in self._lexicon.names) or word in self._others
        )
