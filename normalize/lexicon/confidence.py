"""The confidence of the edits of a rule: dictionaries/confidence.tsv, read.

The table has, rule by rule, how many edits were drawn at random from sources that no count had seen and read, and how many
of them two readers found right (benchmarks/notes/reading.md). Rules that weigh each edit by itself (spelling.slip, dates,
bylines) tell a probability of their own.
"""

from __future__ import annotations

from functools import cache

from . import dictionary_folder, read_tsv

UNREAD = 0.9  # confidence of a rule of which no edits were read (a choice)


def confidence_of(rule: str) -> float:
    """The share of right edits to be expected of a rule: (right + 1) / (read + 2), Laplace's rule of succession."""
    read, right = _readings().get(rule, (0, 0))
    return round((right + 1) / (read + 2), 3) if read else UNREAD


@cache
def _readings() -> dict[str, tuple[int, int]]:
    return {rule: (int(read), int(right)) for rule, read, right in read_tsv(dictionary_folder() / "confidence.tsv")}
