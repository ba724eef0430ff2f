"""Which lines of a dump are boilerplate, and which are an article's own however many have them."""

from __future__ import annotations

import pytest
from learn.articles import ARTICLES, FOOTER, WORDS

from normalize import Normalizer
from normalize.learn import counts, write
from normalize.learn.lines import cut
from normalize.lexicon import learned


def boilerplate(folder):
    return [line for _, _, line, *_ in learned.rows(folder / learned.BOILERPLATE, learned.BOILERPLATE_COLUMNS)]


def test_a_line_that_all_articles_of_an_outlet_have_is_boilerplate_and_nothing_else(whole):
    assert boilerplate(whole) == [FOOTER]


def test_lines_are_found_where_the_line_breaks_are_lost(tmp_path):
    texts = [
        f"{text.partition(chr(10))[0]} Baca juga: Banjir nomor {number}. {FOOTER}." for number, text in enumerate(ARTICLES)
    ]
    write(counts(texts), tmp_path)
    assert {"Baca juga:", f"{FOOTER}."} <= set(boilerplate(tmp_path))


def test_an_article_that_stands_in_the_dump_many_times_is_no_boilerplate(tmp_path):
    write(counts([ARTICLES[0]] * 50), tmp_path)
    assert boilerplate(tmp_path) == []


def dump_with(lines: str, articles: int) -> list[str]:
    """Articles of which the last ones have, each among lines of its own, `lines` as well."""
    return [f"{text}\n{lines}" if number >= len(ARTICLES) - articles else text for number, text in enumerate(ARTICLES)]


@pytest.mark.parametrize(
    "credit",
    [
        "(Tribunnews.com/Sri Kusumawardhani)",
        "Hujan belum reda (Tribunnews.com/Sri Kusumawardhani)",
        "Hujan belum reda (sdk/bgs)",
        "(Kompas.com: Bagas Priyandono)",
        "(Penulis Bagas Priyandono, published 01/09/2019)",
        "Laporan Wartawan Tribunnews.com, Bagas Priyandono",
        "Penulis: Bagas Priyandono | Editor: Yurika Nendri",
        "Hujan belum reda. [Bagas Priyandono]",
        "[Bagas Priyandono]",
        "(Bagas Priyandono)",
        "Hujan belum reda (Bagas Priyandono)",
        "Nama Penulis:",
        "Bagas Priyandono",
        "Bagas Priyandono/Yurika Nendri",
        "Sidoarjo (Tribunnews.com)",
    ],
)
def test_a_credit_is_no_boilerplate_however_many_articles_have_it(tmp_path, credit):
    write(counts(dump_with(credit, 50)), tmp_path)
    assert boilerplate(tmp_path) == [FOOTER]


def test_a_name_before_the_publisher_is_a_credit(tmp_path):
    texts = [f"{text}\n{('Bagas Priyandono', 'Yurika Nendri')[n % 2]} PT Kabar Contoh" for n, text in enumerate(ARTICLES)]
    write(counts(texts), tmp_path)
    assert boilerplate(tmp_path) == [FOOTER]


TIMETABLE = "Lomba Perahu 20.45 WIB:\nBabak Awal Minggu, (26/7/2020) 13.20 WIB:\nHarga Tiket Rp 25.000\nElang 3 - Rajawali 1"


@pytest.mark.parametrize("articles", [6, 12, 20])
def test_timetables_prices_and_scores_that_some_articles_share_are_no_boilerplate(tmp_path, articles):
    write(counts(dump_with(TIMETABLE, articles)), tmp_path)
    assert boilerplate(tmp_path) == [FOOTER]


@pytest.mark.parametrize(
    ("line", "few", "many"),
    [
        ("Video Pilihan Redaksi:", 7, 8),  # to another article
        ("Sumber Berita:", 23, 24),  # a label of what follows
        ("© 2019 Harian Contoh", 24, 25),  # a number
        ("Kirim tulisan anda ke alamat kami.", 11, 12),  # a sentence
    ],
)
def test_a_line_is_boilerplate_from_so_many_articles(tmp_path, line, few, many):
    for articles, found in ((few, False), (many, True)):
        write(counts(dump_with(line, articles)), tmp_path)
        assert (line in boilerplate(tmp_path)) is found


def test_what_near_copies_share_is_no_boilerplate(tmp_path):
    shared = "\n".join(f"Babak {one.capitalize()} Lomba Perahu" for one in WORDS[:4])
    write(counts(dump_with(shared, 40)), tmp_path)
    assert boilerplate(tmp_path) == [FOOTER]


def test_what_was_learnt_is_taken_out_when_asked_for(whole):
    cleaner = Normalizer(learned=whole, drop=["boilerplate"])
    assert cleaner.clean(f"Hujan turun semalam.\n{FOOTER}") == "Hujan turun semalam.\n"


@pytest.mark.parametrize(
    "dateline",
    [
        "KONTAN.CO.ID - JAKARTA.",
        "KONTAN.CO.ID-JAKARTA.",
        "JAKARTA, KOMPAS.com - ",
        "BANDUNG BARAT, KOMPAS.com -",
        "Bogor, Jawa Barat, CNN Indonesia -",
        "SURYA.co.id | SURABAYA -",
        "TEMPO.CO, Jakarta -",
        "Liputan6.com, Kota Batu –",
        "CNN Indonesia --",
        "(Antaranews.com) Medan",
    ],
)
def test_a_dateline_is_no_boilerplate_however_many_articles_begin_with_it(tmp_path, dateline):
    write(counts([f"{dateline}\n{text}" for text in ARTICLES]), tmp_path)
    assert boilerplate(tmp_path) == [FOOTER]


@pytest.mark.parametrize("line", ["Baca berita Kompas.com di ponsel", "Berita Surabaya SURYA.co.id"])
def test_a_line_that_names_an_outlet_among_other_words_is_boilerplate(tmp_path, line):
    write(counts([f"{text}\n{line}" for text in ARTICLES]), tmp_path)
    assert boilerplate(tmp_path) == [line, FOOTER]


def test_a_sentence_ends_behind_its_marks_however_many_commas_a_lost_list_left():
    cut_off = list(cut("Ia datang.,,,,,,,,,,,,Hujan turun."))
    assert cut_off == ["Ia datang.", "Hujan turun."]
