"""Literals: which groups of byte strings occur in a text."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

few_bytes = st.lists(st.sampled_from([b"a", b"b", b",", b"\n", b"\xc3"]), min_size=1, max_size=4).map(b"".join)


rows = st.lists(few_bytes, min_size=1, max_size=3).map(tuple)


@given(
    st.lists(st.lists(few_bytes | rows, max_size=12).map(tuple), max_size=6), st.lists(few_bytes, max_size=40).map(b"".join)
)
@example([(b"\n,",), (b"aa,",)], b",")
@example([((b"ab", b",", b"\n"), (b"b", b"-]^a"))], b"-b-")
@example([(b"aba",), (b"a,b", b"b,b", b"a,a", b"b,a")], b"abababab" * 9 + b",b")
def test_the_same_is_found(both, groups, text):
    fast, pure = (primitives.Literals(groups) for primitives in both)
    assert fast.found(text) == pure.found(text)
    assert fast.found(text, b"\1" * len(groups)) == b"\1" * len(groups)


@pytest.mark.parametrize("length", range(70))
def test_a_literal_is_found_wherever_it_stands(primitives, length):
    finder = primitives.Literals([(b"abcdef", b"xx"), (b"z",)])
    for place in range(length):
        assert finder.found(b"." * place + b"abcdef" + b"." * (length - place)) == bytes([1, 0])
        assert finder.found(b"." * place + b"z" + b"." * (length - place)) == bytes([0, 1])


def test_a_text_begins_and_ends_as_a_line_does(primitives):
    found = primitives.Literals([(b"\n,",), (b"a\n",)]).found
    assert [found(b",a"), found(b"a,"), found(b"a\n"), found(b"")] == [b"\1\1", b"\0\0", b"\0\1", b"\0\0"]


def test_what_was_found_in_one_text_is_not_found_in_the_next(primitives):
    found = primitives.Literals([(b"a",)]).found
    assert [found(b"a"), found(b"b"), bytes([0])] == [b"\1", b"\0", b"\0"]


def test_sets_side_by_side_stand_for_all_that_one_of_each_makes(primitives):
    found = primitives.Literals([((b"ab", b"xy"), b"zz"), ((b"c",),)]).found
    assert [found(pair) for pair in (b"ax", b"ay", b"bx", b"by", b"zz")] == [b"\1\0"] * 5
    assert [found(pair) for pair in (b"ab", b"xa", b"az", b"", b"c")] == [b"\0\0"] * 4 + [b"\0\1"]


def test_literals_inside_and_across_each_other_are_all_found(primitives):
    groups = [(b"abc",), (b"b",), (b"bc", b"zz"), (), (b"cab",)]
    assert primitives.Literals(groups).found(b"abcab") == bytes([1, 1, 1, 1, 1])
    assert primitives.Literals(groups).found(b"zz") == bytes([0, 0, 1, 1, 0])


@pytest.mark.parametrize("bad", [[b""], [(b"",)], [None], [("a", 1)], [((b"",),)], [((),)], [((b"a",) * 33,)]])
def test_what_is_no_group_is_refused(primitives, bad):
    with pytest.raises((TypeError, ValueError)):
        primitives.Literals(bad)


def test_a_byte_for_each_group_is_wanted(primitives):
    with pytest.raises(ValueError):  # noqa: PT011 (in the words of zip, or of the kernel)
        primitives.Literals([(b"a",)]).found(b"a", b"\1\1")


@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited by rlimit")
@pytest.mark.skipif("asan" in os.environ.get("LD_PRELOAD", ""), reason="the address sanitizer takes terabytes of addresses")
def test_more_states_than_memory_can_hold_are_refused():
    """In a process of its own, with half a GB: the longer the run of one letter, the more patterns have begun."""
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29))\n"
        "from normalize import kernel\n"
        "found = kernel.Literals([(b'a' * 20_000,), (b'b',)]).found\n"
        "try: found(b'a' * 30_000)\n"
        "except MemoryError: print('refused', found(b'ba'))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "refused b'\\x00\\x01'\n"


@given(
    st.lists(st.lists(st.binary(min_size=1, max_size=3), min_size=1, max_size=4).map(tuple), min_size=1, max_size=40),
    st.data(),
)
def test_the_same_is_found_in_one_text_after_another(both, patterns, data):
    """By one automaton, which each text makes larger."""
    groups = [(pattern,) for pattern in patterns]
    fast, pure = (primitives.Literals(groups) for primitives in both)
    for _ in range(5):
        text = data.draw(st.lists(st.binary(max_size=9), max_size=12).map(b"".join))
        assert fast.found(text) == pure.found(text)
