"""Acronyms that stand against a word: "MBGdi", "dariBBC", "DPRKetua", "PrabowoSBY"."""

from __future__ import annotations

from itertools import repeat
from string import ascii_lowercase, ascii_uppercase, digits

from .. import kernel
from ..kernel import CharPattern
from ..lazy import lazy_pattern
from ..rule import AnyProposal, Finder, Rule
from ..text import Text
from ..tokens import in_address
from .code_signs import LABELS
from .joints import (
    ALWAYS_APART,
    BRANDED,
    CHOICE,
    COLON,
    COMMON,
    is_ordinary,
    stands_alone,
    stands_elsewhere,
    stands_twice,
)
from .openers import LINK_BEGINNERS, is_behind_headline

# Looked for are capitals side by side where the two meet, or one behind a small letter: they are rarer than those of names.
_JOINTS = kernel.PatternFinder(
    [
        (CharPattern(ascii_lowercase, (), (ascii_uppercase, ascii_uppercase)),),
        (CharPattern(ascii_uppercase + digits + "-", (), (ascii_uppercase + digits, ascii_lowercase, ascii_lowercase)),),
    ]
)
# Behind a word: the acronym. Behind an acronym: the last of its capitals or digits, or the first letter of the word.
_ACRONYM_BEHIND = lazy_pattern(r"([A-Z]{2,5})(?![\w@/]|\.\w)")
_WORD_BEFORE = lazy_pattern(r"(?<![\w@#/._&=-])(?:[a-z]{2,12}|[A-Z][a-z]{3,16})\Z")
_WORD_BEHIND = lazy_pattern(r"[A-Z0-9]([a-z]{2,16})(?![\w@/]|\.\w)")
_ACRONYM_BEFORE = lazy_pattern(r"(?<![\w@#/._&=-])(?:[A-Z]{2,5}|[A-Z]{1,3}-?\d{1,3})\Z")
_LONGEST_WORD, _LONGEST_ACRONYM = 17, 7  # code points of what the patterns of what stands before find
_SHORT = 2  # letters: an acronym that is not counted as a name may be part of a word
_LONG = 4  # letters: an acronym that may as well be a word in capitals
_SHORTEST_IN_HEADLINES = 3  # letters of an acronym between two headlines: KompasTV, OpenAI


def _acronym(text: Text) -> list[AnyProposal]:
    string, found = text.string, []
    behind, ahead = _JOINTS.offsets(string)
    for match in filter(None, map(_ACRONYM_BEHIND.match, repeat(string), [at + 1 for at in behind])):
        at = match.start()
        left = _WORD_BEFORE.search(string, at - _LONGEST_WORD if at > _LONGEST_WORD else 0, at)
        if left and (_are_apart(text, left[0], match[0]) or _ends_before(text, left.start(), at, match.end())):
            found.append((left.start(), at, match.end()))
    for match in filter(None, map(_WORD_BEHIND.match, repeat(string), [at + 1 for at in ahead])):
        at = match.start(1)
        first = at - _LONGEST_ACRONYM if at > _LONGEST_ACRONYM else 0
        left = _ACRONYM_BEFORE.search(string, first, at)
        if left and _are_apart(text, match[1], left[0]):
            found.append((left.start(), at, match.end()))
            continue
        at -= 1
        left = _ACRONYM_BEFORE.search(string, max(0, first - 1), at)
        if left and _begins_behind(text, left.start(), at, match.end()):
            found.append((left.start(), at, match.end()))
    return [
        (at, at, " ", ACRONYM.name, ACRONYM.confidence, "")
        for start, at, end in found
        if string[start:end].lower() not in text.lexicon.names and not in_address(string, 0, at)
    ]


