"""Files of lines, cut into pieces that end at a line end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ... import kernel
from ..errors import DumpError
from ..record import BATCH_BYTES, RECORD_LIMIT, Piece


@kernel.primitive
def split_lines(data: bytes) -> list[bytes]:
    """The lines of `data`, without their ends; where the last is empty, it is none."""
    lines = data.split(b"\n")
    return lines if lines[-1] else lines[:-1]


@kernel.primitive
def line_count(data: bytes) -> int:
    """How many lines split_lines gives."""
    return data.count(b"\n") + (not data.endswith(b"\n") and data != b"")


def pieces(chunks: Iterable[bytes], size: int = BATCH_BYTES) -> Iterator[Piece]:
    """`chunks` regrouped to pieces of about `size` bytes. Raises DumpError for a line longer than RECORD_LIMIT."""
    first = 1
    for data in _grouped(chunks, size):
        length = line_count(data)
        yield Piece(first, length, data)
        first += length


def _grouped(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    held: list[bytes | memoryview] = []  # copied once, when it is handed out
    length = 0
    for chunk in chunks:
        length += len(chunk)
        cut = chunk.rfind(b"\n") + 1 if length >= size else 0
        if cut:
            held.append(memoryview(chunk)[:cut])
            yield b"".join(held)
            held = [chunk[cut:]]
            length = len(held[0])
            continue
        if length > RECORD_LIMIT:
            raise DumpError(f"a line is longer than {RECORD_LIMIT:,} bytes: is this the right format?")
        held.append(chunk)
    if length:
        yield b"".join(held)
