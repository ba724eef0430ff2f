"""The glossary: every name in it stands in the file that it points to."""

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
def test_a_word_is_where_the_glossary_says(path, names):
    source = next(file for file in (ROOT / "normalize" / path, ROOT / path) if file.exists()).read_text(encoding="utf-8")
    assert [name for name in names if not re.search(rf"\b{name}\b", source)] == []
