"""Edits and findings as tables: a row each, for spreadsheets and for programs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from ..log.entries import encode_line
from ..log.file import Logged
from ..visible import left_and_right

COLUMNS = ("file", "n", "id", "field", "kind", "start", "end", "before", "after", "rule", "confidence", "note")
CONTEXTS = ("left", "right")  # where the texts are at hand
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes the beginning of a formula to be (OWASP)


def rows(stream: Iterable[Logged]) -> Iterator[dict[str, object]]:
    """Yield a mapping for every edit and finding; with what stands on either side, where texts are at hand."""
    for _, file, entry, text in stream:
        common = {"file": file, "n": entry.n, "id": entry.id, "field": entry.field}
        kinds = [("edit", one._asdict()) for one in entry.edits] + [("finding", one._asdict()) for one in entry.findings]
        for kind, found in kinds:
            row = {name: {**common, "kind": kind, **found}.get(name) for name in COLUMNS}
            if text is not None:
                row["left"], row["right"] = left_and_right(text, found["start"], found["end"])
            yield row


def json_lines(stream: Iterable[Logged]) -> Iterator[bytes]:
    """Yield a JSON object a line."""
    for row in rows(stream):
        yield encode_line({name: value for name, value in row.items() if value is not None})


def separated(stream: Iterable[Logged], separator: str, contexts: bool) -> Iterator[bytes]:
    """Yield a table with a header. A cell that a spreadsheet would take for a formula gets an apostrophe in front."""
    columns = (*COLUMNS, *(CONTEXTS if contexts else ()))
    yield line(columns, separator)
    for row in rows(stream):
        yield line(["" if row.get(name) is None else row[name] for name in columns], separator)


def line(cells: Iterable[object], separator: str) -> bytes:
    """A line of a table."""
    row = io.StringIO()
    csv.writer(row, delimiter=separator, lineterminator="\n").writerow([_cell(cell) for cell in cells])
    return row.getvalue().encode("utf-8", "backslashreplace")


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
