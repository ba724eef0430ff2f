"""The hot loop: which words of a text are touched, and how."""

from __future__ import annotations


class Corrector:
    """Decides each distinct word once."""
