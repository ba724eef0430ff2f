"""Which words are well formed: affixes, nasal changes, clitics, and what only looks like them."""

from __future__ import annotations

import pytest

from normalize.spelling.morphology import (
    Analysis,
    analyses,
    is_well_formed,
)

STEMS = {
    "renang",
    "tulis",
    "pukul",
    "sapu",
    "kirim",
    "ajar",
    "buat",
    "rumah",
    "kerja",
    "cek",
    "baca",
    "jalan",
    "adil",
    "laku",
}


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("menulis", "tulis"),
        ("memukul", "pukul"),
        ("menyapu", "sapu"),
        ("mengirim", "kirim"),
        ("mengajar", "ajar"),
        ("membuat", "buat"),
        ("mengecek", "cek"),
        ("membacakan", "baca"),
        ("penulis", "tulis"),
        ("pengiriman", "kirim"),
        ("ditulis", "tulis"),
        ("terjalani", "jalan"),
        ("keadilan", "adil"),
        ("ketidakadilan", "adil"),
        ("memperlakukan", "laku"),
        ("serumah", "rumah"),
        ("rumahnya", "rumah"),
        ("bacalah", "baca"),
        ("kubaca", "baca"),
        ("pascakerja", "kerja"),
        ("berenang", "renang"),
    ],
)
def test_affixes_are_seen_around_a_stem(word, stem):
    assert stem in {reading.stem for reading in analyses(word, STEMS)}


@pytest.mark.parametrize("word", ["mengbuat", "menbaca", "mempukulan", "berruma", "rumahhnya", "dirumahh", "tulisss"])
def test_what_no_affix_explains_is_not_well_formed(word):
    assert not is_well_formed(word, STEMS)


def test_a_reading_takes_the_word_apart():
    assert Analysis("me", "baca", "kan", "nya") in set(analyses("membacakannya", STEMS))


def test_a_stem_alone_is_well_formed():
    assert is_well_formed("rumah", STEMS)


def test_nothing_is_well_formed_without_stems():
    assert not is_well_formed("membaca", set())


@pytest.mark.parametrize("word", ["", "a", "me", "nya", "ber", "menya", "x" * 10_000, "me" * 5_000])
def test_hostile_words_are_read_in_time(word):
    assert not is_well_formed(word, STEMS)
