"""An article's own date, in the forms that dumps of news have it."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.dates import article_date

READABLE = {
    "2019-09-13 00:00:00": (2019, 9, 13),
    "2025-01-06": (2025, 1, 6),
    "2024-09-13T07:08:09+07:00": (2024, 9, 13),
    "02/09/2019": (2019, 9, 2),
    "01-10-2023": (2023, 10, 1),
    "19-Sep-19": (2019, 9, 19),
    "24 Des 2021": (2021, 12, 24),
    "13+December+2018": (2018, 12, 13),
    "15 May 25 | 05:10": (2025, 5, 15),
    " September 14, 2019 ": (2019, 9, 14),
    " Oct 2, 2019 ": (2019, 10, 2),
    "Jumat, 22 Mei 2026 18:06 WIB": (2026, 5, 22),
    "Jum'at, 22 Mei 2026 - 10:11 WIB": (2026, 5, 22),
    "Jumat, 02 Mei  2025 21:44 WIB": (2025, 5, 2),
    "Senin 11 Mei 2020 23:31 WIB": (2020, 5, 11),
    "Kompas.com - 02/06/2024, 12:00 WIB": (2024, 6, 2),
    "Kompas.com - Diperbarui 12/05/2024, 06:36 WIB": (2024, 5, 12),
    "Tayang: Sabtu, 21 September 2024 08:36 WIB": (2024, 9, 21),
    "Penulis: Tim Redaksi, 22 Mei 2024": (2024, 5, 22),
    "Fri, 13 Sep 2019 00:00:00 +0700": (2019, 9, 13),
    "18th May 2023": (2023, 5, 18),
    "May 18th, 2023": (2023, 5, 18),
    "12 Agustus, 2025": (2025, 8, 12),
    "12/Aug/2025": (2025, 8, 12),
    "12/Aug/2025:15:47:45 +0700": (2025, 8, 12),
    "20250812154745": (2025, 8, 12),
    "20250812": (2025, 8, 12),
    "20250812T154745Z": (2025, 8, 12),
    "20250812 15:47": (2025, 8, 12),
    "Tue Aug 12 15:47:45 +0700 2025": (2025, 8, 12),
    "Tue Aug 12 15:47:45 WIB 2025": (2025, 8, 12),
    "Tue Aug 12 15:47:45 2025": (2025, 8, 12),
    "1754988465": (2025, 8, 12),
    "1754988465123": (2025, 8, 12),
    "1754935200": (2025, 8, 12),  # one in the morning in Jakarta, the day before in Greenwich
    "17 Djuli 1962": (1962, 7, 17),
    "|".join("Kamis, 6 Januari 2022 23:37"): (2022, 1, 6),
}
UNREADABLE = (
    *("", " ", "18:59", "9 jam lalu", "2 jam yang lalu", "Date not found.", "773.12rb", "Mei 2024", "2024", "22 Mei"),
    *("8/31/0024", "2019-13-09", "31/09/2019", "09/31/2019"),  # no such day, or the month first
    "Kamis, 22 Mei 2026",  # a Friday
    "Dibuat 21/09/2024, diperbarui 22/09/2024",  # which of the two?
    "22 Mei 18:06",  # a time of day, not a year
    "1.2/3/2024",
    *("25/08/12", "20251312", "081234567890", "99999999"),
    "x" * 200 + "2024-01-02",
)


@pytest.mark.parametrize(("written", "day"), READABLE.items())
def test_reads_the_forms_that_dumps_have(written, day):
    assert article_date.read(written) == datetime.date(*day)


@pytest.mark.parametrize("written", UNREADABLE)
def test_what_names_no_one_day_is_not_guessed(written):
    assert article_date.read(written) is None


def test_dates_pass_through_and_other_values_are_none():
    assert article_date.read(datetime.date(2024, 5, 22)) == datetime.date(2024, 5, 22)
    assert article_date.read(datetime.datetime(2024, 5, 22, 10, 11)) == datetime.date(2024, 5, 22)
    assert [article_date.read(value) for value in (None, True, 17, 2.5, b"2024-05-22", ["2024-05-22"])] == [None] * 6
    assert article_date.read(1716346800) == datetime.date(2024, 5, 22)


@given(st.text(st.characters()))
def test_any_string_is_read_or_not_without_raising(written):
    assert article_date.read(written) is None or isinstance(article_date.read(written), datetime.date)


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)), st.times())
def test_every_day_is_read_back_from_its_written_forms(day, time):
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d %B %Y", "%B %d, %Y"):
        for clock in ("", " %H:%M:%S", ", %H:%M WIB", " | %H:%M", " - %H:%M WITA", "  %H.%M"):
            assert article_date.read(datetime.datetime.combine(day, time).strftime(form + clock)) == day


@pytest.mark.parametrize(
    ("written", "order", "day"),
    [
        ("10/21/2025 20:43", "mdy", (2025, 10, 21)),
        ("8/9/2025", "mdy", (2025, 8, 9)),
        ("8/9/2025", "dmy", (2025, 9, 8)),
        ("8-9-25", "mdy", (2025, 8, 9)),
        ("25/8/9", "ymd", (2025, 8, 9)),
        ("8/9/2025", "ymd", (2025, 9, 8)),  # the year tells that it doesn't come first
        ("2025/8/9", "mdy", (2025, 8, 9)),
    ],
)
def test_the_order_of_figures_may_be_given(written, order, day):
    assert article_date.read(written, order) == datetime.date(*day)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        *(("8 jam lalu", 12), ("16 jam yang lalu", 11), ("sejam lalu", 12), ("18 menit lalu", 12), ("kemarin", 11)),
        *(("3 hari yang lalu", 9), ("1 minggu lalu", 5), ("2 hours ago", 12), ("a day ago", 11), ("Baru saja", 12)),
    ],
)
def test_what_is_told_from_now_is_read_where_now_is_known(written, day):
    crawled = datetime.datetime(2025, 8, 12, 15, 30)
    assert article_date.read(written, None, crawled) == datetime.date(2025, 8, day)
    assert article_date.read(written) is None


def test_months_ago_name_no_day():
    assert article_date.read("2 bulan lalu", None, datetime.datetime(2025, 8, 12)) is None
