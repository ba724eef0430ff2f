from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Edit = TypeVar("Edit", bound=tuple[object, ...])
Finding = TypeVar("Finding", bound=tuple[object, ...])
Change = tuple[int, int, str | None, float, str]

def apply(text: str, edits: list[Edit], /) -> str | None: ...
def settle(edits: list[Edit], /) -> list[Edit]: ...
def around(text: str, edits: list[Edit], reach: int, /) -> list[str]: ...
def compose(
    original: str,
    first: list[Edit],
    second: list[Edit],
    edit: type[Edit],
    cluster: Callable[[str, int, int, int, list[Edit], list[Edit]], Edit | None],
    /,
) -> list[Edit]: ...
def proposed(
    changes: Iterable[Change],
    string: str,
    rule: str,
    drop: bool,
    least: float,
    tag: str,
    edit: type[Edit],
    finding: type[Finding],
    /,
) -> list[Edit | Finding]: ...
def beyond_ascii(text: str, /) -> dict[str, list[int]]: ...
def joints(text: str, /) -> list[int]: ...
def marks(text: str, /) -> dict[tuple[str, str, str], list[int]]: ...

class Words:
    def __init__(self, firsts: Sequence[str], known: Iterable[str], always: Iterable[str], /) -> None: ...
    def __len__(self) -> int: ...
    def add(self, word: str, /) -> None: ...
    def suspects(self, data: bytes, /) -> dict[str, list[int]]: ...

class Literals:
    def __init__(self, groups: list[tuple[bytes, ...]], /) -> None: ...
    def found(self, data: bytes, before: bytes | None = None, /) -> bytes: ...

class Speller:
    def __init__(
        self,
        words: list[str],
        priors: list[float],
        frequent: list[str],
        rates: list[float],
        trigrams: list[float],
        unseen: float,
        /,
    ) -> None: ...
    def near(self, typed: str, /) -> dict[str, tuple[float, float, float]]: ...
    def far(self, typed: str, /) -> dict[str, tuple[float, float, float]]: ...
    def oddness(self, typed: str, /) -> tuple[float, int]: ...

class Pairs:
    def __init__(
        self,
        words: list[str],
        uses: list[float],
        total: float,
        smoothing: float,
        starts: memoryview,
        rights: memoryview,
        counts: memoryview,
        /,
    ) -> None: ...
    def count(self, left: str, right: str, /) -> int: ...
    def fits(self, words: list[str], left: str, right: str, /) -> list[float]: ...
