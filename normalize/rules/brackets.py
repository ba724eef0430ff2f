"""Words that stand against a bracket, where a tag stood between them: "Serikat(AS)menjadi"."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_letters, ascii_lowercase, digits

from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..text import Text
from ..tokens import LONGEST_PIECE, in_address
from .joints import COMMON, stands_alone
from .spacing import SPEAKS

_ENDS, _QUOTES = frozenset(".,!?:;)\"”’'"), frozenset('"“')  # what an embed stands against
_LONGEST_SUFFIX = 4  # letters: what is written into brackets of the end or the beginning of a word, "anggota(nya)"
# Written together with what stands before them, a closing bracket too: "(yang dibuat)nya", "Rasul(Nya)".
_CLITICS = frozenset({"kah", "ku", "lah", "mu", "nya"})
# Each begins with a bracket, which a search can go by. The word before, and what is enclosed: words, an acronym, a date; no
# arguments of a function.
_OPENING = lazy_pattern(r"\((?<=[A-Za-z]{3}\()(?P<inside>[A-Za-z0-9][^()\n\"'=;{}\[\]<>|_]{1,80})\)(?![\w(\[-]| ?\{)")
_CLOSING = lazy_pattern(
    r"\((?<![^\s]\()(?P<inside>[A-Za-z0-9][^()\n\"'=;{}\[\]<>|_]{1,80})\)(?P<word>[a-z]{3,})(?![\w(@/-])"
)
_SPEAKS = lazy_pattern(rf"(?:{SPEAKS}|lapor|dikutip|dilansir|melansir|mengutip)\Z")
# Behind a sentence a credit, which ends the line or has a slash; what a program has there is none, "nilai.(string)".
_BEHIND_STOP = lazy_pattern(
    r"\((?<=[a-z]{3}\.\()(?:[A-Za-z][A-Za-z.]*(?: [A-Z][a-z]+){0,3}/|[A-Za-z][^()\n]{1,60}\)\s*(?:\n|\Z))"
)
_ITEM = lazy_pattern(r"\)(?<=[^\W_]\))(?=[1-9][0-9]?\. [A-Z][a-z])")  # the next item of a list
# What stands for a player of videos or pictures, "[Gambas:Video CNN]", and the initials of a newsroom, "[ka/ab]".
_EMBED = lazy_pattern(r"\[(?:Gambas:[^\]\n\[]{1,40}|[a-z]{2,4}/[a-z]{2,4})\]")
_WORD_BEFORE = lazy_pattern(r"(?<![\w@#/.\\$&=+-])[A-Za-z][a-z]+\Z|(?<![\w@#/.\\$&=+(-])[A-Z]{3,}\Z")


def _is_part_of_a_word(inside: str) -> bool:
    """Whether what is enclosed may be the end or the beginning of the word that it stands against."""
    return inside.isalpha() and ((inside.islower() and len(inside) <= _LONGEST_SUFFIX) or inside.lower() in _CLITICS)


def _brackets(text: Text) -> Iterator[Proposal]:
    string, lexicon = text.string, text.lexicon
    for match in _OPENING.finditer(string):
        at = match.start()
        left = _WORD_BEFORE.search(string, max(0, at - LONGEST_PIECE), at)
        if (
            left
            and stands_alone(left[0].lower(), lexicon)
            and not _is_part_of_a_word(match["inside"])
            and not (_SPEAKS.match(left[0]) and match["inside"][0].isdigit())  # "lapor(27/7)" lost who reports
            and not in_address(string, 0, at)
        ):
            yield Proposal(at, at, " ", BRACKET.name, BRACKET.confidence)
    for match in _CLOSING.finditer(string):
        inside, at = match["inside"], match.start("word")
        whole = " " in inside or not inside.islower()
        if whole and match["word"] not in _CLITICS and lexicon.words.get(match["word"], 0) >= COMMON:
            yield Proposal(at, at, " ", BRACKET.name, BRACKET.confidence)
    for match in _BEHIND_STOP.finditer(string):
        at = match.start()
        last = _WORD_BEFORE.search(string, max(0, at - LONGEST_PIECE), at - 1)
        if last and stands_alone(last[0].lower(), lexicon) and not in_address(string, 0, at):
            yield Proposal(at, at, " ", BRACKET.name, BRACKET.confidence)
    for match in _ITEM.finditer(string):
        yield Proposal(match.end(), match.end(), " ", BRACKET.name, BRACKET.confidence)


def _embeds(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in _EMBED.finditer(string):
        start, end = match.span()
        before, behind = string[start - 1 : start] if start else "", string[end : end + 1]
        if before in _ENDS or (before.isalnum() and string.startswith("[Gambas", start)):
            yield Proposal(start, start, " ", EMBED.name, EMBED.confidence)
        if behind.isalnum() or behind in _QUOTES:
            yield Proposal(end, end, " ", EMBED.name, EMBED.confidence)


BRACKET = Rule(
    name="glue.bracket",
    doc="""Put the space between a word, or a sentence, and the bracket that it stands against.""",
    trigger=((ascii_letters + ".", "(", ascii_letters + digits), (")", ascii_lowercase), (")", digits)),
    changes={
        "Presiden Amerika Serikat(AS) itu tiba.": "Presiden Amerika Serikat (AS) itu tiba.",
        "Liga Basket Indonesia (IBL)tahun lalu.": "Liga Basket Indonesia (IBL) tahun lalu.",
        "Ketua Umum(Ketum) pada Senin (22/8)mengatakan itu.": "Ketua Umum (Ketum) pada Senin (22/8) mengatakan itu.",
        "Warga mengungsi.(Rini Lestari/Adi)": "Warga mengungsi. (Rini Lestari/Adi)",
        "Hasilnya Sumatra (37 persen)2. Jawa (36 persen).": "Hasilnya Sumatra (37 persen) 2. Jawa (36 persen).",
    },
    keeps=(
        "Anggota(nya) hadir, ia (me)lihat, nilai f(x), len(text), print(nama), 1)apa, a)yang.",
        "Siapa menepati janji (yang dibuat)nya, dan bumi(Nya) luas.",
        "(function(d, s, id) { var a = 1; })",
        "Tulis =SWITCH(MONTH(A3);1) atau =DEGREES(ASIN(0.5)) di sel itu.",
        "Lihat https://id.wikipedia.org/wiki/Jawa(pulau) dan fungsi tambah(KUCING)nya.",
    ),
)

EMBED = Rule(
    name="glue.embed",
    doc="""Put the spaces around what stands for a player of videos, or for the initials of a newsroom.""",
    trigger=("[Gambas:", ("[", ascii_lowercase, ascii_lowercase + "/", ascii_lowercase + "/")),
    changes={
        "Warga mengungsi.[Gambas:Video Contoh]Camat datang.": "Warga mengungsi. [Gambas:Video Contoh] Camat datang.",
        "Warga mengungsi.[ka/ab]": "Warga mengungsi. [ka/ab]",
    },
    keeps=("Warga mengungsi. [Gambas:Video Contoh] (ka/ab)", "Nilai [x] serta [ini/itu saja] tetap."),
)

FINDERS = (Finder((BRACKET,), _brackets, looks_far=True), Finder((EMBED,), _embeds))
