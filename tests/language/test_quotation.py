"""Where the quotation is that a place stands in."""

from __future__ import annotations

import pytest

from normalize.language.quotation import line_around, quotation_around


@pytest.mark.parametrize(
    ("text", "word", "inside"),
    [
        ('Ia berkata, "Nan paliang lamo," lalu pergi.', "paliang", "Nan paliang lamo,"),
        ("Ia berkata, “Nan paliang lamo,” lalu pergi.", "paliang", "Nan paliang lamo,"),
        ('"Nan lamo," katanya. Lalu ia paliang. "Baik," jawabnya.', "paliang", None),
        ('"Nan lamo," katanya. "Ia paliang baik," jawabnya.', "paliang", "Ia paliang baik,"),
        ("“Nan lamo,” katanya. Lalu ia paliang baik. “Ya.”", "paliang", None),
        ('Ia berkata, "Nan\npaliang lamo," lalu pergi.', "paliang", None),
        ("Ia paliang lamo.", "paliang", None),
        ('"paliang"', "paliang", "paliang"),
    ],
)
def test_the_quotation_around_a_word(text, word, inside):
    start = text.index(word)
    end = start + len(word)
    found = quotation_around(text, *line_around(text, start, end), start, end)
    assert (None if found is None else text[slice(*found)]) == inside
