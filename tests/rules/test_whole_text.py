"""Finders go through a whole text once, not at each of the places in it that they look at."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import normalize

PACKAGES = ("dates", "language", "newsroom", "rules", "spelling")
MODULES = [path for package in PACKAGES for path in sorted(Path(normalize.__file__).with_name(package).glob("*.py"))]
THROUGH = ("search", "findall", "sub", "split", "count", "index")  # not finditer: several patterns are looked for one by one


def goes_through_all(node: ast.AST) -> bool:
    """Whether a call or comparison looks at all of a text: a pattern's without bounds, a string's own, `in`."""
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
        return is_text(node.comparators[0])
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute) or len(node.args) != 1:
        return False
    return node.func.attr in THROUGH and (is_text(node.args[0]) or is_text(node.func.value))


def is_text(node: ast.AST) -> bool:
    return getattr(node, "id", None) == "string" or getattr(node, "attr", None) in ("string", "data")


def is_asked_once(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Compare) and isinstance(node.test.ops[0], ast.Is)


def at_each_place(node: ast.AST) -> Iterator[ast.AST]:
    """What goes through a whole text inside a loop."""
    for loop in (one for one in ast.walk(node) if isinstance(one, ast.For | ast.While)):
        inside = list(loop.body)
        while inside:
            part = inside.pop()
            if goes_through_all(part):
                yield part
            if not is_asked_once(part):
                inside += ast.iter_child_nodes(part)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name} {path.stem}")
def test_no_place_costs_a_whole_text(path: Path) -> None:
    assert [ast.unparse(part) for part in at_each_place(ast.parse(path.read_text(encoding="utf-8")))] == []
