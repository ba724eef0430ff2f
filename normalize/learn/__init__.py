"""Learning from a dump: what it prints how often, counted in one pass, merged at will, and what follows from it.

`counts` is the map of a MapReduce and `Counts.merge` its reduce: both are exact, so it makes no difference how texts are
dealt out to machines. `write` and `read` keep counts in a folder, and `merge` merges folders in bounded memory.
"""

from __future__ import annotations

from .counting import Counts, counts
from .folder import merge, read, write

__all__ = ["Counts", "counts", "merge", "read", "write"]
