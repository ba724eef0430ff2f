"""Write the output of a run: a file beside its place that is renamed when it is whole, or standard output."""

from __future__ import annotations

import errno
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from .errors import DumpError

try:
    import fcntl
except ImportError:  # not on Windows: there two runs at once are not noticed
    fcntl = None  # type: ignore[assignment]

UNFINISHED = (".part", ".finished")  # behind the name of a file, while it is made
LINKS = 40  # that lead from one to the next, at most, as in Linux
# Makes the finished file (second path) out of what was written (first path).
Finish = Callable[[Path, Path], None]


class Sink(Protocol):
    """Anything that takes bytes in order."""

    name: str

    def write(self, data: bytes) -> None: ...

    def extent(self) -> Extent:
        """Return the number of bytes written so far, and their checksum."""

    def sync(self) -> None:
        """Wait until the bytes written so far are on the disk."""

    def commit(self) -> None:
        """Put the whole output in its place."""

    def leave(self) -> None:
        """Stop here, and keep the bytes written so far for a run that resumes."""

    def discard(self) -> None:
        """Take back the bytes written, where that is possible."""


class Extent(NamedTuple):
    """The part of a file that is written."""

    offset: int  # bytes
    checksum: int  # CRC-32 of them


class FileSink:
    """Write `path`.part, which becomes `path` on commit; an existing file stays as it is until then.

    The part is locked while it is written, so that no two runs write one output; the lock ends with the process. A link in
    its place is not followed.

    resume_at: keep this extent of the .part file that is there, and write behind it.
    finish: makes the finished file, where it is not simply the bytes written.
    backup: keep an existing file under its name with this suffix.
    Raises DumpError where another run writes the file, the part to keep is not there, or a pipe or device is: what takes
    its place would be a file.
    """

    def __init__(
        self,
        path: Path,
        *,
        resume_at: Extent | None = None,
        finish: Finish | None = None,
        backup: str = "",
    ) -> None:
        self.path, self.name = path, str(path)
        self.part, self.finished = (path.with_name(path.name + suffix) for suffix in UNFINISHED)
        self.finish, self.backup = finish, backup
        if is_stream(self.name):
            raise DumpError(f"{path}: is a pipe or device, which a whole file cannot take the place of")
        path.parent.mkdir(parents=True, exist_ok=True)
        self.file = open_part(self.part, fresh=resume_at is None)
        self.written = resume_at or Extent(0, 0)
        if resume_at is not None:
            try:
                _check(self.file, resume_at, self.part)
            except DumpError:
                self.file.close()
                raise

    def write(self, data: bytes) -> None:
        with _named(self.name):
            write_all(self.file, data)
        self.written = Extent(self.written.offset + len(data), zlib.crc32(data, self.written.checksum))

    def extent(self) -> Extent:
        return self.written

    def sync(self) -> None:
        os.fsync(self.file.fileno())
        sync(self.part.parent)

    def commit(self) -> None:
        ready = self.part
        if self.finish:
            ready = self.finished
            ready.unlink(missing_ok=True)
            os.close(os.open(ready, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
            with _named(self.name):
                self.finish(self.part, ready)
        sync(ready)
        if self.path.exists():
            os.chmod(ready, self.path.stat().st_mode & 0o7777)
            if self.backup:
                backup = self.path.with_name(self.path.name + self.backup)
                if not backup.exists():  # else a commit that was cut short made it: a run begins only where there is none
                    _keep(self.path, backup)
                    sync(self.path.parent)
        os.replace(ready, self.path)
        sync(self.path.parent)
        if self.finish:
            self.part.unlink(missing_ok=True)
            sync(self.path.parent)
        self.file.close()  # and with it goes the lock

    def leave(self) -> None:
        if self.finish:  # it is made anew
            self.finished.unlink(missing_ok=True)
        self.file.close()

    def discard(self) -> None:
        self.part.unlink(missing_ok=True)
        self.leave()


class RemoteSink(FileSink):
    """Write a file on this machine that `finish` puts in its remote place: there it appears whole. It is removed then."""

    def commit(self) -> None:
        super().commit()
        self.path.unlink()


def write_text(path: Path, text: str) -> None:
    """Write text as UTF-8, lone surrogates as escapes, to a file that appears when it is whole, or to a stream.

    Raises OSError, DumpError.
    """
    sink = StreamSink(str(path)) if is_stream(str(path)) else FileSink(path)
    try:
        sink.write(text.encode("utf-8", "backslashreplace"))
        sink.commit()
    except BaseException:
        sink.discard()
        raise


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Put the name of a file into an OSError that has none."""
    try:
        yield
    except OSError as error:
        error.filename = error.filename or name
        raise


def open_part(path: Path, fresh: bool) -> BinaryIO:
    """Open a file that this run alone writes, empty or, unless `fresh`, as it is. Raises DumpError where another has it."""
    if fresh and not path.is_symlink() and path.exists():
        open_part(path, fresh=False).close()  # nobody writes it
    flags = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    try:
        if fresh:
            path.unlink(missing_ok=True)  # be it a link: to what it leads is left alone
            flags |= os.O_CREAT | os.O_EXCL
        file = os.fdopen(os.open(path, flags, 0o666), "r+b", buffering=0)
    except FileExistsError:
        raise DumpError(f"another run is writing here ({path} appeared)") from None
    except FileNotFoundError:
        raise DumpError(f"cannot resume: {path} is not there", True) from None
    except OSError as error:
        if error.errno != errno.ELOOP:
            raise
        raise DumpError(f"{path}: is a link, where there should be a file of an unfinished run") from None
    try:
        lock(file, path)
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or (status.st_nlink != 1 and not fresh):
            raise DumpError(f"{path}: is not a file of an unfinished run")
        if not (path.exists() and os.path.samestat(status, os.lstat(path))):
            raise DumpError(f"another run is writing here ({path} was taken away)")
    except DumpError:
        file.close()
        raise
    return file


def write_all(file: BinaryIO, data: bytes) -> None:
    """Write to a file without a buffer, which may take a part and tell nobody. Raises OSError where it cannot take all."""
    view = memoryview(data)
    while view:
        view = view[file.write(view) or 0 :]


def lock(file: BinaryIO, path: Path) -> None:
    """Lock a file for this process alone, until it is closed. Raises DumpError where another has it."""
    if fcntl:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise DumpError(f"another run is writing here ({path} is locked)") from None


def _keep(path: Path, backup: Path) -> None:
    """Give a file a second name; where no file can have two, as on FAT, make a copy, which appears when it is whole."""
    try:
        os.link(path, backup)
    except OSError:
        import shutil

        copy = backup.with_name(backup.name + UNFINISHED[0])
        with path.open("rb") as source, open_part(copy, fresh=True) as file:
            shutil.copyfileobj(source, file, 1 << 20)
            shutil.copystat(path, copy)
            os.fsync(file.fileno())
            os.replace(copy, backup)


def _check(file: BinaryIO, kept: Extent, path: Path) -> None:
    """Seek to the end of the extent to keep, and cut the rest off. Raises DumpError where the file begins otherwise."""
    checksum, left = 0, kept.offset
    while left and (data := file.read(min(left, 1 << 20))):
        checksum = zlib.crc32(data, checksum)
        left -= len(data)
    if left or checksum != kept.checksum:
        raise DumpError(f"cannot resume: {path} is not what the unfinished run left", True)
    file.truncate(kept.offset)


def beginnings(path: Path, extents: Iterable[Extent]) -> set[Extent] | None:
    """Select the extents that the file begins with, by length and checksum; None where there is no file."""
    if path.is_symlink() or not path.is_file():
        return None
    found, checksum, at = set(), 0, 0
    with path.open("rb") as file:
        for extent in sorted(set(extents)):
            while at < extent.offset and (data := file.read(min(extent.offset - at, 1 << 20))):
                checksum, at = zlib.crc32(data, checksum), at + len(data)
            if (at, checksum) == extent:
                found.add(extent)
    return found


def sync(path: Path) -> None:
    """Wait until a file is on the disk, or the names in a folder: only then may what depends on it be done.

    Else a power failure could cost both a file and the one that takes its place.
    """
    if os.name == "nt" and path.is_dir():  # there a folder cannot be waited for
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class StreamSink:
    """Write straight to standard output ("-"), a pipe or a device; that cannot be taken back."""

    def __init__(self, path: str) -> None:
        self.name = "standard output" if path == "-" else path
        handle = handle_of(path)
        place = path if handle is None else os.dup(handle)  # opened by its name, it would begin again where it begins
        self.file: BinaryIO = sys.stdout.buffer if path == "-" else open(place, "wb")  # noqa: SIM115
        self._ends_line = True

    def write(self, data: bytes) -> None:
        with _named(self.name):
            self.file.write(data)
        self._ends_line = data.endswith(b"\n") if data else self._ends_line

    def extent(self) -> Extent:
        return Extent(0, 0)

    def sync(self) -> None:
        pass

    def commit(self) -> None:
        with _named(self.name):
            self.file.flush()
        if not self._ends_line and self.file.isatty() and sys.stderr.isatty():
            sys.stderr.write("\n")  # or the first message would stand on the last line of the data
        self.leave()

    def leave(self) -> None:
        if self.file is not sys.stdout.buffer:
            with suppress(OSError):  # what could not be written is told already
                self.file.close()

    def discard(self) -> None:
        self.leave()


def is_stream(path: str) -> bool:
    """Whether an output is written straight: standard output, a pipe, a device, or what is open already ("/dev/fd/3")."""
    is_other = os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)
    return path == "-" or is_other or handle_of(path) is not None


def handle_of(path: str) -> int | None:
    """The number of the open file that a path stands for, as "/dev/stdout" does: 1; None for every other path."""
    for _ in range(LINKS):
        folder, name = os.path.split(os.path.abspath(path))
        if name.isdecimal() and os.path.realpath(folder) in ("/dev/fd", f"/proc/{os.getpid()}/fd"):
            return int(name)
        if not os.path.islink(path):
            break
        path = os.path.join(folder, os.readlink(path))
    return None


class NullSink:
    """Take everything and keep nothing."""

    name = "nowhere"

    def write(self, data: bytes) -> None:
        pass

    def extent(self) -> Extent:
        return Extent(0, 0)

    def sync(self) -> None:
        pass

    def commit(self) -> None:
        pass

    def leave(self) -> None:
        pass

    def discard(self) -> None:
        pass
