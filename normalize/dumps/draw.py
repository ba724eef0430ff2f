"""Draw some things of a stream at random, in one pass, holding no more of them than are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from random import Random  # most runs draw nothing

T = TypeVar("T")


class Reservoir(Generic[T]):
    """Keep `size` of the things that are added, each as likely as the others (Vitter 1985, algorithm R)."""

    def __init__(self, size: int, chance: Random) -> None:
        self.size, self.chance = size, chance
        self.seen = 0
        self.drawn: list[T] = []

    def add(self, one: T) -> None:
        self.seen += 1
        if len(self.drawn) < self.size:
            self.drawn.append(one)
        elif (slot := self.chance.randrange(self.seen)) < self.size:
            self.drawn[slot] = one
