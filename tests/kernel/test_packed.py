"""Packed words: sets that are used where they lie."""

from __future__ import annotations

import subprocess
import sys
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize import kernel

some_words = st.lists(st.text("abcé", min_size=1, max_size=5), max_size=60)
texts = st.lists(
    st.sampled_from(["di", "ke", "Di", "abc", "aba", "cab", "bab", "Bab", "rumah", "yang", ",", "é"]), max_size=30
)
SEED = slice(8, 16)  # where a seed lies in what is packed


@given(some_words, some_words, some_words)
def test_packed_words_are_those_that_were_packed(primitives, words, but, asked):
    kept = [word for word in dict.fromkeys(words) if word not in but]
    table = primitives.Table(primitives.packed(words, but), array("I", range(len(kept))))
    assert list(table.items()) == list(zip(kept, range(len(kept)), strict=True))
    assert [table.get(word) for word in (*asked, *but)] == [dict(table).get(word) for word in (*asked, *but)]


@given(st.sampled_from([[], ["di", "ke"], ["ke", "di"]]), some_words, some_words, some_words, texts)
def test_words_are_the_same_packed_and_one_by_one(primitives, firsts, known, always, added, text):
    packed = primitives.packed(["di", "ke", *known], [])
    listed = [primitives.Words(firsts, words, always) for words in (["di", "ke", *known], packed)]
    data = " ".join((*text, *known, *added)).encode()
    for _ in range(2):
        assert listed[0].unknown_words(data) == listed[1].unknown_words(data)
        assert len(listed[0]) == len(listed[1])
        for words in listed:
            for word in added:
                words.add(word)


@pytest.mark.parametrize("count", [0, 5, 40_000])
def test_words_are_put_to_packed_ones(primitives, count):
    """Also so many that what tells strangers has to be made anew."""
    names = ["".join(chr(97 + number // 26**place % 26) for place in range(5)) for number in range(count + 20_000)]
    words = primitives.Words([], primitives.packed(names[:count], []), [])
    for name in names[count:]:
        words.add(name)
    assert len(words) == len(names)
    assert words.unknown_words(" ".join(names).encode()) == {}
    assert list(words.unknown_words(b"zzzzz zzzzy")) == ["zzzzz", "zzzzy"]


@given(some_words, st.binary(min_size=8, max_size=8))
def test_words_that_another_seed_packed_are_put_into_a_set_one_by_one(primitives, words, seed):
    packed = bytearray(primitives.packed(words, []))
    if packed.startswith(b"\xff"):  # compiled
        packed[SEED] = seed
    kept = list(dict.fromkeys(words))
    table = primitives.Table(bytes(packed), array("I", range(len(kept))))
    assert list(table) == kept
    assert all(word in table for word in words)


@given(st.data(), st.integers(0, 255))
def test_damaged_words_are_refused_or_others_and_nothing_is_read_outside_of_them(primitives, data, byte):
    """An index has a checksum; this is for those who write one on purpose. The sanitizers watch."""
    words = [f"{first}{second}a" for first in "abcdefg" for second in "hijklmn"]
    packed = bytearray(primitives.packed(words, []))
    packed[data.draw(st.integers(0, len(packed) - 1))] = byte
    del packed[data.draw(st.integers(0, 2 * len(packed))) :]
    try:
        known = primitives.Words([], bytes(packed), [])
        known.add("baru")
        known.unknown_words(" ".join(words).encode())
        list(primitives.Table(bytes(packed), array("I", range(len(words)))))
    except ValueError:  # UnicodeDecodeError is one
        pass


@pytest.mark.parametrize("seed", [b"", b"1234567", b"123456789"])
def test_a_seed_of_another_size_is_refused(primitives, seed):
    with pytest.raises(ValueError, match="8 bytes"):
        primitives.seed_hashes(seed)


def test_sets_that_are_there_keep_their_hashes(primitives):
    table = primitives.Table(b"satu\ndua", array("I", [1, 2]))
    primitives.seed_hashes(b"12345678")
    packed = primitives.packed(["tiga"], [])
    assert (table["dua"], list(primitives.Table(packed, array("I", [3])))) == (2, ["tiga"])


def test_an_index_that_one_process_packs_is_taken_by_another_as_it_lies():
    if not kernel.compiled:
        pytest.skip("there is nothing to be taken in Python")
    code = (
        "import sys; from normalize import kernel; print(kernel.seed_hashes(b'12345678'));"
        "sys.stdout.flush(); sys.stdout.buffer.write(kernel.packed(['satu', 'dua'], []))"
    )
    ways = [subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout for _ in range(2)]
    assert ways[0] == ways[1]
    assert ways[0].startswith(b"True\n\xff")
