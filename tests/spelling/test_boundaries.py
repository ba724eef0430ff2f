"""Word boundaries that were lost or put in: what is split, what is joined, and what stays."""

from __future__ import annotations

import pytest

from normalize.lexicon import load
from normalize.spelling.boundaries import Boundaries
from normalize.spelling.context import Context


@pytest.fixture(scope="module")
def boundaries():
    return Boundaries(load(), Context(load()))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("dirumah", "di rumah"),
        ("diatas", "di atas"),
        ("dimana", "di mana"),
        ("kedalam", "ke dalam"),
        ("kesekolah", "ke sekolah"),
        ("ramairamai", "ramai-ramai"),
        ("bersamasama", "bersama-sama"),
        ("negaranegaranya", "negara-negaranya"),
        ("padahari", "pada hari"),
        ("salahsatu", "salah satu"),
    ],
)
def test_splits(boundaries, typed, meant):
    assert boundaries.split(typed).after == meant


@pytest.mark.parametrize(
    "word",
    [
        "dirumahkan",  # a passive of rumah
        "dinas",
        "diskon",
        "kepolisian",
        "kelapangan",
        "kemari",
        "kepala",
        "kupukupux",
        "pipa",
        "zulkarnaen",
        "",
        "di",
        "x" * 5_000,
    ],
)
def test_leaves_whole(boundaries, word):
    assert boundaries.split(word) is None


@pytest.mark.parametrize(
    ("left", "right"), [("di", "bandingkan"), ("di", "lakukan"), ("me", "ngatakan"), ("ber", "jalan"), ("kembang", "nya")]
)
def test_joins(boundaries, left, right):
    assert boundaries.is_joined(left, right) > 0.9


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("di", "rumah"),
        ("di", "atas"),
        ("di", "sini"),
        ("ke", "depan"),
        ("ke", "luar"),
        ("se", "rumah"),
        ("di", "xyz"),
        ("itu", "apa"),
    ],
)
def test_leaves_apart(boundaries, left, right):
    assert boundaries.is_joined(left, right) == 0.0


def test_what_is_split_is_not_joined_again(boundaries):
    for word in ("dirumah", "diatas", "kedalam", "kesekolah", "dimana", "dijalan"):
        first, rest = boundaries.split(word).after.split()
        assert not boundaries.is_joined(first, rest)
