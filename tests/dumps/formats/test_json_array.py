"""Arrays of JSON, and objects laid out in any way: streamed, written back byte for byte, bad ones named by number."""

from __future__ import annotations

import gzip
import json
import random
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path

import pytest
from harness import CLEAN, DIRTY, Command, jsonl
from hypothesis import given
from hypothesis import strategies as st

from normalize.dumps import reader
from normalize.dumps.errors import DamagedInput
from normalize.dumps.formats import compression, decode, json_array
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


LONG = (
    {"text": "x" * 300},
    {"text": '\\"' * 200},
    {"a": [["]" * 3, "{"]] * 40, "text": '"[' * 20},
    ["\\" * 300],
    "[" * 300,
    "9" * 300,  # a scalar, as it is
)


@pytest.mark.parametrize("seed", range(100))
def test_a_value_that_is_too_long_is_a_bad_record_wherever_the_data_is_cut(seed: int) -> None:
    chance, limit = random.Random(seed), 200
    values = [chance.choice((*LONG, *ROWS, 7, [], {}, "a")) for _ in range(chance.randrange(1, 7))]
    written = [value if value == "9" * 300 else json.dumps(value, ensure_ascii=False) for value in values]
    gap = chance.choice([",", ", ", "\n,\n", "\n", " " * 250 + ","])
    in_array = chance.random() < 0.7 or written[0].startswith("[")
    layout = chance.choice(["", "\ufeff", " \n"]) + "[" * in_array + gap.join(written) + "\n]\n" * in_array
    data = layout.encode()
    chunks = cut(data, iter(lambda: chance.randrange(1, 90), 0))
    codec, records, at = json_array.JsonArray(Fields(("text",))), [], 0
    is_no_json = in_array is not ("," in gap) and len(values) > 1
    fault = "no comma before record 2" if in_array else "a comma too many before record 2, and no bracket"
    with pytest.raises(DamagedInput, match=fault) if is_no_json else nullcontext():
        for piece in json_array.pieces(chunks, size=chance.randrange(1, 200), limit=limit):
            assert data.startswith(piece.data, at)
            assert len(piece.data) < 3 * limit + 400
            at += len(piece.data)
            records += [record for record in decode(codec, piece) if not record.blank]
    assert at == len(data)
    assert [record.place for record in records] == list(range(1, len(values) + 1))
    for number, (value, raw, record) in enumerate(zip(values, written, records, strict=True)):
        length = len(raw.encode()) + (len(gap) if number else 0)
        if length > limit:
            assert "bytes long, and a record has no more than" in record.error
        elif isinstance(value, dict) and "text" in value and length < limit - 5:
            assert record.texts == [value["text"]]


