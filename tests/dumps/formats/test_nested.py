"""Fields inside of records: members of members, strings of lists, several fields at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from harness import CLEAN, DIRTY, Command, jsonl
from hypothesis import given
from hypothesis import strategies as st

from normalize.dumps.errors import DumpError
from normalize.dumps.formats.nested import NestedJsonLines, is_nested, steps
from normalize.dumps.record import Fields, Piece

ROW = {
    "id": "a",
    "article": {"text": DIRTY, "meta": {"date": "2024-10-25", "id": 7}},
    "paragraphs": [DIRTY, CLEAN, None, DIRTY],
    "items": [{"body": DIRTY, "n": [[DIRTY]]}, {"body": CLEAN, "n": []}],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def cleaned(normalize: Command, *fields: str, row: object = ROW) -> object:
    Path("a.jsonl").write_bytes(jsonl(row))
    options = [option for field in fields for option in ("--field", field)]
    result = normalize("clean", "a.jsonl", "-o", "out.jsonl", "--edits", "log", *options)
    assert result.code == 0, result.err
    assert normalize("undo", "out.jsonl", "--edits", "log").out == jsonl(row)
    assert normalize("apply", "a.jsonl", "--edits", "log").out == Path("out.jsonl").read_bytes()
    return json.loads(Path("out.jsonl").read_bytes())


def test_a_member_of_a_member(normalize: Command, folder: Path) -> None:
    assert cleaned(normalize, "article.text") == {**ROW, "article": {**ROW["article"], "text": CLEAN}}  # type: ignore[dict-item]


def test_the_strings_of_a_list(normalize: Command, folder: Path) -> None:
    assert cleaned(normalize, "paragraphs[]") == {**ROW, "paragraphs": [CLEAN, CLEAN, None, CLEAN]}
    names = [json.loads(line)["field"] for line in Path("log").read_text().splitlines()[2:]]
    assert names == ["paragraphs[0]", "paragraphs[3]"]


def test_members_of_the_items_of_lists(normalize: Command, folder: Path) -> None:
    items = [{"body": CLEAN, "n": [[CLEAN]]}, {"body": CLEAN, "n": []}]
    assert cleaned(normalize, "items[].body,items[].n[][]") == {**ROW, "items": items}


def test_several_fields_with_commas_between(normalize: Command, folder: Path) -> None:
    row = {"title": DIRTY, "text": DIRTY, "id": 1}
    assert cleaned(normalize, "title,text", row=row) == {"title": CLEAN, "text": CLEAN, "id": 1}


def test_a_key_with_a_dot_is_taken_at_its_word(normalize: Command, folder: Path) -> None:
    row = {"article.text": DIRTY, "article": {"text": DIRTY}}
    assert cleaned(normalize, "article.text", row=row) == {"article.text": CLEAN, "article": {"text": DIRTY}}


def test_date_and_id_inside_of_a_record(normalize: Command, folder: Path) -> None:
    row = {"meta": {"date": "2024-10-25", "id": 7}, "text": "Ia ditahan Kamis (24/10/2014) malam."}
    Path("a.jsonl").write_bytes(jsonl(row))
    result = normalize("clean", "a.jsonl", "--date-field", "meta.date", "--id-field", "meta.id", "--edits", "log")
    assert b"24/10/2024" in result.out
    assert '"id":7' in Path("log").read_text()


def test_nested_texts_are_turned_into_other_formats(normalize: Command, folder: Path) -> None:
    Path("a.jsonl").write_bytes(jsonl(ROW))
    normalize("clean", "a.jsonl", "-o", "out.json", "--field", "article.text,paragraphs[]")
    (row,) = json.loads(Path("out.json").read_bytes())
    assert (row["article"]["text"], row["paragraphs"]) == (CLEAN, [CLEAN, CLEAN, None, CLEAN])


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"article": {}}, 'a.jsonl:1: has no field "article.text" (its fields: article)'),
        ({"article": [1]}, 'a.jsonl:1: has no field "article.text"'),
        ({"article": {"text": [DIRTY]}}, 'a.jsonl:1: field "article.text" is an array, not a string'),
        ([1], "a.jsonl:1: is an array, not a JSON object"),
    ],
)
def test_bad_records_are_told_and_pass_through(normalize: Command, folder: Path, row: object, message: str) -> None:
    Path("a.jsonl").write_bytes(jsonl(row, {"article": None}, {"article": {"text": None}}))
    result = normalize("clean", "a.jsonl", "--field", "article.text")
    assert (result.code, result.out) == (1, Path("a.jsonl").read_bytes())
    assert message in result.err
    assert "3 in = 3 out + 0 rejected; 1 of them bad" in result.err


@pytest.mark.parametrize("name", ["a..b", "[]", "a[", "a[]b", "a]"])
def test_a_name_that_says_no_way_is_told(normalize: Command, folder: Path, name: str) -> None:
    if is_nested(name):
        with pytest.raises(DumpError, match="is no field inside a record"):
            steps(name)
        Path("a.jsonl").write_bytes(jsonl(ROW))
        assert "is no field inside a record" in normalize("clean", "a.jsonl", "--field", name).err


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from("abc"), JSON, max_size=3), st.sampled_from([None, 0, 2]), st.booleans())
def test_the_spans_of_any_object_are_its_texts(row: dict[str, object], indent: int | None, ascii: bool) -> None:
    raw = json.dumps(row, indent=indent, ensure_ascii=ascii).replace("\n", " ").encode("utf-8", "surrogatepass")
    codec = NestedJsonLines(Fields(("a.b", "c[]", "b[].a")))
    (record,) = codec.decode(Piece(1, 1, raw))
    if not record.error:
        found = [json.loads(raw[start:end]) for start, end in codec._spans.find(raw)]
        assert found == record.texts


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
@pytest.mark.parametrize(
    ("field", "hint"),
    [
        ("artikel.text", "(its fields: id, article.text, tags[]); did you mean 'article.text'?"),
        ("text", "(its fields: id, article.text, tags[])"),
        ("tag[]", "did you mean 'tags[]'?"),
    ],
)
def test_a_field_that_no_record_has_is_told_before_anything_is_written(
    normalize: Command, tmp_path: Path, name: str, field: str, hint: str
) -> None:
    (tmp_path / name).write_bytes(jsonl({"id": 1, "article": {"text": DIRTY}, "tags": ["a"]}))
    result = normalize("clean", tmp_path / name, "--field", field, "-o", tmp_path / "out.jsonl")
    assert result.code == 2
    assert f'has a field "{field}"' in result.err
    assert hint in result.err
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


def test_a_field_in_lists_that_are_empty_at_first_is_there(normalize: Command, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(jsonl({"items": []}, {"items": [{"text": DIRTY}]}))
    assert normalize("clean", tmp_path / "a.jsonl", "--field", "items[].text").code == 0
