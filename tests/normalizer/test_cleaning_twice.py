"""What is clean stays as it is: a second run changes nothing, whatever the options."""

from __future__ import annotations

import gc
import random
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutation import mutated, seeds

import normalize
from normalize.lexicon import learned
from normalize.normalizer import Normalizer
from normalize.rules import RULES

TAGS = tuple(sorted({rule.tag for rule in RULES if rule.tag}))
FAMILIES = sorted({rule.family for rule in RULES})
OPTIONS: list[dict[str, Any]] = [
    {},
    {"drop": TAGS},
    {"standard": True},
    {"languages": "all"},
    *({"skip": (family,)} for family in FAMILIES),
    *({"min_confidence": level} for level in (0.05, 0.5, 0.99)),
    {"learned": True, "drop": TAGS, "fill_holes": True},
    {"learned": True, "drop": TAGS, "standard": True, "languages": "all", "min_confidence": 0.5},
]
SEEDS = seeds(None)


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    """A learned folder, with lines that stand in the sentences that are mutated."""
    path = tmp_path_factory.mktemp("learned")
    known = [("byline", "Yunita Rahmayanti", "90"), ("masthead", "kabarcontoh.com", "40"), ("name", "surahman", "50")]
    lines = [("", "end", line, "30", "60") for rule in RULES for line in (*rule.learned, "Warga mengungsi.", "Foto: Antara")]
    copies = [
        (copy.kind, place, copy.found, copy.meant, "3", "1", "berita:7")
        for place, copy in sorted({place: copy for rule in RULES for place, copy in rule.copies.items()}.items())
    ]
    for name, columns, rows in (
        (learned.COPIES, learned.COPY_COLUMNS, copies),
        (learned.KNOWN, learned.KNOWN_COLUMNS, known),
        (learned.BOILERPLATE, learned.BOILERPLATE_COLUMNS, lines),
    ):
        table = "".join("\t".join(row) + "\n" for row in (columns, *rows))
        (path / name).write_text(table, encoding="utf-8", newline="\n")
    return path


@lru_cache(maxsize=2)
def normalizer(**options: Any) -> Normalizer:
    """A Normalizer with these options, of which two are held at a time: each remembers tens of MB, in cycles."""
    gc.collect()
    return Normalizer(**options)


@pytest.mark.parametrize("number", range(len(OPTIONS)), ids=lambda number: str(OPTIONS[number]))
@given(st.integers(0, 2**32), st.sampled_from(["2024-10-25", None]))
@settings(max_examples=35)
def test_a_second_run_changes_nothing_under_any_option(folder, number, seed, date):
    options = OPTIONS[number]
    engine = normalizer(**{**options, "learned": folder} if "learned" in options else options)
    once = engine.clean(mutated(SEEDS, random.Random(f"{number} {seed}")), date)
    assert engine.explain(once, date).edits == ()


