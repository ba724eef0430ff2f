"""Dates in a text: what is repaired, on what evidence, and what is left and reported."""

from __future__ import annotations

import datetime
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize import Normalizer
from normalize.dates.calendar import WEEKDAY_NAMES, date_candidates, nearest_month, nearest_weekday
from normalize.edit import apply, undo
from normalize.rules import RULES

NORMALIZER = Normalizer(skip=[rule.name for rule in RULES if not rule.name.startswith("date.")])
ARTICLE = datetime.date(2024, 10, 25)  # a Friday
DAYS = st.dates(datetime.date(2011, 1, 1), datetime.date(2030, 12, 31))


def clean(text, date=None):
    return NORMALIZER.clean(text, date)


def findings(text, date=None):
    return [(finding.rule, finding.before) for finding in NORMALIZER.explain(text, date).findings]


def printed(day):
    return f"{WEEKDAY_NAMES[day.weekday()]} ({day.day}/{day.month}/{day.year})"


@pytest.mark.parametrize(
    ("broken", "repaired"),
    [
        ("Kamis (24/10). /2024).", "Kamis (24/10/2024)."),
        ("Selasa (5/11). /2024)", "Selasa (5/11/2024)"),
        ("Minggu (21/42019)", "Minggu (21/4/2019)"),
        ("Selasa (179/2019)", "Selasa (17/9/2019)"),
        ("Rabu (14/.8/2024)", "Rabu (14/8/2024)"),
        ("Sabtu (28/5.2022)", "Sabtu (28/5/2022)"),
        ("Kamis (24/10,2024)", "Kamis (24/10/2024)"),
        ("Rabu (20//5/2026)", "Rabu (20/5/2026)"),
        ("Rabu ( 11/9/2019)", "Rabu (11/9/2019)"),
        ("Jumat (27/4/ 2018)", "Jumat (27/4/2018)"),
        ("Kamis (24/1O/2024)", "Kamis (24/10/2024)"),
        ("Kamis (l4/11/2024)", "Kamis (14/11/2024)"),
        ("Senin 92/9/2019).", "Senin (2/9/2019)."),
        ("Selasa (917/9/2019)", "Selasa (17/9/2019)"),
        ("Rabu (20/4/20229. Lalu", "Rabu (20/4/2022). Lalu"),
        ("Selasa (10/9/20190 malam", "Selasa (10/9/2019) malam"),
        ("Rabu 25/9). Lalu", "Rabu (25/9). Lalu"),
        ("Senin (12/8/2-24)", "Senin (12/8/2024)"),
        ("Senin (9/9/e019)", "Senin (9/9/2019)"),
        ("Jumat (13/16/2025)", "Jumat (13/6/2025)"),
        ("Senin (21/10/2o24.) Lalu", "Senin (21/10/2024). Lalu"),
        ("Selasa (10/9/9/2019)", "Selasa (10/9/2019)"),
        ("Sabtu (13 -14/9/2019)", "Sabtu (13-14/9/2019)"),
    ],
)
def test_a_broken_date_is_repaired_where_its_weekday_leaves_one(broken, repaired):
    assert clean(f"Begitu katanya, {broken}") == f"Begitu katanya, {repaired}"


@pytest.mark.parametrize(
    ("broken", "article", "repaired"),
    [
        ("Jumat (16/6/20230)", "2023-06-17", "Jumat (16/6/2023)"),
        ("Kamis (29/9/20224)", "2022-09-29", "Kamis (29/9/2022)"),
        ("Minggu (29/9/20224)", "2024-09-30", "Minggu (29/9/2024)"),
    ],
)
def test_a_year_of_five_digits_that_two_years_can_be_is_repaired_beside_the_articles_date_only(broken, article, repaired):
    assert clean(f"Begitu katanya, {broken}", article) == f"Begitu katanya, {repaired}"
    assert clean(f"Begitu katanya, {broken}") == f"Begitu katanya, {broken}"


def test_an_unclosed_bracket_is_closed_behind_the_date():
    assert clean("Kata dia, Jumat (24/2/2023. Manchester menang.") == "Kata dia, Jumat (24/2/2023). Manchester menang."


