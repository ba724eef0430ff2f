"""Credits: who wrote, edited or photographed, which outlets print at the ends of an article and between its paragraphs.

They are reported, and taken out only when the user drops "credit".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from string import ascii_lowercase, digits

from ..lazy import lazy_pattern
from ..newsroom import byline_mentions
from ..newsroom.byline_mentions import Byline
from ..rule import Finder, Proposal, Rule
from ..text import Text
from .byline import signed
from .removal import of_literals, taken_out

_LONGEST = 100  # code points of what stands in parentheses: a choice
# Behind the end of a sentence they may be those of one person, or a star.
_INITIALS = lazy_pattern(
    r"(?!.dan/atau)(?:\([a-z]{2,4}(?:/[a-z]{2,4}){1,2}\)|\[[a-z]{2,4}/[a-z]{2,4}\])(?=\s*\Z|\s*[a-z\d][^.!?A-Z]*\Z)"
    r"|(?<![^.!?”\"\]\n ])(?<![^.!?”\"\]\n] )(?:\((?:[a-z]{2,4}|\*{1,3})\)|\[[a-z]{2,4}\]"
    r"|\((?:RMOL|ANTARA|Antara|ANT|Ant|RED|Red)(?:/[A-Za-z\d-]{1,7}){0,2}\)"  # an agency
    r"|\((?:[A-Z][a-z]{1,5}/){0,2}[A-Z]{1,2}-\d{1,2}\)|\([a-z]{2,9}(?:/[a-z]{2,9}){1,2}\)"  # a desk, first names
    r"|\((?!HR\b|QS\b)[A-Z][a-z]+(?: [A-Z][\w.'’]*){0,4}(?: ?/ ?[A-Z][a-z]+(?: [A-Z][\w.'’]*){0,4}){1,4}\))(?=\s*\Z)"
)
_ENDS_SENTENCE = frozenset(".!?")
_BEHIND_INITIALS = 500  # code points: the longest list of tags


def _signed(text: Text) -> Iterable[Proposal]:
    """The parentheses that name an outlet and a writer."""
    found = text.once(signed)
    return _in_parentheses(text.string, found) if found else ()


def _in_parentheses(string: str, bylines: Iterable[Byline]) -> Iterator[Proposal]:
    for byline in bylines:
        if not byline.outlet or not byline.names:
            continue
        first, last = min(byline.outlet, *byline.names), max(byline.outlet, *byline.names)
        start, end = string.rfind("(", max(0, first[0] - _LONGEST), first[0]), string.find(")", last[1], last[1] + _LONGEST)
        if start >= 0 and end >= 0 and not {"(", ")", "\n"} & set(string[start + 1 : end]):
            yield taken_out(SIGNED, string, start, end + 1)


SIGNED = Rule(
    name="credit.signed",
    doc="""Take out the outlet and the writer in parentheses.""",
    trigger=byline_mentions.TRIGGER,
    changes={
        "Warga mengungsi. (Tribunnews.com/Yunita Rahmayanti)": "Warga mengungsi.",
    },
    keeps=("Ia menulis di (Kompas.com) dan pulang.", "Warga (dan/atau) kerabat mengungsi."),
    tag="credit",
)


def _initials(text: Text) -> list[Proposal]:
    string, found = text.string, list[Proposal]()
    if string.rstrip()[-1:] in _ENDS_SENTENCE:
        return found  # by far the most
    first, end = len(string), -1
    while first != end:  # what stands before some may be initials too
        end = first
        for bracket in "([":
            at = string.rfind(bracket, end - _BEHIND_INITIALS if end > _BEHIND_INITIALS else 0, end)
            if at >= 0 and (initials := _INITIALS.match(string, at, end)):
                found.append(taken_out(INITIALS, string, *initials.span()))
                first = min(first, at)
    return found


INITIALS = Rule(
    name="credit.initials",
    doc="""Take out the initials, agency or names in brackets that end a text, or stand before its tags.""",
    trigger=(
        (ascii_lowercase + "*", ")"),
        (ascii_lowercase, "]"),
        *("(RMOL", "(ANT", "(RED)"),
        *(("-", *(digits,) * n, ")") for n in (1, 2)),
    ),
    changes={
        "Warga mengungsi. (abc/def)": "Warga mengungsi.",
        "Warga mengungsi.(*)": "Warga mengungsi.",
        "Warga mengungsi. [ab/cde]": "Warga mengungsi.",
        "Warga mengungsi. (Budi Santoso/Siti)": "Warga mengungsi.",
        "Warga mengungsi. (Ant/H-2)": "Warga mengungsi.",
        "Warga mengungsi. (RMOL)": "Warga mengungsi.",
    },
    keeps=(
        "Warga mengungsi ke tenda (dan/atau)",
        "Badan itu bernama Badan Penanggulangan Bencana (bpbd)",
        "Kerabat (ayah) mengungsi.",
        "Warga mengungsi. (HR Bukhari/Muslim)",
    ),
    tag="credit",
)

_MASTHEAD = r"(?=\s+[A-Z][A-Z.-]{4,}[^a-z\n]{0,60}[-–—])"
_REPORT = lazy_pattern(
    r"(?<![^\s,.])L(?:aporan|APORAN) (?ai:wartawan|reporter|kontributor|jurnalis|koresponden)\b(?:[^\n]{3,100}?"
    rf"{_MASTHEAD}|(?:(?<=\nLaporan Wartawan)|(?<=\nLaporan Reporter))[^\n.]{{3,80}}(?=\n))"
)


def _reported(text: Text) -> Iterator[Proposal]:
    for match in _REPORT.finditer(text.string):
        yield taken_out(REPORTED, text.string, *match.span())


REPORTED = Rule(
    name="credit.reported",
    doc="""Take out "Laporan Wartawan ..." before a dateline.""",
    trigger=tuple((*report, " ", "wWrRkKjJ") for report in ("Laporan", "LAPORAN")),
    changes={
        "Laporan Wartawan Kabar Contoh, Budi Santoso KABARCONTOH.COM, BOGOR - Hujan turun.": (
            "KABARCONTOH.COM, BOGOR - Hujan turun."
        ),
    },
    keeps=("Laporan wartawan Kabar Contoh menyebut warga mengungsi.", "Laporan Reporter Contoh dari Bogor."),
    tag="credit",
)

_ROLES = "Pewarta Penulis Reporter Editor Redaktur Kontributor Penyunting Uploader Fotografer Sumber".split()
_ROLE = f"(?:{'|'.join(_ROLES)})"
# What may stand against a name is looked ahead for, so that no text can be matched in two ways.
_NAME = rf"(?:(?!{_ROLE} ?:)[A-Z](?:(?!{_ROLE} ?:|COPYRIGHT|Copyright|PT |Artikel ini )[\w.'’@-])*+)"
_NAMES = rf"{_NAME}(?:(?:[ ]?[/,&][ ]?|[ ]dan[ ]{{1,2}}|[ ]{{1,3}}){_NAME}){{0,8}}"
_FIRST_ROLE = lazy_pattern(rf"(?<!Pilihan )(?<!Tim )(?:(?<![A-Z\s])|(?<=[.!?)\]”\"*|] )|(?<=\n)|(?<=\())(?:{_ROLE})(?= ?:)")
_STAFF = lazy_pattern(
    rf"{_ROLE} ?: ?{_NAMES}(?:[\s|,;/]*{_ROLE} ?: ?{_NAMES}){{0,9}}\)?"
    r"(?:,+(?=\s*\Z)|(?=\s*(?:\Z|\n|COPYRIGHT|Copyright|©|PT |Artikel ini |#)))"
    rf"|(?<=\n){_ROLE} ?: ?[A-Z][\w.'’-]*(?: [\w.'’-]+){{1,3}}(?=\s*(?:\n|\Z))"  # "Budi santoso", on its own line
)
_LONGEST_ROLE = max(map(len, _ROLES))


def _staff(text: Text) -> Iterator[Proposal]:
    string, covered = text.string, 0
    at = string.find(":")
    while at >= 0:
        role = _FIRST_ROLE.search(string, max(covered, at - _LONGEST_ROLE - 1), at + 1)
        if role and (staff := _STAFF.match(string, role.start())):
            covered = staff.end()
            yield taken_out(STAFF, string, role.start() - string.startswith("(", role.start() - 1), covered)
        at = string.find(":", max(covered, at + 1))


STAFF = Rule(
    name="credit.staff",
    doc="""Take out who wrote and edited, behind the text or on a line: "Pewarta: ... Editor: ...".""",
    trigger=tuple(f"{role}{gap}:" for role in _ROLES for gap in ("", " ")),
    changes={
        "Warga mengungsi.Pewarta: Budi SantosoEditor: Siti Aminah": "Warga mengungsi.",
        "Warga mengungsi.\nPenulis: Budi Santoso | Editor: Siti Aminah\nHujan turun.": "Warga mengungsi.\nHujan turun.",
        "Warga mengungsi.\nPewarta: Budi nur Santoso\n": "Warga mengungsi.\n",
    },
    keeps=("Ia berkata kepada Editor: naskah ini belum selesai.", "Penulis: siapa dia?"),
    tag="credit",
)

_CHECKED = r"[A-Z][\w.'’ -]{2,50}\([^()\n]{5,120}\)\.?"
# What is left of the head of a page before a dateline: the label, whose names were links.
_DATELINE = (
    r"(?=(?:[A-Z][A-Z .()/-]{2,40}, )?[A-Za-z][\w.-]{2,30}\.(?i:com|co\.id|id|co|net)(?:, [A-Z][A-Za-z ]{2,30})? ?[-–—])"
)
_HEADS = ("Penulis", "Editor", "Reporter", "Tim Redaksi")
_SIGNATURES = {
    **{f"{head} ": rf"(?<=\A{head} ){_DATELINE}" for head in _HEADS},
    "(Penulis": r"(?: ?[:/])? ?[^()\n|]{3,80}\| ?Editor ?:? ?[^()\n|]{3,60}\)",
    "Hasil periksa fakta ": _CHECKED,
    "Hasil Periksa Fakta ": _CHECKED,
}

SIGNATURE = Rule(
    name="credit.signature",
    doc="""Take out who contributed and edited, in parentheses, who checked facts, and a label alone before a dateline.""",
    trigger=("(Penulis", "asil periksa fakta", "asil Periksa Fakta", *(f"\n{head} " for head in _HEADS)),
    changes={
        "Warga mengungsi. (Penulis Kontributor Bogor, Budi | Editor Siti Aminah)": "Warga mengungsi.",
        "Warga mengungsi. Hasil periksa fakta Budi Santoso (Universitas Contoh).": "Warga mengungsi.",
        "Tim Redaksi BOGOR, KABARCONTOH.com - Warga mengungsi.": "BOGOR, KABARCONTOH.com - Warga mengungsi.",
    },
    keeps=(
        "Ia menulis (Penulis lepas | tetap) di sana.",
        "Hasil periksa fakta itu terbit (Senin).",
        "Penulis Budi Santoso - Warga mengungsi.",
    ),
    tag="credit",
)

_PHOTO = r"[^()\n]{1,80}\)"
_PHOTOS = {
    **{
        f"({word}": rf" ?(?::|/(?=[A-Z])){_PHOTO}"
        for word in ("Foto", "foto", "FOTO", "Sumber foto", "Sumber Foto", "Kredit foto")
    },
    **{f"({word}": rf"(?:\.|umentasi|UMENTASI|(?= )) ?(?=[A-Z]|pribadi|istimewa){_PHOTO}" for word in ("Dok", "dok", "DOK")},
    **{
        f"({agency}/": rf"(?=[A-Z]){_PHOTO}"
        for agency in ("ANTARA FOTO", "Antara Foto", "AFP", "REUTERS", "Reuters", "AP Photo")
    },
    **{
        label: rf"(?<=\n{label}) ?: ?(?=[A-Z@(])[^\n.]{{2,60}}(?=\n)"
        for label in ("Foto", "Sumber foto", "Sumber Foto", "Kredit foto", "Kredit Foto")
    },
    **{label: rf"(?<=\n{label}) ?: ?[^\n]{{3,200}}(?=\n)" for label in ("Teks foto", "Teks Foto", "Keterangan foto")},
}

PHOTO = Rule(
    name="credit.photo",
    doc="""Take out the parentheses or the line that say who took a picture, or owns it.""",
    trigger=tuple(photo if photo.startswith("(") else f"\n{photo}" for photo in _PHOTOS),
    changes={
        "Warga mengungsi. (Foto: Budi Santoso/Kabar Contoh) Hujan turun.": "Warga mengungsi. Hujan turun.",
        "Warga mengungsi. (Dok. Humas Contoh)": "Warga mengungsi.",
        "Warga mengungsi. (AFP/BUDI SANTOSO)": "Warga mengungsi.",
        "Warga mengungsi.\nSumber foto: Budi Santoso\nHujan turun.": "Warga mengungsi.\nHujan turun.",
    },
    keeps=("Ia (foto kiri) dan adiknya (Dokter Budi) hadir.", "Rekaman (foto/video) dan berkas (dok) dihapus."),
    tag="credit",
)

FINDERS = (
    Finder((SIGNED,), _signed),
    Finder((INITIALS,), _initials),
    Finder((REPORTED,), _reported),
    Finder((STAFF,), _staff),
    of_literals(SIGNATURE, _SIGNATURES),
    of_literals(PHOTO, _PHOTOS),
)
