"""Boilerplate that a page prints around an article: counters of pages, tags, embedded posts, share lines, notices.

It is reported, and taken out only when the user drops "boilerplate".
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..text import Text
from .headline import PAGES
from .removal import of_literals, taken_out

# --- Pages -----------------------------------------------------------------------------------------------------------

_NEXT = r"[Hh]alaman (?:[Ss]elanjut|[Bb]erikut)nya(?:[.…> ]*[.…>]|(?=[ ]?[A-Z\n]|[ ]*\Z))"
_HERE = r"(?:berita )?(?:se)?lengkapnya (?:di sini|disini)(?:[.!]|(?=\s*(?:\n|\Z)))"
_ONWARD = rf"(?:(?:[^.!?\n\"”]{{0,60}}? )?(?:(?:di|ke|pada) )?{_NEXT}|{_HERE})"
_PART = r"(?:PENJELASAN|[Pp]enjelasan|REFERENSI|[Rr]eferensi)"  # of a check of facts
_THERE = rf"(?:ada |terdapat )?(?:di|pada|dalam) (?:bagian )?{_PART}(?: dan {_PART})?[.!]"
_COUNTERS = {
    "Halaman": PAGES,
    **{f"{word} ": _ONWARD for word in ("Simak", "Baca", "Cek", "Buka", "Lihat", "Klik", "Lanjut", "Bersambung")},
    "Selengkapnya ": rf"(?:{_ONWARD}|{_THERE}|(?<=\nSelengkapnya )di ?sini(?=\s*(?:\n|\Z)))",
    "Ke Halaman ": r"\d\s*=+>",
    "BACA SELENGKAPNYA": r"(?: DI SINI)?[ ]*(?:-*[>.]+)?",
    "BACA HALAMAN SELANJUTNYA": r"[ ]*(?:-*[>.]+)?",
    "BACA HALAMAN BERIKUTNYA": r"(?: HALAMAN:(?: \d)*)?",
}

COUNTER = Rule(
    name="page.counter",
    doc="""Take out the counter of an article's pages, and what asks its readers on to the next page.""",
    trigger=(
        "Halaman",
        "halaman",
        "BACA SELENGKAPNYA",
        "BACA HALAMAN",
        "lengkapnya di sini",
        "lengkapnya disini",
        "Selengkapnya ",
    ),
    changes={
        "Warga mengungsi. Simak selengkapnya di halaman selanjutnya. Besok hujan.": "Warga mengungsi. Besok hujan.",
        "Warga mengungsi.\nHalaman 1 2 3 Selanjutnya": "Warga mengungsi.\n",
        "Warga mengungsi. BACA SELENGKAPNYA --->": "Warga mengungsi.",
        "Warga mengungsi. Baca selengkapnya di sini.": "Warga mengungsi.",
        "Warga mengungsi. Lanjut ke halaman berikutnya": "Warga mengungsi.",
        "Kabar itu salah. Selengkapnya pada bagian penjelasan. Warga mengungsi.": "Kabar itu salah. Warga mengungsi.",
    },
    keeps=(
        "Buku itu dibuka di halaman 2. Halaman 1 sudah hilang.",
        "Ia membaca berita lainnya di halaman selanjutnya.",
        "Selengkapnya pada bagian itu dibahas oleh penulis.",
        "Baca doanya di halaman selanjutnya buku itu, kata dia.",
    ),
    tag="boilerplate",
)


# --- Tags ------------------------------------------------------------------------------------------------------------

_LONGEST_TAGS = 500  # code points: a choice
_TAGS = lazy_pattern(
    r"(?:\([a-z]{2,4}/[a-z]{2,4}\)|Selanjutnya(?<=\s\d\sSelanjutnya|\d\s\sSelanjutnya))\s*"
    rf"(?P<tags>(?=[a-z\d])(?:[^.!?\"“”:;A-Z]|\.(?=[a-z\d])|[A-Z](?=[a-z\d])){{3,{_LONGEST_TAGS}}})\Z"
)
_HASHTAGS = lazy_pattern(r"(?<=[\s.!?”\"])#\w+(?:[ ,]*#\w+)+\s*\Z")


def _tags(text: Text) -> Iterator[Proposal]:
    string = text.string
    tail = max(0, len(string) - _LONGEST_TAGS)
    for mark in ("(", "Selanjutnya"):
        at = string.rfind(mark, tail)
        if at >= 0 and (tags := _TAGS.match(string, at)):
            yield taken_out(TAGS, string, *tags.span("tags"))
            return
    at = string.find("#", tail)
    if at >= 0 and (hashtags := _HASHTAGS.search(string, at)):
        yield taken_out(TAGS, string, *hashtags.span())


