"""Recognise the fields of a dump with the texts, the date, the id and the outlet, by its first records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from statistics import median

import msgspec

from ..dates import article_date
from ..dates.order import ColumnOrder, column_order
from .errors import LONGEST_NAME
from .formats import codec, decode
from .formats.nested import fields_of
from .inputs import Input
from .locations import size
from .reader import Reader, Selection
from .record import Fields

LOOKED_AT = 1_000  # records, a choice
TITLES = ("title", "judul", "headline", "subtitle", "subjudul", "summary", "ringkasan", "description", "lead")
BODIES = ("text", "content", "body", "isi", "article", "artikel", "konten", "paragraph", "paragraf", "berita", "raw_content")
DATES = ("date", "tanggal", "published", "publish", "pubdate", "waktu", "time", "created", "terbit")
IDS = ("id", "uuid", "_id", "guid", "url", "link", "slug", "hash")
OUTLETS = ("outlet", "source", "sumber", "media", "publisher", "site", "domain", "portal", "website")
# Of values, all choices: a text has so many code points in the middle one, prose so many words; of a date field so large
# a share of values is read; an outlet stands in so many records on average.
LONG_TEXT, TITLE_WORDS, DATES_READ, RECORDS_OF_AN_OUTLET = 200, 4, 0.5, 3


class Column(msgspec.Struct):
    """The values of a field in the records that were looked at."""

    values: list[object] = []  # without nulls

    @property
    def strings(self) -> list[str]:
        return [value for value in self.values if isinstance(value, str) and value.strip()]

    @property
    def is_text(self) -> bool:
        return len(self.strings) > len(self.values) / 2

    @property
    def length(self) -> float:
        """The middle length of its strings, in code points."""
        return median([len(value) for value in self.strings] or [0])

    @property
    def words(self) -> float:
        """The middle number of words of its strings."""
        return median([len(value.split()) for value in self.strings] or [0])

    @property
    def dates_read(self) -> float:
        """The share of its values that are read as a date, day first or month first."""
        found = [value for value in self.values if value != ""]
        read = (sum(article_date.read(value, order) is not None for value in found) for order in (None, "mdy"))
        return max(read) / len(found) if found else 0.0


class Survey(msgspec.Struct):
    """The fields that were recognised in a dump."""

    records: int
    texts: list[str]
    date: str | None
    dates_read: float  # the share of values of `date` that could be read
    id: str | None
    outlet: str | None
    columns: Mapping[str, Column]
    order: ColumnOrder  # of the dates in figures

    @property
    def names_are_values(self) -> bool:
        """Whether the names of columns look like the first record of a table without a header."""
        return any(len(name) > LONGEST_NAME and " " in name for name in self.columns)


def survey(inputs: Sequence[Input], watch: Callable[[int], None] = lambda position: None) -> Survey:
    """Look at the first records of the inputs. Raises DumpError where one cannot be read.

    watch: is called with the bytes of the inputs that are done with.
    """
    columns: dict[str, Column] = {}
    rows = [list(fields_of(row)) for row in _rows(inputs, watch)]
    for row in rows:
        for name, value in row:
            column = columns.setdefault(name, Column())
            if value is not None:
                column.values.append(value)
    single = {name: column for name, column in columns.items() if "[]" not in name}
    date = _likeliest(single, DATES, lambda column: column.dates_read >= DATES_READ and column.length < LONG_TEXT)
    texts = _texts({name: column for name, column in columns.items() if name != date})
    rest = {name: column for name, column in single.items() if name not in (*texts, date)}
    id = _likeliest(rest, IDS, lambda column: _is_unique(column, len(rows)), named=True)
    outlet = _likeliest(rest, OUTLETS, lambda column: _is_shared(column, len(rows)), named=True)
    dates_read = columns[date].dates_read if date else 0.0
    return Survey(len(rows), texts, date, dates_read, id, outlet, columns, _order(rows, date, texts))


def _order(rows: Sequence[Sequence[tuple[str, object]]], date: str | None, texts: Sequence[str]) -> ColumnOrder:
    """The order of the dates in figures."""
    found = []
    for row in rows if date else ():
        values = dict(row)
        found.append((values.get(date or ""), [text for name in texts if isinstance(text := values.get(name), str)]))
    return column_order(found)


def _rows(inputs: Sequence[Input], watch: Callable[[int], None]) -> list[dict[str, object]]:
    """The first good records of the inputs, as many of each."""
    fields = Fields((), None, None, None)
    found: list[dict[str, object]] = []
    share = max(1, LOOKED_AT // max(len(inputs), 1))
    done = 0
    for source in inputs:
        for batch in Reader([source], fields, Selection(limit=share)).batches():
            reader = codec(source.format, fields)
            good = [r for r in decode(reader, batch.piece) if not r.error and not r.blank and r.place in (batch.only or ())]
            found += [row for row, r in zip(reader.rows(batch.piece, good), good, strict=True) if not r.error]
        done += 0 if source.path == "-" else size(source.path) or 0
        watch(done)
    return found


def _texts(columns: Mapping[str, Column]) -> list[str]:
    """The fields that hold prose, the longest first: bodies of articles, and titles."""
    texts = [name for name, column in columns.items() if column.is_text]
    prose = [name for name in texts if columns[name].words >= TITLE_WORDS]
    bodies = [name for name in prose if columns[name].length >= LONG_TEXT or _is_named(name, BODIES)]
    titles = [name for name in prose if _is_named(name, TITLES)]
    return sorted(dict.fromkeys([*bodies, *titles]), key=lambda name: (-columns[name].length, name))


def _likeliest(
    columns: Mapping[str, Column], names: Sequence[str], fits: Callable[[Column], bool], named: bool = False
) -> str | None:
    """Choose the field that fits and has one of `names`; else, unless `named`, the first that fits."""
    fitting = [name for name, column in columns.items() if column.values and fits(column)]
    ranked = [name for known in names for name in fitting if _last_step(name) == known]
    ranked += [name for name in fitting if _is_named(name, names)]
    return next(iter(ranked), None if named else next(iter(fitting), None))


def _is_named(name: str, known: Sequence[str]) -> bool:
    return any(part in _last_step(name) for part in known)


def _last_step(name: str) -> str:
    """The name of the innermost field."""
    return name.lower().rpartition(".")[2]


def _is_unique(column: Column, records: int) -> bool:
    return len(column.values) == records and len({repr(value) for value in column.values}) == records


def _is_shared(column: Column, records: int) -> bool:
    counts = Counter(column.strings)
    return bool(counts) and sum(counts.values()) >= min(records, RECORDS_OF_AN_OUTLET) * len(counts)
