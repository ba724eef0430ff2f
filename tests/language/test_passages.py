"""Where a text is in another language, and what it is."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from normalize import lexicon
from normalize.language.judge import Judge
from normalize.language.passages import looks_foreign, passages, sentences
from normalize.normalizer import Normalizer

JUDGE = Judge(lexicon.load())
INDONESIAN = "Warga mengungsi ke balai desa karena rumah mereka terendam banjir."
JAVANESE = "Wong-wong padha lunga menyang kutha amarga omahe wis rusak kabeh."


def found(text: str) -> list[tuple[str, str]]:
    return [(text[p.start : p.end], p.language) for p in passages(text, JUDGE, [])]


def test_a_passage_is_a_run_of_sentences():
    text = f"{INDONESIAN} {JAVANESE} {JAVANESE}\n{INDONESIAN}"
    assert found(text) == [(f"{JAVANESE} {JAVANESE}", "Javanese")]


def test_indonesian_has_none():
    assert found(f"{INDONESIAN} {INDONESIAN}") == []


def test_sentences_end_with_marks_and_lines_and_leave_out_white_space():
    text = '  Satu. "Dua!" tiga?\n\n Empat'
    assert [text[start:end] for start, end in sentences(text)] == ["Satu.", '"Dua!"', "tiga?", "Empat"]


def test_a_text_without_the_commonest_words_looks_foreign():
    assert looks_foreign(JAVANESE.encode())
    assert not looks_foreign(b"Warga di sini mengungsi.")


def test_a_text_in_which_no_word_would_be_changed_is_reported_too():
    text = "Ang mga bata ay naglalaro sa labas ng bahay kasama ang kanilang ina."
    assert [finding.note for finding in Normalizer().explain(text).findings] == ["Philippine"]


@given(st.text(st.sampled_from("ab.!… \n\r\t\"”'"), max_size=30))
def test_a_sentence_ends_at_a_mark_before_a_space(text):
    """Each begins with a character of its own, that ends none, and goes on to the first mark behind which a space stands."""
    sentence = re.compile(r"[^\n]+?(?:[.!?…][\"”'’)]*(?=\s)|(?=\n)|\Z)")
    spans = [(match.end() - len(match[0].lstrip()), match.end()) for match in sentence.finditer(text)]
    assert list(sentences(text)) == [(start, end) for start, end in spans if start < end]
