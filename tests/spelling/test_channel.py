"""What slips there are, and which are likelier."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.keyboard import NEIGHBOURS
from normalize.spelling.channel import Channel, moved, slip, twice

LETTERS = st.text("abcdefgh", max_size=7)


@pytest.fixture(scope="module")
def channel():
    return Channel.load()


@pytest.mark.parametrize(
    ("typed", "meant", "found"),
    [
        ("bsia", "bisa", ("swapped", "si", "is")),
        ("biisa", "bisa", ("doubled", "i", "")),
        ("bixsa", "bisa", ("added", "x", "")),
        ("bsa", "bisa", ("omitted", "", "i")),
        ("minggu", "mingguu", ("single", "", "u")),
        ("bosa", "bisa", ("replaced", "o", "i")),
        ("xisa", "bisa", ("replaced", "x", "b")),
        ("isa", "bisa", ("omitted", "", "b")),
        ("bisaa", "bisa", ("doubled", "a", "")),
    ],
)
def test_one_slip_is_named(typed, meant, found):
    assert slip(typed, meant) == found


@pytest.mark.parametrize(
    ("typed", "meant"), [("falisitas", "fasilitas"), ("tuberkolusis", "tuberkulosis"), ("gelaja", "gejala")]
)
def test_letters_that_changed_places_around_another_are_likelier_than_two_slips(channel, typed, meant):
    two = [-channel.rate("replaced", a, b) for a, b in zip(typed, meant, strict=True) if a != b]
    swap = -channel.rate("swapped", *exchange(typed, meant))
    assert swap < channel.cost(typed, meant) < sum(two)


def exchange(typed, meant):
    first, last = [a for a, b in zip(typed, meant, strict=True) if a != b]
    return first + last, last + first


@pytest.mark.parametrize(("typed", "meant"), [("bisa", "bisa"), ("", ""), ("asib", "bisa"), ("bi", "bisa"), ("xyz", "bisa")])
def test_none_or_more_than_one_slip_is_no_slip(typed, meant):
    assert slip(typed, meant) is None


@given(LETTERS, st.integers(0, 6), st.sampled_from("abcdefgh"))
def test_a_letter_put_in_is_one_slip(meant, at, letter):
    typed = meant[:at] + letter + meant[at:]
    assert slip(typed, meant)[0] in ("added", "doubled")
    assert slip(meant, typed)[0] in ("omitted", "single")


@given(LETTERS, LETTERS)
def test_a_cost_is_paid_unless_nothing_differs(typed, meant):
    cost = Channel({}, {"a": 100, "b": 50}).cost(typed, meant)
    assert (cost == 0) == (typed == meant)


def test_two_slips_cost_more_than_one(channel):
    assert channel.cost("mengtakn", "mengatakan") > channel.cost("mengtakan", "mengatakan")


def test_swapping_neighbours_is_likelier_than_a_far_key(channel):
    assert channel.cost("tidka", "tidak") < channel.cost("tidap", "tidak")


def test_the_next_key_is_likelier_than_a_far_one(channel):
    assert channel.cost("makam", "makan") < channel.cost("makaq", "makan")


def test_neighbours_go_both_ways():
    assert {"as", "sa", "qa", "aq"} <= NEIGHBOURS
    assert "ap" not in NEIGHBOURS


def test_what_was_never_seen_is_still_possible(channel):
    assert 0 < channel.cost("qzxjv", "bisa") < float("inf")


@pytest.mark.parametrize(
    ("typed", "meant", "pair"),
    [
        ("melakakukan", "melakukan", "ak"),
        ("kemenanganan", "kemenangan", "an"),
        ("bebatuan", "batuan", ""),  # a word of its own
        ("melakuukkan", "melakukan", ""),
        ("makan", "makan", ""),
    ],
)
def test_two_letters_typed_twice_are_found_and_are_likelier_than_two_slips(channel, typed, meant, pair):
    assert twice(typed, meant) == pair
    if pair:
        assert channel.cost(typed, meant) < channel.cost(typed[:-2] + "xz" + typed[-2:], typed)


@pytest.mark.parametrize(
    ("typed", "meant", "pair"),
    [
        ("asiosasi", "asosiasi", "io"),
        ("indetifikasi", "identifikasi", "nd"),
        ("kuliatas", "kualitas", "ia"),
        ("bsia", "bisa", ""),  # neighbours
        ("makan", "makan", ""),
    ],
)
def test_a_letter_that_moved_is_found(channel, typed, meant, pair):
    assert sorted(moved(typed, meant)) == sorted(pair)
    if pair:
        assert channel.cost(typed, meant) < channel.cost(typed, meant + "xz")
