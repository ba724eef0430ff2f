"""How words fit their neighbours."""

from __future__ import annotations

from math import isfinite

import pytest

from normalize.lexicon import load
from normalize.spelling.context import EDGE, NUMBER, Context


@pytest.fixture(scope="module")
def context():
    return Context(load())


def fit(context, word, left, right):
    return context.pmi([word], left, right)[0]


def test_a_usual_pair_was_counted_and_an_absurd_one_was_not(context):
    assert context.pair("rumah", "sakit") > 100
    assert context.pair("sakit", "zirkonium") == 0


def test_a_word_fits_better_among_its_usual_neighbours(context):
    assert fit(context, "sakit", "rumah", EDGE) > fit(context, "sakit", "menit", EDGE)


def test_the_right_neighbour_counts_too(context):
    assert fit(context, "kerja", EDGE, "sama") > fit(context, "kerja", EDGE, "hujan")


def test_candidates_are_told_apart_by_their_neighbours(context):
    mulai, mulia = context.pmi(["mulai", "mulia"], "sudah", "pukul")
    assert mulai > mulia


def test_frequent_words_have_the_higher_prior(context):
    assert context.prior("yang") > context.prior("rumah") > context.prior("kelelawar")


@pytest.mark.parametrize("neighbour", [EDGE, NUMBER, "", "takpernahada"])
def test_any_neighbour_gives_a_finite_fit(context, neighbour):
    assert isfinite(fit(context, "rumah", neighbour, neighbour))
    assert isfinite(fit(context, "takpernahada", neighbour, neighbour))
