"""The cache of indexes built from the dictionaries: made once, then read by every process."""

from __future__ import annotations

import atexit
import hashlib
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

SUFFIXES = (".marisa", ".bin", ".msgpack")  # of the files of indexes; beside each lies its hash
FORM = b"9"  # of the indexes: another one whenever what a builder writes changes, for old indexes are not read then
HASH = ".sha256"
UNFINISHED = ".unfinished-"  # how the names of files begin that are being built
ABANDONED = 24 * 3600  # seconds after which nobody is building such a file any more: a choice; it takes some
UNUSED = 30 * 24 * 3600  # seconds without use after which the indexes of other dictionaries are removed: a choice


def cached(name: str, version: str, build: Callable[[Path], None]) -> bytes:
    """Return index `name` for dictionaries of this `version`; `build` writes it where it is missing or damaged.

    Kept in $NORMALIZE_CACHE, else $XDG_CACHE_HOME/normalize-id, else ~/.cache/normalize-id, else in a folder of the user's
    own among the system's temporary files. A folder that others can write is not used, for whoever plants an index decides
    what becomes of texts; where none is left, an index is built for this process alone. It is written beside and renamed,
    so that processes may race. What is returned is what its hash was taken of, and no map of the file, which would end the
    process if somebody cut the file short. A process that builds one removes those of other versions that none asked for in
    a month.
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
            content = _build(path, Path(unfinished), build)
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
            content = _build(path, path.with_name(f"{path.name}.unfinished"), build)
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(path)) from error
    return content


def _warn(message: str, *about: object) -> None:
    """Log a warning."""
    import logging  # most processes have none to log

    logging.getLogger("normalize").warning(message, *about)


def _build(path: Path, unfinished: Path, build: Callable[[Path], None]) -> bytes:
    """Put an index and its hash in their places, when they are whole and on the disk; returns the index."""
    note = unfinished.with_name(unfinished.name + HASH)
    try:
        build(unfinished)
        content = unfinished.read_bytes()
        note.write_text(hashlib.sha256(content).hexdigest(), encoding="ascii")
        for file in (unfinished, note):
            with file.open("rb") as written:
                os.fsync(written.fileno())
        os.replace(note, path.with_name(path.name + HASH))
        os.replace(unfinished, path)
    except BaseException:
        for file in (unfinished, note):
            file.unlink(missing_ok=True)
        raise
    return content


def _read(path: Path) -> bytes | None:
    """Read an index; None where it is not what was built: after a power failure, a file may hold anything."""
    note = path.with_name(path.name + HASH)
    if not (path.is_file() and note.is_file()):  # a pipe or a device has no end
        return None
    try:
        content, wanted = path.read_bytes(), note.read_text(encoding="ascii")
    except (OSError, ValueError):
        return None
    return content if hashlib.sha256(content).hexdigest() == wanted else None


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
                if index.suffix in SUFFIXES and index.stat().st_mtime < time.time() - UNUSED:
                    index.unlink()
                    index.with_name(index.name + HASH).unlink(missing_ok=True)
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
