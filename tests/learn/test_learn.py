"""Learning from a dump: what is counted, that counting in parts is counting the whole, and what is made of it."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from normalize import Normalizer
from normalize.learn import Counts, counts, merge, read, write
from normalize.learn.folder import ExternalMerge
from normalize.lexicon import learned

WRITERS = ("Sari Kusumawardhani", "Bagas Priyandono", "Yurika Nendri")
WORDS = """
    banjir panen jembatan pasar sekolah rapat jalan warga sungai bukit hujan angin kapal kereta sawah ladang
""".split()  # noqa: SIM905
FOOTER = "Hak cipta Harian Contoh, dilarang mengutip tanpa izin"


def article(number: int) -> str:
    """An article as no other, with a byline and the line that its outlet puts under all."""
    chance = random.Random(number)
    words = [" ".join(chance.sample(WORDS, 9)) for _ in range(3)]
    return (
        f"Hujan turun di {words[0]}, kata Wiryoatmojo. Warga {words[1]} {number} kali sejak kemarin."
        f"\nPenulis: {WRITERS[number % len(WRITERS)]}\nLembaran {words[2]}\n{FOOTER}"
    )


ARTICLES = [article(number) for number in range(60)]


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    folder = tmp_path_factory.mktemp("learned") / "whole"
    write(counts(ARTICLES, ["contoh"] * len(ARTICLES)), folder)
    return folder


def normalizer(tmp_path, texts):
    write(counts(texts), tmp_path)
    return Normalizer(learned=tmp_path)


# --- Counting --------------------------------------------------------------------------------------------------------


def test_counts_the_texts_that_a_thing_is_in_not_how_often_it_is_there():
    found = counts(["Penulis: Sari Dewi. Ia bertemu Sari. Penulis: Sari Dewi", "(Tribunnews.com/Sari Dewi)"])
    assert found.bylines == {"Sari Dewi": 2}
    assert found.names["sari"] == 1
    assert found.mastheads == {"Tribunnews.com": 1}
    assert found.words["bertemu"] == 1


@settings(max_examples=30)
@given(st.lists(st.sampled_from(ARTICLES), max_size=12), st.integers(0, 12))
def test_counts_of_parts_add_up_to_those_of_the_whole(texts, cut):
    parts = Counts()
    for part in (texts[:cut], texts[cut:]):
        parts.merge(counts(part))
    assert parts == counts(texts)


def test_what_is_written_is_read_again(whole):
    assert read(whole) == counts(ARTICLES, ["contoh"] * len(ARTICLES))


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 2), min_size=len(ARTICLES), max_size=len(ARTICLES)))
def test_merged_folders_are_what_is_learnt_from_all(tmp_path_factory, whole, dealt):
    folder = tmp_path_factory.mktemp("parts")
    parts = [folder / str(number) for number in range(3)]
    for number, part in enumerate(parts):
        texts = [text for text, to in zip(ARTICLES, dealt, strict=True) if to == number]
        write(counts(texts, ["contoh"] * len(texts)), part)
    merge(parts, folder / "merged")
    assert files(folder / "merged") == files(whole)


def test_what_outgrows_memory_goes_to_disk_and_comes_out_the_same(tmp_path, whole):
    spill = ExternalMerge(tmp_path / "spilled", limit=50, runs=2)
    for text in ARTICLES:
        spill.add(counts([text], ["contoh"]))
    spill.write()
    spill.close()
    assert files(tmp_path / "spilled") == files(whole)


def test_a_folder_of_something_else_is_told(tmp_path):
    with pytest.raises(learned.LearnedError, match=r"bylines\.tsv"):
        read(tmp_path)


# --- Boilerplate -----------------------------------------------------------------------------------------------------


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


# --- Names in bylines ------------------------------------------------------------------------------------------------


def bylines(*named: tuple[str, int]) -> list[str]:
    return [f"Hujan turun. Penulis: {name}" for name, times in named for _ in range(times)]


@pytest.mark.parametrize(
    "printed",
    ["Yurika Nendrii", "Iurika Nendri", "Yurika Nnedri", "Yurikanendri", "Yu rika Nendri", "Yurika NendrI", "Yurkia Nendr"],
)
def test_a_name_seen_once_is_repaired_to_its_near_one_seen_often(tmp_path, printed):
    cleaner = normalizer(tmp_path, bylines(("Yurika Nendri", 8), (printed, 1)))
    assert cleaner.clean(f"Hujan turun. Penulis: {printed}") == "Hujan turun. Penulis: Yurika Nendri"


def test_the_confidence_is_by_the_odds(tmp_path):
    def confidence(often: int) -> float:
        cleaner = normalizer(tmp_path / str(often), bylines(("Yurika Nendri", often), ("Yurika Nendrii", 1)))
        (edit,) = cleaner.explain("Penulis: Yurika Nendrii").edits
        return edit.confidence

    assert 0.9 <= confidence(8) < confidence(80) < 1


def test_a_split_name_is_repaired_between_parentheses_too(tmp_path):
    cleaner = normalizer(tmp_path, bylines(("Sri Juliatin", 8)))
    assert cleaner.clean("Hujan. (Tribunnews.com/Sri Julia tin)") == "Hujan. (Tribunnews.com/Sri Juliatin)"


@pytest.mark.parametrize(
    ("often", "printed"),
    [
        (("Yurika Nendri", 8), "Yurika Nendriana"),  # another name
        (("Yurika Nendri", 8), "Bagus Yurika Nendri"),  # with a part more
        (("Dewi Lestari", 6), "Devi Lestari"),  # each part is somebody's
        (("Sri Wahyuni", 2), "Sri Wahyudi"),  # seen too seldom
    ],
)
def test_a_name_that_may_be_anothers_is_kept(tmp_path, often, printed):
    cleaner = normalizer(tmp_path, bylines(often, (printed, 1)))
    assert cleaner.clean(f"Hujan turun. Penulis: {printed}") == f"Hujan turun. Penulis: {printed}"


def test_two_names_that_are_both_frequent_are_kept(tmp_path):
    cleaner = normalizer(tmp_path, bylines(("Nurika Anisah", 7), ("Nur Ika Anisah", 4)))
    for name in ("Nurika Anisah", "Nur Ika Anisah"):
        assert cleaner.clean(f"Penulis: {name}") == f"Penulis: {name}"


def test_names_are_only_repaired_in_bylines(tmp_path):
    cleaner = normalizer(tmp_path, bylines(("Yurika Nendri", 8)))
    assert cleaner.clean("Ia bertemu Yurika Nendrii kemarin.") == "Ia bertemu Yurika Nendrii kemarin."


# --- What is frequent ------------------------------------------------------------------------------------------------


def test_a_word_that_is_frequent_in_the_dump_is_shielded(tmp_path):
    text = "Warga mengtakan hal itu."
    assert Normalizer().clean(text) == "Warga mengatakan hal itu."
    assert normalizer(tmp_path, [f"{text} Nomor {number}." for number in range(12)]).clean(text) == text


def test_a_slip_is_not_shielded_where_the_dump_has_what_was_meant_far_more_often(tmp_path):
    texts = [f"Warga {'mengtakan' if number < 12 else 'mengatakan'} hal itu. Nomor {number}." for number in range(140)]
    assert normalizer(tmp_path, texts).clean(texts[0]) == "Warga mengatakan hal itu. Nomor 0."
