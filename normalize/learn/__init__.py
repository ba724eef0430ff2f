"""Learning from a dump: names, words, addresses and lines are counted in one pass, and conclusions drawn from the counts.

`counts` is the map of a MapReduce and `Counts.merge` its reduce: both are exact, so it makes no difference how texts are
dealt out to machines. `write` and `read` keep counts in a folder, and `merge` merges folders in bounded memory.

Start reading at counting.py; contexts.py makes the copies of an article count once, lines.py cuts articles into lines,
folder.py keeps counts on disk, conclusions.py tells what is right because it is frequent, boilerplate.py which lines are no
article's own, copies.py what copies of a passage have, noise.py how often the engine repairs what.
"""

from __future__ import annotations

from .counting import Counts, counts
from .folder import merge, read, write

__all__ = ["Counts", "counts", "merge", "read", "write"]
