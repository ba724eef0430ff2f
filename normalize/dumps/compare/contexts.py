"""Find what stands around places of a dump, which a log does not tell."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from ..formats import codec
from ..inputs import plan
from ..reader import Reader
from ..record import Fields
from .summary import Place

CONTEXT = 40  # code points on either side, a choice


def contexts(places: Iterable[Place], options: Mapping[str, Any]) -> dict[Place, tuple[str, str]]:
    """What stands before and behind each place, where its input is still there.

    options: those of the run, as its log tells them: which fields, which format. Raises DumpError for an input that
    cannot be read.
    """
    by_input: dict[str, dict[int, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for place in places:
        by_input[place.input][place.n].append(place)
    found: dict[Place, tuple[str, str]] = {}
    for path, wanted in by_input.items():
        if path != "-" and os.path.isfile(path):
            _read(path, wanted, options, found)
    return found


def _read(
    path: str, wanted: dict[int, list[Place]], options: Mapping[str, Any], found: dict[Place, tuple[str, str]]
) -> None:
    inputs = plan([path], os.devnull, input_format=options.get("input_format"), lines=bool(options.get("lines")))
    fields = Fields(tuple(options.get("fields") or ("text",)))
    reader = codec(inputs[0].format, fields)
    for batch in Reader(inputs, fields).batches():
        for record in reader.decode(batch.piece) if wanted else ():
            for place in wanted.pop(record.place, ()):
                known = place.field in fields.texts and record.texts
                text = record.texts[fields.texts.index(place.field)] if known else None
                if text is not None and place.end <= len(text):
                    left = text[max(0, place.start - CONTEXT) : place.start]
                    found[place] = left, text[place.end : place.end + CONTEXT]
        if not wanted:
            return
