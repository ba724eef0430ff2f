"""Which words of a text are touched, and what shields a word."""

from __future__ import annotations

import pickle
import re
from math import log

import pytest

from normalize import Normalizer
from normalize.lexicon import load
from normalize.lexicon.reliability import min_confidence_for
from normalize.rules import RULES
from normalize.spelling import slips
from normalize.spelling.explain_word import WordExplanation, explain_word, rendered
from normalize.spelling.place import REACH

OTHERS = {rule.name.split(".")[0] for rule in RULES} - {"spelling"}
NORMALIZER = Normalizer(skip=OTHERS)
STANDARD = Normalizer(skip=OTHERS, standard=True)


def why(word: str, text: str) -> WordExplanation:
    return explain_word(NORMALIZER.corrector, NORMALIZER.judge, word, text, NORMALIZER.explain(text).edits)


def clean(text):
    return NORMALIZER.clean(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Warga mengunsgi ke balai desa.", "Warga mengungsi ke balai desa."),
        ("Mengunsgi adalah pilihan terakhir warga.", "Mengungsi adalah pilihan terakhir warga."),
        ("Ia berkata: “Warga mengunsgi.”", "Ia berkata: “Warga mengungsi.”"),
        ("Warga mengunsgi, lalu kembali.", "Warga mengungsi, lalu kembali."),
        ("(Warga mengunsgi.)", "(Warga mengungsi.)"),
    ],
)
def test_a_slip_is_put_right_in_its_own_shape(text, meant):
    assert clean(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Ia bertemu Mengunsgi di pasar.",  # capitalised inside a sentence: a name
        "Lihat www.mengunsgi.com untuk daftarnya.",
        "Akun @mengunsgi ditutup.",
        "Tagar #mengunsgi ramai.",
        "Berkas mengunsgi_baru dihapus.",
        "Kode mengunsgi7 sudah dipakai.",
        "Kirim ke mengunsgi@kantor.id.",
        "Partai MENGUNSGI ikut pemilu.",
        "Merek MengUnsgi laku keras.",
    ],
)
def test_what_may_be_a_name_or_a_part_of_something_stays(text):
    assert clean(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "Dana itu dinomor satukan oleh pengurus.",  # one verb, not a preposition before a noun
        "Sepatunya dimasukkin ke lemari.",  # -in, as in speech
        "Wallahualam, ia tidak tahu.",  # Arabic
        "Lembaga itu (Bangda) membina daerah.",  # an abbreviation behind a bracket
    ],
)
def test_speech_and_other_tongues_stay(text):
    assert clean(text) == text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Ia berbicara dih adapan warga.", "Ia berbicara di hadapan warga."),
        (
            "Dana itu disalah gunakan oleh pengurus.",
            "Dana itu disalahgunakan oleh pengurus.",
        ),  # no preposition before a noun
        ("Anak itu menunggu d irumah.", "Anak itu menunggu di rumah."),
        ("Pesatnya informasid an teknologi.", "Pesatnya informasi dan teknologi."),
        ("Ia meminta izin t ertulis.", "Ia meminta izin tertulis."),
    ],
)
def test_a_space_a_letter_off_is_put_where_it_belongs(text, meant):
    assert clean(text) == meant
    assert clean(meant) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Menurut warga, prilakunya aneh.",  # a spelling that is merely not standard, with a clitic
        "Kami anggep itu biasa saja.",  # e for a, as in speech
        "Keluarganye jadi korbannye.",
        "Saya tantangin dia sumpah pocong.",
        "Kak, bsok jgn lupa dtg ya, sy tggu yg lain.",  # chat
    ],
)
def test_habits_of_speech_and_chat_stay(text):
    assert clean(text) == text


def test_letters_lost_with_their_commas_come_back():
    without_commas = (
        "Meski begit. warga tetap tenan. kata dia. Selain it. kepala desa menuturka. bantuan akan tib. lalu dibagi. "
        "Menurut warg. semua selama. termasuk anak-anak."
    )
    mended = clean(without_commas)
    assert "begitu." in mended
    assert "menuturkan." in mended
    assert "warga." in mended
    assert clean(mended) == mended


