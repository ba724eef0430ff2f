"""Plain text: a document a file, or a document a line. Its only field is the text, by any name."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence

from ...edit import Edit
from ..record import RECORD_LIMIT, Fields, Piece, Record
from . import lines


class TextLines:
    """The codec for one document a line. Line ends stay as they are."""

    holds_all = False

    def __init__(self, fields: Fields) -> None:
        self.empty = [None] * (len(fields.texts) - 1)  # further fields have nothing to clean

    def decode(self, piece: Piece) -> list[Record]:
        return [self._record(raw, place) for place, raw in enumerate(lines.split_lines(piece.data), piece.first)]

    def rebuild(self, piece: Piece, records: list[Record]) -> bytes:
        end = b"\n" if piece.data.endswith(b"\n") else b""
        kept = [_bytes(record) for record in records if not record.dropped]
        return b"\n".join(kept) + end if kept else b""

    def rows(self, piece: Piece, records: list[Record]) -> list[dict[str, object]]:
        return [{"text": (record.cleaned or record.texts)[0]} for record in records]

    def raw(self, piece: Piece, record: Record) -> bytes:
        return record.raw

    def style(self, record: Record, index: int) -> str:
        if record.cleaned is None or index > 0:
            return ""
        frame = _frame(record.raw)  # a text that now ends in a line end, say, would be read as one that ends before it
        return "" if _frame(_bytes(record)) == frame else "+".join(str(len(part)) for part in frame)

    def spelled(self, record: Record, index: int, edits: Sequence[Edit]) -> Sequence[str]:
        return ()

    def text(self, record: Record, index: int, style: str) -> str | None:
        if not style:
            return record.texts[index]
        head, tail = _frame(record.raw, style)
        return record.raw[len(head) : len(record.raw) - len(tail)].decode()

    def holds(self, text: str) -> bool:
        return not any(c in "\r\n" or "\ud800" <= c <= "\udfff" for c in text)

    def reads_back(self, record: Record, index: int, text: str) -> bool:
        return bool(text.removeprefix("\ufeff").encode("utf-8", "surrogatepass").strip())

    def _record(self, raw: bytes, place: int) -> Record:
        head, tail = _frame(raw)
        body = raw[len(head) : len(raw) - len(tail)]
        if not body.strip():
            return Record(place, raw, blank=True)
        try:
            return Record(place, raw, [body.decode(), *self.empty])
        except UnicodeDecodeError as error:
            line = body.count(b"\n", 0, error.start)
            where = f"line {line + 1}, " if line else ""
            return Record(place, raw, error=f"invalid UTF-8: {where}byte 0x{body[error.start]:02x}")


class TextDocument(TextLines):
    """The codec for a whole file that is one document."""

    def decode(self, piece: Piece) -> list[Record]:
        return [self._record(piece.data, piece.first)]

    def rebuild(self, piece: Piece, records: list[Record]) -> bytes:
        return b"".join(_bytes(record) for record in records if not record.dropped)

    def holds(self, text: str) -> bool:
        return not any("\ud800" <= c <= "\udfff" for c in text)


def document(chunks: Iterable[bytes], limit: int = RECORD_LIMIT) -> Iterator[Piece]:
    """Yield the whole file as one piece, or in parts where it is longer than `limit`; nothing for an empty one."""
    source = iter(chunks)
    held, length = [], 0
    for chunk in source:
        held.append(chunk)
        length += len(chunk)
        if length > limit:
            yield from lines.parts(1, b"".join(held), source, end=None)
            return
    if length:
        yield Piece(1, 1, b"".join(held))


def _frame(raw: bytes, style: str = "") -> tuple[bytes, bytes]:
    """Return the byte order mark and the line end around a text. A style says how long they are."""
    if style:
        before, behind = map(int, style.split("+"))
        return raw[:before], raw[len(raw) - behind :]
    head = BOM_UTF8 if raw.startswith(BOM_UTF8) else b""
    tail = next((end for end in (b"\r\n", b"\n", b"\r") if raw.endswith(end)), b"")
    return head, tail


def _bytes(record: Record) -> bytes:
    if record.cleaned is None or record.cleaned[0] is None:
        return record.raw
    head, tail = _frame(record.raw, (record.styles or {}).get(0, ""))
    return head + record.cleaned[0].encode() + tail
