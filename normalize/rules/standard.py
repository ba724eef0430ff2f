"""Standard spelling: what is merely not so by KBBI VI and EYD V, and may be meant. Runs only when it is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from ..lazy import lazy_pattern
from ..lexicon import Lexicon
from ..rule import Finder, Proposal, Rule
from ..spelling.morphology import is_well_formed
from ..spelling.place import before, begins_sentence, is_tied, occurrences
from ..text import Text
from ..tokens import scan

# Bound forms that make a word with any noun, and are nothing on their own; multi, antar, semi, tuna and others, which are
# also words or before English ones (antar jemput, musim semi, multi-player), have rows of standard.tsv.
BOUND = lazy_pattern(r"(?<![^\W_])([Aa]nti|[Nn]on|[Pp]asca|[Pp]ra)[ -]([a-z]{4,})(?![\w-])")
# What does not make a word with them ("anti dan pro", "anti terhadap kritik", "pasca sejumlah aksi"); and names that are
# often in lower case, which would keep a hyphen ("pasca lebaran").
APART = frozenset(
    """adanya akan anda atau bagi banget beberapa bukan covid dalam dari dengan juga kalau kami karena kepada kita lagi lain
    lebaran lebih maupun mereka natal oleh orang pada para saat saja sama satu sejumlah semua seperti serta situasi stop
    sudah tapi telah terhadap tetapi tidak untuk yang""".split()
)
VERB = lazy_pattern("(?:ber|di|me|ter)[a-z]{4}")

STANDARD = Rule(
    name="spelling.standard",
    doc="""Write a merely non-standard spelling as KBBI VI and EYD V do: the rows of standard.tsv.""",
    changes={
        "Apotik itu beresiko tutup.": "Apotek itu berisiko tutup.",
        "Silahkan antri sesuai jadual.": "Silakan antre sesuai jadwal.",
        "Kerjasama itu ditandatangani Walikota Bandung.": "Kerja sama itu ditandatangani Wali Kota Bandung.",
        "Praktek-praktek itu merubah obyek kajian.": "Praktik-praktik itu mengubah objek kajian.",
        "Jual-beli itu memiliki tolak ukur.": "Jual beli itu memiliki tolok ukur.",
    },
    keeps=(
        "Pak Ridho pindah ke Alam Sutera.",
        "Lihat resiko.com atau @antri.",
        "Rubah itu lari ke hutan.",
        "Komunitas Jual-Beli Jakarta mengkaji hal itu.",
    ),
    trigger=(),
    opt_in="standard",
)

BOUND_FORM = Rule(
    name="spelling.bound-form",
    doc="""Join a bound form to its word: anti, non, pasca, pra (EYD V, "bentuk terikat").""",
    changes={
        "Gerakan anti korupsi itu tumbuh pasca gempa.": "Gerakan antikorupsi itu tumbuh pascagempa.",
        "Pembayaran non-tunai naik.": "Pembayaran nontunai naik.",
    },
    keeps=("Komisi Anti Korupsi bersidang.", "Ia anti terhadap kritik.", "Kafe itu buka non stop pasca-Covid."),
    trigger=("anti", "non", "pasca", "pra", "Anti", "Non", "Pasca", "Pra"),
    opt_in="standard",
)


def find_standard(text: Text) -> Iterator[Proposal]:
    """The rows of standard.tsv that stand in a text."""
    forms = _forms(text.lexicon)
    for first in sorted(forms.keys() & set(scan(text.data))):
        for form in forms[first]:
            places = list(occurrences(text.string, form))
            for start, meant in text.corrector.listed(text.string, form, text.lexicon.standard, places):
                if not text.is_foreign(start, start + len(form)):
                    yield Proposal(start, start + len(form), meant, STANDARD.name, STANDARD.confidence)


@cache
def _forms(lexicon: Lexicon) -> Mapping[bytes, Sequence[str]]:
    """The rows of standard.tsv as they may stand in a text, by the first run of letters of each: jual of jual-beli."""
    forms = defaultdict(list)
    for row in lexicon.standard:
        for form in (row, row.capitalize()) if row.islower() else (row,):
            forms[scan(form.encode())[0]].append(form)
    return forms


def find_bound_forms(text: Text) -> Iterator[Proposal]:
    """Bound forms before a known word in lower case, with a space or hyphen between."""
    string, lexicon = text.string, text.lexicon
    for found in BOUND.finditer(string):
        form, word = found.groups()
        start, end = found.span()
        if not _makes_a_word(form.lower(), word, lexicon):
            continue
        if is_tied(string, start, end) or (form[0].isupper() and not begins_sentence(string, start, before(string, start))):
            continue
        if not text.is_foreign(start, end):
            gap = start + len(form)
            yield Proposal(gap, gap + 1, "", BOUND_FORM.name, BOUND_FORM.confidence)


def _makes_a_word(form: str, word: str, lexicon: Lexicon) -> bool:
    """Whether a bound form is put to a lower-case word: not to English ones (non-performing loan), to verbs only pasca."""
    if word in APART or word in lexicon.standard or word not in lexicon.words or (form != "pasca" and VERB.match(word)):
        return False
    return is_well_formed(word, lexicon.roots)


# Both look at the language around.
FINDERS = (Finder((STANDARD,), find_standard, looks_far=True), Finder((BOUND_FORM,), find_bound_forms, looks_far=True))
