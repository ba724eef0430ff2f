"""Accessors are called for each column, tasks of a cluster unpickled each: what an engine has read and decided is kept."""

from __future__ import annotations

import pickle

import pytest

from normalize import Normalizer
from normalize.adapters import KEPT, kept


def test_equal_options_have_one_engine_however_they_are_given():
    assert kept(Normalizer(skip=["date", "byline"])) is kept(Normalizer(skip=("byline", "date")))
    assert kept(Normalizer(rewrites={"kab.": "kabupaten"})) is kept(Normalizer(rewrites={"kab.": "kabupaten"}))


def test_other_options_have_another():
    plain, standard = kept(Normalizer()), kept(Normalizer(standard=True))
    assert plain is not standard
    assert [one.clean("Resiko banjir.") for one in (plain, standard)] == ["Resiko banjir.", "Risiko banjir."]


def test_those_last_asked_for_are_kept_and_no_more():
    first, second = kept(Normalizer(min_confidence=0.9)), kept(Normalizer(min_confidence=0.91))
    for number in range(KEPT - 1):
        kept(Normalizer(min_confidence=0.92 + number / 1000))
        assert kept(Normalizer(min_confidence=0.9)) is first
    assert kept(Normalizer(min_confidence=0.91)) is not second


def test_a_cleaner_that_is_unpickled_for_each_task_has_one_engine():
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from normalize.adapters.arrow import CleanColumn

    sent = pickle.dumps(CleanColumn(Normalizer(skip=["byline"]), "text", edits="edits"))
    one, other = pickle.loads(sent), pickle.loads(sent)
    assert one.normalizer is other.normalizer
    assert (one.column, one.date, one.edits, one.normalizer.skip) == ("text", None, "edits", ("byline",))
