"""Keep account of a run batch by batch, so that a killed one can be resumed.

JSON lines: first the identity of the run (version, dictionaries, options, inputs), then a line a batch: its number and
input, the checksum of its bytes, the length of every output behind it, its counts; and a line for each output that is put
in its place. A run that ends well removes its ledger.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from .errors import DumpError
from .sink import Place, lock
from .tally import Tally, from_builtin, to_builtin


@dataclass(slots=True)
class Checkpoint:
    """The point that an unfinished run had reached."""

    checksums: list[int] = field(default_factory=list)  # of the batches, by number
    source: int = -1  # the input of the last batch
    written: dict[str, Place] = field(default_factory=dict)  # of each file, behind the last batch
    tally: Tally = field(default_factory=Tally)
    placed: dict[int, int] = field(default_factory=dict)  # inputs whose output is in place -> batches up to there
    placing: int | None = None  # the last input of the output that was being put in place
    closing: bool = False  # all outputs were in place, and the logs were next


class Ledger:
    """The ledger of a run at work. Raises DumpError where another run writes it, or it cannot be resumed."""

    def __init__(self, path: Path, identity: Mapping[str, Any], resume: bool) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self.done = Checkpoint()
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
        if path.is_symlink():
            raise DumpError(f"{path}: is a link, where there should be a ledger")
        self.file: BinaryIO = os.fdopen(os.open(path, flags, 0o666), "a+b", buffering=0)
        try:
            if os.fstat(self.file.fileno()).st_nlink > 1:
                raise DumpError(f"{path}: is a link, where there should be a ledger")
            lock(self.file, path)
        except DumpError:
            self.file.close()
            raise
        self.file.seek(0)
        old = self.file.read()
        self.unfinished = bool(old)
        lines = old[: old.rfind(b"\n") + 1].splitlines()
        if resume and lines:
            try:
                self._read([_line(line, path) for line in lines], identity)
            except DumpError:
                self.file.close()
                raise
            self.file.truncate(sum(map(len, lines)) + len(lines))
        else:
            self.unfinished = bool(lines)
            self.file.truncate(0)
            self._write(identity)

    def _read(self, lines: list[dict[str, Any]], identity: Mapping[str, Any]) -> None:
        try:
            self._follow(lines)
            _compare(lines[0], json.loads(json.dumps(identity)), self.done)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            raise DumpError(f"cannot resume: {self.path} is damaged; without --resume the run starts over") from None

    def _follow(self, lines: list[dict[str, Any]]) -> None:
        done = self.done
        for line in lines[1:]:
            if "batch" in line:
                done.checksums.append(line["checksum"])
                done.source = line["source"]
                done.written = {name: Place(*place) for name, place in line["written"].items()}
                done.tally.add(from_builtin(line["tally"]))
            elif "placing" in line:
                done.placing = line["placing"]
            elif "closing" in line:
                done.closing = True
            else:
                done.placing = None
                done.placed.update(dict.fromkeys(line["placed"], line["batches"]))

    def batch(self, number: int, source: int, checksum: int, written: Mapping[str, Place], tally: Tally) -> None:
        """Note that a batch is written."""
        self._write(
            {
                "batch": number,
                "source": source,
                "checksum": checksum,
                "written": written,
                "tally": to_builtin(tally),
            }
        )

    def placing(self, source: int) -> None:
        """Note that the output whose last input is `source` is whole and about to be put in its place."""
        self._write({"placing": source})

    def placed(self, sources: list[int], batches: int) -> None:
        """Note that the output of these inputs is in place, and how many batches of the run it took up to there."""
        self._write({"placed": sources, "batches": batches})

    def closing(self) -> None:
        """Note that all outputs are in place, and the logs are about to be."""
        self._write({"closing": True})

    def leave(self) -> None:
        """Close the ledger, and keep it for a run that resumes."""
        self.file.close()

    def remove(self) -> None:
        """Remove the ledger of a run that is over."""
        self.path.unlink(missing_ok=True)
        self.file.close()

    def _write(self, value: Mapping[str, Any]) -> None:
        self.file.write(json.dumps(value).encode() + b"\n")


def _line(raw: bytes, path: Path) -> dict[str, Any]:
    """A line of a ledger. Raises DumpError where it is none."""
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise DumpError(f"cannot resume: {path} is damaged; without --resume the run starts over")
    return value


def _compare(old: Mapping[str, Any], new: Mapping[str, Any], done: Checkpoint) -> None:
    for what in ("version", "dictionaries", "options"):
        if old.get(what) != new[what]:
            raise DumpError(f"cannot resume: the {what} changed since the run began ({_difference(old, new, what)})")
    if [path for path, *_ in old["inputs"]] != [path for path, *_ in new["inputs"]]:
        raise DumpError("cannot resume: the inputs are not those that the run began with")
    for index, (before, now) in enumerate(zip(old["inputs"], new["inputs"], strict=True)):
        if before != now and index not in done.placed and index != done.placing:
            raise DumpError(f"cannot resume: {now[0]} changed since the run began")


def _difference(old: Mapping[str, Any], new: Mapping[str, Any], what: str) -> str:
    before, now = old.get(what), new[what]
    if isinstance(before, dict) and isinstance(now, dict):
        names = [name for name in sorted({*before, *now}) if before.get(name) != now.get(name)]
        return ", ".join(f"{name}: {before.get(name)!r}, now {now.get(name)!r}" for name in names)
    return f"{before}, now {now}"
