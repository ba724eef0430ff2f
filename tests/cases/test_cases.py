"""Sentences and what is to become of them, one a line: README.md says which file is for what."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from normalize import Normalizer

HERE = Path(__file__).parent
NAMES = ("wild", "negative", "synthetic", "known-failures")
CASES = {name: [json.loads(line) for line in (HERE / f"{name}.jsonl").read_bytes().splitlines()] for name in NAMES}
NEEDED, OPTIONAL = {"label", "comment", "text", "want"}, {"date", "report", "drop"}


def parameters(*names: str) -> list[Any]:
    return [
        pytest.param(case, id=f"{name}-{number}-{case['label']}")
        for name in names
        for number, case in enumerate(CASES[name], 1)
    ]


@cache
def normalizer(*drop: str) -> Normalizer:
    return Normalizer(drop=drop)


@pytest.mark.parametrize("case", parameters("wild", "negative", "synthetic"))
def test_comes_out_as_wanted_and_stays_so(case: dict[str, Any]) -> None:
    engine = normalizer(*case.get("drop", ()))
    assert engine.clean(case["text"], case.get("date")) == case["want"]
    assert engine.clean(case["want"], case.get("date")) == case["want"]


@pytest.mark.xfail(strict=True, reason="a known failure; one that passes belongs into another file")
@pytest.mark.parametrize("case", parameters("known-failures"))
def test_known_failures_still_fail(case: dict[str, Any]) -> None:
    assert normalizer(*case.get("drop", ())).clean(case["text"], case.get("date")) == case["want"]


@pytest.mark.parametrize("case", parameters(*NAMES))
def test_a_case_says_what_it_is(case: dict[str, Any]) -> None:
    assert NEEDED <= case.keys() <= NEEDED | OPTIONAL
    assert all(isinstance(case[field], str) for field in NEEDED)
    assert case["label"]
    assert case["label"] != "reported" or isinstance(case["report"], int), "a report has a number"


@pytest.mark.parametrize("name", NAMES)
def test_a_file_holds_what_it_is_for(name: str) -> None:
    changed = {case["text"] != case["want"] for case in CASES[name]}
    assert changed == {"negative": {False}, "known-failures": {False, True}}.get(name, {True})
    assert len(CASES[name]) >= 20


def test_no_text_stands_twice() -> None:
    texts = [case["text"] for cases in CASES.values() for case in cases]
    assert len(set(texts)) == len(texts)
