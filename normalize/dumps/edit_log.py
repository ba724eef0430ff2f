"""The edit log: JSON lines that say every change, enough to undo it or to make it again.

    {"normalize": "0.1.0", "dictionaries": "9f3c...", "options": {...}}            first line
    {"input": "a.jsonl", "output": "out.jsonl", "first": 0}                        before the entries of each input
    {"n": 17, "id": "x1", "field": "text", "edits": [[start, end, before, after, rule, confidence], ...]}
    {"n": 18, "id": "x2", "field": "text", "edits": [], "findings": [[start, end, before, rule, confidence, note], ...]}
    {"n": 19, "rejected": "broken JSON ..."}                                       a record left out of the output

`n` is the record's line (row) in its input; "first" says how many lines (rows) of earlier inputs stand before it in
the same output. Offsets are code points of the original text. "style", where given, says how the field was written.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import msgspec

from ..edit import Edit, Finding

_encode = msgspec.json.Encoder().encode


def line(value: Mapping[str, object]) -> bytes:
    """One line of a log."""
    try:
        return _encode(value) + b"\n"
    except UnicodeEncodeError:  # a lone surrogate
        return json.dumps(value).encode() + b"\n"


def entry(n: int, id: object, field: str, edits: Sequence[Edit], findings: Sequence[Finding], style: str = "") -> bytes:
    """The line of one changed (or remarked) field."""
    value: dict[str, object] = {"n": n, "id": id, "field": field, "edits": edits}
    if findings:
        value["findings"] = findings
    if style:
        value["style"] = style
    return line(value)
