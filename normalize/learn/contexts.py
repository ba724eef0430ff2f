"""Contexts: the words around a thing in a text, by which the copies of an article, exact or nearly so, count once.

Copies have the same words around a name or a slip; two articles hardly ever do. So the number of different contexts of a
thing is that of the articles which have it, whatever was copied, and however the copies were dealt out.

Contexts are held as they are written: hashes of eight hexadecimal digits, in order, a space between. Of ENOUGH or more
nothing is kept but that they are MANY; so it makes no difference which are united first, and memory has a bound.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..tokens import hashed

ENOUGH = 12  # different contexts of a thing that are told apart, a choice: somewhat more than any conclusion asks for
MANY = "many"
NEAR = 2  # words on each side of a word or an address: a choice
FAR = 8  # words on each side of a byline, where labels and footers are the same under all articles: a choice

CELL = re.compile(rf"{MANY}|[0-9a-f]{{8}}(?: [0-9a-f]{{8}}){{0,{ENOUGH - 2}}}")

ByThing = dict[str, str]  # as it is printed -> its contexts


def add(found: ByThing, thing: str, contexts: str) -> None:
    """Add contexts to those that a thing was found in."""
    own = found.get(thing)
    if own is None:
        found[thing] = contexts
    elif own != MANY and contexts not in own:
        found[thing] = united((own, contexts))


def united(several: Sequence[str]) -> str:
    """Unite the contexts of a thing."""
    different = {context for contexts in several for context in contexts.split()}
    return MANY if MANY in different or len(different) >= ENOUGH else " ".join(sorted(different))


def number(contexts: str) -> int:
    """Return how many different contexts there are, ENOUGH at the most."""
    return ENOUGH if contexts == MANY else len(contexts.split())


def among(words: Sequence[bytes], place: int) -> str:
    """Return the context of the word at `place` in a text."""
    return hashed(words[max(0, place - NEAR) : place], words[place + 1 : place + 1 + NEAR])
