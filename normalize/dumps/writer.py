"""Write results to files: every output, the edit log, the rejects and the ledger, kept in step."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path

from .errors import DumpError
from .formats import json_array, parquet, workbook
from .formats.compression import compressor
from .inputs import Input
from .ledger import Checkpoint, Ledger
from .locations import is_file, is_remote, upload
from .log.entries import encode_line, name_of
from .log.file import check_gold, check_rejects, check_replaceable, to_parquet
from .plan import Plan
from .reader import InputState, Reader
from .sink import Extent, FileSink, Finish, NullSink, RemoteSink, Sink, StreamSink, is_stream
from .worker import BatchResult

log = logging.getLogger(__name__)


class Writer:
    """Write the results of a run. Use: open, take each result in order, then finish; or stop."""

    def __init__(self, plan: Plan, ledger: Ledger | None) -> None:
        self.plan, self.inputs, self.ledger = plan, plan.inputs, ledger
        self.done = ledger.done if ledger else Checkpoint()
        self.tally = self.done.tally
        self.edits: Sink | None = None
        self.rejects: Sink | None = None
        self.output: Sink | None = None
        self.current = -1  # the input at work
        self.opened_at = 0  # the first input of the output at work
        self.batches = len(self.done.checksums)
        self.state = InputState()

    def reader(self) -> Reader:
        """Make the reader that hands out the batches not yet written."""
        plan, placed = self.plan, dict(self.done.placed)
        done, order = self.done.checksums, plan.date_order
        return Reader(plan.inputs, plan.fields, plan.selection, done, placed, plan.log_lookup, order, self.state)

    def open(self) -> None:
        """Open the files, behind the bytes that an unfinished run left."""
        resumed = bool(self.done.checksums)
        plan = self.plan
        if not resumed:
            self._check_backups()
            if plan.edits and plan.log_format == "gold":
                check_gold(plan.edits)
            elif plan.edits:
                check_replaceable(plan.edits, plan.inputs)
            if plan.rejects:
                check_rejects(plan.rejects, plan.inputs)
        self.edits = self._side(plan.edits, to_parquet if plan.log_format == "parquet" else None)
        self.rejects = self._side(plan.rejects)
        if self.edits and not resumed:
            self._log({"normalize": plan.version, "dictionaries": plan.dictionaries, "options": plan.options})
        if resumed:
            self._recover()
            log.info("going on behind %s records", f"{self.tally.records_in:,}")
        elif self.inputs:
            self._advance(0)

    def take(self, result: BatchResult) -> None:
        """Write the result of the next batch."""
        self._advance(result.source)
        assert self.output
        self.output.write(result.output)
        if self.edits:
            self.edits.write(result.log)
        if self.rejects:
            self.rejects.write(result.rejects)
        self.tally.add(result.tally)
        self.batches += 1
        checksum = self.state.checksums.pop(result.number)
        if self.ledger:
            self.ledger.batch(result.number, result.source, checksum, self._written(), result.tally)

    def finish(self) -> None:
        """Put the files in place, after every result was taken."""
        self._advance(len(self.inputs) - 1)
        self._place()
        if self.ledger:
            self.ledger.closing()
        task = self.plan.task
        for sink, compression in ((self.edits, task.log_compression), (self.rejects, task.rejects_compression)):
            if sink:
                self._fill(sink, compression)
                sink.commit()
        if self.ledger:
            self.ledger.remove()

    def stop(self, keep: bool) -> None:
        """End the run early, and keep the files for a run that resumes, or remove them."""
        replaced = any(self.inputs[source].in_place for source in self.done.placed)  # of which only the log tells
        keep = (keep or replaced) and self.ledger is not None and self.batches > 0
        for sink in filter(None, (self.output, self.edits, self.rejects)):
            sink.leave() if keep else sink.discard()
        if self.ledger:
            self.ledger.leave() if keep else self.ledger.remove()
        if keep:
            log.warning("what was done is kept; --resume continues after %s records", f"{self.tally.records_in:,}")

    def _check_backups(self) -> None:
        """Raise DumpError where a backup would overwrite a file that is another."""
        for source in self.inputs if self.plan.backup else ():
            backup = source.output + self.plan.backup
            with suppress(FileNotFoundError):  # but not another error, such as of too long a name
                os.stat(backup)
            if os.path.lexists(backup) and not (os.path.isfile(backup) and _are_alike(backup, source.output)):
                raise DumpError(f"{backup}: exists, and would have to be overwritten")

    def _side(self, path: Path | None, finish: Finish | None = None) -> Sink | None:
        """Open the edit log or the rejects file."""
        if path is None:
            return None
        if self.done.closing and not path.with_name(path.name + ".part").exists():
            return None  # it is in its place already
        if is_stream(str(path)):
            if finish:
                raise DumpError("Parquet cannot be written to a stream: give the log a name, or another format")
            return StreamSink(str(path))
        if self.done.checksums and str(path) not in self.done.written:
            raise DumpError(f"cannot resume: the run that was cut short did not write {path}", True)
        return FileSink(path, resume_at=self.done.written.get(str(path)), finish=finish)

    def _recover(self) -> None:
        """Bring the writer to where the unfinished run was."""
        done = self.done
        self.current = max(done.placed, default=-1)
        if done.placing is not None:
            self.current = done.placing
        elif done.source not in done.placed:
            self.current = done.source
        self.opened_at = self.current
        while self.opened_at > 0 and self.inputs[self.opened_at - 1].output == self.inputs[self.current].output:
            self.opened_at -= 1
        if done.placing is not None:
            self.output = self._open(self.inputs[self.current], done.written) if self._part_is_there() else NullSink()
            self._place()
        elif self.current not in done.placed:
            self.output = self._open(self.inputs[self.current], done.written)

    def _part_is_there(self) -> bool:
        output = Path(self.inputs[self.current].file)
        return output.with_name(output.name + ".part").exists()

    def _advance(self, source: int) -> None:
        """Open what the input needs and say in the log that it begins; also for inputs without a record."""
        while self.current < source:
            following = self.inputs[self.current + 1]
            if self.output and self.inputs[self.current].output != following.output:
                self._place()
            self.current += 1
            if self.output is None:
                self.output, self.opened_at = self._open(following, {}), self.current
            if self.edits:
                self._log(self._section(following))

    def _section(self, source: Input) -> dict[str, object]:
        """The line of the log before the entries of an input."""
        sample = self.plan.selection.sample
        before = sum(len(sample[i]) if sample else self.state.lengths.get(i, 0) for i in range(self.opened_at, self.current))
        section: dict[str, object] = {"input": name_of(source.path), "output": name_of(source.label), "first": before}
        if sample:
            section["only"] = sorted(sample[self.current])
        return section

    def _open(self, source: Input, written: Mapping[str, Extent]) -> Sink:
        if not self.plan.task.writes:
            return NullSink()
        if is_stream(source.output):
            if source.output_format == "parquet":
                raise DumpError("Parquet cannot be written to a stream: say -o FILE.parquet")
            if source.output_format == "xlsx":
                raise DumpError("an Excel workbook cannot be written to a stream: say -o FILE.xlsx")
            if self._makes_an_array(source):
                raise DumpError(
                    "a JSON array of a part cannot be written to a stream: say -o FILE, or --output-format jsonl"
                )
            return StreamSink(source.output)
        finish: Finish | None = None
        if source.output_format == "xlsx":
            finish = partial(workbook.assemble, like=source.path if source.format == "xlsx" else None)
        if self._makes_an_array(source):
            finish = partial(json_array.array, compression=source.output_compression, level=self.plan.task.level)
        if source.output_format == "parquet":
            like = source.path if source.format == "parquet" and is_file(source.path) else None
            finish = partial(parquet.assemble, like=like)
        if is_remote(source.output):
            sent = partial(_sent, finish, source.output)
            return RemoteSink(Path(source.file), resume_at=written.get(source.file), finish=sent)
        return FileSink(Path(source.output), resume_at=written.get(source.output), finish=finish, backup=self.plan.backup)

    def _makes_an_array(self, source: Input) -> bool:
        """Whether an output is written as units that become a JSON array: others keep the array of their input."""
        return source.output_format == "json" and (source.format != "json" or self.plan.task.leaves_out)

    def _place(self) -> None:
        """Put the output at work in its place."""
        if self.output is None:
            return
        sources = list(range(self.opened_at, self.current + 1))
        source = self.inputs[self.current]
        if source.in_place and source.name in self.state.damaged:  # to replace it would cost what lies behind the damage
            self.state.not_replaced.append(source.name)
            self.output.discard()
            self._placed(sources)
            return
        self._fill(self.output, source.output_compression, self.plan.task.level)
        if source.in_place:
            for sink in filter(None, (self.output, self.edits, self.rejects)):
                sink.sync()
        if self.ledger:
            self.ledger.placing(self.current)
        self.output.commit()
        self._placed(sources)

    def _fill(self, sink: Sink, compression: str | None, level: int | None = None) -> None:
        """Write an empty frame into a compressed file that got no records: a file of no bytes cannot be unpacked."""
        if compression and isinstance(sink, FileSink) and not sink.extent().offset:
            sink.write(compressor(compression, level)(b""))

    def _placed(self, sources: list[int]) -> None:
        """Note that the output of these inputs is in place, or discarded."""
        self.output = None
        if self.ledger:
            self.ledger.placed(sources, self.batches)
        self.done.placed.update(dict.fromkeys(sources, self.batches))

    def _written(self) -> dict[str, Extent]:
        """Return how much of every file at work is written."""
        return {sink.name: sink.extent() for sink in (self.output, self.edits, self.rejects) if sink}

    def _log(self, value: Mapping[str, object]) -> None:
        """Write a line that is no entry; logs for Dolma and gold rows have none."""
        assert self.edits
        if self.plan.log_format not in ("dolma", "gold"):
            self.edits.write(compressor(self.plan.task.log_compression or "")(encode_line(value)))


def _are_alike(a: str, b: str) -> bool:
    """Whether two files hold the same bytes."""
    import filecmp  # a run that finds a backup of its own

    return filecmp.cmp(a, b, shallow=False)


def _sent(finish: Finish | None, place: str, part: Path, ready: Path) -> None:
    """Make a finished file of a part, and put it in its remote place."""
    import shutil

    if finish:
        finish(part, ready)
    else:
        shutil.copyfile(part, ready)
    upload(ready, place)
