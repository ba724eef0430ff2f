"""Accessors of pandas and polars are called for each column: what an engine has read and decided is kept between calls."""

from __future__ import annotations

import pytest

from normalize.adapters import KEPT, normalizer_for


def test_equal_options_have_one_engine_however_they_are_given():
    assert normalizer_for({"skip": ["date", "byline"]}) is normalizer_for({"skip": ("byline", "date")})
    assert normalizer_for({"rewrites": {"kab.": "kabupaten"}}) is normalizer_for({"rewrites": {"kab.": "kabupaten"}})


def test_other_options_have_another():
    plain = normalizer_for({})
    assert normalizer_for({"standard": True}) is not plain
    assert normalizer_for({"standard": True}).clean("Resiko banjir.") == "Risiko banjir."
    assert normalizer_for({}).clean("Resiko banjir.") == "Resiko banjir."


def test_those_last_asked_for_are_kept_and_no_more():
    first, second = normalizer_for({"min_confidence": 0.9}), normalizer_for({"min_confidence": 0.91})
    for number in range(KEPT - 1):
        normalizer_for({"min_confidence": 0.92 + number / 1000})
        assert normalizer_for({"min_confidence": 0.9}) is first
    assert normalizer_for({"min_confidence": 0.91}) is not second


def test_options_that_make_no_sense_are_refused_each_time():
    for _ in range(2):
        with pytest.raises(ValueError, match="probability"):
            normalizer_for({"min_confidence": 2})
