"""Boilerplate that a site puts between and behind the paragraphs: links to other articles, players, promotion.

It is reported, and taken out only when the user drops "boilerplate". No word of the article may go with it, and no
headline stay without its label: where running text does not tell the end of a headline, both stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..text import Text
from .headline import (
    LONGEST,
    LOOK,
    MORE,
    READ,
    SYNDICATED_LABEL,
    WATCH_LABEL,
    begins_headline,
    begins_label,
    headline_end,
    is_headline,
)
from .removal import matches_of, of_literals, taken_out

_OTHER_NEWS = r"[Bb]erita (?:[a-z ]{0,30})?[Ll]ainnya di (?:News Google|Google News)(?: SURYA\.(?:co\.id|CO\.ID)|\.)?"

# --- Links to other articles -----------------------------------------------------------------------------------------

# Each begins with a letter that a search can go by.
_BEHIND_LABEL = r"(?:\s?:|(?=,)|(?<=\n.{9})(?=[ ]*\n))[ ]*"
_READ_ALSO = lazy_pattern(rf"{READ}{_BEHIND_LABEL}|B(?:aca|ACA) ?: ?(?=https?://)|Baca ?: ?(?P<bare>(?=[A-Z\d]))")
_look_also = matches_of(dict.fromkeys(LOOK, rf"(?= ?: ){_BEHIND_LABEL}"))
_SIMAK = lazy_pattern(r"Simak ?: ?(?P<bare>(?=[A-Z\d]))")
_PICKED = lazy_pattern(r"Pilihan (?:Editor ?:|Redaksi(?=\s+[A-Z\d]))(?P<bare>\Z)?[ ]*")
_NEXT_LINE = lazy_pattern(r"[ \t]*\n\s*+((?P<bullet>[-•*–] +)?[^\n]+)")
_ADDRESS = lazy_pattern(r"https?://\S+")


def _read_also(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in chain(_look_also(text), *(label.finditer(string) for label in (_READ_ALSO, _SIMAK, _PICKED))):
        address = _ADDRESS.match(string, match.end())
        is_line = match.start() == 0 or string[match.start() - 1] == "\n"
        start, end = match.start(), address.end() if address else headline_end(text, match.end(), is_line)
        if end == match.end():
            end = _next_headline(string, end)
        ends_line = match[0].rstrip()[-1].isalpha() and string.startswith("\n", match.end())  # a sentence may end with it
        is_bare = match.lastgroup == "bare" or ends_line
        if end == match.end() and not begins_label(string, end):  # else it has no headline
            if is_bare:
                continue
            if begins_headline(string, end):  # without its label nothing would tell it from the article
                yield Proposal(
                    start, end, None, READ_ALSO.name, READ_ALSO.confidence, "where its headline ends is not clear"
                )
                continue
        if string[start - 1 : start] == "(":
            closing = string.find(")", start, start + LONGEST)
            if closing > 0 and not {"(", "\n"} & set(string[start:closing]):
                start, end = start - 1, closing + 1
        yield taken_out(READ_ALSO, string, start, end)


def _next_headline(string: str, start: int) -> int:
    """Find the end of the headline that fills the line behind a label, which ends at `start`, or of a list of some.

    It is `start` where there is none."""
    end, is_list = start, True
    while is_list and (line := _NEXT_LINE.match(string, end)):
        is_list = line["bullet"] is not None
        headline = line[1].rstrip(" \t\r")
        if (end > start and not is_list) or not is_headline(headline.removeprefix(line["bullet"] or "")):
            break
        end = line.start(1) + len(headline)
    return end


READ_ALSO = Rule(
    name="crosslink.read-also",
    doc="""Take out "Baca juga: ..." and its headline; where the end of that is not clear, both stay and are reported.""",
    trigger=(
        *("Baca juga", "Baca Juga", "BACA JUGA", "BACA juga", "Pilihan Editor", "Pilihan Redaksi"),
        *(f"{label}{gap}: " for label in LOOK for gap in ("", " ")),
        "Baca selengkapnya: ",
        *("BACA:", "BACA :", "Baca:", "Baca :", "Simak:", "Simak :"),
    ),
    changes={
        "Hujan turun.\nBaca juga: Banjir di Bogor\nWarga mengungsi.": "Hujan turun.\nWarga mengungsi.",
        "Hujan turun.\nBaca Juga\nBanjir Melanda Bogor\nWarga mengungsi.": "Hujan turun.\nWarga mengungsi.",
        "Hujan turun.\nBaca Juga: \nBanjir Melanda Bogor\n\nWarga mengungsi.": "Hujan turun.\n\nWarga mengungsi.",
        "Hujan turun.\n\nBaca juga: Banjir di Bogor\n\nWarga mengungsi.": "Hujan turun.\n\nWarga mengungsi.",
        "Hujan turun. Baca juga: Banjir Melanda Bogor Namun, warga tenang.": "Hujan turun. Namun, warga tenang.",
        'Ia pergi. Baca Juga: Jalan Raya Bogor Putus "Kami menunggu," katanya.': 'Ia pergi. "Kami menunggu," katanya.',
        "Kata dia. (Baca juga: Banjir Melanda Bogor) Lalu pulang.": "Kata dia. Lalu pulang.",
        "Kata dia. Baca juga: Budi pulang.": "Kata dia. Budi pulang.",
        "Kata dia. Baca juga: Banjir Melanda Bogor  Budi Santoso pulang.": "Kata dia. Budi Santoso pulang.",
        "Kata dia. Baca juga: Banjir Melanda Bogor Warga mengungsi.": "Kata dia. Warga mengungsi.",
        "Kata dia. Baca juga: Bogor Siapkan PerahuWarga mengungsi.": "Kata dia. Warga mengungsi.",
        "Kata dia. Baca juga: Ada Apa di Bogor? Hujan deras turun.": "Kata dia. Hujan deras turun.",
        "Kata dia.\nBaca juga: Bogor siapkan perahu\nIa pergi.": "Kata dia.\nIa pergi.",
        "Kata dia. Baca juga: Jembatan Raya Bogor IstiqlalAdi khawatir.": "Kata dia. Adi khawatir.",
        "Kata dia. Baca juga: Jalan Putus di Bogor Hasil ini didasari data.": "Kata dia. Hasil ini didasari data.",
        "Kata dia. Simak: Banjir Melanda Bogor Namun, ia pergi.": "Kata dia. Namun, ia pergi.",
        "Kata dia. Lihat Juga : Banjir Melanda Bogor Menurut Budi, air surut.": "Kata dia. Menurut Budi, air surut.",
        "Kata dia. BACA: https://contoh.id/banjir Ia pergi.": "Kata dia. Ia pergi.",
        "Kata dia. Baca juga: Apakah Boleh Mandi Malam? Ini Penjelasan Lengkapnya Dalam kajian itu tidak.": (
            "Kata dia. Dalam kajian itu tidak."
        ),
        "Kata dia.\nMenarik Dibaca: Bogor Siapkan Perahu\nIa pergi.": "Kata dia.\nIa pergi.",
        "Kata dia.\nBaca Juga:\n- Bogor Siapkan Perahu\n- Ada Apa di Bogor?\nIa pergi.": "Kata dia.\nIa pergi.",
        "Kata Heri. Baca juga: Banjir di Bogor Baru Surut dalam 12 Jam Heri mengatakan, ia siap.": (
            "Kata Heri. Heri mengatakan, ia siap."
        ),
    },
    keeps=(
        "Ia membaca, dan baca juga: itu kuncinya.",
        "Baca jugalah buku itu. Lihat juga dirimu sendiri.",
        "Kata dia. Baca juga: Banjir Bogor Budi Santoso pulang.",
        "Kata dia. Baca juga: Menteri Siapkan Pajak Hanya untuk Barang Mewah Budi menjelaskan hal itu.",
        "Kata dia. Baca juga: Pembeli Mobil VinFast Bisa Ngecas Baterai di Jaringan Milik Sendiri Budi menjelaskan.",
    ),
    tag="boilerplate",
)

_QUOTED = rf"""(?:"[^"\n]{{5,200}}"|“[^”\n]{{5,200}}”|'[^\n]{{5,200}}?'(?=:|\s*(?:\Z|\n|{MORE})))"""
_VIDEO = lazy_pattern(rf"(?:{WATCH_LABEL})[ ]?(?::[ ]?)?({_QUOTED}:?)?")
_PLAYED = lazy_pattern(r"[^.!?\n\[]{1,250}(?=\[Gambas)")


