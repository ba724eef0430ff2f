"""Open inputs wherever they lie: files, members of zip archives ("a.zip/b.jsonl"), and whatever fsspec reaches.

A place with "://" in it (s3://, gs://, hf://, https://, memory://) goes through fsspec, the extra "remote".
"""

from __future__ import annotations

import glob
import importlib
import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import takewhile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from .errors import DamagedInput, DumpError

if TYPE_CHECKING:
    import zipfile

ARCHIVE = ".zip"
HELD_WHOLE = 1 << 30  # bytes, at most, of a member that cannot be streamed (Parquet, xlsx): a choice


def is_remote(path: str) -> bool:
    """Whether a place is reached through fsspec."""
    return "://" in path


def archive_of(path: str) -> tuple[str, str] | None:
    """Return the archive that a place lies in, and its name there; None where it lies in none."""
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
    """Whether a place is a file on this machine: not standard input ("-"), not in an archive, not far away."""
    return path != "-" and not is_remote(path) and archive_of(path) is None


@contextmanager
def opened(path: str) -> Iterator[IO[bytes]]:
    """Open a place for reading. Raises DumpError where that fails, OSError for a file on this machine."""
    if is_remote(path):
        with _failures(path), _fsspec().open(path, "rb") as stream:
            yield stream
    elif inside := archive_of(path):
        with _failures(path), _member(path, *inside) as stream:
            yield cast(IO[bytes], _Member(stream))
    else:
        with open(path, "rb", buffering=0) as stream:
            yield stream


def _member(path: str, archive: str, name: str) -> IO[bytes]:
    """A member of an archive. Raises DumpError where it is packed in a way that zipfile unpacks without a bound."""
    import zipfile

    kind = _archive(archive).getinfo(name).compress_type
    if kind not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise DumpError(f"{path}: is packed in the archive by its method {kind}, not by deflate (8): unpack it first")
    return _archive(archive).open(name)


