"""What words of the spelling of before 1972 are today."""

from __future__ import annotations

import pytest

from normalize import lexicon
from normalize.language.old_spelling import today

LEXICON = lexicon.load()


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("jang", "yang"),
        ("mendjadi", "menjadi"),
        ("tjepat", "cepat"),
        ("banjak", "banyak"),
        ("masjarakat", "masyarakat"),
        ("achir", "akhir"),
        ("oentoek", "untuk"),
        ("menjelenggarakan", "menyelenggarakan"),
        ("bawahnja", "bawahnya"),
    ],
)
def test_a_word_is_respelled(word, meant):
    assert today(word, LEXICON.words, LEXICON.roots) == meant


@pytest.mark.parametrize("word", ["janji", "panjang", "banjir", "zzjq", "menjelsakan", "koefisien", "rumah"])
def test_a_word_of_today_or_of_no_spelling_is_not(word):
    assert today(word, LEXICON.words, LEXICON.roots) is None
