"""normalize check: is there anything to repair?"""

from __future__ import annotations

from typing import Any

import click

from . import FAILED, NOT_ALL_CLEAN, OK
from . import options as option
from .config import Configured


@click.command("check", cls=Configured)
@option.reading
@option.fields
@option.article_dates
@option.rules
@option.reviewed
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="Format of the output.")
@option.running
def command(style: str, **options: Any) -> int:
    """Show what `clean` would repair in INPUTs, and write nothing.

    Exit code 0: nothing to repair; 1: something is; 2: the check failed, or a record is bad. What `clean` only reports
    (boilerplate, say) is shown too, but does not count. With -q nothing is shown.
    """
    from .. import __version__
    from ..dumps.clean import Clean
    from ..dumps.plan import Plan
    from ..dumps.worker import Task
    from . import running

    with running.report_failures(quiet=options["quiet"], verbose=options["verbose"]):
        inputs = option.chosen_inputs(options)
        fields = option.chosen_fields(options)
        running.check_first(inputs, fields)
        normalizer = option.normalizer(options)
        silent = options["quiet"] and style == "text"
        render = None if silent else running.renderer(style)
        verdict, crawled = option.verdict(options), options["crawled"]
        clean = Clean(normalizer, fields, render=render, files=running.files(inputs), verdict=verdict, crawled=crawled)
        plan = Plan(
            inputs,
            fields,
            Task(clean, fields, inputs, writes=False),
            options={},
            version=__version__,
            dictionaries=normalizer.lexicon.version,
            jobs=running.jobs(options),
            selection=running.selection(options, inputs, fields),
            prints=True,
            date_order=options["date_order"],
        )
        summary = running.execute(plan, options, "checking")
    if not summary.all_well:
        return FAILED
    return NOT_ALL_CLEAN if summary.tally.edits else OK
