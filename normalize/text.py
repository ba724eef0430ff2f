"""A text as finders see it: its string and date, the dictionaries, and the values that finders compute of it once."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any, TypeVar

from . import kernel
from .language.judge import Judge
from .lexicon import Lexicon
from .spelling.corrector import Corrector

Value = TypeVar("Value")


class Text:
    """A text at one stage: its string and UTF-8, the article's own date or None, and the dictionaries.

    corrector: decides the words. judge: tells other languages from Indonesian news; None takes all text for Indonesian.
    """

    __slots__ = ("_remembered", "corrector", "data", "date", "judge", "lexicon", "string")

    def __init__(
        self,
        string: str,
        date: datetime.date | None,
        lexicon: Lexicon,
        corrector: Corrector,
        judge: Judge | None = None,
    ) -> None:
        self.string = string
        self.data = kernel.utf8(string)
        self.date = date
        self.lexicon = lexicon
        self.corrector = corrector
        self.judge = judge
        self._remembered: dict[Callable[[Text], Any], Any] = {}

    def edited(self, string: str) -> Text:
        """Make the text of the same article that reads `string`, with nothing remembered."""
        return Text(string, self.date, self.lexicon, self.corrector, self.judge)

    def become(self, string: str) -> None:
        """Read `string` from now on, as a stage made it; what finders remembered is of the text before."""
        self.string = string
        self.data = kernel.utf8(string)
        self._remembered = {}

    def is_foreign(self, start: int, end: int, meant: str = "") -> bool:
        """Whether [start, end) may be no Indonesian prose. `meant`: the word it would become; "" for the same word."""
        return self.judge is not None and self.judge.is_left_alone(self.string, start, end, meant or self.string[start:end])

    def once(self, function: Callable[[Text], Value]) -> Value:
        """Call `function` with this text the first time, and return its value: for what several finders look for."""
        if function not in self._remembered:
            self._remembered[function] = function(self)
        value: Value = self._remembered[function]
        return value
