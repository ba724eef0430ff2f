"""normalize compare: two edit logs about a dump, or two ways to clean it, and what differs."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from . import NOT_ALL_CLEAN, OK
from .path_types import FILE

EXAMPLES = 10  # of each kind and rule, a choice


@click.command("compare", context_settings={"ignore_unknown_options": True})  # A and B may be options of `clean`
@click.argument("a", metavar="A")
@click.argument("b", metavar="B")
@click.option("--over", multiple=True, metavar="INPUT", help="Clean this with A and with B; may be given several times.")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="Format of the output.")
@click.option(
    "--report", type=FILE, multiple=True, metavar="FILE", help="Write it to a .json file or, as a page, to an .html file."
)
@click.option("--examples", type=click.IntRange(0), default=EXAMPLES, metavar="N", help="Shown of each kind and rule.")
@click.option("-q", "--quiet", is_flag=True, help="Show nothing; the exit code tells.")
def command(a: str, b: str, over: Sequence[str], style: str, report: Sequence[Path], examples: int, quiet: bool) -> int:
    """Show what differs between the edit logs A and B of `normalize clean` over the same dump.

    With --over, A and B are options of `clean` instead, which is run with each of them: '' and '--standard'. Where they
    begin with the path of another `normalize`, that one is run: '/old/bin/normalize --skip date'. No configuration is read.

    Exit code 0: no difference; 1: some; 2: it could not be found out.
    """
    from ..dumps.compare.page import page
    from ..dumps.compare.rendered import rendered
    from ..dumps.visible import visible_json
    from . import reporting, running

    reporting.check(report)
    with running.report_failures(quiet=quiet), tempfile.TemporaryDirectory() as folder:
        logs = [Path(a), Path(b)]
        if over:
            logs = [_clean(options, over, Path(folder, name)) for name, options in (("a", a), ("b", b))]
        result = _compared(logs, (a, b), examples)
        reporting.write(report, result, page)
    if not quiet:
        shown = rendered(result) if style == "text" else visible_json(json.dumps(result, ensure_ascii=False)) + "\n"
        click.echo(shown, nl=False)
    return NOT_ALL_CLEAN if any(result["differences"].values()) else OK


def _clean(options: str, inputs: Sequence[str], folder: Path) -> Path:
    """Clean the inputs with some options, by this program or another; returns the edit log."""
    words = shlex.split(options)
    program = [sys.executable, "-m", "normalize"]
    if words and not words[0].startswith("-"):
        program, words = words[:1], words[1:]
    log = folder / "edits.jsonl"
    folder.mkdir()
    command = [*program, "clean", *words, "--isolated", "-q", "-o", f"{folder / 'out'}/", "--edits", str(log), "--"]
    try:
        ended = subprocess.run([*command, *inputs], stdin=subprocess.DEVNULL, capture_output=True, check=False)
    except OSError as error:
        raise click.ClickException(f"{program[0]}: {error.strerror}") from None
    if ended.returncode not in (OK, NOT_ALL_CLEAN) or not log.exists():
        raise click.ClickException(f"clean {options}: {ended.stderr.decode(errors='replace').strip()}")
    return log


def _compared(logs: Sequence[Path], names: Sequence[str], examples: int) -> dict[str, Any]:
    from ..dumps.compare.differences import differences
    from ..dumps.compare.summary import report, summarise
    from ..dumps.log.file import read_header
    from ..dumps.places import contexts

    headers: list[Any] = [read_header(log) for log in logs]
    summary = summarise(differences(*logs))
    places = [summary.samples[group].place for group in summary.commonest(examples)]
    a, b = (
        {"name": name, "normalize": str(header["normalize"]), "dictionaries": str(header.get("dictionaries", ""))}
        for name, header in zip(names, headers, strict=True)
    )
    options = headers[0]["options"]
    return report(summary, a, b, examples, contexts(places, options if isinstance(options, dict) else {}))
