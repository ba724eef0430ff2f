"""Counting: what a dump prints, and in how many of its texts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from hashlib import blake2b

from .. import lexicon
from ..newsroom import byline_mentions, masthead_mentions
from ..newsroom.gazetteer import Gazetteer, gazetteer_for
from ..tokens import scan
from .lines import Line, lines

SAMPLE = 1000  # texts of an outlet whose lines are kept: a choice; with it a line of 1 in 100 texts is in 10 of them
LETTERS = range(3, 31)  # that a counted word may have
LINES_OF_A_TEXT = 20  # about: for `entries`
INSIDE = re.compile(r"[A-Z](?<=[a-z,] [A-Z])[a-z]+(?![a-zA-Z])")  # capitalised though no sentence starts there

Sample = dict[str, dict[str, tuple[Line, ...]]]  # outlet -> key of a text -> its lines


@dataclass(slots=True)
class Counts:
    """Numbers of texts that have each thing. Nothing is left out, so that counts of parts add up to those of the whole.

    Of each outlet the lines of only SAMPLE texts are kept: the different ones whose keys, hashes of the text, are sampled.
    Which these are does not depend on the order, nor on how the texts were dealt out (a bottom-k sketch: Cohen and Kaplan
    2007), and a text that a dump has twice counts once.
    """

    bylines: Counter[str] = field(default_factory=Counter)  # names, as printed
    mastheads: Counter[str] = field(default_factory=Counter)  # addresses, as printed
    names: Counter[str] = field(default_factory=Counter)  # words capitalised inside a sentence, in lower case
    words: Counter[str] = field(default_factory=Counter)  # words in lower case
    outlets: Counter[str] = field(default_factory=Counter)
    sample: Sample = field(default_factory=dict)

    def merge(self, other: Counts) -> None:
        """Add the other counts to these."""
        for name in TABLES:
            getattr(self, name).update(getattr(other, name))
        for outlet, texts in other.sample.items():
            mine = self.sample.setdefault(outlet, {})
            mine.update(texts)
            if len(mine) > 2 * SAMPLE:
                self.sample[outlet] = sampled(mine)

    def entries(self) -> int:
        """Estimate how much is in memory, in entries of about 200 bytes."""
        texts = sum(map(len, self.sample.values()))
        return LINES_OF_A_TEXT * texts + sum(len(getattr(self, name)) for name in TABLES)


TABLES = tuple(each.name for each in fields(Counts) if each.name != "sample")


def sampled(texts: Mapping[str, tuple[Line, ...]]) -> dict[str, tuple[Line, ...]]:
    """Return those of an outlet's texts that are its sample: the SAMPLE with the least keys."""
    return {key: texts[key] for key in sorted(texts)[:SAMPLE]}


class Sampler:
    """Decides which texts may be in the sample, by those that it was asked about before."""

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
    Raises ValueError when `outlets` has another length.
    """
    sampler = sampler or Sampler()
    known = gazetteer_for(lexicon.load())
    found = Counts()
    words: Counter[bytes] = Counter()
    names: Counter[str] = Counter()
    for text, outlet in zip(texts, [""] * len(texts) if outlets is None else outlets, strict=True):
        data = text.encode("utf-8", "surrogatepass")
        words.update(set(scan(data)))
        names.update(set(INSIDE.findall(text)))
        found.bylines.update(set(_writers(text, known)))
        found.mastheads.update({f"{one.stem}.{one.tail}" for one in masthead_mentions.mentions(text) if not one.glued})
        name = as_cell(outlet)
        found.outlets[name] += 1
        key = blake2b(data, digest_size=8).hexdigest()
        if sampler.takes(name, key):
            found.sample.setdefault(name, {})[key] = tuple(lines(text))
    lower = ((word, count) for word, count in words.items() if word.islower() and len(word) in LETTERS)
    found.words.update({word.decode(): count for word, count in lower})
    found.names.update({name.lower(): count for name, count in names.items() if len(name) in LETTERS})
    return found


def _writers(text: str, known: Gazetteer) -> Iterator[str]:
    """Yield the names of the bylines of a text."""
    for byline in byline_mentions.find(text, known):
        for span in byline.names:
            yield as_cell(text[slice(*span)])


def as_cell(value: object) -> str:
    """Write a value as it can stand in a TSV: without tabs and line ends."""
    return "" if value is None else " ".join(str(value).split())
