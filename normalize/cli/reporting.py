"""Write the reports that were asked for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from ..dumps.plan import Plan
from ..dumps.run import RunSummary
from ..dumps.sink import FileSink


def boilerplate(paths: Sequence[Path]) -> frozenset[str] | None:
    """The rules that find boilerplate, where a report is wanted. Raises UsageError for a file of another kind."""
    for path in paths:
        if path.suffix not in (".json", ".html"):
            raise click.UsageError(f"--report {path}: a report is a .json or an .html file")
    if not paths:
        return None
    from ..rules import RULES

    return frozenset(rule.name for rule in RULES if rule.tag == "boilerplate")


def write(paths: Sequence[Path], plan: Plan, summary: RunSummary) -> None:
    """Write each report in the form that its suffix names."""
    if not paths:
        return
    from ..dumps.report.data import report
    from ..dumps.report.page import page

    results = report(plan, summary)
    for path in paths:
        text = page(results) if path.suffix == ".html" else json.dumps(results, indent=1, ensure_ascii=False) + "\n"
        sink = FileSink(path)
        sink.write(text.encode("utf-8", "backslashreplace"))
        sink.commit()
