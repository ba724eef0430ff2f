"""The compiled primitives do what the pure ones do, and the engine gives the same edits over either."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize import kernel
from normalize.lexicon import load

compiled = pytest.mark.skipif(not kernel.COMPILED, reason="the package was built without a C compiler")
words = st.lists(st.text("abcXYZ", min_size=1, max_size=6).map(str.encode), max_size=20)
data = st.text(st.sampled_from("abcXYZ .,-é“9\x00"), max_size=80).map(str.encode) | st.binary(max_size=80)


@compiled
@given(words, words, data)
def test_suspects_are_the_same(known: list[bytes], added: list[bytes], text: bytes) -> None:
    fast, pure = kernel.words(known), kernel.PureWords(known)
    for word in added:
        fast.add(word)
        pure.add(word)
    assert fast.suspects(text) == pure.suspects(text)
    assert len(fast) == len(pure)


@compiled
@given(st.lists(st.lists(st.binary(min_size=1, max_size=4), max_size=4).map(tuple), max_size=6), st.binary(max_size=60))
def test_literals_are_found_the_same(groups: list[tuple[bytes, ...]], text: bytes) -> None:
    assert kernel.literals(groups).found(text) == kernel.PureLiterals(groups).found(text)


@compiled
def test_literals_inside_and_across_each_other_are_all_found() -> None:
    groups = [(b"abc",), (b"b",), (b"bc", b"zz"), (), (b"cab",)]
    assert kernel.literals(groups).found(b"abcab") == bytes([1, 1, 1, 1, 1])
    assert kernel.literals(groups).found(b"zz") == bytes([0, 0, 1, 1, 0])


@compiled
def test_a_word_too_long_for_the_kernel_stays_a_suspect() -> None:
    long = b"a" * 300
    known = kernel.words([b"aku"])
    known.add(long)
    assert known.suspects(b"aku " + long) == {long}


@compiled
@pytest.mark.parametrize("bad", [["text"], [None], 7])
def test_bad_arguments_are_refused(bad: object) -> None:
    with pytest.raises(TypeError):
        kernel.words(bad)  # type: ignore[arg-type]


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
        "print(json.dumps([kernel.COMPILED] + [normalize.explain(s).edits for s in json.load(sys.stdin)]))"
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
    from normalize.evidence import Evidence

    lexicon = load()
    fast = Evidence(lexicon)
    monkeypatch.setattr(kernel, "COMPILED", False)
    pure = Evidence(lexicon)
    typed = [*list(lexicon.doubtful)[::23], "mengtakan", "ynag", "a", "dna", "x" * 70]
    for word in typed:
        assert fast.candidates.near(word) == pure.candidates.near(word)
        for a, b in zip(fast.cases(word), pure.cases(word), strict=True):
            assert a.meant == b.meant
            assert a.features == pytest.approx(b.features, abs=1e-9)
