"""Counting: what a dump prints, and in how many of its texts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from itertools import count, filterfalse, islice

from .. import kernel, lexicon
from ..newsroom import byline_mentions, masthead_mentions
from ..newsroom.gazetteer import Gazetteer, gazetteer_for
from ..stand_ins import stand_ins
from ..tokens import context_hash, scan
from . import contexts
from .contexts import ByThing
from .lines import LONGEST, Line, lines
from .noise import noise

SAMPLE = 1000  # texts of an outlet whose lines are kept: a choice; with it a line of 1 in 100 texts is in 10 of them
LETTERS = range(3, 31)  # that a counted word may have
LINES_OF_A_TEXT = 20  # about: for `entries`
INSIDE = re.compile(rb"[A-Z](?<=[a-z,] [A-Z])[a-z]+(?![a-zA-Z])")  # capitalised though no sentence starts there

# Uses that make a shipped name right without a look at its contexts: a choice, as many as conclusions.OFTEN articles.
FAMILIAR_COUNT = 10

KINDS = ("byline", "masthead", "name", "word")  # of things that are judged by their contexts, in order
TABLES = ("bylines", "mastheads", "names", "words", "outlets", "noise")
Span = tuple[int, int]
Sample = dict[str, dict[str, tuple[Line, ...]]]  # outlet -> key of a text -> its lines


@dataclass(slots=True)
class Counts:
    """Numbers of texts that have each thing. Nothing is left out, so that counts of parts add up to those of the whole.

    Beside them are the contexts of what the shipped dictionaries do not know: copies of a text have the same.

    Of each outlet the lines of only SAMPLE texts are kept: the different ones whose keys, hashes of the text, are sampled.
    Which these are does not depend on the order, nor on how the texts were dealt out (a bottom-k sketch: Cohen and Kaplan
    2007), and a text that a dump has twice counts once.
    """

    bylines: Counter[str] = field(default_factory=Counter)  # names, as printed
    mastheads: Counter[str] = field(default_factory=Counter)  # addresses, as printed
    names: Counter[str] = field(default_factory=Counter)  # words capitalised inside a sentence, in lower case
    words: Counter[str] = field(default_factory=Counter)  # words in lower case
    outlets: Counter[str] = field(default_factory=Counter)
    noise: Counter[str] = field(default_factory=Counter)  # rows of noise.tsv, of a sample of the texts
    contexts: dict[str, ByThing] = field(default_factory=lambda: {kind: {} for kind in KINDS})
    sample: Sample = field(default_factory=dict)

    def merge(self, other: Counts) -> None:
        """Add the other counts to these."""
        for name in TABLES:
            getattr(self, name).update(getattr(other, name))
        for kind, found in self.contexts.items():
            for thing, contexts_of in other.contexts[kind].items():
                contexts.add(found, thing, contexts_of)
        for outlet, texts in other.sample.items():
            mine = self.sample.setdefault(outlet, {})
            mine.update(texts)
            if len(mine) > 2 * SAMPLE:
                self.sample[outlet] = sampled(mine)

    def entries(self) -> int:
        """Estimate how much is in memory, in entries of about 200 bytes."""
        texts, tables = sum(map(len, self.sample.values())), [getattr(self, name) for name in TABLES]
        return LINES_OF_A_TEXT * texts + sum(map(len, (*tables, *self.contexts.values())))


def sampled(texts: Mapping[str, tuple[Line, ...]]) -> dict[str, tuple[Line, ...]]:
    """Return those of an outlet's texts that are its sample: the SAMPLE with the least keys."""
    return {key: texts[key] for key in sorted(texts)[:SAMPLE]}


class Sampler:
    """Decides which texts may be in the sample, by the keys of those before."""

    def __init__(self, limit: int = 500_000) -> None:
        """`limit`: keys kept; when there are more it forgets them, and lets texts through that it need not."""
        self._limit, self._held = limit, 0
        self._keys: dict[str, list[str]] = {}  # outlet -> keys, in order

    def takes(self, outlet: str, key: str) -> bool:
        """Whether a text's key is among the SAMPLE least of the outlet so far."""
        kept = self._keys.setdefault(outlet, [])
        place = bisect_left(kept, key)
        if place == SAMPLE:
            return False
        if kept[place : place + 1] != [key]:
            kept.insert(place, key)
            self._held += len(kept) <= SAMPLE
            del kept[SAMPLE:]
        if self._held > self._limit:
            self._keys, self._held = {}, 0
        return True


