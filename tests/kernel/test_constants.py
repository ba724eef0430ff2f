"""Numbers and orders that stand in Python and in C are the same in both.

In C a comment behind the number names its place in Python: `enum { LONG_NAME = 9 /* kernel.interfaces.LONG_NAME */ };`.
"""

from __future__ import annotations

import re
from ast import literal_eval
from importlib import import_module
from pathlib import Path

import pytest

import normalize
from normalize.kernel import interfaces
from normalize.spelling import features

HEADERS = {
    path.name: path.read_text(encoding="utf-8")
    for path in sorted((Path(normalize.__file__).parent / "kernel" / "c").glob("*.h"))
}
NAMED = re.compile(r"\b[A-Z_]+ = ([\w.]+)[,;]?\s*/\* ([a-z_.]+)\.([A-Z_]+)")
CONSTANTS = [
    pytest.param(literal_eval(value), module, name, id=f"{header} {name}")
    for header, source in HEADERS.items()
    for value, module, name in NAMED.findall(source)
]


@pytest.mark.parametrize(("value", "module", "name"), CONSTANTS)
def test_a_number_in_c_is_that_of_python(value, module, name):
    assert value == getattr(import_module(f"normalize.{module}"), name)


def test_what_both_have_under_one_name_says_so():
    shared = {name for name, value in vars(interfaces).items() if name.isupper() and isinstance(value, int)}
    compiled = {name for source in HEADERS.values() for name in re.findall(r"\b([A-Z_]+) = \d+", source)}
    assert shared & compiled == {name for *_, name in (one.values for one in CONSTANTS)} & shared & compiled
    assert len(CONSTANTS) > 10


@pytest.mark.parametrize(
    ("header", "prefix", "names"),
    [("pair_features.h", "", "PAIR_FEATURES"), ("slip_word.h", "PLACE_", "PLACE_FEATURES")],
)
def test_features_have_one_order(header, prefix, names):
    listed = re.search(rf"features\.{names}, in their order\. \*/\s*enum \{{([^}}]+)\}}", HEADERS[header])
    assert listed is not None
    *compiled, count = listed[1].replace(",", " ").split()
    assert count == names
    assert tuple(name.removeprefix(prefix).lower() for name in compiled) == getattr(features, names)


def test_the_features_of_a_word_are_as_many_as_c_has():
    found = re.search(r"WORD_FEATURES = (\d+), ENGLISH = (\d+)", HEADERS["candidates.h"])
    assert found is not None
    assert int(found[1]) == len(features.WORD_FEATURES)
    assert int(found[2]) == features.WORD_FEATURES.index("english")
