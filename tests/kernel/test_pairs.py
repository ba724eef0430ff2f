"""Pairs: counts of words side by side; and slips, which are weighed by them."""

from __future__ import annotations

import json
from array import array
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from normalize import kernel
from normalize.lexicon import load
from normalize.spelling.corrector import Corrector

pair_words = st.sampled_from(["a", "b", "ab", "é", "#", "."])
times = st.integers(1, 9) | st.sampled_from([254, 255, 256, 2**32 - 1])


def tables(*lists):
    return [memoryview(array("I", numbers)) for numbers in lists]


def packed(starts, rights, times):
    """The tables of Pairs, of right words and of how often each pair stood."""
    often = [number for place, n in enumerate(times) if n >= kernel.OFTEN for number in (place, n)]
    return tables(starts, [right << 8 | min(n, kernel.OFTEN) for right, n in zip(rights, times, strict=True)], often)


def pairs_of(primitives, words, counts, *lists, unlike=()):
    words = [*words, *(word for word in counts if word not in words)]
    return primitives.Pairs(words, [counts.get(word, -1.0) for word in words], 100.0, 0.5, *packed(*lists), unlike, ".", "#")


@given(st.data(), st.dictionaries(st.tuples(pair_words, pair_words), times, max_size=20))
def test_pairs_are_counted_the_same(both, data, counted):
    paired = sorted({word for pair in counted for word in pair})
    number = {word: i for i, word in enumerate(paired)}
    rows = sorted((number[left], number[right], n) for (left, right), n in counted.items())
    starts = [sum(left < i for left, _, _ in rows) for i in range(len(paired) + 1)]
    names = [*paired, "x", "y"]
    counts = {name: data.draw(st.integers(0, 50)) for name in (*names[1:], "z")}
    lists = starts, [right for _, right, _ in rows], [n for _, _, n in rows]
    fast, pure = (pairs_of(primitives, names, counts, *lists) for primitives in both)
    asked = [*names, "z", "", "absent", "\ud800", "long" * 100]
    for left in asked:
        assert fast.uses(left) == pure.uses(left)
        for right in asked:
            assert fast.count(left, right) == pure.count(left, right) == counted.get((left, right), 0)
            assert fast.pmi(asked, left, right) == pure.pmi(asked, left, right)
            for least in (-1, 0, 2):
                assert fast.splits(left + right, least) == pure.splits(left + right, least)


def test_tables_that_do_not_belong_together_are_refused(primitives):
    for starts, words in (([0, 2], ["a"]), ([0, 1], []), ([], ["a"])):
        with pytest.raises(ValueError, match="belong together"):
            primitives.Pairs(words, [1.0] * len(words), 100.0, 0.5, *tables(starts, [2], []), (), ".", "#")
    with pytest.raises(ValueError):  # noqa: PT011 (of zip, in the definition)
        primitives.Pairs(["a"], [1.0], 100.0, 0.5, *tables([0, 1], [255], [0]), (), ".", "#")


def test_tables_that_are_out_of_order_or_step_are_refused(both):
    with pytest.raises(ValueError, match="order"):
        pairs_of(both[0], ["a", "b"], {}, [1, 0, 1], [0], [0])
    odd = memoryview(bytes(9))[1:]
    with pytest.raises(ValueError, match="32-bit"):
        both[0].Pairs(["a"], [0.0], 1.0, 0.5, odd, *tables([], []), [], ".", "#")


@pytest.mark.parametrize("counts", [["1"], [None], [], [1.0, 2.0], None, memoryview(array("f", [1.0]))])
def test_what_are_no_counts_of_the_words_is_refused(both, counts):
    with pytest.raises((TypeError, ValueError)):
        both[0].Pairs(["a"], counts, 100.0, 0.5, *packed([0, 1], [0], [2]), (), ".", "#")


