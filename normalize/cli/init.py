"""normalize init: a dump in, a normalize.toml for it out."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import options as option
from .config import Configured, toml
from .path_types import FILE

if TYPE_CHECKING:
    from ..dates.order import ColumnOrder
    from ..dumps.inputs import Input
    from ..dumps.survey import Survey

NAME = "normalize.toml"
UNSET = (None, False, "auto")


@click.command("init", cls=Configured)
@option.source
@click.option("-o", "--output", type=FILE, default=NAME, show_default=True, metavar="FILE", help='"-": stdout.')
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def command(output: Path, force: bool, **options: Any) -> None:
    """Look at the first records of INPUTs, and write a normalize.toml that fits them.

    It names the fields with texts, the date, the id and the outlet, and what was seen of them; change it as you like. It
    holds for every run in its folder and those below.
    """
    from ..dumps.sink import write_text
    from ..dumps.survey import survey
    from . import running
    from .closing import counted
    from .progress import Bar, bytes_of

    with running.report_failures(str(output)):
        paths = option.chosen_paths(options)
        if not paths:
            raise click.UsageError("give the dump to look at: a file, or a directory")
        if str(output) != "-" and os.path.exists(output) and not force:
            raise click.UsageError(f"{output} is there already: --force replaces it")
        inputs = option.inputs_alone(paths, options)
        with Bar("looking", lambda: bytes_of(inputs), quiet=False, prints=str(output) == "-") as bar:
            seen = survey(inputs, bar.at)
        if not seen.records:
            raise click.ClickException("there is no good record in it")
        if seen.names_are_values and any(source.format in ("csv", "tsv") for source in inputs):
            raise click.UsageError("the first row looks like a record, not like the names of columns: say --no-header")
        content = written(seen, inputs, options)
        if str(output) == "-":
            click.echo(content, nl=False)
        else:
            write_text(output, content)
            click.echo(f"{output}: written after a look at {counted(seen.records, 'record', 'records')}", err=True)


def written(seen: Survey, inputs: Sequence[Input], options: dict[str, Any]) -> str:
    """The configuration for what was seen."""
    from ..dumps.visible import visible
    from .closing import counted

    paths = [visible(source.path) for source in inputs]
    records = counted(seen.records, "record", "records")
    lines = [f"# For {', '.join(paths[:3])}{', ...' if len(paths) > 3 else ''}, after a look at {records}."]
    settings = {**options, "encoding": _encoding(inputs, options["encoding"])}
    lines += [f"{key} = {toml(settings[name])}" for key, name in option.SOURCE_KEYS.items() if settings[name] not in UNSET]
    for name in seen.texts:
        column = seen.columns[name]
        texts = counted(len(column.strings), "text", "texts")
        lines.append(f"# {visible(name)}: {texts}, the middle one of {column.length:,.0f} characters")
    if seen.texts:
        lines.append(f"field = {toml(seen.texts)}")
    else:
        names = visible(", ".join(seen.columns)) or "none"
        lines.append(f"# No field holds prose: choose among {names}.\n# field = []")
    if seen.date:
        lines += [f"# Of its values {seen.dates_read:.0%} are read.", f"date-field = {toml(seen.date)}", *_order(seen.order)]
    lines += (
        [f"id-field = {toml(seen.id)}"] if seen.id else ["# No field of a name that ids have is different in every record."]
    )
    lines += [f"outlet-field = {toml(seen.outlet)}"] if seen.outlet else []
    return "\n".join(lines) + "\n"


def _encoding(inputs: Sequence[Input], wanted: str) -> str:
    """The encoding of all inputs, where it is one, and not UTF-8; else what was said."""
    found = {source.encoding for source in inputs}
    return wanted if len(found) > 1 or "utf-8" in found else found.pop()


def _order(order: ColumnOrder) -> list[str]:
    """The lines on the order of day and month; none where the day plainly comes first."""
    from ..dumps.visible import visible

    if order.order == "mdy":
        return [f"# The month comes first: {visible(order.example)}.", 'date-order = "mdy"']
    if order.order is None and order.example:
        return [f"# Nothing tells whether {visible(order.example)} is day first, as it is read.", '# date-order = "mdy"']
    return []
