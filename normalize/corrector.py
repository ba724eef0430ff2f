"""The hot loop: which words of a text are touched, and how."""

from __future__ import annotations

from .lexicon import Lexicon


class Corrector:
    """Decides each distinct word once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
