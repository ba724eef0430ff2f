"""A run, seen from the command line: its messages, its ledger, its exit code."""

from __future__ import annotations

import errno
import logging
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from ..dumps import preflight
from ..dumps.errors import DumpError
from ..dumps.formats.compression import checked_level
from ..dumps.inputs import Input
from ..dumps.locations import is_remote, local_copy
from ..dumps.plan import Plan
from ..dumps.pool import cores
from ..dumps.reader import Selection, sample
from ..dumps.record import Fields
from ..dumps.run import RunSummary, run
from ..dumps.sink import UNFINISHED, is_stream
from ..dumps.visible import visible
from . import NOT_ALL_CLEAN, OK, closing
from .progress import Progress

if TYPE_CHECKING:
    from ..dumps.report.diff import Renderer


def execute(plan: Plan, options: dict[str, Any], doing: str = "cleaning") -> RunSummary:
    """Do the run and say how it ended. `doing`: a key of closing.EDITS."""
    prints = plan.prints or str(plan.edits) == "-" or any(source.output == "-" for source in plan.inputs)
    with Progress(plan.inputs, options["quiet"], doing, prints=prints) as progress:
        summary = run(plan, progress.watch)
    closing.conclude(plan, summary, options["inputs"], options["quiet"], options["verbose"], doing)
    return summary


def exit_code(summary: RunSummary) -> int:
    """Return 0 where every record was handled as it should be, else 1."""
    return OK if summary.all_well else NOT_ALL_CLEAN


def renderer(style: str) -> Renderer:
    """Make the renderer for this standard output: in colour on a terminal, unless NO_COLOR says otherwise."""
    from ..dumps.report.diff import Renderer

    return Renderer(style, colour=sys.stdout.isatty() and not os.environ.get("NO_COLOR"))


def files(inputs: list[Input]) -> list[str]:
    """The inputs, as they are to be shown."""
    return ["<stdin>" if source.path == "-" else source.path for source in inputs]


def jobs(options: dict[str, Any]) -> int:
    count: int = options["jobs"] or cores()
    return count


def check_first(inputs: list[Input], fields: Fields) -> None:
    """Raise DumpError where inputs have not got the fields that were asked for, before anything is written."""
    context = click.get_current_context()
    unasked = (ParameterSource.DEFAULT, None)
    given = {"date_field": fields.date, "id_field": fields.id, "outlet_field": fields.outlet}
    named = [name for option, name in given.items() if name and context.get_parameter_source(option) not in unasked]
    preflight.check(inputs, fields, named)


def identity(path: Path | None) -> str | None:
    """A file that decides what comes out: its name, and a hash of what is in it."""
    if path is None:
        return None
    import hashlib  # which loads OpenSSL

    return f"{path} ({hashlib.sha256(path.read_bytes()).hexdigest()[:16]})"


def selection(options: dict[str, Any], inputs: list[Input], fields: Fields) -> Selection:
    """Choose the records of a run. Raises DumpError for a sample of standard input.

    Raises UsageError for --limit with --sample, and where the records that are not chosen would be lost.
    """
    if options["limit"] is not None and options["sample"] is not None:
        raise click.UsageError("--limit and --sample exclude each other")
    chooses = options["limit"] is not None or options["sample"] is not None
    if chooses and options.get("in_place") and not options.get("dry_run"):
        raise click.UsageError("--limit and --sample write a part: --in-place would lose the rest; say -o FILE")
    if options["sample"] is not None:
        return sample(inputs, fields, options["sample"], options["seed"])
    return Selection(options["limit"])


def level(options: dict[str, Any], inputs: list[Input]) -> int | None:
    """The level of the outputs' compression. Raises UsageError where there is none, DumpError for a level beyond it."""
    wanted: int | None = options["compression_level"]
    if wanted is None:
        return None
    kinds = {source.output_compression for source in inputs if source.output_compression}
    if not kinds:
        raise click.UsageError("--compression-level: no output is compressed: name it .gz, .bz2, .xz or .zst")
    for kind in kinds:
        checked_level(kind, wanted)
    return wanted


def leaves_out(options: dict[str, Any], reject: bool) -> bool:
    """Say whether records may be left out of the output."""
    return reject or options["limit"] is not None or options["sample"] is not None


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
            raise click.UsageError("--resume needs -o FILE: output to a stream cannot be resumed")
        return None
    if is_remote(output):
        return Path(f"{local_copy(output.rstrip('/'))}.ledger")
    return Path(output + ".ledger") if inputs[0].output == output else Path(output, "normalize.ledger")


def check_stream(options: dict[str, Any], files: Mapping[str, Path | None]) -> None:
    """Raise UsageError where two things would go to standard output, or a file there would have to be resumed.

    files: those that the run writes beside its data, by what they hold.
    """
    there = [what for what, path in files.items() if str(path) == "-"]
    if there and options.get("resume"):
        raise click.UsageError(f"--resume needs {there[0]} in a file: output to a stream cannot be resumed")
    shows = bool(options.get("diff"))
    data = options["output"] == "-" and not options.get("in_place") and not shows and not options.get("dry_run")
    there += ["what is shown"] * shows + ["the data"] * data
    if len(there) > 1:
        raise click.UsageError(f"standard output cannot hold both {there[0]} and {there[1]}: name a file for one of them")


def check_apart(inputs: list[Input], *paths: Path | None) -> None:
    """Raise DumpError where two of the files that a run writes are one, or one of them is an input.

    So are files that it makes on its way, beside those that it writes.
    """
    outputs = {source.output for source in inputs}
    taken = {os.path.realpath(path) for path in (*outputs, *(source.path for source in inputs)) if path != "-"}
    others = [str(path) for path in paths if path and str(path) != "-"]
    for path in others:
        if (place := os.path.realpath(path)) in taken:
            raise DumpError(f"{path}: is an input or output of this run already: give another name, or move it elsewhere")
        taken.add(place)
    for path in (*outputs, *others):
        folder, name = os.path.split(path)
        for suffix in UNFINISHED:
            if os.path.join(os.path.realpath(folder), name + suffix) in taken:
                raise DumpError(f"{path}{suffix}: is what {path} is made of until it is whole: give it another name")


@contextmanager
def report_failures(output: object = "-", *, quiet: bool = False, verbose: bool = False) -> Iterator[None]:
    """Set up logging, and turn an error that ends the run into a message for a person.

    output: the file that is at fault where an error of the system names none; "-" is standard output.
    """
    _set_up_logging(quiet, verbose)
    try:
        yield
    except DumpError as error:
        raise click.ClickException(visible(error)) from None
    except BrokenPipeError:
        raise
    except OSError as error:
        name = error.filename or str(output)
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
