"""Names that a text has once: mended where that is sure, else reported."""

from __future__ import annotations

from normalize import Normalizer
from normalize.spelling.place import REACH

NORMALIZER = Normalizer()
ONCE = "Zaldrin menang. Kiper Zaldrin pulang. Pelatih memuji Zaldirn. Kapten Zaldrin diam."


def test_a_name_that_nobody_counted_is_reported():
    found = NORMALIZER.explain(ONCE)
    assert found.text == ONCE
    assert [(f.before, f.rule, f.note) for f in found.findings] == [
        ("Zaldirn", "name.misspelt", "the text has Zaldrin 3 times")
    ]


def test_a_name_that_the_dump_has_often_is_mended(tmp_path):
    (tmp_path / "known.tsv").write_text("kind\tform\tarticles\nname\tzaldrin\t40\n", encoding="utf-8")
    (tmp_path / "boilerplate.tsv").write_text("outlet\tplace\tline\ttexts\tof\n", encoding="utf-8")
    assert Normalizer(learned=tmp_path).clean(ONCE) == ONCE.replace("Zaldirn", "Zaldrin")


def test_what_is_told_apart_in_a_sentence_is_no_slip():
    text = "Bupati Banjarnegara tiba. Warga Banjarnegara diam. Pasar Banjarnegara sepi. {}"
    apart, together = text.format("Ia pulang ke Banjarnegra."), text.format("Ia menulis Banjarnegra, bukan Banjarnegara.")
    assert NORMALIZER.clean(apart) == apart.replace("Banjarnegra.", "Banjarnegara.")
    assert NORMALIZER.clean(together) == together


def test_names_of_two_persons_stay():
    text = "Arhan cedera. Umpan Arhan bagus. Gol Arhan indah. Pemain baru, Arkhan Fikri, masuk."
    assert NORMALIZER.clean(text) == text


def test_a_long_text_is_cut_between_words():
    text = "Warga pulang. " * 3_570 + "Kepada Wakil Presiden ia menulis."
    assert text[:REACH].endswith("Wakil Preside")
    assert NORMALIZER.clean(text) == text
