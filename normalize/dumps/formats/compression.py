"""Read compressed files as chunks, and notice when one is cut short; write a frame a batch."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Protocol

from ..errors import DamagedInput

SUFFIXES = {".gz": "gz", ".bz2": "bz2", ".xz": "xz", ".zst": "zst"}
# What such a file starts with. No text, JSON or table does.
MAGIC = {
    "gz": b"\x1f\x8b\x08",
    "bz2": b"BZh",
    "xz": b"\xfd7zXZ\x00",
    "zst": b"\x28\xb5\x2f\xfd",
}
READ_BYTES = 131_072  # of the compressed file at a time, a choice; plain files are read in larger pieces
PLAIN_BYTES = 1_000_000


class Readable(Protocol):
    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes; none at the end."""


def recognise(head: bytes) -> str:
    """The compression of data that starts with `head`; "" for none. Bzip2's short magic needs its block mark too."""
    for kind, magic in MAGIC.items():
        if head.startswith(magic) and (kind != "bz2" or head[4:10] in (b"1AY&SY", b"\x17rE8P\x90")):
            return kind
    return ""


def _decoder(kind: str) -> Any:
    if kind == "gz":
        return zlib.decompressobj(wbits=31)
    if kind == "bz2":
        return bz2.BZ2Decompressor()
    if kind == "xz":
        return lzma.LZMADecompressor(format=lzma.FORMAT_XZ)
    import zstandard

    return zstandard.ZstdDecompressor(max_window_size=1 << 31).decompressobj()


def chunks(stream: Readable, kind: str | None = None) -> Iterator[bytes]:
    """Yield the plain bytes of `stream`, which may be compressed, in chunks of any size.

    kind: the compression that the file's name promises ("" for plain); None: go by its first bytes only.
    Raises DamagedInput where compressed data is cut short, corrupt or not what the name says; a file of
    several frames one after another (as `cat a.gz b.gz` makes) is read to its end.
    """
    head = stream.read(READ_BYTES)
    found = recognise(head)
    if kind and found != kind:
        raise DamagedInput("is empty, not even a header" if not head else f"is not {kind} data")
    if not found:
        while head:
            yield head
            head = stream.read(PLAIN_BYTES)
        return
    errors: tuple[type[Exception], ...] = (zlib.error, OSError, EOFError, lzma.LZMAError, ValueError)
    if found == "zst":
        import zstandard

        errors = (*errors, zstandard.ZstdError)
    decoder = _decoder(found)
    data = head
    while data:
        try:
            plain = decoder.decompress(data)
        except errors as error:
            raise DamagedInput(f"{found} data is corrupt: {error}") from None
        if plain:
            yield plain
        data = b""
        if decoder.eof:
            data = decoder.unused_data or stream.read(READ_BYTES)
            if found in ("gz", "xz"):
                data = data.lstrip(b"\x00") or stream.read(READ_BYTES)  # both may be padded with zeros
            if data:
                decoder = _decoder(found)
        else:
            data = stream.read(READ_BYTES)
            if not data:
                raise DamagedInput(f"{found} data is cut short")


@cache
def compressor(kind: str) -> Callable[[bytes], bytes]:
    """Return a function that makes one complete frame of its input, the same bytes on any day; "" leaves it plain."""
    if kind == "gz":
        return _gzip
    if kind == "bz2":
        return bz2.compress
    if kind == "xz":
        return lzma.compress
    if kind == "zst":
        import zstandard

        return zstandard.ZstdCompressor(level=3, write_checksum=True).compress
    return _plain


def _gzip(data: bytes) -> bytes:
    packer = zlib.compressobj(level=4, wbits=31)  # a third of level 6's time, 6 % more bytes; no time, no name
    return packer.compress(data) + packer.flush()


def _plain(data: bytes) -> bytes:
    return data
