"""normalize learn: dumps in, counts of their frequent words, names and lines out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from . import NOT_ALL_CLEAN, OK
from . import options as option
from .config import Configured
from .path_types import FOLDER


@click.command("learn", cls=Configured)
@option.reading
@option.texts("learn from")
@click.option("--outlet-field", metavar="NAME", default="outlet", show_default=True, help="Field with the outlet.")
@click.option(
    "-o",
    "--output",
    required=True,
    type=FOLDER,
    metavar="DIR",
    help="The folder to write: TSV files with counts.",
)
@click.option("--copies", is_flag=True, help="Also learn what most copies of a text have; INPUTs are read twice more.")
@click.option("--merge", is_flag=True, help="INPUTs are such folders: write one as if it had been learnt from all dumps.")
@option.running
def command(output: Path, merge: bool, copies: bool, **options: Any) -> int:
    """Learn from INPUTs, for `clean --learned DIR`.

    Counted are bylines, addresses of outlets, names, words, and lines that repeat in many articles of an outlet. A byline
    seen once is then repaired to a nearly equal one seen often, what is frequent stays as it is, and the lines that repeat
    are reported as boilerplate, and taken out with --drop boilerplate. Copies of an article, exact or nearly so, count once.

    With --copies they vote: where one has a word that nobody knows, a hole, or a date that the calendar contradicts, and
    other texts with the same words around it have something else, `clean` mends the word, tells what the others have, and
    fills holes with --fill-holes.
    """
    from . import running

    with running.report_failures(output, quiet=options["quiet"], verbose=options["verbose"]):
        return _merge(output, options) if merge else _learn(output, copies, options)


def _merge(output: Path, options: dict[str, Any]) -> int:
    from ..learn.folder import merge, size
    from ..lexicon.learned import LearnedError
    from .progress import Bar

    folders = [Path(path) for path in option.chosen_paths(options)]
    if not folders:
        raise click.UsageError("--merge needs the folders to merge")
    done = 0
    try:
        with Bar("merging", lambda: sum(map(size, folders)), options["quiet"]) as bar:

            def watch(more: int) -> None:
                nonlocal done
                done += more
                bar.at(done)

            merge(folders, output, watch)
    except LearnedError as error:
        raise click.ClickException(str(error)) from None
    return 0


def _learn(output: Path, copies: bool, options: dict[str, Any]) -> int:
    from ..dumps.copies import Passes
    from ..dumps.learn import run
    from ..dumps.record import Fields
    from ..learn.copies import conclusions
    from ..learn.folder import write_copies
    from . import running
    from .closing import counted, report_configuration, report_inputs
    from .progress import Progress

    paths = option.chosen_paths(options) or ["-"]
    if copies and "-" in paths:
        raise click.UsageError("--copies goes over the inputs three times: standard input cannot be read again")
    inputs = option.inputs_alone(paths, options)
    fields = Fields(option.texts_of(options), id=None, outlet=options["outlet_field"])
    running.check_first(inputs, fields)
    selection = running.selection(options, inputs, fields)
    with Progress(inputs, options["quiet"], "learning") as progress:
        summary = run(inputs, fields, output, jobs=running.jobs(options), selection=selection, watch=progress.watch)
    if copies:
        passes = Passes(inputs, fields, selection, running.jobs(options))
        with Progress(inputs, options["quiet"], "looking for doubts") as progress:
            sought = passes.doubts(progress.watch)
        with Progress(inputs, options["quiet"], "looking at copies") as progress:
            votes = passes.votes(sought, progress.watch)
        places = write_copies(conclusions(sought, votes), output)
        if not options["quiet"]:
            click.echo(f"copies tell something at {counted(places, 'place', 'places')}", err=True)
    tally = summary.tally
    report_configuration(options["quiet"])
    report_inputs(options["inputs"], summary.inputs, options["quiet"])
    if not (options["quiet"] and summary.all_well):
        click.echo(f"{tally.records_in:,} in = {tally.records_out:,} learnt from + {tally.bad:,} bad", err=True)
    return OK if summary.all_well else NOT_ALL_CLEAN
