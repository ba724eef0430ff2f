"""Flat files: parts side by side, of words and numbers that the kernel uses without an object for each.

A file is how many parts there are, the bytes of each, and the parts, every one from a multiple of eight bytes on.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping

from .. import kernel

ALIGNED = 8  # bytes


def words(listed: Iterable[str]) -> bytes:
    """A part of words, one by one."""
    return "\n".join(listed).encode()


def numbers(listed: Iterable[int]) -> bytes:
    """A part of numbers: unsigned integers of 32 bits."""
    return array("I", listed).tobytes()


def table(counts: Mapping[str, int]) -> tuple[bytes, bytes]:
    """Two parts that a kernel.Table is made of."""
    return kernel.packed(counts, ()), numbers(counts.values())


def joined(*parts: bytes) -> bytes:
    """The content of a file with these parts."""
    head = array("Q", (len(parts), *map(len, parts))).tobytes()
    return head + b"".join(part + bytes(-len(part) % ALIGNED) for part in parts)


def parts_of(data: memoryview) -> list[memoryview]:
    """The parts of a file, in order; nothing of it is copied."""
    (count,) = data[:8].cast("Q")
    start, parts = ALIGNED * (1 + count), []
    for size in data[8:start].cast("Q"):
        parts.append(data[start : start + size])
        start += size + -size % ALIGNED
    return parts


def split(part: memoryview) -> list[str]:
    """The words of a part."""
    return bytes(part).decode().split("\n") if part else []


def mapping(keys: memoryview, values: memoryview) -> dict[str, str]:
    """The words of two parts, those of one mapped to those of the other."""
    return dict(zip(split(keys), split(values), strict=True))