@pytest.mark.parametrize(
    ("options", "text", "clean"),
    [
        ({}, "Ia menjadi di disebuah kota.", "Ia menjadi di sebuah kota."),
        # What is taken out lays bare what is of its kind, or stood too near to be told apart.
        ({"drop": TAGS}, "Ia pulang. ADVERTISEMENT SCROLL TO CONTINUE WITH CONTENT", "Ia pulang."),
        ({"drop": TAGS}, "Ia pulang.,Baca Juga :,Selain itu, warga pergi.", "Ia pulang. Selain itu, warga pergi."),
        # A slip in it is put right after it was looked for.
        ({"drop": TAGS}, "Ia pulang. Artikel ini teah tayang di Kompas.com", "Ia pulang."),
        # A standard spelling is a word that a prefix joins.
        ({"standard": True}, "Penyakit itu harus di diagnosa oleh dokter.", "Penyakit itu harus didiagnosis oleh dokter."),
        # What is enclosed is told by words far from the mark that it begins with.
        (
            {},
            "Pesan itu: “ Warga pergi dari desa itu bersama keluarga dan kerabat yang terdampak banjir besar ,” kata dia.",
            "Pesan itu: “Warga pergi dari desa itu bersama keluarga dan kerabat yang terdampak banjir besar,” kata dia.",
        ),
        # A capital, blanks and a stop that are put right tell where a sentence begins, what is enclosed, what is an item.
        ({}, "Apa itu!COvid-19 tiba, Pewarta:DIlansir Antara.", "Apa itu! Covid-19 tiba, Pewarta: Dilansir Antara."),
        ({}, "Penambahan (37 persen)2.  Jawa (36 persen).", "Penambahan (37 persen) 2. Jawa (36 persen)."),
        ({}, "Penambahan (37 persen)2.    Jawa (36 persen).", None),
        ({}, "Warga itu datang .   Kami siap.", "Warga itu datang. Kami siap."),
        ({}, "Warga itu datang.    DIlansir Antara.", "Warga itu datang. Dilansir Antara."),
        ({}, "-DIlansir Antara, warga pergi.", "Dilansir Antara, warga pergi."),
        ({"standard": True}, "KOMPAS.com-  DIlansir Antara, warga pergi.", "KOMPAS.com - Dilansir Antara, warga pergi."),
        ({}, "Warga mengungsi. Gambas:VideoContoh] (ka/ab)", "Warga mengungsi. Gambas: Video Contoh] (ka/ab)"),
        # A word put right tells where a sentence begins.
        ({}, "Apa yang terjadi?Bgeini kata polisi itu.", "Apa yang terjadi? Begini kata polisi itu."),
        ({}, "Siapa yang bertanggung jawab?Pertanyzaan itu belum terjawab.", None),
        # What was found in the same stage is a neighbour.
        ({}, "Dr. H. Ahmad Fauzi, Fauzi, S.H.,M .Snita Sari)", "Dr. H. Ahmad Fauzi, Fauzi, S.H., M. Snita Sari)"),
        ({}, "-Pewarta:Siti melapor. Warga pergi.", None),
        (
            {"standard": True, "min_confidence": 0.3},
            "Kedatangan pra mantan jenderPrabowo KOMPAS.com- Subianto pergi.",
            "Kedatangan pramantan jenderPrabowo KOMPAS.com - Subianto pergi.",
        ),
        # What is left for the language it stands in is nothing to build on: "bersalah".
        (
            {},
            'dlm Perusahan Lawannya kalah. * Waduk"Kami ber salah saut satu “ 20 tahun. Warga Desa mengungsi.\n\n\n di ',
            None,
        ),
        # Two edits that touch are one, which is less likely than each.
        ({}, "Dilansir Antara, vaksin tiba ai [x] sewrta sewrta [ini/itu sjaa] tetap.", None),
        ({"min_confidence": 0.3}, "Ia hanyac mnegikut saja seperti seorang anak.", None),
        ({"languages": "all"}, "Wadi rga yagn yang yang [x] datang diminta pluang.", None),
        # A tripled letter, a date or a weekday that is put right tells of what its stage looked at beside it.
        ({}, "Kepala Dinas Pekerjaaan Umzum hadi.r", "Kepala Dinas Pekerjaan Umum hadi.r"),
        ({}, "Ia ditahan Rabu (23/1/2024). Kami pulang Kmais (24/z10/2024).", None),
        ({}, "Rapat digelar Senn, 21 Oktober 2024. Ia ditahan Rabu (23/1/2024) malam.", None),
        ({}, "Begitu kata dia, Kamis 24/10). /2024). Ia pulang.", None),
        # Brackets before a date that is one of several days.
        ({}, "Pasar itu buka ((24 -25/10/2024).", "Pasar itu buka (24-25/10/2024)."),
    ],
)
def test_what_an_edit_lays_bare_is_mended_too(options, text, clean):
    once = normalizer(**options).clean(text)
    assert once == clean or clean is None
    assert normalizer(**options).explain(once).edits == ()


# One of each rule of spelling, and what stands against another one once it is mended: "yangitudi di minta".
NOISE = (
    *("yangitudi", "di minta", "di di minta", "yang yang", "di diminta", "padahari", "dih adapan", "dirumah", "mengtakan"),
    *("kembang nya", "ramairamai", "masing masing", "menganggu", "akan di bahas", "salah satu satu", "dan dan"),
)


@pytest.mark.parametrize("rule", [rule.name for rule in RULES if rule.family == "spelling"])
def test_what_a_skipped_rule_would_mend_is_no_reason_to_leave_the_rest(rule):
    """Rules that one finder asks together do not build on what a skipped one of them would have mended."""
    engine = normalizer(skip=(rule,))
    texts = [f"Hal itu {first} {second} oleh warga." for first in NOISE for second in NOISE]
    once = engine.clean_batch(texts)
    again = engine.clean_batch(once)
    assert [pair for pair in zip(once, again, strict=True) if pair[0] != pair[1]] == []


FAMILIES_BESIDE = ("date", "masthead", "byline", "name", "spelling")
BESIDE = [text for rule in RULES if rule.family in FAMILIES_BESIDE for text in rule.changes]


