"""Decide how the entries of a log are matched with the records of files: by place, or by id."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ..errors import DumpError
from ..formats import codec, decode
from ..inputs import Input
from ..reader import Reader
from ..record import Fields
from ..tally import Tally
from .entries import decode_entry
from .reader import IdLookup, PlaceLookup, UnclearIds, is_id, key_of


class Matching(NamedTuple):
    """The way that entries are matched with records."""

    lookup: IdLookup | PlaceLookup  # finds the entries about a piece of an input
    how: str  # for people: "by place", "by id (standard input)"


def matching(
    path: Path,
    inputs: list[Input],
    fields: Fields,
    undoing: bool,
    way: str = "auto",
    watch: Callable[[Input, Tally, int], None] = lambda *_: None,
) -> Matching:
    """Choose the way in which the records of `inputs` are found in the log at `path`.

    "auto": by place where every record that the log tells of has its id there, else by id, where ids are unique. To see
    that, files are read once more; standard input cannot be, and goes by id. Raises DumpError where neither can be.
    """
    if way == "id":
        return Matching(IdLookup(path, inputs, fields), "by id")
    if way == "place":
        return Matching(PlaceLookup(path, inputs, undoing), "by place")
    elsewhere = "standard input"
    by_place: DumpError | None = None
    if all(source.path != "-" for source in inputs):
        try:
            elsewhere = _first_elsewhere(path, inputs, fields, undoing, watch)
        except DumpError as error:
            by_place, elsewhere = error, "another file"
    if not elsewhere:
        return Matching(PlaceLookup(path, inputs, undoing), "by place")
    try:
        found = IdLookup(path, inputs, fields)
        if found.without_id:
            raise UnclearIds(f"{path}: some entries have no id")
        return Matching(found, f"by id ({elsewhere})")
    except UnclearIds as error:
        if by_place:
            raise by_place from None
        return Matching(PlaceLookup(path, inputs, undoing), f"by place ({error})")


def _first_elsewhere(
    path: Path, inputs: list[Input], fields: Fields, undoing: bool, watch: Callable[[Input, Tally, int], None]
) -> str:
    """Find the first record whose id is not the one that the log has for its place, and say where it is; "" for none."""
    lookup = PlaceLookup(path, inputs, undoing)
    reader = Reader(inputs, fields, log_lookup=lookup)
    for batch in reader.batches():
        watch(inputs[batch.source], Tally(characters=len(batch.piece.data)), reader.state.bytes_read)
        logged = {place: id for place, raw in batch.log if is_id(id := decode_entry(raw).id)}
        if not logged:
            continue
        source = inputs[batch.source]
        found = {record.place: record.id for record in decode(codec(source.format, fields), batch.piece)}
        for place, id in logged.items():
            if place not in found or key_of(found[place]) != key_of(id):
                return f"{source.path}:{place} is another record than the log has there"
    if lookup.unmatched():
        return "records that the log has are missing"
    return ""
