"""Every primitive is compiled or pure by one choice, and takes its arguments by position or keyword."""

from __future__ import annotations

import subprocess
import sys

import pytest

from normalize import kernel
from normalize.edit import resolve_overlaps


def test_every_primitive_has_a_compiled_one(both):
    expected = {"Words", "Speller", "Affixes", "Dates", "apply", "compose", "spans", "words_and_chat"}
    assert expected <= kernel.definitions.keys()
    for name in kernel.definitions:
        assert hasattr(kernel.compiled, name), name


def test_every_compiled_one_is_a_primitive(both):
    assert {name for name in vars(kernel.compiled) if not name.startswith("__")} == kernel.definitions.keys()


def test_the_compiled_ones_are_chosen(both):
    assert resolve_overlaps is kernel.compiled.resolve_overlaps
    assert kernel.Words is kernel.compiled.Words


def test_the_pure_ones_can_be_asked_for():
    code = (
        "from normalize import kernel; from normalize.edit import apply\n"
        "assert kernel.compiled is None and apply is kernel.definitions['apply']\n"
        "assert kernel.Words.__module__.endswith('pure')"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env={"NORMALIZE_PURE": "1"})


def test_two_of_them_live_side_by_side(both):
    """Each import of the module is one of its own, as in another interpreter."""
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("_native", kernel.compiled.__file__)
    again = module_from_spec(spec)
    spec.loader.exec_module(again)
    assert again.Words is not kernel.compiled.Words
    assert again.Words([], ["ia"], []).unknown_words(b"ia dia") == {"dia": [3]}


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("Words", {"firsts": [], "known": [], "always": []}),
        ("Literals", {"groups": []}),
        ("PatternFinder", {"groups": []}),
        ("Affixes", {"stems": [], "clitics": (), "circumfixes": {}, "bound": (), "shortest": 3}),
        ("Dates", {"weekdays": {}, "months": {}, "window": 45, "first_slash": 15, "longest_month": 17}),
    ],
)
def test_arguments_are_positional_or_keywords(primitives, name, arguments):
    make = getattr(primitives, name)
    make(**arguments)
    make(*arguments.values())
    with pytest.raises(TypeError):
        make(*arguments.values(), bogus=1)
    with pytest.raises(TypeError):
        make(*list(arguments.values())[1:])


def test_what_is_made_cannot_be_made_again(both):
    words = kernel.compiled.Words([], ["aku"], [])
    words.__init__([], ["kamu"], [])  # type: ignore[misc]
    assert words.unknown_words(b"aku kamu") == {"kamu": [4]}
    with pytest.raises(TypeError):
        kernel.compiled.Words.nothing = 1
