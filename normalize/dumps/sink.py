"""Write the output of a run: a file beside its place that is renamed when it is whole, or standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, Protocol

from .errors import DumpError

# Makes the finished file (second path) out of what was written (first path).
Finish = Callable[[Path, Path], None]


class Sink(Protocol):
    """Anything that takes bytes in order."""

    name: str

    def write(self, data: bytes) -> None: ...

    def offset(self) -> int:
        """Return the number of bytes written so far."""

    def commit(self) -> None:
        """Put the whole output in its place."""

    def leave(self) -> None:
        """Stop here, and keep the bytes written so far for a run that resumes."""

    def discard(self) -> None:
        """Take back the bytes written, where that is possible."""


class FileSink:
    """Write `path`.part, which becomes `path` on commit; an existing file stays as it is until then.

    resume_at: keep so many bytes of the .part file that is there, and write behind them.
    finish: makes the finished file, where it is not simply the bytes written.
    backup: keep an existing file under its name with this suffix.
    """

    def __init__(
        self,
        path: Path,
        *,
        resume_at: int | None = None,
        finish: Finish | None = None,
        backup: str = "",
    ) -> None:
        self.path, self.name = path, str(path)
        self.part = path.with_name(path.name + ".part")
        self.finish, self.backup = finish, backup
        path.parent.mkdir(parents=True, exist_ok=True)
        if resume_at is None:
            self.file: BinaryIO = open(self.part, "wb", buffering=0)  # noqa: SIM115 - lives as long as the run
        else:
            if not self.part.exists() or self.part.stat().st_size < resume_at:
                raise DumpError(f"cannot resume: {self.part} is not what the unfinished run left", True)
            self.file = open(self.part, "r+b", buffering=0)  # noqa: SIM115
            self.file.truncate(resume_at)
            self.file.seek(resume_at)

    def write(self, data: bytes) -> None:
        view = memoryview(data)
        try:
            while view:
                view = view[self.file.write(view) or 0 :]
        except OSError as error:
            error.filename = self.name
            raise

    def offset(self) -> int:
        return self.file.tell()

    def commit(self) -> None:
        self.file.close()
        ready = self.part
        if self.finish:
            ready = self.path.with_name(self.path.name + ".finished")
            self.finish(self.part, ready)
        if self.path.exists():
            _sync(ready)
            os.chmod(ready, self.path.stat().st_mode & 0o7777)
            if self.backup:
                backup = self.path.with_name(self.path.name + self.backup)
                if not (backup.exists() and backup.samefile(self.path)):  # as where a commit was cut short
                    os.link(self.path, backup)
        os.replace(ready, self.path)
        self.part.unlink(missing_ok=True)

    def leave(self) -> None:
        self.file.close()

    def discard(self) -> None:
        self.file.close()
        self.part.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Wait until a file is on the disk: only then may it replace another, or a power failure could cost both."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


class StreamSink:
    """Write straight to standard output ("-") or to what is no file, such as a pipe; that cannot be taken back."""

    def __init__(self, path: str) -> None:
        self.name = "standard output" if path == "-" else path
        self.file: BinaryIO = sys.stdout.buffer if path == "-" else open(path, "wb")  # noqa: SIM115

    def write(self, data: bytes) -> None:
        self.file.write(data)

    def offset(self) -> int:
        return 0

    def commit(self) -> None:
        self.file.flush()
        self.leave()

    def leave(self) -> None:
        if self.file is not sys.stdout.buffer:
            self.file.close()

    def discard(self) -> None:
        self.leave()


def is_stream(path: str) -> bool:
    """Whether an output is written straight: standard output, a pipe, a device."""
    return path == "-" or (os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path))


class NullSink:
    """Take everything and keep nothing."""

    name = "nowhere"

    def write(self, data: bytes) -> None:
        pass

    def offset(self) -> int:
        return 0

    def commit(self) -> None:
        pass

    def leave(self) -> None:
        pass

    def discard(self) -> None:
        pass
