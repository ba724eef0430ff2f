"""Words counted in texts: alike however often they are asked about."""

from __future__ import annotations

from normalize.spelling.place import ASKED_OFTEN, Elsewhere, occurrences_around

TEXT = "Rubah itu lari. rubah, rubah2 dan RUBAH; berubah, Rubah_ rubah. " * 9


def test_words_are_counted_alike_when_often_asked_about():
    counter = Elsewhere(1000)
    found = [counter.count(TEXT, start, ("rubah", "lari", "hutan"), 500) for start in range(2 * ASKED_OFTEN)]
    assert found == [{"rubah": 36, "lari": 9}] * len(found)
    assert counter.count(TEXT, 0, ("rubah",), 3) == {"rubah": 3}


def test_another_text_is_counted_anew():
    counter = Elsewhere(1000)
    for _ in range(2 * ASKED_OFTEN):
        counter.count(TEXT, 0, ("rubah",), 9)
    assert counter.count("lari", 0, ("rubah", "lari"), 9) == {"lari": 1}


def test_occurrences_are_counted_within_reach():
    places = [start for start in range(len(TEXT)) if TEXT.startswith("Rubah", start)]
    for reach in (10, 100, 10_000):
        count = occurrences_around(TEXT, "Rubah", reach)
        for start in places:
            near = TEXT[max(0, start - reach) : start + 5 + reach].count("Rubah")
            assert count(start) == near
