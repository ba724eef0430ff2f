"""Messages on standard error while a run goes: bad records, and a progress bar on a terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any

import click

from ..dumps.inputs import Input
from ..dumps.locations import size
from ..dumps.tally import Tally
from ..dumps.visible import visible

SHOWN_PROBLEMS = 20  # bad records that are reported one by one (a choice)


class Bar:
    """A bar on a terminal: bytes read of all there are, how fast, edits so far, time left."""

    def __init__(self, doing: str, total: Callable[[], int | None], quiet: bool, prints: bool = False) -> None:
        """`total`: finds the bytes that there are, None where that is not known; asked where a bar is shown.

        `prints`: data goes to standard output; a terminal has no bar among it.
        """
        self.doing, self.total = doing, total
        self.is_shown = sys.stderr.isatty() and not quiet and not (prints and sys.stdout.isatty())
        self.edits = 0
        self.characters: int | None = None  # of text; None: what is read is no text, and its bytes tell how fast
        self.started = time.monotonic()
        self.drawn: Any = None

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self.drawn:
            self.drawn.stop()

    def at(self, position: int) -> None:
        """Show that so many bytes were read."""
        if not self.is_shown:
            return
        if self.drawn is None:  # not before the first batch: by then the workers are there, forked without its thread
            self.drawn = _drawn()
            self.job = self.drawn.add_task(self.doing, total=self.total(), edits=0, rate=0.0)
            self.drawn.start()
        done = position if self.characters is None else self.characters
        rate = done / 1e6 / max(time.monotonic() - self.started, 1e-9)
        self.drawn.update(self.job, completed=position, edits=self.edits, rate=rate)

    def echo(self, message: str) -> None:
        """Say something above the bar."""
        if self.drawn:
            self.drawn.console.print(message, markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(message, err=True)


class Progress(Bar):
    """Watch a run. The bar counts bytes of the inputs as they lie on the disk, where that is known."""

    def __init__(self, inputs: Sequence[Input], quiet: bool, doing: str = "cleaning", prints: bool = False) -> None:
        super().__init__(doing, lambda: bytes_of(inputs), quiet, prints)
        self.problems = self.not_utf_8 = self.characters = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        super().__exit__(kind, error, trace)
        if self.problems > SHOWN_PROBLEMS:
            click.echo(f"... and {self.problems - SHOWN_PROBLEMS:,} more bad records", err=True)
        if self.not_utf_8 and not error:
            count = "1 record is" if self.not_utf_8 == 1 else f"{self.not_utf_8:,} records are"
            click.echo(f"{count} no UTF-8: --encoding reads what is in another encoding (cp1252, latin-1, ...)", err=True)

    def watch(self, source: Input, tally: Tally, position: int) -> None:
        """Report a batch that is done; `position` bytes of the inputs were read."""
        for place, reason in tally.problems:
            self.problems += 1
            self.not_utf_8 += "invalid UTF-8" in reason and source.format not in ("parquet", "xlsx")
            if self.problems <= SHOWN_PROBLEMS:
                self.echo(visible(f"{source.name}:{place}: {reason}"))
        self.characters = (self.characters or 0) + tally.characters
        self.edits += sum(tally.edits.values())
        self.at(position)


def _drawn() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    return Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[rate]:.1f} MB/s, {task.fields[edits]:,} edits"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        redirect_stdout=False,  # what goes there is data
        redirect_stderr=False,
    )


def bytes_of(inputs: Sequence[Input]) -> int | None:
    """The bytes of all inputs, as they are read; None where that is not known."""
    if any(source.path == "-" for source in inputs):
        return None
    sizes = [size(source.path) for source in inputs]
    return None if None in sizes else sum(filter(None, sizes))
