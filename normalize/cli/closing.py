"""The closing messages of a run, on standard error: what was done, left and passed by, and whether it adds up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import click

from .. import kernel
from ..dumps.inputs import Input, passed_by
from ..dumps.plan import Plan
from ..dumps.reader import InputState
from ..dumps.run import RunSummary
from ..dumps.tally import Tally, by_family
from ..dumps.visible import visible
from .config import used

# What is done -> what is said of an edit, and of several.
EDITS = {
    "cleaning": ("edit", "edits"),
    "checking": ("edit to make", "edits to make"),
    "undoing": ("edit undone", "edits undone"),
    "noising": ("piece of noise", "pieces of noise"),
    "applying": ("edit made again", "edits made again"),
}
SHOWN = 3  # names of files passed by, a choice


def conclude(plan: Plan, summary: RunSummary, paths: Sequence[str], quiet: bool, verbose: bool, doing: str) -> None:
    """Say how a run ended. The equation is the last line; it comes also where it is to be quiet and not all is well."""
    tally = summary.tally
    report_configuration(quiet)
    report_inputs(paths, summary.inputs, quiet)
    for source in plan.inputs:
        if source.encoding != "utf-8":
            echo(f"{source.name}: read as {source.encoding}, written as UTF-8", quiet)
    if plan.fields.date:
        _report_dates(plan.fields.date, tally, quiet)
        _report_orders(plan.inputs, summary.inputs, quiet)
    if verbose and not quiet:
        write_counts(summary, err=True)
    families = f": {_listed(by_family(tally.edits))}" if tally.edits else ""
    edits = counted(sum(tally.edits.values()), *EDITS[doing])
    echo(f"{edits} in {counted(tally.changed, 'record', 'records')}{families}", quiet)
    if tally.findings:
        findings = counted(sum(tally.findings.values()), "finding left as it is", "findings left as they are")
        echo(f"{findings}: {_listed(by_subject(tally.findings))}", quiet)
    if doing in ("cleaning", "checking") and summary.fresh_bytes:
        echo(f"{speed(summary)}, {'compiled' if kernel.compiled else 'pure Python'}", quiet)
    if tally.done_before:
        texts = counted(tally.done_before, "text has", "texts have")
        was = "made" if doing == "applying" else "undone"
        echo(f"{texts} had these edits {was} already", quiet and summary.all_well)
    echo(tally.equation(), quiet and summary.all_well)


def speed(summary: RunSummary) -> str:
    """Tell the time that a run took by the wall clock and, from a second on, its rate."""
    rate = f", {summary.fresh_bytes / 1e6 / summary.seconds:.1f} MB/s" if summary.seconds >= 1 else ""
    return f"{summary.seconds:.1f} s{rate}"


def counted(number: int, one: str, several: str) -> str:
    """A number with its noun: "1 record", "2,000 records"."""
    return f"{number:,} {one if number == 1 else several}"


def by_subject(findings: Mapping[str, int]) -> Counter[str]:
    """The counts of findings by the tag of their rule; by what they are about, where it has none."""
    from ..rules import RULES

    tags = {rule.name: rule.tag for rule in RULES}
    counts: Counter[str] = Counter()
    for rule, count in findings.items():
        family = rule.partition(".")[0]
        counts[tags.get(rule) or {"language": "other languages", "hole": "holes"}.get(family, family)] += count
    return counts


def report_configuration(quiet: bool) -> None:
    """Say which options a configuration decided."""
    if configured := used(click.get_current_context()):
        echo(configured, quiet)


def report_inputs(paths: Sequence[str], state: InputState, quiet: bool) -> None:
    """Say which inputs were empty, which broke off, and which files of directories among the paths were not read."""
    for path in state.empty:
        echo(f"{path}: is empty", quiet)
    for path, reason in state.damaged.items():
        rest = "it stays as it is" if path in state.not_replaced else "the records before that were handled"
        echo(f"{path}: {reason}; {rest}", False)
    for path, reason in state.unfound:
        echo(f"{path}: {reason}", False)
    if others := passed_by(paths):
        names = ", ".join(others[:SHOWN]) + (", ..." if len(others) > SHOWN else "")
        echo(f"{counted(len(others), 'file', 'files')} passed by, named as no known format is: {names}", quiet)


def write_counts(summary: RunSummary, err: bool = False) -> None:
    """Print the counts of edits and findings by rule, most first."""
    for title, counts in (("edits", summary.tally.edits), ("left as they are", summary.tally.findings)):
        if counts:
            width = max(map(len, counts))
            click.echo(f"{title}:", err=err)
            for rule, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
                click.echo(f"  {rule:{width}} {count:10,}", err=err)


def echo(message: str, quiet: bool) -> None:
    """Say something on standard error, unless it is to be quiet."""
    if not quiet:
        click.echo(visible(message), err=True)


def _report_dates(field: str, tally: Tally, quiet: bool) -> None:
    """Say how many of the dates that were to be used could be, with examples of the others."""
    unread = tally.dates - tally.dates_read
    examples = ", ".join(repr(date) for date in tally.unread_dates)
    if not tally.dates:
        nothing_read = tally.records_in == tally.bad
        echo(f'no record has a date in the field "{field}": dates were not used', quiet or nothing_read)
    elif not tally.dates_read:
        echo(f'none of the {unread:,} dates in the field "{field}" can be read ({examples}): dates were not used', quiet)
    elif unread:
        echo(f'dates in the field "{field}": {tally.dates_read:,} read, {unread:,} not ({examples})', quiet)
    else:
        echo(f'dates in the field "{field}": {tally.dates_read:,} read', quiet)


def _report_orders(inputs: Sequence[Input], state: InputState, quiet: bool) -> None:
    """Say where dates in figures were read month first, and where nothing tells how they are to be read."""
    orders = state.date_orders
    for order, said in (("mdy", "month first"), (None, "day first, for want of evidence (--date-order decides)")):
        found = [index for index in orders if orders[index].order == order and orders[index].example]
        if found:
            first = inputs[found[0]]
            more = f" and {len(found) - 1:,} more" if len(found) > 1 else ""
            echo(f"{first.name}{more}: dates such as {orders[found[0]].example} were read {said}", quiet)


def _listed(counts: Counter[str]) -> str:
    """Names with their counts, most first."""
    return ", ".join(f"{name} {count:,}" for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
