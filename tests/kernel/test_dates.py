"""Dates that are plainly right are passed by, by either implementation."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.dates.calendar import MONTHS, WEEKDAY_NAMES

WEEKDAYS = {name: number for number, name in enumerate(WEEKDAY_NAMES)}
FRAGMENTS = [
    *(" Kamis", " Selasa", " Minggu", " minggu", "Rabu", ",", " ", "  ", "(", ")", "/", ". /", "1", "0", "x", "é", "“"),
    *("(24/10/2024)", "(24/10)", "(31/2/2024)", "(22/10/24)", " 24 Oktober 2024", " 7 OKTOBER 2024", " Oktober", " 2024"),
    *(" (6/10/2024)", " (22/10)", " (24/10/0024)", " 31 Februari 2023", "\n", " tahun 2024", "\ud800"),
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=9).map("".join), st.none() | st.dates(), st.data())
def test_the_same_are_left(both, text, article, data):
    offsets = st.lists(st.sampled_from(range(len(text))), unique=True) if text else st.just([])
    brackets, years = data.draw(offsets), data.draw(offsets)
    brackets += [offset for offset, mark in enumerate(text) if mark == "("]
    years += [match.start() for match in re.finditer("(?<= )20", text)]
    day = (article.year, article.toordinal()) if article else (0, 0)
    fast, pure = (primitives.Dates(WEEKDAYS, MONTHS, 45, 15, 17) for primitives in both)
    assert fast.unconfirmed(text, brackets, years, *day) == pure.unconfirmed(text, brackets, years, *day)


def test_what_is_no_offset_and_no_name_is_refused(both):
    make = both[0].Dates
    dates = make({"Kamis": 3}, {"oktober": 10}, 45, 15, 17)
    for offsets in ([5], [-1], [1 << 70], ["a"], 7):
        with pytest.raises((ValueError, TypeError, OverflowError)):
            dates.unconfirmed("Kamis", offsets, [], 0, 0)
    with pytest.raises(ValueError, match="year"):
        dates.unconfirmed("Kamis", [], [], 1 << 40, 0)
    for names in ({"": 1}, {"a" * 16: 1}, {"a": 13}, {"a": None}, {1: 1}, {f"a{i}": 1 for i in range(129)}):
        with pytest.raises(ValueError, match="names"):
            make(names, {}, 45, 15, 17)
    for first_slash, longest_month in ((0, 17), (15, 1), (1 << 40, 17), (15, 81)):
        with pytest.raises(ValueError, match="80"):
            make({}, {}, 45, first_slash, longest_month)
