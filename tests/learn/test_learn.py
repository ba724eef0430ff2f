"""Learning from a dump: what is counted, that counting in parts is counting the whole, and what is made of it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from learn.articles import ARTICLES, files, words

from normalize import Normalizer
from normalize.learn import Counts, counts, merge, read, write
from normalize.learn.folder import ExternalMerge


def said(word: str, number: int) -> str:
    """A text of an article that no other is like."""
    return f"Warga {words(number)} {word} {words(number + 1000)} itu."


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


# --- Names in bylines ------------------------------------------------------------------------------------------------


def bylines(*named: tuple[str, int]) -> list[str]:
    return [f"Hujan turun {words(number)}. Penulis: {name}" for name, times in named for number in range(times)]


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
    assert normalizer(tmp_path, [said("mengtakan", number) for number in range(12)]).clean(text) == text


def test_a_slip_is_not_shielded_where_the_dump_has_what_was_meant_far_more_often(tmp_path):
    texts = [said("mengtakan" if number < 12 else "mengatakan", number) for number in range(140)]
    assert normalizer(tmp_path, texts).clean("Warga mengtakan hal itu.") == "Warga mengatakan hal itu."
