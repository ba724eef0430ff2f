"""The Normalizer where people already work: a module a library, which it needs and is named after.

Users import the module; nothing else of the package does. Here stands what they share: the columns of an edit, and
cleaning a column. Start reading at arrow.py, which Spark, Ray, DuckDB and datasets build on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, get_type_hints

from ..edit import Edit
from ..normalizer import Date, Normalizer

# The fields of an edit and their types, in order: what every table of edits has as its columns.
EDIT_TYPES: dict[str, type] = get_type_hints(Edit)


@contextmanager
def needs(extra: str) -> Iterator[None]:
    """Say in one line how to install a library where the import inside this context does not find it."""
    try:
        yield
    except ModuleNotFoundError as error:
        library = (error.name or extra).partition(".")[0]
        message = f"{library} is not installed: pip install 'normalize-id[{extra}]'"
        raise ModuleNotFoundError(message, name=library) from None


def explain_column(
    normalizer: Normalizer, texts: Sequence[str | None], dates: Sequence[Date] | None = None
) -> tuple[list[str | None], list[tuple[Edit, ...] | None]]:
    """Repair each text, and return the texts and the edits of each, in order; None stays None in both.

    Raises ValueError when `dates` has another length.
    """
    days = [None] * len(texts) if dates is None else dates
    explained = [None if text is None else normalizer.explain(text, day) for text, day in zip(texts, days, strict=True)]
    return [None if e is None else e.text for e in explained], [None if e is None else e.edits for e in explained]


def edit_rows(edits: Sequence[Edit]) -> list[dict[str, Any]]:
    """The edits as mappings with the keys of EDIT_TYPES."""
    return [edit._asdict() for edit in edits]
