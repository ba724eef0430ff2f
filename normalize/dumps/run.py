"""Run a plan: inputs to batches, batches through the task in order, results to files, and the summary of it all."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable

import msgspec

from .errors import DumpError
from .inputs import Input
from .ledger import Ledger
from .locations import status
from .plan import Plan
from .pool import results
from .reader import InputState
from .tally import Tally
from .writer import Writer

log = logging.getLogger(__name__)


class RunSummary(msgspec.Struct):
    """The counts of a run, the state of its inputs, and its time."""

    tally: Tally
    inputs: InputState
    seconds: float  # of this run
    fresh_bytes: int  # the part of `tally.bytes_in` that this run read; an earlier run that it continues read the rest

    @property
    def all_well(self) -> bool:
        whole = not self.inputs.damaged and not self.inputs.unfound
        in_vain = self.tally.done_before and not self.tally.edits  # a log that was undone (made) before, or a wrong one
        return self.tally.balanced and not self.tally.bad and not self.tally.unfound and whole and not in_vain


# Called after every batch with its input, its tally, and the bytes of the inputs read so far, as they lie on the disk.
Watch = Callable[[Input, Tally, int], None]


def run(plan: Plan, watch: Watch = lambda *_: None) -> RunSummary:
    """Run `plan`. Every output appears in its place only when it is whole.

    Raises DumpError where the run cannot go on. OSError (disk full, closed pipe) and KeyboardInterrupt pass through;
    what was done until then is kept for --resume.
    """
    ledger = Ledger(plan.ledger, plan, _identity(plan)) if plan.ledger else None
    if ledger and ledger.unfinished and not plan.resume:
        if ledger.replaced:
            log.warning("an unfinished run has replaced inputs here: it is continued")
        else:
            log.warning("an unfinished run was here; this one starts over (--resume would have continued it)")
    writer = Writer(plan, ledger)
    started, before = time.monotonic(), writer.tally.bytes_in
    try:
        writer.open()
        reader = writer.reader()
        for result in results(plan.task, reader.batches(), plan.jobs, plan.task.handler.prepare):
            source = plan.inputs[result.source]
            if plan.stop_on_error and result.tally.problems:
                line, reason = result.tally.problems[0]
                hint = " (--rejects FILE would put it aside)" if source.format != source.output_format else ""
                cause = f"; {reader.state.damaged[source.name]}" if source.name in reader.state.damaged else ""
                raise DumpError(f"{source.name}:{line}: {reason}{hint}{cause}")
            watch(source, result.tally, reader.state.bytes_read)
            writer.take(result)
            if plan.prints:
                sys.stdout.write(result.rendered)
        for path, reason in (*reader.state.damaged.items(), *reader.state.unfound) if plan.stop_on_error else ():
            raise DumpError(f"{path}: {reason}")
        writer.finish()
    except BaseException as error:
        writer.stop(keep=not isinstance(error, DumpError) or error.resumable)
        raise
    tally = writer.tally
    return RunSummary(tally, reader.state, time.monotonic() - started, tally.bytes_in - before)


def _identity(plan: Plan) -> dict[str, object]:
    """The versions, options and inputs that must be the same for a run to be resumed."""
    return {
        "version": plan.version,
        "dictionaries": plan.dictionaries,
        "options": plan.options,
        "inputs": [(source.path,) if source.path == "-" else status(source.path) for source in plan.inputs],
    }