def _watch(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in _VIDEO.finditer(string):
        end = match.end()
        if not match[1]:
            played = _PLAYED.match(string, end)
            end = played.end() if played else headline_end(text, end)
            if end == match.end():
                continue
        yield taken_out(WATCH, string, match.start(), end)


WATCH = Rule(
    name="crosslink.watch",
    doc="""Take out "Simak Video ..." with the video's title.""",
    trigger=(
        "Simak Video",
        "Simak video",
        "Lihat Video",
        "Lihat video",
        "Simak juga",
        "Lihat juga",
        "Tonton juga",
        "Saksikan juga",
        "Tonton Video",
        "Tonton video",
    ),
    changes={
        'Ia pulang. Simak Video "Banjir Melanda Bogor" Besok ia kembali.': "Ia pulang. Besok ia kembali.",
        "Ia pulang. Simak video warga menyelamatkan ternak: [Gambas]": "Ia pulang. [Gambas]",
        "Ia pulang. Simak Video: Banjir Melanda Bogor": "Ia pulang.",
        "Ia pulang. Saksikan juga Bincang Pagi: Bogor Siapkan Perahu": "Ia pulang.",
    },
    keeps=("Simak video yang diunggah warga di bawah ini.", "Ia meminta warga menyimak video itu."),
    tag="boilerplate",
)


# The last title of a text, and one that stands there twice: as the text of a link and below its picture.
_LAST = r"(?=\s*(?:\Z|\([a-z]{2,4}/[a-z]{2,4}\)))"
_TITLES = {
    "Video: ": rf"(?<=[.!?:”\")\n] Video: )(?![^\n]{{0,120}}\. [A-Z])[^\n]{{8,120}}?{_LAST}",
    "Video ": rf"(?<=[.!?:”\")\n] Video )(?P<title>[^\n]{{8,120}}) Video (?P=title){_LAST}",
}
_titles = matches_of(_TITLES)
_TAIL = 1_000  # code points at a text's end that may hold a title twice: a choice


# Set in a block of its own twice, as the text of a link and below its picture: far from the margin.
_TWICE = lazy_pattern(r"\n[ \t]{4,}(?P<title>\S[^\n]{12,160}\S)[ \t\r]*\n\s*\n[ \t]{4,}(?P=title)(?=\s*\Z)")


def _title(text: Text) -> Iterator[Proposal]:
    if twice := _TWICE.search(text.string, max(0, len(text.string) - _TAIL)):
        yield taken_out(TITLE, text.string, twice.start() + 1, twice.end())
    for match in _titles(text):
        start = match.start()
        while text.string.endswith(": Video: ", 0, start):  # labels before it, without a title
            start -= len("Video: ")
        yield taken_out(TITLE, text.string, start, match.end())


TITLE = Rule(
    name="crosslink.title",
    doc="""Take out the title of a video behind a text.""",
    trigger=("Video: ", "Video ", ("\n", *(" \t",) * 4)),
    changes={
        "Ia pulang. Video: Banjir Melanda Bogor": "Ia pulang.",
        "Ia pulang. Video Banjir Melanda Bogor Video Banjir Melanda Bogor": "Ia pulang.",
        "Ia pulang.\n\n    Banjir Melanda Bogor\n\n\n      Banjir Melanda Bogor\n": "Ia pulang.\n\n",
    },
    keeps=(
        "Ia pulang. Video: rekaman itu ada. Ia tidur.",
        "Ia pulang. Video Banjir Melanda Bogor",
        "Isi Video: rekaman banjir",
    ),
    tag="boilerplate",
)


# --- Players, advertisements -----------------------------------------------------------------------------------------

_EMBEDS = {
    "SCROLL TO ": r"(?:CONTINUE WITH|RESUME) CONTENT",
    "[Gambas": r" ?:[^\]\n]{1,40}\]",
    "ADVERTISEMENT": r"(?:(?<![A-Z] ADVERTISEMENT)(?:\s+SCROLL TO (?:CONTINUE WITH|RESUME) CONTENT|(?! [A-Z]{2}))"
    r"|(?= [A-Z][a-z]))",
    "Advertisement": r"(?:(?<=[.!?:”\"] Advertisement)(?=\s*\Z|\n| [A-Z\"“]| \d+\.)|(?<=\nAdvertisement)"
    r"(?: by|\. Scroll to continue reading\.)?(?=\s*\Z|\n))",
    "loading...": r"(?<=,loading\.\.\.)",
}

EMBED = Rule(
    name="crosslink.embed",
    doc="""Take out what stands for a player or an advertisement.""",
    trigger=("SCROLL TO", "[Gambas", "ADVERTISEMENT", "Advertisement", "loading..."),
    changes={
        "Hujan turun. SCROLL TO CONTINUE WITH CONTENT Warga mengungsi.": "Hujan turun. Warga mengungsi.",
        "Hujan turun.\n[Gambas:Instagram]\nWarga mengungsi. [Gambas:Video 20detik]": "Hujan turun.\nWarga mengungsi.",
        "Hujan turun. ADVERTISEMENT Warga mengungsi.": "Hujan turun. Warga mengungsi.",
        'Kata Siti. Advertisement "Kami siap," katanya.': 'Kata Siti. "Kami siap," katanya.',
        "Hujan turun.\nAdvertisement. Scroll to continue reading.\nLalu reda.": "Hujan turun.\nLalu reda.",
        "Hujan turun. ADVERTISEMENT SCROLL TO CONTINUE WITH CONTENT Lalu reda.": "Hujan turun. Lalu reda.",
    },
    keeps=("Ia menulis buku ADVERTISEMENT AND SOCIETY.", "[Gambar: warga mengungsi] Layar menulis loading... lalu mati."),
    tag="boilerplate",
)


# --- Promotion, syndication ------------------------------------------------------------------------------------------

# A sentence that ends a line or the text, by which an outlet asks its readers to a channel of its own.
_CHANNEL = (
    r"(?:Google News|(?:[Ss]aluran|[Kk]anal|[Cc]hannel|[Gg]rup|[Gg]roup) (?:W(?:hats)?[Aa](?:pp)?|Telegram)"
    r"|(?:W(?:hats)?[Aa](?:pp)?|Telegram) [Cc]hannel)"
)
_OURS = r"[^\n]{0,120}?(?:[Bb]erita|BERITA|[Kk]ami|[Tt]erkini|[Tt]erbaru|[Uu]pdate|\.com|\.id|Google)"
_TO_LINE_END = r"[^.,!\n]{0,60}(?:\.(?:com|co\.id|id|me)[^.!\n]{0,60})?[.!]?(?=[ \t]*(?:\n|\Z))"


def _channel(verb: str) -> str:
    begins = "|".join(f"(?<={before}{verb} )" for before in (r"\A", r"\n", r"[.!?”\")] "))
    return rf"(?:{begins})(?={_OURS})(?:[^.!\n]|\.(?=\w)){{0,100}}?{_CHANNEL}{_TO_LINE_END}"


_INVITATIONS = (
    "Follow Gabung Bergabung Bergabunglah Dapatkan Simak Cek Baca Join".split()
)  # Ikuti and Update have more below

# The lines of advice behind a health campaign's tag.
_ADVICE = r"(?:\s*\n(?:[Pp]akai [Mm]asker|[Ss]elalu [Jj]aga|[Jj]aga [Jj]arak|[Cc]uci [Tt]angan|#)[^\n]{3,150})*"
_PROMOTIONS = {
    "Dapatkan update berita ": r"[^.\n]{0,60}(?:dari [\w-]{3,20}\.(?:com|co\.id|id|net)|(?<=setiap hari)(?=\.))\.?"
    r"(?:\s+Mari bergabung di Grup Telegram [^\n]{0,120}?kemudian join\.)?"
    r"(?:\s+Anda harus install aplikasi Telegram terlebih dulu di ponsel\.)?",
    "Baca artikel detik": r"\w+, \"[^\"\n]{5,200}\"",
    "Baca berita ": r"(?:dengan sedikit iklan, klik di ?sini|tanpa iklan\. Gabung \w+\.com\+)\.?",
    "Scroll ke bawah untuk ": r"(?:melanjutkan )?membaca(?: berita)?(?=\s*(?:\n|\Z))",
    "Dapatkan berita ": r"[^.\n]{0,80}pilihan setiap hari\.?",
    "Mari bergabung di ": r"(?:Grup|Kanal|Channel|Saluran) (?:Telegram|WhatsApp)[^\n]{0,60}?[,.]\s[Cc]aranya klik link \S+"
    r"(?: kemudian join\.?)?(?:\s+Anda harus install aplikasi \w+ terlebih dulu di ponsel\.)?",
    "Gabung ke Channel WhatsApp ": r"[^.\n]{2,30} untuk update berita terbaru dan terpercaya\.?",
    "Ikuti berita terkini dari ": r"[\w. ]{3,30} di Google News, klik ?di ?sini\.?",
    "Saksikan Live Detik": r"\w+ ?:",
    "Saksikan juga video menarik di bawah ini": " ?:?",
    **{f"#{name} with F": "(?:IMELA|imela)" for name in ("GrowFearless", "GrowFearLess", "Growfearless")},
    **{f"{stars}#IngatPesanIbu": _ADVICE for stars in ("", "** ")},
    **{f"Ikuti {name} Channel ": r"[\w .]{3,30}(?=\s*(?:\n|\Z))" for name in ("WhatsApp", "Whatsapp")},
    "Simak berbagai berita pilihan dan terkini dari ": (
        r"[\w.]{3,30} di (?:Saluran|Grup|Kanal|Channel) (?:WhatsApp|Telegram)[^\n]{0,200}(?=\n|\Z)"
    ),
    "Artikel ini merupakan bagian dari Lestari KG Media, sebuah inisiatif untuk akselerasi Tujuan Pembangunan": (
        r"\s+Berkelanjutan\.(?:\s+Selengkapnya(?=\s))?"
    ),
    "Simak juga video pilihan ": r"(?:berikut|di bawah)(?: ini)? ?:?",
    "Jangan Sampai Ketinggalan Video Pilihan Redaksi": r"(?: ini)? ?:?",
    "Cek Berita dan Artikel yang lain di Google News": r"(?: dan W(?:hats)?A(?:pp)? Channel)?",
    "Pantau berita terkini di VIVA": r"[^.\n]{0,80}(?=\n|\Z)",
    "Terima kasih telah membaca ": r"[\w.]{3,30}?\.?\s*Dapatkan informasi, inspirasi dan insight di email kamu\.?"
    r"(?:\s*Daftarkan email)?",
    "BACA BERITA ": r"(?:[A-Z.]{3,30} ){1,3}?(?:DI GOOGLE NEWS )?LAINNYA",
    "Ikuti ": rf"(?:{_OTHER_NEWS}|{_channel('Ikuti')})",
    ">>>Ikuti ": _OTHER_NEWS,
    ">>> Ikuti ": _OTHER_NEWS,
    "Update ": rf"(?:{_OTHER_NEWS}|{_channel('Update')})",
    **{f"{verb} ": _channel(verb) for verb in _INVITATIONS},
    "Lebih banyak berita terkait ": r"(?<=\nLebih banyak berita terkait )[^.\n]{3,80}(?=\n|\Z)",
}

PROMOTION = Rule(
    name="crosslink.promotion",
    doc="""Take out the sentences by which a site asks its readers on: to its channels, to other news.""",
    trigger=(
        "Dapatkan ",
        "Baca berita ",
        "Baca artikel detik",
        "Scroll ke bawah",
        "Pantau berita terkini",
        "Mari bergabung di ",
        "video pilihan ",
        "Jangan Sampai Ketinggalan",
        " LAINNYA",
        "Google",
        "Lebih banyak berita terkait",
        "Gabung ke Channel",
        "Saksikan Live Detik",
        "Saksikan juga video menarik",
        "#GrowFear",
        "#Growfear",
        "#IngatPesanIbu",
        *("hannel W", "hannel T", "aluran W", "aluran T", "anal W", "anal T", "rup W", "rup T", "roup W", "roup T"),
        *(f"{site} {channel}" for site in ("App", "app", "WA", "ram") for channel in ("Channel", "channel")),
        "Simak berbagai berita",
        "bagian dari Lestari KG Media",
    ),
    changes={
        "Warga mengungsi.\nLebih banyak berita terkait banjir Bogor": "Warga mengungsi.\n",
        "Ia pulang.\n** #IngatPesanIbu\nPakai Masker, Jaga Jarak.\nSelalu Jaga Kesehatan.\nWarga pergi.": (
            "Ia pulang.\nWarga pergi."
        ),
        "Ia pulang. #Growfearless with FIMELA": "Ia pulang.",
        "Ia pulang.\nIkuti Whatsapp Channel Kabar Contoh\nIa tidur.": "Ia pulang.\nIa tidur.",
        "Ia pulang. Simak juga video pilihan berikut ini:": "Ia pulang.",
        "Ia pulang. Mari bergabung di Kanal WhatsApp Contoh. Caranya klik link https://contoh.id/ini": "Ia pulang.",
        "Baca berita dengan sedikit iklan, klik di sini\nIa pulang.": "Ia pulang.",
        "Ia pulang. BACA BERITA SURYA.CO.ID DI GOOGLE NEWS LAINNYA": "Ia pulang.",
        "Ia pulang.\nIkuti saluran WhatsApp Kabar Contoh untuk berita terkini.\nIa tidur.": "Ia pulang.\nIa tidur.",
        "Ia pulang. Follow Berita Contoh di Google News": "Ia pulang.",
        "Ia pulang. Dapatkan update berita pilihan dan breaking news setiap hari dari Kompas.com.": "Ia pulang.",
    },
    keeps=(
        "Lebih banyak berita terkait banjir muncul hari ini.",
        "Ia membaca berita lainnya di halaman selanjutnya.",
        "Ikuti langkah berikut.\nBuka grup WhatsApp, lalu pilih anggota.\nIkuti saluran WhatsApp yang ada.",
        "Dapatkan kabar terbaru di kanal WhatsApp milik desa itu bersama warga, lalu ia pergi ke kantor camat di Bogor.",
    ),
    tag="boilerplate",
)

_TITLED = lazy_pattern(
    rf"(?:{SYNDICATED_LABEL})(TIMES Indonesia|[\w-]+(?:\.[\w-]+){{0,3}})(?:,? dengan judul ?:?[ ]*({_QUOTED}\.?)?)?"
)


def _syndicated(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in _TITLED.finditer(string):
        end = match.end() if match[2] or "judul" not in match.group() else headline_end(text, match.end())
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
    Finder((TITLE,), _title),
    of_literals(EMBED, _EMBEDS),
    of_literals(PROMOTION, _PROMOTIONS),
    Finder((SYNDICATED,), _syndicated),
)
