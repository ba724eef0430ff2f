"""The bounds of repetition: a text is gone through until nothing changes; one that changes beyond a bound stays as it was.

Ten texts of 300,000 code points of news, whatever the options, took three rounds at most.
"""

from __future__ import annotations

ROUNDS = 8  # that every text may have: two are common, four rare; a choice
# Code points gone through altogether in a text that needs more: "[ab][ab][ab]" ends with initials as often as they are taken
# out. Where each round weighs thousands of words again, they take half a second; a choice.
READ = 250_000


def most_rounds(length: int) -> int:
    """Return how many rounds a text of `length` code points may have."""
    return max(ROUNDS, READ // (length + 1))
