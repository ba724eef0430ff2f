"""The glossary: every name in it is defined in the file that it points to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
ROW = re.compile(r"^\| ([^|]+) \| .* \| ([\w\\/]+\.\w+)((?: `\w+`,?)*) \| [^|]* ?\|$", re.MULTILINE)
ENTRIES = [
    pytest.param(match[2].replace("\\", ""), re.findall(r"\w+", match[3]), id=match[1])
    for match in ROW.finditer((ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"))
]


def test_the_table_is_read():
    assert len(ENTRIES) > 60


@pytest.mark.parametrize(("path", "names"), ENTRIES)
def test_a_word_is_defined_where_the_glossary_says(path, names):
    source = next(file for file in (ROOT / "normalize" / path, ROOT / path) if file.exists()).read_text(encoding="utf-8")
    assert [name for name in names if not is_defined(name, source)] == []


def is_defined(name: str, source: str) -> bool:
    """Whether a source defines a name: as a function or class, or by giving it a value or, as a field, a type."""
    return bool(
        re.search(
            rf"^\s*(?:(?:def|class) {name}\b|(?:[\w, ]+, )?(?:self\.)?{name}\b(?:, [\w, ]+)? ?[:=])", source, re.MULTILINE
        )
    )


def test_an_import_defines_nothing():
    assert not is_defined("slip", "from .channel import slip, Slip\n\nfound = slip(typed)\n")
    assert is_defined("LEAST", "MOST, LEAST = 5, 1\n")