def counts(texts: Sequence[str], outlets: Iterable[object] | None = None, sampler: Sampler | None = None) -> Counts:
    """Count what `texts` print; `outlets`: whose each of them is, None or "" where that is not known.

    With the `sampler` of an earlier call, texts that cannot be in the sample of both calls together are left out of it.
    Texts with characters that need stand-ins are not counted. Raises ValueError when `outlets` has another length.
    """
    sampler = sampler or Sampler()
    known, vouched = gazetteer_for(lexicon.load()), _vouched()
    found = Counts()
    words: Counter[bytes] = Counter()
    names: Counter[bytes] = Counter()
    unvouched: set[bytes] = set()
    of_bylines, of_mastheads, of_names, of_words = found.contexts.values()
    for text, outlet in zip(texts, [""] * len(texts) if outlets is None else outlets, strict=True):
        if stand_ins(text):  # what is a word in it would hang on the version of Python
            continue
        data = kernel.utf8(text)
        tokens = scan(data)
        places = dict(zip(tokens, count(), strict=False))  # the last of each
        before = len(words)
        words.update(places.keys())
        new = islice(reversed(words), len(words) - before)  # to look at all again would take as long as to count them
        unvouched.update(filterfalse(vouched.__contains__, new))
        capitalised = set(INSIDE.findall(data))
        names.update(capitalised)
        for token in unvouched.intersection(places):
            if token.islower() and len(token) in LETTERS:
                contexts.add(of_words, token.decode(), contexts.among(tokens, places[token]))
            elif token in capitalised and len(token) in LETTERS:
                contexts.add(of_names, token.decode().lower(), contexts.among(tokens, places[token]))
        writers, addresses = dict(_writers(text, known)), dict(_addresses(text))
        found.bylines.update(writers.keys())
        found.mastheads.update(addresses.keys())
        for writer, (start, end) in writers.items():
            contexts.add(of_bylines, writer, context_hash(text, start, end, contexts.FAR))
        for address, (start, end) in addresses.items():
            contexts.add(of_mastheads, address, context_hash(text, start, end, contexts.NEAR))
        whose = as_cell(outlet)[:LONGEST]
        found.outlets[whose] += 1
        key = blake2b(data, digest_size=8).hexdigest()
        found.noise.update(noise(key, text))
        if sampler.takes(whose, key):
            found.sample.setdefault(whose, {})[key] = tuple(lines(text))
    found.words.update({word.decode(): n for word, n in words.items() if word.islower() and len(word) in LETTERS})
    found.names.update({name.decode().lower(): n for name, n in names.items() if len(name) in LETTERS})
    return found


def is_vouched(kind: str, form: str) -> bool:
    """Whether the shipped dictionaries know a thing so well that no contexts of it are counted."""
    shipped = lexicon.load()
    if kind not in ("name", "word"):
        return False
    return form in shipped.words or (kind == "name" and shipped.names.get(form, 0) >= FAMILIAR_COUNT)


@cache
def _vouched() -> frozenset[bytes]:
    """Return the words and names that are vouched for, as they are printed."""
    shipped = lexicon.load()
    forms = (form for form in (*shipped.words, *shipped.names) if is_vouched("name", form))
    return frozenset(form.encode() for form in (*shipped.words, *map(str.capitalize, forms)))


def _writers(text: str, known: Gazetteer) -> Iterator[tuple[str, Span]]:
    """Yield the names of the bylines of a text, each with its span."""
    for byline in byline_mentions.find(text, known):
        for span in byline.names:
            yield as_cell(text[slice(*span)]), span


def _addresses(text: str) -> Iterator[tuple[str, Span]]:
    """Yield the addresses of outlets in a text, each with its span."""
    for one in masthead_mentions.mentions(text):
        if not one.glued:
            yield f"{one.stem}.{one.tail}", (one.start, one.end)


def as_cell(value: object) -> str:
    """Write a value as it can stand in a TSV: without tabs and line ends."""
    return "" if value is None else " ".join(str(value).split())
