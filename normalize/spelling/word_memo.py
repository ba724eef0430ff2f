"""The words that a process has decided: those that are right everywhere, and those that may be wrong somewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from .. import kernel
from ..edit import Edit
from ..kernel import interfaces
from ..tokens import WORD
from .place import REACH

LIMIT = 400_000  # decided words, at which all are forgotten, so that memory stays flat: a choice

Finder = TypeVar("Finder")


class WordMemo(Generic[Finder]):
    """Remembers the decisions about words, and finds the words of a text that need a look."""

    def __init__(
        self, words: Callable[[], interfaces.Words], sifter: Callable[[interfaces.Words], interfaces.Suspects]
    ) -> None:
        """words: makes the words known at the start. sifter: opens indexes, so it is asked at the first unknown word."""
        self._words, self._make_sifter = words, sifter
        self.known = words()
        self.finders: dict[str, Finder] = {}  # of the words that may be wrong somewhere
        self.weighed: set[str] = set()  # those that may be slips, but of which the kernel cannot tell
        self._sifter: interfaces.Suspects | None = None

    @property
    def sifter(self) -> interfaces.Suspects:
        """The kernel's search for the unknown words that need a look."""
        if self._sifter is None:
            self._sifter = self._make_sifter(self.known)
        return self._sifter

    def looked_at(self, text: str, data: bytes, lost_its_commas: bool) -> tuple[dict[str, list[int]], list[Edit]]:
        """Find the unknown words of `text`, whose UTF-8 is `data`, that need a look, with their offsets.

        And the edits of its slips that need no further look.
        """
        if self._sifter is None and not self.known.unknown_words(data):
            return {}, []
        suspects = self.sifter
        if len(self.known) > LIMIT or len(self.finders) > LIMIT or len(suspects) > LIMIT:
            self.known, self._sifter = self._words(), None
            self.finders.clear()
            self.weighed.clear()
            suspects = self.sifter
        return suspects.of(text, data, lost_its_commas)

    def again(
        self,
        text: str,
        pieces: str,
        new: str,
        looked_at: Iterable[str],
        needed: float,
        means: Callable[[str, set[str]], bool],
    ) -> dict[str, list[int]]:
        """Find the words that need a look in a changed text: those in `pieces` of it, and slips of words in `new` ones.

        With the offsets of each, where these are at hand. looked_at: of the text as it was. new: in lower case. needed: the
        logit of a slip. means: tells, for a lower-case word, whether it may be a slip of one of some words.
        """
        data = kernel.utf8(pieces)
        again, unclear = self.sifter.again(text, data, new, needed, len(text) >= REACH)
        unclear += [word for word in looked_at if word in self.weighed]
        if unclear:
            present = set(WORD.findall(new))
            again.update((word, []) for word in unclear if word not in again and means(word.lower(), present))
        return again

    def is_slip(self, word: str) -> bool:
        """Whether the kernel met a word, and decided that it may be a slip."""
        return self.sifter.is_slip(word)
