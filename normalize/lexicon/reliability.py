"""The confidence that keeps wrong edits rare: dictionaries/reliability.tsv, read.

The table was measured on slips in 1,090 articles of 18 collections that are not in the counts (351,625 words), each weighed
by a fit that had not seen it, and on the other spelling edits in 1,932 articles set aside (448,038 words). It holds for the
spelling rules, which make nearly all of the wrong edits, in Indonesian. dictionaries/make/fit.py says how it is made.
"""

from __future__ import annotations

from . import dictionary_folder, read_tsv

RATED_WORDS = 10_000  # words that the rates of the table are for


def min_confidence_for(max_wrong: float) -> float:
    """Return the lowest confidence at which at most `max_wrong` of all words get a wrong edit: 1/10000, one in ten thousand.

    The rate is the upper end of what the measurement allows (95 % sure), not what was counted.
    Raises ValueError where no threshold is known to keep it that low.
    """
    table = read_tsv(dictionary_folder() / "reliability.tsv")
    rows = sorted((float(confidence), float(at_most)) for confidence, _, _, at_most in table)
    for confidence, at_most in rows:
        if at_most <= max_wrong * RATED_WORDS:
            return confidence
    raise ValueError(f"no confidence is known to keep wrong edits below {max_wrong:g} of all words")