def test_a_bracket_closed_later_is_not_closed_twice():
    text = "Ia datang Kamis (24/10/2024 pukul 10.00 WIB) dan ((24/10/2024) lagi)."
    assert clean(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Rapat Kamis (24/10) dan (Kamis, 8/7) serta (Jumat 8/5/2026) selesai.",
        "Pasar malam (9-10/9/2019), (30/8-1/9), Sabtu-Minggu 21-22 September 2024.",
        "Menang 3/1 (2/1), UU No. 24/2009 (24/2009), QS 2/255, RT 03/RW 05, Rp 1/2 juta.",
        "Telepon (021/5551234), ISBN (979/98), ban (245/45/17), RAM (4/128 GB), pukul 08/10/12.",
        "Musim (2019/2020), Selasa 1/2 sendok, tanggal (24-10-2024) atau (24.10.2024).",
        "Ia lahir Selasa (5/3/1991), https://contoh.id/2024/10/24/berita dan 12/10/20240.",
        "Dua minggu (24/10/2024) lamanya.",
    ],
)
@pytest.mark.parametrize("article", [None, ARTICLE])
def test_what_is_no_broken_date_stays(text, article):
    assert clean(text, article) == text


def test_several_candidates_are_left_and_reported():
    text = "Ia ditangkap Kamis (22//2024)."
    assert clean(text) == text
    assert findings(text) == [("date.malformed", "Kamis (22//2024)")]


def test_the_article_date_decides_between_several_candidates():
    assert clean("Ia ditangkap Kamis (22//2024).", "2024-08-23") == "Ia ditangkap Kamis (22/8/2024)."
    assert clean("Ia ditangkap Kamis (22//2024).", "2024-02-23") == "Ia ditangkap Kamis (22/2/2024)."


def test_another_date_of_the_text_decides_between_several_candidates():
    before = "Ia ditangkap Kamis (22//2024), lalu bebas Jumat (23/8/2024)."
    assert clean(before) == "Ia ditangkap Kamis (22/8/2024), lalu bebas Jumat (23/8/2024)."


def test_a_date_repaired_helps_the_next():
    before = "Jumat (23/82024) ia bebas, ditangkap Kamis (22//2024)."
    assert clean(before) == "Jumat (23/8/2024) ia bebas, ditangkap Kamis (22/8/2024)."


def test_fewer_candidates_give_more_confidence():
    alone, rivalled = (
        NORMALIZER.explain(text, "2024-10-25").edits[0].confidence
        for text in ("Selasa (22/102024) ia tiba.", "Selasa (22/10/224) ia tiba.")
    )
    assert alone > rivalled > 0.9


@pytest.mark.parametrize(
    ("text", "gold"),
    [
        ("Ia tiba Kamis (24/10/2014) malam.", "Ia tiba Kamis (24/10/2024) malam."),  # far away as printed
        ("Ia tiba Rabu (23/12/2024) malam.", "Ia tiba Rabu (23/10/2024) malam."),  # not yet
        ("Ia tiba Sabtu (19/20/2024) malam.", "Ia tiba Sabtu (19/10/2024) malam."),  # no such month
        ("Ia tiba Kamis (24/10/9024) malam.", "Ia tiba Kamis (24/10/2024) malam."),  # never into (24/10/0024)
        ("Ia tiba Kamis (24/9/2024) malam.", None),  # a month ago: news do speak of that
        ("Ia tiba Rabu (24/10/2024) malam.", None),  # which of the two is wrong?
        ("Pameran dibuka Minggu (2/11/2024).", None),  # soon: no slip makes it a Sunday that is near
        ("Ia tiba Jumat (10/11/2024).", None),  # the eleventh of October was a Friday: month first, perhaps
    ],
)
def test_a_contradicted_date_is_only_repaired_when_it_cannot_be_meant(text, gold):
    assert clean(text, ARTICLE) == (gold or text)
    assert bool(findings(text, ARTICLE)) == (gold is None)


def test_without_an_article_date_a_contradicted_date_is_reported_only():
    text = "Ia tiba Kamis (24/10/2014) malam."
    assert clean(text) == text
    assert findings(text) == [("date.disagrees", "Kamis (24/10/2014)")]


def test_without_an_article_date_the_rest_of_the_text_may_decide():
    text = "Ia tiba Kamis (24/10/2014) malam dan pergi Jumat (25/10/2024)."
    assert clean(text) == "Ia tiba Kamis (24/10/2024) malam dan pergi Jumat (25/10/2024)."


def test_a_date_long_past_is_not_pulled_to_the_article():
    text = "Ia wafat Jumat (17/2/20023) malam."
    assert clean(text, datetime.date(2025, 1, 22)) in (text, "Ia wafat Jumat (17/2/2023) malam.")


