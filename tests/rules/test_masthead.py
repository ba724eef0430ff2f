"""Outlets in a text: which misspellings are repaired, to what, and what is left alone."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize import Normalizer
from normalize.newsroom.gazetteer import Gazetteer, distance
from normalize.rules import RULES

NORMALIZER = Normalizer(skip=[rule.name for rule in RULES if not rule.name.startswith("masthead.")])
GAZETTEER = Gazetteer(NORMALIZER.lexicon)
MASTHEADS = NORMALIZER.lexicon.mastheads
OUTLETS = [masthead for masthead in MASTHEADS if masthead.kind != "other"]
ADDRESSES = sorted({form for m in OUTLETS for form in (m.name, *m.forms) if "." in form and " " not in form})
LONG_ADDRESSES = [address for address in ADDRESSES if len(address.partition(".")[0]) > 9]


def clean(text):
    return NORMALIZER.clean(text)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("TRUBUNNEWS.COM", "TRIBUNNEWS.COM"),
        ("TRIIBUNNEWS.COM", "TRIBUNNEWS.COM"),
        ("TRIBUNNNEWS.COM", "TRIBUNNEWS.COM"),
        ("TRIBUNNEVS.COM", "TRIBUNNEWS.COM"),
        ("Tribunevs.com", "Tribunnews.com"),
        ("KOMPAas.com", "KOMPAS.com"),
        ("Kompa.com", "Kompas.com"),
        ("kompad.com", "kompas.com"),
        ("CNNIndoensia.com", "CNNIndonesia.com"),
        ("sindnews.com", "sindonews.com"),
        ("antarnews.com", "antaranews.com"),
        ("merdaka.com", "merdeka.com"),
        ("LIPUTAN5.COM", "LIPUTAN6.COM"),
        ("TRIBUNJAKATRA.COM", "TRIBUNJAKARTA.COM"),
        ("FRIBUNLAMPUNG.CO.ID", "TRIBUNLAMPUNG.CO.ID"),
        ("SURYA.C0.ID", "SURYA.CO.ID"),
        ("SURYA.CO,ID", "SURYA.CO.ID"),
        ("SURYA.CO.DI", "SURYA.CO.ID"),
        ("REPUBLIKA. CO.ID", "REPUBLIKA.CO.ID"),
        ("wartaekonomi..co.id", "wartaekonomi.co.id"),
        ("Liputan6,com", "Liputan6.com"),
        ("suara.cim", "suara.com"),
        ("idntimes.co", "idntimes.com"),
        ("Lіputan6.com", "Liputan6.com"),  # a Cyrillic letter
        ("derikcom", "detikcom"),
        ("detikom", "detikcom"),
        ("Tribunenws", "Tribunnews"),
        ("detikHelth", "detikHealth"),
        ("TRIBUNNEWSCOM", "TRIBUNNEWS.COM"),
    ],
)
def test_repairs_a_misspelt_outlet_as_it_is_written_in_that_place(printed, meant):
    assert clean(f"Kabar itu dilansir {printed}, Senin.") == f"Kabar itu dilansir {meant}, Senin."


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("TEMO.CO, Jakarta - Hujan turun.", "TEMPO.CO, Jakarta - Hujan turun."),
        ("rSURYA.CO.ID - Hujan turun.", "SURYA.CO.ID - Hujan turun."),
        ("SURABAYA, SURTA.CO.ID - Hujan turun.", "SURABAYA, SURYA.CO.ID - Hujan turun."),
        ("(Temo.co/Sari Dewi)", "(Tempo.co/Sari Dewi)"),
    ],
)
def test_goes_further_where_only_an_outlet_stands(printed, meant):
    assert clean(printed) == meant
    assert clean("Ia menyebut Temo.co sekali.") == "Ia menyebut Temo.co sekali."


@pytest.mark.parametrize(
    "right",
    [
        "DETIKCOM",
        "detikcom",
        "Kompasiana",
        "Tribun Timur",
        "Suara Merdeka",
        "Tribun-Papua.com",
        "TribunPapua.com",
        "TribunKaltim.co",
        "Kompas.id",
        "wartakota.tribunnews.com",
        "mirror.co.uk",
        "News.com.au",
    ],
)
def test_leaves_right_names_in_whatever_form(right):
    assert clean(f"Kabar itu dilansir {right}, Senin.") == f"Kabar itu dilansir {right}, Senin."


@pytest.mark.parametrize(
    "other",
    ["detak.com", "tribunal.com", "sundanews.com", "batamnews.co.id", "latimes.com", "tribunsumbar.com", "liputan86.com"],
)
def test_leaves_other_sites_however_near(other):
    assert clean(f"{other}, JAKARTA - Dilansir {other}, Senin.") == f"{other}, JAKARTA - Dilansir {other}, Senin."


@pytest.mark.parametrize(
    "text",
    [
        "Kirim ke redaksi@tribunevs.com.",
        "Ikuti @tribunevs dan #tribunevs.",
        "Baca https://www.tribunevs.com/berita atau www.tribunevs.com.",
        "Buka tribunevs.com/berita/hujan untuk membaca.",
        "Simpan di tribunevs_com.",
    ],
)
def test_leaves_addresses_handles_and_paths(text):
    assert clean(text) == text


@pytest.mark.parametrize("word", ["Suara", "Merdeka", "Bisnis", "Kontan", "Jubi", "Viva", "Tempo"])
def test_leaves_ordinary_words_that_are_names_too(word):
    text = f"{word}. Com{word.lower()} {word}k {word[:-1]} {word}a di {word}. Idenya baru."
    assert clean(text) == text


def test_leaves_the_address_of_an_impostor():
    assert clean("Situs palsu itu beralamat di tribunevs.com.") == "Situs palsu itu beralamat di tribunevs.com."


def test_gives_back_the_comma_that_took_a_letter():
    assert clean("TRIBUNNEWS.CO. JAKARTA - Hujan.") == "TRIBUNNEWS.COM, JAKARTA - Hujan."
    assert clean("Dilansir Tempo.co. Hujan turun.") == "Dilansir Tempo.co. Hujan turun."


def test_parts_an_outlet_from_its_neighbours():
    assert clean("Berita GresikSURYA.co.id | GRESIK - Hujan.") == "Berita Gresik SURYA.co.id | GRESIK - Hujan."
    assert clean("Dilansir Kompas.comHujan turun lagi.") == "Dilansir Kompas.com. Hujan turun lagi."


def test_joins_a_name_of_one_word_only():
    assert clean("Dilansir Euro News, Senin.") == "Dilansir Euronews, Senin."
    assert clean("Dilansir Sky News, Senin.") == "Dilansir Sky News, Senin."


@pytest.mark.parametrize("masthead", MASTHEADS, ids=lambda masthead: masthead.name)
def test_every_masthead_stays_as_it_is_written(masthead):
    for form in filter(None, (masthead.name, masthead.domain, *masthead.forms)):
        assert clean(f"{form} - Kabar itu dilansir {form}, Senin.") == f"{form} - Kabar itu dilansir {form}, Senin."


def test_no_masthead_is_listed_twice_and_every_kind_is_known():
    assert [name for name, n in Counter(m.name for m in MASTHEADS).items() if n > 1] == []
    assert {m.kind for m in MASTHEADS} == {"coined", "word", "other"}


@given(st.sampled_from(LONG_ADDRESSES), st.data())
def test_a_swap_of_letters_in_a_long_name_is_undone_or_left(address, data):
    place = data.draw(st.integers(0, len(address.partition(".")[0]) - 2))
    printed = address[:place] + address[place + 1] + address[place] + address[place + 2 :]
    assert clean(f"Dilansir {printed} kemarin.").lower() in (
        f"dilansir {address} kemarin.".lower(),
        f"dilansir {printed} kemarin.".lower(),
    )


@given(st.text("abcdefgw", max_size=8), st.text("abcdefgw", max_size=8))
def test_distance_is_nothing_only_between_equals_and_the_same_both_ways(a, b):
    assert (distance(a, b) == 0) == (a == b)
    assert distance(a, b) == pytest.approx(distance(b, a))
