"""A dump that was cleaned into another format: its log undoes it there, whatever its texts, ids and names of columns."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from fuzz.targets import FIELDS, AnyEdits
from harness import DIRTY, Command, jsonl
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.dumps.clean import Clean
from normalize.dumps.inputs import plan
from normalize.dumps.log.reader import PlaceLookup
from normalize.dumps.plan import Plan
from normalize.dumps.replay import Replay
from normalize.dumps.run import run
from normalize.dumps.worker import Task

LIBRARIES = {"parquet": "pyarrow", "xlsx": "openpyxl"}
SUFFIXES = ("csv", "tsv", "json", "parquet", "xlsx")
texts = st.text('a="é\u00a0 \n,_x0041_\x00\r\t😀', max_size=6) | st.none()


def needs(suffix: str) -> None:
    pytest.importorskip(LIBRARIES.get(suffix, "json"), reason=f"{LIBRARIES.get(suffix)} is not installed")


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=5))
@settings(max_examples=60)
def test_any_texts_come_back(suffix: str, rows: list[tuple[str | None, str | None]]) -> None:
    needs(suffix)
    with tempfile.TemporaryDirectory() as folder:
        raw, out, log, bad, back = (Path(folder, name) for name in ("a.jsonl", f"b.{suffix}", "log", "bad", "c.jsonl"))
        raw.write_bytes(jsonl(*({"id": n, "text": text, "title": title} for n, (text, title) in enumerate(rows))))
        inputs, undone = plan([str(raw)], str(out)), None
        task = Task(Clean(AnyEdits(), FIELDS, log=True), FIELDS, inputs, reject=True, log_compression="")  # type: ignore
        task.rejects_compression = ""
        options = {"fields": list(FIELDS.texts)}
        tally = run(Plan(inputs, FIELDS, task, options, "", "", edits=log, rejects=bad)).tally
        assert tally.balanced
        if tally.records_out:
            inputs = plan([str(out)], str(back))
            lookup = PlaceLookup(log, inputs, undoing=True)
            task = Task(Replay(FIELDS, undoing=True), FIELDS, inputs)
            undone = run(Plan(inputs, FIELDS, task, options, "", "", log_lookup=lookup, stop_on_error=True))
        left_out = {json.loads(line)["line"] for line in bad.read_bytes().splitlines()}
        given = [row for number, row in enumerate(rows, 1) if number not in left_out]
        found = [json.loads(line) for line in back.read_bytes().splitlines()] if undone else []
        assert [(row["text"] or "", row["title"] or "") for row in found] == [(a or "", b or "") for a, b in given]
        assert not undone or undone.all_well


IDS: dict[str, list[object]] = {
    "whole numbers and fractions": [0, 1.5, -3],
    "truths": [True, False],
    "texts": ["x", "1", "True", "null"],
    "large numbers": [2**53 + 1, 10**16],
    "lists": [[1], [1, 2], []],
    "objects": [{"a": 1, "b": None}, {"a": 2, "b": "x"}],
    "characters": ["é", "\u2028", "a,b", '"'],
    "some without": [1, None, 2],
    "one that is empty": [""],
}


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", IDS)
def test_ids_are_known_again(
    normalize: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, suffix: str
) -> None:
    needs(suffix)
    monkeypatch.chdir(tmp_path)
    raw = [{"id": id, "text": f"{DIRTY} {n}"} for n, id in enumerate(IDS[name])]
    Path("a.jsonl").write_bytes(jsonl(*raw))
    assert normalize("clean", "a.jsonl", "-o", f"b.{suffix}", "--edits", "log").code == 0
    result = normalize("undo", f"b.{suffix}", "--edits", "log", "-o", "c.jsonl")
    assert result.code == 0
    assert "matched by place\n" in result.err
    assert [json.loads(line)["text"] for line in Path("c.jsonl").read_bytes().splitlines()] == [row["text"] for row in raw]
    with_id = sum(id is not None and id != "" for id in IDS[name])
    result = normalize("undo", f"b.{suffix}", "--edits", "log", "-o", "d.jsonl", "--match", "id")
    assert f"{with_id} edits undone" in result.err or not with_id


NAMES = ("\ud800", "", "a\x00b", "\x1b[31m", "=1", 'a"b,c', "x\ny", "\r", "ﬁ", "x" * 40_000, "\ufffe", " ", "\t", "a\tb;c")


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", NAMES)
def test_a_column_has_the_name_of_its_field_or_there_is_none(
    normalize: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, suffix: str
) -> None:
    needs(suffix)
    monkeypatch.chdir(tmp_path)
    rows = [{"text": DIRTY, name: "x"}, {"text": DIRTY}]
    Path("a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    result = normalize("clean", "a.jsonl", "-o", f"b.{suffix}", "--edits", "log", "--rejects", "bad.jsonl")
    kept = rows[1:] if "1 rejected" in result.err else rows
    assert result.code == (kept is not rows)
    assert "or none can be called so" in result.err or kept is rows
    assert normalize("undo", f"b.{suffix}", "--edits", "log", "-o", "c.jsonl").code == 0
    found = [json.loads(line) for line in Path("c.jsonl").read_bytes().splitlines()]
    assert [{key: value for key, value in row.items() if value} for row in found] == kept


@pytest.mark.parametrize("suffix", ["csv", "tsv", "xlsx", "parquet"])
def test_columns_of_one_name_are_not_made_one(
    normalize: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    needs(suffix)
    monkeypatch.chdir(tmp_path)
    cells = [["n", "text", "n"], ["1", DIRTY, "2"]]
    if suffix == "xlsx":
        book = pytest.importorskip("openpyxl").Workbook()
        for row in cells:
            book.active.append(row)
        book.save("b.xlsx")
    elif suffix == "parquet":
        arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
        parquet.write_table(arrow.table([[cell] for cell in cells[1]], names=cells[0]), "b.parquet")
    else:
        Path(f"b.{suffix}").write_text("\n".join({"csv": ",", "tsv": "\t"}[suffix].join(row) for row in cells))
    Path("a.jsonl").write_bytes(jsonl({"text": DIRTY}))
    assert normalize("clean", f"b.{suffix}", "-o", f"same.{suffix}").code == 0
    result = normalize("clean", "a.jsonl", f"b.{suffix}", "-o", "out/", "--output-format", "jsonl")
    assert result.code == 2
    assert f'b.{suffix}: has 2 columns "n", and in another format only one of them would be left' in result.err
    assert not Path("out").exists()
    if suffix != "parquet":  # which cannot be read twice
        result = normalize("clean", f"b.{suffix}", "-o", f"c.{suffix}", "--field", "n")
        assert (result.code, 'has 2 columns "n"' in result.err) == (2, True)
