"""JSON lines keep every byte outside the changed field, in whatever style their writer wrote them."""

from __future__ import annotations

import json

import pytest
from harness import CLEAN, DIRTY, Command
from hypothesis import given
from hypothesis import strategies as st

from normalize.dumps.formats.json_strings import STYLES, encode, members, style_of
from normalize.dumps.formats.jsonl import JsonLines
from normalize.dumps.record import Fields, Piece

any_text = st.text(st.characters(codec=None))  # lone surrogates too
plain_text = st.text()
spaces = st.sampled_from(["", " ", "  ", "\t", " \r"])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | plain_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(plain_text, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def objects(draw: st.DrawFn) -> tuple[list[bytes], int, str]:
    """A JSON object in parts, the index of the part that is the value of "text", and what that says."""
    keys = draw(st.lists(plain_text.filter(lambda key: key != "text"), max_size=4))
    place = draw(st.integers(0, len(keys)))
    keys.insert(place, "text")
    text = draw(any_text)
    parts = [b"{"]
    index = 0
    for i, key in enumerate(keys):
        ascii_only = draw(st.booleans())
        written = encode(text) if i == place else json.dumps(draw(values), ensure_ascii=ascii_only).encode()
        head = f"{draw(spaces)}{json.dumps(key, ensure_ascii=ascii_only)}{draw(spaces)}:{draw(spaces)}".encode()
        parts += [head, written, draw(spaces).encode() + b","]
        index = len(parts) - 2 if i == place else index
    parts[-1] = parts[-1].rstrip(b",") + b"}" + draw(spaces).encode().replace(b"\r", b"")
    return parts, index, text


@given(objects(), any_text)
def test_only_the_bytes_of_the_changed_field_change(made: tuple[list[bytes], int, str], new: str) -> None:
    parts, index, text = made
    line = b"".join(parts)
    codec, piece = JsonLines(Fields(("text",))), Piece(1, 1, line + b"\n")
    (record,) = codec.decode(piece)
    assert (record.error, record.texts) == ("", [text])
    record.cleaned = [new]
    changed = codec.rebuild(piece, [record])
    head, tail = b"".join(parts[:index]), b"".join(parts[index + 1 :]) + b"\n"
    assert changed.startswith(head)
    assert changed.endswith(tail)
    assert json.loads(changed[len(head) : len(changed) - len(tail)]) == new


@given(objects())
def test_an_unchanged_record_is_passed_through(made: tuple[list[bytes], int, str]) -> None:
    line = b"".join(made[0])
    codec, piece = JsonLines(Fields(("text",))), Piece(1, 1, line)
    assert codec.rebuild(piece, codec.decode(piece)) == line


@given(any_text, st.sampled_from(STYLES))
def test_every_style_says_the_text(text: str, style: str) -> None:
    assert json.loads(encode(text, style)) == text


@given(plain_text, st.sampled_from(STYLES))
def test_the_style_of_a_text_writes_it_again(text: str, style: str) -> None:
    written = encode(text, style)
    assert encode(text, style_of(b'{"text":' + written + b"}", written, text)) == written


@pytest.mark.parametrize(
    "line",
    [
        r'{"id":1,"text":"Harga\u00a0beras \u2013 naik \"lagi\"","url":"http://a.id/\u00e9"}',
        r'{"id":1,"text":"Harga\u00A0beras \u2013 naik","url":"\u00E9"}',
        r'{"id":1,"text":"Harga\u00a0beras 1\/2 naik","url":"http:\/\/a.id"}',
        '{"id":1,"text":"Harga\u00a0beras 1\\/2 – naik","url":"http:\\/\\/a.id"}',
        '{"text":"lain","text" : "Harga\u00a0beras naik","n":1e400,"m":-0.0,"big":123456789012345678901234567890}',
        '{"dalam":{"text":"Harga\u00a0beras"},"text":"Harga\u00a0beras naik"}',
        '{"judul":"\\"text\\": \\"Harga\u00a0beras naik\\"","text":"Harga\u00a0beras naik"}',
        '{"te\\u0078t":"Harga\u00a0beras naik", "dalam": [{"text": "Harga\u00a0beras"}]}',
        '{"text":"Harga\u00a0beras naik \\ud83d","nan":NaN}',
        '\ufeff{"text":"Harga\u00a0beras naik"}',
    ],
)
def test_odd_lines_change_in_the_field_only(normalize: Command, line: str) -> None:
    expected = line.replace(r"\u00a0", " ").replace(r"\u00A0", " ")
    inner = '{"text":"Harga\u00a0beras"}', '{"text": "Harga\u00a0beras"}', '\\"text\\": \\"Harga\u00a0beras naik\\"'
    kept = next((part for part in inner if part in line), None)
    expected = expected.replace("\u00a0", " ")
    if kept:
        expected = expected.replace(kept.replace("\u00a0", " "), kept)
    result = normalize("clean", "--input-format", "jsonl", "--id-field", "id", stdin=line.encode() + b"\n")
    assert result.out.decode() == expected + "\n"


def test_line_ends_and_empty_lines_stay(normalize: Command) -> None:
    lines = f'{{"text": "{DIRTY}"}}\r\n\r\n\n{{"text": "{DIRTY}"}}'.encode()
    result = normalize("clean", "--input-format", "jsonl", stdin=lines)
    assert result.out == lines.replace(DIRTY.encode(), CLEAN.encode())
    assert "2 in = 2 out" in result.err


def test_several_fields_are_cleaned(normalize: Command) -> None:
    line = f'{{"title": "{DIRTY}", "lead": "{DIRTY}", "text": "{DIRTY}"}}\n'.encode()
    result = normalize("clean", "--input-format", "jsonl", "--field", "text", "--field", "title", stdin=line)
    assert result.out == f'{{"title": "{CLEAN}", "lead": "{DIRTY}", "text": "{CLEAN}"}}\n'.encode()


def test_members_of_nested_values() -> None:
    raw = rb'{"a":{"x":[1,"}"]},"b":[[],{}],"c":"\\\"" , "d":-1.5e3}'
    assert [(key, raw[start:end]) for key, start, end in members(raw)] == [
        ("a", b'{"x":[1,"}"]}'),
        ("b", b"[[],{}]"),
        ("c", rb'"\\\""'),
        ("d", b"-1.5e3"),
    ]


@pytest.mark.parametrize("name", ['te"xt', "te\\xt", "te\nxt", "te\x1bxt", "", "é"])
def test_a_field_may_have_any_name(normalize: Command, name: str) -> None:
    lines = "".join(json.dumps({"id": 1, name: DIRTY}, ensure_ascii=a) + "\n" for a in (True, False)).encode()
    result = normalize("clean", "--input-format", "jsonl", "--field", name, stdin=lines)
    assert result.code == 0
    assert [json.loads(line)[name] for line in result.out.splitlines()] == [CLEAN, CLEAN]
