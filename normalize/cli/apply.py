"""normalize apply: raw files and an edit log in, the cleaned files out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from . import options as option
from .config import Configured
from .path_types import LOG


@click.command("apply", cls=Configured)
@option.reading
@option.together(
    "Edits",
    click.option(
        "--edits", type=LOG, required=True, metavar="LOG", help='The edit log that `normalize clean` wrote; "-": from stdin.'
    ),
    click.option("--where", metavar="CONDITION", help="Make only these: 'rule=date.* or confidence>=0.99'."),
)
@option.matching
@option.writing
@option.running
def command(edits: Path, where: str | None, match: str, **options: Any) -> int:
    """Make the edits of LOG again in the raw INPUTs that `normalize clean` read.

    A record whose text is not the one that the log is about is a bad record. No dictionary is needed.
    """
    from .replay import replay

    return replay(edits, where, match, options, undoing=False)
