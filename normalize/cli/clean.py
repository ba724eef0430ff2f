"""normalize clean: texts of files in, repaired texts out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ..dumps.run import Account, Plan

SHOWN_PROBLEMS = 20  # how many bad records are told one by one
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("clean")
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@click.option("-o", "--output", default="-", metavar="FILE", help="Where to write (default: standard output).")
@click.option("--format", type=click.Choice(["txt", "jsonl"]), help="Of the inputs, where their names do not tell.")
@click.option("--lines", is_flag=True, help="A .txt file holds a document a line (default: it is one document).")
@click.option(
    "--field",
    "fields",
    multiple=True,
    default=("text",),
    show_default=True,
    metavar="NAME",
    help="What to clean; may be given several times.",
)
@click.option("--date-field", metavar="NAME", help="The article's own date: it settles which date was meant.")
@click.option("--id-field", metavar="NAME", default="id", show_default=True, help="Names a record in the edit log.")
@click.option("--edits", type=FILE, metavar="FILE", help="Log every edit here, as JSON lines.")
@click.option("--skip", multiple=True, metavar="RULE", help="Do not run this rule or family of rules.")
@click.option("--drop", multiple=True, metavar="TAG", help="Take out what has this tag: boilerplate.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out edits below it.")
@click.option("--rejects", type=FILE, metavar="FILE", help="Bad records go here instead of into the output.")
@click.option(
    "--on-error",
    type=click.Choice(["keep", "reject", "stop"]),
    help="Bad records: pass through unchanged (the default), leave out (the default with --rejects), end the run.",
)
@click.option("-j", "--jobs", type=click.IntRange(0), default=1, metavar="N", help="Processes; 0 is one a core.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def command(**options: Any) -> int:
    """Repair the texts of INPUTs ("-": standard input): .jsonl or .txt, plain or .gz, .bz2, .xz, .zst.

    The data goes to standard output or to -o FILE, which appears only when it is whole; messages go to standard
    error. Everything but the changed fields stays as it is, byte for byte.
    """
    from ..dumps.record import DumpError
    from ..dumps.run import run
    from .progress import Progress

    try:
        plan = _plan(options)
        with Progress(plan.inputs, options["quiet"], SHOWN_PROBLEMS) as progress:
            account = run(plan, progress.watch, stop_on_error=options["on_error"] == "stop")
    except DumpError as error:
        raise click.ClickException(str(error)) from None
    except BrokenPipeError:
        raise
    except OSError as error:
        raise click.ClickException(f"{error.filename or options['output']}: {error.strerror}") from None
    return conclude(account, options["quiet"])


def _plan(options: dict[str, Any]) -> Plan:
    """The run that the options describe. Raises DumpError or UsageError where they make no sense."""
    from ..dumps.formats import kind_of
    from ..dumps.inputs import inputs, same_file
    from ..dumps.pool import cores
    from ..dumps.record import DumpError, Fields
    from ..dumps.run import Plan
    from ..dumps.worker import CleanTask
    from ..normalizer import Normalizer

    output, edits, rejects = options["output"], options["edits"], options["rejects"]
    on_error = options["on_error"] or ("reject" if rejects else "keep")
    if on_error == "reject" and not rejects:
        raise click.UsageError("--on-error reject needs --rejects FILE: nothing is thrown away unseen")
    chosen = inputs(options["inputs"], output, options["format"], options["lines"])
    for path in filter(None, (edits, rejects)):
        if any(same_file(path, source.path) for source in chosen) or str(path) == output:
            raise DumpError(f"{path}: is an input or the output")
    try:
        normalizer = Normalizer(skip=options["skip"], drop=options["drop"], min_confidence=options["min_confidence"])
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    task = CleanTask(
        normalizer,
        Fields(tuple(dict.fromkeys(options["fields"])), options["date_field"], options["id_field"]),
        [source.format for source in chosen],
        [source.path for source in chosen],
        on_error,
        [kind_of(output).compression] * len(chosen),
        kind_of(str(edits)).compression if edits else None,
        kind_of(str(rejects)).compression if rejects else None,
    )
    return Plan(chosen, task, edits, _log_header(normalizer, options), rejects, options["jobs"] or cores())


def _log_header(normalizer: Any, options: dict[str, Any]) -> dict[str, object]:
    from .. import __version__

    named = {key: options[key] for key in ("skip", "drop", "min_confidence", "fields", "date_field", "on_error")}
    return {"normalize": __version__, "dictionaries": normalizer.lexicon.version, "options": named}


def conclude(account: Account, quiet: bool) -> int:
    """Say how the run ended, and return its exit code."""
    tally = account.tally
    for path in account.empty:
        _say(f"{path}: is empty", quiet)
    for path, reason in account.damaged:
        click.echo(f"{path}: {reason}; what came before was handled", err=True)
    if not quiet:
        edits = sum(tally.edits.values())
        click.echo(f"{edits:,} edits in {tally.changed:,} records", err=True)
    clean = tally.balanced and not tally.problem_count and not account.damaged
    _say(tally.equation(), quiet and clean)
    return 0 if clean else 1


def _say(message: str, quiet: bool) -> None:
    if not quiet:
        click.echo(message, err=True)
