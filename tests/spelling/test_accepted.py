"""The forms of words that are right as they stand."""

from __future__ import annotations

from itertools import islice

from normalize.lexicon import load, own
from normalize.spelling.accepted import Accepted, accepted_forms


def test_a_word_is_accepted_where_it_is_one_of_the_forms():
    lexicon = own.lexicon(load(), ("iPhone", "tiktoker"), ())
    forms = set(accepted_forms(lexicon))
    accepted = Accepted(lexicon, {"rumah", "Rumah"})
    others = [turned for form in islice(forms, 0, None, 7) for turned in (form[::-1], form.upper(), form.capitalize())]
    for word in {*forms, *others, "Iphone", "IPHONE", ""}:
        assert (word in accepted) == (word in forms and word not in ("rumah", "Rumah"))
