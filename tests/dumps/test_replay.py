"""A log undone gives the input, byte for byte; applied, it gives the output, without dictionaries."""

import json
import random
import sys

import pytest
from harness import CLEAN, DIRTY, jsonl

from normalize.dumps.errors import DumpError
from normalize.dumps.log import where

SENTENCES = (
    DIRTY,
    "Hujan turun di Bandung.",
    "Warga mengungsi&nbsp;ke balai desa .",
    'Ia berkata, "Kami&amp;nbsp;siap" .',
    "Pasar\u200b pagi \u00a0 ramai , kata Sari.",
    "😀\u00a0Kota",
    "",
)


@pytest.fixture
def dump(tmp_path):
    """300 records of all kinds: two fields, no id or the same one twice, nulls, bad lines, empty lines."""
    chance = random.Random(5)
    lines = []
    for i in range(300):
        row = {"text": " ".join(chance.choices(SENTENCES, k=3)), "title": chance.choice([*SENTENCES, None])}
        if i % 3:
            row["id"] = i // 2
        lines.append(json.dumps(row, ensure_ascii=i % 5 == 0))
        if i % 50 == 9:
            lines.append(chance.choice(["", "{oops", '{"title": "a"}', '{"text": 1, "title": "a"}']))
    path = tmp_path / "raw.jsonl"
    path.write_text("\n".join(lines))
    return path


FIELDS = ("--field", "text", "--field", "title")


@pytest.mark.parametrize("log", ["edits.jsonl", "edits.jsonl.zst"])
def test_undo_gives_the_input_and_apply_the_output(normalize, dump, tmp_path, log):
    out, back, again = tmp_path / "out.jsonl", tmp_path / "back.jsonl", tmp_path / "again.jsonl"
    assert normalize("clean", dump, "-o", out, "--edits", tmp_path / log, *FIELDS).code == 1
    assert out.read_bytes() != dump.read_bytes()
    normalize("undo", out, "--edits", tmp_path / log, "-o", back)
    assert back.read_bytes() == dump.read_bytes()
    normalize("apply", dump, "--edits", tmp_path / log, "-o", again)
    assert again.read_bytes() == out.read_bytes()


def test_rejected_records_do_not_shift_the_others(normalize, dump, tmp_path):
    out, log = tmp_path / "out.jsonl", tmp_path / "edits.jsonl"
    normalize("clean", dump, "-o", out, "--edits", log, *FIELDS, "--rejects", tmp_path / "rejects.jsonl")
    back = normalize("undo", out, "--edits", log).out
    bad = [line.encode() for line in ('{"title": "a"}', "{oops", '{"text": 1, "title": "a"}')]
    assert back.splitlines() == [line for line in dump.read_bytes().splitlines() if line not in bad]
    again = normalize("apply", dump, "--edits", log, "--rejects", tmp_path / "rejects2.jsonl").out
    assert again == out.read_bytes()


@pytest.mark.parametrize("suffix", ["csv", "tsv", "jsonl.gz"])
def test_undo_of_every_format(normalize, tmp_path, suffix):
    raw, out, log = (tmp_path / name for name in (f"raw.{suffix}", f"out.{suffix}", "edits.jsonl"))
    rows = [{"id": i, "text": f'"{sentence}", kata dia'} for i, sentence in enumerate(SENTENCES)]
    (tmp_path / "rows.jsonl").write_bytes(jsonl(*rows))
    assert normalize("clean", tmp_path / "rows.jsonl", "-o", raw, "--min-confidence", 1, "--on-error", "stop").code == 0
    assert normalize("clean", raw, "-o", out, "--edits", log).code == 0
    assert normalize("undo", out, "--edits", log, "-o", tmp_path / f"back.{suffix}").code == 0
    assert (tmp_path / f"back.{suffix}").read_bytes() == raw.read_bytes()
    assert out.read_bytes() != raw.read_bytes()


def test_several_inputs_in_one_output_are_undone(normalize, tmp_path):
    for name in "abc":
        (tmp_path / f"{name}.jsonl").write_bytes(jsonl({"text": name}, {"text": f"{name} {DIRTY}"}))
    inputs = [tmp_path / f"{name}.jsonl" for name in "abc"]
    normalize("clean", *inputs, "-o", tmp_path / "all.jsonl", "--edits", tmp_path / "edits.jsonl")
    back = normalize("undo", tmp_path / "all.jsonl", "--edits", tmp_path / "edits.jsonl").out
    assert back == b"".join(path.read_bytes() for path in inputs)


