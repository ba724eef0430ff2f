"""Put noise into texts: seeded, and the same bytes wherever and in however many processes it is done."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ..edit import Edit, apply
from . import rates
from .kind import Draw, Kind
from .kinds import kinds
from .rates import Rate


class Change(NamedTuple):
    """A piece of noise: what stood at [start, end) of the clean text is `noisy` now."""

    start: int
    end: int
    clean: str
    noisy: str
    kind: str
    stays: bool  # in what a perfect cleaner makes of it


class Noisy(NamedTuple):
    """A text with noise: itself, what a perfect cleaner makes of it, and the noise, by its place in the clean text."""

    text: str
    gold: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Generator:
    """Puts noise into texts. Pickled to workers."""

    kinds: tuple[Kind, ...]
    rates: Mapping[str, Rate]
    seed: int

    @classmethod
    def load(cls, folder: Path | None = None, factor: float = 1.0, seed: int = 0, only: Collection[str] = ()) -> Generator:
        """Make the generator of the kinds in `only` (all, for none), each `factor` times as often as was counted.

        folder: what `normalize learn` wrote of a dump. Raises LearnedError where it holds no rates.
        """
        chosen = tuple(kind for kind in kinds(rates.channel(folder)) if not only or kind.name in only)
        return cls(chosen, {name: rate.times(factor) for name, rate in rates.rates(folder).items()}, seed)

    def noisy(self, text: str, key: str) -> Noisy:
        """Put noise into a text. `key`: its id, so that equal texts get different noise."""
        kept: list[Change] = []
        for kind in self.kinds:
            draw = Draw("\0".join((str(self.seed), kind.name, key, text)))
            rate = self.rates[kind.name]
            if draw.number() < rate.texts:
                kept = sorted([*kept, *(one for one in self._changes(kind, rate, text, draw) if _is_apart(one, kept))])
        return Noisy(_applied(text, kept), _applied(text, [one for one in kept if one.stays]), tuple(kept))

    def _changes(self, kind: Kind, rate: Rate, text: str, draw: Draw) -> Iterator[Change]:
        """Yield the noise of a kind in a text that has it."""
        put = kind.puts(draw)
        for start, end in kind.places(text):
            if draw.number() < rate.places:
                clean = text[start:end]
                if (now := put(clean)) != clean:
                    yield Change(start, end, clean, now, kind.name, kind.stays)


def _is_apart(one: Change, others: Sequence[Change]) -> bool:
    """Whether a change neither overlaps nor touches others, which are in order."""
    at = bisect_left(others, one)
    return (at == 0 or others[at - 1].end < one.start) and (at == len(others) or one.end < others[at].start)


def _applied(text: str, changes: Sequence[Change]) -> str:
    return apply(text, [Edit(one.start, one.end, one.clean, one.noisy, one.kind, 1.0) for one in changes])
