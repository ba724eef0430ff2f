"""A process that dies at a chosen step of its writing, and what a disk holds after it, or after a power failure.

`Disk` counts every write, truncation, sync, rename, link, removal and new file below a folder. `outcome` runs something in
a fork and ends it just before the n-th of these; a write is cut in its middle. What was not synced by then a power failure
may take: `Disk` notes what of each file and of each folder's names is durable, as POSIX promises it and no more.
"""

from __future__ import annotations

import builtins
import io
import os
import pickle
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

KILLED = 77  # the exit code of a process that was ended

_open, _open_handle = io.open, os.open


class Content(NamedTuple):
    """A file: a number for it, its bytes, when it was changed last (ns since 1970), and the bytes on the disk for sure."""

    number: int
    data: bytes
    mtime_ns: int
    durable: bytes


class State(NamedTuple):
    """Files by path, as they are and as the folders on the disk have them for sure."""

    now: dict[str, Content]
    durable: dict[str, Content]


class Disk:
    """The files below `root`, seen by one process, which ends at the step `kill_at`; None: it runs to its end."""

    def __init__(self, root: Path, kill_at: int | None, note: Path) -> None:
        self.root, self.kill_at, self.note = f"{root}{os.sep}", kill_at, note
        self.steps = 0
        self.serial = 0
        self.names: dict[str, int] = {}  # path -> a number for the file, as it is now
        self.durable_names: dict[str, int] = {}
        self.durable: dict[int, bytes] = {}
        self.gone: dict[int, Content] = {}  # files without a name, and so without a way to read them
        for path in sorted(root.rglob("*")):
            if path.is_file():
                self.durable[self._add(str(path))] = path.read_bytes()
        self.durable_names = dict(self.names)

    def step(self, torn: Callable[[], object] | None = None) -> None:
        """Count a step, and end the process if it is the one."""
        if self.steps == self.kill_at:
            if torn:
                torn()
            self.note.write_bytes(pickle.dumps((self.steps, self.state())))
            os._exit(KILLED)
        self.steps += 1

    def state(self) -> State:
        """The files, by their paths below the root."""
        known = {**self.gone, **{number: self._read(path, number) for path, number in self.names.items()}}
        below = len(self.root)
        now, durable = (
            {path[below:]: known[number] for path, number in names.items()} for names in (self.names, self.durable_names)
        )
        return State(now, durable)

    def covers(self, path: object) -> bool:
        """Whether a path leads to something below the root, or to the root itself."""
        return isinstance(path, str | os.PathLike) and f"{os.path.abspath(path)}{os.sep}".startswith(self.root)

    def created(self, path: str) -> None:
        self.durable[self._add(path)] = b""

    def removed(self, path: str) -> None:
        """Keep what a name stood for, before it goes."""
        if path in self.names:
            number = self.names.pop(path)
            self.gone[number] = self._read(path, number)

    def moved(self, old: str, new: str) -> None:
        if old in self.names:
            self.removed(new)
            self.names[new] = self.names.pop(old)

    def synced(self, handle: int) -> None:
        path = _name_of(handle)
        if os.path.isdir(path):
            for names, other in ((self.durable_names, self.names), (self.names, self.durable_names)):
                for name in [name for name in names if os.path.dirname(name) == path]:
                    if names is self.names:
                        self.durable_names[name] = names[name]
                    elif name not in other:
                        del names[name]
        elif path in self.names:
            self.durable[self.names[path]] = Path(path).read_bytes()

    def _add(self, path: str) -> int:
        self.serial += 1
        self.names[path] = self.serial
        return self.serial

    def _read(self, path: str, number: int) -> Content:
        with _open(path, "rb") as file:
            return Content(number, file.read(), os.stat(path).st_mtime_ns, self.durable.get(number, b""))

    def install(self) -> None:
        """Put the counting in the place of the calls of `os` and `open`. For a process that ends with it."""
        disk = self

        class Raw(io.FileIO):
            def write(self, data: Any) -> int:
                whole = bytes(data)
                disk.step(lambda: io.FileIO.write(self, whole[: len(whole) // 2]))
                return super().write(whole)

            def truncate(self, size: int | None = None) -> int:
                disk.step()
                return super().truncate(size)

        def opened(file: Any, mode: str = "r", buffering: int = -1, *args: Any, closefd: bool = True, **options: Any) -> Any:
            path = _name_of(file) if isinstance(file, int) else file
            if not set(mode) & set("wax+") or not disk.covers(path):
                return _open(file, mode, buffering, *args, closefd=closefd, **options)
            if not isinstance(file, int) and not ("r" in mode and os.path.exists(path)):
                disk.step()
                if not os.path.exists(path):
                    disk.created(os.path.abspath(path))
            raw = Raw(file, mode.replace("b", "").replace("t", ""), closefd)
            if buffering == 0:
                return raw
            buffer = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
            return buffer if "b" in mode else io.TextIOWrapper(buffer, *args, **options)

        def opened_handle(path: Any, flags: int, *args: Any, **options: Any) -> int:
            name = _absolute(path, options)
            fresh = bool(flags & os.O_CREAT) and disk.covers(name) and not os.path.lexists(name)
            if fresh:
                disk.step()
            handle = _open_handle(path, flags, *args, **options)
            if fresh:
                disk.created(name)
            return handle

        def changing(name: str, note: Callable[..., None]) -> None:
            real = getattr(os, name)

            def call(*paths: Any, **options: Any) -> Any:
                names = [_absolute(path, options) for path in paths if isinstance(path, str | os.PathLike)]
                if not any(map(disk.covers, names or map(_name_of, paths))):
                    return real(*paths, **options)
                disk.step()
                if name in ("unlink", "remove", "replace", "rename"):  # what goes must be read before it does
                    note(*names)
                    return real(*paths, **options)
                found = None if name == "fsync" else real(*paths, **options)  # which would take most of the time
                note(*names or paths)
                return found

            setattr(os, name, call)

        builtins.open = io.open = opened
        os.open = opened_handle  # type: ignore[assignment]
        for name in ("replace", "rename"):
            changing(name, self.moved)
        for name in ("unlink", "remove"):
            changing(name, self.removed)
        changing("link", lambda old, new: self.names.update({new: self.names[old]}))
        changing("fsync", self.synced)
        for name in ("mkdir", "rmdir", "chmod"):
            changing(name, lambda *_: None)


def _name_of(handle: int) -> str:
    return os.readlink(f"/proc/self/fd/{handle}")


def _absolute(path: Any, options: dict[str, Any]) -> str:
    folder = options.get("dir_fd")
    base = os.getcwd() if folder is None else _name_of(folder)
    return os.path.normpath(os.path.join(base, os.fspath(path)))


class Outcome(NamedTuple):
    """How a process ended: its exit code, the steps it took, the files of a killed one, and what it said."""

    code: int
    steps: int
    state: State | None
    said: str


def outcome(call: Callable[[], object], root: Path, kill_at: int | None = None) -> Outcome:
    """Run `call` in a fork whose working folder is `root`, which dies at a step of its writing there."""
    note, said = root.with_name(f"{root.name}.note"), root.with_name(f"{root.name}.said")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of a fork among threads, which the child has none of
        child = os.fork()
    if not child:
        code: object = 70
        try:
            handle = os.open(said, os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
            sys.stdout, sys.stderr = (os.fdopen(os.dup2(handle, number), "w", closefd=False) for number in (1, 2))
            os.chdir(root)
            disk = Disk(root, kill_at, note)
            disk.install()
            try:
                code = call() or 0
            except SystemExit as end:
                code = end.code or 0
            sys.stdout.flush()
            sys.stderr.flush()
            note.write_bytes(pickle.dumps((disk.steps, None)))
        finally:
            os._exit(code if isinstance(code, int) else 70)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    steps, state = pickle.loads(note.read_bytes())
    return Outcome(code, steps, state, said.read_text(errors="replace"))


def after_power_failure(state: State, names_lost: bool, data: str, root: Path) -> None:
    """Write what a disk may hold afterwards below `root`.

    names_lost: whatever was done to names since a folder was last synced is undone. data: what of a file was not synced is
    there ("kept"), gone ("lost"), or zeros ("zeroed").
    """
    written: dict[int, Path] = {}
    for path, content in (state.durable if names_lost else state.now).items():
        held = content.durable if data == "lost" else content.data
        if data == "zeroed":
            held = content.durable + bytes(max(0, len(content.data) - len(content.durable)))
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if content.number in written:  # two names of one file
            os.link(written[content.number], target)
            continue
        written[content.number] = target
        target.write_bytes(held)
        os.utime(target, ns=(content.mtime_ns, content.mtime_ns))
