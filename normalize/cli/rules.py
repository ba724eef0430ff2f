"""normalize rules: the list of rules, and all about one."""

from __future__ import annotations

import click

from .options import rule_names


@click.command("rules")
@click.argument("name", required=False, shell_complete=rule_names)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def command(name: str | None, as_json: bool) -> None:
    """List the rules in the order they run, or describe those that NAME (a rule, a family, a pattern) means."""
    from ..rules import RULES
    from ..rules.lookup import file_of, named

    try:
        chosen = RULES if name is None else named(name)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        import json

        keys = ("name", "doc", "tag", "changes", "keeps")
        rows = [{key: getattr(rule, key) for key in keys} for rule in chosen]
        click.echo(json.dumps([{**row, "changes": dict(row["changes"])} for row in rows], ensure_ascii=False))
        return
    if name is None:
        width = max((len(rule.name) for rule in chosen), default=0)
        for rule in chosen:
            tag = f" [{rule.tag}]" if rule.tag else ""
            click.echo(f"{rule.name:{width}}  {rule.doc.strip().splitlines()[0]}{tag}")
        return
    for rule in chosen:
        click.echo(f"{click.style(rule.name, bold=True)}\n{rule.doc.strip()}")
        click.echo(f"Defined in normalize/{file_of(rule)}.")
        if rule.tag:
            click.echo(f"Tagged {rule.tag}: reported, and taken out with --drop {rule.tag}.")
        click.echo("Changes:")
        for before, after in rule.changes.items():
            click.echo(f"  {before!r}\n    -> {after!r}")
        click.echo("Keeps:")
        for kept in rule.keeps:
            click.echo(f"  {kept!r}")
        click.echo()
