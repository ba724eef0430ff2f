"""Boilerplate that a site puts between and behind the paragraphs: links to other articles, players, promotion.

It is reported, and taken out only when the user drops "boilerplate". No word of the article may go with it: where
running text does not tell the end of a headline, only the words before the headline are covered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import compress

from .. import kernel
from ..rule import Finder, Proposal, Rule
from ..text import Text

_LONGEST_HEADLINE = 250  # code points


def taken_out(rule: Rule, string: str, start: int, end: int) -> Proposal:
    """The change that takes [start, end) out, with the spaces before it, so that one gap stays; a line with its end."""
    while end > start and string[end - 1] == " ":
        end -= 1
    if end == len(string) or string[end] in " \n":
        while start and string[start - 1] == " ":
            start -= 1
    if start == 0 or string[start - 1] == "\n":
        blank_before = start == 0 or string.endswith("\n\n", 0, start)
        while string.startswith("\n", end):
            end += 1
            if not blank_before:
                break
    return Proposal(start, end, "", rule.name, rule.confidence)


def _boilerplate(rule: Rule, patterns: Mapping[str, str]) -> Finder:
    """A finder of every match of the `patterns`, each told as the literal that it begins with and the rest."""
    compiled = [re.compile(re.escape(literal) + rest) for literal, rest in patterns.items()]
    begun = kernel.Literals([(literal.encode(),) for literal in patterns])

    def find(text: Text) -> Iterator[Proposal]:
        for pattern in compress(compiled, begun.found(text.data)):
            for match in pattern.finditer(text.string):
                yield taken_out(rule, text.string, *match.span())

    return Finder((rule,), find)


# --- Where a headline ends in running text ---------------------------------------------------------------------------

# Indonesian headlines are in title case but for these.
_SMALL = frozenset(
    """
    agar akan antar antara atas atau bagi bahwa bak bila buat dalam dan dari dengan demi di gegara guna hingga ini itu
    jadi jelang juga karena ke kepada kok lalu lewat maupun menuju nan oleh pada para pasca per pun saat sampai sang
    sebagai sejak selama seperti serta setelah sih soal tak tanpa tapi tentang terhadap terkait untuk usai vs yang
    a al an and at by for in is of on or s the to with x
    """.split()  # noqa: SIM905
)
# Words that begin a sentence of the article. Those of the first kind hardly ever stand in a headline, names may follow;
# the others tell only where the next word is in small letters.
_OPENERS = (
    "Adapun|Bahkan|Berdasarkan|Demikian|Diberitakan|Diketahui|Dikutip|Dilansir|Dia|Ia|Kemudian|Kendati"
    "|Lantas|Melansir|Mengutip|Menurut|Menurutnya|Mereka|Meski|Meskipun|Namun|Nantinya|Padahal|Pasalnya|Pihaknya"
    "|Sebelumnya|Sedangkan|Sehingga|Selain itu|Selanjutnya|Sementara itu|Tetapi"
)
_OPENERS_IN_TEXT = (
    "Akibat|Akibatnya|Apabila|Artinya|Atas|Banyak|Beberapa|Begitu|Berikut|Bukan|Dalam|Dari|Dengan|Di|Hal|Hanya"
    "|Hingga|Ini|Itu|Jadi|Jika|Kami|Karena|Kata|Ketika|Kini|Kita|Lalu|Lebih|Masih|Melalui|Memang|Mengenai|Mulai|Oleh"
    "|Pada|Pihak|Rencananya|Saat|Salah|Saya|Sebab|Sebagai|Sebelum|Sebanyak|Sejak|Sejauh|Sejumlah|Selain|Selama|Semua"
    "|Sementara|Seperti|Setelah|Setiap|Seusai|Sesuai|Tak|Terkait|Terlebih|Ternyata|Tidak|Total|Untuk|Usai|Walau"
    "|Walaupun"
)


def _by_first_letter(kinds: Mapping[str, str]) -> str:
    """Openers of each kind, with what must follow them, and not behind a capital.

    Alternatives that each begin with another letter are searched several times as fast.
    """
    openers = [(opener[0], opener[1:] + ahead) for kind, ahead in kinds.items() for opener in kind.split("|")]
    return "|".join(
        f"{first}(?<![A-Z]{first})(?:{'|'.join(rest for letter, rest in openers if letter == first)})"
        for first in sorted({letter for letter, _ in openers})
    )


_OPENER = re.compile(_by_first_letter({_OPENERS: "(?=[ ,])", _OPENERS_IN_TEXT: "(?=,? [a-z])"}))
_IN_SMALL = re.compile(r'[ "“]([^\W\d_A-Z][^\W\d_]*)')
_READ = r"B(?:aca|ACA) (?:[Jj]uga|JUGA)"
_WATCH = "|".join(
    (
        *(f"{word} [Vv]ideo" for word in ("Simak", "Lihat")),
        *(f"{word} juga(?: [Vv]ideo)?" for word in ("Simak", "Lihat", "Tonton")),
    )
)
_NEXT_PAGE = r"halaman (?:selanjut|berikut)nya\.?"
_PAGES = r"(?:(?:\s+\d){2,9}\s+Selanjutnya| Selanjutnya -+>)"
_OTHER_NEWS = r"[Bb]erita (?:[a-z ]{0,30})?[Ll]ainnya di (?:News Google|Google News)(?: SURYA\.(?:co\.id|CO\.ID)|\.)?"
_SYNDICATED = "|".join(
    f"{article} ini (?:sebagian )?(?:sebelumnya )?(?:telah |sudah )?tayang di "
    for article in ("Artikel", "Sebagian [Aa]rtikel")
)
# What else may follow a headline on its line.
_MORE = (
    rf"\[Gambas|SCROLL TO|ADVERTISEMENT|{_READ}|\({_READ}|{_WATCH}|Dapatkan update|BACA BERITA|Ikuti [Bb]erita"
    r"|Update [Bb]erita|>>> ?(?:Ikuti|Update) [Bb]erita|Simak (?:berita )?selengkapnya|Selengkapnya di|Bersambung ke"
    rf"|Halaman{_PAGES}|Isi komentar sepenuhnya|{_SYNDICATED}|Editor ?:"
)
_END = re.compile(rf"\n|\. |{_MORE}|\([A-Za-z]{{2,4}}(?:/[A-Za-z]{{2,4}})?\)(?= *\Z)|\([a-z]{{2,4}}/[a-z]{{2,4}}\)|\.,|,,")


def headline_end(string: str, start: int) -> int:
    """Where the headline that begins at `start` ends; `start` itself where nothing tells.

    It ends with the line, at other boilerplate, or where a sentence of the article begins: at the last opening word or
    opening quote before the first word that no headline would leave in small letters.
    """
    limit = min(len(string), start + _LONGEST_HEADLINE)
    closing = _END.search(string, start, limit)
    ends = closing is None or closing.group() != ". "
    if closing:
        limit = closing.start()
    for word in _IN_SMALL.finditer(string, start - 1, limit):
        if word[1] not in _SMALL and word[1][0].islower():
            limit, ends = word.start(1), False
            break
    if ends:
        return limit
    openings = [match.start() for match in _OPENER.finditer(string, start, limit)]
    if string.count('"', start, limit) % 2:
        openings.append(string.rindex('"', start, limit))
    if string.rfind("“", start, limit) > string.rfind("”", start, limit):
        openings.append(string.rindex("“", start, limit))
    end = max(openings, default=start)
    return end - 1 if end > start and string[end - 1] in '"“' else end


# --- Links to other articles -----------------------------------------------------------------------------------------

_READ_ALSO = re.compile(rf"{_READ}(?:\s?:|(?=,))[ ]*")


def _read_also(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in _READ_ALSO.finditer(string):
        start, end = match.start(), headline_end(string, match.end())
        if string[start - 1 : start] == "(":
            closing = string.find(")", start, start + _LONGEST_HEADLINE)
            if closing > 0 and not {"(", "\n"} & set(string[start:closing]):
                start, end = start - 1, closing + 1
        yield taken_out(READ_ALSO, string, start, end)


READ_ALSO = Rule(
    name="crosslink.read-also",
    doc="""Take out "Baca juga: ..." and its headline, or those two words alone where the headline's end is not clear.""",
    trigger=("Baca juga", "Baca Juga", "BACA JUGA", "BACA juga"),
    changes={
        "Hujan turun.\nBaca juga: Banjir di Bogor\nWarga mengungsi.": "Hujan turun.\nWarga mengungsi.",
        "Hujan turun.\n\nBaca juga: Banjir di Bogor\n\nWarga mengungsi.": "Hujan turun.\n\nWarga mengungsi.",
        "Hujan turun. Baca juga: Banjir Melanda Bogor Namun, warga tenang.": "Hujan turun. Namun, warga tenang.",
        'Ia pergi. Baca Juga: Jalan Raya Bogor Putus "Kami menunggu," katanya.': 'Ia pergi. "Kami menunggu," katanya.',
        "Kata dia. (Baca juga: Banjir Melanda Bogor) Lalu pulang.": "Kata dia. Lalu pulang.",
        "Kata dia. Baca juga: Banjir Bogor Budi Santoso pulang.": "Kata dia. Banjir Bogor Budi Santoso pulang.",
    },
    keeps=("Ia membaca, dan baca juga: itu kuncinya.", "Baca jugalah buku itu. Lihat juga dirimu sendiri."),
    tag="boilerplate",
)

