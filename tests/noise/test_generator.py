"""Noise is put into texts: of every kind, as often as was counted, by seed, and what was there is known."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize import Normalizer
from normalize.noise import rates
from normalize.noise.generator import Generator
from normalize.noise.kind import Draw
from normalize.noise.kinds import NAMES
from normalize.noise.rates import Rate

DENSE = Rate(1.0, 1.0)
TEXT = (
    "Warga desa-desa pesisir kembali ke rumah setelah air surut, kata Kepala Desa Slamet Widodo, Rabu (5/11/2025). "
    "“Kami bersyukur,” ujarnya kepada Kompas.com di balai desa. Hujan masih turun (Tribunnews.com/Wahyu Widayanti)."
)


def made(kind: str, text: str = TEXT, seed: int = 0):
    """The text with noise of one kind wherever it can be."""
    return Generator(Generator.load(only=(kind,)).kinds, {kind: DENSE}, seed).noisy(text, "1")


@pytest.mark.parametrize("kind", NAMES)
def test_every_kind_makes_noise(kind):
    found = made(kind)
    assert found.text != TEXT
    assert {change.kind for change in found.changes} == {kind}


@pytest.mark.parametrize(
    ("kind", "text", "noisy"),
    [
        ("preposition", "Ia tiba di rumah.", "Ia tiba dirumah."),
        ("sentence", "Ia tiba. Hujan turun.", "Ia tiba.Hujan turun."),
        ("border", "Menurut Presiden, itu benar.", "MenurutPresiden, itu benar."),
        ("comma", "Ia lelah, lapar, tua.", "Ia lelah,lapar,tua."),
        ("stop", "Ia tiba. Hujan turun.", "Ia tiba . Hujan turun."),
        ("hole", "Ia menemui Kepala Desa, lalu pulang.", "Ia menemui , lalu pulang."),
        ("glued", "ia tiba dari sana", "ia tibadarisana"),
        ("repeated", "Ia tiba dari sana.", "Ia tiba tiba dari dari sana."),
        ("transliterated", "(Kompas.com/Yuni Widya)", "(Kompas.com/Iuni Vidia)"),
    ],
)
def test_what_a_kind_does(kind, text, noisy):
    assert made(kind, text).text == noisy


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("text", ["", "7", "-" * 50, "\n\n", "1.000 - 2.000 / 3 = ?"])
def test_what_is_no_place_for_it_stays(kind, text):
    assert made(kind, text).text == text


@pytest.mark.parametrize("kind", ["slip", "torn"])
def test_addresses_are_not_mistyped(kind):
    text = "www.situs.com/berita-hari-ini @namaakun"
    assert made(kind, text).text == text


@pytest.mark.parametrize("kind", NAMES)
@pytest.mark.parametrize("text", ["ᮃᮙᮔ᮪ ꦱꦮꦃ 你好", "a\ud800”", f"你好 {TEXT}\ud800 ꦱꦮꦃ"])
def test_any_script_and_lone_surrogates_can_have_it(kind, text):
    check_taken_back(made(kind, text), text)


def test_reduplication_loses_its_hyphen_and_other_hyphens_stay():
    texts = {made("reduplication", "Desa-desa di jalan-jalan tepi anti-air.", seed).text for seed in range(20)}
    assert texts == {"Desa-desa di jalanjalan tepi anti-air.", "Desa-desa di jalan jalan tepi anti-air."}


@given(st.text(alphabet="aA .,-“”(5/)\nédki", max_size=60), st.integers(0, 5))
def test_the_noise_taken_back_is_the_clean_text(text, seed):
    check_taken_back(Generator(GENERATOR.kinds, dict.fromkeys(NAMES, Rate(1.0, 0.5)), seed).noisy(text, "1"), text)


def check_taken_back(noisy, text):
    """Assert that the changes lead from the clean text to the noisy one, and that each says what was there."""
    back, position = "", 0
    for change in noisy.changes:
        back += text[position : change.start] + change.noisy
        position = change.end
    assert back + text[position:] == noisy.text
    assert all(text[change.start : change.end] == change.clean for change in noisy.changes)
    assert noisy.gold == text or any(change.stays for change in noisy.changes)


GENERATOR = Generator.load()


def test_what_is_lost_or_may_be_meant_stays_in_gold():
    assert made("hole").gold == made("hole").text
    assert made("boilerplate").gold == made("boilerplate").text
    assert made("slip").gold == TEXT


def test_a_perfect_gold_is_reached_where_all_is_certain():
    found = made("sentence")
    assert Normalizer().clean(found.text) == found.gold == TEXT


def test_noise_is_as_frequent_as_the_rates_say():
    generator = Generator({kind.name: kind for kind in GENERATOR.kinds}["slip"], {}, 0)
    generator = Generator((generator.kinds,), {"slip": Rate(0.25, 0.1)}, 0)
    texts = [generator.noisy("kata " * 100, str(number)) for number in range(400)]
    having = [len(text.changes) for text in texts if text.changes]
    assert 80 <= len(having) <= 120
    assert 9 <= sum(having) / len(having) <= 11


def test_more_often_is_in_more_texts_and_then_more_densely():
    assert Rate(0.2, 0.5).times(2) == Rate(0.4, 0.5)
    assert Rate(0.5, 0.2).times(4) == Rate(1.0, 0.4)
    assert Rate(0.5, 0.2).times(1000) == Rate(1.0, 1.0)
    assert Rate(0.0, 0.0).times(3) == Rate(0.0, 0.0)


def test_a_slip_is_drawn_as_often_as_the_channel_has_it():
    words = [made("slip", "mengatakan", seed).text for seed in range(300)]
    assert words.count("mengataka") > words.count("mengatxkan")  # an omitted n, the commonest slip there is
    assert all(word != "mengatakan" for word in words)


def test_chance_is_the_same_everywhere():
    draw = Draw("a key")
    assert [draw.between(1, 6) for _ in range(10)] == [4, 6, 2, 1, 1, 4, 2, 6, 2, 6]
    assert [draw.one_of({"a": 1, "b": 3}) for _ in range(6)] == ["a", "b", "b", "b", "b", "b"]
    code = (
        f"from normalize.noise.generator import Generator as G; print(ascii(G.load(None, 9, 7).noisy({TEXT!r}, 'x').text))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": "5"}
    )
    assert run.stdout.strip() == ascii(Generator.load(None, 9, 7).noisy(TEXT, "x").text)


def test_repairs_are_counted_by_kind_and_places_with_them():
    explained = Normalizer().explain("Warga mengtakan hal itu dirumah.Hujan turun di sana, kata Kepala Desa Slamet.")
    found = rates.counted(explained)
    assert found["slip times"] == found["preposition times"] == found["sentence times"] == 1
    assert found["slip omitted - a"] == 1
    assert found["preposition places"] == 2
    assert found["stop of"] == 1
    assert "stop times" not in found


def test_what_was_learnt_counts_beside_what_is_shipped(tmp_path):
    rows = {
        "slip of": 100_000,
        "slip texts": 90_000,
        "slip times": 90_000,
        "slip places": 900_000,
        "slip replaced x a": 10**6,
    }
    (tmp_path / rates.FILE).write_text("noise\ttimes\n" + "".join(f"{row}\t{n}\n" for row, n in sorted(rows.items())))
    before, learned = rates.rates(), rates.rates(tmp_path)
    assert learned["slip"] == pytest.approx(Rate(0.9, 0.1), abs=0.001)
    assert learned["date"].texts == pytest.approx(before["date"].texts, abs=0.01)
    assert rates.channel(tmp_path).rate("replaced", "x", "a") > rates.channel().rate("replaced", "x", "a") + 5