def test_a_directory_is_undone_file_by_file_also_out_of_order(normalize, tmp_path):
    for name in ("a.jsonl", "b/a.jsonl", "b/c.txt"):
        (tmp_path / "raw" / name).parent.mkdir(parents=True, exist_ok=True)
        text = f"{name} {DIRTY}"
        (tmp_path / "raw" / name).write_bytes(text.encode() if name.endswith("txt") else jsonl({"text": text}))
    out, log = tmp_path / "out", tmp_path / "edits.jsonl"
    assert normalize("clean", tmp_path / "raw", "-o", out, "--edits", log).code == 0
    assert normalize("undo", out / "b/c.txt", out / "b/a.jsonl", "-o", tmp_path / "some/", "--edits", log).code == 0
    assert normalize("undo", out, "-o", tmp_path / "back", "--edits", log).code == 0
    for name in ("a.jsonl", "b/a.jsonl", "b/c.txt"):
        assert (tmp_path / "back" / name).read_bytes() == (tmp_path / "raw" / name).read_bytes()
    assert (tmp_path / "some/c.txt").read_bytes() == (tmp_path / "raw/b/c.txt").read_bytes()


def test_a_sample_is_undone(normalize, dump, tmp_path):
    options = ["--sample", 40, "--seed", 3]
    drawn = normalize("clean", dump, *options, *FIELDS, "--min-confidence", 1).out
    normalize("clean", dump, *options, *FIELDS, "-o", tmp_path / "out.jsonl", "--edits", tmp_path / "edits.jsonl")
    assert normalize("undo", tmp_path / "out.jsonl", "--edits", tmp_path / "edits.jsonl").out == drawn


def test_a_part_is_undone_with_where(normalize, tmp_path):
    raw, out, log = tmp_path / "raw.jsonl", tmp_path / "out.jsonl", tmp_path / "edits.jsonl"
    raw.write_bytes(jsonl({"text": f"{DIRTY} Warga mengung\u200bsi."}))
    normalize("clean", raw, "-o", out, "--edits", log)
    assert normalize("undo", out, "--edits", log, "--where", "not rule=*").out == out.read_bytes()
    assert normalize("undo", out, "--edits", log, "--where", "rule=* and confidence<=1").out == raw.read_bytes()
    part = normalize("undo", out, "--edits", log, "--where", "rule=characters.space").out.decode()
    assert json.loads(part) == {"text": f"{DIRTY} Warga mengungsi."}


def test_a_log_of_what_was_made_already_is_refused(normalize, dirty, tmp_path):
    out, log = tmp_path / "out.jsonl", tmp_path / "edits.jsonl"
    normalize("clean", dirty, "-o", out, "--edits", log)
    result = normalize("apply", out, "--edits", log)
    assert result.code == 1
    assert "1 text has had these edits made already" in result.err
    assert result.out == out.read_bytes()


@pytest.mark.parametrize("log", ["edits.jsonl", "edits.parquet"])
def test_what_is_undone_twice_is_refused(normalize, tmp_path, log):
    if log.endswith("parquet"):
        pytest.importorskip("pyarrow")
    raw, out, back = (tmp_path / f"{name}.jsonl" for name in ("raw", "out", "back"))
    raw.write_bytes(jsonl({"text": CLEAN}, {"text": "Permohonan itu dapat di terima."}))
    normalize("clean", raw, "-o", out, "--edits", tmp_path / log)
    assert normalize("undo", out, "--edits", tmp_path / log, "-o", back).code == 0
    result = normalize("undo", back, "--edits", tmp_path / log)
    assert result.code == 1
    assert "1 text has had these edits undone already" in result.err
    assert result.out == raw.read_bytes()


def test_what_is_applied_twice_is_refused(normalize, tmp_path):
    raw, out, log = tmp_path / "raw.jsonl", tmp_path / "out.jsonl", tmp_path / "edits.jsonl"
    raw.write_bytes(jsonl({"text": "Hujan turun.Warga mengungsi."}))
    normalize("clean", raw, "-o", out, "--edits", log)
    assert out.read_bytes() != raw.read_bytes()
    result = normalize("apply", out, "--edits", log)
    assert result.code == 1
    assert "1 text has had these edits made already" in result.err
    assert result.out == out.read_bytes()