@given(st.integers(0, 2**32), st.sampled_from(["2024-10-25", None]))
@settings(max_examples=300)
def test_what_names_and_dates_are_read_beside_is_as_it_will_be(seed, date):
    """Two examples side by side, mutated: each finder is asked again after the edits of its own stage."""
    chance = random.Random(seed)
    text = mutated([mutated(BESIDE, chance) + chance.choice(["", " ", "\n"]) + mutated(BESIDE, chance)], chance)
    once = normalize.clean(text, date)
    assert normalize.explain(once, date).edits == ()


# Each is found only where it ends a text, or where what stands beside it is judged otherwise, once the one beside is mended.
CHAINS = ("[aaa]", "Lihat Juga : (", '#”a" menganggu, ', "disini 203 jaw_Lihat Foto [", "<p>\xa0", "LAINNYA., ")


@pytest.mark.parametrize("gap", ["", " ", "\n"])
def test_what_lays_bare_its_like_many_times(gap):
    pieces = [*CHAINS, *(text for rule in RULES for text in rule.changes)]
    engine = normalizer(drop=TAGS)
    once = engine.clean_batch([(piece + gap) * (1_500 // len(piece)) for piece in pieces])
    again = engine.clean_batch(once)
    assert [piece for piece, *two in zip(pieces, once, again, strict=True) if two[0] != two[1]] == []


LABELS = ("Lihat juga : ", "Baca Juga:\n", "Baca juga: ", "Simak: ", "Baca: ", "Simak Video ", "Video: ", "Pilihan Editor: ")


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("end", ["", " Warga pergi.", "Banjir Melanda Bogor"])
def test_labels_without_a_headline_are_taken_out_at_once(label, end):
    """A text may be gone through only so often, the longer the fewer times."""
    once = normalizer(drop=TAGS).clean("Ia pulang. " + label * (12_000 // len(label)) + end)
    assert normalizer(drop=TAGS).clean(once) == once


# Each tells of the language of the next, once it is mended: there are more of them than a text is gone through.
LEADING_ON = (
    "Saus tiu bawaaan pabrik., ",
    'Lagu"Se(nja"terbit kear①in.',
    "Pemer- intah daerah menanggung biaya itu. ",
    "Warga menga-\ntakan hal itu di kantornya. ",
)


@pytest.mark.parametrize("piece", LEADING_ON)
@pytest.mark.parametrize("length", [1_000, 6_000, 12_500])
def test_what_leads_on_and_on_is_mended_to_its_end_or_not_at_all(piece, length):
    normalizer = Normalizer(drop=TAGS)
    text = piece * (length // len(piece))
    once = normalizer.explain(text, "2024-10-25")
    assert normalizer.explain(once.text, "2024-10-25").edits == ()
    assert (once.text != text) == bool(once.edits)


@pytest.mark.parametrize("opening", ["(", "( ", " (", "(( "])
@pytest.mark.parametrize("count", [1, 2, 3, 90, 2_000])
def test_brackets_before_a_date_are_one_at_once(opening, count):
    dates = (
        "24/10/2024)",
        "24/10/2024) malam)",
        "24/10/2024. Lalu",
        "24/102024)",
        "24/10)",
        "2-/10/2024)",
        "24 -25/10/2024)",
    )
    texts = [f"{before}{opening * count}{date}" for date in dates for before in ("Kamis ", "", "Ia datang ")]
    once = normalizer().clean_batch(texts)
    assert normalizer().clean_batch(once) == once


def test_what_is_laid_bare_is_found_too():
    """A crosslink that stood behind two commas is reported as it is once they are mended."""
    text = "Ia pulang.,Artikel ini telah tayang di Kompas.com"
    rules = [finding.rule for finding in normalize.explain(text).findings]
    assert rules == ["crosslink.syndicated"]


def test_an_edit_far_away_that_tells_of_the_language_has_words_looked_at_again():
    news = "Warga datang ke rumah itu untuk melihat banjir yang melanda desa sejak pagi tadi dan polisi membantu mereka. "
    text = (
        f'"Kami siap membantu warga" kata dia. {(news * 6)[:390]} '
        "oentoek telah oentoek orang - orang saja dengan tjukup tjukup saja."
    )
    once = normalize.clean(text)
    assert normalize.clean(once) == once


def test_an_edit_far_away_that_tells_of_no_hole_has_commas_looked_at_again():
    once = normalize.clean("-  Ulebih banjir Jakartawarga.Dlasi,tahun,presiden resiko ,")
    assert normalize.clean(once) == once