def _are_apart(text: Text, word: str, acronym: str) -> bool:
    """Whether a lower-case `word` is none that an acronym is part of: a function word, a verb behind it, or two words."""
    lexicon, segmentation = text.lexicon, text.corrector.segmentation
    if not word.islower() or (lexicon.names.get(acronym.lower(), 0) < COMMON and len(acronym) <= _SHORT):
        return False
    return word in ALWAYS_APART or segmentation.is_verb(word) or bool(segmentation.parted(word))


def _begins_behind(text: Text, start: int, at: int, end: int) -> bool:
    """Whether a capitalised word, [at, end), begins something else than the acronym before it, [start, at), ends."""
    string, lexicon = text.string, text.lexicon
    acronym, second = string[start:at], string[at:end].lower()
    if second in LABELS and COLON.match(string, end):
        return True
    if len(second) < 3 or stands_twice(string, start, end) or not _is_known(text, start, at):
        return False
    if second in LINK_BEGINNERS:
        return True
    if second in BRANDED or text.corrector.segmentation.may_be_english(second) or string[end : end + 1] != " ":
        return False
    if is_ordinary(second, lexicon):
        return True
    behind_headline = is_behind_headline(string, start)
    is_clear = len(acronym) > _SHORT and (behind_headline or stands_elsewhere(string, at, end))
    return is_clear and stands_alone(second, lexicon)


def _ends_before(text: Text, start: int, at: int, end: int) -> bool:
    """Whether a capitalised word, [start, at), ends a headline before an acronym, [at, end), that the text goes on with."""
    string = text.string
    if string.endswith(CHOICE, 0, at):
        return True
    return (
        string[start].isupper()
        and end - at >= _SHORTEST_IN_HEADLINES
        and is_behind_headline(string, start)
        and stands_alone(string[start:at].lower(), text.lexicon)
        and stands_elsewhere(string, at, end)
        and not stands_twice(string, start, end)
    )


def _is_known(text: Text, start: int, end: int) -> bool:
    """Whether an acronym, [start, end), is in use, or stands elsewhere in the text; and no word in capitals: SIAPKerja."""
    string = text.string
    if end - start >= _LONG and string[start:end].lower() in text.lexicon.roots:
        return False
    return stands_alone(string[start:end].lower(), text.lexicon) or stands_elsewhere(string, start, end)


ACRONYM = Rule(
    name="glue.acronym",
    doc="""Put the space between an acronym and the word that stands against it.""",
    trigger=(
        (ascii_lowercase, ascii_uppercase, ascii_uppercase),
        (ascii_uppercase, ascii_uppercase, ascii_lowercase),
        (ascii_uppercase + "-", digits, ascii_lowercase),
        (digits, digits, ascii_lowercase),
    ),
    changes={
        "Program MBGdi sekolah itu baik.": "Program MBG di sekolah itu baik.",
        "Voli Putri U-21di Surabaya.": "Voli Putri U-21 di Surabaya.",
        "Kabar itu dariBBC kemarin.": "Kabar itu dari BBC kemarin.",
        "Lalu KPKmenahan dua orang.": "Lalu KPK menahan dua orang.",
        "Penambahan Komisi di DPRKetua DPR itu hadir.": "Penambahan Komisi di DPR Ketua DPR itu hadir.",
        "Produk Unggulan UMKMPewarta: Nur Aini": "Produk Unggulan UMKM Pewarta: Nur Aini",
        "Bakal Dihadiri PrabowoSBY pun hadir, kata SBY.": "Bakal Dihadiri Prabowo SBY pun hadir, kata SBY.",
    },
    keeps=(
        "Anggota DPRnya, kumparanTV, iOS, eKTP, pH, GHz, dan kWh.",
        "Akun @diKPK dan #MBGdi serta KPKdi.com.",
        "Agen BRILink, JPMorgan, KompasTV, OpenAI, SIAPKerja, dan BRIMo ada di sana.",
    ),
)

# Asked twice (rules/__init__.py), and often about the same text.
FINDERS = (Finder((ACRONYM,), lambda text: text.once(_acronym), looks_far=True),)
