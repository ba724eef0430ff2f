"""The forms of words that are right as they stand."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from .. import kernel
from ..lexicon import Lexicon, flat
from ..lexicon.index_cache import cached


def accepted_forms(lexicon: Lexicon) -> Iterator[str]:
    """Yield the forms that are right as they stand, some of them twice, in the order in which they lie in memory."""
    yield from lexicon.words
    yield from lexicon.protected
    yield from map(str.capitalize, chain(lexicon.names, lexicon.protected))
    for typed, standard in lexicon.standard.items():  # deliberate; and what it may become is right
        yield from (form for w in (typed, *standard.split()) for form in (w, w.capitalize()))


def accepted_words(lexicon: Lexicon) -> kernel.WordList:
    """The same as a list for the kernel: flat, where nothing was added to what is shipped."""

    def write(path: Path) -> None:
        path.write_bytes(flat.words(dict.fromkeys(accepted_forms(lexicon))))

    return cached("accepted.bin", lexicon.shipped, write) if lexicon.is_shipped else accepted_forms(lexicon)
