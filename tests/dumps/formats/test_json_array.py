"""Arrays of JSON, and objects laid out in any way: streamed, written back byte for byte, bad ones told by number."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from harness import CLEAN, DIRTY, Command, jsonl

from normalize.dumps.errors import DamagedInput, DumpError
from normalize.dumps.formats import json_array
from normalize.dumps.record import Fields

ROWS = [
    {"id": 1, "text": f"[{DIRTY}] {{x}}"},
    {"id": 2, "text": CLEAN, "tags": [["a"], {"b": "]"}]},
    {"id": 3, "text": f'"{DIRTY}" \\ / é 😀', "x": None},
]
LAYOUTS = {
    "one line": json.dumps(ROWS, ensure_ascii=False),
    "indented": json.dumps(ROWS, indent=2) + "\n",
    "with a mark": "\ufeff \n" + json.dumps(ROWS, indent="\t", ensure_ascii=False),
    "with carriage returns": json.dumps(ROWS, indent=1).replace("\n", "\r\n"),
    "objects one after another": "\n\n".join(json.dumps(row, indent=2) for row in ROWS) + "\n",
    "lines": "".join(json.dumps(row) + "\n" for row in ROWS),
    "one object": json.dumps(ROWS[0], indent=2),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_nothing_but_the_texts_changes_and_undo_gives_every_byte(normalize: Command, folder: Path, layout: str) -> None:
    Path("a.json").write_bytes(layout.encode())
    assert normalize("clean", "a.json", "-o", "out.json", "--edits", "log").code == 0
    escaped = json.dumps(DIRTY)[1:-1]
    assert Path("out.json").read_bytes() == layout.replace(DIRTY, CLEAN).replace(escaped, CLEAN).encode()
    normalize("undo", "out.json", "--edits", "log", "-o", "back.json")
    assert Path("back.json").read_bytes() == layout.encode()
    assert normalize("apply", "a.json", "--edits", "log").out == Path("out.json").read_bytes()


def cut(data: bytes, sizes: Iterator[int]) -> Iterator[bytes]:
    while data:
        size = next(sizes)
        yield data[:size]
        data = data[size:]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
@pytest.mark.parametrize("seed", range(20))
def test_pieces_are_the_same_records_wherever_the_data_is_cut(layout: str, seed: int) -> None:
    chance = random.Random(seed)
    data = layout.encode()
    pieces = list(json_array.pieces(cut(data, iter(lambda: chance.randrange(1, 40), 0)), size=chance.randrange(1, 200)))
    assert b"".join(piece.data for piece in pieces) == data
    codec = json_array.JsonArray(Fields(("text",)))
    records = [record for piece in pieces for record in codec.decode(piece) if not record.blank]
    expected = ROWS[:1] if layout == LAYOUTS["one object"] else ROWS
    assert [record.texts for record in records] == [[row["text"]] for row in expected]
    assert [record.place for record in records] == list(range(1, len(expected) + 1))
    assert b"".join(codec.rebuild(piece, codec.decode(piece)) for piece in pieces) == data


def test_bad_records_are_told_by_number_and_pass_through(normalize: Command, folder: Path) -> None:
    data = b'[{"text": 5}, 7, "x", null, {"title": "a"}, {"text": "caf\xe9"}, {"text": "' + DIRTY.encode() + b'"}]'
    Path("a.json").write_bytes(data)
    result = normalize("clean", "a.json", "--encoding", "utf-8")
    assert result.code == 1
    assert result.out == data.replace(DIRTY.encode(), CLEAN.encode())
    for line in (
        'a.json:1: field "text" is a number, not a string',
        "a.json:2: is a number, not a JSON object",
        "a.json:3: is a string, not a JSON object",
        "a.json:4: is null, not a JSON object",
        'a.json:5: has no field "text" (its fields: title)',
        "a.json:6: invalid UTF-8: byte 0xe9",
        "7 in = 7 out + 0 rejected; 6 of them bad and passed through unchanged",
    ):
        assert line in result.err


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b'[{"text": "a"}, {"text": "b', "the JSON breaks off in a record"),
        (b'[{"text": "a"}, {"text": "b"}', "the JSON array is cut short"),
        (b'[{"text": "a"}', "the JSON array is cut short"),
        (b'[{"text": "a"}] {"text": "b"}', "stands behind the array"),
        (b'[{"text": "a"}}]', "broken JSON"),
    ],
)
def test_what_is_cut_short_is_told_and_nothing_is_lost(normalize: Command, folder: Path, data: bytes, message: str) -> None:
    Path("a.json").write_bytes(data)
    result = normalize("clean", "a.json")
    assert (result.code, result.out) == (1, data)
    assert message in result.err


@pytest.mark.parametrize("suffix", ["json", "json.gz"])
def test_records_left_out_leave_an_array(normalize: Command, folder: Path, suffix: str) -> None:
    Path("a.json").write_text(json.dumps([{"text": 5}, *ROWS, {"text": 6}], indent=2))
    result = normalize("clean", "a.json", "-o", f"out.{suffix}", "--rejects", "bad.jsonl", "--edits", "log")
    assert result.code == 1
    raw = Path(f"out.{suffix}").read_bytes()
    rows = json.loads(gzip.decompress(raw) if suffix.endswith("gz") else raw)
    assert [row["id"] for row in rows] == [1, 2, 3]
    assert len(Path("bad.jsonl").read_bytes().splitlines()) == 2
    normalize("undo", f"out.{suffix}", "--edits", "log", "-o", "back.json")
    assert json.loads(Path("back.json").read_bytes()) == ROWS


def test_none_left_is_an_empty_array(normalize: Command, folder: Path) -> None:
    Path("a.json").write_text('[{"text": 5}]')
    normalize("clean", "a.json", "-o", "out.json", "--rejects", "bad.jsonl")
    assert json.loads(Path("out.json").read_bytes()) == []


@pytest.mark.parametrize("options", [("--limit", 2), ("--sample", 2)])
def test_a_part_of_an_array_is_one(normalize: Command, folder: Path, options: tuple[str, int]) -> None:
    Path("a.json").write_text(LAYOUTS["indented"])
    normalize("clean", "a.json", "-o", "out.json", *options)
    assert len(json.loads(Path("out.json").read_bytes())) == 2
    result = normalize("clean", "a.json", *options)
    assert result.code == 2
    assert "cannot be written to a stream" in result.err


def test_arrays_are_turned_into_other_formats_and_these_into_arrays(normalize: Command, folder: Path) -> None:
    Path("a.json").write_text(LAYOUTS["indented"])
    normalize("clean", "a.json", "-o", "out.jsonl")
    rows = [{**row, "text": row["text"].replace(DIRTY, CLEAN)} for row in ROWS]
    assert [json.loads(line) for line in Path("out.jsonl").read_bytes().splitlines()] == rows
    Path("b.jsonl").write_bytes(jsonl(*ROWS))
    normalize("clean", "b.jsonl", "-o", "out.json", "-j", 2)
    assert json.loads(Path("out.json").read_bytes()) == rows


def test_a_record_that_never_ends_is_told() -> None:
    with pytest.raises(DumpError, match="record 2 is longer than 50 bytes"):
        list(json_array.pieces([b'[{"text": "a"}, {"text": "' + b"x" * 100 + b'"}]'], limit=50))
    with pytest.raises(DamagedInput):
        list(json_array.pieces([b'[{"a": [']))


def test_a_long_array_comes_in_pieces_of_a_bounded_size() -> None:
    row = b'{"text": "' + b"x" * 1000 + b'"},\n'
    chunks = [b"[", *[row * 100] * 100, b'{"text": ""}]']
    sizes = [len(piece.data) for piece in json_array.pieces(chunks, size=100_000)]
    assert sum(sizes) == sum(map(len, chunks))
    assert max(sizes) < 400_000
