"""Write the reports that were asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from ..dumps.sink import write_whole


def check(paths: Sequence[Path]) -> None:
    """Raise UsageError for a report of a kind that there is not."""
    for path in paths:
        if path.suffix not in (".json", ".html"):
            raise click.UsageError(f"--report {path}: a report is a .json or an .html file")


def boilerplate(paths: Sequence[Path]) -> frozenset[str] | None:
    """The rules that find boilerplate, where a report is wanted.

    Raises UsageError for a file of another kind, and one that is there and is no report.
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
        text = page(results) if path.suffix == ".html" else json.dumps(results, indent=1, ensure_ascii=False) + "\n"
        write_whole(path, text.encode("utf-8", "backslashreplace"))
