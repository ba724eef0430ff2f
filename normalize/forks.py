"""Keep a process usable that is forked while another thread cleans a text: its locks are renewed, imports finished first."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from importlib import import_module
from threading import Lock
from typing import Protocol
from weakref import WeakSet

# What the engine imports when it first needs it. A thread that does not live on in the forked process may be at it, and
# whoever imports the same there would wait for ever.
IMPORTED_LATE = (
    *("difflib", "ftfy.badness", "hashlib", "html", "html.entities", "logging", "lzma"),
    *("rapidfuzz.distance", "rapidfuzz.process", "shutil", "symspellpy", "tempfile"),
)


class Turns(Protocol):
    """Serves one text at a time: normalizer.Normalizer."""

    def __hash__(self) -> int: ...

    _turn: Lock


at_work: WeakSet[Turns] = WeakSet()  # all there are


def _finish_imports(turns: Iterable[Turns] = at_work) -> None:
    """Import what another thread may be importing, where one is cleaning: it is imported whole then."""
    if any(one._turn.locked() for one in turns):
        is_new = "logging" not in sys.modules
        for name in IMPORTED_LATE:
            import_module(name)
        if is_new:
            # It has only now asked for its lock to be taken before a fork and freed behind it: too late for the first, and
            # the second would complain that nobody holds the lock. So it is taken here.
            vars(sys.modules["logging"])["_lock"].acquire()


def _renew_turns() -> None:
    """Give a forked process locks that are free: the thread that held one is not in it."""
    for one in at_work:
        one._turn = Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_finish_imports, after_in_child=_renew_turns)
