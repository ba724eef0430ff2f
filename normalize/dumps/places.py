"""Read the contexts of edits back from the dump: a log has places only."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from .inputs import Input, plan
from .reader import records
from .record import Fields
from .visible import left_and_right


class Place(NamedTuple):
    """A place: an input, a record of it by line (row), a field, and offsets in code points."""

    input: str
    n: int
    field: str
    start: int
    end: int


class Context(NamedTuple):
    """The text before and behind a place, and its outlet."""

    left: str
    right: str
    outlet: str


NO_CONTEXT = Context("", "", "")  # of what is not there any more


def contexts(places: Iterable[Place], options: Mapping[str, Any]) -> dict[Place, Context]:
    """Read the context of each place whose input is still there.

    options: those of the run, as its log tells them: which fields, which format. Raises DumpError for an input that
    cannot be read.
    """
    by_input: dict[str, dict[int, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for place in places:
        by_input[place.input][place.n].append(place)
    found: dict[Place, Context] = {}
    for path, wanted in by_input.items():
        if path != "-" and os.path.isfile(path):
            _read(path, wanted, options, found)
    return found


def word_count(paths: Iterable[str], options: Mapping[str, Any]) -> int:
    """Count the words, split at spaces, in the texts of those inputs that are still there."""
    words = 0
    for path in paths:
        if path == "-" or not os.path.isfile(path):
            continue
        words += sum(len(text.split()) for _, record in records(*_inputs(path, options)) for text in record.texts if text)
    return words


def _inputs(path: str, options: Mapping[str, Any]) -> tuple[list[Input], Fields]:
    inputs = plan([path], os.devnull, input_format=options.get("input_format"), lines=bool(options.get("lines")))
    return inputs, Fields(tuple(options.get("fields") or ("text",)), outlet=options.get("outlet_field"))


def _read(path: str, wanted: dict[int, list[Place]], options: Mapping[str, Any], found: dict[Place, Context]) -> None:
    inputs, fields = _inputs(path, options)
    for _, record in records(inputs, fields):
        for place in wanted.pop(record.place, ()):
            known = place.field in fields.texts and record.texts
            text = record.texts[fields.texts.index(place.field)] if known else None
            if text is not None and place.end <= len(text):
                outlet = "" if record.outlet is None else str(record.outlet)
                found[place] = Context(*left_and_right(text, place.start, place.end), outlet)
        if not wanted:
            return
