"""Pairs: counts of words side by side; and the prefilter of slips that they make."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from normalize import kernel
from normalize.lexicon import load
from normalize.spelling.corrector import Corrector
from normalize.spelling.features import MOST_IN_TEXT
from normalize.spelling.place import elsewhere

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
_SLIPS += ("perusahan", "mesti", "kedongdong", "Gethuk", "menganggu", "e" * 70, "yang yang")
_BESIDE = (
    *("ia", "orang-", "-orang", "di", "Budi", "2024", "resiko", "“", "é", "\xa0", ".", ",", "(", "yg", "hal", "t"),
    *("x" * 70, "\ud800", "kafé", "éa", "①"),
)


class _Sure:
    """A prefilter that lets nothing pass by."""

    def may_be_slip(self, text, offsets, needed):
        return True

    def means_one_of(self, words):
        return None


def _correctors(least):
    """One that passes by what the kernel says is no slip, and one that weighs every offset."""
    passing, asking = (Corrector(load(), least) for _ in range(2))
    may_be_slip = asking.decision.may_be_slip
    asking.decision.__dict__["slip_search"] = kernel.definitions["SlipSearch"]()
    asking.memo._sifter = kernel.definitions["Suspects"](asking.memo.known), 0.0
    asking.decision.prefilter = lambda typed, least: _Sure() if may_be_slip(typed, least) else None
    return passing, asking


@pytest.fixture(scope="module")
def correctors(both):
    return _correctors(0.5), _correctors(0.99)


@given(st.lists(st.sampled_from(_SLIPS) | st.sampled_from(_BESIDE), max_size=8), st.sampled_from((" ", " ", "", "\n")))
@example(["dih", "adapan"], " ")
@example(["informasid", "an"], " ")
@example(["ia", "t", "ertulis", "di"], " ")
def test_what_is_passed_by_would_not_have_been_a_slip(correctors, pieces, gap):
    text = gap.join(pieces)
    data = text.encode("utf-8", "surrogatepass")
    for passing, asking in correctors:
        assert passing.corrections(text, data) == asking.corrections(text, data)


_UNUSED = next(word for word, count in load().words.items() if not count)  # right, but never seen in the counted corpus


@pytest.mark.parametrize("typed", ["tidka", "sebagi", "memilik", "mengtakan", "tahn"])
@pytest.mark.parametrize("left", ["ia", "Budi", "2024", ".", "zvixqi", _UNUSED, "gethuk", "tidak", "“"])
@pytest.mark.parametrize("right", ["hal", "2024", ",", "zvixqi", _UNUSED, "ini", "é"])
def test_an_offset_is_weighed_as_it_is_weighed_later(correctors, typed, left, right):
    corrector, text, offset = correctors[0][0], f"{left} {typed} {right}", len(left) + 1
    (here, _), *_ = corrector.words_in_context(text, typed, [offset])
    meant = tuple(candidate.meant for candidate in corrector.decision.candidates(typed))
    here = here._replace(in_text=elsewhere(text, meant, MOST_IN_TEXT), size=len(text))
    weighed = corrector.decision.likeliest(here)
    assert weighed is not None
    assert weighed.features
    logit = sum(weight * feature for weight, feature in zip(corrector.decision.weights, weighed.features, strict=True))
    prefilter = corrector.decision.prefilter(typed, 0.5)
    assert prefilter.may_be_slip(text, [offset], logit)
    assert prefilter.may_be_slip(text, [offset], logit + 1e-3) is (not right.isascii())


@pytest.mark.parametrize("offsets", [[-1], [4], [2**70], ["1"], (0,)])
def test_offsets_outside_a_text_are_refused(correctors, offsets):
    prefilter = correctors[0][0].decision.prefilter("tidka", 0.5)
    with pytest.raises((ValueError, TypeError, OverflowError)):
        prefilter.may_be_slip("ia tidka", offsets, 0.0)


def test_a_prefilter_tells_what_may_be_meant(both):
    weights, pairs = (1.0,) * 16, pairs_of(both[0], ["a"], {"a": 1}, [0, 1], [0], [2])
    made = pairs.prefilter("x", (("a", 1.0, 1.0, 1.0, True), ("bc", 1.0, 1.0, 1.0, False)), True, weights, 3)
    assert made.means_one_of({"bc", "é"}) is True
    assert made.means_one_of({"ab"}) is False
    for meant in ("é", "a" * 40, "Ab"):
        made = pairs.prefilter("x", (("a", 1.0, 1.0, 1.0, True), (meant, 1.0, 1.0, 1.0, True)), True, weights, 3)
        assert made.means_one_of({"a"}) is None
    with pytest.raises(TypeError):
        made.means_one_of(["a"])


def test_what_is_no_candidate_is_refused(both):
    pairs = pairs_of(both[0], ["a"], {"a": 1}, [0, 1], [0], [2])
    weights = (1.0,) * 16
    pairs.prefilter("a", (("a", 1.0, 1.0, 1.0, True),), True, weights, 3)
    for bad in ((("a", 1.0),), (None,), ((None, 1.0, 1.0, 1.0, True),), (("a", "x", 1.0, 1.0, True),)):
        with pytest.raises(TypeError):
            pairs.prefilter("a", bad, True, weights, 3)
    for word in ("é", "a" * 65):
        with pytest.raises(ValueError, match="word"):
            pairs.prefilter(word, (), True, weights, 3)


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
