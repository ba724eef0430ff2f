"""normalize init: a dump in, a normalize.toml for it out."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import options as option
from .config import Configured, toml

if TYPE_CHECKING:
    from ..dumps.survey import Survey

NAME = "normalize.toml"


@click.command("init", cls=Configured)
@option.source
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False), default=NAME, show_default=True, metavar="FILE", help='"-": shown.'
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
def command(output: str, force: bool, **options: Any) -> None:
    """Look at the first records of INPUTs, and write a normalize.toml that fits them.

    It names the fields with texts, the date, the id and the outlet, and what was seen of them; change it as you like. It
    holds for every run in its folder and those below.
    """
    from ..dumps.survey import survey
    from . import dump
    from .progress import Bar, bytes_of

    with dump.report_failures({"quiet": False, "verbose": False, "output": output}):
        paths = option.chosen_paths(options)
        if not paths:
            raise click.UsageError("give the dump to look at: a file, or a directory")
        if output != "-" and os.path.exists(output) and not force:
            raise click.UsageError(f"{output} is there already: --force replaces it")
        inputs = option.inputs_alone(paths, options)
        with Bar("looking", bytes_of(inputs), quiet=False, prints=output == "-") as bar:
            seen = survey(inputs, bar.at)
        if not seen.records:
            raise click.ClickException("there is no good record in it")
        content = written(seen, [source.path for source in inputs], options)
        if output == "-":
            click.echo(content, nl=False)
        else:
            Path(output).write_text(content, encoding="utf-8")
            click.echo(f"{output}: written after a look at {seen.records:,} records", err=True)


def written(seen: Survey, paths: list[str], options: dict[str, Any]) -> str:
    """The configuration for what was seen."""
    lines = [f"# For {', '.join(paths[:3])}{', ...' if len(paths) > 3 else ''}, after a look at {seen.records:,} records."]
    lines += [
        f"{key} = {toml(options[name])}"
        for key, name in option.SOURCE_KEYS.items()
        if options[name] not in (None, False, "auto")
    ]
    for name in seen.texts:
        column = seen.columns[name]
        lines.append(f"# {name}: {len(column.strings):,} texts, the middle one of {column.length:,.0f} characters")
    if seen.texts:
        lines.append(f"field = {toml(seen.texts)}")
    else:
        lines.append(f"# No field holds prose: choose among {', '.join(seen.columns) or 'none'}.\n# field = []")
    if seen.date:
        lines += [f"# Of its values {seen.dates_read:.0%} are read.", f"date-field = {toml(seen.date)}"]
    lines += (
        [f"id-field = {toml(seen.id)}"] if seen.id else ["# No field of a name that ids have is different in every record."]
    )
    lines += [f"outlet-field = {toml(seen.outlet)}"] if seen.outlet else []
    return "\n".join(lines) + "\n"
