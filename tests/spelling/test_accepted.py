"""The forms of words that are right as they stand."""

from __future__ import annotations

from itertools import islice

from normalize.lexicon import load, own
from normalize.spelling.accepted import accepted_forms
from normalize.spelling.boundaries import SUFFIXES
from normalize.spelling.corrector import Corrector


def test_a_word_is_accepted_where_it_is_one_of_the_forms():
    lexicon = own.lexicon(load(), ("iPhone", "tiktoker"), ())
    forms = set(accepted_forms(lexicon))
    corrector = Corrector(lexicon, 0.8)
    examined = corrector._always_examined
    others = [turned for form in islice(forms, 0, None, 7) for turned in (form[::-1], form.upper(), form.capitalize())]
    for word in {*forms, *others, *examined, "Iphone", "IPHONE", ""} - {"Di", "Ke"}:  # these make pairs
        is_right = word in SUFFIXES or (word in forms and word not in examined)  # suffixes may belong to what is before them
        assert corrector._is_accepted(word) == is_right
