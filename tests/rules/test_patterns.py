"""Patterns that begin with what is rare in a text find what the plain ones do that say the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from normalize.rules import blanks, brackets, capitals, characters, doubled, enclosed, headline
from normalize.spelling import lost_commas

Spans = Iterable[tuple[int, int]]


def spans(pattern: re.Pattern[str]) -> Callable[[str], Spans]:
    return lambda string: (match.span() for match in pattern.finditer(string))


def at_hyphens(number: int, pattern: re.Pattern[str]) -> Callable[[str], Spans]:
    def find(string: str) -> Spans:
        hyphens = doubled._HYPHENS.offsets(string)[number]
        return (match.span() for match in doubled._at_hyphens(pattern, string, hyphens))

    return find


def held(string: str) -> Spans:
    (seconds,) = capitals._CAPITALS.offsets(string)
    return (match.span() for second in seconds if (match := capitals._HELD.match(string, second - 1)))


def cut(string: str) -> Spans:
    found = lost_commas.cut_before_stops(string, lambda _: False)
    return sorted((start, start + len(word)) for word, starts in found.items() for start in starts)


INSIDE = r"(?P<inside>[A-Za-z0-9][^()\n\"'=;{}\[\]<>|_]{1,80})"
CASES = {
    "apart": (at_hyphens(0, doubled._APART), doubled._APART.pattern),
    "numbered": (at_hyphens(1, doubled._NUMBERED), doubled._NUMBERED.pattern),
    "opening": (spans(brackets._OPENING), rf"(?<=[A-Za-z]{{3}})\({INSIDE}\)(?![\w(\[-]| ?\{{)"),
    "closing": (spans(brackets._CLOSING), rf"(?<![^\s])\({INSIDE}\)(?P<word>[a-z]{{3,}})(?![\w(@/-])"),
    "item": (spans(brackets._ITEM), r"(?<=[^\W_])\)(?=[1-9][0-9]?\. [A-Z][a-z])"),
    "returns": (spans(characters._RETURNS), r"(?<!\r)\r++(?!\n)"),
    "closed by a space": (spans(enclosed._CLOSED_BY_SPACE), None),
    "between": (spans(blanks._BETWEEN), r"(?<! ) {3,}+(?=[\"“‘]?[A-Z][a-z])"),
    "held": (held, capitals._HELD.pattern),
    "cut": (cut, r"(?<![^\W_])[A-Za-z]{3,}(?=\. )"),
    "end": (spans(headline._END), headline._END.pattern.removeprefix(f"(?={headline._FIRST_OF_END})")),
}
PIECES = st.sampled_from(
    (
        *("orang", "Orang", "U", "COVID", "abC", "é", "_", "-", " ", " ", "  ", "   ", "(", ")", "20", "1", "2. Ab", "\n"),
        *("\r", '"', " kata", "kata", "Ab", "AB", "ABc", ". ", ".", ",", "nya", "{", "[Gambas", "BACA BERITA", "(ab/cd)"),
        *("Lihat juga", "Tonton juga video", "Isi komentar sepenuhnya", "View this post on", ">>> Ikuti berita", "Editor :"),
        *(
            "Halaman 1 dari 2",
            "COPYRIGHT ©",
            "Sebagian artikel ini tayang di ",
            "Dapatkan update",
            "Update berita",
            "SCROLL TO",
        ),
        *(
            "ADVERTISEMENT",
            "Pilihan Editor",
            "Reporter:",
            "Ikuti berita",
            "Halaman Selanjutnya ->",
            "Artikel ini tayang di ",
        ),
    )
)


@pytest.mark.parametrize("name", CASES)
@given(st.lists(PIECES, max_size=12).map("".join))
@example("orang - orang - orang -orang U -20- 20")
@example("abc(def)ghi (12)ab(cd)1. Ab")
@example("\r\r\n\r a\r\r")
@example("Lalu   Ab    “Ab     ab")
def test_the_same_is_found(name: str, text: str) -> None:
    find, plain = CASES[name]
    if plain is None:
        plain = enclosed._CLOSED_BY_SPACE.pattern.replace('"(?<= ")', ' "', 1)
        expected = [(match.start() + 1, match.end()) for match in re.finditer(plain, text)]
    else:
        expected = [match.span() for match in re.finditer(plain, text)]
    assert list(find(text)) == expected


@given(st.lists(st.sampled_from(("ab", "Cd", "Cde", "cdE", " ", "1", "é", "É", "Fgh")), max_size=8).map("".join))
@example("KompasTribun BeritaHariIni")
def test_glued_words_of_headlines_are_the_same(text: str) -> None:
    plain = re.compile(r"([^\W\d_]{3,})(?<=[a-z])([A-Z][a-z]{2,})(?![^\W_])")
    found = []
    for glued in headline._GLUED.finditer(text):
        left = headline._LETTERS.search(text, 0, glued.start())
        if left and len(left[0]) >= headline.SHORTEST_GLUED:
            found.append((left[0], glued[0]))
    assert found == plain.findall(text)
