"""Suggest what was likely meant by a name that does not exist."""

from __future__ import annotations

from collections.abc import Collection


def did_you_mean(name: str, known: Collection[str]) -> str:
    """Return a question for the end of an error message, with the known name nearest to `name`; "" where none is near."""
    import difflib  # a name that exists needs none

    by_lower = {one.lower(): one for one in known}
    near = difflib.get_close_matches(name.lower(), by_lower, 1)
    return f"; did you mean {by_lower[near[0]]!r}?" if near else ""
