"""A memo of one: for what several rules ask about the text at hand, one after the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


def for_the_latest(function: Callable[[Key], Value]) -> Callable[[Key], Value]:
    """`function`, which keeps what it said of its latest argument: of that very object, so that no text is hashed for it."""
    held: tuple[Key, Value] | None = None

    def asked(key: Key) -> Value:
        nonlocal held
        latest = held  # threads may take turns here
        if latest is None or latest[0] is not key:
            held = latest = key, function(key)
        return latest[1]

    return asked
