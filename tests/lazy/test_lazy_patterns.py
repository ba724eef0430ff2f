"""A pattern is compiled at its first use, and its module has the compiled one from then on."""

from __future__ import annotations

import re
from typing import Any

MODULE = "from normalize.lazy import lazy_pattern\nPATTERN = lazy_pattern('a+')\nHELD = (PATTERN,)"


def test_a_pattern_takes_the_names_of_what_stood_for_it() -> None:
    names: dict[str, Any] = {}
    exec(MODULE, names)
    assert type(names["PATTERN"]) is not re.Pattern
    assert [match.group() for match in names["HELD"][0].finditer("aabca")] == ["aa", "a"]
    assert type(names["PATTERN"]) is re.Pattern
    assert names["PATTERN"].match("aab").span() == (0, 2)
