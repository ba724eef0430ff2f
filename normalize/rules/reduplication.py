"""Doubled words that lost their hyphen where the halves differ: "berkali kali", "obat obatan", "warna warni", and "anak2".

Words that are doubled as they are, "anak anak", are the corrector's (spelling/repeats.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase

from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..spelling.place import before, is_tied
from ..text import Text
from .removal import matches_of

# What the halves are made of, and roots that are doubled so. By counts of 19 million words of news these have their hyphen
# at least five times as often as a space, most of them fifty times; a few are of a pattern that has no other meaning (kebiru
# biruan). But for a few each stands without its hyphen somewhere in 144 MB of news; rarer ones are left, as every
# literal costs time. Left out is what is a verb and its noun, or a word and its owner's: "makan makanan", "menilai nilai",
# "apa nama namanya". Those that editors print both ways, "terus menerus", are rows of standard.tsv.
FORMS = {
    "{0} {0}an": "akal arak batu besar blak buah bulan dorong kejar kenang obat pas sayur terang terus umbi",
    "{0} {0}nya": "anak dua habis hak jasa karya kawan lagu lain lawan satu saudara teman tugas",
    "ber{0} {0}": """
        abad angsur beda belit bincang bondong bulan guling hati jaga kaca kali kata lama lomba macam main minggu pindah pura
        putar sama tahun tanya tele teriak turut ulang""",
    "di{0} {0}": "acak hitung maki pikir sebut tunggu ulang wanti",
    "di{0} {0}kan": "kait",
    "ke{0} {0}an": "biru coklat cokelat hijau hitam kuning merah putih ragu",
    "me{0} {0}": "nunda",
    "me{0} {0}kan": "misah",
    "me{0} {0}i": "nakut nutup",
    "mem{0} {0}": "bawa",
    "mem{0} {0}kan": "bagi beda bentur",
    "men{0} {0}": "coba",
    "meng{0} {0}": "acak goyang",
    "per{0} {0}": "lahan",
    "per{0} {0}an": "undang",
    "se{0} {0}": "akan hari mata olah waktu wenang",
    "se{0} {0}nya": "baik banyak berat besar dalam hebat keras kurang lambat lapang luas tinggi tulus",
    "ter{0} {0}": "buru sengal seok",
    # With another sound, or another word.
    "{0}": """
        bolak_balik carut_marut ceplas_ceplos compang_camping deg_degan desas_desus gonta_ganti huru_hara karut_marut
        kocar_kacir pernak_pernik pontang_panting teka_teki wara_wiri warna_warni""",
}
HALVES = tuple(dict.fromkeys(form.format(root).replace("_", " ") for form, roots in FORMS.items() for root in roots.split()))
FIRSTS = frozenset(halves.partition(" ")[0] for halves in HALVES)
LITERALS = tuple(halves[1:] for halves in HALVES)  # the first letter may be a capital
halves_in = matches_of(dict.fromkeys(LITERALS, r"(?:nya|lah|ku|mu)?(?![\w-])"))
# "2" behind a word that is doubled, at its end: no item of a list ("energi2. Pangan"), no number of something ("Moto2").
TWO = lazy_pattern(r"2(?<=[a-z]{2}2)(?=(|nya)(?![\w/:-]|[.,] ?[A-Z0-9]))")


def find_halves(text: Text) -> Iterator[Proposal]:
    """Yield the spaces between the halves of doubled words."""
    for match in halves_in(text):
        space = match.start() + match[0].index(" ")
        if _are_halves(text, match.start() - 1, space, match.end()):
            yield Proposal(space, space + 1, "-", HALVES_APART.name, HALVES_APART.confidence)


def _are_halves(text: Text, start: int, space: int, end: int) -> bool:
    """Whether the words at [start, end), with a space between, are halves that stand on their own."""
    string, first = text.string, before(text.string, space)
    if first.lower() not in FIRSTS or not first[1:].islower() or len(first) != space - start:
        return False
    return not is_tied(string, start, end) and not string.startswith("-", start - 1) and not text.is_foreign(start, end)


def find_twos(text: Text) -> Iterator[Proposal]:
    """Yield the figures that stand for a word's second half."""
    string, repeats = text.string, text.lexicon.repeats
    for match in TWO.finditer(string):
        end = match.start()
        word = before(string, match.end())[:-1]
        start = end - len(word)
        if repeats.get(word.lower()) != "hyphen" or not word[1:].islower() or is_tied(string, start, match.end(1)):
            continue
        if not text.is_foreign(start, end):
            yield Proposal(end, end + 1, f"-{word.lower()}", TWO_FOR_HALF.name, TWO_FOR_HALF.confidence)


HALVES_APART = Rule(
    name="spelling.halves",
    doc="""Give the hyphen back to a doubled word whose halves differ: by a prefix, a suffix or their sound.""",
    changes={
        "Warga berkali kali melapor, seolah olah tidak didengar.": "Warga berkali-kali melapor, seolah-olah tidak didengar.",
        "Langit kemerah merahan itu indah.": "Langit kemerah-merahan itu indah.",
        "Obat obatan itu untuk anak anaknya.": "Obat-obatan itu untuk anak-anaknya.",
        "Hiasan warna warni dipasang di jalan.": "Hiasan warna-warni dipasang di jalan.",
    },
    keeps=(
        "Ia makan makanan pedas dan minum minuman dingin.",
        "Mereka terus menerus bertanya soal asal usul uang itu.",
        "Ia bertanya, tanya siapa saja.",
        "Pelajaran Bahasa Sama Sama Suka.",
    ),
    trigger=LITERALS,
)

TWO_FOR_HALF = Rule(
    name="spelling.two",
    doc="""Write a doubled word whose second half was a 2 in full: anak2.""",
    changes={"Anak2 itu pulang ke rumah warga.": "Anak-anak itu pulang ke rumah warga."},
    keeps=(
        "Balapan Moto2 digelar di Mandalika.",
        "Ia pergi ke Jalan Anak2 dan jalan anak2/3.",
        "Suhu naik 2 derajat, CO2 juga.",
    ),
    trigger=((ascii_lowercase, ascii_lowercase, "2"),),
    opt_in="standard",
)

FINDERS = (Finder((HALVES_APART,), find_halves, looks_far=True),)
STANDARD_ONES = (Finder((TWO_FOR_HALF,), find_twos, looks_far=True),)