@pytest.mark.parametrize("place", range(4))
def test_the_rest_of_an_array_is_cleaned_where_a_record_is_too_long(
    normalize: Command, folder: Path, monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    monkeypatch.setattr(reader, "RECORD_LIMIT", 1000)
    monkeypatch.setattr(compression, "PLAIN_BYTES", 300)
    rows = [{"text": f"{DIRTY} {n}", "date": "2024-10-25"} for n in range(3)]
    rows.insert(place, {"text": "x" * 5000, "date": ""})
    text = json.dumps(rows, ensure_ascii=False, indent=1)
    Path("a.json").write_text(text)
    result = normalize("clean", "a.json", "-o", "out.json", "--edits", "log", "--date-field", "date", "-j", 1)
    assert result.code == 1
    assert f"a.json:{place + 1}: is 5," in result.err
    assert "bytes long, and a record has no more than" in result.err
    assert "is there a quote or bracket that never closes?" in result.err
    assert "4 in = 4 out + 0 rejected; 1 of them bad" in result.err
    assert Path("out.json").read_text() == text.replace(DIRTY, CLEAN)
    assert normalize("undo", "out.json", "--edits", "log", "-j", 1).out == text.encode()
    result = normalize("clean", "a.json", "-o", "good.json", "--rejects", "bad.jsonl", "-j", 1)
    assert "4 in = 3 out + 1 rejected" in result.err
    assert [row["text"] for row in json.loads(Path("good.json").read_bytes())] == [f"{CLEAN} {n}" for n in range(3)]
    for count in range(1, 5):
        normalize("clean", "a.json", "-o", "first.json", "--limit", count, "-j", 1)
        cleaned = [{**row, "text": row["text"].replace(DIRTY, CLEAN)} for row in rows]
        assert json.loads(Path("first.json").read_bytes()) == cleaned[:count]


@pytest.mark.parametrize(
    "data",
    [
        b'[{"text": "a"}, {"text": "' + b"x" * 500,
        b"[" + b"[" * 500,
        b"[" + b" " * 500,
        b" " * 500,
        b'[{"text": "a"}]' + b" " * 500,
        b'[{"text": "a"}] ' + b"junk, [" * 200,
        b"]" * 500,
        b"\\" * 500,
    ],
)
@pytest.mark.parametrize("length", [1, 7, 50, 1000])
def test_what_never_ends_is_passed_on_in_parts(data: bytes, length: int) -> None:
    found = []
    with suppress(DamagedInput):
        for piece in json_array.pieces(cut(data, iter(lambda: length, 0)), size=20, limit=50):
            found.append(piece.data)
            assert len(piece.data) <= max(100, length)
    assert b"".join(found) == data


def ends(data: str) -> list[int]:
    """Where values one after another end, looked at a character at a time; the last may have no end."""
    found, depth, state = list[int](), 0, ""
    for at, character in enumerate(data, 1):
        if state == "scalar" and character not in " ,]":
            found[-1] = at
        elif state == "escape":
            state = "string"
        elif state == "string" and character != '"':
            state = "escape" if character == "\\" else state
        elif character == '"' and state != "string":
            state = "string"
        elif character in "[{":
            state, depth = "", depth + 1
        else:
            is_scalar = not depth and state != "string" and character not in " ,"
            depth -= character in "]}" and depth > 0
            if not depth and (is_scalar or character not in " ,"):
                found.append(at)
            state = "scalar" if is_scalar and character != "]" else ""
    return found


@given(st.text('[]{}"\\, ', max_size=40), st.integers(1, 9), st.integers(1, 60))
def test_values_end_where_their_outermost_bracket_closes(body: str, length: int, limit: int) -> None:
    """Of such that are no JSON, too, and of such that are longer than a record may be."""
    data, codec = f"{{}} {body}".rstrip(" ,").encode(), json_array.JsonArray(Fields(("text",)))
    found, at = [], 0
    with suppress(DamagedInput):
        for piece in json_array.pieces(cut(data, iter(lambda: length, 0)), size=1, limit=limit):
            parts = [(len(piece.data), not piece.length)]
            if not piece.overlong:
                parts = [(len(record.raw), record.blank) for record in codec.decode(piece)]
            for size, is_gap in parts:
                at += size
                found += [at] * (not is_gap)
    assert at == len(data)
    assert found in (expected := ends(data.decode()), [*expected, at])


@given(st.lists(st.sampled_from(["{}", "7 ", '","', "[]", '{"a": [1, 2]}', f'"{"x" * 60}"']), max_size=5), st.data())
def test_commas_that_are_too_many_or_missing_are_told(values: list[str], data: st.DataObject) -> None:
    """Where Python reads the array, it is one; where it does not, the commas are the reason."""
    gaps = st.sampled_from(["", " ", ",", ", ", " ,\n", ",,", ", ,"])
    right = data.draw(st.booleans())
    inner = [", " if right else data.draw(gaps) for _ in values[1:]]
    first, last = ("", "") if right else (data.draw(gaps), data.draw(gaps))
    text = "[" + first + "".join(value + gap for value, gap in zip(values, [*inner, ""], strict=False)) + last + "]"
    try:
        json.loads(text)
        outcome = nullcontext()
    except ValueError:
        outcome = pytest.raises(DamagedInput, match="comma")
    check_cut(text, outcome, data)


@given(st.lists(st.sampled_from(["{}", "7 ", '{"a": [1, 2]}', f'{{"x": "{"x" * 60}"}}']), min_size=1, max_size=5), st.data())
def test_commas_between_values_that_are_in_no_array_are_reported(values: list[str], data: st.DataObject) -> None:
    gaps = [data.draw(st.sampled_from(["\n", " ", ",\n", " , "])) for _ in range(len(values) + 1)]
    text = gaps[0] + "".join(value + gap for value, gap in zip(values, gaps[1:], strict=True))
    is_reported = any("," in gap for gap in gaps)
    check_cut(text, pytest.raises(DamagedInput, match="no bracket that opens") if is_reported else nullcontext(), data)


def check_cut(text: str, outcome: AbstractContextManager[object], data: st.DataObject) -> None:
    """Any pieces make up the whole text, and a fault is raised as expected."""
    chunks = cut(text.encode(), iter(lambda: data.draw(st.integers(1, 20)), 0))
    found = bytearray()
    with outcome:
        for piece in json_array.pieces(chunks, size=data.draw(st.integers(1, 40)), limit=50):
            found += piece.data
    assert found.decode() == text


@pytest.mark.parametrize(
    ("start", "end", "fault"),
    [
        ("[", ",]", "a comma too many before its end"),
        ("", "", "a comma too many before record 2, and no bracket that opens an array"),
        ("", ",", "a comma too many before record 2, and no bracket that opens an array"),
    ],
)
def test_what_has_a_comma_too_many_is_cleaned_and_told(
    normalize: Command, folder: Path, start: str, end: str, fault: str
) -> None:
    text = start + ",\n".join(json.dumps(row, ensure_ascii=False) for row in ROWS[:2]) + end
    Path("a.json").write_text(text)
    result = normalize("clean", "a.json", "-o", "out.json", "--edits", "log", "-j", 1)
    assert (result.code, Path("out.json").read_text()) == (1, text.replace(DIRTY, CLEAN))
    assert f"is no JSON: it has {fault}" in result.err
    assert normalize("undo", "out.json", "--edits", "log", "-j", 1).out == text.encode()
    assert normalize("clean", "a.json", "--in-place", "-j", 1).code == 1
    assert Path("a.json").read_text() == text


@pytest.mark.parametrize("bracket", [b"[", b"{", b"[ ", b"[1,", b"[0,{"])
def test_brackets_that_never_close_take_little_time(bracket: bytes) -> None:
    begun = time.process_time()
    with suppress(DamagedInput):
        for _ in json_array.pieces([b'[{"text": "a"}, ' + bracket * (20_000_000 // len(bracket))]):
            pass
    assert time.process_time() - begun < 3  # seconds: a bracket at a time took 10, all brackets at once take 0.2


def test_an_array_that_breaks_off_is_told() -> None:
    with pytest.raises(DamagedInput):
        list(json_array.pieces([b'[{"a": [']))


def test_a_long_array_comes_in_pieces_of_a_bounded_size() -> None:
    row = b'{"text": "' + b"x" * 1000 + b'"},\n'
    chunks = [b"[", *[row * 100] * 100, b'{"text": ""}]']
    sizes = [len(piece.data) for piece in json_array.pieces(chunks, size=100_000)]
    assert sum(sizes) == sum(map(len, chunks))
    assert max(sizes) < 400_000
