"""Spelling: slips in words, and word boundaries lost or put in. What is meant is decided by the corrector."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from ..edit import Edit
from ..lexicon import Lexicon
from ..rule import Finder, Proposal, Rule
from ..spelling.corrector import occurrences
from ..text import Text
from ..tokens import scan


def find_corrections(text: Text) -> Sequence[Edit]:
    """The corrections of a text: each word is decided once, for all rules."""
    return text.corrector.corrections(text.string, text.data)


REWRITE = Rule(
    name="spelling.rewrite",
    doc="""A known slip, whatever stands around it: the rows of rewrites.tsv.""",
    changes={
        "Kebisingan itu menganggu warga.": "Kebisingan itu mengganggu warga.",
        "Perusahan itu tutup.": "Perusahaan itu tutup.",
        "Pejabat Kementrian Agama hadir.": "Pejabat Kementerian Agama hadir.",
    },
    keeps=("Ia menujukan pertanyaan itu kepada menteri.", "Akun @menganggu ditutup.", "Ada dua puluh pengganti."),
    trigger=(),
)

SLIP = Rule(
    name="spelling.slip",
    doc="""A word that is a slip of the keys away from the one that was meant.""",
    changes={
        "Ia mengtakan hal itu kepada wartawan.": "Ia mengatakan hal itu kepada wartawan.",
        "Harga beras tidka berubah sejak kemarin.": "Harga beras tidak berubah sejak kemarin.",
    },
    keeps=(
        "Pak Sugeng berjualan gethuk di pasar.",
        "Kita lihat aja nanti, gak usah buru-buru.",
        "Menurut Zulkarnaen, acara itu digelar besok.",
    ),
    trigger=(),
)

PREPOSITION = Rule(
    name="spelling.preposition",
    doc="""The prepositions di and ke written together with a place or a time.""",
    changes={
        "Ia tinggal dirumah neneknya.": "Ia tinggal di rumah neneknya.",
        "Dimana pun ia berada, warga menyapa.": "Di mana pun ia berada, warga menyapa.",
    },
    keeps=("Ratusan pekerja dirumahkan.", "Ia keluar dari kantor kepolisian.", "Kepada warga, ia meminta maaf."),
    trigger=(),
)

JOINED = Rule(
    name="spelling.joined",
    doc="""A prefix or clitic that was split from its word.""",
    changes={
        "Angka itu naik jika di bandingkan tahun lalu.": "Angka itu naik jika dibandingkan tahun lalu.",
        "Bunga kembang nya mekar.": "Bunga kembangnya mekar.",
    },
    keeps=("Ia duduk di atas kursi.", "Warga pergi ke luar kota."),
    trigger=(),
)

REDUPLICATION = Rule(
    name="spelling.reduplication",
    doc="""A reduplicated word that lost its hyphen.""",
    changes={"Warga ramairamai datang ke alun-alun.": "Warga ramai-ramai datang ke alun-alun."},
    keeps=("Kupu-kupu itu terbang.", "Ia membeli pipa."),
    trigger=(),
)

GLUED = Rule(
    name="spelling.glued",
    doc="""Two words that lost the space between them, or have it a letter off.""",
    changes={
        "Acara itu digelar padahari Senin.": "Acara itu digelar pada hari Senin.",
        "Ia berbicara dih adapan warga.": "Ia berbicara di hadapan warga.",
    },
    keeps=("Ia bekerja sama dengan orangtua murid.", "Matahari terbit."),
    trigger=(),
)


def _standard(text: Text) -> Iterator[Proposal]:
    for found in sorted(_forms(text.lexicon).intersection(scan(text.data))):
        word = found.decode()
        for start, meant in text.corrector.listed(
            text.string, word, text.lexicon.standard, list(occurrences(text.string, word))
        ):
            yield Proposal(start, start + len(word), meant, STANDARD.name, STANDARD.confidence)


@cache
def _forms(lexicon: Lexicon) -> frozenset[bytes]:
    """The rows of standard.tsv as they may stand in a text."""
    return frozenset(form.encode() for word in lexicon.standard for form in (word, word.capitalize()))


STANDARD = Rule(
    name="spelling.standard",
    doc="""A spelling that is merely not standard by KBBI VI and EYD V: the rows of standard.tsv.""",
    changes={
        "Apotik itu beresiko tutup.": "Apotek itu berisiko tutup.",
        "Silahkan antri sesuai jadual.": "Silakan antre sesuai jadwal.",
        "Kerjasama itu ditandatangani Walikota Bandung.": "Kerja sama itu ditandatangani Wali Kota Bandung.",
        "Praktek-praktek itu merubah obyek kajian.": "Praktik-praktik itu mengubah objek kajian.",
    },
    keeps=("Pak Ridho pindah ke Alam Sutera.", "Lihat resiko.com atau @antri.", "Rubah itu lari ke hutan."),
    trigger=(),
    opt_in="standard",
)

FINDERS = (Finder((REWRITE, SLIP, PREPOSITION, JOINED, REDUPLICATION, GLUED), find_corrections),)
STANDARDS = Finder((STANDARD,), _standard)
