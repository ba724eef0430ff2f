"""The Normalizer where people already work. Each module needs the library it is named after, and is imported by the user."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from ..edit import Edit
from ..normalizer import Date, Normalizer


@contextmanager
def needs(extra: str) -> Iterator[None]:
    """Around the import of a library: where it is missing, one line says how to get it."""
    try:
        yield
    except ModuleNotFoundError as error:
        library = (error.name or extra).partition(".")[0]
        message = f"{library} is not installed: pip install 'normalize-id[{extra}]'"
        raise ModuleNotFoundError(message, name=library) from None


def explain_column(
    normalizer: Normalizer, texts: Sequence[str | None], dates: Sequence[Date] | None = None
) -> tuple[list[str | None], list[tuple[Edit, ...] | None]]:
    """Each text repaired, and the edits of each, in order; None stays None in both.

    Raises ValueError when `dates` has another length.
    """
    days = [None] * len(texts) if dates is None else dates
    explained = [None if text is None else normalizer.explain(text, day) for text, day in zip(texts, days, strict=True)]
    return [None if e is None else e.text for e in explained], [None if e is None else e.edits for e in explained]