class _Member(io.RawIOBase):
    """A member of an archive; raises DamagedInput where it cannot be unpacked."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        import zipfile
        import zlib

        try:
            return self._stream.read(size)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise DamagedInput(f"cannot be unpacked: {error or 'it is cut short'}") from None


@contextmanager
def seekable(path: str) -> Iterator[str | IO[bytes]]:
    """Open a place for a library that seeks in it: yields a name, or a stream. A member of an archive is held whole."""
    if is_file(path):
        yield path
        return
    inside = archive_of(path)
    size = _archive(inside[0]).getinfo(inside[1]).file_size if inside else 0
    if size > HELD_WHOLE:
        raise DumpError(f"{path}: is over {HELD_WHOLE:,} bytes, and would be held whole: unpack it first")
    with opened(path) as stream:
        yield io.BytesIO(stream.read(size)) if inside else stream  # without a size all would be unpacked, whatever it says


def status(path: str) -> tuple[object, ...]:
    """Return the size of a place, and the time or mark of its last change, to see whether it changes."""
    if is_remote(path):
        with _failures(path):
            system, name = _system(path)
            info = system.info(name)
        mark = info.get("ETag") or info.get("LastModified") or info.get("mtime") or info.get("created")
        return path, info.get("size"), str(mark)
    file = os.stat((archive_of(path) or (path,))[0])
    return path, file.st_size, file.st_mtime_ns


def size(path: str) -> int | None:
    """Return the bytes of a place, as they are read; None where unknown."""
    if inside := archive_of(path):
        with _failures(path):
            return _archive(inside[0]).getinfo(inside[1]).file_size
    found = status(path)[1]
    return found if isinstance(found, int) else None


def members(path: str) -> list[str]:
    """List the files in a zip archive, in order. Raises DumpError where it is none."""
    with _failures(path):
        return sorted(info.filename for info in _archive(path).infolist() if not info.is_dir())


def _archive(path: str) -> zipfile.ZipFile:
    """Open an archive, or return the one opened last: its members are read one after another."""
    file = os.stat(path)
    # By process: a forked one has a place in it of its own.
    return _opened_archive(path, file.st_size, file.st_mtime_ns, os.getpid())


@lru_cache(maxsize=1)
def _opened_archive(path: str, *_: int) -> zipfile.ZipFile:
    import struct
    import zipfile

    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise DumpError(f"{path}: cannot be read as a zip archive: {error}") from None


def leads_out(below: str) -> bool:
    """Whether a path, as archives and stores have them, leads out of the folder that it is put below."""
    return os.path.isabs(below) or bool(os.path.splitdrive(below)[0]) or ".." in re.split(r"[/\\]", below)


def remote_files(path: str) -> list[tuple[str, str]]:
    """List the files of a remote place, each with its path below that place.

    It is a file, a pattern, or a folder, of which all files below are meant; in the web, a file. Raises DumpError where it
    leads nowhere.
    """
    with _failures(path):
        system, name = _system(path)
        is_web = path.startswith(("http://", "https://"))
        if not is_web and (path.endswith("/") or system.isdir(name)):
            found, base = system.find(name), name
        elif not is_web and glob.has_magic(path):
            fixed = takewhile(lambda part: not glob.has_magic(part), name.split("/"))
            found, base = system.glob(name), "/".join(fixed)
        elif system.exists(name):
            return [(path, os.path.basename(path.partition("?")[0]))]
        else:
            found, base = [], ""
    if not found:
        raise DumpError(f"{path}: no such file")
    below = len(base.rstrip("/")) + 1 if base else 0
    return [(_url(system, one), one[below:]) for one in sorted(found)]


def local_copy(path: str) -> Path:
    """Return the file on this machine where the output for a remote place is made first: the same for every run."""
    import hashlib  # which loads OpenSSL

    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "normalize-id" / "remote" / hashlib.sha256(path.encode()).hexdigest()[:16] / os.path.basename(path)


def check_writable(path: str) -> None:
    """Raise DumpError where a remote place cannot be written to: no library for it, no such bucket."""
    with _failures(path):
        system, name = _system(path)
        bucket = name.partition("/")[0]
        if _has_buckets(path) and not system.exists(bucket):
            raise DumpError(f"{path}: there is no bucket {bucket}, or these credentials may not see it")


def upload(ready: Path, path: str) -> None:
    """Put a finished file in its remote place. Raises DumpError where that fails; the run can be resumed."""
    try:
        with _failures(path):
            system, name = _system(path)
            if not _has_buckets(path):  # there it would make a bucket
                system.makedirs(system._parent(name), exist_ok=True)
            system.put_file(str(ready), name)
    except DumpError as error:
        raise DumpError(str(error), resumable=True) from None


def _has_buckets(path: str) -> bool:
    """Whether a place is in a store whose names begin with a bucket, and that has no folders."""
    return path.partition("://")[0] in ("s3", "s3a", "gs", "gcs")


def _url(system: Any, name: str) -> str:
    return str(system.unstrip_protocol(name)) if "://" not in name else name


def _system(path: str) -> tuple[Any, str]:
    """Return the file system that reaches a remote place, and its path there. Raises DumpError where none does."""
    library = _fsspec()
    try:
        system, name = library.core.url_to_fs(path)
    except (TypeError, AttributeError) as error:  # of what is made without the arguments that it needs
        raise DumpError(f"{path}: {error}") from None
    return system, str(name)


def _fsspec() -> Any:
    try:
        return importlib.import_module("fsspec")
    except ImportError:
        raise DumpError("places with :// need fsspec: pip install 'normalize-id[remote]'") from None


@contextmanager
def _failures(path: str) -> Iterator[None]:
    """Turn the errors of a library for remote places into a DumpError of one line."""
    try:
        yield
    except (DumpError, DamagedInput):
        raise
    except ImportError as error:
        raise DumpError(f"{path}: {error}") from None
    except FileNotFoundError:
        raise DumpError(f"{path}: no such file") from None
    except Exception as error:
        of_python = type(error).__module__ == "builtins"
        if of_python and not isinstance(error, (OSError, ValueError, KeyError, RuntimeError, EOFError)):
            raise
        reason = error.args[0] if isinstance(error, KeyError) and error.args else error  # of which str makes a repr
        message = str(reason).strip().partition("\n")[0]
        raise DumpError(f"{path}: {message or type(error).__name__}") from None
