"""normalize explain: one text, every edit and finding."""

from __future__ import annotations

import sys

import click

from ..edit import Explanation


@click.command("explain")
@click.argument("text")
@click.option("--date", help="The article's own date, where it is known.")
@click.option("--drop", multiple=True, metavar="TAG", help="Take out what has this tag: boilerplate.")
@click.option("--skip", multiple=True, metavar="RULE", help="Do not run this rule or family of rules.")
@click.option("--min-confidence", type=click.FloatRange(0, 1), default=0.0, help="Leave out edits below it.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def command(
    text: str, date: str | None, drop: tuple[str, ...], skip: tuple[str, ...], min_confidence: float, as_json: bool
) -> None:
    """Show every repair of TEXT ("-": standard input), with its rule and confidence."""
    from ..normalizer import Normalizer

    try:
        normalizer = Normalizer(skip=skip, drop=drop, min_confidence=min_confidence)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if text == "-":
        text = sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
    explanation = normalizer.explain(text, date)
    if as_json:
        _write_json(explanation)
    else:
        _write_table(text, explanation)


def _write_json(explanation: Explanation) -> None:
    import json

    value = {
        "text": explanation.text,
        "edits": [edit._asdict() for edit in explanation.edits],
        "findings": [finding._asdict() for finding in explanation.findings],
    }
    click.echo(json.dumps(value, ensure_ascii=not _encodable(explanation.text)))


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _write_table(text: str, explanation: Explanation) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ..dumps.show import visible

    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty(), width=None if sys.stdout.isatty() else 160)
    if not explanation.edits and not explanation.findings:
        console.print("Nothing to repair.")
        return
    for title, rows in (
        ("Repairs", [(e.start, e.end, e.rule, e.confidence, e.before, e.after) for e in explanation.edits]),
        ("Left as they are", [(f.start, f.end, f.rule, f.confidence, f.before, f.note) for f in explanation.findings]),
    ):
        if not rows:
            continue
        table = Table(title=title, title_justify="left", box=None, pad_edge=False)
        for name in ("at", "rule", "confidence", "before", "note" if title != "Repairs" else "after"):
            table.add_column(name, overflow="fold")
        for start, end, rule, confidence, before, after in rows:
            table.add_row(f"{start}-{end}", rule, f"{confidence:.3g}", Text(visible(before)), Text(visible(after)))
        console.print(table)
