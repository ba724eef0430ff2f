"""normalize apply: raw files and an edit log in, the cleaned files out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from . import options as option
from .config import Configured
from .options import LOG


@click.command("apply", cls=Configured)
@option.reading
@click.option("--edits", type=LOG, required=True, metavar="LOG", help="The edit log that `normalize clean` wrote.")
@click.option("--where", metavar="CONDITION", help="Make only these: 'rule=date.* or confidence>=0.99'.")
@click.option("--by-id", is_flag=True, help="Find edits by the record's id, not its line: for filtered or shuffled INPUTs.")
@option.writing
@option.running
def command(edits: Path, where: str | None, by_id: bool, **options: Any) -> int:
    """Make the edits of LOG again in the raw INPUTs that `normalize clean` read.

    A record whose text is not the one that the log is about is a bad record. No dictionary is needed.
    """
    from .replay import replay

    return replay(edits, where, by_id, options, undoing=False)
