"""Which characters are letters and digits does not hang on the interpreter."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest

from normalize import kernel


def test_a_character_is_one_by_the_table_of_one_version():
    assert all(map(kernel.is_alphanumeric, "aZ09é漢①"))
    assert not any(map(kernel.is_alphanumeric, "_ .,-“\u0301\ud800\0"))
    assert not any(map(kernel.is_alphanumeric, "\U00031350\U0002ebf0\U0001e030"))  # of Unicode 15.0 and 15.1


@pytest.mark.skipif(unicodedata.unidata_version != "14.0.0", reason="this Python has the tables of another Unicode")
def test_the_table_is_that_of_unicode_14():
    pattern = re.compile(f"[{kernel.ALPHANUMERIC_CLASS}]")
    for character in map(chr, range(sys.maxunicode + 1)):
        assert kernel.is_alphanumeric(character) == character.isalnum() == bool(pattern.match(character))
