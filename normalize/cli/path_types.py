"""Types of the options that name files and folders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


class _PlaceHere(click.Path):
    """A file or folder to write on this machine."""

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        if not str(value):
            self.fail("it names no file", parameter, context)
        if "://" in str(value):
            self.fail(
                f"{value!r} is far away: only the output itself is sent; name a file on this machine", parameter, context
            )
        return super().convert(_as_stream(value) if self.file_okay else value, parameter, context)


class _Anywhere(click.Path):
    """A file or folder to write anywhere, or "-"."""

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        return super().convert(_as_stream(value), parameter, context)


def _as_stream(path: Any) -> Any:
    """A path, "-" for one that stands for standard output, as "/dev/stdout" does."""
    from ..dumps.sink import handle_of

    return "-" if handle_of(str(path)) == 1 else path


FILE = _PlaceHere(dir_okay=False, path_type=Path)
FOLDER = _PlaceHere(file_okay=False, path_type=Path)
READABLE = click.Path(exists=True, dir_okay=False)
OUTPUT = _Anywhere(allow_dash=True)
LOG = click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path)
