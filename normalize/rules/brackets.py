"""Words that stand against a bracket, where a tag stood between them: "Serikat(AS)menjadi"."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_letters, ascii_lowercase, digits

from ..lazy import lazy_pattern
from ..lexicon import Lexicon
from ..rule import Finder, Proposal, Rule
from ..text import Text
from ..tokens import LONGEST_PIECE, in_address

_COMMON = 20  # uses in the counted corpus
_LONGEST_SUFFIX = 4  # letters: what is written into brackets of the end or the beginning of a word, "anggota(nya)"
# The word before, and what is enclosed: words, an acronym, a date; no arguments of a function.
_OPENING = lazy_pattern(r"(?<=[A-Za-z]{3})\((?P<inside>[A-Za-z0-9][^()\n\"'=;{}\[\]<>|_]{1,80})\)(?![\w(\[-]| ?\{)")
_CLOSING = lazy_pattern(r"(?<![^\s])\((?P<inside>[A-Za-z0-9][^()\n\"'=;{}\[\]<>|_]{1,80})\)(?P<word>[a-z]{3,})(?![\w(@/-])")
_ITEM = lazy_pattern(r"(?<=[^\W_])\)(?=[1-9][0-9]?\. [A-Z][a-z])")  # the next item of a list
_WORD_BEFORE = lazy_pattern(r"(?<![\w@#/.\\$&=+-])[A-Za-z][a-z]+\Z|(?<![\w@#/.\\$&=+-])[A-Z]{3,}\Z")


def _is_known(word: str, lexicon: Lexicon) -> bool:
    low = word.lower()
    return max(lexicon.words.get(low, 0), lexicon.names.get(low, 0)) >= _COMMON


def _is_part_of_a_word(inside: str) -> bool:
    """Whether what is enclosed may be the end or the beginning of the word that it stands against."""
    return inside.isalpha() and inside.islower() and len(inside) <= _LONGEST_SUFFIX


def _brackets(text: Text) -> Iterator[Proposal]:
    string, lexicon = text.string, text.lexicon
    for match in _OPENING.finditer(string):
        at = match.start()
        left = _WORD_BEFORE.search(string, max(0, at - LONGEST_PIECE), at)
        if (
            left
            and _is_known(left[0], lexicon)
            and not _is_part_of_a_word(match["inside"])
            and not in_address(string, 0, at)
        ):
            yield Proposal(at, at, " ", BRACKET.name, BRACKET.confidence)
    for match in _CLOSING.finditer(string):
        inside, at = match["inside"], match.start("word")
        whole = " " in inside or not inside.islower()
        if whole and lexicon.words.get(match["word"], 0) >= _COMMON:
            yield Proposal(at, at, " ", BRACKET.name, BRACKET.confidence)
    for match in _ITEM.finditer(string):
        yield Proposal(match.end(), match.end(), " ", BRACKET.name, BRACKET.confidence)


BRACKET = Rule(
    name="glue.bracket",
    doc="""Put the space between a word and the bracket that it stands against.""",
    trigger=((ascii_letters, "(", ascii_letters + digits), (")", ascii_lowercase), (")", digits)),
    changes={
        "Presiden Amerika Serikat(AS) itu tiba.": "Presiden Amerika Serikat (AS) itu tiba.",
        "Liga Basket Indonesia (IBL)tahun lalu.": "Liga Basket Indonesia (IBL) tahun lalu.",
        "Ketua Umum(Ketum) pada Senin (22/8)mengatakan itu.": "Ketua Umum (Ketum) pada Senin (22/8) mengatakan itu.",
        "Hasilnya Sumatra (37 persen)2. Jawa (36 persen).": "Hasilnya Sumatra (37 persen) 2. Jawa (36 persen).",
    },
    keeps=(
        "Anggota(nya) hadir, ia (me)lihat, nilai f(x), len(text), print(nama), 1)apa, a)yang.",
        "(function(d, s, id) { var a = 1; })",
        "Lihat https://id.wikipedia.org/wiki/Jawa(pulau) dan fungsi tambah(KUCING)nya.",
    ),
)

FINDERS = (Finder((BRACKET,), _brackets, looks_far=True),)
