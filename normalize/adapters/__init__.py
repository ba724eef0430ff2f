"""The Normalizer where people already work: a module a library, which it needs and is named after.

Users import the module; nothing else of the package does. Here stands what they share, as the columns of an edit. Start
reading at arrow.py, which Spark, Ray, DuckDB and datasets build on.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from inspect import signature
from typing import Any, get_type_hints

from ..edit import Edit, Explanation, Finding
from ..lexicon import learned
from ..normalizer import Normalizer
from ..suggest import did_you_mean

# The fields of an edit and their types, in order: what every table of edits has as its columns.
EDIT_TYPES: dict[str, type] = get_type_hints(Edit)
FINDING_TYPES: dict[str, type] = get_type_hints(Finding)

KEPT = 4  # Normalizers: a choice; each remembers what it decided about words, some tens of MB


@contextmanager
def needs(extra: str) -> Iterator[None]:
    """Say in one line how to install a library where the import inside this context does not find it."""
    try:
        yield
    except ModuleNotFoundError as error:
        library = (error.name or extra).partition(".")[0]
        message = f"{library} is not installed: pip install 'normalize-id[{extra}]'"
        raise ModuleNotFoundError(message, name=library) from None


def kept(normalizer: Normalizer) -> Normalizer:
    """This process's own Normalizer with the options of `normalizer`: the same each time, while it is among the last KEPT.

    For what makes or unpickles one again and again: for each column, or each task of a cluster. What was learnt anew since
    makes another one.
    """
    return _kept(pickle.dumps(normalizer), normalizer.learned and learned.state(normalizer.learned))


@lru_cache(maxsize=KEPT)
def _kept(pickled: bytes, state: learned.State | None) -> Normalizer:
    normalizer: Normalizer = pickle.loads(pickled)
    return normalizer


def engine(options: Mapping[str, Any], dates: str) -> Normalizer:
    """This process's own Normalizer with the options of a user's call. `dates`: the parameter of that call that takes dates.

    Raises TypeError for an option that does not exist, and says which was likely meant.
    """
    try:
        return kept(Normalizer(**options))
    except TypeError:
        known = [*signature(Normalizer).parameters, dates]
        for name in options:
            if name not in known:
                raise TypeError(f"there is no option {name!r}{did_you_mean(name, known)}") from None
        raise


def as_rows(found: Sequence[Edit | Finding]) -> list[dict[str, Any]]:
    """Edits or findings as mappings with the keys of EDIT_TYPES or FINDING_TYPES."""
    return [one._asdict() for one in found]


def flat_rows(explained: Sequence[Explanation | None]) -> list[dict[str, Any]]:
    """Every edit of a column as a row of its own, with the number of its text."""
    found = [(number, one.edits) for number, one in enumerate(explained) if one is not None]
    return [{"row": number, **edit._asdict()} for number, edits in found for edit in edits]
