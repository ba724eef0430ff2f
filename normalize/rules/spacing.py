"""Commas, full stops and spaces that are left where tags, links and paragraphs were joined, and those that are missing.

What a run of marks is mended to hangs on the characters on both sides of it alone: runs.py.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits, whitespace

from ..lazy import lazy_pattern
from ..lexicon import Lexicon
from ..lexicon.commas import DOUBTFUL, commas
from ..rule import BEYOND_ASCII, LETTERS_BEYOND_ASCII, AnyProposal, Finder, Proposal, Rule
from ..text import Text
from ..tokens import LONGEST_PIECE, in_address
from .abbreviations import ends_abbreviated
from .runs import BEFORE_ITEM, BEHIND_WORD, mended, runs

SPEECH = (
    "kata|ujar|tutur|jelas|ucap|ungkap|tegas|imbuh|tambah|papar|terang|lanjut|sebut|cetus|pungkas|tandas|tulis|sambung"
    "|beber|timpal|urai|tukas|keluh|akun|akunya|harap|pinta|jawab|tanya|seru|kenang|sindir|klaim|kilah|bentak|canda"
)
SPEAKS = rf"(?:{SPEECH})(?:nya)?(?![a-z])"  # a pattern
SAID = lazy_pattern(rf",[\"”](?={SPEAKS})")
_SPOKEN = lazy_pattern(SPEAKS)
_LONGEST_QUOTE = 2_000  # code points: a quote further back has nothing to do with this one
_TURNS = 8  # quotes looked back at, at most: a choice


def opens(string: str, at: int) -> bool:
    """Whether the straight double quote at `at` opens a quotation.

    A space or a bracket on one side tells, or who said it; where both sides are taken, it is the other kind than the one
    before.
    """
    opening = True
    for turn in range(_TURNS):
        before, after = string[at - 1 : at], string[at + 1 : at + 2]  # "" at the ends
        free_before = not before or before.isspace() or before in "([“‘/-–—"
        free_after = not after or after.isspace() or after in ".,;:!?)]”’"
        if free_before != free_after:
            return free_before is opening
        if before == "," and SAID.match(string, at - 1):
            return not opening
        start = max(0, at - _LONGEST_QUOTE)
        back = string.rfind('"', start, at)
        if not string.isascii():
            back = max(back, string.rfind("“", start, at), string.rfind("”", start, at))
        if back < 0 or "\n" in string[back:at] or string[back] == "”":
            return opening
        if string[back] == "“":
            return not opening
        at, opening = back, turn % 2 == 1
    return opening


# --- At the start of a paragraph -------------------------------------------------------------------------------------

# Before a dash it is left of a dateline: it would still lack its place.
_TEXT_START = lazy_pattern(r"[ \t]*,[ \t,.]*+(?![-–—])")
_LINE_START = lazy_pattern(r"\n[ \t]*,[ \t,.]*+(?![-–—])")


def _start(text: Text) -> list[Proposal]:
    string = text.string
    first = _TEXT_START.match(string)
    found = []
    if first and ".." not in first.group():
        found.append(Proposal(0, first.end(), "", START.name, START.confidence))
    for match in _LINE_START.finditer(string):
        if ".." not in match.group():
            found.append(Proposal(match.start() + 1, match.end(), "", START.name, START.confidence))
    return found


START = Rule(
    name="spacing.start",
    doc="""Drop commas that stand at the start of a text or a paragraph.""",
    trigger=("\n,", "\n ,", "\n  ,", "\n   ,", "\n    ", "\t,"),
    changes={
        ",Hujan turun di Bogor.\n,,Warga mengungsi.": "Hujan turun di Bogor.\nWarga mengungsi.",
        "\t\t\t,Bogor (KABAR) - Hujan turun.\n\t\t, Warga mengungsi.": "Bogor (KABAR) - Hujan turun.\nWarga mengungsi.",
    },
    keeps=(
        "... dan hujan pun turun.",
        "Hujan turun di Bogor.\n\nWarga, katanya, mengungsi.",
        ", - akan segera digelar di Bogor.",
    ),
)

# Against a dash stand negative figures, and suffixes: "-Nya".
_DASH = lazy_pattern(r"[\s,.]*[-–—]{1,2}(?:[\s,.]+[-–—]{1,2})*(?:\s+(?=[\"“‘'A-Z\d])|(?=[A-Z][A-Za-z]{3}))")
_BEGUN = lazy_pattern(r"[-–—] *[^\W_]")  # the next item of a list, or what the next speaker says
_LINE_OR_SENTENCE = lazy_pattern(r"(?:\n[^\S\n]*|[.!?][\"”]? +)\Z")  # what stands before it
_SENTENCE_END = lazy_pattern(r"[.!?…][\"”)]*(?=[\s,]|\Z)")
_BEHIND_WORDS = frozenset('"”)')  # and before the mark that ends their sentence


def _dash(text: Text) -> Sequence[Proposal]:
    string = text.string
    dash = None if string[:1].isalnum() else _DASH.match(string)
    if not dash or ".." in dash[0] or not _has_sentence(string, dash.end()):
        return ()
    if any(_begins_more(string, dash.end(), more) for more in "-–—"):
        return ()
    return (Proposal(0, dash.end(), "", DASH.name, DASH.confidence),)


def _begins_more(string: str, first: int, dash: str) -> bool:
    """Whether a line or a sentence behind `first` begins with a dash."""
    at = string.find(dash, first)
    while at >= 0:
        if string[at - 1] in " \n" and _BEGUN.match(string, at):
            start = at
            while start > first and string[start - 1].isspace() and string[start - 1] != "\n":
                start -= 1
            if _LINE_OR_SENTENCE.search(string, max(first, start - 2), at):
                return True
        at = string.find(dash, at + 1)
    return False


def _has_sentence(string: str, first: int) -> bool:
    """Whether a sentence ends behind `first`."""
    for match in _SENTENCE_END.finditer(string, first):
        end = match.start()
        while end > first and string[end - 1] in _BEHIND_WORDS:
            end -= 1
        if end > first and string[end - 1].isalnum():
            return True
    return False


DASH = Rule(
    name="spacing.dash",
    doc="""Drop the dash at the start of a text, all that is left of a dateline, with the marks around it.

    Where more lines or sentences begin with a dash, the text is a list or a dialogue, and keeps it.""",
    trigger=(("\n", " ,.-–—"),),
    changes={
        "- Hujan turun di Bogor. Warga mengungsi.": "Hujan turun di Bogor. Warga mengungsi.",
        ', - "Kami siap," kata Siti di Bogor.': '"Kami siap," kata Siti di Bogor.',
        " – 12 rumah di Bogor rusak.": "12 rumah di Bogor rusak.",
    },
    keeps=(
        "- Beras dibagikan.\n- Gula menyusul.",
        "- Kamu ikut? - Tidak, aku di sini.",
        "- Beras 10 kilogram",
        "-5 derajat suhu di puncak pagi itu. -Nya adalah akhiran.",
        "- akan segera digelar di Bogor.",
    ),
)


# --- Behind a full stop ----------------------------------------------------------------------------------------------

# "M.Kep", "MM.", "CIQaR.": the list of degrees goes on.
_DEGREE = lazy_pattern(r"(?:[A-Z][a-z]{0,3}\.|[A-Z]{2,4}[.,)]|[A-Z][A-Za-z]{0,3}[A-Z]\.)")
_TITLED = lazy_pattern(r", [A-Z][A-Z-]+\Z")  # "Ir. Adang, CES"
_DATELINE = lazy_pattern(r"[A-Z]{4,}(?: [A-Z]{4,})* ?[-–—]")  # "REPUBLIKA.CO.ID., ANKARA --"
_ITEM = lazy_pattern(r"\d{1,2}\.(?!\d)")  # the number of a list item
# Abbreviations that sentences end in as often, so that they stand in no list: 'kata Nabi saw., "Berbuatlah baik"'.
_ABBREVIATED = lazy_pattern(r"(?<![^\W_])(?:as|dll|dsb|dst|saw|swt)\Z")


def _join(text: Text) -> list[AnyProposal]:
    string, name, confidence = text.string, JOIN.name, JOIN.confidence
    found: list[AnyProposal] = []
    joined = 0  # what stands before is another sentence, once it is mended
    for start, end, (run, joint, _) in text.once(runs):
        if not joint:
            continue
        kept, mark, when = joint
        if when == BEHIND_WORD:
            # A stands for any capital; longer words are no degrees.
            is_degree = run[-2] == "A" and not string[end : end + 6].isalpha() and _DEGREE.match(string, end)
            apart = run[-3] == " " or run[-2] == "\n"  # no tag was dropped
            if ends_abbreviated(string, start) or (apart and _ABBREVIATED.search(string, max(0, start - 4), start)):
                if run[2:-2] == ".," and is_degree:  # "S.E.,M.M."
                    found.append((start, end, "., ", name, confidence, ""))
                continue
            if is_degree or (run[-2:] == "AA" and _DATELINE.match(string, end)):
                continue  # a comma is meant, not a stop
            if run[1] == "A" and _TITLED.search(string, max(joined, start - LONGEST_PIECE), start):
                continue
        elif (when == BEFORE_ITEM and not _ITEM.match(string, end)) or (run[:2] == "A)" and _DEGREE.match(string, end)):
            continue  # "Sp.OG(K)., Ph.D."
        found.append((start + kept, end, mark, name, confidence, ""))
        joined = end
    return found


JOIN = Rule(
    name="spacing.join",
    doc="""Mend the ".," that joins two paragraphs: one full stop, one space.""",
    trigger=(".,", ". ,", ".  ,", "   ,"),
    changes={
        "Hujan turun sejak pagi.,Warga mengungsi.,": "Hujan turun sejak pagi. Warga mengungsi.",
        'Ia datang, Senin (9/9/2019).,"Kami siap," katanya. , ': 'Ia datang, Senin (9/9/2019). "Kami siap," katanya.',
        "Hujan turun di Bogor., Warga mengungsi., ,Jalan putus.": "Hujan turun di Bogor. Warga mengungsi. Jalan putus.",
        "Hujan turun...,Warga mengungsi.": "Hujan turun... Warga mengungsi.",
    },
    keeps=(
        "Rektor UGM, Dr. Budi Santoso, S.Kep., Ns., M.Kep., hadir bersama Prof. Siti, S.H., Sp.OG(K)., Ph.D., Senin.",
        "Saham Zvixqi Pte., Ltd dan Zvarxo Sdn., Bhd naik.",
        "Letda Inf. Siti, Kapten Cba., Mayor Arm., dan hlm., Letkol Kav. Budi.",
        "PT Maju Jaya Tbk., anak usahanya, dan dkk., kata dia.",
        "Isi sel A1, A2, ..., A9. Mis., Sawah dan Kebun.",
        'Pakai yang ada saja.," tulis warganet.',
        'Sabda Nabi saw., "Berkatalah baik." Firman Allah swt., (lihat di atas).',
        "Mereka membeli gula, kopi, dll.,\nlalu pulang.",
    ),
)


# --- A space that is missing -----------------------------------------------------------------------------------------

_COMMA = lazy_pattern(
    r",(?! )(?:(?=[^\W\d_]|[\"“‘(][^\W_]|\( \d)(?<=[^\s.,],)|(?=\d)(?<=[^\W\d_],|\),)|(?=\d{1,2}\. ?[A-Z])(?<=:,))"
)
# For triggers: what in ASCII is no space and no mark, and what of that is no letter or digit either.
_OTHERS = "".join(sorted({*map(chr, range(0x80))} - {*".,", *whitespace}))
_SIGNS = "".join(sorted({*_OTHERS}.difference(ascii_letters, digits)))
_CAPITALISED = lazy_pattern(r"[A-Z][a-z]+(?![^\W_])")
NAMES_TO_WORDS = 20  # a word is hardly ever capitalised inside a sentence where it is so less than once in this (a choice)
_TWO_LETTERS = lazy_pattern(r"[^\W\d_]{2}")
_KARYOTYPE = lazy_pattern(r"\d,[XY]+(?![^\W_])")  # "47,XXY"
_WORD_BEFORE = lazy_pattern(r"[^\W\d_]*\Z")
_SETTING = lazy_pattern(r",(?:[a-z][\w-]{0,30}=|\"[\w-]{1,30}\":)")


def _comma(text: Text) -> list[AnyProposal]:
    """Commas that stand against what follows."""
    string = text.string
    found: list[AnyProposal] = []
    for match in _COMMA.finditer(string):
        at = match.start()
        left, right = string[at - 1], string[at + 1]
        if left in "-–—" or (right.islower() and left.isalnum()):
            continue  # hole.py's: something may be lost, or it must be known first whether both are words
        if left == "(" or (left in '"“' and (left == "“" or opens(string, at - 1))):
            continue  # what stood behind the opening bracket or quote is lost
        if right == "“" and _SPOKEN.match(string, at + 2):
            continue  # a closing quote was meant
        if right == '"' and (left == '"' or not opens(string, at + 1)):
            continue
        if left.isalnum():
            before = word_before(string, at)
            if right.isdigit() and len(before) < 3:
                continue
            if right.isalpha() and len(before) < 2 and not _TWO_LETTERS.match(string, at + 1):
                continue
            doubtful = commas().between(before, capitalised(string, at + 1)) < DOUBTFUL
            if doubtful and begins_sentence(string, at + 1, text.lexicon):
                continue  # a full stop may have been meant
            if _KARYOTYPE.match(string, at - 1):
                continue
        if not in_address(string, 0, at) and not is_in_row(text, at):
            found.append((at, at + 1, mended(string, at, at + 1), COMMA.name, COMMA.confidence, ""))
    return found


def is_in_row(text: Text, at: int) -> bool:
    """Whether what stands at `at` is in a row of a table in CSV, or before what a program sets: tipe=qcow2,isi=10."""
    return bisect(text.once(_rows), at) % 2 == 1 or _SETTING.match(text.string, at) is not None


def _rows(text: Text) -> list[int]:
    """List where lines of several commas without a space begin and end."""
    bounds, start = [], 0
    for line in text.string.split("\n"):
        end = start + len(line)
        if " " not in line and line.count(",") > 1:
            bounds += [start, end]
        start = end + 1
    return bounds


def capitalised(string: str, at: int) -> str:
    """The capitalised word that stands at `at`; "" where there is none."""
    word = _CAPITALISED.match(string, at)
    return word[0] if word else ""


def begins_sentence(string: str, at: int, lexicon: Lexicon) -> bool:
    """Whether the word at `at` has its capital from the sentence that it begins: it is hardly ever a name or title."""
    low = capitalised(string, at).lower()
    return NAMES_TO_WORDS * lexicon.names.get(low, 0) < lexicon.words.get(low, 0)


def word_before(string: str, at: int) -> str:
    """The letters that stand against `at`, at most 30 and of one piece without spaces."""
    piece = string[at - 30 if at > 30 else 0 : at].rpartition(" ")[2]
    if piece.isalpha():
        return piece
    return _WORD_BEFORE.search(piece).group() if piece[-1:].isalnum() else ""  # type: ignore[union-attr]


VISIBLE_LATIN = _OTHERS + "".join(map(chr, range(0xA1, 0x100)))  # all but spaces, commas and full stops, of Latin-1
VISIBLE = _OTHERS + BEYOND_ASCII  # all but spaces, commas and full stops
COMMA = Rule(
    name="spacing.comma",
    doc="""Put the space behind a comma that stands against the next word or quotation.""",
    trigger=(
        (",", LETTERS_BEYOND_ASCII),
        (",", '"', LETTERS_BEYOND_ASCII),
        (_OTHERS + BEYOND_ASCII, ",", ascii_uppercase + "(“‘"),
        (_OTHERS + BEYOND_ASCII, ",", '"', ascii_letters + digits),
        (_SIGNS + BEYOND_ASCII, ",", ascii_lowercase),
        (ascii_letters + "):" + BEYOND_ASCII, ",", digits),
    ),
    changes={
        "Warga Bogor,Jawa Barat, mengungsi karena banjir.": "Warga Bogor, Jawa Barat, mengungsi karena banjir.",
        'Ia berkata,"Kami siap." Lalu pulang.': 'Ia berkata, "Kami siap." Lalu pulang.',
        'Lagu itu bagus.",Lebih lanjut ia bercerita.': 'Lagu itu bagus." Lebih lanjut ia bercerita.',
        "Caranya sebagai berikut:,1. Buka situs itu.": "Caranya sebagai berikut: 1. Buka situs itu.",
        "Harga beras naik,( 5 persen kata warga.": "Harga beras naik, ( 5 persen kata warga.",
    },
    keeps=(
        "Nilainya 1,5 juta, 3,2 persen, dan Rp5,7 triliun.",
        "@budi,Siti dan warga datang. Lihat https://contoh.id/berita,Jakarta dan @budi,Siti serta surel a,b@contoh.id.",
        '"Kami siap," kata dia.',
        "Tambahkan --disk /srv/uji.img,format=qcow2,size=10 atau v=11.0,o=Debian,a=stable di sana.",
        'Catatan: {"nama":"Budi","umur":17,"hobi":["lari"]} saja.',
        "Kariotipenya 47,XXY atau 45,X/46,XX saja.",
        "nama,umur,kota\nBudi,21,Solo\nSiti,19,Kudus",
    ),
)


DASHES = Finder((DASH,), _dash, looks_far=True)  # looked for again when it is clear how many sentences there are
FINDERS = (
    Finder((START,), _start),
    DASHES,
    Finder((JOIN,), _join),
    Finder((COMMA,), _comma, looks_far=True),  # at the quotes before it
)
