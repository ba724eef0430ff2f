"""Spelling: slips in words, and word boundaries lost or put in. What is meant is decided by the corrector."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache

from ..edit import Edit, OffsetMap, apply
from ..language.judge import ENOUGH, FAR, Judge, Verdict
from ..language.passages import looks_foreign
from ..rounds import most_rounds
from ..rule import AnyProposal, Finder, Rule
from ..text import Text
from . import language

ROUNDS = 200  # in which what was left may be released by what near it was: each looks only there; a choice
REACH = 2 * FAR  # code points from an edit by which another is judged, with room for what lies between; a choice


def find_corrections(text: Text) -> Sequence[AnyProposal]:
    """The corrections of a text, each word decided once for all rules; and the passages where they are left unmade."""
    corrections, judge = text.corrector.corrections(text.string, text.data), text.judge
    if judge is None:
        return corrections
    made, left_alone = by_language(text.string, corrections, judge) if corrections else (corrections, ())
    if made and left_alone:
        made = _looked_at_again(text, made, judge)
    if left_alone or looks_foreign(text.data):
        return [*made, *language.find_passages(text.string, judge, left_alone)]
    return made


def _looked_at_again(text: Text, made: list[Edit], judge: Judge) -> list[Edit]:
    """Corrections of a text and what more is found where they are made, and others that it was built on were left.

    None where that has no end in sight.
    """
    for _ in range(most_rounds(len(text.string))):
        view = text.edited(apply(text.string, made))
        more, _ = by_language(view.string, text.corrector.corrections(view.string, view.data), judge)
        if not more:
            return made
        made = text.corrector.composed(text.string, made, more)
    return []


def by_language(string: str, corrections: Sequence[Edit], judge: Judge) -> tuple[list[Edit], list[tuple[int, int, Verdict]]]:
    """The corrections of a text that are made, and those left alone for the language they stand in, with what that is.

    What is left is judged again in the text that the others lead to, as it will be when that is cleaned once more. Where
    that releases others on and on, none is made.
    """
    made: list[Edit] = []
    left: dict[Edit, Verdict] = {}
    asked, cleaned, offsets = corrections, string, None

    @cache
    def slips() -> frozenset[str]:  # which mostly nobody asks for
        return judge.typed_in_haste(edit for edit in corrections if edit.rule == SLIP.name)

    for _ in range(ROUNDS):
        released = []
        for edit in asked:
            start = edit.start if offsets is None else offsets.forward(edit.start)
            sure = edit.confidence if edit.rule == SLIP.name else 0.0
            verdict = judge.verdict(cleaned, start, start + len(edit.before), edit.after, slips, sure)
            if verdict.logit > ENOUGH:
                left[edit] = verdict
            else:
                released.append(edit)
                left.pop(edit, None)
        made = sorted(made + released)
        if not left or not released:
            break
        cleaned, offsets = apply(string, made), OffsetMap(made)
        asked = _near(left, [edit.start for edit in released])
    else:
        made = []
    return made, [(edit.start, edit.end, verdict) for edit, verdict in left.items()]


def _near(edits: Iterable[Edit], starts: Sequence[int]) -> list[Edit]:
    """Select the edits near enough to one of `starts`, which are in order, to be judged by what is there."""
    nearest = [(edit, bisect_left(starts, edit.start - REACH)) for edit in edits]
    return [edit for edit, i in nearest if i < len(starts) and starts[i] <= edit.start + REACH]


REWRITE = Rule(
    name="spelling.rewrite",
    doc="""Write a known slip as what was meant, whatever stands around it: the rows of rewrites.tsv.""",
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
    doc="""Mend a word that is a slip of the keys away from the one that was meant.""",
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
    doc="""Part the prepositions di and ke from a place or a time that they are written together with.""",
    changes={
        "Ia tinggal dirumah neneknya.": "Ia tinggal di rumah neneknya.",
        "Dimana pun ia berada, warga menyapa.": "Di mana pun ia berada, warga menyapa.",
    },
    keeps=("Ratusan pekerja dirumahkan.", "Ia keluar dari kantor kepolisian.", "Kepada warga, ia meminta maaf."),
    trigger=(),
)

JOINED = Rule(
    name="spelling.joined",
    doc="""Join what was split from a word: a prefix, a clitic, a half where a line ended.""",
    changes={
        "Biaya penyim panan barang naik sejak kemarin.": "Biaya penyimpanan barang naik sejak kemarin.",
        "Ia melapor ke pada polisi di rumah nya.": "Ia melapor kepada polisi di rumahnya.",
        "Angka itu naik jika di bandingkan tahun lalu.": "Angka itu naik jika dibandingkan tahun lalu.",
        "Bunga kembang nya mekar.": "Bunga kembangnya mekar.",
    },
    keeps=("Ia duduk di atas kursi.", "Warga pergi ke luar kota."),
    trigger=(),
)

REDUPLICATION = Rule(
    name="spelling.reduplication",
    doc="""Give a reduplicated word the hyphen back that it lost.""",
    changes={
        "Warga ramairamai datang ke alun-alun.": "Warga ramai-ramai datang ke alun-alun.",
        "Mereka mendapat bagian masing masing.": "Mereka mendapat bagian masing-masing.",
    },
    keeps=("Kupu-kupu itu terbang.", "Ia membeli pipa.", "Mereka langsung langsung pulang, happy happy saja."),
    trigger=(),
)

REPEATED = Rule(
    name="spelling.repeated",
    doc="""Write once a function word, a verb or a few words that were typed twice.""",
    changes={
        "Insentif itu mulai dari mulai dari diskon tarif.": "Insentif itu mulai dari diskon tarif.",
        "Warga yang yang datang diminta pulang.": "Warga yang datang diminta pulang.",
        "Polisi melakukan melakukan pemeriksaan.": "Polisi melakukan pemeriksaan.",
    },
    keeps=(
        "Ia bersin, lalu lalu lalang orang berhenti.",
        "Kata dia, yang, yang lama itu.",
        "Ia bekerja terus dan terus dan terus, dari warga untuk warga untuk kota.",
        "Kami ke desa wisata desa wisata yang ramai.",
    ),
    trigger=(),
)

GLUED = Rule(
    name="spelling.glued",
    doc="""Part two words that lost the space between them, or have it a letter off.""",
    changes={
        "Acara itu digelar padahari Senin.": "Acara itu digelar pada hari Senin.",
        "Ia berbicara dih adapan warga.": "Ia berbicara di hadapan warga.",
        "Kabar Zvarenska tiba, Zvarenskadi laga itu menang.": "Kabar Zvarenska tiba, Zvarenska di laga itu menang.",
    },
    keeps=("Ia bekerja sama dengan orangtua murid.", "Matahari terbit."),
    trigger=(),
)

FINDERS = (Finder((REWRITE, SLIP, PREPOSITION, JOINED, REDUPLICATION, REPEATED, GLUED, language.OTHER), find_corrections),)
