"""Keep account of a run batch by batch, so that a killed one can be resumed.

JSON lines: first the identity of the run (version, dictionaries, options, inputs), then a line a batch: its number and
input, the checksum of its bytes, the length and checksum of every output behind it, its counts; and a line for each output
that is put in its place. A run that ends well removes its ledger.

A power failure may take the end of any of these files, so a run is resumed at the last line that all of them bear out. Only
what replaces an input cannot be done again: before that, the ledger and the logs are waited for until they are on the disk.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from .errors import DumpError
from .plan import Plan
from .sink import Extent, beginnings, lock, sync, write_all
from .tally import Tally, from_builtin, to_builtin

log = logging.getLogger(__name__)


class Checkpoint(msgspec.Struct):
    """The point that an unfinished run had reached."""

    checksums: list[int] = []  # of the batches, by number
    source: int = -1  # the input of the last batch
    written: dict[str, Extent] = {}  # of each file, behind the last batch
    tally: Tally = msgspec.field(default_factory=Tally)
    placed: dict[int, int] = {}  # inputs whose output is in place -> batches up to there
    placing: int | None = None  # the last input of the output that was being put in place
    closing: bool = False  # all outputs were in place, and the logs were next


class Ledger:
    """The ledger of a run at work. Raises DumpError where another run writes it, or it cannot be resumed.

    An unfinished run is continued where the plan says so, and where it has replaced inputs: begun anew, it would lose the
    log of what it replaced.
    """

    def __init__(self, path: Path, plan: Plan, identity: Mapping[str, Any]) -> None:
        self.path, self.inputs = path, plan.inputs
        self.files = {source.file for source in plan.inputs} | {str(side) for side in (plan.edits, plan.rejects) if side}
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
            if not (path.exists() and os.path.samestat(os.fstat(self.file.fileno()), os.lstat(path))):
                raise DumpError(f"another run is writing here ({path} was taken away)")  # it ended between the two
            self.file.seek(0)
            old = self.file.read()
            lines = _whole_lines(old)
            self.unfinished = bool(lines)
            self.replaced = max((i for i, line in enumerate(lines, 1) if self._replaces(line)), default=0)
            kept = self._read(lines, identity) if lines and (plan.resume or self.replaced) else 0
        except DumpError:
            self.file.close()
            raise
        self.file.truncate(sum(len(line) + 1 for line in old.split(b"\n")[:kept]))
        if not kept:
            try:
                self._write(identity)
            except OSError as error:  # a full disk: nothing is to stay that a run could not go on from
                self.remove()
                error.filename = str(path)
                raise

    def _replaces(self, line: Mapping[str, Any]) -> bool:
        """Whether a line says that an input is replaced by its output."""
        source = line.get("placing")
        return isinstance(source, int) and 0 <= source < len(self.inputs) and self.inputs[source].in_place

    def _read(self, lines: list[dict[str, Any]], identity: Mapping[str, Any]) -> int:
        """Find the point to go on from; returns how many lines of the ledger lead there."""
        try:
            kept = self._borne_out(lines)
            if kept < self.replaced:
                raise DumpError(
                    f"cannot resume: inputs were replaced, and the files that {self.path} lists have changed since"
                )
            if kept < len(lines):
                log.warning("not all of what the unfinished run did is still there: the rest is done again")
            self._follow(lines[:kept])
            _compare(lines[0], json.loads(json.dumps(identity)), self.done)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            hint = "" if self.replaced else "; without --resume the run starts over"
            raise DumpError(f"cannot resume: {self.path} is damaged{hint}") from None
        return kept

    def _borne_out(self, lines: list[dict[str, Any]]) -> int:
        """Count the lines, from the first, that hold: each file is as long as they say, or in its place."""
        files = {name for line in lines for name in line.get("written", ())}
        said = {
            name: [Extent(*line["written"][name]) for line in lines if name in line.get("written", ())] for name in files
        }
        true = {name: beginnings(Path(name + ".part"), extents) for name, extents in said.items()}
        placed_at: dict[str, int] = {}  # how many lines there are when an output is in its place
        points = []
        done = Checkpoint()
        for kept, line in enumerate(lines[1:], 2):
            _follow_files(done, line)
            for source in line.get("placed", ()):
                placed_at.setdefault(self.inputs[source].file, kept)
            placing = None if done.placing is None else self.inputs[done.placing].file
            points.append((kept, done.written, placing, done.closing))
        for kept, written, placing, closing in reversed(points):
            for name, extent in written.items():
                found = true[name]
                if found is None and (name == placing or closing):  # it may be in its place
                    is_there = self._is_in_place(name, extent)
                else:
                    is_there = found is not None and extent in found
                if name not in self.files or not (is_there or placed_at.get(name, kept + 1) <= kept):
                    break
            else:
                return kept
        return 1

    def _is_in_place(self, name: str, extent: Extent) -> bool:
        """Whether a file that has no part is in its place, rather than an older file or none."""
        if self.replaced:  # then its part was on the disk before the ledger said so
            return True
        return extent in (beginnings(Path(name), [extent]) or ())

    def _follow(self, lines: list[dict[str, Any]]) -> None:
        for line in lines[1:]:
            _follow_files(self.done, line)
            if "batch" in line:
                self.done.checksums.append(line["checksum"])
                self.done.source = line["source"]
                self.done.tally.add(from_builtin(line["tally"]))

    def batch(self, number: int, source: int, checksum: int, written: Mapping[str, Extent], tally: Tally) -> None:
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
        if self.inputs[source].in_place:
            self.sync()

    def placed(self, sources: list[int], batches: int) -> None:
        """Note that the output of these inputs is in place, and how many batches of the run it took up to there."""
        self._write({"placed": sources, "batches": batches})

    def closing(self) -> None:
        """Note that all outputs are in place, and the logs are about to be."""
        self._write({"closing": True})
        self.sync()

    def sync(self) -> None:
        """Wait until the ledger is on the disk."""
        os.fsync(self.file.fileno())
        sync(self.path.parent)

    def leave(self) -> None:
        """Close the ledger, and keep it for a run that resumes."""
        self.file.close()

    def remove(self) -> None:
        """Remove the ledger of a run that is over."""
        self.path.unlink(missing_ok=True)
        self.file.close()

    def _write(self, value: Mapping[str, Any]) -> None:
        write_all(self.file, json.dumps(value).encode() + b"\n")


def _whole_lines(data: bytes) -> list[dict[str, Any]]:
    """The lines of a ledger up to the first that is cut short or broken, as after a power failure."""
    lines = []
    for raw in data[: data.rfind(b"\n") + 1].splitlines():
        try:
            value = json.loads(raw)
        except (ValueError, RecursionError):
            break
        if not isinstance(value, dict):
            break
        lines.append(value)
    return lines


def _follow_files(done: Checkpoint, line: Mapping[str, Any]) -> None:
    """Take in what a line says of the files."""
    if "batch" in line:
        done.written = {name: Extent(*extent) for name, extent in line["written"].items()}
    elif "placing" in line:
        done.placing = line["placing"]
    elif "closing" in line:
        done.closing = True
    else:
        done.placing = None
        done.placed.update(dict.fromkeys(line["placed"], line["batches"]))


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
