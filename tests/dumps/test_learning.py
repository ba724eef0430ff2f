"""normalize learn, and clean --learned: a dump in, what it has often out, and used."""

from __future__ import annotations

import json

import pytest
from harness import jsonl

NAMES = ["Yurika Nendri"] * 8 + ["Yurika Nendrii"]
PLACES = ("bukit", "hutan", "kebun", "kota", "ladang", "pasar", "sawah", "sungai", "taman")
RECORDS = [
    {"id": number, "outlet": "contoh", "text": f"Hujan turun di {place}. Penulis: {name}"}
    for number, (place, name) in enumerate(zip(PLACES, NAMES, strict=True))
]


@pytest.fixture
def dump(tmp_path):
    path = tmp_path / "dump.jsonl"
    path.write_bytes(jsonl(*RECORDS))
    return path


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_is_learnt_from_a_dump_repairs_it(normalize, dump, tmp_path):
    learnt = normalize("learn", dump, "-o", tmp_path / "learned")
    assert (learnt.code, learnt.out) == (0, b"")
    assert "9 in = 9 learnt from + 0 bad" in learnt.err
    cleaned = normalize("clean", dump, "-o", "-", "--learned", tmp_path / "learned", "-q")
    texts = [json.loads(line)["text"] for line in cleaned.out.splitlines()]
    assert texts == [f"Hujan turun di {place}. Penulis: Yurika Nendri" for place in PLACES]


def test_merged_is_as_learnt_from_both(normalize, dump, tmp_path):
    for part, records in (("a", RECORDS[:4]), ("b", RECORDS[4:])):
        (tmp_path / f"{part}.jsonl").write_bytes(jsonl(*records))
        assert normalize("learn", tmp_path / f"{part}.jsonl", "-o", tmp_path / part, "-q").code == 0
    assert normalize("learn", "--merge", tmp_path / "a", tmp_path / "b", "-o", tmp_path / "both").code == 0
    normalize("learn", dump, "-o", tmp_path / "whole", "-q")
    assert files(tmp_path / "both") == files(tmp_path / "whole")


def test_a_bad_record_is_left_out_and_told(normalize, dump, tmp_path):
    dump.write_bytes(dump.read_bytes() + b'{"id": 9, "text": 5}\n')
    learnt = normalize("learn", dump, "-o", tmp_path / "learned")
    assert learnt.code == 1
    assert "10 in = 9 learnt from + 1 bad" in learnt.err
    assert "dump.jsonl:10" in learnt.err


def test_a_folder_with_nothing_learnt_is_refused(normalize, dump, tmp_path):
    (tmp_path / "empty").mkdir()
    refused = normalize("clean", dump, "-o", tmp_path / "out.jsonl", "--learned", tmp_path / "empty")
    assert refused.code != 0
    assert "is this a folder that `normalize learn` wrote?" in refused.err
    assert not (tmp_path / "out.jsonl").exists()
