"""Run undo and apply, which differ in one flag."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import click

from .. import __version__
from ..dumps.errors import DumpError
from ..dumps.formats import kind_of
from ..dumps.formats.encoding import AUTO
from ..dumps.formats.nested import is_nested
from ..dumps.log import where
from ..dumps.log.file import read_header
from ..dumps.log.matching import Matching, matching
from ..dumps.log.reader import IdLookup
from ..dumps.plan import Plan
from ..dumps.record import Fields
from ..dumps.replay import Replay
from ..dumps.run import RunSummary
from ..dumps.worker import Task
from . import NOT_ALL_CLEAN, running
from . import options as option
from .closing import counted, echo
from .progress import Progress


def replay(
    edits: Path, condition: str | None, way: str, options: dict[str, Any], undoing: bool, left: Path | None = None
) -> int:
    """Run a log over the inputs, forwards or backwards, and return the exit code."""
    with (
        running.report_failures(options["output"], quiet=options["quiet"], verbose=options["verbose"]),
        readable_log(edits, options) as log,
    ):
        header = read_header(log)
        fields = logged_fields(log)
        if condition is not None:
            where.parse(condition, known(fields))
        inputs = option.chosen_inputs({**options, "encoding": _encoding(options["encoding"], header)}, fields.texts)
        rejects = options["rejects"]
        running.check_stream(options, {"the edits that stay": left, "the rejects": rejects})
        ledger = running.ledger(options, inputs)
        running.check_apart(inputs, None if edits != log else log, rejects, left, ledger)
        converts = any(source.format != source.output_format for source in inputs)
        reject, stop = running.rejects(options, converts)
        task = Task(
            Replay(fields, undoing, condition, left is not None),
            fields,
            inputs,
            reject=reject,
            leaves_out=running.leaves_out(options, reject),
            level=running.level(options, inputs),
            rejects_compression=kind_of(str(rejects)).compression if rejects else None,
            log_compression=kind_of(str(left)).compression if left else None,
        )
        with Progress(inputs, options["quiet"], "looking for the log's records") as progress:
            found = matching(log, inputs, fields, undoing, way, progress.watch)
        echo(f"matched {found.how}", options["quiet"])
        what = {"where": condition, "undoing": undoing, "match": way, "level": options["compression_level"]}
        plan = Plan(
            inputs,
            fields,
            task,
            options={"fields": fields.texts, "id_field": fields.id, "log": _identity(edits, log), **what},
            version=__version__,
            dictionaries=str(header.get("dictionaries", "")),
            edits=left,
            log_format="parquet" if left and kind_of(str(left)).format == "parquet" else "jsonl",
            rejects=rejects,
            backup=options["backup"] or "",
            ledger=ledger,
            resume=options["resume"],
            jobs=running.jobs(options),
            stop_on_error=stop,
            selection=running.selection(options, inputs, fields),
            log_lookup=found.lookup,
        )
        summary = running.execute(plan, options, "undoing" if undoing else "applying")
        if plan.selection.is_all and not options["resume"] and not _all_there(found, summary):
            return NOT_ALL_CLEAN
        return running.exit_code(summary)


@contextmanager
def readable_log(edits: Path, options: dict[str, Any]) -> Iterator[Path]:
    """The log as a file, which is read more than once: standard input or a pipe is written into one.

    Raises UsageError where standard input is wanted for the data, too, or the run is one to resume.
    """
    if edits.is_file():
        yield edits
        return
    is_stdin = str(edits) == "-"
    if is_stdin and options["files_from"] is not None and options["files_from"].name == "<stdin>":
        raise click.UsageError("standard input cannot hold the log and the names of the inputs")
    if is_stdin and ("-" in options["inputs"] or not (options["inputs"] or options["files_from"])):
        raise click.UsageError("standard input cannot hold both the log and the data: name the INPUTs")
    if options.get("resume"):
        raise click.UsageError("--resume needs a log in a file: standard input, or a pipe, cannot be read again")
    with tempfile.TemporaryDirectory(prefix="normalize-") as folder:
        log = Path(folder, "standard input" if is_stdin else "pipe")
        with log.open("wb") as file, nullcontext(sys.stdin.buffer) if is_stdin else edits.open("rb") as stream:
            shutil.copyfileobj(stream, file)
        yield log


def known(fields: Fields) -> dict[str, Collection[str]]:
    """The values that names of a condition can have."""
    from ..rules.lookup import known_names

    rules = known_names()
    return {"rule": rules} if any(map(is_nested, fields.texts)) else {"rule": rules, "field": fields.texts}


def logged_fields(log: Path) -> Fields:
    """The fields that a log is about. Raises DumpError where it does not say."""
    header: Any = read_header(log)
    try:
        names, id = header["options"]["fields"], header["options"].get("id_field")
    except (KeyError, TypeError, AttributeError):
        raise DumpError(f"{log}: its first line does not name the fields") from None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in (*names, id or "")):
        raise DumpError(f"{log}: its first line does not name the fields")
    return Fields(tuple(names), id=id)


def _encoding(wanted: str, header: Mapping[str, Any]) -> str:
    """The encoding to read by: unless one is wanted, that by which the log's run read."""
    logged = header["options"].get("encoding")
    return logged if wanted == AUTO and isinstance(logged, str) else wanted


def _all_there(found: Matching, summary: RunSummary) -> bool:
    """Say which entries had no record, and return whether every one had that had to: by id, some may have been filtered out.

    Where an input broke off, that is the reason, and was said.
    """
    if not isinstance(found.lookup, IdLookup):
        return True  # the run itself says what is missing where places are known
    missing = 0 if summary.inputs.damaged else found.lookup.unmatched()
    if missing:
        entries = counted(missing, "entry of the log is about a record", "entries of the log are about records")
        echo(f"{entries} not in the inputs", False)
    return not missing or bool(found.lookup.met)


def _identity(given: Path, log: Path) -> Sequence[object]:
    status = log.stat()
    return [str(given), status.st_size, status.st_mtime_ns] if given == log else ["-"]
