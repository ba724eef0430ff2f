"""Excel workbooks, through openpyxl (the extra "xlsx"): the first sheet, whose first row names the columns.

A piece's data is some rows as MessagePack, its head the names. A worker hands back frames: which rows stay, and the cells
that change. They become a workbook when all are there: the one that was read, with other texts in these cells.
"""

from __future__ import annotations

import importlib
import math
import struct
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import IO, Any

import msgspec

from ...lazy import lazy_pattern
from ..errors import DumpError, check_column
from ..record import BATCH_BYTES, Piece, Record
from .columns import ColumnCodec, check_unique

Cell = str | bool | int | float | None
LONGEST_CELL = 32_767  # characters, of Excel
LONGEST_BOOK = 1 << 29  # bytes of its parts when unpacked: a choice; openpyxl holds what it changes whole
MOST_ROWS = 1_048_576  # of Excel, the header among them
MOST_IN_RANGES = 1_000_000  # cells that are merged, or are one link: a choice; each takes some 500 bytes
_DISORDER = "its rows are not in order: let a spreadsheet program write it anew"
_LENGTH = struct.Struct("<Q")
_NOT_IN_XML = lazy_pattern("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")  # a carriage return is read back as a line end
_TIMES = lazy_pattern(rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*")
_NO_TIME = (1980, 1, 1, 0, 0, 0)  # the first that a zip archive can tell: the same bytes on any day


def library() -> Any:
    """openpyxl. Raises DumpError where it is not installed."""
    try:
        return importlib.import_module("openpyxl")
    except ImportError:
        raise DumpError("Excel workbooks need openpyxl: pip install 'normalize-id[xlsx]'") from None


def pieces(path: str | IO[bytes], wanted: Iterable[str], size: int = BATCH_BYTES) -> Iterator[Piece]:
    """Yield the rows of a workbook's first sheet, in pieces of about `size` bytes. Raises DumpError for a missing column."""
    book = _opened(path)
    try:
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a sheet says of its size may be wrong, and rows behind it would be lost
        names = _names(next(sheet.iter_rows(max_row=1, values_only=True), ()))
        for name in wanted:
            check_column(name, names)
        head = msgspec.json.encode(names)
        first, held, weight = 1, list[list[object]](), 0
        for row in sheet.iter_rows(min_row=2, max_col=max(1, len(names)), values_only=True):  # one far to the right is none
            if first + len(held) >= MOST_ROWS:
                raise DumpError(f"has a row behind row {MOST_ROWS:,}, the last that a sheet can have")
            held.append([*row[: len(names)], *[None] * (len(names) - len(row))])
            weight += sum(len(value) if isinstance(value, str) else 8 for value in row)
            if weight >= size:
                yield Piece(first, len(held), msgspec.msgpack.encode(held, enc_hook=_told), head)
                first, held, weight = first + len(held), [], 0
        if held or first == 1:
            yield Piece(first, len(held), msgspec.msgpack.encode(held, enc_hook=_told), head)
    except DumpError:
        raise
    except Exception as error:  # openpyxl says in many ways that it cannot read one
        raise _unreadable(error) from None
    finally:
        book.close()


def _told(value: object) -> str:
    """A value of a cell that is no string or number, as one: a time as it is shown, a formula over several cells as one."""
    if "Formula" in type(value).__name__:
        return "=" + str(getattr(value, "text", None) or "").removeprefix("=")
    return str(value)


def check(path: str | IO[bytes], wanted: Collection[str]) -> list[str]:
    """List the names of a workbook's columns. Raises DumpError for no workbook, and a missing column."""
    return [name for piece in islice(pieces(path, wanted, size=1), 1) for name in columns(piece.head)]


def _opened(path: str | IO[bytes]) -> Any:
    import zipfile  # only workbooks and archives are

    openpyxl = library()
    try:
        with zipfile.ZipFile(path) as archive:
            size = sum(part.file_size for part in archive.infolist())
        if size > LONGEST_BOOK:
            raise DumpError(f"is a workbook of {size:,} bytes when unpacked, and {LONGEST_BOOK:,} are read at most")
        _check_sheets(path)
        book = openpyxl.load_workbook(path, read_only=True)
    except DumpError:
        raise
    except Exception as error:
        raise _unreadable(error) from None
    if not book.worksheets:
        raise DumpError("is a workbook without a sheet")
    return book


def _check_sheets(path: str | IO[bytes]) -> None:
    """Raise DumpError where sheets have a part in common: openpyxl reads it for each, and names of sheets are short."""
    reader = importlib.import_module("openpyxl.reader.excel").ExcelReader(path, read_only=True)
    with reader.archive:
        reader.read_manifest()
        reader.read_workbook()
        parts = [place.target for _, place in reader.parser.find_sheets()]
    if len({*parts}) < len(parts):
        raise DumpError("has several sheets that are one: let a spreadsheet program write it anew")


def _unreadable(error: Exception) -> DumpError:
    return DumpError(f"cannot be read as an Excel workbook: {str(error) or type(error).__name__}")


def _names(row: Sequence[object]) -> list[str]:
    """List the names of columns in a header, without empty cells at its end."""
    names = ["" if value is None else str(value) for value in row]
    while names and not names[-1]:
        names.pop()
    return names


class Workbook(ColumnCodec):
    """The codec."""

    def decode(self, piece: Piece) -> list[Record]:
        names = columns(piece.head)
        indices = [names.index(name) for name in self.fields.texts]
        others = [names.index(name) if name in names else None for name in self.fields[1:]]
        records = []
        for place, row in enumerate(msgspec.msgpack.decode(piece.data), piece.first):
            record = Record(place, msgspec.json.encode(dict(zip(names, row, strict=True))))
            records.append(record)
            if not any(value is not None for value in row):
                record.blank = True
                continue
            for name, index in zip(self.fields.texts, indices, strict=True):
                value = row[index]
                if value is not None and not isinstance(value, str):
                    record.error = f'column "{name}" is no text: {value!r:.60}'
                record.texts.append(None if isinstance(value, str) and value.startswith("=") else value)  # a formula
            record.date, record.id, record.outlet = (None if i is None else row[i] for i in others)
        return records

    def text(self, record: Record, index: int, style: str) -> str | None:
        """Return a text, or the value of a cell that is none here: a log of another format may have it as a text."""
        if record.texts[index] is not None:
            return record.texts[index]
        value = msgspec.json.decode(record.raw)[self.fields.texts[index]]
        return "" if value is None else str(value)

    def rebuild(self, piece: Piece, records: list[Record]) -> bytes:
        names = columns(piece.head)
        kept = [record for record in records if not record.dropped]
        changes = [
            (record.place, names.index(name), self.text(record, i, ""), record.cleaned[i])
            for record in kept
            if record.cleaned is not None
            for i, name in enumerate(self.fields.texts)
            if record.cleaned[i] is not None and record.cleaned[i] != record.texts[i]
        ]
        last = piece.first + piece.length - 1
        return _frame({"kept": [record.place for record in kept], "changes": changes, "last": last})

    def rows(self, piece: Piece, records: list[Record]) -> list[dict[str, object]]:
        check_unique(columns(piece.head))
        found = []
        for record in records:
            row: dict[str, object] = msgspec.json.decode(record.raw)
            texts = zip(self.fields.texts, record.texts, record.cleaned or record.texts, strict=True)
            row.update({name: new for name, old, new in texts if new != old})
            found.append(row)
        return found

    def raw(self, piece: Piece, record: Record) -> bytes:
        return record.raw

    def holds(self, text: str) -> bool:
        return not _NOT_IN_XML.search(text)

    def reads_back(self, record: Record, index: int, text: str) -> bool:
        # Nor is a text undone that could not be written again as it was.
        holds = self.holds(text) and self.holds(record.texts[index] or "")
        return holds and 0 < len(text) <= LONGEST_CELL and not text.startswith("=")


def columns(head: bytes) -> list[str]:
    """List the names of the columns in a head."""
    return msgspec.json.decode(head, type=list[str])


def is_name(name: str) -> bool:
    """Whether a column can have this name: a cell can hold it, and it can be seen."""
    return 0 < len(name) <= LONGEST_CELL and not _NOT_IN_XML.search(name)


def misfits(rows: Sequence[Mapping[str, Cell]]) -> list[str]:
    """Say for each row which value no cell can hold, or that it would be empty; "" where it fits."""
    return [next(filter(None, (_misfit(name, value) for name, value in row.items())), _emptiness(row)) for row in rows]


def _emptiness(row: Mapping[str, Cell]) -> str:
    """The reason why a row without a value is no record in a sheet."""
    is_empty = all(value is None or value == "" for value in row.values())
    return "has no value: its row would be empty, and no record" if is_empty else ""


def _misfit(name: str, value: Cell) -> str:
    value = _exact(value)
    if isinstance(value, str) and len(value) > LONGEST_CELL:
        return f'field "{name}" is longer than {LONGEST_CELL:,} characters, the most that a cell holds'
    if isinstance(value, str) and (found := _NOT_IN_XML.search(value)):
        return f'field "{name}" has the character U+{ord(found[0]):04X}, which no cell holds'
    return ""


def encode(rows: Sequence[Mapping[str, Cell]], head: bytes) -> bytes:
    """Encode rows of another format, as a frame."""
    names = columns(head)
    return _frame({"rows": [[_exact(row.get(name)) for name in names] for row in rows], "names": names})


def _exact(value: Cell) -> Cell:
    """Convert a value for a cell: a number that it would round becomes a text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value if abs(value) < 10**15 else str(value)  # a cell has 15 digits
    if isinstance(value, float):
        return value if float(f"{value:.16g}") == value and math.isfinite(value) else str(value)  # openpyxl writes 16
    return value


def _frame(value: object) -> bytes:
    data = msgspec.msgpack.encode(value)
    return _LENGTH.pack(len(data)) + data


def _frames(path: Path) -> Iterator[dict[str, Any]]:
    with path.open("rb") as stream:
        while header := stream.read(_LENGTH.size):
            yield msgspec.msgpack.decode(stream.read(*_LENGTH.unpack(header)))


def assemble(frames: Path, out: Path, like: str | None) -> None:
    """Make the workbook `out` of a file of frames: of the one at `like`, or anew. Raises DumpError for too many rows."""
    book = _changed(frames, like) if like else _made(frames)
    made = BytesIO()  # an archive that cannot be finished complains once more when it is taken apart
    book.save(made)
    _write_without_times(made, out)


def _changed(frames: Path, like: str) -> Any:
    _check_ranges(like)
    book = library().load_workbook(like, rich_text=True)
    sheet = book.worksheets[0]
    kept, last = set[int](), 0
    for frame in _frames(frames):
        kept.update(frame["kept"])
        last = frame["last"]
        for place, column, old, text in frame["changes"]:
            cell = sheet.cell(place + 1, column + 1)
            if _told("" if cell.value is None else cell.value) != old:
                raise DumpError(f"{like}: {_DISORDER}")
            cell.value = text
            cell.data_type = "s"
    if any(cell.value is not None and not 0 < row <= last + 1 for (row, _), cell in sheet._cells.items()):
        raise DumpError(f"{like}: {_DISORDER}")
    # Cell by cell, as each call of delete_rows moves all cells below.
    moved = {row: number for number, row in enumerate([1, *sorted(place + 1 for place in kept)], 1)}
    cells = [(moved[row], column, cell) for (row, column), cell in sheet._cells.items() if row in moved]
    for row, _, cell in cells:
        cell.row = row
    sheet._cells = {(row, column): cell for row, column, cell in cells}
    return book


def _check_ranges(like: str) -> None:
    """Raise DumpError where cells that are merged, or are one link, are too many: openpyxl makes each of them."""
    import zipfile  # with this, only what workbooks need
    from xml.parsers import expat

    bounds = importlib.import_module("openpyxl.utils").range_boundaries
    cells = 0

    def count(tag: str, attributes: dict[str, str]) -> None:
        nonlocal cells
        if tag.rpartition(":")[2] in ("mergeCell", "hyperlink") and ":" in (ref := attributes.get("ref", "")):
            with suppress(ValueError, TypeError):  # openpyxl says so
                first, top, last, bottom = bounds(ref)
                cells += (last - first + 1) * (bottom - top + 1)

    with zipfile.ZipFile(like) as archive:
        for name in archive.namelist():
            parser = expat.ParserCreate()
            parser.StartElementHandler = count
            with archive.open(name) as part, suppress(expat.ExpatError):
                parser.ParseFile(part)
    if cells > MOST_IN_RANGES:
        raise DumpError(
            f"{like}: has {cells:,} cells that are merged, or are one link, and {MOST_IN_RANGES:,} are read at most"
        )


def _made(frames: Path) -> Any:
    openpyxl = library()
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    count = 0
    for frame in _frames(frames):
        for row in [frame["names"], *frame["rows"]] if count == 0 else frame["rows"]:
            count += 1
            if count > MOST_ROWS:
                raise DumpError(f"a sheet has no more than {MOST_ROWS:,} rows: write .csv, or .jsonl")
            sheet.append([_text_cell(sheet, value) if isinstance(value, str) else value for value in row])
    return book


def _text_cell(sheet: Any, text: str) -> Any:
    """Make a cell of text, even if it begins like a formula."""
    cell = importlib.import_module("openpyxl.cell").WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    return cell


def _write_without_times(made: BytesIO, out: Path) -> None:
    """Write an archive without the times at which it was made."""
    import zipfile

    with zipfile.ZipFile(made) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as written:
        for name in archive.namelist():
            data = archive.read(name)
            if name == "docProps/core.xml":
                data = _TIMES.sub(rb"\g<1>1980-01-01T00:00:00Z", data)
            written.writestr(zipfile.ZipInfo(name, _NO_TIME), data, zipfile.ZIP_DEFLATED)