# Slips, glued words and what looks like them; beside them words, names, marks, numbers, other scripts, words that are not
# standard, pieces of words.
_SLIPS = ("mengtakan", "tidka", "oarng", "dih", "adapan", "an", "tahn", "pelabuan", "berjalang", "sala", "gethuk", "hadapa")
_SLIPS += ("Mengtakan", "padahari", "dirumah", "ramairamai", "pemimpinmengumumkan", "Budimengatakan", "Zvixqi", "zvixqi")
_SLIPS += ("Tidka", "sekrang", "berlakuk", "kecilb", "emerintah", "terjangkiti", "sudahh", "trnyata", "informasid")
_SLIPS += ("perusahan", "mesti", "kedongdong", "Gethuk", "menganggu", "e" * 70, "yang yang")
_BESIDE = (
    *("ia", "orang-", "-orang", "di", "Budi", "2024", "resiko", "“", "é", "\xa0", ".", ",", "(", "yg", "hal", "t"),
    *(
        "tidak",
        "Sekarang",
        "pemerintah",
        "tdk",
        "grace",
        "period",
        "the",
        "of",
        "sumatrae",
        "Drs.",
        ")",
        "\n",
        "-",
        "@",
        "'",
    ),
    *("x" * 70, "\ud800", "kafé", "éa", "①"),
)


def _correctors(least):
    """One that goes by what the kernel says of slips, and one that weighs every offset in Python."""
    passing, asking = (Corrector(load(), least) for _ in range(2))
    asking.decision.__dict__["slip_search"] = kernel.definitions["SlipSearch"]()
    asking.memo._sifter = kernel.definitions["Suspects"](asking.memo.known)
    return passing, asking


@pytest.fixture(scope="module")
def correctors(both):
    return _correctors(0.5), _correctors(0.99)


@given(st.lists(st.sampled_from(_SLIPS) | st.sampled_from(_BESIDE), max_size=12), st.sampled_from((" ", " ", "", "\n")))
@example(["dih", "adapan"], " ")
@example(["informasid", "an"], " ")
@example(["ia", "t", "ertulis", "di"], " ")
def test_what_is_passed_by_would_not_have_been_a_slip(correctors, pieces, gap):
    text = gap.join(pieces)
    data = text.encode("utf-8", "surrogatepass")
    for passing, asking in correctors:
        assert passing.corrections(text, data) == asking.corrections(text, data)


def test_slips_in_texts_are_the_same(correctors):
    """Sentences of the cases, one by one and together: then words stand elsewhere, and slips near to others."""
    folder = Path(__file__).parents[1] / "cases"
    lines = "".join((folder / f"{name}.jsonl").read_text("utf-8") for name in ("wild", "negative", "synthetic")).splitlines()
    texts = [json.loads(line)["text"] for line in lines[::3]]
    for text in (*texts, *(" ".join(texts[start : start + 25]) for start in range(0, len(texts), 25))):
        data = text.encode("utf-8", "surrogatepass")
        for passing, asking in correctors:
            assert passing.corrections(text, data) == asking.corrections(text, data)


def test_what_changes_while_it_is_read_is_read_within_its_bounds(both):
    class Rude:
        def __float__(self):
            counts.clear()
            return 1.0

    counts = [Rude(), Rude()]
    pairs = both[0].Pairs(["a", "b"], counts, 100.0, 0.5, *packed([0, 1], [0], [2]), (), ".", "#")
    assert (counts, pairs.uses("b")) == ([], 1.0)


def test_tables_that_are_changed_later_are_read_within_their_bounds(both):
    starts, rights, often = packed([0, 1, 1], [0], [300])
    pairs = both[0].Pairs(["a", "b"], [1.0, -1.0], 100.0, 0.5, starts, rights, often, (), ".", "#")
    assert pairs.count("a", "a") == 300
    often[0] = 7
    assert pairs.count("a", "a") == kernel.OFTEN
    starts[0], starts[1] = 2**31, 2**32 - 1
    assert pairs.count("a", "a") == 0
