"""The compiled primitives do what the pure ones do, and the engine gives the same edits over either."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from array import array
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from normalize import kernel
from normalize.lexicon import load
from normalize.spelling.corrector import Corrector, surroundings

compiled = pytest.mark.skipif(not kernel.compiled, reason="the package was built without a C compiler")
words = st.lists(st.text("abcXYZ", min_size=1, max_size=6), max_size=20)
pair_words = st.sampled_from(["a", "b", "ab", "é", "#", "."])
data = st.text(st.sampled_from("abcXYZ .,-é“9\x00"), max_size=80).map(str.encode) | st.binary(max_size=80)


@compiled
@given(words, words, words, words, data)
def test_suspects_are_the_same(
    firsts: list[str], known: list[str], always: list[str], added: list[str], text: bytes
) -> None:
    always = sorted({*always} - {*firsts, *known, *added})
    fast, pure = kernel.words(firsts, known, always), kernel.PureWords(firsts, known, always)
    for word in added:
        fast.add(word)
        pure.add(word)
    assert list(fast.suspects(text).items()) == list(pure.suspects(text).items())
    assert len(fast) == len(pure)


@pytest.mark.parametrize("make", [kernel.PureWords, pytest.param(kernel.words, marks=compiled)])
def test_suspects_stand_where_they_stand(make: Callable[..., kernel.Words]) -> None:
    known = make(["di"], ["ia", "kota"], ["me", "KPu"])
    text = "é Budi, ia. Ia diKota di balai. Kota Bdui di balai, me KPu KPK Bdui"
    found = known.suspects(text.encode())
    assert found == {"Budi": [2], "di balai": [22, 42], "balai": [25, 45], "me": [52], "KPu": [55]}
    assert all(text[place:].startswith(word) for word, places in found.items() for place in places)
    known.add("di balai")
    known.add("balai")
    assert set(known.suspects(text.encode())) == {"Budi", "me", "KPu"}


@compiled
@given(st.data(), st.dictionaries(st.tuples(pair_words, pair_words), st.integers(1, 9), max_size=20))
def test_pairs_are_counted_the_same(data: st.DataObject, counted: dict[tuple[str, str], int]) -> None:
    paired = sorted({word for pair in counted for word in pair})
    number = {word: i for i, word in enumerate(paired)}
    rows = sorted((number[left], number[right], n) for (left, right), n in counted.items())
    starts = [sum(left < i for left, _, _ in rows) for i in range(len(paired) + 1)]
    tables = [memoryview(array("I", table)) for table in (starts, [r for _, r, _ in rows], [n for _, _, n in rows])]
    names = [*paired, "x", "y"]
    uses = {name: data.draw(st.integers(0, 50)) for name in (*names[1:], "z", "long" * 100)}
    fast, pure = kernel.pairs(names, uses, 100.0, 0.5, *tables, []), kernel.PurePairs(names, uses, 100.0, 0.5, *tables)
    asked = [*names, "z", "", "absent"]
    for left in asked:
        for right in asked:
            assert fast.count(left, right) == pure.count(left, right) == counted.get((left, right), 0)
            assert fast.fits(asked, left, right) == pure.fits(asked, left, right)
            assert fast.cuts(left + right, 2) == pure.cuts(left + right, 2)


@compiled
def test_tables_of_pairs_that_do_not_belong_together_are_refused() -> None:
    starts, one, two = (memoryview(array("I", table)) for table in ([0, 1], [0], [0, 0]))
    with pytest.raises(ValueError, match="belong together"):
        kernel.pairs(["a"], {"a": 1}, 1.0, 0.5, starts, two, one, [])
    with pytest.raises(ValueError, match="belong together"):
        kernel.pairs([], {}, 1.0, 0.5, starts, one, one, [])


@compiled
@pytest.mark.parametrize("uses", [{"a": "1"}, {"a": None}, {b"a": 1}, {"\ud800": 1}, ["a"]])
def test_uses_that_are_no_counts_of_words_are_refused(uses: object) -> None:
    tables = [memoryview(array("I", table)) for table in ([0, 1], [0], [2])]
    with pytest.raises((TypeError, UnicodeEncodeError)):
        kernel.pairs(["a"], uses, 1.0, 0.5, *tables, [])  # type: ignore[arg-type]


few_bytes = st.lists(st.sampled_from([b"a", b"b", b",", b"\n", b"\xc3"]), min_size=1, max_size=4).map(b"".join)


@compiled
@given(st.lists(st.lists(few_bytes, max_size=12).map(tuple), max_size=6), st.lists(few_bytes, max_size=40).map(b"".join))
@example([(b"\n,",), (b"aa,",)], b",")
@example([(b"aba",), (b"a,b", b"b,b", b"a,a", b"b,a")], b"abababab" * 9 + b",b")
def test_literals_are_found_the_same(groups: list[tuple[bytes, ...]], text: bytes) -> None:
    assert kernel.literals(groups).found(text) == kernel.PureLiterals(groups).found(text)


@compiled
@pytest.mark.parametrize("length", range(70))
def test_a_literal_is_found_wherever_it_stands(length: int) -> None:
    fast = kernel.literals([(b"abcdef", b"xx"), (b"z",)])
    for place in range(length):
        assert fast.found(b"." * place + b"abcdef" + b"." * (length - place)) == bytes([1, 0])
        assert fast.found(b"." * place + b"z" + b"." * (length - place)) == bytes([0, 1])


def test_a_text_begins_as_a_line_does() -> None:
    for make in (kernel.literals, kernel.PureLiterals):
        found = make([(b"\n,",), (b"a\n",)]).found
        assert [found(b",a"), found(b"a,"), found(b"a\n"), found(b"")] == [b"\1\0", b"\0\0", b"\0\1", b"\0\0"]


def test_what_was_found_in_one_text_is_not_found_in_the_next() -> None:
    found = kernel.literals([(b"a",)]).found
    assert [found(b"a"), found(b"b"), bytes([0])] == [b"\1", b"\0", b"\0"]


@compiled
@given(st.text(st.sampled_from("abcAB09 ,.),.\n\x00\x7f\x80\xa0é“\ud800😀"), max_size=40) | st.text(max_size=20))
def test_runs_and_joints_are_the_same(text: str) -> None:
    fast = list(kernel.marks(text).items()), kernel.joints(text), list(kernel.beyond_ascii(text).items())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernel, "compiled", None)
        assert fast == (list(kernel.marks(text).items()), kernel.joints(text), list(kernel.beyond_ascii(text).items()))


def test_runs_stand_where_they_stand() -> None:
    text = "é ada . , “Ia, 9.,Kota”. Gula2Pasir,Ia ,"
    assert kernel.beyond_ascii(text) == {"é": [0], "“": [10], "”": [22]}
    assert kernel.marks(text) == {"aa . , “A": [5], " 0.,Aa": [16], "Aa ,\0\0": [38]}
    assert kernel.joints(text) == [30]
    assert kernel.marks("é ada.,") == {"aa.,\0\0": [5]}  # a text of Latin letters, a run among ASCII


@compiled
def test_literals_inside_and_across_each_other_are_all_found() -> None:
    groups = [(b"abc",), (b"b",), (b"bc", b"zz"), (), (b"cab",)]
    assert kernel.literals(groups).found(b"abcab") == bytes([1, 1, 1, 1, 1])
    assert kernel.literals(groups).found(b"zz") == bytes([0, 0, 1, 1, 0])


charsets = st.text("ab1/(\xa0ÿ", min_size=1, max_size=3)
shapes = st.builds(
    kernel.Shape, charsets, st.lists(charsets, max_size=2).map(tuple), st.lists(charsets, max_size=2).map(tuple)
)
looked_through = st.text(st.sampled_from("ab1/(\xa0ÿ \x00Ā“\ud800\U0001f600"), max_size=60)


@compiled
@given(st.lists(st.lists(shapes, max_size=4).map(tuple), max_size=4), looked_through)
def test_places_are_found_the_same(groups: list[tuple[kernel.Shape, ...]], text: str) -> None:
    fast, pure = kernel.places(groups).found(text), kernel.PurePlaces(groups).found(text)
    assert list(map(list, fast)) == list(map(list, pure))


@pytest.mark.parametrize("make", [kernel.PurePlaces, pytest.param(kernel.places, marks=compiled)])
def test_places_are_where_the_shapes_are(make: Callable[..., kernel.Places]) -> None:
    digits = "0123456789"
    places = make(
        [
            (kernel.Shape("("), kernel.Shape("(", after=(digits,))),
            (kernel.Shape("/", before=(" ", digits), after=(digits,)), kernel.Shape("/", before=(" ", digits, digits))),
            (),
            (kernel.Shape("d", ("e",), ("o",)),),
        ]
    )
    for around in ("é", "Ā", "\ud800", "\U0001f600"):  # a text of each width
        text = f"(1) {around} 1/2/34 ({around} 12/edo 1/"
        found = places.found(text)
        assert list(map(list, found)) == [[0, 13], [7, 18], [], [20]]
        assert [list(map(text.__getitem__, group)) for group in found] == [["(", "("], ["/", "/"], [], ["d"]]
    assert list(map(list, places.found(""))) == [[], [], [], []]


@compiled
@pytest.mark.parametrize(
    "bad", [[("(",)], [(("(", (), ""),)], [(("", (), ()),)], [(("Ā", (), ()),)], [(("a", ("",), ()),)], [[]]]
)
def test_shapes_that_are_none_are_refused(bad: list[tuple[kernel.Shape, ...]]) -> None:
    with pytest.raises((TypeError, ValueError)):
        kernel.places(bad)


@compiled
def test_more_shapes_than_the_kernel_can_hold_are_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        kernel.places([(kernel.Shape("a"),)] * 65)
    with pytest.raises(TypeError):
        kernel.places([(kernel.Shape("a"),)] * 64).found(b"a")  # type: ignore[arg-type]


@compiled
def test_a_word_too_long_for_the_kernel_stays_a_suspect() -> None:
    long = "a" * 300
    known = kernel.words([], ["aku"], [])
    known.add(long)
    assert known.suspects(f"aku {long}".encode()) == {long: [4]}


@compiled
@pytest.mark.parametrize("bad", [[b"bytes"], [None], 7])
def test_bad_arguments_are_refused(bad: object) -> None:
    with pytest.raises(TypeError):
        kernel.words([], bad, [])  # type: ignore[arg-type]


SENTENCES = [
    "Ia mengtakan hal itu dirumah neneknya, Kamis (24/10). /2024).",
    "Pemerntah menunjkkan kepeduliaan terhadp wisatwan di kawasn pantai.",
    "TRIBUNNEVS.COM - Presdien menerma tamu negra di Istna Merdeka, Jakrta.",
    "Perkembngan teknolgi mempengruhi kehidpan masyarkat sehari-hari.",
    "Kata Yunita, gak usah buru-buru; nanti juga beres sendiri.",
]


@compiled
def test_the_engine_makes_the_same_edits_without_the_kernel() -> None:
    code = (
        "import json, sys, normalize; from normalize import kernel; "
        "print(json.dumps([bool(kernel.compiled)] + [normalize.explain(s).edits for s in json.load(sys.stdin)]))"
    )

    def edits(pure: str) -> list[object]:
        environment = {**os.environ, "NORMALIZE_PURE": pure}
        ran = subprocess.run(
            [sys.executable, "-c", code],
            input=json.dumps(SENTENCES),
            capture_output=True,
            text=True,
            check=True,
            env=environment,
        )
        return json.loads(ran.stdout)

    fast, pure = edits(""), edits("1")
    assert (fast[0], pure[0]) == (True, False)
    assert fast[1:] == pure[1:]
    assert sum(map(len, fast[1:])) > 8  # type: ignore[arg-type]


@compiled
def test_what_is_near_is_the_same_over_the_kernel_and_over_symspell(monkeypatch: pytest.MonkeyPatch) -> None:
    from normalize.spelling.decision import SlipDecision

    lexicon = load()
    fast = SlipDecision(lexicon)
    monkeypatch.setattr(kernel, "compiled", None)
    pure = SlipDecision(lexicon)
    typed = [*list(lexicon.unverified)[::23], "mengtakan", "ynag", "a", "dna", "x" * 70]
    for word in typed:
        assert fast.search.nearest(word) == pure.search.nearest(word)
        for a, b in zip(fast.candidates(word), pure.candidates(word), strict=True):
            assert a.meant == b.meant
            assert a.pair_features + a.word_features == pytest.approx(b.pair_features + b.word_features, abs=1e-9)


@given(st.text(st.sampled_from(",.a é“\ud800\U0001f600"), max_size=60))
def test_commas_and_stops_are_counted(text: str) -> None:
    assert kernel.commas_and_stops(text) == (text.count(","), text.count("."))


# Slips and what looks like them, beside words, names, marks, numbers, other scripts, non-standard words, pieces of words.
_SLIPS = ("mengtakan", "tidka", "oarng", "dih", "adapan", "an", "tahn", "pelabuan", "berjalang", "sala", "gethuk", "hadapa")
_BESIDE = (
    "ia",
    "orang-",
    "-orang",
    "di",
    "Budi",
    "2024",
    "resiko",
    "“",
    "é",
    "\xa0",
    ".",
    ",",
    "(",
    "yg",
    "hal",
    "t",
    "x" * 70,
    "\ud800",
)


@compiled
@given(st.lists(st.sampled_from(_SLIPS) | st.sampled_from(_BESIDE), max_size=8), st.sampled_from((" ", " ", "", "\n")))
@example(["dih", "adapan"], " ")
@example(["informasid", "an"], " ")
@example(["ia", "t", "ertulis", "di"], " ")
def test_what_is_passed_by_would_not_have_been_a_slip(pieces: list[str], gap: str) -> None:
    text = gap.join(pieces)
    data = text.encode("utf-8", "surrogatepass")
    for passing, asking in _CORRECTORS:
        assert passing.corrections(text, data) == asking.corrections(text, data)


def _correctors(least: float) -> tuple[Corrector, Corrector]:
    """One that passes by what the kernel tells is no slip, and one that weighs every place."""
    passing, asking = (Corrector(load(), least) for _ in range(2))
    asking.decision.prefilter = lambda typed: kernel.PureProspect()  # type: ignore[method-assign]
    return passing, asking


_CORRECTORS = _correctors(0.5), _correctors(0.99)


_UNUSED = next(word for word, uses in load().words.items() if not uses)  # right, but never seen in the counted corpus


@compiled
@pytest.mark.parametrize("typed", ["tidka", "sebagi", "memilik", "mengtakan", "tahn"])
@pytest.mark.parametrize("left", ["ia", "Budi", "2024", ".", "zvixqi", _UNUSED, "gethuk", "tidak", "“"])
@pytest.mark.parametrize("right", ["hal", "2024", ",", "zvixqi", _UNUSED, "ini", "é"])
def test_the_kernel_weighs_a_place_as_it_is_weighed_later(typed: str, left: str, right: str) -> None:
    corrector, text, place = _CORRECTORS[0][0], f"{left} {typed} {right}", len(left) + 1
    (here, _), *_ = corrector.words_in_context(text, typed, [place])
    weighed = corrector.decision.likeliest(here)
    assert weighed is not None
    assert weighed.features
    logit = sum(weight * feature for weight, feature in zip(corrector.decision.weights, weighed.features, strict=True))
    prospect = corrector.decision.prefilter(typed)
    assert prospect.promising(text, [place], logit)
    assert prospect.promising(text, [place], logit + 1e-3) is (not right.isascii())


@compiled
@pytest.mark.parametrize("places", [[-1], [4], [2**70], ["1"], (0,)])
def test_places_outside_a_text_are_refused(places: object) -> None:
    prospect = _CORRECTORS[0][0].decision.prefilter("tidka")
    with pytest.raises((ValueError, TypeError, OverflowError)):
        prospect.promising("ia tidka", places, 0.0)  # type: ignore[arg-type]


@compiled
@given(
    st.data(),
    st.lists(
        st.sampled_from(["yg", "tdk", "dtg", "ia", "Budi", "é", "ßa", "9a", "a_b", "bcdfgh", "km.", "tv@", "zvixqi"]),
        max_size=40,
    ),
)
@example(None, ["yg"] * 900)
def test_company_is_told_the_same(data: st.DataObject | None, pieces: list[str]) -> None:
    text = " ".join(pieces) + " "
    start = data.draw(st.integers(0, len(text))) if data else 1000
    end = data.draw(st.integers(start, len(text))) if data else 1003
    fast = surroundings(text, start, end)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernel, "compiled", None)
        assert fast == surroundings(text, start, end)
