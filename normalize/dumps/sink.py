"""Where a run writes: a file beside its place that is renamed when it is whole, or standard output."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import BinaryIO, Protocol


class Sink(Protocol):
    """Takes bytes in order."""

    def write(self, data: bytes) -> None: ...

    def commit(self) -> None:
        """Everything was written: let it be seen."""

    def discard(self) -> None:
        """The run failed: take back what can be."""


class FileSink:
    """Writes `path`.part, which becomes `path` on commit. An existing file stays as it is until then."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.part = path.with_name(path.name + ".part")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file: BinaryIO = open(self.part, "wb", buffering=0)  # noqa: SIM115 - lives as long as the run

    def write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[self._file.write(view) or 0 :]

    def commit(self) -> None:
        os.fsync(self._file.fileno())
        self._file.close()
        if self.path.exists():
            os.chmod(self.part, self.path.stat().st_mode & 0o7777)
        os.replace(self.part, self.path)

    def discard(self) -> None:
        self._file.close()
        self.part.unlink(missing_ok=True)


class StandardOutput:
    """Writes to standard output, which cannot be taken back."""

    def write(self, data: bytes) -> None:
        sys.stdout.buffer.write(data)

    def commit(self) -> None:
        sys.stdout.buffer.flush()

    def discard(self) -> None:
        pass
