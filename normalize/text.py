"""A text as finders see it: its string, and what is known of words; and what they remember of it while they look."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from . import kernel
from .edit import Edit
from .language.judge import Judge
from .lexicon import Lexicon

Value = TypeVar("Value")


class Segmentation(Protocol):
    """Parts what is no word: spelling.segmentation has the one there is."""

    def parted(self, word: str) -> str:
        """`word` as the words that stand against each other; "" where none do."""

    def is_verb(self, word: str) -> bool:
        """Whether a lower-case word is a verb with a prefix."""

    def may_be_english(self, word: str) -> bool:
        """Whether a lower-case word may be English."""


class LoneNames(Protocol):
    """Finds names that are slips: spelling.lone_names has the one there is."""

    def find(self, text: str, data: bytes) -> Sequence[tuple[int, int, str, int, bool]]:
        """The start and end of a name, what is meant, how often the text has that, and whether it is sure."""


class Corrector(Protocol):
    """Decides the words of texts: spelling.corrector has the one there is."""

    def __hash__(self) -> int: ...

    @property
    def segmentation(self) -> Segmentation:
        """The segmentation of what is no word."""

    @property
    def lone_names(self) -> LoneNames:
        """What finds the names of a text that are slips."""

    def joined(self, text: str, word: str, places: list[int]) -> Iterator[Edit]:
        """Join the two words of `word`, di or ke and the rest of a verb, at those of its `places` where they are one."""

    def corrections(self, text: str, data: bytes) -> list[Edit]:
        """The edits of a text, whose UTF-8 is `data`, that put its words right."""

    def composed(self, text: str, first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
        """Edits of a text and those of the text that they led to, as one list."""

    def pair_count(self, left: str, right: str) -> int:
        """How often two lower-case words stood side by side in the counted news."""

    def listed(self, text: str, word: str, table: Mapping[str, str], places: Sequence[int]) -> Iterator[tuple[int, str]]:
        """Where `word`, which stands at `places`, is to become what `table` has for it, and what it becomes."""


class Text:
    """The text of a stage, a string and its UTF-8, the article's own date where it is known, and the dictionaries.

    judge: tells other languages from Indonesian news; None where all is to be taken for that.
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
        self.data = kernel.utf8(string)  # asked for of nearly every text
        self.date = date
        self.lexicon = lexicon
        self.corrector = corrector
        self.judge = judge
        self._remembered: dict[Callable[[Text], Any], Any] = {}

    def edited(self, string: str) -> Text:
        """The text of the same article that reads `string`."""
        return Text(string, self.date, self.lexicon, self.corrector, self.judge)

    def become(self, string: str) -> None:
        """Read `string` from now on, as a stage made it; what finders remembered is of the text before."""
        self.string = string
        self.data = kernel.utf8(string)
        self._remembered = {}

    def is_foreign(self, start: int, end: int, meant: str = "") -> bool:
        """Whether [start, end), which may become `meant`, another word, stands in what may be no Indonesian prose."""
        return self.judge is not None and self.judge.is_left_alone(self.string, start, end, meant or self.string[start:end])

    def once(self, function: Callable[[Text], Value]) -> Value:
        """The value of `function` for this text, asked for once: for what finders of several stages look for."""
        if function not in self._remembered:
            self._remembered[function] = function(self)
        value: Value = self._remembered[function]
        return value