TAGS = Rule(
    name="page.tags",
    doc="""Take out the list of tags that ends a text, behind the writers' initials or the counter of pages.""",
    trigger=("#", ("/", "abcdefghijklmnopqrstuvwxyz"), "Selanjutnya"),
    changes={
        "Warga mengungsi. #banjir #bogor": "Warga mengungsi.",
    },
    keeps=(
        "Warga mengungsi (dan/atau) ke rumah kerabat.",
        "Warga menulis #banjir dan #bogor di akun mereka.",
        "Warga menulis #banjir",
    ),
    tag="boilerplate",
)


# --- Posts -----------------------------------------------------------------------------------------------------------

_WHEN = (
    r"(?: on [A-Z][a-z]{2} \d{1,2}, \d{4}(?: at \d{1,2}:\d\d ?[ap]m(?: [A-Z]{2,4})?)?"
    r"| pada \d{1,2} [A-Z][a-z]{2} \d{4}(?: jam \d{1,2}[:.]\d\d(?: [A-Z]{2,4})?)?)?"
)
_WHO = rf"(?:[^\n()]|\([^\n()@]{{1,20}}\)){{0,80}}\(@[\w.]+\){_WHEN}"
_LONGEST_CAPTION = 2_300  # code points: Instagram takes 2,200, and the scraper puts line ends around them
_CAPTION = rf"(?:(?!View this post on|Lihat postingan ini)[\s\S]){{0,{_LONGEST_CAPTION}}}?"
_POSTS = {
    "View this post on Instagram": rf"(?:{_CAPTION}A post shared by {_WHO})?",
    "Lihat postingan ini di Instagram": rf"(?:{_CAPTION}Sebuah kiriman dibagikan oleh {_WHO})?",
    "A post shared by ": _WHO,
    "Sebuah kiriman dibagikan oleh ": _WHO,
}

POST = Rule(
    name="page.post",
    doc="""Take out an embedded post, from its label to who shared it.""",
    trigger=("View this post on", "Lihat postingan ini", "A post shared by", "Sebuah kiriman dibagikan"),
    changes={
        "Ia pulang. View this post on Instagram A post shared by Budi (@budi_s) Ia tidur.": "Ia pulang. Ia tidur.",
        "Ia pulang.\nView this post on Instagram\n \nAir naik! #banjir\nA post shared by Kabar (RI) (@kabar)\nIa tidur.": (
            "Ia pulang.\nIa tidur."
        ),
        "Ia pulang.\nSebuah kiriman dibagikan oleh Kabar Contoh (@kabar.contoh)\nIa tidur.": "Ia pulang.\nIa tidur.",
    },
    keeps=("Sebuah kiriman dibagikan oleh Budi kepada temannya.",),
    tag="boilerplate",
)


# --- Sharing ---------------------------------------------------------------------------------------------------------

_SITES = r"(?:Facebook|Twitter|X|WhatsApp|Whatsapp|Line|LINE|Telegram|Email|Copy Link|Salin Tautan)"
_SHARES = {
    "Bagikan artikel ini melalui ": rf"{_SITES}(?:[ ,/|]+{_SITES})*",
    "Bagikan: ": rf"{_SITES}(?:[ ,/|]+{_SITES})+",
    "Share ": rf"(?:on |to |ke )?{_SITES}(?:[ ,/|]+(?:Share )?{_SITES})+",
    "Berita Terkait Bagikan Artikel Ini Berita Lainnya": "",
    "BAGIKAN: Komentar": "",
    "Iklan untuk Anda: ": r"[^\n]{0,80}?Advertisement by(?: \w+)?",
    "Lihat Foto ": r"(?=[A-Z])",
    "Perbesar ": r"(?=Liputan6\.com, )",
}

SHARE = Rule(
    name="page.share",
    doc="""Take out the buttons of a page: to share an article, to see its pictures, and its advertisements.""",
    trigger=("Bagikan", "BAGIKAN:", "Share ", "Iklan untuk Anda", "Lihat Foto ", "Perbesar Liputan6"),
    changes={
        "Ia pulang. Bagikan artikel ini melalui Facebook X Whatsapp Line Telegram Copy Link": "Ia pulang.",
        "Ia pulang. Lihat Foto Warga mengungsi.": "Ia pulang. Warga mengungsi.",
    },
    keeps=("Bagikan artikel ini kepada teman.", "Lihat Foto-foto warga di sini.", "Share Facebook naik dua persen."),
    tag="boilerplate",
)


# --- Notices ---------------------------------------------------------------------------------------------------------

