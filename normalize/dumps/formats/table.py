"""CSV and TSV: records of separated values, with quotes as their writer set them, and any line ends.

A field is quoted where it starts with a quote and ends with one that a separator or line end follows; a quote that
is never closed so is an ordinary character, as in tables that know no quoting.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Generator, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from ...lazy import lazy_pattern
from ..errors import DumpError, check_column
from ..record import BATCH_BYTES, RECORD_LIMIT, Fields, Piece, Record
from .chunks import filled
from .columns import ColumnCodec, check_unique

SEPARATORS = {"csv": b",;|\t", "tsv": b"\t"}  # those that a header may show; what a new file is written with: the first
MOST_COLUMNS = 100_000  # of a table, a choice: fields take over a hundred times the memory of their separators
_QUOTED = lazy_pattern(rb'"[^"]*+(?:""[^"]*+)*+"')
_EVEN_QUOTES = lazy_pattern(rb'[^"\r\n]*+(?:"[^"]*+"[^"\r\n]*+)*+')


class Grammar(NamedTuple):
    """Patterns for one separator."""

    field: re.Pattern[bytes]  # a field, and what ends it
    record: re.Pattern[bytes]  # a record that is whole, also if more data may follow


@cache
def grammar(separator: bytes) -> Grammar:
    """The patterns of a table with this separator."""
    s = re.escape(separator)
    bare = rb"[^" + s + rb"\r\n]*+"
    field = rb"(?>" + _QUOTED.pattern + rb"(?=[" + s + rb"\r\n]|\Z)|" + bare + rb")"
    # Where the data ends inside quotes or just behind them, more data may tell otherwise.
    undecided = rb'(?!"[^"]*+(?:""[^"]*+)*+"?\Z)'
    whole = rb"(?>" + _QUOTED.pattern + rb"(?=[" + s + rb"\r\n])|" + undecided + bare + rb")"
    return Grammar(
        re.compile(field + rb"(" + s + rb"|\r\n|\n|\r|\Z)"),
        re.compile(whole + rb"(?:" + s + whole + rb")*+(?:\r\n|\n|\r(?!\n|\Z))"),
    )


def pieces(
    chunks: Iterable[bytes],
    format: str,
    wanted: Iterable[str],
    size: int = BATCH_BYTES,
    limit: int = RECORD_LIMIT,
    longest: int | None = None,
    bare: bool = False,
) -> Iterator[Piece]:
    """Regroup `chunks` to pieces of about `size` bytes that end at a record's end; the first starts with the header.

    A record longer than `limit` comes in parts, a piece each. longest: of a record that is taken whole all the same, where
    one of `limit` bytes may have grown. bare: there is no header; its columns are called 1, 2, 3, as many as the first
    record has. Raises DumpError where a wanted column is missing, or the first record is longer than `limit`.
    """
    source = iter(chunks)
    held, head, first = b"", b"", int(bare)
    enough = size
    longest = longest or limit
    last = False
    while not last:
        held, last = filled(held, source, enough)
        if not head:
            head = _header(held, format, last)
            if len(head or held) > limit:
                raise _long_header(limit)
            if head:
                separator = separator_of(head, format)
                if bare:
                    count = len(next(rows(head.removeprefix(BOM_UTF8), separator), []))
                    head = separator.join(b"%d" % number for number in range(1, count + 1)) + b"\n"
                names = columns(head, separator)
                for name in wanted:
                    check_column(name, names)
        length = position = 0
        while head and (end := _end(held, position, separator, limit, longest)):
            position = end
            length += 1
        if head and last and position < len(held) <= position + limit:
            length += sum(1 for _ in rows(held[position:], separator))
            position = len(held)
        if position:
            yield Piece(first, length, held[:position], head)
            first += length
            held = held[position:]
            enough = size
            last = last and not held
        elif len(held) > (limit if last else longest):
            if first == 0:
                raise _long_header(limit)
            held = yield from _parts(first, head, held, source)
            first += 1
            enough = size
            last = False
        else:
            enough = min(2 * len(held), longest + 1)


def _long_header(limit: int) -> DumpError:
    return DumpError(
        f"its first row is longer than {limit:,} bytes: close the quote that never closes there, or say with"
        " --input-format what it is"
    )


def _end(data: bytes, start: int, separator: bytes, limit: int, longest: int) -> int:
    """Find the end of the record that begins at `start`; 0 where more data is needed, or it is too long.

    How it is read depends on its first `limit` bytes alone, wherever a piece begins; a longer one ends as its parts do.
    """
    record = grammar(separator).record
    match = record.match(data, start, start + limit + 1)
    if match and match.end() - start <= limit:
        return match.end()
    if longest > limit < len(data) - start:
        match = record.match(data, start, start + longest + 1)
        if match and match.end() - start <= longest and match.end() == _line_end(data, _EVEN_QUOTES.match(data, start)):
            return match.end()
    return 0


def _parts(first: int, head: bytes, data: bytes, source: Iterator[bytes]) -> Generator[Piece, None, bytes]:
    """Yield a record that is too long in parts, up to a line end with an even number of quotes before it.

    `data` was read of it; returns what was read behind it.
    """
    before, in_quotes = 0, False
    while True:
        closed = data.find(b'"') + 1 if in_quotes else 0
        if closed or not in_quotes:
            even = _EVEN_QUOTES.match(data, closed)
            if even and data[even.end() :] == b"\r":  # does a line feed follow?
                data += next(source, b"")
            in_quotes = even is not None and data[even.end() : even.end() + 1] == b'"'
            if end := _line_end(data, even):
                yield Piece(first, 1, data[:end], head, overlong=before + end)
                return data[end:]
        before += len(data)
        following = next(source, b"")
        yield Piece(first, 0 if following else 1, data, head, overlong=before)
        if not following:
            return b""
        data = following


def _line_end(data: bytes, before: re.Match[bytes] | None) -> int:
    """Return where the line end behind a match ends; 0 where there is none."""
    at = before.end() if before else len(data)
    return at + 2 if data[at : at + 2] == b"\r\n" else at + 1 if data[at : at + 1] in (b"\r", b"\n") else 0


def _header(data: bytes, format: str, last: bool) -> bytes:
    """Find the header of a table, by the separator that makes most columns of it; b"" where it is not whole yet."""
    separators = [bytes([s]) for s in SEPARATORS[format]]
    found = [(match[0], s) for s in separators if (match := grammar(s).record.match(data))]
    if not found:
        return data if last else b""
    # A name in quotes may have line ends, and is cut there by what does not separate it from the others.
    return max(found, key=lambda one: (len(columns(*one)), -len(one[0])))[0]


def separator_of(head: bytes, format: str) -> bytes:
    """Return the separator of a header: the one that makes most columns of it."""
    return max((bytes([s]) for s in SEPARATORS[format]), key=lambda separator: len(columns(head, separator)))


def columns(head: bytes, separator: bytes) -> list[str]:
    """List the column names of a header. Raises DumpError where they are not UTF-8, or too many."""
    fields = next(rows(head.removeprefix(BOM_UTF8), separator), [])
    if len(fields) > MOST_COLUMNS:
        raise DumpError(f"its first row has over {MOST_COLUMNS:,} columns")
    try:
        return [value(raw).decode() for raw, _, _ in fields]
    except UnicodeDecodeError:
        raise DumpError("the header is not UTF-8") from None


def rows(data: bytes, separator: bytes) -> Iterator[list[tuple[bytes, int, int]]]:
    """Yield each record of `data` as its fields: raw value, where it starts, where the next one (or record) starts.

    What is behind MOST_COLUMNS fields counts as one more, without a value.
    """
    row: list[tuple[bytes, int, int]] = []
    position, size = 0, len(data)
    match_field = grammar(separator).field.match
    while position < size or row:
        match = match_field(data, position)
        assert match  # the pattern fits anywhere
        start, end = match.start(), match.start(1)
        position = match.end()
        if len(row) <= MOST_COLUMNS:
            row.append((data[start:end], start, position))
        else:
            row[-1] = (b"", row[-1][1], position)
        if match[1] != separator:
            yield row
            row = []


def value(raw: bytes) -> bytes:
    """Return the value of a field, without its quoting."""
    return raw[1:-1].replace(b'""', b'"') if is_quoted(raw) else raw


def is_quoted(raw: bytes) -> bool:
    """Whether a field is in quotes, and each quote inside is written twice."""
    if len(raw) < 2 or not raw.startswith(b'"') or not raw.endswith(b'"'):
        return False
    return raw.find(b'"', 1, -1) < 0 or _QUOTED.fullmatch(raw) is not None


def write(text: bytes, separator: bytes, quoted: bool = False) -> bytes:
    """Encode `text` as a field, with quotes where they are needed or wanted."""
    if not quoted and not text.startswith(b'"') and not any(c in text for c in (separator, b"\n", b"\r")):
        return text
    return b'"' + text.replace(b'"', b'""') + b'"'


def is_open(raw: bytes) -> bool:
    """Whether a field starts with a quote that it does not close: then the data behind it decides how it is read."""
    return raw.startswith(b'"') and raw.count(b'"') % 2 == 1 and not _QUOTED.match(raw)


def quotes(field: bytes) -> list[bytes]:
    """The quotes of a field, each with the byte behind it: these decide how an open quote before them is read."""
    field += b","
    return [field[i : i + 2] for i in range(len(field)) if field[i] == 0x22]


def _written_now(record: Record, index: int) -> bytes:
    """Field `index` as it stands in the input."""
    start, end = record.spans[index]
    return record.raw[start:end]


class Table(ColumnCodec):
    """The codec. A record's `raw` has its line end, for a table may mix them."""

    def __init__(self, fields: Fields, format: str) -> None:
        super().__init__(fields)
        self.format = format
        self.head, self.separator, self.columns = b"", b"", [""]

    def decode(self, piece: Piece) -> list[Record]:
        self._read(piece.head)
        indices = [self.columns.index(name) for name in self.fields.texts]
        others = [self.columns.index(name) if name in self.columns else None for name in self.fields[1:]]
        records = []
        fragile = False
        for place, row in enumerate(rows(piece.data, self.separator), piece.first):
            fragile = fragile or any(is_open(raw) for raw, _, _ in row)
            start = row[0][1]
            record = Record(place, piece.data[start : row[-1][2]], fragile=fragile)
            records.append(record)
            if place == 0 or (len(row) == 1 and not row[0][0].strip()):
                record.blank = True
            elif len(row) != len(self.columns):
                count = f"over {MOST_COLUMNS:,}" if len(row) > MOST_COLUMNS else len(row)
                record.error = f"has {count} columns, the header {len(self.columns)}"
            else:
                record.spans = [(row[i][1] - start, row[i][1] - start + len(row[i][0])) for i in indices]
                try:
                    record.texts = [value(row[i][0]).decode() for i in indices]
                except UnicodeDecodeError as error:
                    record.error = f"invalid UTF-8: byte 0x{error.object[error.start]:02x}"
                date, id, outlet = (None if i is None else value(row[i][0]).decode("utf-8", "replace") for i in others)
                record.date, record.id, record.outlet = date, id, outlet
        return records

    def rebuild(self, piece: Piece, records: list[Record]) -> bytes:
        return b"".join(self._replaced(r) if r.cleaned is not None else r.raw for r in records if not r.dropped)

    def rows(self, piece: Piece, records: list[Record]) -> list[dict[str, object]]:
        self._read(piece.head)
        check_unique(self.columns)
        found = []
        for record in records:
            values = (value(raw).decode("utf-8", "surrogateescape") for raw, _, _ in next(rows(record.raw, self.separator)))
            row: dict[str, object] = dict(zip(self.columns, values, strict=True))
            row.update(zip(self.fields.texts, record.cleaned or record.texts, strict=True))
            found.append(row)
        return found

    def raw(self, piece: Piece, record: Record) -> bytes:
        return record.raw

    def style(self, record: Record, index: int) -> str:
        return "quoted" if is_quoted(_written_now(record, index)) else "bare"

    def reads_back(self, record: Record, index: int, text: str) -> bool:
        if not record.fragile and (len(self.columns) > 1 or text.strip()):
            return True
        raw = _written_now(record, index)
        if record.fragile and quotes(self._written(raw, text.encode(), "")) != quotes(raw):
            return False
        return len(self.columns) > 1 or bool(text.strip() or is_quoted(raw))

    def _read(self, head: bytes) -> None:
        if head != self.head:
            self.head, self.separator = head, separator_of(head, self.format)
            self.columns = columns(head, self.separator)

    def _replaced(self, record: Record) -> bytes:
        out = record.raw
        texts = zip(record.spans, record.texts, record.cleaned or (), strict=True)
        changed = [(span, i, new) for i, (span, old, new) in enumerate(texts) if new is not None and new != old]
        for (start, end), i, new in sorted(changed, reverse=True):
            written = self._written(out[start:end], new.encode(), (record.styles or {}).get(i, ""))
            out = out[:start] + written + out[end:]
        return out

    def _written(self, raw: bytes, text: bytes, style: str) -> bytes:
        """Encode `text` in the place of `raw`; `style`: that of the original to restore."""
        if style == "quoted" or (style != "bare" and is_quoted(raw)):
            return write(text, self.separator, True)
        # Quotes that nobody doubled stay so: in an original, and where it is as clear as before how they are read.
        closed = _QUOTED.match(text)
        if is_quoted(text) or any(c in text for c in (self.separator, b"\n", b"\r")):
            return write(text, self.separator)
        alike = raw.startswith(b'"') if closed else is_open(raw)
        return text if style == "bare" or alike else write(text, self.separator)
