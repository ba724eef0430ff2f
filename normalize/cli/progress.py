"""What is said on standard error while a run goes: bad records, and a progress bar on a terminal."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Any

import click

from ..dumps.run import Input
from ..dumps.tally import Tally


class Progress:
    """Watches a run. The bar counts text against the size of the inputs where that is known."""

    def __init__(self, inputs: Sequence[Input], quiet: bool, shown_problems: int) -> None:
        self.left = shown_problems
        self.hidden = 0
        self.bar: Any = None
        if sys.stderr.isatty() and not quiet:
            self.bar = _bar()
            self.job = self.bar.add_task("cleaning", total=_size(inputs), edits=0, speed="")
        self.text_bytes = self.edits = 0
        self.started = time.monotonic()

    def __enter__(self) -> Progress:
        if self.bar:
            self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar:
            self.bar.stop()
        if self.hidden:
            click.echo(f"... and {self.hidden:,} more bad records", err=True)

    def watch(self, source: Input, tally: Tally, position: int) -> None:
        """A batch is done: `position` bytes of all inputs, as they lie on the disk, were read."""
        for line, reason in tally.problems:
            if self.left:
                self.left -= 1
                self._say(f"{source.path}:{line}: {reason}")
            else:
                self.hidden += 1
        if self.bar:
            self.text_bytes += tally.text_bytes
            self.edits += sum(tally.edits.values())
            rate = self.text_bytes / 1e6 / max(time.monotonic() - self.started, 1e-9)
            self.bar.update(self.job, completed=position, edits=self.edits, speed=f"{rate:.1f}")

    def _say(self, message: str) -> None:
        if self.bar:
            self.bar.console.print(message, markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(message, err=True)


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    return Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[speed]} MB/s of text, {task.fields[edits]:,} edits"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def _size(inputs: Sequence[Input]) -> int | None:
    if any(source.path == "-" for source in inputs):
        return None
    return sum(os.path.getsize(source.path) for source in inputs)
