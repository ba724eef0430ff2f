"""normalize card: a dataset card from the report of a run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from .path_types import FILE, LOG


@click.command("card")
@click.argument("report", type=LOG, metavar="REPORT.json")
@click.option("-o", "--output", type=FILE, metavar="FILE", help="Where to write it: README.md (default: standard output).")
@click.option("--name", default="Indonesian news, cleaned", show_default=True, help="Name of the data set.")
@click.option(
    "--licence", default="unknown", show_default=True, metavar="ID", help="Licence of the data set, as the hub calls it."
)
@click.option("--source", default="", metavar="TEXT", help="Where the texts are from, in a sentence.")
@click.option("--audit", type=LOG, metavar="FILE", help="What `normalize audit` wrote: tells how many edits are right.")
def command(report: Path, output: Path | None, name: str, licence: str, source: str, audit: Path | None) -> int:
    """Write a dataset card from REPORT.json, which `normalize clean --report` wrote.

    It has the YAML head that Hugging Face reads, sources with hashes, the rules with counts, sample edits, versions, and how
    to undo it all; with --audit, what share of each rule's edits is right, with intervals.
    """
    from ..dumps.report.card import Wording, card
    from ..dumps.review import answers, precision
    from ..dumps.sink import write_text
    from ..rules import RULES
    from . import running

    with running.report_failures(output or "-"):
        docs = {rule.name: rule.doc.strip().splitlines()[0].rstrip(".") for rule in RULES}
        judged = answers.last_by_place(answers.read(audit)).values() if audit else ()
        found = precision.by_rule(judged)
        text = _made(report, lambda value: card(value, Wording(name, licence, source, docs), found))
        if output is None:
            click.echo(text, nl=False)
        else:
            write_text(output, text)
    return 0


def _made(path: Path, make: Any) -> str:
    """Read a report, and return what `make` makes of it. Raises ClickException for a file that is no report."""
    try:
        value = json.loads(path.read_bytes())
        return str(make(value))
    except (ValueError, RecursionError, KeyError, TypeError, AttributeError, IndexError):
        raise click.ClickException(f"{path}: is no report that `normalize clean --report` wrote") from None
