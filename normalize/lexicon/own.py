"""The user's own words: those to keep as they are, and rewrites.

Two files of text in UTF-8, in which empty lines and those that begin with "#" say nothing:

    keep-words    a word or phrase a line, kept in any casing
    rewrites      found, meant and, where wanted, why, with tabs between; a row in lower case also stands for the capitalised
                  word at the start of a sentence
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from ..tokens import WORD
from . import Lexicon

# Bounds of what is taken, choices: the search for so many rewrites takes about 100 MB.
MAX_ROWS = 50_000
LARGEST = 32_000_000  # bytes of a file, a choice: a million words and more
LONGEST = 200  # code points of a word or phrase


class OwnWordsError(ValueError):
    """A user's words or rewrites are not what they should be. The message says where."""


class KeptWords:
    """Finds words and phrases that are to stay, in any casing."""

    def __init__(self, words: Iterable[str]) -> None:
        # By the first run of letters and digits in it, in lower case: the whole, and where in it that run begins.
        self._by_first_run: dict[str, list[tuple[str, int]]] = {}
        self._longest = 0
        for word in words:
            run = WORD.search(word)
            assert run  # checked_words() sees to that
            self._by_first_run.setdefault(run[0].lower(), []).append((word.lower(), run.start()))
            self._longest = max(self._longest, len(word))

    def found(self, text: str) -> Iterator[str]:
        """Yield those that stand in a text, each as it is written there."""
        for run in WORD.finditer(text):
            for word, offset in self._by_first_run.get(run[0].lower(), ()):
                start = run.start() - offset
                end = start + len(word)
                if start < 0 or text[start:end].lower() != word or (word[-1].isalnum() and text[end : end + 1].isalnum()):
                    continue
                yield text[start:end]

    def are_lost(self, text: str, start: int, end: int, after: str) -> bool:
        """Whether one of them would no longer stand in `text` as it did, were `after` put for [start, end)."""
        low, high = max(0, start - self._longest - 1), end + self._longest + 1
        before = Counter(self.found(text[low:high]))
        return bool(before) and bool(before - Counter(self.found(text[low:start] + after + text[end:high])))

    def cover(self, text: str) -> bool:
        """Whether `text` is one of them."""
        return any(found == text for found in self.found(text))


def read_keep_words(path: Path) -> tuple[str, ...]:
    """Read a file of words to keep. Raises OwnWordsError where it cannot be read."""
    return checked_words((line, f"{path}:{number}") for number, line in _lines(path))


def read_rewrites(path: Path) -> dict[str, str]:
    """Read a file of rewrites. Raises OwnWordsError where it cannot be read, or a row makes no sense."""
    rows = []
    for number, line in _lines(path):
        found, *others = line.split("\t")
        if len(others) not in (1, 2):
            raise OwnWordsError(
                f"{path}:{number}: has {1 + len(others)} columns, not found, meant and why with tabs between"
            )
        if (found, others[0]) != ("found", "meant"):  # a header, as tables have it
            rows.append((found.strip(), others[0].strip(), f"{path}:{number}"))
    return checked_rewrites(rows)


def checked_words(words: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Words to keep, sorted, each given with its place. Raises OwnWordsError for what is no word."""
    kept = set()
    for word, place in words:
        if not WORD.search(word):
            raise OwnWordsError(f"{place}: {word!r} has neither letter nor digit")
        if len(word) > LONGEST:
            raise OwnWordsError(f"{place}: is longer than {LONGEST} characters: is it one word a line?")
        kept.add(word)
        if len(kept) > MAX_ROWS:
            raise OwnWordsError(f"{place}: is more than {MAX_ROWS:,} words")
    return tuple(sorted(kept))


def checked_rewrites(rows: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Rewrites, sorted, of rows of what is found, what is meant and the row's place. Raises OwnWordsError for a bad row.

    What a rewrite leads to must not be rewritten in turn: cleaning a text twice would change it twice.
    """
    table: dict[str, str] = {}
    places: dict[str, str] = {}
    for found, meant, place in rows:
        checked_words([(found, place), (meant, place)])
        if found == meant:
            raise OwnWordsError(f"{place}: {found!r} is rewritten to itself")
        if table.setdefault(found, meant) != meant:
            raise OwnWordsError(f"{place}: {found!r} is rewritten to {table[found]!r} already")
        places[found] = place
    forms = {form: found for found in table for form in (found, found.capitalize() if found.islower() else found)}
    sought = KeptWords(forms)
    for found, meant in table.items():
        for form in sought.found(meant):
            if form in forms:
                raise OwnWordsError(f"{places[found]}: {meant!r} has {form!r} in it, which is rewritten itself")
    return dict(sorted(table.items()))


def check_apart(keep_words: Iterable[str], rewrites: Mapping[str, str]) -> None:
    """Raise OwnWordsError where a word that is to stay would be rewritten."""
    kept = KeptWords(keep_words)
    for found, meant in rewrites.items():
        if kept.are_lost(found, 0, len(found), meant):
            raise OwnWordsError(f"{found!r} is among the words to keep and among the rewrites")


@lru_cache(maxsize=4)
def lexicon(shipped: Lexicon, keep_words: tuple[str, ...], rewrites: tuple[tuple[str, str], ...]) -> Lexicon:
    """A lexicon with a user's words: what is kept counts as right, and so does what a rewrite leads to."""
    import hashlib  # which loads OpenSSL

    right = {*keep_words, *(meant for _, meant in rewrites)}
    single = {word for word in right if word.isalnum()}
    kept = {word.lower() for word in keep_words}
    version = hashlib.sha256(repr((keep_words, rewrites)).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return replace(
        shipped,
        protected=shipped.protected | single | {word.lower() for word in single},
        rewrites={found: meant for found, meant in shipped.rewrites.items() if found.lower() not in kept},
        own_rewrites=dict(rewrites),
        version=f"{shipped.version}+{version}",
    )


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the number and content of each line that says something."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise OwnWordsError(f"{path}: is over {LARGEST:,} bytes: is it a list of words?")
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise OwnWordsError(f"{path}: is not UTF-8: byte 0x{error.object[error.start]:02x}") from None
    except OSError as error:
        raise OwnWordsError(f"{path}: cannot be read: {error.strerror}") from None
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip() and not line.startswith("#"):
            yield number, line.strip(" \r\n")
