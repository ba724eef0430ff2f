"""Words: what is not known in a text, and where."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

words = st.lists(st.text("abcXYZ", min_size=1, max_size=6), max_size=20)
data = st.text(st.sampled_from("abcXYZ .,-é“9\x00"), max_size=80).map(str.encode) | st.binary(max_size=80)


@given(words, words, words, words, data)
@example(["a"], [], [], [], b"a a b")
def test_the_same_is_unknown(both, firsts, known, always, added, text):
    always = sorted({*always} - {*firsts, *added})
    fast, pure = (primitives.Words(firsts, known, always) for primitives in both)
    for word in added:
        fast.add(word)
        pure.add(word)
    assert list(fast.unknown_words(text).items()) == list(pure.unknown_words(text).items())
    assert len(fast) == len(pure)


@given(st.lists(st.sampled_from(["a", "bb", "c", "di", "Bb", "é", " ", "  ", "-", "."]), max_size=40), words)
def test_the_same_stands_twice(both, pieces, known):
    text = " ".join(pieces).encode()
    fast, pure = (primitives.Words(["di"], ["a", "bb", "bb a bb a", *known], ["c"]) for primitives in both)
    assert list(fast.unknown_words(text).items()) == list(pure.unknown_words(text).items())


LENGTHS = [*range(1, 19), 63, 64, 65, 254, 255, 256]  # what is read 8, 16 or 64 bytes at a time, and the longest of a set


@given(
    st.lists(st.tuples(st.sampled_from(LENGTHS), st.sampled_from("ab"), st.sampled_from(" é.")), max_size=60),
    st.integers(0, 70),
)
def test_words_of_any_length_are_found_wherever_they_lie(both, found, ahead):
    text = "." * ahead + "".join(f"{letter * length}{end}" for length, letter, end in found)
    fast, pure = (primitives.Words(["aa"], ["a" * length for length in LENGTHS], ["aaaaa"]) for primitives in both)
    assert fast.unknown_words(text.encode()) == pure.unknown_words(text.encode())
    assert fast.unknown_words(text.rstrip(" é.").encode()) == pure.unknown_words(text.rstrip(" é.").encode())


def test_unknown_words_stand_at_their_offsets(primitives):
    known = primitives.Words(["di"], ["ia", "kota"], ["me", "KPu"])
    text = "é Budi, ia. Ia diKota di balai. Kota Bdui di balai, me KPu KPK Bdui"
    found = known.unknown_words(text.encode())
    assert found == {"Budi": [2], "di balai": [22, 42], "balai": [25, 45], "me": [52], "KPu": [55]}
    assert all(text[offset:].startswith(word) for word, offsets in found.items() for offset in offsets)
    known.add("di balai")
    known.add("balai")
    assert set(known.unknown_words(text.encode())) == {"Budi", "me", "KPu"}


def test_a_pair_may_begin_with_what_ends_one(primitives):
    found = primitives.Words(["di"], [], []).unknown_words(b"ia di di minta")
    assert found == {"di di": [3], "di minta": [6], "minta": [9]}


def test_two_and_three_words_that_stand_twice_are_found(primitives):
    known = primitives.Words([], "é aku dan kamu pergi Aku".split(), [])
    found = known.unknown_words("é aku dan aku dan kamu pergi aku kamu pergi aku".encode())
    assert found == {"aku dan aku dan": [2], "kamu pergi aku kamu pergi aku": [18]}
    assert known.unknown_words(b"Aku dan aku dan, aku  dan aku dan, aku dan aku dank") == {"dank": [47]}
    known.add("aku dan aku dan")
    assert known.unknown_words(b"aku dan aku dan") == {}


def test_a_word_too_long_for_a_set_stays_unknown(primitives):
    long = "a" * 300
    known = primitives.Words([], ["aku"], [])
    known.add(long)
    assert known.unknown_words(f"aku {long}".encode()) == {long: [4]}
    assert len(known) == 1
    known.add("b" * 255)
    assert known.unknown_words(b"b" * 255) == {}


@pytest.mark.parametrize("bad", [[b"bytes"], [None], 7])
def test_bad_arguments_are_refused(primitives, bad):
    with pytest.raises((TypeError, AttributeError)):
        primitives.Words([], bad, [])


def test_many_words_are_found_again(primitives):
    letters = [chr(97 + i) + chr(97 + j) + chr(97 + k) for i in range(26) for j in range(26) for k in range(26)]
    known = primitives.Words([], letters[::2], [])
    for word in letters[1::4]:
        known.add(word)
    assert [*known.unknown_words(" ".join(letters).encode())] == letters[3::4]
    assert len(known) == len(letters) * 3 // 4


def test_words_made_to_share_a_hash_of_a_fixed_base_take_no_longer(both):
    """Two blocks that a polynomial of base 16777619 confuses make 2**12 words of one hash of it."""
    import itertools
    import time

    blocks = ("qmzhgvmb", "sbfrlqtn")
    forged = ["".join(word) for word in itertools.product(blocks, repeat=11)]
    plain = ["".join(chr(97 + (i * 7919 + j * 104729) % 26) for j in range(88)) + str(i) for i in range(2048)]
    times = []
    for words in (forged, plain):
        begun = time.process_time()
        both[0].Words([], words, []).unknown_words(" ".join(words).encode())
        times.append(time.process_time() - begun)
    assert times[0] < 5 * times[1] + 0.05


def test_what_was_given_is_told_from_what_was_added(primitives):
    known = primitives.Words(["di"], ["ia"], ["me"])
    known.add("kota")
    assert [known.was_given(word) for word in ("di", "ia", "me", "kota", "a" * 300)] == [True, True, True, False, False]
