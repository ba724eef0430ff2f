"""Where inputs lie, and how they are opened: files, members of zip archives ("a.zip/b.jsonl"), and whatever fsspec reaches.

A place with "://" in it (s3://, gs://, hf://, https://, memory://) goes through fsspec, the extra "remote".
"""

from __future__ import annotations

import glob
import hashlib
import importlib
import io
import lzma
import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from .errors import DumpError

ARCHIVE = ".zip"
HELD_WHOLE = 1 << 30  # bytes, at most, of a member that cannot be streamed (Parquet, xlsx): a choice


def is_remote(path: str) -> bool:
    """Whether a place is reached through fsspec."""
    return "://" in path


def archive_of(path: str) -> tuple[str, str] | None:
    """The archive that a place lies in, and its name there; None where it lies in none."""
    if is_remote(path):
        return None
    end = path.find(ARCHIVE + "/")
    while end >= 0:  # a folder may be called so, too
        end += len(ARCHIVE)
        if os.path.isfile(path[:end]):
            return path[:end], path[end + 1 :]
        end = path.find(ARCHIVE + "/", end)
    return None


def is_file(path: str) -> bool:
    """Whether a place is a file on this machine: neither in an archive nor far away."""
    return not is_remote(path) and archive_of(path) is None


@contextmanager
def opened(path: str) -> Iterator[IO[bytes]]:
    """A place, open to be read. Raises DumpError where that cannot be, OSError for a file on this machine."""
    if is_remote(path):
        with _failures(path), _fsspec().open(path, "rb") as stream:
            yield stream
    elif inside := archive_of(path):
        with _failures(path), _archive(inside[0]).open(inside[1]) as stream:
            yield stream
    else:
        with open(path, "rb", buffering=0) as stream:
            yield stream


@contextmanager
def seekable(path: str) -> Iterator[str | IO[bytes]]:
    """A place for a library that goes back and forth in it: a name, or a stream. A member of an archive is held whole."""
    if is_file(path):
        yield path
        return
    if (inside := archive_of(path)) and _archive(inside[0]).getinfo(inside[1]).file_size > HELD_WHOLE:
        raise DumpError(f"{path}: is over {HELD_WHOLE:,} bytes, and would be held whole: unpack it first")
    with opened(path) as stream:
        yield stream if is_remote(path) else io.BytesIO(stream.read())


def status(path: str) -> tuple[object, ...]:
    """What tells whether a place has changed: its size, and the time or mark of its last change."""
    if is_remote(path):
        with _failures(path):
            system, name = _fsspec().core.url_to_fs(path)
            info = system.info(name)
        mark = info.get("ETag") or info.get("LastModified") or info.get("mtime") or info.get("created")
        return path, info.get("size"), str(mark)
    file = os.stat((archive_of(path) or (path,))[0])
    return path, file.st_size, file.st_mtime_ns


def size(path: str) -> int | None:
    """The bytes of a place as they are read; None where that is not known."""
    if inside := archive_of(path):
        with _failures(path):
            return _archive(inside[0]).getinfo(inside[1]).file_size
    found = status(path)[1]
    return found if isinstance(found, int) else None


def members(path: str) -> list[str]:
    """The files in a zip archive, in order. Raises DumpError where it is none, or has names that lead out of it."""
    with _failures(path):
        names = sorted(info.filename for info in _archive(path).infolist() if not info.is_dir())
    for name in names:
        if os.path.isabs(name) or os.path.splitdrive(name)[0] or ".." in name.replace("\\", "/").split("/"):
            raise DumpError(f"{path}: names a file outside of it: {name}")
    return names


def _archive(path: str) -> zipfile.ZipFile:
    """An archive, whose directory is read once: its members are opened one after another."""
    file = os.stat(path)
    return _opened_archive(
        path, file.st_size, file.st_mtime_ns, os.getpid()
    )  # a forked process has a place in it of its own


@lru_cache(maxsize=1)
def _opened_archive(path: str, *_: int) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise DumpError(f"{path}: cannot be read as a zip archive: {error}") from None


def remote_files(path: str) -> list[str]:
    """The files that a remote place leads to: itself, those of a pattern, or those below a folder ("/" at its end)."""
    with _failures(path):
        system, name = _fsspec().core.url_to_fs(path)
        protocol = path.partition("://")[0]
        if path.endswith("/"):
            return [_url(system, protocol, one) for one in sorted(system.find(name))]
        if glob.has_magic(path) and not protocol.startswith("http"):
            return [_url(system, protocol, one) for one in sorted(system.glob(name))]
        if not system.exists(name):
            raise DumpError(f"{path}: no such file")
        return [path]


def local_copy(path: str) -> Path:
    """Where on this machine the output for a remote place is made, before it goes there: the same for every run."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "normalize-id" / "remote" / hashlib.sha256(path.encode()).hexdigest()[:16] / os.path.basename(path)


def upload(ready: Path, path: str) -> None:
    """Put a finished file in its remote place."""
    with _failures(path):
        system, name = _fsspec().core.url_to_fs(path)
        parent = system._parent(name)
        if parent:
            system.makedirs(parent, exist_ok=True)
        system.put_file(str(ready), name)


def _url(system: Any, protocol: str, name: str) -> str:
    return str(system.unstrip_protocol(name)) if "://" not in name else name


def _fsspec() -> Any:
    try:
        return importlib.import_module("fsspec")
    except ImportError:
        raise DumpError("places with :// need fsspec: pip install 'normalize-id[remote]'") from None


_ERRORS = (
    OSError,
    ValueError,
    KeyError,
    EOFError,
    RuntimeError,
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
)


@contextmanager
def _failures(path: str) -> Iterator[None]:
    """Say in one line what a library could not do."""
    try:
        yield
    except (DumpError, GeneratorExit):
        raise
    except ImportError as error:
        raise DumpError(f"{path}: {error}") from None
    except FileNotFoundError:
        raise DumpError(f"{path}: no such file") from None
    except _ERRORS as error:
        raise DumpError(f"{path}: {error or type(error).__name__}") from None