@pytest.mark.parametrize(
    "text",
    [
        "Akun @mengtakan diblokir. Ia mengtakan hal itu.",
        "Ia mengtakan hal itu di situs.id/mengtakan kemarin.",
        "Kata (mengtakan) itu salah. Ia mengtakan hal itu.",
        "Kata x9mengtakan itu kode. Ia mengtakan hal itu.",
        "Ibunda si Mengtakan datang. Mengtakan hal itu mudah.",
    ],
)
def test_a_word_is_mended_where_it_is_touched_wherever_else_it_stands(text):
    start = text.index(" mengtakan hal" if " mengtakan hal" in text else "Mengtakan hal")
    fresh = Normalizer(skip=OTHERS)
    explanation = fresh.explain(text)
    assert explanation.text == text[:start] + text[start:].replace("engtakan", "engatakan", 1)
    assert fresh.explain(text) == explanation == NORMALIZER.explain(text)


def test_a_spelling_kept_up_through_a_text_is_meant():
    once = "Warga mengunsgi ke balai desa."
    assert clean(once) != once
    often = " ".join([once] * 30)
    assert clean(often) == often


@pytest.mark.parametrize("text", ["Ia minta ijin karena resiko itu.", "Orangtua murid antri di apotik.", "Silahkan masuk."])
def test_what_is_merely_not_standard_stays_unless_asked(text):
    assert clean(text) == text
    assert STANDARD.clean(text) != text


@pytest.mark.parametrize(
    ("text", "standard"),
    [
        ("Ia minta ijin.", "Ia minta izin."),
        ("Antri itu lama.", "Antre itu lama."),
        ("Praktek-praktek lama.", "Praktik-praktik lama."),
        ("Pada Nopember lalu, Walikota Solo hadir.", "Pada November lalu, Wali Kota Solo hadir."),
        ("Kerjasama itu bagus.", "Kerja sama itu bagus."),
        ("Ia mempengaruhi obyek itu.", "Ia memengaruhi objek itu."),
        ("Warga mensukseskannya.", "Warga menyukseskannya."),
        ("Mereka memporak-porandakan pasar.", "Mereka memorak-porandakan pasar."),
        ("Terus menerus ia merubah tolak ukur jual-beli.", "Terus-menerus ia mengubah tolok ukur jual beli."),
        ("Warga terisolir dan saling berterima-kasih.", "Warga terisolasi dan saling berterima kasih."),
    ],
)
def test_standard_spellings_keep_their_shape(text, standard):
    assert STANDARD.clean(text) == standard
    assert STANDARD.clean(standard) == standard


@pytest.mark.parametrize(
    "text", ["Rumah di Alam Sutera.", "Ridho Rhoma bernyanyi.", "Lihat ijin.go.id.", "PT Sari Resiko Jaya."]
)
def test_names_are_not_made_standard(text):
    assert STANDARD.clean(text) == text


@pytest.mark.parametrize(
    "word",
    ["tapi", "abdul", "gara", "relawan", "syariah", "mengkaji", "pengkajian", "mempunyai", "pensiunan", "mentari", "peran"],
)
def test_words_with_a_life_of_their_own_are_not_made_standard(word):
    text = f"Menurut dia, {word} itu sudah lama dikenal warga."
    assert STANDARD.clean(text) == text


@pytest.mark.parametrize("typed", sorted(load().standard)[::40])
def test_no_row_is_mended_or_lost_by_default(typed):
    text = f"Menurut dia, {typed} itu sudah lama dikenal warga."
    assert clean(text) == text
    assert load().standard[typed] in STANDARD.clean(text)


def test_standard_survives_the_trip_to_a_worker():
    assert pickle.loads(pickle.dumps(STANDARD)).clean("Ia minta ijin.") == "Ia minta izin."


def test_the_order_of_texts_does_not_matter():
    texts = ["Ia bertemu Menganggu.", "Menganggu itu salah.", "Itu menganggu.", "Kata Lainya, ia pergi.", "Lainya pergi."]
    first, second = Normalizer(skip=OTHERS), Normalizer(skip=OTHERS)
    there = [first.clean(text) for text in texts]
    back = [second.clean(text) for text in reversed(texts)]
    assert there == back[::-1]


def test_less_sure_edits_can_be_left_out():
    text = "Warga mengunsgi ke balai desa."
    (edit,) = NORMALIZER.explain(text).edits
    assert Normalizer(skip=OTHERS, min_confidence=edit.confidence).clean(text) != text
    assert Normalizer(skip=OTHERS, min_confidence=edit.confidence + 1e-6).clean(text) == text


# --- How sure ----------------------------------------------------------------------------------------------------------


def test_fewer_wrong_edits_need_surer_ones():
    assert (
        min_confidence_for(1)
        <= min_confidence_for(2 / 10_000)
        < min_confidence_for(1 / 10_000)
        < min_confidence_for(0.5 / 10_000)
    )


