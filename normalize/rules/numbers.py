"""Numbers that stand against a word: "pada1938", "25Juni", "5,5persen"."""

from __future__ import annotations

from itertools import repeat
from string import ascii_lowercase, digits

from .. import kernel
from ..dates.calendar import MONTH_NAMES
from ..kernel import CharPattern
from ..lazy import lazy_pattern
from ..rule import AnyProposal, Finder, Rule
from ..text import Text
from .joints import ALWAYS_APART, FREQUENT

_YEAR_JOINTS = kernel.PatternFinder(
    [
        (CharPattern(digits, ("12", "90", digits), (ascii_lowercase, ascii_lowercase)),),
        (CharPattern("12", (ascii_lowercase,), ("90", digits, digits)),),
        (CharPattern(digits, (), ("JFMASOND", "aepugkco")),),
    ]
)
_BEHIND_YEAR = lazy_pattern(r"(?:19|20)\d\d([a-z]{2,16})(?![\w@/-]|\.\w)")
_BEFORE_YEAR = lazy_pattern(r"[A-Za-z][a-z]+?((?:19|20)\d\d)(?![\w@/-]|\.\w)")
_DAY = lazy_pattern(rf"\d{{1,2}}({'|'.join(MONTH_NAMES)})(?![\w@/-]|\.\w)")
_YEAR_BEHIND = (*MONTH_NAMES, "tahun", "pada", "sejak", "hingga", "sampai", "selama", "waktu", "dari")
_TIED = frozenset("@#/.,_&=-")


def _years(text: Text) -> list[AnyProposal]:
    string, lexicon = text.string, text.lexicon
    found: list[AnyProposal] = []
    behind, before, months = _YEAR_JOINTS.offsets(string)
    years = [at - len(word) for at in before for word in _YEAR_BEHIND if string.endswith(word, 0, at)]
    days = [at - string[at - 1 : at].isdecimal() for at in months]
    behind_years = [at - 3 for at in behind]
    for pattern, starts, is_sure in ((_BEHIND_YEAR, behind_years, False), (_BEFORE_YEAR, years, True), (_DAY, days, True)):
        for match in filter(None, map(pattern.match, repeat(string), starts)):
            left, word = string[max(0, match.start() - 1) : match.start()], match[1]
            if left.isalnum() or left in _TIED:
                continue
            is_word = is_sure or word in ALWAYS_APART or (len(word) > 3 and lexicon.words.get(word, 0) >= FREQUENT)
            if is_word or text.corrector.segmentation.parted(word):  # 2026matchdaykedua
                found.append((match.start(1), match.start(1), " ", NUMBER.name, NUMBER.confidence, ""))
    return found


_COUNTED = """persen ribu juta miliar milyar triliun dolar rupiah orang tahun bulan hari jam menit meter kilometer hektare
hektar liter kilogram gram unit kali ekor WIB WITA WIT""".split()
_FIRST, _SECOND = ("".join(sorted({word[place] for word in _COUNTED})) for place in (0, 1))
_COUNTED_JOINTS = kernel.PatternFinder([(CharPattern(digits, (), (_FIRST, _SECOND)),)])
_COUNTED_BEHIND = lazy_pattern(rf"\d({'|'.join(_COUNTED)})(?![\w@]|\.\w|-(?!Rp?\d|\d))")
_LONGEST_NUMBER = 20  # code points, 1.000.000.000.000,5 (a choice)
_MONEY = ("Rp", "$", "€")


def _counted(text: Text) -> list[AnyProposal]:
    """A number ends before what it counts: "5,5persen", "Rp300ribu". Names have a letter before it: gojek24jam."""
    string = text.string
    found: list[AnyProposal] = []
    for at in _COUNTED_JOINTS.offsets(string)[0]:
        if not _COUNTED_BEHIND.match(string, at):
            continue
        before = string[max(0, at - _LONGEST_NUMBER) : at].rstrip("0123456789.,")
        tied = before[-1:].isalnum() or before[-1:] in _TIED
        if not tied or before.endswith(_MONEY) or (before[-1:] == "-" and before[-2:-1].isdecimal()):
            found.append((at + 1, at + 1, " ", NUMBER.name, NUMBER.confidence, ""))
    return found


NUMBER = Rule(
    name="glue.number",
    doc="""Put the space between a year, a day or an amount and the word that stands against it.""",
    trigger=(
        (digits, ascii_lowercase, ascii_lowercase),
        (ascii_lowercase, "12", "90", digits),
        (digits, "JFMASOND", "aepugkco"),
        (digits, "W", "I"),
    ),
    changes={
        "Piala Dunia 2026bakal digelar di sana.": "Piala Dunia 2026 bakal digelar di sana.",
        "Ia lahir pada1938 dan menikah 25Juni 1960.": "Ia lahir pada 1938 dan menikah 25 Juni 1960.",
        "Pukul 8.00WIB naik 5,5persen ke Rp2-Rp3juta/ekor.": "Pukul 8.00 WIB naik 5,5 persen ke Rp2-Rp3 juta/ekor.",
        "Pada 2 Oktober2024 hadir 8orang.": "Pada 2 Oktober 2024 hadir 8 orang.",
    },
    keeps=(
        "Akun rekrutmen2025 dan #2019gantipresiden, 2024an, 1990-an, 2020nya.",
        "Lihat contoh.id/pada2024 dan 4Mei.jpg, akun @gojek24jam, berita_sumbar24jam, #1hari.",
    ),
)

FINDERS = (Finder((NUMBER,), lambda text: [*text.once(_years), *text.once(_counted)]),)
