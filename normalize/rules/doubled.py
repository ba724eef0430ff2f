"""Doubled words and particles that were set apart: "orang - orang", "meski pun"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from string import ascii_letters, ascii_lowercase, digits

from .. import kernel
from ..kernel import CharPattern
from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..text import Text

# Each is looked for at its hyphen, which is rarer than letters.
_HYPHENS = kernel.PatternFinder(
    [
        (
            CharPattern("-", (ascii_lowercase, " "), (ascii_lowercase,)),
            CharPattern("-", (ascii_lowercase, " "), (" ", ascii_lowercase)),
            CharPattern("-", (ascii_lowercase,), (" ", ascii_lowercase)),
        ),
        (
            CharPattern("-", (ascii_letters, " "), (digits,)),
            CharPattern("-", (ascii_letters, " "), (" ", digits)),
            CharPattern("-", (ascii_letters,), (" ", digits)),
        ),
    ]
)
_LETTERS = frozenset(ascii_letters)
# The prefixes stand before the first half only: sehari- hari, melihat -lihat, kehati- hatian.
_APART = lazy_pattern(
    r"(?<![\w-])(?i:(?:se|ber|ter|ke|di|me[a-z]{0,2})??)([A-Za-z][a-z]{2,})( - | -|- )"
    r"(?=[a-z])(?i:\1)(?:nya|an|i|kan)?(?![\w-])"
)
# An abbreviation and its number, which stand with their hyphen elsewhere: "U -20". Without that it may be below zero.
_NUMBERED = lazy_pattern(r"(?<![\w-])([A-Z][A-Za-z]{0,6})( - | -|- )([0-9]{1,3})(?![\w%]|[.,][0-9])")
_COMMON = 20  # uses in the counted corpus
# A hyphen with a space on one side, what stands before and behind it, and what the text has with its hyphen.
_ONE_SPACE = lazy_pattern(r"-(?:(?<=[A-Za-z]-) |(?<=[A-Za-z] -))(?=[A-Za-z]{2})")
_LEFT, _RIGHT = lazy_pattern(r"(?<![\w-])[A-Za-z]{2,}\Z"), lazy_pattern(r"[A-Za-z]+(?![\w-])")
_TIES, _WORD = lazy_pattern(r"[\w-]"), lazy_pattern(r"\w")
_PREFIXES = frozenset(
    "antar anti eks mini multi non pasca pra pro se semi sub super".split()
)  # not of verbs: "awalan ber- itu"
_GOES_ON = frozenset("atau dan hingga maupun sampai serta".split())  # with another prefix: "pra- dan pascabencana"
_LONGEST_HALF = 30  # code points: a choice
_DASH, _LONGEST_SENTENCE = lazy_pattern(r"-(?<=[a-z,] -) (?=[a-z])"), 400  # code points of the latter: a choice


def _at_hyphens(pattern: re.Pattern[str], string: str, hyphens: Iterable[int]) -> Iterator[re.Match[str]]:
    """The matches of a pattern that begins with the word before a hyphen, none of which overlaps the one before."""
    covered = 0
    for hyphen in hyphens:
        start = hyphen - (string[hyphen - 1] == " ")
        while start > covered and string[start - 1] in _LETTERS:
            start -= 1
        if match := pattern.match(string, start):
            covered = match.end()
            yield match


def _hyphens(text: Text) -> Iterator[Proposal]:
    apart, numbered = _HYPHENS.offsets(text.string)
    for match in _at_hyphens(_APART, text.string, apart):
        if match[2] == " - " and _has_a_dash_open(text.string, match.start()):
            continue
        if text.lexicon.words.get(match[1].lower(), 0) >= _COMMON and not text.is_foreign(*match.span()):
            yield Proposal(match.start(2), match.end(2), "-", HYPHEN.name, HYPHEN.confidence)
    for match in _ONE_SPACE.finditer(text.string):
        hyphen = match.start()
        start, end = hyphen - (text.string[hyphen - 1] == " "), match.end()
        left = _LEFT.search(text.string, max(0, start - _LONGEST_HALF), start)
        right = _RIGHT.match(text.string, end)
        if not left or not right or right[0] in _GOES_ON or right[0] == left[0]:  # twice the same is _APART's
            continue
        is_one = start == hyphen and left[0].lower() in _PREFIXES
        is_one = is_one or _stands_in(text.string, f"{left[0]}-{right[0]}", _TIES)
        if is_one and not text.is_foreign(left.start(), right.end()):
            yield Proposal(start, end, "-", HYPHEN.name, HYPHEN.confidence)
    for match in _at_hyphens(_NUMBERED, text.string, numbered):
        together = f"{match[1]}-{match[3]}"
        if together.lower() == "covid-19" or _stands_in(text.string, together):
            yield Proposal(match.start(2), match.end(2), "-", HYPHEN.name, HYPHEN.confidence)


def _stands_in(string: str, word: str, ties_behind: re.Pattern[str] = _WORD) -> bool:
    """Whether `word` stands in `string` with no letter, digit or hyphen before it, and none of `ties_behind` behind it."""
    at = string.find(word)
    while at >= 0:
        before, behind = string[at - 1 : at], string[at + len(word) : at + len(word) + 1]
        if not (_TIES.match(before) or ties_behind.match(behind)):
            return True
        at = string.find(word, at + 1)
    return False


def _has_a_dash_open(string: str, at: int) -> bool:
    """Whether a dash in the sentence of `at` waits for the other one: "itu - dan bergantung pada kamu - kamu boleh"."""
    start = max(0, at - _LONGEST_SENTENCE)
    start = max(start, *(string.rfind(mark, start, at) for mark in (". ", "? ", "! ", "\n")))
    return len(_DASH.findall(string, start, at)) % 2 == 1


HYPHEN = Rule(
    name="spacing.hyphen",
    doc="""Take out the spaces around the hyphen of a doubled word, or of an abbreviation and its number.

    A space on one side goes, too, behind a prefix, and where the text has the two with their hyphen elsewhere.""",
    trigger=(
        (ascii_lowercase, " ", "-", " ", ascii_lowercase),
        (ascii_letters, "-", " ", ascii_letters),
        (ascii_letters, " ", "-", ascii_letters),
        (ascii_letters, " ", "-", digits),
        (ascii_letters, " ", "-", " ", digits),
        (ascii_letters, "-", " ", digits),
    ),
    changes={
        "Orang - orang itu datang.": "Orang-orang itu datang.",
        "Pulau- pulau dan anak -anak itu.": "Pulau-pulau dan anak-anak itu.",
        "Ia bekerja sehari- hari dan berjaga -jaga.": "Ia bekerja sehari-hari dan berjaga-jaga.",
        "Warga se- Indonesia dan non- Jawa hadir.": "Warga se-Indonesia dan non-Jawa hadir.",
        "Kereta Jakarta-Bandung, jalan Jakarta- Bandung.": "Kereta Jakarta-Bandung, jalan Jakarta-Bandung.",
        "Kasus COVID -19 naik. Timnas U -20 dan U-20 lain.": "Kasus COVID-19 naik. Timnas U-20 dan U-20 lain.",
    },
    keeps=(
        "Security - Security Scan.",
        "Dinyanyikno bocah -bocah cilik ing dalan, wong lapooh kok ora seneng.",
        "Jadwal Senin - Senin depan.",
        "Suami- istri itu datang.",
        "Masa pra- dan pascabencana, awalan ber- pada kata itu.",
        "Oleh karena itu - dan bergantung pada acara kamu - kamu boleh mematikan opsi itu.",
    ),
)

# Conjunctions that are one word with -pun (EYD V, "partikel pun"); "sekali pun" and "ada pun" may be two.
_PARTICLE = lazy_pattern(r" pun(?![\w-])")
_CONJUNCTION = lazy_pattern(r"(?<![\w-])(?:[Mm]eski|[Ww]alau|[Aa]tau|[Kk]alau|[Kk]endati|[Ss]ungguh|[Bb]agaimana|mau)\Z")
_LONGEST_CONJUNCTION = len("bagaimana")
_ENDS = ("eski", "alau", "atau", "mau", "dati", "gguh", "mana")
# What "-lah" stresses in the middle of a sentence, and any word before "yang". At the end of a sentence, and before somebody
# who is called, it may be a word of speech: "bikin ini lah", "tunggu itu lah ya".
_STRESSED = lazy_pattern(
    r"(?<![\w-])(?:[Ii]ni|[Ii]tu|[Bb]ukan|[Tt]idak|[Ss]itu|[Ss]ini|[Ss]ana|[Dd]emikian|[Dd]ia|[Mm]ereka)\Z"
)
_LONGEST_STRESSED = len("demikian")
_BEFORE_YANG = lazy_pattern(r"(?<![\w-])[a-z]{3,24}\Z")
# Behind these it is mostly a word of speech; "adalah" is another word than "ada lah".
_SPOKEN = frozenset("ada aja dulu enggak gak nanti nggak saja sih ya".split())
_LAH = lazy_pattern(r" lah (?!(?:ya|gitu|dong|kan|mbak|mas|pak|bu|bang|kira)\b)(?=[a-z0-9])")


def _particles(text: Text) -> Iterator[Proposal]:
    for match in _PARTICLE.finditer(text.string):
        at = match.start()
        if _CONJUNCTION.search(text.string, max(0, at - _LONGEST_CONJUNCTION), at):
            yield Proposal(at, at + 1, "", PARTICLE.name, PARTICLE.confidence)
    for match in _LAH.finditer(text.string):
        at = match.start()
        if _is_stressed(text, at, match.end()) and not text.is_foreign(at + 1, at + 4):
            yield Proposal(at, at + 1, "", PARTICLE.name, PARTICLE.confidence)


def _is_stressed(text: Text, at: int, behind: int) -> bool:
    """Whether the word before `at` is one that "lah" stresses, where the next word begins at `behind`."""
    if _STRESSED.search(text.string, max(0, at - _LONGEST_STRESSED), at):
        return True
    word = _BEFORE_YANG.search(text.string, max(0, at - 25), at) if text.string.startswith("yang ", behind) else None
    return word is not None and word[0] in text.lexicon.words and word[0] not in _SPOKEN


PARTICLE = Rule(
    name="spacing.particle",
    doc="""Join "pun" to the conjunctions that it is one word with, and "-lah" to what it stresses.""",
    trigger=(*(f"{end} pun" for end in _ENDS), " lah "),
    changes={
        "Meski pun hujan, warga datang, baik tua mau pun muda.": "Meskipun hujan, warga datang, baik tua maupun muda.",
        "Hal ini lah yang dibahas, dan bukan lah perkara mudah.": "Hal inilah yang dibahas, dan bukanlah perkara mudah.",
    },
    keeps=(
        "Ia tidak sekali pun datang, siapa pun tahu.",
        "Apa pun yang ada pun habis.",
        'Katanya, "Ya bikin ini lah. Tunggu itu lah ya."',
    ),
)

FINDERS = (
    Finder((HYPHEN,), _hyphens, looks_far=True),
    Finder((PARTICLE,), _particles, looks_far=True),
)  # at the language around
