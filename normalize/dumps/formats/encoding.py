"""Text in other encodings than UTF-8: recognised by its bytes, and decoded."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain

from ...lazy import lazy_pattern
from ..errors import DamagedInput, DumpError

UTF_8 = "utf-8"
AUTO = "auto"
LOOKED_AT = 4_000_000  # bytes of a file that decide its encoding, a choice
_OF_NO_FILES = ("idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape")  # of names, of Python's source
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HIGH = lazy_pattern(rb"[\x80-\xff]+")
_SEQUENCES = lazy_pattern(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_UNDEFINED = lazy_pattern(rb"[\x81\x8d\x8f\x90\x9d]")  # bytes that mean nothing in cp1252
# A file is cp1252 where at most so large a share of its bytes beyond ASCII stands in sequences of UTF-8: a choice. Two such
# bytes side by side are rare in cp1252, and rarer still such as UTF-8 would have them.
UTF_8_SHARE = 0.1


def _keep_c1(error: UnicodeError) -> tuple[str, int]:
    """Decode the five bytes that cp1252 leaves undefined to the control characters of their numbers, as WHATWG does."""
    assert isinstance(error, UnicodeDecodeError)
    return "".join(map(chr, error.object[error.start : error.end])), error.end


codecs.register_error("normalize.c1", _keep_c1)


def checked(name: str) -> str:
    """Return Python's name of an encoding; "auto" stays. Raises DumpError for an unknown one."""
    if name == AUTO:
        return name
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):  # the latter for a name with a zero byte
        raise DumpError(
            f"--encoding {name}: there is no such encoding (auto, utf-8, cp1252, latin-1, utf-16, ...)"
        ) from None
    if info.name in _OF_NO_FILES or not getattr(info, "_is_text_encoding", True):
        raise DumpError(f"--encoding {name}: is no encoding of text")
    return info.name


def tell(chunks: Iterable[bytes]) -> str:
    """Recognise the encoding of a file by its first bytes: UTF-8, unless a mark says UTF-16, or the bytes say cp1252."""
    parts, size = [], 0
    try:
        for chunk in chunks:
            parts.append(chunk)
            size += len(chunk)
            if size >= LOOKED_AT:
                break
    except DamagedInput:
        pass
    return _of(b"".join(parts))


def _of(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    with suppress(UnicodeDecodeError):
        data.decode()
        return UTF_8  # as nearly all are: found at 30 times the speed
    high = sum(map(len, _HIGH.findall(data)))
    if not high or _UNDEFINED.search(_SEQUENCES.sub(b"", data)):
        return UTF_8
    well_formed = sum(map(len, _SEQUENCES.findall(data)))
    return UTF_8 if well_formed > UTF_8_SHARE * high else "cp1252"


def decoded(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Decode `chunks` and yield them as UTF-8. Raises DamagedInput behind the last part that is in the encoding."""
    decoder = codecs.getincrementaldecoder(encoding)("normalize.c1" if encoding == "cp1252" else "strict")
    for chunk in chain(chunks, (None,)):
        before = decoder.getstate()
        try:
            text = decoder.decode(chunk or b"", chunk is None)
        except UnicodeDecodeError as error:
            decoder.setstate(before)
            good = error.start - len(before[0])  # the decoder holds the beginning of a character
            with suppress(UnicodeError):  # in UTF-16 without its mark nothing is good
                text = decoder.decode((chunk or b"")[: max(good, 0)])
                yield text.encode("utf-8", "surrogatepass")
            raise DamagedInput(f"is not {encoding}: byte 0x{error.object[error.start]:02x}") from None
        except UnicodeError as error:  # UTF-16 without its mark
            raise DamagedInput(f"is not {encoding}: {error}") from None
        if text:
            yield text.encode("utf-8", "surrogatepass")
