"""Learning takes time that grows with the text, not with its square, whatever the text repeats."""

from __future__ import annotations

import string
import time

import pytest
from learn.articles import ARTICLES

from normalize.learn import counts
from normalize.newsroom import byline_mentions

REPEATED = sorted(
    {
        *string.printable,
        *"”’“»•—\xa0é",
        *("A ", "AA ", "A.", "A. ", "AA.", "Aa ", "Aa. ", "a, ", "a A", "a Aa ", "Ab Cd, ", ".,", '."', '." ', ".)", "? "),
        *("AB CD EF GH ", "AB CD EF a ", "AB CD EF GHa", "AA ..", ".. AA ", "No. ", "a-", "a_", "1.", ">>", "** ", "* *"),
        *("[A", "[Aa]", "(Aa/", "(a/a)", "(Aa: ", "(Aa/Bb", "Penulis:", "Penulis: Aa ", "Laporan Wartawan Aa Bb ", "(AFP)"),
        *(
            "a.com ",
            "A.com",
            "www.a.co.id/",
            "a. co. id ",
            ". ,",
            "Tribunnews.com/",
            "a@",
            "@a.com",
            "http://",
            "\r\n",
            "A\n",
        ),
        *(f"{role}: " for role in byline_mentions.ROLES),
        ARTICLES[0],
    }
)
SIZES = (25_000, 50_000)  # code points
NOISE = 0.01  # seconds that a measurement may be off


@pytest.fixture(autouse=True)
def _every_text_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for noise in every text, else one of two sizes may be sampled."""
    monkeypatch.setattr("normalize.learn.noise.SAMPLED", 1)


def seconds(text: str) -> float:
    """CPU time of counting a text, the least of three."""
    times = []
    for _ in range(3):
        start = time.process_time()
        counts([text])
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.parametrize("repeated", REPEATED)
def test_twice_the_text_takes_less_than_three_times_as_long(repeated):
    counts([""])
    half, whole = (seconds((repeated * (size // len(repeated) + 1))[:size]) for size in SIZES)
    assert whole < 3 * half + NOISE
    assert whole < 1


def test_many_different_words_that_nobody_knows_take_no_longer_than_linear_time():
    letters = "bcdfghjklm"
    half, whole = (
        seconds(" ".join("zq" + "".join(letters[int(digit)] for digit in str(number)) for number in range(size // 8)))
        for size in (100_000, 200_000)
    )
    assert whole < 3 * half + NOISE
