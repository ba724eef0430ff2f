"""Which places spelling leaves alone, because they are no Indonesian news prose."""

from __future__ import annotations

import pytest

from normalize import lexicon
from normalize.language.judge import Judge
from normalize.normalizer import Normalizer

JUDGE = Judge(lexicon.load())
NORMALIZER = Normalizer()
ALL = Normalizer(languages="all")

NEWS = (
    "Pemerintah kota menyatakan bahwa pembangunan jembatan itu akan selesai pada akhir tahun. Wali kota mengatakan, "
    "anggaran sudah disiapkan dan warga diminta bersabar selama pekerjaan berlangsung. Menurut dia, jalan di sekitar "
    "lokasi ditutup sementara, sedangkan angkutan umum dialihkan ke jalan lain. Polisi mengatur lalu lintas sejak pagi "
    "hingga malam hari. "
)

# Of each kind: a text in which spelling would change words, and the name of its language.
OTHERS = [
    ("Sado urang di kampuang ko alah tau baso harago lado naiak untuak pasan.", "Minangkabau"),
    ("Abdi sareng réréncangan parantos ningali kaendahan pagunungan sacara langsung.", "Sundanese"),
    ("Beliau berkata bahawa masalah kesihatan itu berpunca daripada kenderaan.", "Malay"),
    ("Pemerintah mendjalankan tugas jang berat oentoek masjarakat.", "Indonesian in the spelling of before 1972"),
    ("The district had an area of many small farms near the river.", "English"),
]


@pytest.mark.parametrize(("text", "language"), OTHERS, ids=[language for _, language in OTHERS])
def test_another_language_stays_and_is_reported(text, language):
    explanation = NORMALIZER.explain(text)
    assert explanation.text == text
    (finding,) = explanation.findings
    assert finding.rule == "language.other"
    assert finding.note.startswith(language)
    assert (finding.start, finding.end) == (0, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "Tiang puas pesan antuk tongos puniki, pemandangane luung sajan.",
        "Jumlahe wong kang padha teka menyang omahe kanggo nonton ora akeh.",
        "pengungsi itu dibawa ke kanada dan tinggal di sana sampai sekarang.",
    ],
)
def test_what_no_evidence_speaks_against_stays(text):
    assert NORMALIZER.clean(text) == text


def test_many_slips_are_no_other_language():
    typed = "Rapat itu sduah slesai dan hasilnnya akan diumumkn bsok pagi."
    assert NORMALIZER.clean(typed) == "Rapat itu sudah selesai dan hasilnya akan diumumkan besok pagi."


def test_a_slip_among_words_of_another_language_stays():
    text = "Warga memnag meresahke paro pemilik tokonyo yang eams itu sakik sadonyo, ado urang nan datang."
    assert NORMALIZER.clean(text) == text


@pytest.mark.parametrize(("text", "language"), OTHERS, ids=[language for _, language in OTHERS])
def test_the_guard_can_be_switched_off(text, language):
    explanation = ALL.explain(text)
    assert explanation.text != text
    assert not [finding for finding in explanation.findings if finding.rule == "language.other"]


@pytest.mark.parametrize(
    "quotation",
    [
        "Iyo, alah indak ado lai urang nan datang untuak manolong kito.",
        "Nggih, sampun kula lapuraken dhateng pak lurah, nanging dereng wonten taune.",
    ],
)
def test_a_quotation_in_an_indonesian_article_stays(quotation):
    text = f'{NEWS}"{quotation}" kata seorang warga. {NEWS}'.strip()
    assert NORMALIZER.clean(text) == text


@pytest.mark.parametrize(
    ("slip", "meant"),
    [("mengtakan", "mengatakan"), ("tidka", "tidak"), ("pemerintha", "pemerintah"), ("dirumah", "di rumah")],
)
@pytest.mark.parametrize("around", [NEWS, ""], ids=["in an article", "alone"])
def test_slips_of_indonesian_news_are_mended(slip, meant, around):
    text = f"{around}Warga itu {slip} kemarin karena hujan turun sejak pagi. {around}".strip()
    assert NORMALIZER.clean(text) == text.replace(slip, meant)


def test_a_hasty_sentence_is_mended_whole():
    text = f"{NEWS}Ia mengtakan bahwa pemerintha tidka akan menyelsaikan msalah itu. {NEWS}".strip()
    explanation = NORMALIZER.explain(text)
    assert len(explanation.edits) == 5
    assert not explanation.findings


def test_what_is_left_stays_when_its_text_is_cleaned_again():
    text = f'{NEWS}Ia mengtakan, "Inyo indak ado untuak kito, alah patang tu." {NEWS}'
    cleaned = NORMALIZER.clean(text)
    assert "mengatakan" in cleaned
    assert "untuak" in cleaned
    assert NORMALIZER.clean(cleaned) == cleaned


def test_an_english_phrase_in_news_is_told_by_its_words():
    text = f"{NEWS}Pinjaman itu memakai grace period dua tahun. {NEWS}"
    start = text.index("period")
    assert JUDGE.verdict(text, start, start + len("period"), "periode").variety == "english"


def test_a_hyphen_makes_another_word():
    assert NORMALIZER.clean("Warga ramairamai datang ke alun-alun.") == "Warga ramai-ramai datang ke alun-alun."


def test_verdicts_do_not_hang_on_what_was_judged_before():
    text, fresh = OTHERS[0][0], Judge(lexicon.load())
    start = text.index("untuak")
    place = text, start, start + len("untuak"), "untuk"
    assert fresh.verdict(*place) == JUDGE.verdict(*place)


def test_languages_are_indonesian_or_all():
    with pytest.raises(ValueError, match="indonesian or all"):
        Normalizer(languages="malay")
