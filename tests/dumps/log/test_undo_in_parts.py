"""Edits are undone in parts, in any order, by place or by id; a condition that can fit nothing is an error."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from harness import Command, jsonl
from hypothesis import given
from hypothesis import strategies as st

from normalize.dumps.log.state import Paths, Precedents, UnclearState, fits
from normalize.dumps.record import BATCH_BYTES
from normalize.edit import Edit, apply

NBSP = "\u00a0"
TEXTS = [
    "Warga mengtakan hal itu dirumah.Hujan turun , lalu reda .",
    f"Harga{NBSP}beras naik.",
    "Hujan turun.Warga mengungsi .",
    "Hujan turun di Bandung.",
    "Ia mengtakan hal itu.",
    "Ia  mengtakan hal itu dirumah , lalu pulang.Hujan turun.",
    'Ia berkata,"Kami siap."',
]
CONDITIONS = [
    "rule=spelling.*",
    "rule=spacing.*",
    "not rule=spacing.*",
    "rule=characters.*",
    "confidence<0.95",
    "confidence>=0.95",
    "rule=spacing.* and confidence<0.9 or rule=glue.*",
]


@pytest.fixture
def cleaned(normalize: Command, tmp_path: Path) -> tuple[Path, Path, Path]:
    raw, out, log = tmp_path / "raw.jsonl", tmp_path / "out.jsonl", tmp_path / "edits.jsonl"
    raw.write_bytes(jsonl(*({"id": f"a{i}", "text": text} for i, text in enumerate(TEXTS))))
    assert normalize("clean", raw, "-o", out, "--edits", log).code == 0
    return raw, out, log


@pytest.mark.parametrize("condition", CONDITIONS)
def test_what_a_condition_left_is_undone_with_the_same_log(
    normalize: Command, cleaned: tuple[Path, Path, Path], tmp_path: Path, condition: str
) -> None:
    raw, out, log = cleaned
    part, back, made = (tmp_path / name for name in ("part.jsonl", "back.jsonl", "made.jsonl"))
    assert normalize("undo", out, "--edits", log, "--where", condition, "-o", part).code == 0
    assert part.read_bytes() not in (raw.read_bytes(), out.read_bytes())
    assert normalize("undo", part, "--edits", log, "-o", back).code == 0
    assert back.read_bytes() == raw.read_bytes()
    assert normalize("undo", part, "--edits", log, "--where", f"not ({condition})", "-o", back).code == 0
    assert back.read_bytes() == raw.read_bytes()
    assert normalize("apply", part, "--edits", log, "-o", made).code == 0
    assert made.read_bytes() == out.read_bytes()


def test_batches_in_which_all_was_undone_are_no_bad_records(normalize: Command, tmp_path: Path) -> None:
    raw, out, log, part, back, bad = (tmp_path / f"{name}.jsonl" for name in ("raw", "out", "log", "part", "back", "bad"))
    raw.write_bytes(jsonl(*({"text": text, "alone in a batch": "x" * BATCH_BYTES} for text in TEXTS)))
    assert normalize("clean", raw, "-o", out, "--edits", log).code == 0
    assert normalize("undo", out, "--edits", log, "--where", "n<4", "-o", part).code == 0
    result = normalize("undo", part, "--edits", log, "-o", back, "--rejects", bad)
    assert result.code == 0, result.err
    assert "3 texts have had these edits undone already" in result.err
    assert back.read_bytes() == raw.read_bytes()
    assert normalize("apply", part, "--edits", log, "-o", back, "--rejects", bad).code == 0
    assert back.read_bytes() == out.read_bytes()


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("", "expected a comparison"),
        ("  ", "expected a comparison"),
        ("rule=spleling", "no rule is named 'spleling'"),
        ("rule=spelling.* and rule!=spacing.xyz", "no rule is named 'spacing.xyz'"),
        ("field=txet", "no field is named 'txet'; did you mean 'text'?"),
        ("(" * 1000 + "n=1" + ")" * 1000, "brackets"),
    ],
)
@pytest.mark.parametrize("command", ["undo", "apply"])
def test_a_condition_that_can_fit_nothing_is_an_error(
    normalize: Command, cleaned: tuple[Path, Path, Path], command: str, condition: str, message: str
) -> None:
    raw, out, log = cleaned
    result = normalize(command, out if command == "undo" else raw, "--edits", log, "--where", condition)
    assert (result.code, result.out) == (2, b"")
    assert message in result.err


def test_a_long_condition_is_read(normalize: Command, cleaned: tuple[Path, Path, Path]) -> None:
    raw, out, log = cleaned
    for condition in ("not " * 5000 + "n>=1", " or ".join(["n>=1"] * 5000), " and ".join(["n>=1"] * 5000)):
        assert normalize("undo", out, "--edits", log, "--where", condition).out == raw.read_bytes()


@pytest.mark.parametrize("log_name", ["edits.jsonl", "edits.parquet"])
def test_filtered_and_shuffled_records_are_undone_by_id(normalize: Command, tmp_path: Path, log_name: str) -> None:
    if log_name.endswith(".parquet"):
        pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    raw, out, log, some = (tmp_path / name for name in ("raw.jsonl", "out.jsonl", log_name, "some.jsonl"))
    raw.write_bytes(jsonl(*({"id": i, "text": text} for i, text in enumerate(TEXTS))))
    normalize("clean", raw, "-o", out, "--edits", log)
    lines = out.read_bytes().splitlines(keepends=True)[1:]
    random.Random(3).shuffle(lines)
    some.write_bytes(b"".join(lines))
    result = normalize("undo", some, "--edits", log, "--match", "id")
    assert result.code == 0
    back = {json.loads(line)["id"]: line for line in result.out.splitlines(keepends=True)}
    assert b"".join(back[i] for i in sorted(back)) == b"".join(raw.read_bytes().splitlines(keepends=True)[1:])
    some.write_bytes(result.out)
    again = normalize("apply", some, "--edits", log, "--match", "id")
    assert (again.code, again.out) == (0, b"".join(lines))


def test_what_was_filtered_is_undone_where_nothing_speaks_against_its_place(normalize: Command, tmp_path: Path) -> None:
    raw, out, log = (tmp_path / name for name in ("raw.jsonl", "out.jsonl", "log.jsonl"))
    raw.write_bytes(jsonl({"id": "a", "text": "Hujan turun."}, {"id": "b", "text": TEXTS[0]}))  # the log has none in line 1
    normalize("clean", raw, "-o", out, "--edits", log)
    out.write_bytes(out.read_bytes().splitlines(keepends=True)[1])
    result = normalize("undo", out, "--edits", log)
    assert (result.code, result.out) == (0, raw.read_bytes().splitlines(keepends=True)[1])


@pytest.mark.parametrize(("ids", "message"), [([1, 1], "two records have the id '1'"), ([None, None], "no entry has an id")])
def test_ids_that_are_not_unique_are_refused(normalize: Command, tmp_path: Path, ids: list[object], message: str) -> None:
    raw, out, log = (tmp_path / name for name in ("raw.jsonl", "out.jsonl", "edits.jsonl"))
    raw.write_bytes(jsonl(*({"id": id, "text": f"{TEXTS[4]} {i}"} for i, id in enumerate(ids))))
    normalize("clean", raw, "-o", out, "--edits", log)
    result = normalize("undo", out, "--edits", log, "--match", "id")
    assert (result.code, result.out) == (2, b"")
    assert message in result.err


@given(st.text("ab  ", max_size=14), st.randoms(use_true_random=False), st.data())
def test_a_state_that_is_decided_is_the_true_one(text: str, chance: random.Random, data: st.DataObject) -> None:
    places = sorted(chance.sample(range(len(text) + 1), min(len(text) + 1, 2 * chance.randrange(4))))
    spans = list(zip(places[::2], places[1::2], strict=False))
    edits = [Edit(a, b, text[a:b], chance.choice(["", "x", "ab"]), chance.choice(["r.a", "r.b"]), 0.9) for a, b in spans]
    stand = [data.draw(st.booleans()) for _ in edits]
    found = apply(text, [edit for edit, stands in zip(edits, stand, strict=True) if stands])
    paths = Paths(found, edits, len(text))
    certain = paths.certain()
    assert all(one in (None, true) for one, true in zip(certain, stand, strict=True))
    if all(stand) or not any(stand):
        assert not edits or fits(found, edits, stand[0], len(text))
    precedents = Precedents()
    precedents.add(edits, stand)  # as if other records had all of them
    try:
        decided = paths.decided(precedents.expected)
    except UnclearState:
        assert None in certain
    else:
        uniform = all(len(precedents.seen[edit.rule]) == 1 for edit in edits)
        assert decided == stand or not uniform


@pytest.mark.parametrize("condition", CONDITIONS)
def test_each_undo_writes_what_is_left(
    normalize: Command, cleaned: tuple[Path, Path, Path], tmp_path: Path, condition: str
) -> None:
    raw, out, log = cleaned
    part, left, rest, back = (tmp_path / name for name in ("part.jsonl", "left.jsonl", "rest.jsonl", "back.jsonl"))
    assert normalize("undo", out, "--edits", log, "--where", condition, "-o", part, "--left", left).code == 0
    assert normalize("apply", raw, "--edits", left).out == part.read_bytes()
    assert normalize("undo", part, "--edits", left, "--where", "n<4", "-o", back, "--left", rest).code == 0
    assert normalize("undo", back, "--edits", rest).out == raw.read_bytes()
    assert normalize("undo", part, "--edits", left).out == raw.read_bytes()


def test_what_is_left_undoes_what_no_state_could_tell(normalize: Command, tmp_path: Path) -> None:
    raw, out, log, part, left = (tmp_path / name for name in ("raw.txt", "out.txt", "log.jsonl", "part.txt", "left.jsonl"))
    raw.write_text("Hujan  turun  di  Bandung.\n")
    normalize("clean", raw, "-o", out, "--edits", log)
    entries = [json.loads(line) for line in log.read_text().splitlines()]
    assert len(entries[2]["edits"]) == 3
    entries[2]["edits"][1][4] = "spacing.other"  # two of the three are alike, and stand in one text
    log.write_text("".join(json.dumps(entry) + "\n" for entry in entries))
    assert normalize("undo", out, "--edits", log, "--where", "n=1 and not rule~other", "-o", part, "--left", left).code == 0
    assert normalize("undo", part, "--edits", left).out == raw.read_bytes()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda lines: lines, "matched by place\n"),
        (lambda lines: lines[::-1], "is another record than the log has there)\n"),
        (lambda lines: lines[:1], "matched by id (records that the log has are missing)\n"),
    ],
)
def test_how_records_were_found_is_told(
    normalize: Command, cleaned: tuple[Path, Path, Path], change: Callable[[list[bytes]], list[bytes]], message: str
) -> None:
    raw, out, log = cleaned
    out.write_bytes(b"".join(change(out.read_bytes().splitlines(keepends=True))))
    result = normalize("undo", out, "--edits", log)
    assert result.code == 0
    assert message in result.err
    assert result.out == b"".join(change(raw.read_bytes().splitlines(keepends=True)))


def test_records_without_ids_of_their_own_are_found_by_place(normalize: Command, tmp_path: Path) -> None:
    raw, out, log = (tmp_path / name for name in ("raw.jsonl", "out.jsonl", "edits.jsonl"))
    raw.write_bytes(jsonl(*({"id": i % 2, "text": text} for i, text in enumerate(TEXTS))))
    normalize("clean", raw, "-o", out, "--edits", log)
    assert normalize("undo", out, "--edits", log).out == raw.read_bytes()
    result = normalize("undo", "-", "--input-format", "jsonl", "--edits", log, stdin=out.read_bytes())
    assert result.out == raw.read_bytes()
    assert "matched by place (" in result.err
    assert "two records have the id" in result.err


def test_entries_about_records_that_are_gone_are_told(normalize: Command, tmp_path: Path) -> None:
    raw, out, log = (tmp_path / name for name in ("raw.jsonl", "out.jsonl", "edits.jsonl"))
    raw.write_bytes(jsonl(*({"text": text} for text in TEXTS)))
    normalize("clean", raw, "-o", out, "--edits", log)
    out.write_bytes(b"".join(out.read_bytes().splitlines(keepends=True)[:3]))
    result = normalize("undo", out, "--edits", log)
    assert result.code == 1
    assert "records that are not there" in result.err