def test_a_finding_tells_what_is_the_matter():
    (finding,) = NORMALIZER.explain("Ia tiba Rabu (24/10/2024).").findings
    assert finding.note == "Rabu, but 24/10/2024 is a Kamis"


def test_a_misspelt_month_keeps_its_casing_and_the_rest():
    assert clean("dibuka 9 spetember 2024, DITUTUP 17 AGUTUS 2025") == "dibuka 9 september 2024, DITUTUP 17 AGUSTUS 2025"


@pytest.mark.parametrize("month", ["Nopember", "Pebruari", "Sept", "Agt", "Muharram", "Rejeb", "Augustus", "March", "kasus"])
def test_other_names_of_months_stay(month):
    text = f"Terjadi pada 12 {month} 2023."
    assert clean(text) == text


def test_a_misspelt_weekday_needs_a_date_that_confirms_it():
    assert clean("Kata dia, Kmais (24/10/2024).") == "Kata dia, Kamis (24/10/2024)."
    assert clean("Kata dia, Kmais (23/10/2024).") == "Kata dia, Kmais (23/10/2024)."


@pytest.mark.parametrize(("word", "number"), [("Kmais", 3), ("Selassa", 1), ("Mingu", 6), ("Senen", None), ("lalu", None)])
def test_nearest_weekday(word, number):
    assert nearest_weekday(word) == number


@pytest.mark.parametrize(
    ("word", "number"), [("Spetember", 9), ("Oktobr", 10), ("Meij", 5), ("December", None), ("Ju", None)]
)
def test_nearest_month(word, number):
    assert nearest_month(word) == number


def test_readings_are_real_dates_each_once():
    found = date_candidates("31/9/2024")
    assert len({reading.date for reading in found}) == len(found)
    assert datetime.date(2024, 9, 30) in {reading.date for reading in found}


SLIPS = {
    "slash lost": lambda s, r: s.replace("/", "", 1) if r.random() < 0.5 else s[::-1].replace("/", "", 1)[::-1],
    "slash doubled": lambda s, r: s.replace("/", "//", 1),
    "blank": lambda s, r: s.replace("/", r.choice((" /", "/ ", " / ")), 1),
    "bracket lost": lambda s, r: s[:-1],
    "bracket unshifted": lambda s, r: "9" + s[1:],
    "year closed off": lambda s, r: s[:-6] + ")" + r.choice((".", ". ", " ")) + s[-6:],
}


@settings(max_examples=200)
@given(DAYS, st.sampled_from(sorted(SLIPS)), st.integers(0, 3), st.randoms(use_true_random=False))
def test_a_slip_of_the_pen_is_undone_beside_the_article_date_and_never_made_worse(day, slip, ago, source):
    good = printed(day)
    weekday, date = good.split(" ", 1)
    mangled = f"Begitu katanya, {weekday} {SLIPS[slip](date, source)} malam."
    after = clean(mangled, day + datetime.timedelta(ago))
    assert after in (f"Begitu katanya, {good} malam.", mangled)


def test_most_slips_are_undone_beside_the_article_date():
    source = random.Random(7)
    right = total = 0
    for _ in range(300):
        day = datetime.date(2015, 1, 1) + datetime.timedelta(source.randrange(4000))
        weekday, date = printed(day).split(" ", 1)
        slip = SLIPS[source.choice(sorted(SLIPS))]
        mangled = f"Begitu katanya, {weekday} {slip(date, source)} malam."
        right += clean(mangled, day) == f"Begitu katanya, {weekday} {date} malam."
        total += 1
    assert right / total > 0.97


@given(DAYS)
def test_a_date_in_order_is_never_touched(day):
    text = f"Begitu katanya, {printed(day)}."
    assert clean(text) == clean(text, ARTICLE) == clean(text, day) == text


PIECES = st.sampled_from(
    [*WEEKDAY_NAMES, *("(", ")", "/", "24", "10", "9", "0", "2024", " ", ",", ".", "-", "Oktobr", "Kmais", "O", "\ud800")]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=30).map("".join), st.sampled_from([None, ARTICLE]))
def test_any_text_is_cleaned_once_and_can_be_undone(text, article):
    explained = NORMALIZER.explain(text, article)
    assert apply(text, explained.edits) == explained.text
    assert undo(explained.text, explained.edits) == text
    assert clean(explained.text, article) == explained.text
