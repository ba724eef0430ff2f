"""The floors of the spelling decision, on sentences written for it: half with slips of many kinds, half right."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from normalize import Normalizer

HERE = Path(__file__).parent.parent
ROWS = [json.loads(line) for line in (HERE / "cases" / "spelling.jsonl").read_text(encoding="utf-8").splitlines()]
LEAST_FIX = 0.88  # share of the slips that are repaired
LEAST_PRECISION = 0.98  # share of the repairs that are right
MOST_BROKEN = 0  # words made wrong in the sentences that were right


def load_measure():
    spec = importlib.util.spec_from_file_location("quality", HERE.parent / "benchmarks" / "quality.py")
    sys.modules["quality"] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


quality = load_measure()


@pytest.fixture(scope="module")
def counts():
    normalizer = Normalizer()
    found = {"slip": Counter(), "right": Counter()}
    for row in ROWS:
        found[row["cat"]] += quality.score(row, normalizer.clean(row["text"]))
    return found


def test_there_is_something_to_check():
    kinds = Counter(row["cat"] for row in ROWS)
    assert kinds["slip"] >= 75
    assert kinds["right"] >= 75
    assert all((row["text"] == row["gold"]) == (row["cat"] == "right") for row in ROWS)


def test_no_sentence_stands_twice():
    assert len({row["text"] for row in ROWS}) == len({row["id"] for row in ROWS}) == len(ROWS)


def test_slips_are_repaired(counts):
    assert counts["slip"]["hits"] / counts["slip"]["gold"] >= LEAST_FIX


def test_repairs_are_right(counts):
    both = counts["slip"] + counts["right"]
    assert both["hits"] / both["made"] >= LEAST_PRECISION


def test_right_sentences_stay(counts):
    assert counts["right"]["broken"] <= MOST_BROKEN


def test_the_measure_sees_a_miss_a_hit_and_a_harm():
    row = {"text": "Ia bsia datang.", "gold": "Ia bisa datang."}
    assert quality.score(row, row["text"])["hits"] == 0
    assert quality.score(row, row["gold"])["hits"] == quality.score(row, row["gold"])["made"] == 1
    assert quality.score(row, "Ia bisa pulang.")["broken"] == 1


def test_the_measure_leaves_out_white_space_and_what_is_optional():
    row = {"text": "Ia  minta ijin.", "gold": "Ia minta ijin.", "optional": [["ijin", "izin"]]}
    assert quality.score(row, "Ia minta izin.")["made"] == 0
