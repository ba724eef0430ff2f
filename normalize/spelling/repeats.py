"""A word that stands twice side by side: typed twice (yang yang), or one that lost its hyphen (masing masing).

A closed list tells which it is (dictionaries/repeats.tsv), and grammar: a verb with a prefix is never doubled whole
(menari-nari). All others stay as they are: a word may be repeated on purpose (langsung langsung, happy happy).

Two or three words that stand twice were typed twice where they begin or end with a function word, and the sentence goes on
(mulai dari mulai dari diskon). Of 41 such places read 38 were, and the shapes of the others are left. The rest stays: a
plural (desa wisata desa wisata), verse, a slogan, speech.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..lazy import lazy_pattern
from ..lexicon import Lexicon
from .morphology import VERBAL, analyses
from .place import before, is_tied

COUNTED = "counted"
# Uses in the counted corpus of such a verb, which stands once; and of one that does where the sentence goes on: of 23 places
# of these 20 do, the others are speech ("Ayo dicoba dicoba, segar"). Choices.
MIN_VERB, MIN_RARE_VERB = 500, 20
RARE_VERB = "rare verb"
# Behind these a noun stands once, so that its second time is no plural: "salah satu rumah rumah".
OF_ONE = frozenset(("satu", "seorang", "sebuah", "setiap", "tiap", "suatu", "seekor"))
# What is counted stands once behind a number: "20 tahun tahun".
UNITS = frozenset(
    """
    anggota bulan derajat dolar gram hari hektare jam juta kali kilogram kilometer liter menit meter miliar minggu
    pekan persen poin ribu rupiah tahun triliun unit
    """.split()
)
COUNTED_ONCE = UNITS | {"satu"}  # "salah satu satu"
BY_NEIGHBOURS = "by neighbours"
ANY, LETTER = lazy_pattern(""), lazy_pattern(r"[a-z] \Z")
WORD_BEHIND = lazy_pattern(" [a-z]")
# Words that stand twice for more than one reason (kata-kata, oleh-oleh, yang tidak-tidak, siswa baru): how they are meant
# where what stands before the two and what stands behind them is this.
BETWEEN = {
    "akhir": ("hyphen", ANY, lazy_pattern(r" ini\b")),
    "baik": ("hyphen", ANY, lazy_pattern(r" (?:saja|aja)\b")),
    "baru": ("hyphen", ANY, lazy_pattern(r" (?:ini|saja|aja)\b")),
    "bukan": ("once", lazy_pattern(r"(?<![Yy]ang) \Z"), WORD_BEHIND),
    "ini": ("once", LETTER, lazy_pattern(" (?!yang|saja|aja|lagi|melulu)[a-z]")),
    "itu": ("once", lazy_pattern(r"(?<![Yy]ang) \Z"), lazy_pattern(" (?!yang|saja|aja|lagi|melulu|juga)[a-z]")),
    "kata": ("once", lazy_pattern(r"[\"”] ?\Z"), lazy_pattern(" ")),
    "lebih": ("once", LETTER, lazy_pattern(r" dari\b")),
    "oleh": ("once", lazy_pattern(r"\bdi[a-z]{3,} \Z"), lazy_pattern(" ")),
    "saat": ("once", ANY, lazy_pattern(r" ini\b")),
    "salah": ("once", ANY, lazy_pattern(" satu")),
    "tengah": ("hyphen", lazy_pattern(r"\b(?:di|ke) \Z"), WORD_BEHIND),
    "tidak": ("once", lazy_pattern(r"(?<![Yy]ang) \Z"), WORD_BEHIND),
}
# One of these before a name or a number stands once: "di desa desa Sukamaju", "lagu lagu “Senja”", "pasal pasal 2".
BEFORE_NAMES = frozenset("desa kapal lagu oknum pasal proyek pulau sekolah toko".split())
NAME = lazy_pattern(r" [\"“A-Z0-9]")
# What goes on with what it belongs to: a phrase that ends so is none on its own.
OPEN = frozenset(
    """
    adalah agar akan bahwa beberapa berupa dalam dapat dari dengan di harus hingga jenis ke kepada menjadi merupakan oleh
    pada para perlu pukul sebagai sebuah secara sejumlah seluruh seorang tentang terhadap untuk yang
    """.split()
)
# What may stand once more with another meaning, by what stands before: "dari warga untuk warga untuk kota".
BETWEEN_TWO = frozenset(("antar", "antara", "dari", "hubungan", "oleh"))
# Prepositions, auxiliaries and adverbs; a phrase that begins so is one, and repeated on purpose it has a mark between.
BEGINNINGS = frozenset(
    """
    adalah akan atas bisa dalam dan dapat dari di hanya harus ke kepada masih menjadi merupakan oleh pada sebagai secara
    sedang sekitar sudah telah tentang terhadap untuk yang
    """.split()
)
# Where these follow, or are the phrase's last word, somebody speaks: "kalau di rumah di rumah saja", "ke sana ke sana".
SPOKEN = frozenset("aja dulu gitu ini itu lagi lain mana melulu pun saja sana semua sendiri sini situ terus".split())
CONDITIONS = frozenset(("bila", "jika", "kalau", "kalo", "yang"))
ADVERBS = frozenset("akan belum bisa harus hanya juga masih sedang sudah telah tidak".split())
GOES_ON = lazy_pattern(" [A-Za-z]+")
COMPLEMENT = lazy_pattern(r" [\"“(]?[^\W_]")
REACH = 20  # code points before the two that are looked at
SEVERAL = lazy_pattern(r"[0-9]|(?:dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|puluh|belas|ratus|ribu)\Z")


def meant(word: str, lexicon: Lexicon) -> str:
    """Decide how a lower-case `word` that stands twice is meant: "once", with a "hyphen", or "" as it is.

    COUNTED: once behind a number. BY_NEIGHBOURS: as BETWEEN tells. RARE_VERB: once where the sentence goes on.
    """
    listed = lexicon.repeats.get(word, "")
    if word in COUNTED_ONCE:
        return listed or COUNTED
    if word in BETWEEN:
        return BY_NEIGHBOURS
    uses = lexicon.words.get(word, 0)
    if listed or uses < MIN_RARE_VERB or word in lexicon.roots:
        return listed
    if not any(analysis.prefix in VERBAL and analysis.prefix != "ter" for analysis in analyses(word, lexicon.roots)):
        return ""
    return "once" if uses >= MIN_VERB else RARE_VERB


def _may_be_mended(text: str, word: str, start: int, end: int) -> bool:
    """Whether [start, end) of `text`, `word` and a space and it again, is all there is: no third time, no address."""
    left = before(text, start)
    if is_tied(text, start, end) or left.lower() == word or "-" in (text[max(0, start - 1) : start], text[end : end + 1]):
        return False
    return not text.startswith(word, end + 1)


def kind(how: str, text: str, word: str, start: int) -> str:
    """Decide about a `word` that stands twice from `start` on, and is meant `how`: "once", "hyphen", "" as it is."""
    if not _may_be_mended(text, word, start, start + 2 * len(word) + 1):
        return ""
    low, end = word.lower(), start + 2 * len(word) + 1
    if how == BY_NEIGHBOURS:
        kind_between, before_it, behind_it = BETWEEN[low]
        is_so = before_it.search(text, max(0, start - REACH), start) and behind_it.match(text, end)
        return kind_between if is_so else ""
    if how == RARE_VERB:
        right = GOES_ON.match(text, end)
        return "once" if right and right[0][1:] not in SPOKEN else ""
    if how == "hyphen" and low in BEFORE_NAMES and NAME.match(text, end):
        return ""
    if how == "once" or not _is_counted(text, low, start):
        return "" if how == COUNTED else how
    return "once" if low in COUNTED_ONCE else ""


def _is_counted(text: str, word: str, start: int) -> bool:
    """Whether a number stands before `word` at `start`, or a word that is followed by one thing: no plural follows these."""
    left = before(text, start).lower()
    return left == "salah" if word == "satu" else left in OF_ONE or SEVERAL.search(left) is not None


def may_be_typed_twice(words: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a phrase, in lower case, is one that is typed twice where it stands twice."""
    first, last = words[0], words[-1]
    if len(set(words)) < len(words):
        return False
    if last in OPEN:
        return True
    if first not in BEGINNINGS or last in SPOKEN:
        return False
    # "yang lama yang lama"; "penggelapan dan penggelapan dalam jabatan" names two things.
    is_verb = any(analysis.prefix in VERBAL for analysis in analyses(words[1], lexicon.roots))
    return first not in ("dan", "yang") or last in ADVERBS or is_verb


def is_typed_twice(text: str, words: Sequence[str], start: int, end: int) -> bool:
    """Whether a phrase that may be so was typed twice in [start, end): the sentence goes on behind it."""
    left, right = before(text, start).lower(), GOES_ON.match(text, end)
    if is_tied(text, start, end) or left == words[-1] or text.startswith(f" {words[0]}", end):
        return False
    if words[-1] in OPEN:
        return left not in BETWEEN_TWO and COMPLEMENT.match(text, end) is not None
    return right is not None and right[0][1:] not in SPOKEN and left not in CONDITIONS
