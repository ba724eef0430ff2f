"""Select edits and findings of a log, by a condition, the first ones, or a random sample; and count them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby, islice
from pathlib import Path

import msgspec

from ...edit import Edit, Finding, families
from ..draw import Reservoir
from .entries import LogEntry, LogEntryOut, decode_entry, decode_section, encode_line
from .file import Logged, read_header, read_lines
from .where import Condition, values

KINDS = ("edit", "finding")


def filtered(stream: Iterable[Logged], condition: Condition | None, kinds: Collection[str] = KINDS) -> Iterator[Logged]:
    """Yield the entries with those of their edits and findings for which the condition holds, where there are any."""
    for logged in stream:
        kept = [one for one in _parts(logged) if _kind(one) in kinds]
        if condition:
            kept = [one for one in kept if condition(values(logged.entry, one, logged.file))]
        if kept:
            yield _with(logged, kept)


def first(stream: Iterable[Logged], size: int) -> Iterator[Logged]:
    """Yield the first `size` edits and findings."""
    for logged in stream:
        if size <= 0:
            return
        kept = _parts(logged)[:size]
        size -= len(kept)
        yield _with(logged, kept)


def drawn(stream: Iterable[Logged], size: int, seed: int) -> Iterator[Logged]:
    """Yield `size` edits and findings drawn at random, in their order; the same for the same seed."""
    reservoir = Reservoir[tuple[int, Logged, Edit | Finding]](size, random.Random(seed))
    for logged in stream:
        for one in _parts(logged):
            reservoir.add((reservoir.seen, logged, one))
    found = sorted(reservoir.drawn, key=lambda item: item[0])
    for _, items in groupby(found, key=lambda item: item[1].number):
        some = list(items)
        yield _with(some[0][1], [one for _, _, one in some])


def lines(path: Path, chosen: Iterable[Logged], note: dict[str, object]) -> Iterator[bytes]:
    """Yield the lines of a log that has nothing but the chosen entries of the one at `path`; its head has the note, too."""
    yield encode_line({**read_header(path), **({"chosen": note} if note else {})}).rstrip(b"\n")
    following = iter(chosen)
    coming = next(following, None)
    number = 0
    for raw in islice(read_lines(path), 1, None):
        if decode_section(raw) or decode_entry(raw).rejected is not None:
            yield raw  # where records stand in the output hangs on these
            continue
        if coming and coming.number == number:
            yield encode_line(_written(coming.entry)).rstrip(b"\n")
            coming = next(following, None)
        number += 1


def counts(stream: Iterable[Logged], key: str) -> Counter[str]:
    """Count edits and findings by one of KEYS. Of an edit that several rules made, each rule counts."""
    found: Counter[str] = Counter()
    for logged in stream:
        for one in _parts(logged):
            found.update(KEYS[key](logged, one))
    return found


def _parts(logged: Logged) -> list[Edit | Finding]:
    return [*logged.entry.edits, *logged.entry.findings]


def _kind(found: Edit | Finding) -> str:
    return "edit" if isinstance(found, Edit) else "finding"


def _with(logged: Logged, kept: Sequence[Edit | Finding]) -> Logged:
    """An entry with these of its edits and findings alone."""
    entry = logged.entry
    if len(kept) == len(entry.edits) + len(entry.findings):
        return logged
    edits = [one for one in kept if isinstance(one, Edit)]
    findings = [one for one in kept if isinstance(one, Finding)]
    spelled = [one for edit, one in zip(entry.edits, entry.spelled, strict=False) if edit in edits]
    return logged._replace(entry=msgspec.structs.replace(entry, edits=edits, findings=findings, spelled=spelled))


def _written(entry: LogEntry) -> LogEntryOut:
    size = msgspec.UNSET if entry.size is None else entry.size
    findings, spelled = tuple(entry.findings), tuple(entry.spelled)
    return LogEntryOut(entry.n, entry.id, entry.field, size, entry.edits, findings, entry.style, spelled)


def _change(found: Edit | Finding) -> str:
    return f"{found.before!r} -> {found.after!r}" if isinstance(found, Edit) else f"{found.before!r} stays"


# What edits are counted by -> an edit's values of it.
KEYS: dict[str, Callable[[Logged, Edit | Finding], list[str]]] = {
    "rule": lambda logged, found: found.rule.split("+"),
    "family": lambda logged, found: families(found.rule),
    "change": lambda logged, found: [_change(found)],
    "kind": lambda logged, found: [_kind(found)],
    "field": lambda logged, found: [logged.entry.field],
    "file": lambda logged, found: [logged.file],
    "before": lambda logged, found: [found.before],
    "after": lambda logged, found: [found.after] if isinstance(found, Edit) else [],
}
