"""The cache of indexes built from the dictionaries: made once, then read by every process."""

from __future__ import annotations

import atexit
import os
import stat
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

SUFFIX = ".bin"  # of the files of indexes
FORM = b"15"  # of the indexes: another one whenever what a builder writes changes, for old indexes are not read then
# The file of an index is a checksum and what it is of. That tells damage (a file cut short, zeros after a power failure) and
# no intent: who can write an index can write its checksum, be it a cryptographic one, which takes four times as long. Intent
# is kept out by what folders are used: _is_ours.
CHECKSUM_BYTES = 8  # at the beginning: what follows is aligned, as numbers have to be
UNFINISHED = ".unfinished-"  # how the names of files begin that are being built
ABANDONED = 24 * 3600  # seconds after which nobody is building such a file any more: a choice; it takes some
UNUSED = 30 * 24 * 3600  # seconds without use after which the indexes of other dictionaries are removed: a choice


def cached(name: str, version: str, build: Callable[[], bytes]) -> memoryview:
    """Return index `name` for dictionaries of this `version`; `build` makes it where it is missing or damaged.

    Kept in $NORMALIZE_CACHE, else $XDG_CACHE_HOME/normalize-id, else ~/.cache/normalize-id, else in a folder of the user's
    own among the system's temporary files. A folder that others can write is not used, for whoever plants an index decides
    what becomes of texts; where none is left, an index is built for this process alone. It is written beside and renamed,
    so that processes may race. What is returned is what its checksum was taken of, and no map of the file, which would end
    the process if somebody cut the file short. A process that builds one removes those of other versions that none asked
    for in a month.
    """
    for folder in folders():
        path = folder / version / name
        if not all(_is_ours(place) for place in (folder, path.parent) if os.path.lexists(place)):
            _warn("%s can be written by others: no index is taken from it", folder)
            continue
        if os.path.lexists(path):  # False, too, in a folder that we may not look into
            content = _read(path)
            if content is not None:
                with suppress(OSError):  # a folder that may only be read
                    os.utime(path)
                return content
            _warn("%s is damaged, and is built anew", path)
        try:
            import tempfile  # an index is built once

            folder.parent.mkdir(parents=True, exist_ok=True)
            for place in (folder, path.parent):
                place.mkdir(mode=0o700, exist_ok=True)
            handle, unfinished = tempfile.mkstemp(prefix=UNFINISHED, dir=path.parent)
        except OSError:
            continue
        os.close(handle)
        _warn("building %s, once, in %s", name, path.parent)
        try:
            content = _keep(path, Path(unfinished), build)
        except OSError as error:
            _warn("%s cannot be kept: %s", path, error.strerror)
            continue
        _remove_abandoned(path.parent)
        _remove_unused(folder, version)
        return content
    path = _own_folder() / f"{version}-{name}"
    content = _read(path)
    if content is None:
        _warn("no folder can keep %s: it is built for this process alone (NORMALIZE_CACHE can name a folder)", name)
        try:
            content = _keep(path, path.with_name(f"{path.name}.unfinished"), build)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(path)) from error
    return content


def _warn(message: str, *about: object) -> None:
    """Log a warning."""
    import logging  # most processes have none to log

    logging.getLogger("normalize").warning(message, *about)


def _keep(path: Path, unfinished: Path, build: Callable[[], bytes]) -> memoryview:
    """Build an index, and put it in its place when it is whole and on the disk; of several processes, the first one's stays.

    So all have the same seed of hashes, by which the words of other indexes are packed.
    """
    try:
        content = build()
        with unfinished.open("wb") as file:
            file.write(_checksum(content) + content)
            file.flush()
            os.fsync(file.fileno())
        with suppress(OSError):  # where there is one already, or there are no links here
            os.link(unfinished, path)
        kept = _read(path)
        if kept is None:
            os.replace(unfinished, path)
        else:
            unfinished.unlink()
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return memoryview(content) if kept is None else kept


def _checksum(content: bytes | memoryview) -> bytes:
    """The checksum of an index, which is not zero where that is empty."""
    return zlib.crc32(content, 1).to_bytes(CHECKSUM_BYTES, "little")


def _read(path: Path) -> memoryview | None:
    """Read an index; None where its checksum is wrong: after a power failure, a file may hold anything."""
    if not path.is_file():  # a pipe or a device has no end
        return None
    try:
        data = memoryview(path.read_bytes())
    except OSError:
        return None
    content = data[CHECKSUM_BYTES:]
    return content if data[:CHECKSUM_BYTES] == _checksum(content) else None


def _is_ours(folder: Path) -> bool:
    """Say whether only this user (or the system's) can have put something into a folder."""
    if sys.platform == "win32":
        return True
    with suppress(OSError):
        status = os.lstat(folder)
        if stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & 0o077:
            return True  # wherever it stands
    import tempfile

    is_shared = folder.is_relative_to(tempfile.gettempdir()) and "NORMALIZE_CACHE" not in os.environ
    try:
        status = os.lstat(folder) if is_shared else os.stat(folder)
    except OSError:
        return False
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in (os.getuid(), 0):
        return False
    return not status.st_mode & (0o077 if is_shared else 0o002)


@cache
def _own_folder() -> Path:
    """Make a folder for this process, which takes it away at its end."""
    import shutil
    import tempfile

    folder, owner = tempfile.mkdtemp(prefix="normalize-"), os.getpid()

    def remove() -> None:
        if os.getpid() == owner:  # not a fork of it
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)
    return Path(folder)


def _remove_abandoned(folder: Path) -> None:
    """Remove what processes that were killed left unfinished."""
    for file in folder.glob(f"{UNFINISHED}*"):
        with suppress(OSError):  # another process was first
            if file.stat().st_mtime < time.time() - ABANDONED:
                file.unlink()


def _remove_unused(folder: Path, version: str) -> None:
    """Remove the indexes of other versions that were not used for UNUSED seconds."""
    for old in folder.glob("[0-9a-f]" * 16 + "*"):  # of learnt ones, a second hash stands behind
        if old.name != version and old.is_dir():
            _remove_abandoned(old)
        for index in list(old.iterdir()) if old.name != version and old.is_dir() else ():
            with suppress(OSError):  # another process was first; or there is more in the folder
                if index.suffix == SUFFIX and index.stat().st_mtime < time.time() - UNUSED:
                    index.unlink()
                    old.rmdir()


def folders() -> Iterator[Path]:
    """Yield the folders that indexes may be kept in, the first choice first."""
    if chosen := os.environ.get("NORMALIZE_CACHE"):
        yield Path(chosen)
        return
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    user = "" if sys.platform == "win32" else f"-{os.getuid()}"  # there everybody has a folder of their own
    yield Path(base) / "normalize-id"
    import tempfile  # asked for where the first cannot be used

    yield Path(tempfile.gettempdir()) / f"normalize-id{user}"
