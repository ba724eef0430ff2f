"""spaCy: a pipeline that cleans before it tokenises."""

from __future__ import annotations

import pytest

spacy = pytest.importorskip("spacy", reason="spaCy is not installed")
from spacy.tokens import Doc, DocBin  # noqa: E402

from normalize import apply  # noqa: E402
from normalize.adapters.spacy import cleaning  # noqa: E402

RAW = "TRIBUNNEVS.COM, JAKARTA - Warga mengungsi , kata Sari Wulandari, Kamis (24/10). /2024)."


@pytest.fixture(scope="module")
def nlp():
    return spacy.blank("id", config=cleaning())


def test_clean_gives_the_engines_texts_in_order(nlp, texts, cleaned):
    docs = list(nlp.pipe(text for text in texts if text is not None))
    assert [doc.text for doc in docs] == [text for text in cleaned if text is not None]
    assert [doc._.raw for doc in docs] == [text for text in texts if text is not None]


def test_its_tokenizer_cleans_many_texts(nlp, texts, cleaned):
    docs = nlp.tokenizer.pipe(text for text in texts if text is not None)
    assert [doc.text for doc in docs] == [text for text in cleaned if text is not None]


def test_the_edits_are_on_the_doc(nlp):
    doc = nlp(RAW)
    assert apply(RAW, doc._.edits) == doc.text != RAW


def test_a_span_of_the_raw_text_is_carried_over(nlp):
    start = RAW.index("Sari")
    span = nlp(RAW)._.from_raw(start, start + len("Sari Wulandari"), label="PER")
    assert (span.text, span.label_) == ("Sari Wulandari", "PER")


def test_the_lines_of_the_readme(readme):
    span = readme("spaCy", spacy=spacy)["span"]
    assert (span.text, span.label_) == ("TRIBUNNEWS.COM", "ORG")


def test_a_span_that_ends_inside_an_edit_is_carried_over_whole(nlp):
    span = nlp(RAW)._.from_raw(0, len("TRIBUNNE"), alignment_mode="expand")
    assert span.text == "TRIBUNNEWS.COM"


def test_a_span_before_an_insertion_does_not_swallow_it(nlp):
    raw = "Hujan turun sejak malam.Dalam sehari, jalan terendam."
    doc = nlp(raw)
    end = raw.index("Dalam")
    assert "malam. Dalam" in doc.text
    assert doc._.from_raw(0, end).text == "Hujan turun sejak malam."
    assert doc._.from_raw(end, end + len("Dalam")).text == "Dalam"


def test_a_token_is_found_in_the_raw_text(nlp):
    doc = nlp(RAW)
    token = next(token for token in doc if token.text == "Wulandari")
    start = doc._.offsets.back_start(token.idx)
    assert RAW[start : doc._.offsets.back_end(token.idx + len(token))] == "Wulandari"


def test_edits_survive_bytes_and_other_processes(nlp):
    expected = nlp(RAW)._.edits
    (stored,) = DocBin(docs=[nlp(RAW)], store_user_data=True).get_docs(nlp.vocab)
    (piped,) = nlp.pipe([RAW], n_process=2)
    assert stored._.edits == piped._.edits == Doc(nlp.vocab).from_bytes(nlp(RAW).to_bytes())._.edits == expected


def test_a_saved_pipeline_cleans_again(nlp, tmp_path):
    nlp.to_disk(tmp_path / "model")
    assert spacy.load(tmp_path / "model")(RAW).text == nlp(RAW).text


def test_options_reach_the_normalizer_when_a_pipeline_is_loaded(nlp, tmp_path):
    nlp.to_disk(tmp_path / "model")
    loaded = spacy.load(tmp_path / "model", config=cleaning(skip=["masthead"]))
    assert loaded(RAW).text.startswith("TRIBUNNEVS.COM, JAKARTA - Warga mengungsi, kata")


def test_a_doc_that_was_not_cleaned_has_no_edits(nlp):
    assert Doc(nlp.vocab, words=["Warga"])._.edits == ()


def test_findings_are_on_the_doc():
    doc = spacy.blank("id", config=cleaning())("Ia hadir, Senin (24/10/2024).")
    assert [finding.before for finding in doc._.findings] == ["Senin (24/10/2024)"]
