"""What is shown of the package and of a Normalizer where people look at them."""

from __future__ import annotations

import normalize
from normalize import Normalizer


def test_the_package_shows_its_api_alone() -> None:
    assert {name for name in dir(normalize) if not name.startswith("__")} == set(normalize.__all__)


def test_a_normalizer_shows_the_options_that_are_given() -> None:
    assert repr(Normalizer()) == "Normalizer()"
    shown = repr(Normalizer(skip=["date"], min_confidence=0.9, keep_words=["kafe"], rewrites={"jadual": "jadwal"}))
    assert shown == "Normalizer(skip=('date',), min_confidence=0.9, keep_words=('kafe',), rewrites={'jadual': 'jadwal'})"
    assert repr(eval(shown)) == shown
