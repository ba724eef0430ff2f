"""Say, once in the life of an installation, that it has no compiled kernel."""

from __future__ import annotations

import os
from contextlib import suppress

import click

from .. import kernel
from ..lexicon.index_cache import folders

MARKER = "said-pure-python"
NOTICE = "normalize runs in pure Python, at a fifteenth of the speed: installing it where there is a C compiler compiles it"


def say_once() -> None:
    """Tell on standard error, unless the kernel is compiled, pure Python was asked for, or it was said before."""
    if kernel.compiled or os.environ.get("NORMALIZE_PURE"):
        return
    for folder in folders():
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            try:
                (folder / MARKER).touch(exist_ok=False)
            except FileExistsError:
                return
            break
    click.echo(NOTICE, err=True)
