"""normalize explain: one text, every edit and finding."""

from __future__ import annotations

import os
import sys
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

import click

from ..edit import Explanation
from . import options as option
from .config import Configured

if TYPE_CHECKING:
    from ..normalizer import Normalizer


@click.command("explain", cls=Configured)
@click.argument("text", required=False, metavar="[TEXT|FILE]")
@click.option("--word", metavar="WORD", help="Show why this word of TEXT, or alone, is changed or kept.")
@click.option("--date", help="The article's own date, where it is known.")
@option.rules
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
def command(text: str | None, word: str | None, date: str | None, as_json: bool, **options: Any) -> None:
    """Show every repair of TEXT, or of a text FILE ("-": standard input), with its rule and confidence."""
    if text is not None:
        text = _read(text)
    normalizer = option.normalizer(options)
    if word is not None:
        _explain_word(normalizer, word, text, as_json)
        return
    if text is None:
        raise click.UsageError("give a TEXT, or a --word")
    explanation = normalizer.explain(text, date)
    if as_json:
        _write_json(explanation)
    else:
        _write_table(explanation)


def _read(given: str) -> str:
    """The text that was given, or that of the file which has this name. Raises UsageError for a file of records."""
    if given == "-":
        return sys.stdin.buffer.read().decode("utf-8", "surrogateescape")
    if os.path.isfile(given):
        return _read_file(given)
    if not any(c.isspace() for c in given):
        from ..dumps.formats import kind_of  # a text needs none of the formats

        if kind_of(given).format:
            click.echo(f"there is no file {given!r}: it is taken for a text", err=True)
    return given


def _read_file(given: str) -> str:
    from ..dumps.errors import DamagedInput
    from ..dumps.formats import kind_of
    from ..dumps.formats.compression import chunks

    kind = kind_of(given)
    if kind.format not in ("", "txt"):
        raise click.UsageError(f"{given} holds records: `normalize check {given}` shows what is to be repaired in them")
    try:
        with open(given, "rb", buffering=0) as file:
            return b"".join(chunks(file, kind.compression or None)).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{given}: invalid UTF-8: byte 0x{error.object[error.start]:02x}") from None
    except (DamagedInput, OSError) as error:
        raise click.ClickException(f"{given}: {getattr(error, 'strerror', None) or error}") from None


def _explain_word(normalizer: Normalizer, word: str, text: str | None, as_json: bool) -> None:
    import json

    from ..spelling.explain_word import explain_word, rendered

    try:
        text = word if text is None else text
        explanation = explain_word(normalizer.corrector, normalizer.judge, word, text, normalizer.explain(text).edits)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    click.echo(json.dumps(_plain(explanation)) if as_json else rendered(explanation))


def _plain(value: Any) -> Any:
    """Dataclasses and named tuples as dicts, all the way down."""
    if hasattr(value, "_asdict"):
        return _plain(value._asdict())
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return [_plain(part) for part in value] if isinstance(value, (list, tuple)) else value


def _write_json(explanation: Explanation) -> None:
    import json

    from ..dumps.visible import visible_json

    value = {
        "text": explanation.text,
        "edits": [edit._asdict() for edit in explanation.edits],
        "findings": [finding._asdict() for finding in explanation.findings],
    }
    click.echo(visible_json(json.dumps(value, ensure_ascii=not _encodable(explanation.text))))


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _write_table(explanation: Explanation) -> None:
    """Show edits and findings, a line each, in columns."""
    from ..dumps.visible import shown

    edits = [(e.start, e.end, e.rule, e.confidence, e.before, e.after) for e in explanation.edits]
    findings = [(f.start, f.end, f.rule, f.confidence, f.before, f.note) for f in explanation.findings]
    for title, last, rows in (("Repairs", "after", edits), ("Left as they are", "note", findings)):
        cells = [
            (f"{start}-{end}", rule, f"{confidence:.4g}", shown(before), shown(after))
            for start, end, rule, confidence, before, after in rows
        ]
        if not cells:
            continue
        head = ("at", "rule", "confidence", "before", last)
        widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]
        lines = ["  ".join(map(str.ljust, line, widths)).rstrip() for line in (head, *cells)]
        click.echo("\n".join([title, click.style(lines[0], bold=True), *lines[1:]]))
    if not explanation.edits and not explanation.findings:
        click.echo("Nothing to repair.")
