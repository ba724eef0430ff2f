"""Edit logs in other forms: as a Parquet table of edits, and as span attributes of the Dolma toolkit."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, zip_longest
from pathlib import Path
from typing import IO, Any

import msgspec

from ...edit import Edit, Finding
from ..errors import DamagedInput, DumpError
from ..formats import parquet_pages
from ..formats.arrow_values import arrow
from ..record import Record
from .entries import LogEntry, LogEntryOut, decode_entry, encode_line

ROWS = 100_000  # edits in a row group, a choice
# Columns of the table. A "kind" is "edit", "finding" or "rejected"; "section" counts the inputs from 0.
_COLUMNS = ("section", "n", "id", "field", "kind", "start", "end", "before", "after", "rule", "confidence", "note")
_LATER_COLUMNS = ("style", "size", "spelled")  # older logs lack some of them
_IS_NO_LOG = (LookupError, TypeError, ValueError, AttributeError, RecursionError)  # of what its rows hold
_INTEGERS = {"section", "n", "start", "end", "size"}


# Parquet: a row an edit; the lines that are no entries (the run, its inputs) are metadata of the file.


def write_parquet(lines: Iterable[bytes], out: Path) -> None:
    """Write the lines of a log as the Parquet file `out`."""
    pa = arrow()
    types = {name: pa.int64() if name in _INTEGERS else pa.string() for name in (*_COLUMNS, *_LATER_COLUMNS)}
    types["confidence"] = pa.float64()
    heads: list[str] = []
    rows = _rows(lines, heads)
    with pa.parquet.ParquetWriter(out, pa.schema(types), compression="zstd") as writer:
        while some := [row for row, _ in zip(rows, range(ROWS), strict=False)]:
            writer.write_table(pa.Table.from_pylist(some, schema=pa.schema(types)))
        writer.add_key_value_metadata({"normalize": json.dumps(heads)})


def _rows(lines: Iterable[bytes], heads: list[str]) -> Iterator[dict[str, object]]:
    for raw in lines:
        if not raw.startswith(b'{"n":'):
            heads.append(raw.decode())
            continue
        entry = decode_entry(raw)
        common = {
            "section": len(heads) - 2,
            "n": entry.n,
            "id": json.dumps(entry.id),
            **_escaped({"field": entry.field}),
            "style": entry.style,
            "size": entry.size,
        }
        for edit, spelling in zip_longest(entry.edits, entry.spelled):
            yield {**common, "kind": "edit", "spelled": spelling, **_escaped(edit._asdict())}
        for finding in entry.findings:
            yield {**common, "kind": "finding", **_escaped(finding._asdict())}
        if entry.rejected is not None:
            yield {**common, "kind": "rejected", **_escaped({"note": entry.rejected})}


def read_parquet(path: Path, watch: Callable[[int], None] = lambda position: None) -> Iterator[bytes]:
    """Yield the lines of a log that `write_parquet` wrote. Raises DumpError for another Parquet file, or a damaged one.

    watch: is called with how many bytes of the file were read so far, by its rows.
    """
    size = path.stat().st_size
    try:
        yield from _lines(path, lambda share: watch(int(share * size)))
    except (arrow().ArrowException, DamagedInput, OSError, *_IS_NO_LOG) as error:
        raise DumpError(f"{path}: is not an edit log, or damaged: {error}") from None


def _lines(path: Path, watch: Callable[[float], None]) -> Iterator[bytes]:
    pa = arrow()
    with pa.parquet.ParquetFile(path) as file, path.open("rb") as stream:
        heads = json.loads((file.metadata.metadata or {}).get(b"normalize", b"[]"))
        if not heads:
            raise DumpError(f"{path}: is not an edit log")
        yield heads[0].encode()
        section = -1
        for row, edits, findings, spellings in _entries(_rows_read(file, stream, watch)):
            if row["section"] < section:
                raise ValueError("its rows are not in order")
            for section in range(section + 1, row["section"] + 1):  # noqa: B020 - goes on where it was
                yield heads[section + 1].encode()
            if row["kind"] == "rejected":
                yield encode_line({"n": row["n"], "rejected": _unescaped(row, ("note",))["note"]}).rstrip()
            else:
                id, size = json.loads(row["id"]), row.get("size")  # older logs have no such column
                size = msgspec.UNSET if size is None else size
                spelled = () if row.get("spelled") is None else tuple(spellings)
                field = _unescaped(row, ("field",))["field"]
                entry = LogEntryOut(row["n"], id, field, size, edits, tuple(findings), row["style"], spelled)
                yield encode_line(entry).rstrip()
        for head in heads[section + 2 :]:
            yield head.encode()


def _rows_read(file: Any, stream: IO[bytes], watch: Callable[[float], None]) -> Iterator[dict[str, Any]]:
    """The rows of a log; `watch` is called with what share of them was read."""
    done = 0
    for group, columns in enumerate(parquet_pages.columns(stream, file.num_row_groups)):
        rows = parquet_pages.rows_at_once(stream, columns, ROWS)
        for batch in file.iter_batches(batch_size=rows, row_groups=[group]):
            yield from batch.to_pylist()
            done += len(batch)
            watch(done / file.metadata.num_rows)


def _entries(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], list[Edit], list[Finding], list[str]]]:
    """The rows of each entry: the first of them, the edits, the findings, and how the edits were spelled."""
    for _, some in groupby(rows, key=lambda row: (row["section"], row["n"], row["field"])):
        entry = list(some)
        if any(row["kind"] not in ("edit", "finding", "rejected") for row in entry):
            raise ValueError("a row has no kind")
        edits = [Edit(**_unescaped(row, Edit._fields)) for row in entry if row["kind"] == "edit"]
        findings = [Finding(**_unescaped(row, Finding._fields)) for row in entry if row["kind"] == "finding"]
        yield entry[0], edits, findings, [row.get("spelled") or "" for row in entry if row["kind"] == "edit"]


_TEXTS = ("before", "after", "field", "note")  # what may have lone surrogates


def _escaped(values: dict[str, Any]) -> dict[str, Any]:
    r"""Escape texts with lone surrogates, which Parquet cannot hold, as \udXXX; then backslashes are doubled, too."""
    for name in _TEXTS:
        text = values.get(name)
        if text is not None and (any("\ud800" <= c <= "\udfff" for c in text) or text.startswith("\\")):
            values[name] = "\\" + text.encode("unicode_escape").decode()
    return values


def _unescaped(row: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    values = {name: row[name] for name in names}
    for name in _TEXTS:
        if (values.get(name) or "").startswith("\\"):
            values[name] = values[name][1:].encode().decode("unicode_escape")
    return values


# Dolma: a line a record, as its toolkit wants attributes to lie beside documents.


def dolma_line(record: Record) -> bytes:
    """The attributes of a record that was cleaned."""
    return attributes(record, [entry for entry in record.log if isinstance(entry, LogEntryOut)])


def attributes(record: Record, entries: Iterable[LogEntry | LogEntryOut]) -> bytes:
    """The attributes of a record: by rule, spans [start, end, score] of the original text."""
    spans: dict[str, list[tuple[int, int, float]]] = {}
    for entry in entries:
        both: list[Edit | Finding] = [*entry.edits, *entry.findings]
        for found in both:
            spans.setdefault(f"normalize__{found.rule}", []).append((found.start, found.end, found.confidence))
    return encode_line({"id": str(record.place if record.id is None else record.id), "attributes": spans})
