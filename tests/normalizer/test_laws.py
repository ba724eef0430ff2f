"""Laws of cleaning, over text assembled from the pieces that broken news is made of."""

from __future__ import annotations

import datetime
import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from normalize.edit import apply, undo
from normalize.normalizer import Normalizer

NORMALIZER = Normalizer()
DROPPING = Normalizer(drop=["boilerplate"])

CLEAN = (
    "Hujan turun di Bogor sejak pagi.",
    "Warga mengungsi ke balai desa, kata Budi Santoso.",
    '"Kami sudah siap sejak kemarin," ujarnya.',
    "“Harga beras naik 2,5 persen,” kata dia kepada wartawan.",
    "Pemerintah menyalurkan Rp1.500.000 untuk 3.000 keluarga.",
    "Laga itu berakhir 2-1 pada pukul 19.30 WIB.",
    "Menurut Dr. Siti Aminah, S.H., M.H., hal itu wajar.",
    "Ia tiba di Jakarta, Senin (2/9/2019).",
    "Harganya Rp 10.000,- per buah... lalu turun.",
    "Kementerian Keuangan (Kemenkeu) belum menjawab.",
    "Lihat https://contoh.id/berita/banjir-bogor?id=12 untuk rincian.",
    "Surel dikirim ke redaksi@contoh.id, bukan ke @redaksi atau #BanjirBogor.",
    "Apakah banjir akan surut? Belum ada yang tahu!",
    "PT Maju Jaya Tbk. membuka pabrik di Kab. Bekasi.",
    "Nilainya 1.234,56 dolar AS – turun tipis – menurut U.S. Treasury.",
    "Keluarga 👨\u200d👩\u200d👧 itu berlibur ❤\ufe0f ke الله أكبر dan 全角.",
)
NOISE = (
    *CLEAN,
    *("Baca juga: Banjir Melanda Bogor", "Simak Video 'Banjir Bogor':", "[Gambas:Video 20detik]"),
    *("SCROLL TO CONTINUE WITH CONTENT", "ADVERTISEMENT", "Halaman Selanjutnya", "(Baca juga: Banjir)"),
    *("TRIBUNNEVS.COM", "KOMPAS.com", "detikNews", "(Tribunnevs.com/Siti Aminah)", "Euro News", "Liputan6"),
    *("Kamis (24/10). /2024).", "Senin (10/92019)", "(1/1/2020", "Selasa (32/13/20191)"),
    *("2019", "10.30", "1,5", "3.", "12"),
    *("‚Äú", "‚Äù", "â€œ", "â€\x9d", "Ã©", "¬†", "\x93", "\x85", "Â", "&quot;", "&amp;nbsp;"),
    *("\xa0", "\u200b", "\xad", "\ufeff"),
    *("dimana", "di bandingkan", "kerjuaraan", "menyerupakan", "ramai ramai", "padahari", "kembang nya", "badanManfaat"),
    *("hujan", "Bogor", "warga", "Namun", "Kata", "kata", "dan", "yang", "Budi"),
    *("WIB", "S.H", "Dr", "No", "dkk", "Tbk", "AKP"),
    *("a", "B", "x" * 30, "日本", "قال", "🔥", "\ud800", "\x00"),
)  # fmt: skip
JOINTS = (
    "",
    " ",
    "  ",
    ",",
    ".",
    ".,",
    ". ,",
    ",,",
    " ,",
    " , ",
    ",.,",
    "...",
    "?",
    "!",
    ":",
    '"',
    ',"',
    '."',
    "“",
    "”",
    "'",
)
JOINTS += ("(", ")", "-", " - ", "/", "\n", "\n\n", "\r\n", ".\n,", "\t")

TEXTS = st.lists(st.sampled_from(NOISE + JOINTS), max_size=14).map("".join)
DATES = st.one_of(st.none(), st.dates(datetime.date(2015, 1, 1), datetime.date(2025, 12, 31)))
CLEAN_TEXTS = st.lists(st.tuples(st.sampled_from(CLEAN), st.sampled_from((" ", "\n", "\n\n"))), max_size=8).map(
    lambda parts: "".join(sentence + gap for sentence, gap in parts).rstrip()
)


def families(rule: str) -> set[str]:
    return {name.split(".")[0] for name in rule.split("+")}


@given(TEXTS, DATES)
def test_edits_rebuild_the_text_and_undo_restores_it(text, date):
    for normalizer in (NORMALIZER, DROPPING):
        explanation = normalizer.explain(text, date)
        assert apply(text, explanation.edits) == explanation.text
        assert undo(explanation.text, explanation.edits) == text


@given(TEXTS, DATES)
@settings(max_examples=300)
def test_cleaning_twice_changes_nothing_more(text, date):
    for normalizer in (NORMALIZER, DROPPING):
        once = normalizer.clean(text, date)
        assert normalizer.clean(once, date) == once


@given(TEXTS, DATES)
def test_findings_are_spans_of_the_text(text, date):
    for finding in NORMALIZER.explain(text, date).findings:
        assert 0 <= finding.start <= finding.end <= len(text)
        assert text[finding.start : finding.end] == finding.before
        assert finding.note


@given(CLEAN_TEXTS)
def test_clean_text_passes_untouched(text):
    for normalizer in (NORMALIZER, DROPPING):
        assert normalizer.clean(text) == text


@given(TEXTS, DATES)
def test_digits_change_only_by_rules_made_for_them(text, date):
    for edit in NORMALIZER.explain(text, date).edits:
        if not families(edit.rule) & {"date", "masthead", "byline", "characters"}:
            assert re.findall(r"\d", edit.before) == re.findall(r"\d", edit.after), edit


@given(TEXTS, DATES)
def test_spacing_and_glue_leave_letters_digits_and_quotes_alone(text, date):
    for edit in NORMALIZER.explain(text, date).edits:
        if families(edit.rule) <= {"spacing", "glue"}:
            assert re.findall(r"[\w\"'“”‘’]", edit.before) == re.findall(r"[\w\"'“”‘’]", edit.after), edit


@given(st.text(st.characters(exclude_categories=()), max_size=60))
@example("\ud800.,\udfffA")
@example("Ã\x83\x83©&amp;#38;quot;")
def test_any_text_is_cleaned_and_restored(text):
    explanation = DROPPING.explain(text)
    assert undo(explanation.text, explanation.edits) == text


@given(TEXTS)
def test_clean_says_what_explain_says(text):
    assert NORMALIZER.clean(text) == NORMALIZER.explain(text).text
