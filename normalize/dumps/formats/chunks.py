"""Regroup the chunks of bytes that a stream gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def even(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    """Regroup `chunks` to `size` bytes each; only the last may be shorter."""
    held = bytearray()
    for chunk in chunks:
        held += chunk
        while len(held) >= size:
            yield bytes(held[:size])
            del held[:size]
    if held:
        yield bytes(held)


def filled(held: bytes, source: Iterator[bytes], enough: int) -> tuple[bytes, bool]:
    """Add chunks of the source to `held` until that is `enough` bytes; also returns whether the source has ended."""
    parts, length = [held], len(held)
    while length < enough:
        chunk = next(source, None)
        if chunk is None:
            return b"".join(parts), True
        parts.append(chunk)
        length += len(chunk)
    return b"".join(parts), False
