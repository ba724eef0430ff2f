"""Files of lines, cut into pieces that end at a line end."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator

from ... import kernel
from ..record import BATCH_BYTES, RECORD_LIMIT, Piece


@kernel.primitive
def split_lines(data: bytes) -> list[bytes]:
    """Split `data` into lines, without their ends; an empty last one is left out."""
    lines = data.split(b"\n")
    return lines if lines[-1] else lines[:-1]


@kernel.primitive
def line_count(data: bytes) -> int:
    """Count the lines that split_lines returns."""
    return data.count(b"\n") + (not data.endswith(b"\n") and data != b"")


def pieces(chunks: Iterable[bytes], size: int = BATCH_BYTES, limit: int = RECORD_LIMIT) -> Iterator[Piece]:
    """Regroup `chunks` to pieces of whole lines, about `size` bytes; a line over `limit` comes in parts, a piece each.

    No chunk may be longer than `limit`.
    """
    source = iter(chunks)
    held: list[bytes | memoryview] = []  # copied once, when it is handed out
    length = open_line = 0  # of what is held; of the line at its end that goes on
    first = 1
    for chunk in source:
        end = chunk.find(b"\n")
        if open_line + (len(chunk) if end < 0 else end) > limit:
            data = b"".join(held)
            if before := data[: len(data) - open_line]:
                yield (piece := _piece(first, before))
                first += piece.length
            rest = yield from parts(first, data[len(before) :] + chunk, source)
            first += 1
            held, length, open_line = [rest], len(rest), len(rest) - (rest.rfind(b"\n") + 1)
            continue
        length += len(chunk)
        last = chunk.rfind(b"\n") + 1
        open_line = len(chunk) - last if last else open_line + len(chunk)
        if length >= size and last:
            held.append(memoryview(chunk)[:last])
            yield (piece := _piece(first, b"".join(held)))
            first += piece.length
            held = [chunk[last:]]
            length = open_line
        else:
            held.append(chunk)
    if length:
        yield _piece(first, b"".join(held))


def _piece(first: int, data: bytes) -> Piece:
    return Piece(first, line_count(data), data)


def parts(first: int, start: bytes, source: Iterator[bytes], end: bytes | None = b"\n") -> Generator[Piece, None, bytes]:
    """Yield a record in parts, up to its `end` or the file's; `start` of it was read. Returns the data read behind it."""
    data, before = start, 0
    while True:
        cut = data.find(end) + 1 if end else 0
        following = b"" if cut else next(source, b"")
        if not following:
            part = data[:cut] if cut else data
            yield Piece(first, 1, part, overlong=before + len(part))
            return data[len(part) :]
        before += len(data)
        yield Piece(first, 0, data, overlong=before)
        data = following
