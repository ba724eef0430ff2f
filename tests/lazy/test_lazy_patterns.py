"""A pattern is compiled at its first use, and its module has the compiled one from then on."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import normalize

MODULE = "from normalize.lazy import lazy_pattern\nPATTERN = lazy_pattern('a+')\nHELD = (PATTERN,)"


def test_a_pattern_takes_the_names_of_what_stood_for_it() -> None:
    names: dict[str, Any] = {}
    exec(MODULE, names)
    assert type(names["PATTERN"]) is not re.Pattern
    assert [match.group() for match in names["HELD"][0].finditer("aabca")] == ["aa", "a"]
    assert type(names["PATTERN"]) is re.Pattern
    assert names["PATTERN"].match("aab").span() == (0, 2)


def test_none_is_told_from_another_by_identity() -> None:
    """What stood for it is not it: the first text of a process would be treated otherwise than the rest."""
    for path in Path(normalize.__file__).parent.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        patterns = set(re.findall(r"^(\w+) = lazy_pattern\(", source, re.MULTILINE))
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Compare) and any(isinstance(op, ast.Is | ast.IsNot) for op in node.ops):
                named = {side.id for side in (node.left, *node.comparators) if isinstance(side, ast.Name)}
                assert not named & patterns, f"{path}:{node.lineno}"


def test_the_first_text_of_a_process_is_treated_as_the_rest_are() -> None:
    code = "import normalize; print([normalize.clean('Tahun 1990an penuh perubahan.') for _ in range(2)])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == str(["Tahun 1990an penuh perubahan."] * 2)
