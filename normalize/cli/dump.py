"""A run, seen from the command line: its messages, its ledger, its exit code."""

from __future__ import annotations

import errno
import logging
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from ..dumps.errors import DumpError
from ..dumps.inputs import Input
from ..dumps.plan import Plan
from ..dumps.pool import cores
from ..dumps.reader import InputState, Selection, sample
from ..dumps.record import Fields
from ..dumps.report.diff import Renderer
from ..dumps.run import RunSummary, run
from ..dumps.sink import is_stream
from ..dumps.tally import Tally
from ..dumps.visible import visible
from . import NOT_ALL_CLEAN, OK
from .progress import Progress

LONGEST_SHOWN = 60  # code points of a date that cannot be read


def execute(plan: Plan, options: dict[str, Any]) -> RunSummary:
    """Do the run and say how it ended."""
    prints = plan.prints or any(source.output == "-" for source in plan.inputs)
    with Progress(plan.inputs, options["quiet"], prints=prints) as progress:
        summary = run(plan, progress.watch)
    if plan.fields.date:
        report_dates(plan.fields.date, summary.tally, options["quiet"])
        report_orders(plan.inputs, summary.inputs, options["quiet"])
    conclude(summary, options["quiet"], options["verbose"])
    return summary


def exit_code(summary: RunSummary) -> int:
    """Return 0 where every record was handled as it should be, else 1."""
    return OK if summary.all_well else NOT_ALL_CLEAN


def renderer(style: str) -> Renderer:
    """Make the renderer for this standard output: in colour on a terminal, unless NO_COLOR says otherwise."""
    return Renderer(style, colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR"))


def files(inputs: list[Input]) -> list[str]:
    """The inputs, as they are to be shown."""
    return ["<stdin>" if source.path == "-" else source.path for source in inputs]


def conclude(summary: RunSummary, quiet: bool, verbose: bool) -> None:
    """Say how a run ended."""
    tally = summary.tally
    report_inputs(summary.inputs, quiet)
    if verbose and not quiet:
        write_counts(summary, err=True)
    _echo(f"{sum(tally.edits.values()):,} edits in {tally.changed:,} records", quiet)
    _echo(tally.equation(), quiet and summary.all_well)


def report_inputs(inputs: InputState, quiet: bool) -> None:
    """Say which inputs were empty, and which broke off."""
    for path in inputs.empty:
        _echo(f"{path}: is empty", quiet)
    for path, reason in inputs.damaged:
        click.echo(visible(f"{path}: {reason}; the records before that were handled"), err=True)


def report_dates(field: str, tally: Tally, quiet: bool) -> None:
    """Say which of the dates that were to be used could not be."""
    unread = tally.dates - tally.dates_read
    shown = f"the first is {tally.unread_date[:LONGEST_SHOWN]!r}"
    if not tally.dates:
        nothing_read = tally.records_in == tally.bad
        _echo(f'no record has a date in the field "{field}": dates were not used', quiet or nothing_read)
    elif not tally.dates_read:
        _echo(f'none of the {unread:,} dates in the field "{field}" can be read ({shown}): dates were not used', quiet)
    elif unread:
        counts = f'{unread:,} of the {tally.dates:,} dates in the field "{field}"'
        _echo(f"{counts} cannot be read and were not used ({shown})", quiet)


def report_orders(inputs: Sequence[Input], state: InputState, quiet: bool) -> None:
    """Say where dates in figures were read month first, and where nothing tells how they are to be read."""
    orders = state.date_orders
    for order, said in (("mdy", "month first"), (None, "day first, though nothing tells; --date-order does")):
        found = [index for index in orders if orders[index].order == order and orders[index].example]
        if found:
            first = inputs[found[0]]
            more = f" and {len(found) - 1:,} more" if len(found) > 1 else ""
            name = "<stdin>" if first.path == "-" else first.path
            _echo(f"{name}{more}: dates such as {orders[found[0]].example} were read {said}", quiet)


def write_counts(summary: RunSummary, err: bool = False) -> None:
    """Print the counts of edits and findings by rule, most first."""
    for title, counts in (("edits", summary.tally.edits), ("left as they are", summary.tally.findings)):
        if counts:
            width = max(map(len, counts))
            click.echo(f"{title}:", err=err)
            for rule, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
                click.echo(f"  {rule:{width}} {count:10,}", err=err)


def jobs(options: dict[str, Any]) -> int:
    count: int = options["jobs"] or cores()
    return count


def selection(options: dict[str, Any], inputs: list[Input], fields: Fields) -> Selection:
    """Choose the records of a run. Raises UsageError for --limit with --sample, DumpError for a sample of stdin."""
    if options["limit"] is not None and options["sample"] is not None:
        raise click.UsageError("--limit and --sample exclude each other")
    if options["sample"] is not None:
        return sample(inputs, fields, options["sample"], options["seed"])
    return Selection(options["limit"])


def rejects(options: dict[str, Any], converts: bool) -> tuple[bool, bool]:
    """Say whether bad records are left out of the output, and whether the first ends the run."""
    on_error = options["on_error"]
    if on_error == "reject" and not options["rejects"]:
        raise click.UsageError("--on-error reject needs --rejects FILE: nothing is thrown away unseen")
    if converts and on_error == "keep":
        raise click.UsageError("a bad record cannot be kept in another format: say --rejects FILE or --on-error stop")
    if converts and not options["rejects"]:
        return False, True
    return on_error == "reject" or (on_error is None and options["rejects"] is not None), on_error == "stop"


def ledger(options: dict[str, Any], inputs: list[Input]) -> Path | None:
    """The path of a run's ledger: beside its output; there is none for standard output."""
    output = options["output"]
    if options["in_place"]:
        return Path(inputs[0].path + ".ledger")
    if is_stream(output):
        if options["resume"]:
            raise click.UsageError("--resume needs -o FILE: what went into a stream cannot be gone on with")
        return None
    return Path(output + ".ledger") if inputs[0].output == output else Path(output, "normalize.ledger")


def check_apart(inputs: list[Input], *paths: Path | None) -> None:
    """Raise DumpError where two of the files that a run writes are one, or one of them is an input."""
    taken = {Path(path).resolve() for source in inputs for path in (source.path, source.output) if path != "-"}
    for path in filter(None, paths):
        if path.resolve() in taken:
            raise DumpError(f"{path}: is an input or output of this run already")
        taken.add(path.resolve())


@contextmanager
def report_failures(options: dict[str, Any]) -> Iterator[None]:
    """Set up logging, and turn an error that ends the run into a message for a person."""
    _set_up_logging(options["quiet"], options["verbose"])
    try:
        yield
    except DumpError as error:
        raise click.ClickException(visible(error)) from None
    except BrokenPipeError:
        raise
    except OSError as error:
        name = error.filename or options.get("output", "-")
        name = "standard output" if name == "-" else name
        reason = "the disk is full" if error.errno == errno.ENOSPC else error.strerror or str(error)
        raise click.ClickException(visible(f"{name}: {reason}")) from None


class _Formatter(logging.Formatter):
    """Shows messages, which may name files, so that a terminal obeys nothing in them."""

    def format(self, record: logging.LogRecord) -> str:
        return visible(super().format(record), keep="\n")


def _set_up_logging(quiet: bool, verbose: bool) -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(_Formatter("%(message)s"))
    logger = logging.getLogger("normalize")
    logger.handlers = [handler]
    logger.setLevel(logging.ERROR if quiet else logging.INFO if verbose else logging.WARNING)
    logger.propagate = False


def _echo(message: str, quiet: bool) -> None:
    if not quiet:
        click.echo(visible(message), err=True)