def test_a_text_that_is_cut_in_a_character_is_refused(normalize, tmp_path):
    raw, out, log = (tmp_path / name for name in ("raw.txt", "out.txt", "edits.jsonl"))
    raw.write_bytes(b"Hujan turun.\rADVERTISEMENT\n")
    normalize("clean", raw, "-o", out, "--edits", log, "--drop", "boilerplate", "--skip", "characters.return")
    assert '"style":' in log.read_text()
    out.write_bytes("Kafé".encode())
    result = normalize("undo", out, "--edits", log)
    assert result.code == 1
    assert "out.txt:1: the log is not about this text" in result.err


def test_a_log_that_tells_no_sizes_is_replayed(normalize, dirty, tmp_path):
    out, log = tmp_path / "out.jsonl", tmp_path / "edits.jsonl"
    normalize("clean", dirty, "-o", out, "--edits", log)
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [line.pop("size") for line in lines if "n" in line] == [len(DIRTY)]
    log.write_bytes(jsonl(*lines))
    assert normalize("undo", out, "--edits", log).out == dirty.read_bytes()
    assert normalize("apply", dirty, "--edits", log).out == out.read_bytes()


def test_a_file_that_the_log_does_not_tell_of_is_refused(normalize, dirty, tmp_path):
    (tmp_path / "b.jsonl").write_bytes(jsonl({"text": DIRTY}))
    log = tmp_path / "edits.jsonl"
    normalize("clean", dirty, tmp_path / "b.jsonl", "-o", tmp_path / "out/", "--edits", log)
    result = normalize("undo", tmp_path / "rest.jsonl", "--edits", log)
    assert result.code == 2
    (tmp_path / "rest.jsonl").write_bytes(jsonl({"text": CLEAN}, {"text": CLEAN}))
    result = normalize("undo", tmp_path / "rest.jsonl", tmp_path / "out/b.jsonl", "--edits", log, "-o", tmp_path / "x/")
    assert result.code == 2
    assert "has no entries about" in result.err


@pytest.mark.parametrize("content", ["", "{}\n", "no log\n"])
def test_what_is_no_log_is_refused(normalize, dirty, tmp_path, content):
    (tmp_path / "edits.jsonl").write_text(content)
    result = normalize("undo", dirty, "--edits", tmp_path / "edits.jsonl")
    assert result.code == 2
    assert "is not an edit log" in result.err


def test_replaying_needs_neither_engine_nor_dictionary(normalize, dirty, tmp_path, monkeypatch):
    log, out = tmp_path / "edits.jsonl", tmp_path / "out.jsonl"
    normalize("clean", dirty, "-o", out, "--edits", log)
    for name in list(sys.modules):
        if name.startswith(("normalize.normalizer", "normalize.rules", "normalize.lexicon")):
            monkeypatch.setitem(sys.modules, name, None)
    assert normalize("undo", out, "--edits", log).out == dirty.read_bytes()


EDIT = {"rule": "spelling.slip+characters.space", "confidence": 0.9, "before": "a b", "after": "c", "field": "text"}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("rule=spelling.*", True),
        ("rule=spelling.slip and confidence<0.95", True),
        ("rule=date.* or confidence>=0.9", True),
        ("not rule=characters.*", False),
        ("not (rule=date.* or rule=byline.*) and confidence!=0.5", True),
        ('before="a b"', True),
        ("after=C", False),
        ("id=7 and n>3", True),
        ("confidence>0.9", False),
        (r"before~'\Aa \p{Ll}'", True),
        ("rule~^characters", True),
        ("after~[A-Z]", False),
        ("not after~C", True),
    ],
)
def test_conditions(condition, holds):
    assert where.parse(condition)({**EDIT, "id": "7", "n": 4}) is holds


@pytest.mark.parametrize(
    "condition", ["rule", "rule=", "colour=red", "(rule=a", "rule=a rule=b", "confidence<x", "a ! b", "before~'(a'"]
)
def test_conditions_that_say_nothing_are_refused(condition):
    with pytest.raises(DumpError, match="--where"):
        where.parse(condition)


def test_an_expression_that_takes_for_ever_is_stopped(monkeypatch):
    monkeypatch.setattr(where, "PATTERN_SECONDS", 0.05)
    condition = where.parse(r"before~'(?:a|a?|aa)+b|(?:.*a){12}c'")
    with pytest.raises(DumpError, match="takes more than"):
        condition({**EDIT, "before": "a" * 60})
