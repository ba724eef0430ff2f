"""Run undo and apply, which differ in one flag."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

from .. import __version__
from ..dumps.errors import DumpError
from ..dumps.formats import kind_of
from ..dumps.log import where
from ..dumps.log.file import read_header
from ..dumps.log.reader import IdLookup, LogReader
from ..dumps.plan import Plan
from ..dumps.record import Fields
from ..dumps.replay import Replay
from ..dumps.worker import Task
from . import dump
from . import options as option


def replay(edits: Path, condition: str | None, by_id: bool, options: dict[str, Any], undoing: bool) -> int:
    """Run a log over the inputs, forwards or backwards, and return the exit code."""
    with dump.report_failures(options):
        fields = _logged_fields(edits)
        if condition is not None:
            where.parse(condition, known(fields))
        inputs = option.chosen_inputs(options)
        rejects = options["rejects"]
        dump.check_apart(inputs, edits, rejects)
        converts = any(source.format != source.output_format for source in inputs)
        reject, stop = dump.rejects(options, converts)
        task = Task(
            Replay(fields, undoing, condition),
            fields,
            inputs,
            reject=reject,
            rejects_compression=kind_of(str(rejects)).compression if rejects else None,
        )
        plan = Plan(
            inputs,
            fields,
            task,
            options={"log": _identity(edits), "where": condition, "undoing": undoing, "by_id": by_id},
            version=__version__,
            dictionaries="",
            rejects=rejects,
            backup=options["backup"] or "",
            ledger=dump.ledger(options, inputs),
            resume=options["resume"],
            jobs=dump.jobs(options),
            stop_on_error=stop,
            selection=dump.selection(options, inputs, fields),
            log_lookup=IdLookup(edits, inputs, fields) if by_id else LogReader(edits, inputs, undoing),
        )
        return dump.exit_code(dump.execute(plan, options))


def known(fields: Fields) -> dict[str, Collection[str]]:
    """The values that names of a condition can have."""
    from ..rules import RULES

    return {"rule": {rule.name for rule in RULES}, "field": fields.texts}


def _logged_fields(edits: Path) -> Fields:
    header: Any = read_header(edits)
    try:
        names, id = header["options"]["fields"], header["options"].get("id_field")
    except (KeyError, TypeError, AttributeError):
        raise DumpError(f"{edits}: its first line does not name the fields") from None
    if not isinstance(names, list) or not all(isinstance(name, str) for name in (*names, id or "")):
        raise DumpError(f"{edits}: its first line does not name the fields")
    return Fields(tuple(names), id=id)


def _identity(path: Path) -> list[object]:
    status = path.stat()
    return [str(path), status.st_size, status.st_mtime_ns]
