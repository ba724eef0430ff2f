"""Bylines: which are recognised, and which names in them are repaired."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize import Normalizer
from normalize.lexicon import load
from normalize.newsroom import byline_mentions
from normalize.newsroom.gazetteer import gazetteer_for
from normalize.newsroom.transliteration import spellings
from normalize.rules import RULES

NORMALIZER = Normalizer(skip=[r.name for r in RULES if not r.name.startswith(("masthead.", "byline."))])
LEXICON = load()
KNOWN = gazetteer_for(LEXICON)
MANGLE = str.maketrans("wWyY", "vViI")


def clean(text):
    return NORMALIZER.clean(text)


def found(text):
    return [
        (text[slice(*one.outlet)] if one.outlet else None, [text[slice(*span)] for span in one.names])
        for one in byline_mentions.find(text, KNOWN)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hujan. (Tribunnews.com/Sari Dewi)", [("Tribunnews.com", ["Sari Dewi"])]),
        ("Hujan. (Tribunnews.com/Sari Dewi/Budi)", [("Tribunnews.com", ["Sari Dewi", "Budi"])]),
        ("Hujan. (Tribunnews.com/Sari, Kompas.com/Budi)", [("Tribunnews.com", ["Sari"]), ("Kompas.com", ["Budi"])]),
        ("Hujan. (Kompas.com: Sari Dewi)", [("Kompas.com", ["Sari Dewi"])]),
        ("Hujan. (Sari Dewi/detikcom)", [("detikcom", ["Sari Dewi"])]),
        ("Hujan. (Tribunevs.com/Sari)", [("Tribunevs.com", ["Sari"])]),
        ("Hujan. (fat/jpnn)", [("jpnn", ["fat"])]),
        ("Hujan. (rns/krs)", [(None, ["rns", "krs"])]),
        ("Hujan. (Antara)", [("Antara", [])]),
        ("Laporan Wartawan Tribunnews.com, Sari Dewi TRIBUNNEWS.COM, JAKARTA - Hujan.", [("Tribunnews.com", ["Sari Dewi"])]),
        ("Laporan Reporter Tribun Jogja, Sari Dewi\nHujan.", [("Tribun Jogja", ["Sari Dewi"])]),
        ("Laporan Wartawan Tribun Jatim Network, M. Budi\nHujan.", [("Tribun Jatim Network", ["M. Budi"])]),
        ("Hujan. Penulis: Sari Dewi | Editor: Budi Santoso", [(None, ["Sari Dewi"]), (None, ["Budi Santoso"])]),
        ("Reporter : Sari Dewi, Kontributor: Budi", [(None, ["Sari Dewi"]), (None, ["Budi"])]),
        ("Editor: Sari Dewi PT Penerbit Maju", [(None, ["Sari Dewi"])]),
        ("Hujan turun. [Sari Dewi]", [(None, ["Sari Dewi"])]),
    ],
)
def test_recognises_the_forms_that_outlets_use(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Morata (Getafe/Spanyol) mencetak gol pada Kamis (24/10/2024).",
        "Kementerian/Lembaga (K/L) dan Sekolah (SMA/SMK dan Sederajat).",
        "Ia berkata: Hujan turun. Catatan: Jangan lupa.",
        'Ia menyebut dia [Budi] dan "[Itu] saja".',
        "Lihat (https://contoh.id/Sari).",
    ],
)
def test_takes_nothing_else_for_a_byline(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("mangled", "meant"),
    [
        ("(Tribunevs.com/Iunita Rahmaianti)", "(Tribunnews.com/Yunita Rahmayanti)"),
        ("(Tribunnevs.com/Oktaviani Vahiu Vidaianti)", "(Tribunnews.com/Oktaviani Wahyu Widayanti)"),
        ("(Tribunnevs.com/Devi Kurniavan/Iusuf)", "(Tribunnews.com/Dewi Kurniawan/Yusuf)"),
        ("(Iunita Sari/Tribunnevs.com)", "(Yunita Sari/Tribunnews.com)"),
        ("Laporan Vartavan", "Laporan Vartavan"),
        ("Laporan Wartawan Tribunnevs.com, Setiavan", "Laporan Wartawan Tribunnews.com, Setiawan"),
        ("TRIBUNNEVS.COM - Hujan. Editor: Kurniavan", "TRIBUNNEWS.COM - Hujan. Editor: Kurniawan"),
        ("(Kompas.com/Vahiu Setiavan)", "(Kompas.com/Wahyu Setiawan)"),
        ("Editor: Iunita Sari", "Editor: Yunita Sari"),
    ],
)
def test_reads_names_back_where_it_shows_that_w_became_v_and_y_became_i(mangled, meant):
    assert clean(mangled) == meant


@pytest.mark.parametrize(
    "text",
    [
        "(Tribunnews.com/Vahiu Sari)",  # one odd part proves nothing
        "(Kompas.com/Devi Ivan Vita)",  # names as good as Dewi and Iwan
        "(Tribunnews.com/Wahiu Vidaianti)",  # a w is left: nothing was replaced throughout
        "(Tribunnews.com/Whiesa Dya Ayu)",
        "(Tribunnews.com/Annesa K. Ramadhany)",
        "Editor: Agusigit",
    ],
)
def test_keeps_a_name_without_such_evidence(text):
    assert clean(text) == text


def test_keeps_an_unseen_name_though_its_outlet_is_repaired():
    assert clean("(Tribunevs.com/Zvixqi Rahmaianti)") == "(Tribunnews.com/Zvixqi Rahmayanti)"


def test_tells_a_mangled_byline_as_one_edit():
    (edit,) = NORMALIZER.explain("Hujan. (Tribunevs.com/Iunita Rahmaianti)").edits
    assert (edit.before, edit.rule) == ("Tribunevs.com/Iunita Rahmaianti", "byline.name")


@given(st.text("aiuevwyknt", max_size=7))
def test_the_readings_of_a_mangled_part_hold_what_it_was(part):
    assert part in set(spellings(part.translate(MANGLE)))


@given(st.text("(/:[])., aAbBwWyY\n", max_size=80))
def test_bylines_lie_within_the_text_and_in_order(text):
    for one in byline_mentions.find("(Tribunnews.com/" + text, KNOWN):
        spans = [*one.names, *([one.outlet] if one.outlet else [])]
        assert all(0 <= start < end <= len(text) + 16 for start, end in spans)
        assert list(one.names) == sorted(one.names)
