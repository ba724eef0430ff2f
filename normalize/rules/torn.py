"""Words torn in two that EYD V writes as one: compounds with a prefix and a suffix, passives in capitals, daripada."""

from __future__ import annotations

from collections.abc import Iterator

from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..spelling.morphology import is_well_formed
from ..spelling.place import before, is_tied
from ..text import Text
from .removal import matches_of

# The second parts of compounds, with their suffix, behind the last letters of the first: "tanda tangani". A compound with a
# prefix and a suffix is one word (EYD V, "gabungan kata"). Those that the counted news has with both; reduplications
# (perundang-undangan) are none.
PARTS = tuple(
    part.replace("_", " ")
    for part in """
    mpur_adukkan bil_alihan bil_alihkan lah_artikan tar_balikkan ris_bawahi tar_belakangi ual_belikan tik_beratkan ang_biakan
    ang_biakkan pak_bolaan udi_dayaan udi_dayakan lih_fungsikan pat_gandakan aya_gunaan lah_gunaan aya_gunakan lah_gunakan
    ing_hitamkan ung_jawaban ung_jawabkan las_kasihan buh_kembangkan aga_kerjaan dak_lanjuti pas_liarkan aga_listrikan
    bar_luasan bar_luaskan tas_namakan ata_negaraan rga_negaraan lah_pahaman lah_pahami eka_ragaman ama_ratakan rja_samakan
    kut_sertaan kut_sertakan iap_siagaan ang_siuran eri_tahuan gin_tahuan eri_tahukan nda_tanganan nda_tangani dah_tangankan
    rah_terimakan nak_tirikan bas_tugaskan dah_tugaskan ata_usahaan ira_usahaan
    """.split()
)
PREFIXES = ("be", "di", "ke", "me", "pe", "te")  # with the nasals and the r behind them
SHORTEST = 5  # letters of a prefix and the first part: "digaris"
compounds_in = matches_of(dict.fromkeys(PARTS, r"(nya)?(?![\w-])"))
NOT = lazy_pattern(r"etidak ([a-z]{4,}an)(nya)?(?![\w-])")
COMPARED = lazy_pattern(r"dari pada(?![\w-])")
MORE = lazy_pattern(r"(?<![\w-])(?:[Ll]ebih|[Kk]urang)(?: [\w-]+){1,5} \Z")  # no mark stands between
REACH = 80  # code points before "dari pada" that are looked at
PASSIVE = lazy_pattern(r"DI [A-Z]{4,}(?![\w-])")


def find_torn(text: Text) -> Iterator[Proposal]:
    """Yield the spaces inside compounds, and inside passives in capitals."""
    string = text.string
    for space in _in_compounds(text):
        start = space - len(before(string, space))
        if not is_tied(string, start, space) and not text.is_foreign(start, space):
            yield Proposal(space, space + 1, "", TORN.name, TORN.confidence)
    for match in PASSIVE.finditer(string):
        for edit in text.corrector.joined(string, match[0], [match.start()]):
            if not text.is_foreign(*match.span(), match[0].replace(" ", "").lower()):
                yield Proposal(edit.start, edit.end, "", TORN.name, TORN.confidence)


def find_compared(text: Text) -> Iterator[Proposal]:
    """Yield the space in "dari pada" where two things are compared: lebih murah dari pada itu."""
    for match in COMPARED.finditer(text.string):
        start, space = match.start(), match.start() + len("dari")
        if MORE.search(text.string, max(0, start - REACH), start) and not text.is_foreign(start, match.end()):
            yield Proposal(space, space + 1, "", COMPARISON.name, COMPARISON.confidence)


def _in_compounds(text: Text) -> Iterator[int]:
    """Yield the offsets of the spaces in compounds: ditanda tangani, ketidak adilan."""
    string, lexicon = text.string, text.lexicon
    for match in compounds_in(text):
        space = match.start() + match[0].index(" ")
        first = before(string, space)
        low = first.lower()
        if first[1:].islower() and len(first) >= SHORTEST and low.startswith(PREFIXES):
            joined = low + string[space + 1 : match.end()].removesuffix("nya")
            if joined in lexicon.words or joined in lexicon.rare:
                yield space
    for match in NOT.finditer(string):
        start, space = match.start() - 1, match.start() + len("etidak")
        is_whole = string[start : start + 1] in ("k", "K") and before(string, space).lower() == "ketidak"
        if is_whole and is_well_formed("ketidak" + match[1], lexicon.roots):
            yield space


TORN = Rule(
    name="spelling.torn",
    doc="""A word torn in two: a compound with a prefix and a suffix, a passive in capitals.

    A compound is joined where the counted news has it as one word; "DI" where it is by the same counts that join di to its
    verb in small letters.""",
    changes={
        "Surat itu ditanda tangani bupati.": "Surat itu ditandatangani bupati.",
        "Ia harus mempertanggung jawabkan dana itu.": "Ia harus mempertanggungjawabkan dana itu.",
        "Warga mengeluhkan ketidak adilan itu.": "Warga mengeluhkan ketidakadilan itu.",
        "WARGA SUDAH DI EVAKUASI PETUGAS": "WARGA SUDAH DIEVAKUASI PETUGAS",
    },
    keeps=(
        "Ia menanda tangan kanannya dengan tinta.",
        "Ia bertanggung jawab atas kerja sama itu.",
        "PASAR DI JAKARTA DITUTUP",
    ),
    trigger=(*PARTS, "etidak ", "DI "),
)

COMPARISON = Rule(
    name="spelling.comparison",
    doc="""The conjunction "daripada" in two words, behind "lebih" or "kurang".""",
    changes={"Harga beras lebih tinggi dari pada tahun lalu.": "Harga beras lebih tinggi daripada tahun lalu."},
    keeps=("Bantuan datang dari pada saat banjir itu.", "Ia tahu lebih, dari pada itu ia bercerita."),
    trigger=("dari pada",),
    opt_in="standard",
)

FINDERS = (Finder((TORN,), find_torn, looks_far=True),)
STANDARD_ONES = (Finder((COMPARISON,), find_compared, looks_far=True),)
