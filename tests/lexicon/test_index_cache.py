"""Indexes are built once, found again, and do not pile up."""

import os
import time

import pytest

from normalize.lexicon.index_cache import cached

OLD, NEW = "0123456789abcdef+0123456789abcdef", "fedcba9876543210"  # the older with what was learnt
MONTHS_AGO = time.time() - 100 * 24 * 3600


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """An index of older dictionaries, which nobody used for months."""
    monkeypatch.setenv("NORMALIZE_CACHE", str(tmp_path))
    old = cached("words.marisa", OLD, lambda path: path.write_text("old"))
    os.utime(old, (MONTHS_AGO, MONTHS_AGO))
    return tmp_path


def build_another():
    return cached("words.marisa", NEW, lambda path: path.write_text("new"))


def test_an_index_is_built_once(cache):
    assert build_another().read_text() == "new"
    assert cached("words.marisa", NEW, lambda path: pytest.fail("built again")).read_text() == "new"


def test_indexes_that_nobody_uses_are_removed_when_another_is_built(cache):
    build_another()
    assert os.listdir(cache) == [NEW]


def test_an_index_in_use_stays(cache):
    cached("words.marisa", OLD, lambda path: pytest.fail("built again"))
    build_another()
    assert sorted(os.listdir(cache)) == [OLD, NEW]


def test_indexes_of_every_kind_are_removed(cache):
    for name in ("pairs.bin", "counts.msgpack"):
        os.utime(cached(name, OLD, lambda path: path.write_text("old")), (MONTHS_AGO, MONTHS_AGO))
    build_another()
    assert os.listdir(cache) == [NEW]


def test_an_open_index_can_be_read_on(cache):
    with (cache / OLD / "words.marisa").open() as index:
        build_another()
        assert index.read() == "old"


def test_what_is_no_index_of_ours_stays(cache):
    (cache / OLD / "notes.txt").write_text("mine")
    (cache / "models").mkdir()
    (cache / "models" / "mine.marisa").write_text("mine")
    for path in (cache / OLD / "notes.txt", cache / "models" / "mine.marisa"):
        os.utime(path, (MONTHS_AGO, MONTHS_AGO))
    build_another()
    assert os.listdir(cache / OLD) == ["notes.txt"]
    assert os.listdir(cache / "models") == ["mine.marisa"]


def test_an_index_that_cannot_be_built_leaves_nothing(cache):
    with pytest.raises(ZeroDivisionError):
        cached("words.marisa", NEW, lambda path: 1 / 0)
    assert os.listdir(cache / NEW) == []
