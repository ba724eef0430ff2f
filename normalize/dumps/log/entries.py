"""The edit log: JSON lines that say every change, enough to undo it or to make it again.

    {"normalize": "0.1.0", "dictionaries": "9f3c...", "options": {...}}            first line
    {"input": "a.jsonl", "output": "out.jsonl", "first": 0}                        before the entries of each input
    {"n": 17, "id": "x1", "field": "text", "size": 2310, "edits": [[start, end, before, after, rule, confidence], ...]}
    {"n": 18, "id": "x2", "field": "text", "size": 874, "edits": [], "findings": [[start, end, before, rule, ...], ...]}
    {"n": 19, "rejected": "broken JSON ..."}                                       a record left out of the output

`n` is the record's line (row, from 1, for tables) in its input. Of an input, "first" says how many lines (rows) of
earlier inputs stand before it in the same output, and "only", for a sample, which of its records were drawn. Offsets
are code points of the original text, and "size" is how many it has: a text of another length is not the one that the
entry is about. (Older logs have no "size".) "style", where given, says how the original field was written; where no
style says it all, that is "mixed", and "spelled" says how the text before each edit was written. Names of files are their
bytes taken for UTF-8, whatever the locale.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence

import msgspec

from ...edit import Edit, Finding
from ..errors import DumpError

_encode = msgspec.json.Encoder(enc_hook=str).encode_lines  # an id of a type that JSON lacks is written as a string


class LogEntry(msgspec.Struct):
    """A log's line about one field of a record, as it is read."""

    n: int
    id: object = None
    field: str = ""
    size: int | None = None  # of the original text, in code points; older logs do not say it
    edits: list[Edit] = []
    findings: list[Finding] = []
    style: str = ""
    spelled: list[str] = []  # how the text before each edit was written, where the style is "mixed"
    rejected: str | None = None


class Section(msgspec.Struct):
    """A log's line before the entries of one input."""

    input: str
    output: str
    first: int
    only: list[int] | None = None


class _Place(msgspec.Struct):
    n: int
    rejected: str | None = None


_decode_place = msgspec.json.Decoder(_Place).decode
_decode = msgspec.json.Decoder(LogEntry).decode
_decode_section = msgspec.json.Decoder(Section).decode


class LogEntryOut(msgspec.Struct, omit_defaults=True, gc=False):
    """A log's line about one field of a record, as it is written. Fields without edits and findings have none."""

    n: int
    id: object
    field: str
    size: int | msgspec.UnsetType
    edits: Sequence[Edit]
    findings: Sequence[Finding] = ()
    style: str = ""
    spelled: Sequence[str] = ()


def encode_lines(values: Sequence[LogEntryOut | Mapping[str, object]]) -> bytes:
    """Encode lines of a log."""
    try:
        return _encode(values)
    except UnicodeEncodeError:  # a lone surrogate in one of them
        return b"".join(map(encode_line, values))


def encode_line(value: LogEntryOut | Mapping[str, object]) -> bytes:
    """Encode one line of a log."""
    try:
        return _encode([value])
    except UnicodeEncodeError:
        return json.dumps(msgspec.to_builtins(value)).encode() + b"\n"


def decode_entry(raw: bytes) -> LogEntry:
    """Decode the entry that a line holds. Raises DumpError where it holds none."""
    try:
        return _decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        try:  # lone surrogates are more than msgspec takes
            return msgspec.convert(json.loads(raw), LogEntry)
        except (ValueError, RecursionError, msgspec.MsgspecError) as error:
            raise DumpError(f"the edit log has a broken line: {error}: {raw[:80]!r}") from None


def decode_place(raw: bytes) -> tuple[int, bool]:
    """Decode the place of the record that a line is about, and whether that record was left out of the output."""
    try:
        found: _Place | LogEntry = _decode_place(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        found = decode_entry(raw)
    return found.n, found.rejected is not None


def decode_section(raw: bytes) -> Section | None:
    """Decode the section that a line begins; None where it is another line."""
    if not raw.startswith(b'{"input":'):
        return None
    try:
        section = _decode_section(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        try:  # a file name that is not UTF-8 has lone surrogates
            section = msgspec.convert(json.loads(raw), Section)
        except (ValueError, RecursionError, msgspec.MsgspecError) as error:
            raise DumpError(f"the edit log has a broken line: {error}: {raw[:80]!r}") from None
    section.input, section.output = path_of(section.input), path_of(section.output)
    return section


def name_of(path: str) -> str:
    """Encode a path for logs and rejects: the same in every locale."""
    return os.fsencode(path).decode("utf-8", "surrogateescape")


def path_of(name: str) -> str:
    """Decode a path from a log or rejects; a name that is no such path stays."""
    try:
        return os.fsdecode(name.encode("utf-8", "surrogateescape"))
    except UnicodeError:
        return name
