"""Doubled words that lost their hyphen where the halves differ: "berkali kali", "obat obatan", "warna warni", and "anak2".

Words that are doubled as they are, "anak anak", are the corrector's (spelling/repeats.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import compress
from string import ascii_lowercase

from .. import kernel
from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..spelling.place import before, is_tied
from ..text import Text

# What the halves are made of, and roots that are doubled so. By counts of 19 million words of news these have their hyphen
# at least five times as often as a space, most of them fifty times; a few are of a pattern that has no other meaning (kebiru
# biruan). Left out is what is a verb and its noun, or a word and its owner's: "makan makanan", "menilai nilai", "apa nama
# namanya". Those that editors print both ways, "terus menerus", are rows of standard.tsv.
FORMS = {
    "{0} {0}an": """
        acak akal arak asal batu besar biji blak bohong buah buka bulan bunyi daging dorong gagah gila habis hitung hujan
        ikut iring jadi kacang kebut kecil kejar kenang lari mati obat pas rumput sakit sayur suap tembak terang terus tidur
        tumbuh ugal umbi""",
    "{0} {0}nya": """
        adik anak apa barang ciri cucu dosa dua foto gencar guru habis hak henti jasa kakak karya kawan lagu laki lain
        langkah lawan mitra murid produk rekan sahabat satu saudara sekutu surat syarat teman tetangga tiga tugas ujung""",
    "ber{0} {0}": """
        abad andai angan angsur api beda belit bincang bisik bondong bulan bunga cakap darah debar duyun foto foya ganti
        guling hari hati jaga jam juta kaca kali kata kelok keping koar lama lapis lari larut leha lomba macam main minggu
        pekan pindah puluh pura putar sama senang seri siap sungguh tahun tanya tele teriak tubi turut ubah ulang""",
    "ber{0} {0}an": "desak hadap lebih maaf mewah sahut salam",
    "be{0} {0}": "ramai ribu",
    "di{0} {0}": """
        acak bawa buat cari gadang hitung injak kejar maki nanti olok pikir potong puja rata sangka sebut tunda tunggu ulang
        wanti""",
    "di{0} {0}kan": "bagi banding besar cita gembar jodoh kait lebih nanti sia",
    "di{0} {0}i": "bayang halang iming takut tutup",
    "ke{0} {0}an": "abu barat biru coklat cokelat hati hijau hitam kanak kuning merah muda putih ragu",
    "ke{0} {0}nya": "dua tiga",
    "me{0} {0}": """
        lihat liuk lompat luap maki mecah minta mukul mutar nari narik nebak nerka ngada ngaku ngira nimbang nunda nunggu
        nunjuk nyebut raba raung wanti""",
    "me{0} {0}kan": "lebih misah nyia",
    "me{0} {0}i": "nakut nutup",
    "mem{0} {0}": "bawa buang",
    "mem{0} {0}kan": "bagi banding bangga beda bentur besar",
    "men{0} {0}": "cari coba coret duga",
    "men{0} {0}kan": "jelek jodoh",
    "meng{0} {0}": "acak endap gebu goyang ingat injak olok ulang ulur",
    "meng{0} {0}i": "halang iming",
    "per{0} {0}": "lahan tama",
    "per{0} {0}an": "undang",
    "se{0} {0}": "akan hari mata mena olah waktu wenang",
    "se{0} {0}nya": """
        adil baik banyak benar berat besar cepat dalam hebat jelas jujur keras kurang lambat lapang lebar luas mau singkat
        terang tidak tinggi tulus""",
    "ter{0} {0}": """
        bahak bata batuk buru engah gesa gila gopoh heran huyung injak isak kagum katung lunta pisah putus sedu sengal seok
        tatih tawa""",
    # With another sound, or another word.
    "{0}": """
        bolak_balik carut_marut ceplas_ceplos compang_camping deg_degan desas_desus gonjang_ganjing gonta_ganti huru_hara
        karut_marut kocar_kacir kolang_kaling pernak_pernik pontang_panting teka_teki wara_wiri warna_warni
        wira_wiri""",
}
HALVES = tuple(dict.fromkeys(form.format(root).replace("_", " ") for form, roots in FORMS.items() for root in roots.split()))
FIRSTS = frozenset(halves.partition(" ")[0] for halves in HALVES)
LITERALS = tuple(halves[1:] for halves in HALVES)  # the first letter may be a capital
halves_begun = kernel.Literals([(literal.encode(),) for literal in LITERALS])
TAIL = lazy_pattern(r"(?:nya|lah|ku|mu)?(?![\w-])")
# "2" behind a word that is doubled, at its end: no item of a list ("energi2. Pangan"), no number of something ("Moto2").
TWO = lazy_pattern(r"2(?<=[a-z]{2}2)(?=(|nya)(?![\w/:-]|[.,] ?[A-Z0-9]))")


def find_halves(text: Text) -> Iterator[Proposal]:
    """Yield the spaces between the halves of doubled words."""
    string = text.string
    for literal in compress(LITERALS, halves_begun.found(text.data)):
        at = string.find(literal)
        while at > 0:
            space, tail = at + literal.index(" "), TAIL.match(string, at + len(literal))
            if tail and _are_halves(text, at - 1, space, tail.end()):
                yield Proposal(space, space + 1, "-", HALVES_APART.name, HALVES_APART.confidence)
            at = string.find(literal, at + 1)


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
