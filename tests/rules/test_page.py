"""Tags behind an article: taken out as boilerplate, the initials before them only as a credit."""

from __future__ import annotations

import pytest

from normalize import Normalizer

TEXT = "Warga mengungsi. (abc/def) banjir bogor hujan deras"


@pytest.mark.parametrize(
    ("drop", "left"),
    [
        ((), TEXT),
        (("boilerplate",), "Warga mengungsi. (abc/def)"),
        (("boilerplate", "credit"), "Warga mengungsi."),
    ],
)
def test_each_part_of_what_ends_a_text_goes_with_its_own_tag(drop, left):
    assert Normalizer(drop=drop).clean(TEXT) == left
