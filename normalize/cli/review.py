"""normalize review: a page that asks about the edits of a run, and what becomes of the answers."""

from __future__ import annotations

import getpass
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import options as option
from .path_types import FILE, FOLDER, LOG

if TYPE_CHECKING:
    from collections.abc import Callable

    from ..dumps.review.answers import Answer

MOST = 2_000  # changes on a page, a choice: about 1 MB


@click.command("review")
@click.argument("log", type=LOG, required=False, metavar="[LOG]")
@click.option("-o", "--output", type=FILE, default="review.html", show_default=True, metavar="FILE", help="The page.")
@option.answers
@click.option("--all", "everything", is_flag=True, help="Also ask about changes that have an answer.")
@click.option("--most", type=click.IntRange(1), default=MOST, show_default=True, metavar="N", help="Changes to ask about.")
@option.who
@click.option("--serve", is_flag=True, help="Serve the page to this machine alone, and keep each answer at once.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="PORT", help="For --serve (default: any).")
@click.option("--open", "opens", is_flag=True, help="Open the page in a browser.")
@click.option("--apply", "folder", type=FOLDER, metavar="DIR", help="Write what follows from --answers.")
@option.target
def command(log: Path | None, answers: Path, folder: Path | None, target: float, **options: Any) -> int:
    """Review the edits of LOG on a page: what became what, how often, in what contexts; right, wrong, or keep this word.

    The page is one file that loads nothing. It saves its answers as review.jsonl; with --serve they are kept as they are
    given. `clean --review review.jsonl` goes by them, and --apply DIR writes them as files to look at: keep-words.txt,
    rewrites.tsv, thresholds.tsv.
    """
    from ..dumps.review.answers import read
    from . import running

    with running.report_failures(folder or options["output"]):
        if (log is None) == (folder is None):
            raise click.UsageError("give a LOG to review, or --apply DIR")
        known = read(answers) if answers.exists() else []
        if log is None:
            assert folder
            if not known:
                raise click.UsageError(f"{answers}: there are no answers")
            return _apply(known, folder, target)
        return _review(log, answers, known, options)


def _review(log: Path, answers: Path, known: list[Answer], options: dict[str, Any]) -> int:
    from ..dumps.log.file import read_header
    from ..dumps.places import contexts
    from ..dumps.review.answers import last_by_change
    from ..dumps.review.changes import by_interest, changes
    from ..dumps.review.page import Questions, page
    from ..dumps.sink import write_text

    header: Any = read_header(log)
    counts = changes(log)
    answered = last_by_change(known)
    order = [change for change in by_interest(counts) if options["everything"] or change not in answered]
    asked = order[: options["most"]]
    if not asked:
        click.echo(f"{log}: nothing to review" + (f" that has no answer in {answers}" if counts else ""), err=True)
        return 0
    run_options = header["options"] if isinstance(header["options"], dict) else {}
    found = contexts([place for change in asked for place in counts[change].places], run_options)
    versions = str(header["normalize"]), str(header.get("dictionaries", ""))
    who = options["who"] if options["who"] is not None else user()

    def make(url: str) -> str:
        return page(Questions(log.name, *versions, asked, counts, found, answered, who, url))

    more = f" of {len(order):,}" if len(order) > len(asked) else ""
    click.echo(f"{len(asked):,}{more} changes to review", err=True)
    if options["serve"]:
        return _serve(make, answers, options)
    write_text(options["output"], make(""))
    click.echo(f"{options['output']}: open it in a browser; it saves its answers as review.jsonl", err=True)
    if options["opens"]:
        webbrowser.open(Path(options["output"]).resolve().as_uri())
    return 0


def _serve(make: Callable[[str], str], answers: Path, options: dict[str, Any]) -> int:
    from ..dumps.review.server import ReviewServer

    server = ReviewServer(make, answers, options["port"])
    click.echo(f"{server.address} (Ctrl-C ends it; answers go to {answers})", err=True)
    if options["opens"]:
        webbrowser.open(server.address)
    server.run()
    return 0


def _apply(known: list[Answer], folder: Path, target: float) -> int:
    from ..dumps.review.verdict import rendered, verdict
    from ..dumps.sink import write_text

    found = verdict(known, target)
    folder.mkdir(parents=True, exist_ok=True)
    write_text(folder / "keep-words.txt", "".join(f"{word}\n" for word in found.keep_words))
    write_text(folder / "rewrites.tsv", "".join(f"{typed}\t{meant}\treviewed\n" for typed, meant in found.rewrites.items()))
    write_text(folder / "thresholds.tsv", "".join(f"{rule}\t{least:g}\n" for rule, least in found.least_confidences.items()))
    for line in rendered(found):
        click.echo(line)
    return 0


def user() -> str:
    """Return the login name of this user; "" where there is none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
