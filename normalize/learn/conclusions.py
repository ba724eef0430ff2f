"""Conclusions from counts: which bylines, words, names and addresses are right because many articles have them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from .. import lexicon
from ..newsroom.gazetteer import Gazetteer, gazetteer_for
from ..spelling.boundaries import Boundaries
from ..spelling.channel import shorter, slip
from ..spelling.context import Context
from . import contexts
from .counting import is_vouched

# Articles that a thing must be in to be taken for right: choices. A byline in one article repairs nothing.
OFTEN = 10
MIN_ARTICLES = {"byline": 2, "masthead": OFTEN, "name": OFTEN, "word": OFTEN}
DOUBT_RATIO = 10  # unless a form one slip away is in this many times as many: the ratio of dictionaries/make/build.py

Row = Sequence[str]
Articles = dict[str, int]  # form -> articles that have it


def known(tables: Mapping[str, Iterable[Row]], context_rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows of known.tsv: what the shipped dictionaries do not know, and the dump has too often for a slip.

    tables: the rows of the tables of counts, by the kind of thing; context_rows: those of contexts.tsv.
    """
    shipped = lexicon.load()
    articles = _in_enough(tables, context_rows)
    for form, count in articles["byline"].items():
        yield "byline", form, str(count)
    split = Boundaries(shipped, Context(shipped)).split
    for form, count in _unlike_slips(articles["word"]):
        if form not in shipped.words and form not in shipped.rewrites and form not in shipped.standard and not split(form):
            yield "word", form, str(count)
    outlets = gazetteer_for(shipped)
    for form, count in _unlike_slips(articles["name"]):
        outlet = outlets.outlet(form)
        if count > articles["word"].get(form, 0) and not (outlet and outlet.cost):
            yield "name", form, str(count)
    yield from _addresses(articles["masthead"], outlets)


def _in_enough(tables: Mapping[str, Iterable[Row]], context_rows: Iterable[Row]) -> dict[str, Articles]:
    """Return the things of each kind that are in enough articles, and in how many.

    There are as many articles as contexts; as texts, where the contexts are too many to be told apart, or were not asked.
    """
    different = {kind: Articles() for kind in tables}
    for kind, form, cell in context_rows:
        if (count := contexts.number(cell)) >= MIN_ARTICLES[kind]:
            different[kind][form] = count
    found = {kind: Articles() for kind in tables}
    for kind, rows in tables.items():
        for form, cell in rows:
            texts = int(cell)
            if texts >= MIN_ARTICLES[kind]:
                count = contexts.ENOUGH if is_vouched(kind, form) else different[kind].get(form, 0)
                if count:
                    found[kind][form] = texts if count == contexts.ENOUGH else count
    return found


def _unlike_slips(often: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """Yield the forms but those that are one slip away from a far more frequent one."""
    overwhelming: defaultdict[str, list[str]] = defaultdict(list)  # by what is left of them without a letter
    for form, articles in often.items():
        if articles >= DOUBT_RATIO * OFTEN:
            for left in shorter(form):
                overwhelming[left].append(form)
    for form, articles in often.items():
        near = {other for left in shorter(form) for other in overwhelming[left] if often[other] >= DOUBT_RATIO * articles}
        if not any(slip(form, other) for other in near):
            yield form, articles


def _addresses(often: Mapping[str, int], shipped: Gazetteer) -> Iterator[Row]:
    """Yield the addresses that would be taken for slips of others, though the dump has them more often."""
    for form, articles in often.items():
        stem, _, tail = form.partition(".")
        repair = shipped.address(stem, tail)
        if repair and articles > often.get(repair.meant, 0):
            yield "masthead", form, str(articles)
