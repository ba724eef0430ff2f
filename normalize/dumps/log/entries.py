"""The edit log: JSON lines that say every change, enough to undo it or to make it again.

    {"normalize": "0.1.0", "dictionaries": "9f3c...", "options": {...}}            first line
    {"input": "a.jsonl", "output": "out.jsonl", "first": 0}                        before the entries of each input
    {"n": 17, "id": "x1", "field": "text", "size": 2310, "edits": [[start, end, before, after, rule, confidence], ...]}
    {"n": 18, "id": "x2", "field": "text", "size": 874, "edits": [], "findings": [[start, end, before, rule, ...], ...]}
    {"n": 19, "rejected": "broken JSON ..."}                                       a record left out of the output

`n` is the record's line (row, from 1, for tables) in its input. Of an input, "first" says how many lines (rows) of
earlier inputs stand before it in the same output, and "only", for a sample, which of its records were drawn. Offsets
are code points of the original text, and "size" is how many it has: a text of another length is not the one that the
entry is about. (Older logs have no "size".) "style", where given, says how the original field was written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import msgspec

from ...edit import Edit, Finding
from ..record import DumpError

_encode = msgspec.json.Encoder().encode_lines


class Entry(msgspec.Struct):
    """What a log says of one field of a record, as it is read."""

    n: int
    id: object = None
    field: str = ""
    size: int | None = None  # of the original text, in code points; older logs do not say it
    edits: list[Edit] = []
    findings: list[Finding] = []
    style: str = ""
    rejected: str | None = None


class Section(msgspec.Struct):
    """The beginning of what a log says of one input."""

    input: str
    output: str
    first: int
    only: list[int] | None = None


class _Place(msgspec.Struct):
    n: int
    rejected: str | None = None


_decode_place = msgspec.json.Decoder(_Place).decode
_decode_entry = msgspec.json.Decoder(Entry).decode
_decode_section = msgspec.json.Decoder(Section).decode


class Written(msgspec.Struct, omit_defaults=True, gc=False):
    """What is to be logged of one changed (or remarked) field of a record."""

    n: int
    id: object
    field: str
    size: int | msgspec.UnsetType
    edits: Sequence[Edit]
    findings: Sequence[Finding] = ()
    style: str = ""


def lines(values: Sequence[Written | Mapping[str, object]]) -> bytes:
    """Lines of a log."""
    try:
        return _encode(values)
    except UnicodeEncodeError:  # a lone surrogate in one of them
        return b"".join(map(line, values))


def line(value: Written | Mapping[str, object]) -> bytes:
    """One line of a log."""
    try:
        return _encode([value])
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(value)).encode() + b"\n"


def read_line(raw: bytes) -> Entry:
    """The entry that a line holds. Raises DumpError where it holds none."""
    try:
        return _decode_entry(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        try:  # lone surrogates are more than msgspec takes
            return msgspec.convert(json.loads(raw), Entry)
        except (ValueError, msgspec.MsgspecError) as error:
            raise DumpError(f"the edit log has a broken line: {error}: {raw[:80]!r}") from None


def place(raw: bytes) -> tuple[int, bool]:
    """The record that a line is about, and whether it says that the record was left out of the output."""
    try:
        found: _Place | Entry = _decode_place(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        found = read_line(raw)
    return found.n, found.rejected is not None


def read_section(raw: bytes) -> Section | None:
    """The section that a line begins; None where it is another line."""
    return _decode_section(raw) if raw.startswith(b'{"input":') else None
