"""The plan of a run: all it needs to know before it starts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec

from .inputs import Input
from .reader import LogLookup, Selection
from .record import Fields
from .worker import Task


class Plan(msgspec.Struct):
    """Inputs, task, options and files of a run."""

    inputs: list[Input]
    fields: Fields
    task: Task
    options: Mapping[str, object]  # those that decide the output
    version: str
    dictionaries: str
    edits: Path | None = None
    log_format: str = "jsonl"  # of the edit log: "jsonl", "parquet" or "dolma"; "gold": rows of noise instead
    rejects: Path | None = None
    backup: str = ""  # suffix under which a file that is cleaned in place is kept
    ledger: Path | None = None
    resume: bool = False
    jobs: int = 1
    stop_on_error: bool = False
    selection: Selection = msgspec.field(default_factory=Selection)
    prints: bool = False  # what the task renders goes to standard output
    log_lookup: LogLookup | None = None  # for runs by an edit log
    date_order: str | None = None  # of the articles' own dates; None: each input's beginning tells