_QUOTED = rf"""(?:"[^"\n]{{5,200}}"|“[^”\n]{{5,200}}”|'[^\n]{{5,200}}?'(?=:|\s*(?:\Z|\n|{_MORE})))"""
_VIDEO = re.compile(rf"(?:{_WATCH})[ ]?(?::[ ]?)?({_QUOTED}:?)?")
_PLAYED = re.compile(r"[^.!?\n\[]{1,250}(?=\[Gambas)")


def _watch(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in _VIDEO.finditer(string):
        end = match.end()
        if not match[1]:
            played = _PLAYED.match(string, end)
            end = played.end() if played else headline_end(string, end)
            if end == match.end():
                continue
        yield taken_out(WATCH, string, match.start(), end)


WATCH = Rule(
    name="crosslink.watch",
    doc="""Take out "Simak Video ..." with the video's title.""",
    trigger=("Simak Video", "Simak video", "Lihat Video", "Lihat video", "Simak juga", "Lihat juga", "Tonton juga"),
    changes={
        'Ia pulang. Simak Video "Banjir Melanda Bogor" Besok ia kembali.': "Ia pulang. Besok ia kembali.",
        "Ia pulang. Simak video warga menyelamatkan ternak: [Gambas]": "Ia pulang. [Gambas]",
        "Ia pulang. Simak Video: Banjir Melanda Bogor": "Ia pulang.",
    },
    keeps=("Simak video yang diunggah warga di bawah ini.", "Ia meminta warga menyimak video itu."),
    tag="boilerplate",
)


# --- Players, advertisements -----------------------------------------------------------------------------------------

_EMBEDS = {
    "SCROLL TO ": r"(?:CONTINUE WITH|RESUME) CONTENT",
    "[Gambas": r" ?:[^\]\n]{1,40}\]",
    "ADVERTISEMENT": r"(?! [A-Z]{2})(?<![A-Z] ADVERTISEMENT)",
    "loading...": r"(?<=,loading\.\.\.)",
}

EMBED = Rule(
    name="crosslink.embed",
    doc="""Take out what stands for a player or an advertisement.""",
    trigger=("SCROLL TO", "[Gambas", "ADVERTISEMENT", "loading..."),
    changes={
        "Hujan turun. SCROLL TO CONTINUE WITH CONTENT Warga mengungsi.": "Hujan turun. Warga mengungsi.",
        "Hujan turun.\n[Gambas:Instagram]\nWarga mengungsi. [Gambas:Video 20detik]": "Hujan turun.\nWarga mengungsi.",
        "Hujan turun. ADVERTISEMENT Warga mengungsi.": "Hujan turun. Warga mengungsi.",
    },
    keeps=("Ia menulis buku ADVERTISEMENT AND SOCIETY.", "[Gambar: warga mengungsi] Layar menulis loading... lalu mati."),
    tag="boilerplate",
)


# --- Promotion, syndication ------------------------------------------------------------------------------------------

_PROMOTIONS = {
    "Dapatkan update berita ": r"[^.\n]{0,60}dari Kompas\.com\.?(?:\s+Mari bergabung di Grup Telegram [^\n]{0,120}?"
    r"kemudian join\.)?(?:\s+Anda harus install aplikasi Telegram terlebih dulu di ponsel\.)?",
    "BACA BERITA ": r"(?:[A-Z.]{3,30} ){1,3}?(?:DI GOOGLE NEWS )?LAINNYA",
    "Ikuti ": _OTHER_NEWS,
    ">>>Ikuti ": _OTHER_NEWS,
    ">>> Ikuti ": _OTHER_NEWS,
    "Update ": _OTHER_NEWS,
    "Simak ": rf"(?:berita )?selengkapnya,? di {_NEXT_PAGE}",
    "Selengkapnya di ": _NEXT_PAGE,
    "Bersambung ke ": _NEXT_PAGE,
    "Halaman": _PAGES,
    "Isi komentar sepenuhnya adalah tanggung jawab pengguna dan diatur dalam UU ITE.": "",
    "Lebih banyak berita terkait ": r"(?<=\nLebih banyak berita terkait )[^.\n]{3,80}(?=\n|\Z)",
}

PROMOTION = Rule(
    name="crosslink.promotion",
    doc="""Take out the sentences by which a site asks its readers on: to the next page, its channels, other news.""",
    trigger=(
        "Dapatkan update berita",
        " LAINNYA",
        "Google",
        "halaman selanjutnya",
        "halaman berikutnya",
        " Selanjutnya",
        "Isi komentar sepenuhnya",
        "Lebih banyak berita terkait",
    ),
    changes={
        "Warga mengungsi.\nLebih banyak berita terkait banjir Bogor": "Warga mengungsi.\n",
        "Warga mengungsi. Simak selengkapnya di halaman selanjutnya. Besok hujan.": "Warga mengungsi. Besok hujan.",
        "Ia pulang. BACA BERITA SURYA.CO.ID DI GOOGLE NEWS LAINNYA": "Ia pulang.",
        "Ia pulang. Dapatkan update berita pilihan dan breaking news setiap hari dari Kompas.com.": "Ia pulang.",
    },
    keeps=("Lebih banyak berita terkait banjir muncul hari ini.", "Ia membaca berita lainnya di halaman selanjutnya."),
    tag="boilerplate",
)

_TITLED = re.compile(
    rf"(?:{_SYNDICATED})(TIMES Indonesia|[\w-]+(?:\.[\w-]+){{0,3}})(?:,? dengan judul ?:?[ ]*({_QUOTED}\.?)?)?"
)


def _syndicated(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in _TITLED.finditer(string):
        end = match.end() if match[2] or "judul" not in match.group() else headline_end(string, match.end())
        yield taken_out(SYNDICATED, string, match.start(), end)


SYNDICATED = Rule(
    name="crosslink.syndicated",
    doc="""Take out "Artikel ini telah tayang di ... dengan judul ...".""",
    trigger=("rtikel ini",),
    changes={
        'Ia pulang. Artikel ini telah tayang di Kompas.com dengan judul "Banjir Melanda Bogor".': "Ia pulang.",
        "Ia pulang. Artikel ini telah tayang di Contoh.id dengan judul Banjir Melanda Bogor": "Ia pulang.",
    },
    keeps=("Artikel ini ditulis oleh peserta magang.", "Kisah di artikel ini tayang di televisi."),
    tag="boilerplate",
)

FINDERS = (
    Finder((READ_ALSO,), _read_also),
    Finder((WATCH,), _watch),
    _boilerplate(EMBED, _EMBEDS),
    _boilerplate(PROMOTION, _PROMOTIONS),
    Finder((SYNDICATED,), _syndicated),
)
