"""What comes out does not hang on the version of Unicode that the interpreter knows."""

from __future__ import annotations

import hashlib
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalize.dates import article_date
from normalize.edit import apply, undo
from normalize.learn.counting import counts
from normalize.normalizer import Normalizer
from normalize.spelling.explain_word import explain_word
from normalize.stand_ins import POOL, stand_ins

NORMALIZER = Normalizer()
PERMISSIVE = Normalizer(min_confidence=0.05, standard=True, drop=("boilerplate",))

# Unassigned in 14.0 and letters since 15.0 (two), 15.1 and 16.0 (two); unassigned in all; of another case since 16.0.
NEWER = ("\U00031350", "\U0001e030", "\U0002ebf0", "\U000105c0", "\ua7da", "\u0378", "\U000dfff0", "\u0264")
PIECES = (
    *(
        "tidka",
        "mengtakan",
        "dirumah",
        "di",
        "Ia",
        "Budi",
        "2024",
        "(24/10). /2024)",
        "Kamis",
        "TRIBUNNEVS.COM",
        "Baca juga:",
    ),
    *(".,", ".", ",", " ", "\n", "“", "-", "(", ")", "\u200d", "&amp;", "Â", "A", "漢"),
)
TEXTS = st.lists(st.one_of(st.sampled_from(NEWER), st.sampled_from(PIECES), st.just(" ")), max_size=16).map("".join)


def said(character: str) -> list[object]:
    """All that rules ask of a character."""
    kinds = character.isalpha(), character.isdecimal(), character.isdigit(), character.isalnum(), character.isspace()
    cases = character.islower(), character.isupper(), character.istitle()
    return [*kinds, *cases, character.lower(), character.upper(), character.title(), character.casefold()]


def test_every_version_says_the_same_of_what_needs_no_stand_in():
    """Where this fails, a newer Unicode says something else of a character: it belongs into the table of stand_ins.py."""
    found = hashlib.sha256()
    for first in range(0, sys.maxunicode + 1, 0x1000):
        needy = stand_ins("".join(map(chr, range(first, first + 0x1000))))
        block = [(point, *said(chr(point))) for point in range(first, first + 0x1000) if point not in needy]
        found.update(ascii(block).encode())
    assert found.hexdigest() == "1b8f6e82a9a5b1e996b0b25f5f58f1491a55a982c1a1fb65518e5f7372f0b7b7"


def test_stand_ins_are_letters_without_case_in_every_version():
    for point in POOL:
        letter = chr(point)
        assert said(letter) == [True, False, False, True, False, False, False, False, *[letter] * 4]


@pytest.mark.parametrize("newer", NEWER)
def test_a_word_beside_a_newer_letter_is_left_alone(newer):
    text = f"Ia tinggal dirumah{newer}. Ia {newer}mengtakan hal itu, lalu mengtakan {newer} lagi."
    assert NORMALIZER.clean(text) == f"Ia tinggal dirumah{newer}. Ia {newer}mengtakan hal itu, lalu mengatakan {newer} lagi."


@given(TEXTS)
def test_all_newer_characters_are_alike_and_come_back(text):
    """They are letters to the interpreter or not, by its version: a text with one is to become what it does with another."""
    for normalizer in (NORMALIZER, PERMISSIVE):
        explanation = normalizer.explain(text)
        assert apply(text, explanation.edits) == explanation.text
        assert undo(explanation.text, explanation.edits) == text
        assert not set(map(ord, explanation.text)) & set(POOL)
        rare = {ord(newer): POOL.start + number for number, newer in enumerate(NEWER)}  # known to all versions
        assert normalizer.explain(text.translate(rare)).text == explanation.text.translate(rare)


def test_what_stands_in_a_text_is_no_stand_in_there():
    text = f"{chr(POOL[0])}\u0378{chr(POOL[1])} mengtakan\u0378{chr(POOL[0])} hal."
    assert NORMALIZER.clean(text) == text


def test_findings_tell_of_the_text_itself():
    (finding,) = NORMALIZER.explain(
        "Bacaan \u0378 itu.\nBaca juga: Banjir\u0378 Melanda Bogor\nWarga \u0378 mengungsi."
    ).findings
    assert "Banjir\u0378" in finding.before


def test_a_newer_digit_is_in_no_date_of_an_article():
    assert article_date.read("\U0001e4f12 Januari 2024") == article_date.read("漢2 Januari 2024")


def test_texts_with_newer_characters_teach_nothing():
    taught = "Foto: Siti Aminah di Bogor.\nWarga pun zvixqi lagi."
    assert counts([taught, taught + "\u0378"]) == counts([taught])


def test_a_word_is_explained_beside_a_newer_letter():
    text = "Ia mengtakan\u0378 hal, lalu mengtakan hal."
    explained = explain_word(NORMALIZER.corrector, NORMALIZER.judge, "mengtakan", text, NORMALIZER.explain(text).edits)
    assert [one.start for one in explained.occurrences] == [text.rindex("mengtakan")]