_RESERVED = r"(?:[^\n]{0,120}?All [Rr]ights [Rr]eserved\.?)"
_NOTICES = {
    "COPYRIGHT ©": r" ANTARA(?: News [A-Z][a-z]+)? \d{4}",
    "Copyright ": rf"(?:©|@|\(c\)|\d{{4}})(?:{_RESERVED}| ANTARA(?: News [A-Z][a-z]+)? \d{{4}})",
    "©": r"(?<=\n©) ?\d{4}(?: ?- ?\d{4})? (?=[A-Z])[^\n]{2,80}(?=\n|\Z)",
    "Hak Cipta ©": r" ?\d{4}[^\n]{0,80}(?=\n|\Z)",
    "© ": rf"(?<!Copyright © )(?:\d{{4}}|[A-Z][\w.]+ \d{{4}}){_RESERVED}",
    "Dilarang keras mengambil konten": r"[^.\n]{0,200}(?:\.|\Z)",
    "Dilarang mengambil dan/atau menayangkan ulang": r"[^.\n]{0,200}(?:\.|\Z)",
    "Isi komentar sepenuhnya adalah tanggung jawab pengguna dan diatur dalam UU ITE.": "",
}

NOTICE = Rule(
    name="page.notice",
    doc="""Take out notices of copyright, of what may not be copied or crawled, and of who answers for comments.""",
    trigger=("©", "Copyright ", "Dilarang keras mengambil", "Dilarang mengambil", "Isi komentar sepenuhnya"),
    changes={
        "Ia pulang.\nCOPYRIGHT © ANTARA 2023": "Ia pulang.\n",
        "Ia pulang. Copyright 2008 - 2023 PT Kabar Contoh. All Rights Reserved.": "Ia pulang.",
        "Ia pulang. Dilarang keras mengambil konten, melakukan crawling atau pengindeksan otomatis.": "Ia pulang.",
    },
    keeps=("Foto itu milik © Budi Santoso.", "Ia menulis buku Copyright 2023 dan menjualnya.", "Dilarang mengambil buah."),
    tag="boilerplate",
)


# --- The frame -------------------------------------------------------------------------------------------------------

# The labels of related articles' sections, in a row at a text's end, where their headlines were links.
_SECTIONS = (
    "BrandzView|News|Nasional|Global|Megapolitan|Regional|Bola|Tekno|Otomotif|Hype|Health|Money|Tren|Properti|Lifestyle"
    "|Travel|Edukasi|Sains|Food|Parapuan|Prov|UMKM|Video|Homey|Konsultasi Hukum|Stori|Skola|JEO"
)
_ROW = rf"(?:[ \n]+(?:{_SECTIONS})){{4,}}(?=\s*\Z)"
_FRAMES = {
    **{section: rf"(?<=[.!?”\")\n] {section}){_ROW}" for section in _SECTIONS.split("|")},
    "Halo, Profile Kirim Images Logout": r"(?:\s+Masuk ke akun Anda\s+Belum punya akun\?\s+Daftar Akun\s+Pedoman Media Siber"
    r"\s+Hubungi Kami\s+Privacy Policy\s+Redaksi\s+Download TribunX untuk Android & iOS)?",
    "CekFakta ": r"(?=Liputan6\.com, )",
    "Regional Kategori Event DOWNLOAD IDN APP SEKARANG!": "",
    "IDN Times Community adalah media yang menyediakan platform untuk menulis.": (
        r"(?:\s+Semua karya tulis yang dibuat adalah sepenuhnya tanggung jawab dari penulis\.)?"
    ),
    "Jl. Margo utomo": r"\s+No\. ?\d+ ?Gowongan Jetis\s+Yogyakarta \d{5}\s+\(\d{4}\) \d{6}\s+"
    r"\[email.protected\] ©\d{4} ProMedia Teknologi",
}

FRAME = Rule(
    name="page.frame",
    doc="""Take out the menu or section above an article and the publisher's address below it.""",
    trigger=(
        "BrandzView",
        "CekFakta Liputan6",
        "Halo, Profile",
        "DOWNLOAD IDN APP",
        "IDN Times Community",
        "Jl. Margo utomo",
    ),
    changes={
        "Regional Kategori Event DOWNLOAD IDN APP SEKARANG! Hujan turun.": "Hujan turun.",
        "Hujan turun. News BrandzView Hype Hype Travel": "Hujan turun.",
        "CekFakta Liputan6.com, Jakarta - Hujan turun.": "Liputan6.com, Jakarta - Hujan turun.",
        "Hujan turun.\nJl. Margo utomo No. 40 Gowongan Jetis\nYogyakarta 55232\n(0274) 565685\n[email protected] ©2025 "
        "ProMedia Teknologi": "Hujan turun.\n",
    },
    keeps=("Kantor itu di Jl. Margo utomo No. 40.", "Ia menulis di IDN Times Community."),
    tag="boilerplate",
)

FINDERS = (
    of_literals(FRAME, _FRAMES),
    of_literals(POST, _POSTS),
    of_literals(SHARE, _SHARES),
    of_literals(NOTICE, _NOTICES),
)
LAST_ONES = (of_literals(COUNTER, _COUNTERS), Finder((TAGS,), _tags))  # when players are out: then these end a text