def test_what_no_confidence_keeps_is_refused():
    with pytest.raises(ValueError, match="no confidence"):
        min_confidence_for(1e-9)


# --- Why and why not ---------------------------------------------------------------------------------------------------


def test_why_a_word_was_changed():
    explanation = why("mengunsgi", "Warga mengunsgi ke balai desa.")
    (place,) = explanation.occurrences
    assert place.candidates[0].meant == "mengungsi"
    assert place.edits[0].after == "mengungsi"
    assert place.probability == pytest.approx(place.edits[0].confidence, abs=1e-4)
    assert not place.shields


def test_why_a_name_was_kept():
    explanation = why("Puan", "Ketua DPR Puan Maharani hadir.")
    assert explanation.name_count > 0
    assert "capitalised inside a sentence" in explanation.occurrences[0].shields
    assert explanation.occurrences[0].edits == ()


def test_every_place_is_told():
    explanation = why("dirumah", "Ia dirumah. Kami dirumah.")
    assert [place.start for place in explanation.occurrences] == [3, 17]
    assert explanation.split is not None
    assert explanation.split.after == "di rumah"


@pytest.mark.parametrize("word", ["Puan", "mengunsgi", "dirumah", "ijin", "menganggu", "yang", "xqzw", "di"])
def test_any_word_can_be_told(word):
    shown = rendered(why(word, word))
    assert shown.startswith(word)
    assert "kept" in shown or "becomes" in shown


def test_the_figures_that_are_told_add_up():
    found = why("mengtakan", "Ia mengtakan hal itu.")
    (occurrence,) = found.occurrences
    (edit,) = occurrence.edits
    shown = rendered(found)
    assert f"probability {edit.confidence:.4f} (" in shown
    weights = [float(weight) for weight in re.findall(r"score = ([\d.]+) prior - ([\d.]+) cost \+ ([\d.]+) pmi", shown)[0]]
    score, prior, cost, pmi = map(float, re.findall(r"(?:score|prior|cost|pmi) +(-?[\d.]+)", shown.partition("pmi:")[2])[:4])
    assert score == pytest.approx(weights[0] * prior - weights[1] * cost + weights[2] * pmi, abs=0.15)
    odds = occurrence.probability / (1 - occurrence.probability)
    assert sum(part for _, part in occurrence.reasons) == pytest.approx(log(odds), abs=1e-6)


@pytest.mark.parametrize(("word", "text"), [("dua kata", "dua kata"), ("", ""), ("naïf", "naïf"), ("ada", "tidak di sini")])
def test_what_is_no_word_of_the_text_is_refused(word, text):
    with pytest.raises(ValueError, match=r"not a word|does not stand"):
        why(word, text)


def test_a_text_of_any_length_is_looked_at_again_around_what_changed():
    part = "Menurut petugas, warga mengungsi kerumah ibadah yang di bandingkan dirumah sakit. "
    clean = Normalizer().clean
    number = REACH // len(part) + 2
    assert clean(part * number) == " ".join([clean(part)] * number)
    assert "ke rumah ibadah yang dibandingkan di rumah sakit" in clean(part)


def test_a_guard_is_named():
    (place,) = why("tarima", "Abdi tarima kasih ka sadayana nu parantos sumping ka bumi abdi.").occurrences
    assert not place.edits
    assert any("may stand in" in guard for guard in place.guards)


def test_what_is_mended_has_no_guard():
    (place,) = why("mengunsgi", "Warga mengunsgi ke balai desa.").occurrences
    assert place.guards == ()


@pytest.mark.parametrize("level", [0.0, 0.05, 0.3, 0.85])
def test_asking_first_whether_a_word_stands_too_often_to_be_a_slip_changes_no_answer(level, monkeypatch):
    words = ("tidka", "mengtakan", "secar", "wan", "Rubah", "kaerna", "kafe")
    texts = [
        " ".join(f"Warga {word} datang ke {other} rumah itu. {word.capitalize()} banjir." for _ in range(times))
        for word, other in zip(words, reversed(words), strict=True)
        for times in (slips.MANY - 10, slips.MANY + 10, 3 * slips.MANY)
    ]
    asked_first = Normalizer(skip=OTHERS, min_confidence=level).explain_batch(texts)
    monkeypatch.setattr(slips, "MANY", 10**9)
    assert Normalizer(skip=OTHERS, min_confidence=level).explain_batch(texts) == asked_first
