"""The cache of indexes built from the dictionaries: made once, then memory-mapped by every process."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

SUFFIXES = (".marisa", ".bin", ".msgpack")  # of the files of indexes
UNUSED = 30 * 24 * 3600  # seconds without use after which the indexes of other dictionaries are removed: a choice


def cached(name: str, version: str, build: Callable[[Path], None]) -> Path:
    """Return the path of index `name` for dictionaries of this `version`; `build` writes it where it is missing.

    Kept in $NORMALIZE_CACHE, else $XDG_CACHE_HOME/normalize-id, else ~/.cache/normalize-id; where none of these can be
    written, in the system's folder for temporary files. It is written beside and renamed, so that processes may race. A
    process that builds one removes those of other versions that none asked for in a month; one that is mapped stays usable.
    Raises OSError where there is no folder that can be written.
    """
    for folder in folders():
        path = folder / version / name
        if path.is_file():
            with suppress(OSError):  # a folder that may only be read
                os.utime(path)
            return path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, unfinished = tempfile.mkstemp(prefix=name, dir=path.parent)
        except OSError:
            continue
        os.close(handle)
        logging.getLogger("normalize").warning("building %s, once, in %s", name, path.parent)
        try:
            build(Path(unfinished))
            os.replace(unfinished, path)
        except BaseException:
            os.unlink(unfinished)
            raise
        _remove_unused(folder, version)
        return path
    raise OSError("no folder to keep indexes in: set NORMALIZE_CACHE to one that can be written")


def _remove_unused(folder: Path, version: str) -> None:
    """Remove the indexes of other versions that were not used for UNUSED seconds."""
    for old in folder.glob("[0-9a-f]" * 16 + "*"):  # of learnt ones, a second hash stands behind
        for index in list(old.iterdir()) if old.name != version and old.is_dir() else ():
            with suppress(OSError):  # another process was first; or there is more in the folder
                if index.suffix in SUFFIXES and index.stat().st_mtime < time.time() - UNUSED:
                    index.unlink()
                    old.rmdir()


def folders() -> list[Path]:
    """List the folders that indexes may be kept in, the first choice first."""
    if chosen := os.environ.get("NORMALIZE_CACHE"):
        return [Path(chosen)]
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    user = "" if sys.platform == "win32" else f"-{os.getuid()}"  # there everybody has a folder of their own
    return [Path(base) / "normalize-id", Path(tempfile.gettempdir()) / f"normalize-id{user}"]
