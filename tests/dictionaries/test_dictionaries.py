"""What ships in dictionaries/: built from seeds/, sorted, normalised, without rows that contradict each other."""

from __future__ import annotations

import hashlib
import importlib.util
import lzma
import unicodedata
from pathlib import Path

import pytest

from normalize.lexicon import load, read_tsv

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = ROOT / "dictionaries"
FILES = sorted(path for path in FOLDER.iterdir() if path.name.endswith((".tsv", ".tsv.xz")))
BUILT = [path for path in FILES if path.name not in ("MANIFEST.tsv", "bigrams.tsv.xz")]
KEYS = {"bigrams.tsv.xz": 2, "joins.tsv": 2, "slips.tsv": 3}  # leading columns that must be unique; else the first


def content(path):
    return lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()


def lines(path):
    return content(path).decode("utf-8").splitlines()


def rows(name):
    return read_tsv(FOLDER / name)


@pytest.fixture(scope="module")
def build():
    spec = importlib.util.spec_from_file_location("build", FOLDER / "make" / "build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_file_is_built(build):
    assert {path.name for path in FILES} == {*build.FILES, build.COUNTED, "MANIFEST.tsv"}


@pytest.mark.xdist_group("build")  # one process remembers what it has built
@pytest.mark.parametrize("path", BUILT, ids=lambda path: path.name)
def test_building_again_makes_the_same(build, path):
    assert build.built(path.name) == path.read_bytes()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_are_sorted_nfc_and_without_duplicates(path):
    first, *rest = lines(path)
    assert first.startswith("# ")
    assert rest == sorted(set(rest)) or path.name == "reliability.tsv"
    assert all(unicodedata.is_normalized("NFC", line) for line in rest)
    keys = [tuple(line.split("\t")[: KEYS.get(path.name, 1)]) for line in rest]
    assert len(set(keys)) == len(keys)


def test_the_manifest_tells_every_file():
    listed = {name: (int(size), digest) for name, size, digest in rows("MANIFEST.tsv")}
    assert listed == {
        path.name: (path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in FILES
        if path.name != "MANIFEST.tsv"
    }


def test_there_are_seven_thousand_standard_spellings_each_with_a_reason():
    table = rows("standard.tsv")
    assert len(table) >= 7000
    assert all(len(row) == 3 and all(row) for row in table)


@pytest.mark.parametrize("name", ["rewrites.tsv", "standard.tsv"])
def test_no_row_leads_on_to_another(name):
    lexicon = load()
    every = lexicon.rewrites.keys() | lexicon.standard.keys() if name == "standard.tsv" else lexicon.rewrites.keys()
    assert [(typed, meant) for typed, meant, _ in rows(name) if typed == meant or every & set(meant.split())] == []


def test_no_spelling_is_both_a_slip_and_deliberate():
    assert load().rewrites.keys() & load().standard.keys() == set()


def test_nothing_that_is_rewritten_counts_as_a_word():
    lexicon = load()
    assert {word for word in lexicon.rewrites if word in lexicon.words or word in lexicon.rare} == set()


def test_what_is_meant_is_known():
    lexicon = load()
    known = lexicon.words.keys() | lexicon.rare.keys() | lexicon.names.keys()
    meant = {part for phrase in lexicon.rewrites.values() for part in phrase.lower().replace("-", " ").split()}
    assert sorted(meant - known) == []


def test_reliability_only_improves_with_confidence():
    table = [tuple(map(float, row)) for row in rows("reliability.tsv")]
    assert [row[0] for row in table] == sorted(row[0] for row in table)
    assert [row[1] for row in table] == sorted((row[1] for row in table), reverse=True)
    assert all(wrong <= at_most <= made + 1 for _, made, wrong, at_most in table)
