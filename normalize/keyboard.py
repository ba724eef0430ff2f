"""The keyboard: which keys lie side by side, on QWERTY, as Indonesian ones are."""

from __future__ import annotations

DIGITS = "1234567890"
ROWS = (DIGITS, "qwertyuiop", "asdfghjkl", "zxcvbnm")  # each stands half a key further right than the one above
# Two keys side by side, in either order: in one row, or a key and the two below it.
NEIGHBOURS = frozenset(
    pair
    for y, row in enumerate(ROWS)
    for x, key in enumerate(row)
    for other in (*row[x + 1 : x + 2], *(ROWS[y + 1][max(x - 1, 0) : x + 1] if y < 3 else ""))
    for pair in (key + other, other + key)
)
