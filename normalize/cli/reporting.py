"""Write the reports that were asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from ..dumps.sink import write_text


def check(paths: Sequence[Path]) -> None:
    """Raise UsageError for a report that is neither a .json nor an .html file."""
    for path in paths:
        if path.suffix not in (".json", ".html"):
            raise click.UsageError(f"--report {path}: a report is a .json or an .html file")


def boilerplate(paths: Sequence[Path]) -> frozenset[str] | None:
    """Return the rules that find boilerplate, for the noise profile of a report; None where no report is wanted.

    Raises UsageError for a report that is neither a .json nor an .html file, or would replace a file that is no report.
    """
    check(paths)
    for path in paths:
        if path.is_file() and path.stat().st_size and not _is_report(path):
            raise click.UsageError(f"{path}: exists and is no report: it is not replaced")
    if not paths:
        return None
    from ..rules import RULES

    return frozenset(rule.name for rule in RULES if rule.tag == "boilerplate")


def _is_report(path: Path) -> bool:
    """Say whether a file begins as the reports of runs do."""
    with path.open("rb") as file:
        head = file.read(1000)
    return (b"<title>Noise profile" if path.suffix == ".html" else b'"run": {\n  "normalize":') in head


def write(paths: Sequence[Path], results: dict[str, Any], page: Callable[[dict[str, Any]], str]) -> None:
    """Write each report in the form that its suffix names."""
    for path in paths:
        is_page = path.suffix == ".html"
        write_text(path, page(results) if is_page else json.dumps(results, indent=1, ensure_ascii=False) + "\n")
