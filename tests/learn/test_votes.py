"""Copies of a passage vote: about a word that nobody knows, a hole, a date that the calendar contradicts."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.learn import copies
from normalize.learn.copies import Doubts, Votes, conclusions, doubts, votes

BEFORE = "Hujan turun sejak pagi. Menurut warga yang mengungsi ke balai desa itu, "
AFTER = " akan meninjau tanggul sungai yang jebol pada akhir pekan ini."
NAME = "Gubernur Yurika Nendriana"
SLIP = "Gubernur Yurkia Nendriana"
UNKNOWN, UNKNOWN_TOO = "Gubernur Zalkhadina Putra", "Gubernur Zalkhadena Putra"
HOLE = (
    "Menurut warga kampung itu, jalan yang lama rusak sudah diperbaiki oleh {}, kata camat dalam rapat yang digelar di sana."
)
DATE = (
    "Menurut warga kampung itu, jalan yang lama rusak sudah diperbaiki sejak {} oleh dinas yang menangani urusan jalan raya."
)


def text(printed: str, number: int = 0) -> str:
    """The passage in a text of its own."""
    return f"Berita nomor {number} hari ini. {BEFORE}{printed}{AFTER} Demikian kabar {number} dari sana."


def found_by(*texts: str) -> list[tuple[str, str, str, int, int, str]]:
    """The conclusions from the copies in some texts."""
    rows = [(one, f"t:{number}") for number, one in enumerate(texts, 1)]
    sought, counted = Doubts(), Votes()
    sought.merge(doubts(rows))
    counted.merge(votes(rows, sought.anchors()))
    return [tuple(copy) for _, copy in conclusions(sought, counted)]


def test_a_name_is_mended_to_what_most_copies_have():
    found = found_by(*(text(NAME, number) for number in range(3)), text(SLIP, 9))
    assert found == [("word", "Yurkia", "Yurika", 3, 1, "t:1")]


def test_a_word_that_is_right_needs_one_vote_only():
    assert found_by(text("sebuah penidakan", 1), text("sebuah penindakan", 2)) == [
        ("word", "penidakan", "penindakan", 1, 1, "t:2"),
    ]


@pytest.mark.parametrize(
    "printed",
    [
        (UNKNOWN, UNKNOWN_TOO),  # nobody knows which
        (UNKNOWN, UNKNOWN, UNKNOWN_TOO, UNKNOWN_TOO),
        (NAME, NAME, NAME, "Gubernur Sari Nendriana"),  # another name
        ("si Yurika", "si Yurika", "si Yurika", "si yurkia"),  # other casing
        (NAME, NAME, NAME, "Gubernur Bogor"),
        ("orang zalkhadi", "orang zalkhadi", "orang zalkhadi", "orang zalkhado"),  # in lower case it has to be right
    ],
)
def test_where_it_is_not_sure_nothing_is_told(printed):
    assert found_by(*(text(one, number) for number, one in enumerate(printed))) == []


def test_a_text_that_is_there_twice_votes_once():
    assert found_by(text(UNKNOWN, 1), text(UNKNOWN, 1), text(UNKNOWN, 1), text(UNKNOWN_TOO, 2)) == []
    assert found_by(text(UNKNOWN, 1), text(UNKNOWN, 3), text(UNKNOWN, 4), text(UNKNOWN_TOO, 2)) != []


def test_other_words_around_it_are_no_copy():
    other = f"Kabar lain: {NAME} juga tidak hadir di kantor kecamatan pada hari ini."
    assert found_by(*(f"{number}. {other}" for number in range(5)), text(SLIP)) == []


def test_a_hole_is_told_with_what_stands_there_and_where():
    found = found_by(HOLE.format(""), HOLE.format("Dinas Bina Marga"), "Baru. " + HOLE.format("Dinas Bina Marga"))
    assert found == [("hole", "", " Dinas Bina Marga, ", 2, 1, "t:2")]


def test_a_hole_that_copies_fill_otherwise_is_left():
    assert found_by(HOLE.format(""), HOLE.format("Dinas Bina Marga"), HOLE.format("Kodim setempat")) == []
    assert found_by(HOLE.format(""), HOLE.format("Dinas  , Marga"), HOLE.format("")) == []


def test_a_date_is_told_where_one_part_is_another():
    wrong, right = DATE.format("Selasa (3/1/2022)"), DATE.format("Selasa (3/1/2023)")
    assert found_by(wrong, right) == [("date", "Selasa (3/1/2022)", "Selasa (3/1/2023)", 1, 1, "t:2")]
    assert found_by(wrong, DATE.format("Rabu (4/1/2023)")) == []
    assert found_by(right, DATE.format("Senin (2/1/2023)")) == []


def test_a_formula_that_stands_in_many_texts_is_no_copy():
    names = [f"Gubernur Yurik{letter} Nendriana" for letter in "bcdfghjklmnpq"]
    assert (
        found_by(*(text(name, number) for number, name in enumerate(names)), *(text(NAME, n) for n in range(50, 80))) == []
    )


TEXTS = [text(NAME, 1), text(NAME, 2), text(SLIP, 3), HOLE.format(""), HOLE.format("Dinas Air"), text("Bupati Yurkia", 4)]


@settings(max_examples=20)
@given(st.lists(st.integers(0, 2), min_size=len(TEXTS), max_size=len(TEXTS)), st.permutations(range(3)))
def test_it_makes_no_difference_how_texts_are_dealt_out(dealt, order):
    rows = [(one, f"t:{number}") for number, one in enumerate(TEXTS, 1)]
    parts = [[row for row, to in zip(rows, dealt, strict=True) if to == part] for part in order]
    sought, counted = Doubts(), Votes()
    for part in parts:
        sought.merge(list(doubts(part)))
    for part in parts:
        counted.merge(list(votes(part, sought.anchors())))
    assert [tuple(copy) for _, copy in conclusions(sought, counted)] == found_by(*TEXTS)


def test_memory_has_a_bound_and_what_is_kept_does_not_hang_on_the_order(monkeypatch):
    monkeypatch.setattr(copies, "MOST", 2)
    many = list(doubts((text(f"Gubernur Yurk{a}ia Nendri", 5), "") for a in "bcdfghjk"))
    one, other = Doubts(), Doubts()
    for doubt in many:
        one.merge([doubt])
    for doubt in reversed(many):
        other.merge([doubt])
    assert len(many) > 4
    assert len(one.places) <= 5
    assert one.anchors() == other.anchors()


HOSTILE = ("", "\ud800", " , " * 500, "(" * 500, "Senin (99/99/9999) " * 50, "a " * 5000, "ᮃᮙᮔ᮪ , ,")


def test_hostile_texts_tell_nothing_and_hide_nothing():
    assert found_by(*HOSTILE) == []
    assert found_by(*(text(NAME, number) for number in range(3)), *HOSTILE, text(SLIP, 9)) == [
        ("word", "Yurkia", "Yurika", 3, 1, "t:1"),
    ]


def made_up(number: int) -> str:
    """A word that nobody knows, another for each number."""
    return "".join("bcdfghjklm"[int(digit)] + "a" for digit in f"{number:05}")


@pytest.mark.parametrize(
    "passage",
    [
        "aku dia kami bersama zalkha pada {} yang di. ",  # the words before it are the same
        "aku {} dia kami bersama , pada yang ini {} di. ",  # and those behind it
    ],
)
def test_time_does_not_grow_with_the_square_of_places_between_the_same_words(passage):
    def seconds(count: int) -> float:
        long = "".join(passage.format(made_up(number), made_up(number)) for number in range(count))
        sought = Doubts()
        sought.merge(doubts([(long, "")]))
        times = []
        for _ in range(3):  # the least: all objects of the process may be gone through for garbage in one of them
            anchors, start = sought.anchors(), time.process_time()
            assert len(list(votes([(long, "")], anchors))) >= count
            times.append(time.process_time() - start)
        return min(times)

    assert seconds(2000) < 3 * seconds(1000) + 0.05
