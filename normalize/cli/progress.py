"""Messages on standard error while a run goes: bad records, and a progress bar on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from types import TracebackType
from typing import Any

import click

from ..dumps.inputs import Input
from ..dumps.locations import size
from ..dumps.tally import Tally
from ..dumps.visible import visible

SHOWN_PROBLEMS = 20  # bad records that are reported one by one (a choice)


class Progress:
    """Watch a run. The bar counts bytes of the inputs as they lie on the disk, where that is known."""

    def __init__(self, inputs: Sequence[Input], quiet: bool, doing: str = "cleaning", prints: bool = False) -> None:
        """`prints`: data goes to standard output: where that is a terminal, there is no bar among it."""
        self.inputs, self.doing = inputs, doing
        self.with_bar = sys.stderr.isatty() and not quiet and not (prints and sys.stdout.isatty())
        self.bar: Any = None
        self.problems = self.characters = self.edits = 0
        self.started = time.monotonic()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.bar:
            self.bar.stop()
        if self.problems > SHOWN_PROBLEMS:
            click.echo(f"... and {self.problems - SHOWN_PROBLEMS:,} more bad records", err=True)

    def watch(self, source: Input, tally: Tally, position: int) -> None:
        """Report a batch that is done; `position` bytes of the inputs were read."""
        for place, reason in tally.problems:
            self.problems += 1
            if self.problems <= SHOWN_PROBLEMS:
                self._echo(f"{source.name}:{place}: {reason}")
        if self.with_bar:
            self._draw(tally, position)

    def _draw(self, tally: Tally, position: int) -> None:
        if self.bar is None:  # not before the first batch: by then the workers are there, forked without its thread
            self.bar = _bar()
            self.job = self.bar.add_task(self.doing, total=_size(self.inputs), edits=0, rate=0.0)
            self.bar.start()
        self.characters += tally.characters
        self.edits += sum(tally.edits.values())
        rate = self.characters / 1e6 / max(time.monotonic() - self.started, 1e-9)
        self.bar.update(self.job, completed=position, edits=self.edits, rate=rate)

    def _echo(self, message: str) -> None:
        message = visible(message)
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
        TextColumn("{task.fields[rate]:.1f} MB/s of text, {task.fields[edits]:,} edits"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,  # what goes there is data
        redirect_stderr=False,
    )


def _size(inputs: Sequence[Input]) -> int | None:
    if any(source.path == "-" for source in inputs):
        return None
    sizes = [size(source.path) for source in inputs]
    return None if None in sizes else sum(filter(None, sizes))
