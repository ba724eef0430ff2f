"""Lines, and where values stand in the JSON of one, by either implementation."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

keys = st.sampled_from(["text", "a", "", "é", 'q"', "b\\", "\ud800", "\n"])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text('{}[]":,\\ é', max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=6,
)


@given(st.lists(st.tuples(keys, values), max_size=5), st.booleans(), st.sampled_from(["", " ", "\t", "\r"]))
@example([("a", 1), ("a", 2)], True, "")
def test_the_same_spans_are_found(both, members, ascii_only, space):
    pairs = [json.dumps(key) + space + ":" + space + json.dumps(value, ensure_ascii=ascii_only) for key, value in members]
    line = ("{" + ",".join(space + pair + space for pair in pairs) + "}").encode("utf-8", "surrogatepass")
    fast, pure = both
    for wanted in ([], [key for key, _ in members], ["text"]):
        names = tuple(name.encode("utf-8", "surrogatepass") for name in wanted)
        if {*wanted} <= {key for key, _ in members}:
            found = fast.spans(line, names)
            assert found == pure.spans(line, names)
            assert [json.loads(line[start:end]) for start, end in found] == [dict(members)[key] for key in wanted]
        else:
            for primitives in both:
                with pytest.raises(KeyError):
                    primitives.spans(line, names)


@given(st.binary(max_size=40) | st.text('{}[]":,\\ a1\x00', max_size=40).map(str.encode))
def test_no_more_is_read_than_the_line(both, line):
    try:
        spans = both[0].spans(line, (b"a", b"", b"1"))
    except (KeyError, ValueError):
        return
    assert all(0 < start < end <= len(line) for start, end in spans)


@pytest.mark.parametrize("arguments", [("{}", ["a"]), (b"{}", ("a",)), (None, (b"a",)), (b"{}",)])
def test_other_arguments_are_refused(both, arguments):
    with pytest.raises(TypeError):
        both[0].spans(*arguments)
    for function in (both[0].has_style, both[0].split_lines, both[0].line_count):
        with pytest.raises(TypeError):
            function("text")


@given(st.text("\\u/a\n\x00", max_size=20).map(str.encode))
def test_lines_and_escapes_are_found(primitives, data):
    lines = data.split(b"\n")[: -1 if data.endswith(b"\n") or not data else None]
    assert primitives.split_lines(data) == lines
    assert primitives.line_count(data) == len(lines)
    assert primitives.has_style(data) == (b"\\u" in data or b"\\/" in data)
