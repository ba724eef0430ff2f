"""Conclusions from counts: which words, names and addresses are right because they are frequent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from .. import lexicon
from ..newsroom.gazetteer import Gazetteer, gazetteer_for
from ..spelling.boundaries import Boundaries
from ..spelling.channel import slip
from ..spelling.context import Context

MIN_TEXTS = 10  # that a word, name or address must be in to be taken for right: a choice
DOUBT_RATIO = 10  # unless a form one slip away is in this many times as many texts: the ratio of dictionaries/make/build.py

Row = Sequence[str]


def known(words: Iterable[Row], names: Iterable[Row], mastheads: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows of known.tsv: what the shipped dictionaries do not know, and the dump has too often for a slip."""
    shipped = lexicon.load()
    split = Boundaries(shipped, Context(shipped)).split
    common, capitalised = _often(words), _often(names)
    for form, texts in _unlike_slips(common):
        if form not in shipped.words and form not in shipped.rewrites and form not in shipped.standard and not split(form):
            yield "word", form, str(texts)
    outlets = gazetteer_for(shipped)
    for form, texts in _unlike_slips(capitalised):
        outlet = outlets.outlet(form)
        if texts > common.get(form, 0) and not (outlet and outlet.cost):
            yield "name", form, str(texts)
    yield from _addresses(_often(mastheads), outlets)


def _often(rows: Iterable[Row]) -> dict[str, int]:
    """Keep the forms that are in MIN_TEXTS texts."""
    return {form: texts for form, n in rows if (texts := int(n)) >= MIN_TEXTS}


def _unlike_slips(often: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Yield the forms but those that are one slip away from a far more frequent one."""
    overwhelming: defaultdict[str, list[str]] = defaultdict(list)  # by what is left of them without a letter
    for form, texts in often.items():
        if texts >= DOUBT_RATIO * MIN_TEXTS:
            for left in _shorter(form):
                overwhelming[left].append(form)
    for form, texts in often.items():
        near = {other for left in _shorter(form) for other in overwhelming[left] if often[other] >= DOUBT_RATIO * texts}
        if not any(slip(form, other) for other in near):
            yield form, texts


def _shorter(word: str) -> Iterator[str]:
    """Yield `word`, and `word` without each of its letters: words one slip apart share one of these (Garbe 2012)."""
    yield word
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]


def _addresses(often: Mapping[str, int], shipped: Gazetteer) -> Iterator[Row]:
    """Yield the addresses that would be taken for slips of others, though the dump has them more often."""
    for form, texts in often.items():
        stem, _, tail = form.partition(".")
        repair = shipped.address(stem, tail)
        if repair and texts > often.get(repair.meant, 0):
            yield "masthead", form, str(texts)
