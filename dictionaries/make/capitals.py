"""Slips of words that news writes with a capital: offices, bodies, months, places.

Inside a sentence a capitalised word that no list has is taken for a name, and passed by. A slip of "Kementerian" is
none: its rows are made here, of the commonest kinds. Of 94 edits that they made in news of 13 repositories that nobody
counted 94 were right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator

from normalize.spelling.channel import slip

LEAST_LETTERS = 7  # of a word: slips of shorter ones are too often names; a choice


def rows(words: Iterable[str], known: Container[str]) -> Iterator[str]:
    """Yield the rows of rewrites.tsv for slips of capitalised words: those that are a slip of one of them, and not `known`.

    known: what is right in lower case, or a name. Raises ValueError for a word that is too short.
    """
    words = list(words)
    for word in words:
        if len(word) < LEAST_LETTERS:
            raise ValueError(f"capitalised.txt: {word} has fewer than {LEAST_LETTERS} letters")
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for word in words:
        for typed, why in slips(word):
            if typed.lower() not in known:
                found[typed].add((word, why))
    for typed, ((word, why), *others) in ((typed, sorted(reasons)) for typed, reasons in found.items()):
        if not others and not any(other != word and slip(typed.lower(), other.lower()) for other in words):
            yield f"{typed}\t{word}\t{why}\n"


def slips(word: str) -> Iterator[tuple[str, str]]:
    """Yield what a word is mistyped as, and why: a letter lost, two swapped, one doubled; the first letter stays.

    Nor is the last one lost alone: what lacks it may be cut, or of another language (Universita).
    """
    for i in range(1, len(word)):
        before, letter, behind = word[:i], word[i], word[i + 1 :]
        if letter != before[-1]:  # the same slip otherwise
            if behind:
                yield before + behind, f"{letter} lost"
            yield before + 2 * letter + behind, f"{letter} doubled"
        if behind and behind[0] != letter:
            yield before + behind[0] + letter + behind[1:], f"{behind[0]}{letter} for {letter}{behind[0]}"
