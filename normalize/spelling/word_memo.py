"""The words that a process has decided: those that are right everywhere, and those that may be wrong somewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, Literal, TypeVar

from ..kernel import interfaces
from ..tokens import WORD

LIMIT = 400_000  # words decided: then they are forgotten, so that memory stays flat

Finder = TypeVar("Finder")
# What tells which words need no look, and the logit that a slip needs to be mended.
Sifter = tuple[interfaces.Suspects, float]


class WordMemo(Generic[Finder]):
    """Remembers what was decided of words, and tells which words of a text are to be looked at."""

    def __init__(self, words: Callable[[], interfaces.Words], sifter: Callable[[interfaces.Words], Sifter]) -> None:
        """words: makes the words known at the start. sifter: opens indexes, so it is asked at the first unknown word."""
        self._words, self._make_sifter = words, sifter
        self.known = words()
        self.finders: dict[str, Finder] = {}  # of the words that may be wrong somewhere
        self._sifter: Sifter | None = None

    @property
    def sifter(self) -> Sifter:
        """What tells, in the kernel, which unknown words need no look."""
        if self._sifter is None:
            self._sifter = self._make_sifter(self.known)
        return self._sifter

    def looked_at(self, text: str, data: bytes) -> dict[str, list[int]]:
        """The unknown words of `text`, whose UTF-8 is `data`, that are worth being looked at, and their offsets."""
        if self._sifter is None and not self.known.unknown_words(data):
            return {}
        suspects, needed = self.sifter
        if max(len(self.known), len(self.finders), len(suspects)) > LIMIT:
            self.known, self._sifter = self._words(), None
            self.finders.clear()
            suspects, needed = self.sifter
        return suspects.of(text, data, needed)

    def near(self, pieces: str, looked_at: Iterable[str], means: Callable[[str, set[str]], bool]) -> list[str]:
        """The words of the text that was looked at last which may be slips of a word in `pieces`.

        means: tells, for a lower-case word, whether it may be a slip of one of some words.
        """
        low = pieces.lower()
        near, unclear = self.sifter[0].near(low)
        unclear += [word for word in looked_at if word in self.finders and word not in near and " " not in word]
        if unclear:
            present = set(WORD.findall(low))
            near += [word for word in unclear if means(word.lower(), present)]
        return near

    def decided(self, word: str) -> interfaces.SlipPrefilter | Literal[False] | None:
        """What the kernel has decided of a word: interfaces.Suspects.decided."""
        return self.sifter[0].decided(word)
