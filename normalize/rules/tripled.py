"""A letter typed three times that the word has twice: bawaaan, lainnnya."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase

from .. import kernel
from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..spelling.place import before, is_alone, is_tied
from ..text import Text

LETTERS = "".join(sorted(set(ascii_lowercase) - set("ioqwx")))  # those five make numerals, addresses and sighs: iii, www
# Inside the word: at its ends a letter is drawn out in speech (yaaa, aamiiin).
TAIL = lazy_pattern(rf"[a-z]{{1,{kernel.LONGEST_WORD}}}(?![\w@/-])")
COMMON = 20  # uses in the counted corpus, as a word or a name, of what is meant


def find_tripled(text: Text) -> Iterator[Proposal]:
    """Yield the letters too many."""
    string = text.string
    for three in (3 * letter for letter in LETTERS):
        at = string.find(three)
        while at > 0:
            if _is_inside_a_word(text, at):
                yield Proposal(at, at + 1, "", TRIPLED.name, TRIPLED.confidence)
            at = string.find(three, at + 3)


def _is_inside_a_word(text: Text, at: int) -> bool:
    """Whether the three letters at `at` stand inside a word that is common with two of them."""
    string, lexicon, tail = text.string, text.lexicon, TAIL.match(text.string, at + 3)
    if not string[at - 1].isalpha() or tail is None or string[at] in (string[at - 1], tail[0][0]):
        return False
    head = before(string, at)
    start, end, meant = at - len(head), tail.end(), (head + 2 * string[at] + tail[0]).lower()
    if meant[1:] != head[1:] + 2 * string[at] + tail[0] or is_tied(string, start, end) or is_alone(string, start, end):
        return False  # capitals inside it, an address, a word that is quoted
    uses = max(lexicon.words.get(meant, 0), lexicon.names.get(meant, 0))
    return uses >= COMMON and not text.is_foreign(start, end, meant)


TRIPLED = Rule(
    name="spelling.tripled",
    doc="""A letter that was typed three times inside a word that has it twice.""",
    changes={
        "Saus itu bawaaan pabrik.": "Saus itu bawaan pabrik.",
        "Kepala Dinas Pekerjaaan Umum hadir.": "Kepala Dinas Pekerjaan Umum hadir.",
        "Nama pemuda itu Abdulllah.": "Nama pemuda itu Abdullah.",
    },
    keeps=("Yaaa, lamaaa sekali, aaamiin.", "Lihat www.lainnnya.com.", "Tulisan “Holllywood” itu palsu."),
    trigger=tuple(3 * letter for letter in LETTERS),
)

FINDERS = (Finder((TRIPLED,), find_tripled, looks_far=True),)
