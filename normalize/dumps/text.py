"""Plain text: a document a file, or with `lines` a document a line."""

from __future__ import annotations

from .record import Record

BOM = b"\xef\xbb\xbf"


class TextLines:
    """The codec for one document a line. Line ends stay as they are."""

    def decode(self, data: bytes, first: int) -> list[Record]:
        raws = data.split(b"\n")
        if not raws[-1]:
            raws.pop()
        return [_record(raw, place) for place, raw in enumerate(raws, first)]

    def rebuild(self, data: bytes, records: list[Record]) -> bytes:
        end = b"\n" if data.endswith(b"\n") else b""
        kept = [_bytes(record) for record in records if not record.dropped]
        return b"\n".join(kept) + end if kept else b""


class TextDocument:
    """The codec for a whole file that is one document."""

    def decode(self, data: bytes, first: int) -> list[Record]:
        return [_record(data, first)]

    def rebuild(self, data: bytes, records: list[Record]) -> bytes:
        return b"".join(_bytes(record) for record in records if not record.dropped)


def _frame(raw: bytes) -> tuple[bytes, bytes]:
    """What surrounds the text and is not part of it: a byte order mark, the line end."""
    head = BOM if raw.startswith(BOM) else b""
    tail = b"\r\n" if raw.endswith(b"\r\n") else b"\n" if raw.endswith(b"\n") else b"\r" if raw.endswith(b"\r") else b""
    return head, tail


def _record(raw: bytes, place: int) -> Record:
    head, tail = _frame(raw)
    body = raw[len(head) : len(raw) - len(tail)]
    if not body.strip():
        return Record(place, raw, blank=True)
    try:
        return Record(place, raw, [body.decode()])
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start)
        where = f"line {line + 1}, " if line else ""
        return Record(place, raw, error=f"invalid UTF-8: {where}byte 0x{body[error.start]:02x}")


def _bytes(record: Record) -> bytes:
    if record.cleaned is None or record.cleaned[0] is None:
        return record.raw
    head, tail = _frame(record.raw)
    return head + record.cleaned[0].encode() + tail
