"""Join a log with the texts that it is about, raw or cleaned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from ...edit import undo
from ..formats import codec, decode
from ..inputs import Input
from ..reader import Reader
from ..record import Codec, Fields, Record
from .entries import LogEntry, decode_entry
from .file import Logged
from .matching import matching
from .state import fits


class RecordInLog(NamedTuple):
    """A record of an input, and what the log has about it."""

    record: Record
    entries: list[Logged]


class Join(msgspec.Struct):
    """Read inputs beside a log. cleaned: they are what the log's run wrote; else they are what it read."""

    path: Path
    inputs: list[Input]
    fields: Fields
    cleaned: bool = False
    watch: Callable[[int], None] = lambda position: None  # is called with how many bytes of the inputs were read
    problems: list[str] = []  # of records that the log is not about; grows while they are read

    def records(self, way: str = "auto") -> Iterator[RecordInLog]:
        """Yield every record of the inputs. Raises DumpError where they cannot be matched with the log."""
        lookup = matching(self.path, self.inputs, self.fields, self.cleaned, way).lookup
        codecs = {source.format: codec(source.format, self.fields) for source in self.inputs}
        number = 0
        reader = Reader(self.inputs, self.fields, log_lookup=lookup)
        for batch in reader.batches():
            self.watch(reader.state.bytes_read)
            source = self.inputs[batch.source]
            by_place: dict[int, list[LogEntry]] = {}
            for place, raw in batch.log:
                by_place.setdefault(place, []).append(decode_entry(raw))
            for record in decode(codecs[source.format], batch.piece):
                if record.blank:
                    continue
                found = []
                for entry in by_place.get(record.place, ()):
                    text = self._original(source.path, record, entry, codecs[source.format])
                    if text is not None:
                        found.append(Logged(number, source.path, entry, text))
                        number += 1
                yield RecordInLog(record, found)

    def entries(self, way: str = "auto") -> Iterator[Logged]:
        """Yield the entries about records of the inputs, each with its original text."""
        for _, found in self.records(way):
            yield from found

    def _original(self, file: str, record: Record, entry: LogEntry, codec: Codec) -> str | None:
        """The original text that an entry is about; None, and a problem is noted, where the record has another."""
        if entry.rejected is not None:
            return None
        problem = record.error
        names = record.names or self.fields.texts
        if not problem and entry.field in names:
            text = codec.text(record, names.index(entry.field), entry.style)
            growth = sum(len(edit.after) - len(edit.before) for edit in entry.edits) if self.cleaned else 0
            size = len(text or "") - growth if entry.size is None else entry.size  # older logs do not say it
            if text is not None and fits(text, entry.edits, self.cleaned, size):
                return undo(text, entry.edits) if self.cleaned else text
            problem = "the log is not about this text"
        self.problems.append(f"{file}:{record.place}: {problem or 'the log is about another field'}")
        return None
