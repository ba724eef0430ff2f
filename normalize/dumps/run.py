"""A run: inputs to batches, batches through the task in order, outcomes to files, and the account of it all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import RawIOBase
from pathlib import Path

from . import edit_log
from .compression import chunks, compressor
from .formats import pieces
from .pool import outcomes
from .record import Batch, DamagedInput, DumpError
from .sink import FileSink, Sink, StandardOutput
from .tally import Tally
from .worker import CleanTask, Outcome


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a run and where its records go. "-" is standard input or output."""

    path: str
    format: str
    compression: str | None  # None: go by the first bytes
    output: str
    label: str  # of the output, in the log: its path below the output directory, or its name


@dataclass(slots=True)
class Plan:
    """Everything a run needs to know."""

    inputs: list[Input]
    task: CleanTask
    log: Path | None = None
    log_header: Mapping[str, object] = field(default_factory=dict)
    rejects: Path | None = None
    jobs: int = 1


@dataclass(slots=True)
class Account:
    """What came of a run."""

    tally: Tally = field(default_factory=Tally)
    damaged: list[tuple[str, str]] = field(default_factory=list)  # (input, what is wrong)
    empty: list[str] = field(default_factory=list)
    bytes_read: int = 0  # of the inputs, as they lie on the disk


# What the run tells while it goes: (input, tally of a batch, bytes of the inputs read, as they lie on the disk).
Watch = Callable[[Input, Tally, int], None]


def run(plan: Plan, watch: Watch = lambda *_: None, stop_on_error: bool = False) -> Account:
    """Do it. Raises DumpError where the run cannot go on; then no output has been put in place.

    OSError (disk full, broken pipe) and KeyboardInterrupt pass through, too, with the same promise.
    """
    account = Account()
    writer = _Writer(plan, account)
    try:
        for outcome in outcomes(plan.task, _batches(plan, account), plan.jobs):
            source = plan.inputs[outcome.source]
            watch(source, outcome.tally, account.bytes_read)
            if stop_on_error and outcome.tally.problems:
                line, reason = outcome.tally.problems[0]
                raise DumpError(f"{source.path}:{line}: {reason}")
            writer.take(outcome)
        if stop_on_error and account.damaged:
            raise DumpError(": ".join(account.damaged[0]))
        writer.finish()
    except BaseException:
        writer.discard()
        raise
    return account


def _batches(plan: Plan, account: Account) -> Iterator[Batch]:
    number = 0
    for index, source in enumerate(plan.inputs):
        followed = index + 1 < len(plan.inputs) and plan.inputs[index + 1].output == source.output
        empty = True
        try:
            for piece in pieces(source.format, _open(source, account)):
                empty = False
                data = piece.data
                if followed and not data.endswith(b"\n"):  # or the next input's first record would join the last
                    data += b"\n"
                yield Batch(number, index, piece.first, piece.length, data)
                number += 1
        except DamagedInput as error:
            account.damaged.append((source.path, str(error)))
        except DumpError as error:
            raise DumpError(f"{source.path}: {error}") from None
        else:
            if empty:
                account.empty.append(source.path)


def _open(source: Input, account: Account) -> Iterator[bytes]:
    with open(0 if source.path == "-" else source.path, "rb", buffering=0, closefd=source.path != "-") as stream:
        yield from chunks(_Counted(stream, account), source.compression)


class _Counted:
    """A stream that tells the account how much of it was read."""

    def __init__(self, stream: RawIOBase, account: Account) -> None:
        self.stream, self.account = stream, account

    def read(self, size: int) -> bytes:
        data = self.stream.read(size) or b""
        self.account.bytes_read += len(data)
        return data


class _Writer:
    """Appends outcomes to the files they belong in, input by input."""

    def __init__(self, plan: Plan, account: Account) -> None:
        self.plan, self.account = plan, account
        self.sinks: list[Sink] = []
        self.log = self._file(plan.log)
        self.rejects = self._file(plan.rejects)
        self.output: Sink | None = None
        self.current = -1
        self.lines_before = 0
        if self.log:
            self._log(plan.log_header)
        self._advance(0)

    def take(self, outcome: Outcome) -> None:
        self._advance(outcome.source)
        assert self.output
        self.output.write(outcome.output)
        if self.log:
            self.log.write(outcome.log)
        if self.rejects:
            self.rejects.write(outcome.rejects)
        self.account.tally.add(outcome.tally)

    def finish(self) -> None:
        """Every outcome was taken: put the files in place."""
        self._advance(len(self.plan.inputs) - 1)
        for sink in self.sinks:
            sink.commit()

    def discard(self) -> None:
        for sink in self.sinks:
            sink.discard()

    def _file(self, path: Path | None) -> FileSink | None:
        if path is None:
            return None
        sink = FileSink(path)
        self.sinks.append(sink)
        return sink

    def _advance(self, source: int) -> None:
        """Open what the input needs and say in the log that it begins; also for inputs without a record."""
        while self.current < source:
            self.current += 1
            now = self.plan.inputs[self.current]
            if self.output is None:
                self.output = StandardOutput() if now.output == "-" else FileSink(Path(now.output))
                self.sinks.append(self.output)
            if self.log:
                self._log({"input": now.path, "output": now.label, "first": self.lines_before})

    def _log(self, value: Mapping[str, object]) -> None:
        assert self.log
        self.log.write(compressor(self.plan.task.log_compression or "")(edit_log.line(value)))
