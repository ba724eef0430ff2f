"""normalize clean: texts of files in, repaired texts out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from . import options as option
from .config import Configured
from .path_types import FILE

if TYPE_CHECKING:
    from ..dumps.plan import Plan

# What does not decide the bytes of the output.
_INCIDENTAL = {
    "inputs",
    "files_from",
    "jobs",
    "quiet",
    "verbose",
    "resume",
    "output",
    "edits",
    "rejects",
    "backup",
    "diff",
    "dry_run",
}


@click.command("clean", cls=Configured)
@option.reading
@option.fields
@option.article_dates
@option.rules
@option.reviewed
@option.writing
@option.together(
    "Log and report",
    click.option("--edits", type=FILE, metavar="FILE", help='Log every edit here, to undo it later; "-": on stdout.'),
    click.option(
        "--edits-format",
        type=click.Choice(["jsonl", "parquet", "dolma"]),
        help="Format of the log: JSON lines (the default), Parquet (so for .parquet), span attributes for Dolma.",
    ),
    click.option("--diff", is_flag=True, help="Show every change on standard output; without -o, nothing else is written."),
    click.option("--dry-run", is_flag=True, help="Write nothing; show the counts by rule."),
    click.option(
        "--report",
        type=FILE,
        multiple=True,
        metavar="FILE",
        help="Report the run and the noise of the dump, in a .json file or as an .html page; may be given twice.",
    ),
)
@option.running
def command(**options: Any) -> int:
    """Repair the texts of INPUTs: files, directories, glob patterns, or "-" for standard input.

    Formats are txt, jsonl (ndjson, jl), json, csv, tsv (tab), xlsx and parquet, all but the last two also as .gz, .bz2,
    .xz or .zst, and all in .zip. The data goes to standard output or to -o, where a file appears only when it is whole;
    messages go to standard error. Everything but the changed fields stays as it is, byte for byte.
    """
    from . import closing, reporting, running

    with running.report_failures(options["output"], quiet=options["quiet"], verbose=options["verbose"]):
        running.check_stream(options, {"the log": options["edits"], "the rejects": options["rejects"]})
        if options["dry_run"] and (options["edits"] or options["rejects"] or options["resume"]):
            raise click.UsageError("--dry-run writes nothing: it goes with none of --edits, --rejects, --resume")
        planned = plan(options)
        summary = running.execute(planned, options)
        if options["report"]:
            from ..dumps.report.data import report
            from ..dumps.report.page import page

            reporting.write(options["report"], report(planned, summary), page)
        if options["dry_run"]:
            closing.write_counts(summary)
        return running.exit_code(summary)


def plan(options: dict[str, Any]) -> Plan:
    """The run that the options describe. Raises DumpError or UsageError where they make no sense."""
    from .. import __version__
    from ..dumps.clean import Clean
    from ..dumps.formats import kind_of
    from ..dumps.plan import Plan
    from ..dumps.worker import Task
    from . import reporting, running

    inputs = option.chosen_inputs(options)
    fields = option.chosen_fields(options)
    running.check_first(inputs, fields)
    normalizer = option.normalizer(options)
    edits, rejects = options["edits"], options["rejects"]
    boilerplate = reporting.boilerplate(options["report"])
    converts = any(source.format != source.output_format for source in inputs)
    writes = not options["dry_run"] and not (options["diff"] and options["output"] == "-" and not options["in_place"])
    ledger = running.ledger(options, inputs) if writes else None
    running.check_apart(inputs, edits, rejects, *options["report"], ledger)
    reject, stop = running.rejects(options, converts)
    log_format = options["edits_format"] or ("parquet" if edits and kind_of(str(edits)).format == "parquet" else "jsonl")
    render = running.renderer("diff") if options["diff"] else None
    task = Task(
        Clean(
            normalizer,
            fields,
            edits is not None,
            boilerplate,
            render,
            running.files(inputs),
            option.verdict(options),
            options["crawled"],
        ),
        fields,
        inputs,
        reject=reject,
        leaves_out=running.leaves_out(options, reject),
        level=running.level(options, inputs),
        writes=writes,
        log_format=log_format,
        log_compression=kind_of(str(edits)).compression if edits else None,
        rejects_compression=kind_of(str(rejects)).compression if rejects else None,
    )
    return Plan(
        inputs,
        fields,
        task,
        options={
            **{name: value for name, value in options.items() if name not in _INCIDENTAL},
            "fields": fields.texts,
            "report": bool(options["report"]),
            "review": running.identity(options["review"]),
            "crawled": options["crawled"] and options["crawled"].isoformat(),
        },
        version=__version__,
        dictionaries=normalizer.lexicon.version,
        edits=edits,
        log_format=log_format,
        rejects=rejects,
        backup=options["backup"] or "",
        ledger=ledger,
        resume=options["resume"],
        jobs=running.jobs(options),
        stop_on_error=stop,
        selection=running.selection(options, inputs, fields),
        prints=options["diff"],
        date_order=options["date_order"],
    )
