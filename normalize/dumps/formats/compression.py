"""Read compressed files as chunks, and notice when one is cut short; write a frame a batch."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any, Protocol

from ..errors import DamagedInput, DumpError

SUFFIXES = {".gz": "gz", ".bz2": "bz2", ".xz": "xz", ".zst": "zst"}
# What such a file starts with. No text, JSON or table does.
MAGIC = {
    "gz": b"\x1f\x8b\x08",
    "bz2": b"BZh",
    "xz": b"\xfd7zXZ\x00",
    "zst": b"\x28\xb5\x2f\xfd",
}
_SKIPPABLE = b"\x2a\x4d\x18"  # behind P to _: a frame of zstd without data, with which pzstd begins
READ_BYTES = 131_072  # of the compressed file at a time, a choice; plain files are read in larger pieces
PLAIN_BYTES = 1_000_000  # in a chunk at most: a few bytes of a compressed file may stand for gigabytes
WINDOW_BYTES = 1 << 31  # that a decoder may look back, the most that zstd can write (--long=31); memory as data fills it


class Readable(Protocol):
    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes; none at the end."""


def recognise(head: bytes) -> str:
    """The compression of data that starts with `head`; "" for none. Bzip2's short magic needs its block mark too."""
    for kind, magic in MAGIC.items():
        if head.startswith(magic) and (kind != "bz2" or head[4:10] in (b"1AY&SY", b"\x17rE8P\x90")):
            return kind
    return "zst" if head[1:4] == _SKIPPABLE and head[:1] in b"PQRSTUVWXYZ[\\]^_" else ""


class _Decoder(Protocol):
    """The interface of bz2, lzma and zstd: decodes one frame, so many bytes at a time."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class _GzipDecoder:
    """zlib's decoder with the interface of the others."""

    def __init__(self) -> None:
        self._decoder = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._decoder.eof

    @property
    def needs_input(self) -> bool:
        return not self._decoder.unconsumed_tail and not self._decoder.eof

    @property
    def unused_data(self) -> bytes:
        return self._decoder.unused_data

    def decompress(self, data: bytes, max_length: int = 0) -> bytes:
        return self._decoder.decompress(self._decoder.unconsumed_tail + data, max_length)


def _zstd() -> Any:
    """The library for Zstandard; as the others, it is imported where a file is compressed so."""
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd


def _errors(kind: str) -> tuple[type[Exception], ...]:
    """List the errors that a decoder raises for corrupt data."""
    always = (zlib.error, OSError, EOFError, ValueError)
    if kind == "xz":
        import lzma

        return (lzma.LZMAError, *always)
    return (_zstd().ZstdError, *always) if kind == "zst" else always


def _decoder(kind: str) -> _Decoder:
    if kind == "gz":
        return _GzipDecoder()
    if kind == "bz2":
        import bz2

        return bz2.BZ2Decompressor()
    if kind == "xz":
        import lzma

        return lzma.LZMADecompressor(format=lzma.FORMAT_XZ, memlimit=WINDOW_BYTES)
    zstd = _zstd()
    window: dict[int, int] = {zstd.DecompressionParameter.window_log_max: WINDOW_BYTES.bit_length() - 1}
    decoder: _Decoder = zstd.ZstdDecompressor(options=window)
    return decoder


def chunks(stream: Readable, kind: str | None = None) -> Iterator[bytes]:
    """Yield the plain bytes of `stream`, which may be compressed, in chunks of PLAIN_BYTES at most.

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
    decoder = _decoder(found)
    data = head
    while data or not decoder.needs_input:
        try:
            plain = decoder.decompress(data, PLAIN_BYTES)
        except _errors(found) as error:
            raise DamagedInput(f"{found} data is corrupt: {error}") from None
        if plain:
            yield plain
        data = b""
        if decoder.eof:
            data = decoder.unused_data or stream.read(READ_BYTES)
            while found in ("gz", "xz") and data.startswith(b"\0"):  # both may be padded with zeros
                data = data.lstrip(b"\0") or stream.read(READ_BYTES)
            if not data:
                return
            decoder = _decoder(found)
        elif decoder.needs_input:
            data = stream.read(READ_BYTES)
    raise DamagedInput(f"{found} data is cut short")


# Levels that each compression has, and the one that its own tool takes unasked.
LEVELS = {"gz": (1, 9, 6), "bz2": (1, 9, 9), "xz": (0, 9, 6), "zst": (1, 22, 3)}


def checked_level(kind: str, level: int) -> int:
    """Return a level of a compression. Raises DumpError for one out of its range."""
    least, most, _ = LEVELS[kind]
    if not least <= level <= most:
        raise DumpError(f"--compression-level {level}: {kind} has {least} to {most}")
    return level


@cache
def compressor(kind: str, level: int | None = None) -> Callable[[bytes], bytes]:
    """Return a function that makes one complete frame of its input, the same bytes on any day; "" leaves it plain.

    level: None is the one of the format's own tool.
    """
    if not kind:
        return _plain
    level = LEVELS[kind][2] if level is None else level
    if kind == "gz":
        return partial(_gzip, level=level)
    if kind == "bz2":
        import bz2

        return partial(bz2.compress, compresslevel=level)
    if kind == "xz":
        import lzma

        return partial(lzma.compress, preset=level)
    return partial(_zstandard, level=level)


def _gzip(data: bytes, level: int) -> bytes:
    packer = zlib.compressobj(level=level, wbits=31)  # no time, no name
    return packer.compress(data) + packer.flush()


def _zstandard(data: bytes, level: int) -> bytes:
    zstd = _zstd()
    parameter = zstd.CompressionParameter
    packed: bytes = zstd.compress(data, options={parameter.compression_level: level, parameter.checksum_flag: 1})
    return packed


def _plain(data: bytes) -> bytes:
    return data
