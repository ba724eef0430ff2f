"""Marks with a space before them that end a sentence or a clause: "Awas ! Air naik", "Apa itu ?", "adalah : 1"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from string import ascii_letters, digits

from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..text import Text

# Several of them, with a space on each side, are how people chat.
_EXCLAIMED = lazy_pattern(r" !(?<=[A-Za-z]{3} !)(?:!*+(?P<glued>(?=[A-Z][A-Za-z]))|(?=[\s\"”)]|\Z))")
_ASKED = lazy_pattern(r" \?(?<=[A-Za-z]{3} \?)(?=[\s\"”)]|\Z)")
_LONGEST_QUESTION = 150  # code points: a choice
_QUESTION = lazy_pattern(
    r"(?<![\w-])(?i:apa|siapa|mengapa|kenapa|kapan|bagaimana|berapa|(?:di|ke)?mana|[a-z]{3,}kah)(?![\w-])[^.!?\n:]*\Z"
)


def _end_marks(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in _EXCLAIMED.finditer(string):
        start, end = match.span()
        if not text.is_foreign(start, end):
            glued = " " if match["glued"] is not None else ""
            yield Proposal(start, end, string[start + 1 : end] + glued, END_MARK.name, END_MARK.confidence)
    for match in _ASKED.finditer(string):
        start, end = match.span()
        if _QUESTION.search(string, max(0, start - _LONGEST_QUESTION), start) and not text.is_foreign(start, end):
            yield Proposal(start, start + 1, "", END_MARK.name, END_MARK.confidence)


END_MARK = Rule(
    name="spacing.end-mark",
    doc="""Drop the space before exclamation marks, and before question marks where something is asked.""",
    trigger=((ascii_letters, " ", "!?"),),
    changes={
        "KABAR BURUK !!SEMUA WARGA HARUS PERGI !": "KABAR BURUK!! SEMUA WARGA HARUS PERGI!",
        "Apa yang terjadi ? Warga bertanya-tanya.": "Apa yang terjadi? Warga bertanya-tanya.",
    },
    keeps=(
        "Nilai a != b dan if !x tetap.",
        "Rutenya Bogor ? Jalan Raya ? Depok.",
        "Kata ?Hadi? itu hilang.",
        "Mantap !!! Kapan lagi ???",
    ),
)

_ANNOUNCES = lazy_pattern(r" :(?<=[a-z]{3} :)(?= [\"“]?[A-Za-z0-9])")
# Behind fewer words it may be a label, "Judul karya : Senja", whose colons some set below one another.
_CLAUSE = lazy_pattern(r"[a-z,] (?:[a-z]+ ){2,}[a-z]{3,}\Z")
_LONGEST_CLAUSE = 80  # code points that are looked at: a choice
_LONGEST_LABEL = 45  # code points from the beginning of a line, which a list may have: a choice
# Behind these words a list or a quotation follows; no label ends with one.
_ANNOUNCERS = lazy_pattern(
    r"(?<![\w-])(?:berikut(?: ini)?|yaitu|yakni|adalah|ialah|antara lain|antaranya|meliputi|mencakup|bahwa|berbunyi)\Z"
)
_LONGEST_ANNOUNCER = len("berikut ini") + 1
_ENDS_LINE = lazy_pattern(r" :(?<=[A-Za-z0-9)] :)(?=[ \t]*(?:[\r\n]|\Z))")
_SPACE_BEFORE = lazy_pattern(r" :(?<=[A-Za-z]{3} :)(?=[\"“]?[A-Z][a-z]+(?![^\W_]|[:_])|Rp ?\d|\d\d)")
_ALIGNED = lazy_pattern(r":(?<=[ \t]{2}:)")  # colons that are set below one another


def _colons(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in _ANNOUNCES.finditer(string):
        at = match.start()
        is_label = at - (string.rfind("\n", max(0, at - _LONGEST_LABEL), at) + 1) < _LONGEST_LABEL
        is_clause = not is_label and _CLAUSE.search(string, max(0, at - _LONGEST_CLAUSE), at)
        announces = is_clause or _ANNOUNCERS.search(string, max(0, at - _LONGEST_ANNOUNCER), at)
        if announces and not text.is_foreign(at, at + 2):
            yield Proposal(at, at + 1, "", COLON.name, COLON.confidence)
    are_aligned: bool | None = None
    for match in chain(_ENDS_LINE.finditer(string), _SPACE_BEFORE.finditer(string)):
        if are_aligned is None:
            are_aligned = _ALIGNED.search(string) is not None
        start, end = match.span()
        if not are_aligned and not text.is_foreign(start, end):
            after = ": " if string[end : end + 1].strip() else ":"
            yield Proposal(start, end, after, COLON.name, COLON.confidence)


COLON = Rule(
    name="spacing.colon",
    doc="""Drop the space before a colon behind a clause, "yaitu" or the like, at a line's end, or with no space behind it.

    A clause has four words in small letters or more. The colons of labels, "Judul : Senja", stay as they are set.""",
    trigger=((ascii_letters + digits + ")", " ", ":", " \t\r\n" + ascii_letters + digits + '"“'),),
    changes={
        "Camat berkata, syarat yang harus dibawa warga adalah : Kartu dan surat.": (
            "Camat berkata, syarat yang harus dibawa warga adalah: Kartu dan surat."
        ),
        "Ia membawa tiga benda, yaitu : kartu, surat, dan uang.": "Ia membawa tiga benda, yaitu: kartu, surat, dan uang.",
        "Jadwal kapal bulan Mei 2019 :\nSenin dan Kamis.": "Jadwal kapal bulan Mei 2019:\nSenin dan Kamis.",
        "Surat Keputusan Bupati Nomor :503/378 terbit.": "Surat Keputusan Bupati Nomor: 503/378 terbit.",
    },
    keeps=(
        "Judul karya : Senja",
        "Hari ini air naik.\nTingkat risiko yang sangat rendah : 2 persen\nRendah : 3 persen",
        "Nama      :\nTempat :\nTanggal :",
        "Enak sekali :D kata dia :)",
    ),
)

# --- A full stop, which hole.py mends where nothing is lost ----------------------------------------------------------

_NUMBER = lazy_pattern(r"[A-Za-z]-?\d{1,3}\Z|\d{4}\Z|\d[.,]\d{1,3}\Z")  # of an item of a list, or of a melody, it has fewer
_NEXT_SENTENCE = lazy_pattern(r"[ \t]*(?:[\r\n]|\Z)| [\"“]?[A-Z][a-z]")


def ends_with_number(string: str, start: int, end: int) -> bool:
    """Whether a sentence ends with a number before `start`, and the next one, or no more, follows behind `end`."""
    return _NUMBER.search(string, max(0, start - 5), start) is not None and _NEXT_SENTENCE.match(string, end) is not None


# They look at the language around.
FINDERS = (Finder((END_MARK,), _end_marks, looks_far=True), Finder((COLON,), _colons, looks_far=True))
