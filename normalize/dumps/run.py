"""A run: inputs to batches, batches through the task in order, outcomes to files, and the account of it all."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .inputs import Input
from .ledger import Ledger
from .pool import outcomes
from .reader import Attach, Reading, Selection
from .record import DumpError, Fields
from .tally import Tally
from .worker import Task
from .writer import Writer

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Plan:
    """Everything a run needs to know."""

    inputs: list[Input]
    fields: Fields
    task: Task
    options: Mapping[str, object]  # those that decide the output
    version: str
    dictionaries: str
    edits: Path | None = None
    rejects: Path | None = None
    backup: str = ""  # suffix under which a file that is cleaned in place is kept
    ledger: Path | None = None
    resume: bool = False
    jobs: int = 1
    stop_on_error: bool = False
    selection: Selection = field(default_factory=Selection)
    show: bool = False  # what is to be shown goes to standard output
    attach: Attach | None = None  # for runs by an edit log


@dataclass(slots=True)
class Account:
    """What came of a run."""

    tally: Tally
    reading: Reading

    @property
    def all_well(self) -> bool:
        return self.tally.balanced and not self.tally.bad and not self.reading.damaged


# What the run tells while it goes: (input, tally of a batch, bytes of the inputs read, as they lie on the disk).
Watch = Callable[[Input, Tally, int], None]


def run(plan: Plan, watch: Watch = lambda *_: None) -> Account:
    """Do it. Every output appears in its place only when it is whole.

    Raises DumpError where the run cannot go on. OSError (disk full, closed pipe) and KeyboardInterrupt pass through,
    and leave what was done to be gone on with.
    """
    ledger = Ledger(plan.ledger, _identity(plan), plan.resume) if plan.ledger else None
    if ledger and ledger.unfinished and not plan.resume:
        log.warning("an unfinished run was here; this one starts over (--resume would have gone on with it)")
    writer = Writer(plan.inputs, plan.task, plan.edits, plan.rejects, plan.backup, ledger, _log_header(plan))
    try:
        writer.open()
        reader = writer.reader(plan.fields, plan.selection, plan.attach)
        for outcome in outcomes(plan.task, reader.batches(), plan.jobs):
            source = plan.inputs[outcome.source]
            watch(source, outcome.tally, reader.reading.bytes_read)
            if plan.stop_on_error and outcome.tally.problems:
                line, reason = outcome.tally.problems[0]
                raise DumpError(f"{source.path}:{line}: {reason}")
            writer.take(outcome)
            if plan.show:
                sys.stdout.write(outcome.shown)
        if plan.stop_on_error and reader.reading.damaged:
            raise DumpError(": ".join(reader.reading.damaged[0]))
        writer.finish()
    except BaseException as error:
        writer.stop(keep=not isinstance(error, DumpError) or error.resumable)
        raise
    return Account(writer.tally, reader.reading)


def _identity(plan: Plan) -> dict[str, object]:
    """What must be the same for a run to be resumed."""
    return {
        "version": plan.version,
        "dictionaries": plan.dictionaries,
        "options": plan.options,
        "inputs": [_status(source.path) for source in plan.inputs],
    }


def _status(path: str) -> tuple[object, ...]:
    if path == "-":
        return (path,)
    status = os.stat(path)
    return path, status.st_size, status.st_mtime_ns


def _log_header(plan: Plan) -> dict[str, object]:
    return {"normalize": plan.version, "dictionaries": plan.dictionaries, "options": plan.options}
