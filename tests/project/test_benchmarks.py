"""The measures of benchmarks/ count what they say, and every report says what it was measured on."""

from __future__ import annotations

import re

import machine
import pytest
import quality


def test_the_measure_sees_a_miss_a_hit_and_a_harm():
    row = {"text": "Ia bsia datang.", "gold": "Ia bisa datang."}
    assert quality.score(row, row["text"])["hits"] == 0
    assert quality.score(row, row["gold"])["hits"] == quality.score(row, row["gold"])["made"] == 1
    assert quality.score(row, "Ia bisa pulang.")["broken"] == 1


def test_the_measure_leaves_out_white_space_and_what_is_optional():
    row = {"text": "Ia  minta ijin.", "gold": "Ia minta ijin.", "optional": [["ijin", "izin"]]}
    assert quality.score(row, "Ia minta izin.")["made"] == 0


def test_a_report_begins_with_its_commit_day_machine_and_dump():
    head = machine.head("Speed", "speed.py", machine.described(), "the dump: news.jsonl", "Figures\nare rounded.")
    assert "\n\nWritten by `benchmarks/speed.py`: not to be edited. Figures are rounded.\n\n* commit " in head
    assert "CPython" in head
    assert head.endswith("* the dump: news.jsonl\n\n")


@pytest.mark.parametrize("path", sorted(machine.REPORTS.glob("*.md")), ids=lambda path: path.stem)
def test_a_report_is_written_whole_from_a_clean_commit(path):
    text = path.read_text(encoding="utf-8")
    assert re.search(r"^Written by `benchmarks/\w+\.py`: not to be edited\.", text, re.MULTILINE)
    assert re.search(r"^\* commit [0-9a-f]{7,}, \d{4}-\d\d-\d\d$", text, re.MULTILINE)
