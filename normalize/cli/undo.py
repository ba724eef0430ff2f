"""normalize undo: cleaned files and their edit log in, the originals out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from . import options as option
from .config import Configured
from .path_types import FILE


@click.command("undo", cls=Configured)
@option.reading_cleaned
@option.edit_log
@option.together(
    "Edits",
    click.option("--where", metavar="CONDITION", help="Undo only these: 'rule=spelling.* and confidence<0.95'."),
)
@option.matching
@option.together(
    "Edits",
    click.option("--left", type=FILE, metavar="FILE", help="Log here the edits that stay: to undo further, or to apply."),
)
@option.writing
@option.running
def command(edits: Path, where: str | None, match: str, left: Path | None, **options: Any) -> int:
    """Take the edits of LOG back out of the INPUTs that `normalize clean` wrote.

    Every edited field is restored byte for byte; with --where a part of the edits stays. No dictionary is needed.
    """
    from ..dumps.formats.encoding import UTF_8
    from .replay import replay

    return replay(edits, where, match, {**options, "encoding": UTF_8}, undoing=True, left=left)
