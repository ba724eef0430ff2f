"""Sentences, quotations and lists that stand against what is beside them, where a tag stood between them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits

from ..lazy import lazy_pattern
from ..lexicon import Lexicon
from ..rule import BEYOND_ASCII, AnyProposal, Finder, Proposal, Rule
from ..text import Text
from ..tokens import LONGEST_PIECE, in_address, is_plain
from .abbreviations import DOMAIN_ENDS, is_abbreviation, last_token
from .joints import COMMON, FREQUENT, is_ordinary
from .spacing import SAID, SPEECH, opens

# --- Sentences -------------------------------------------------------------------------------------------------------

_MARKS = ".?!"
_CAPITALISED = r"[A-Z](?:[a-z]+|[A-Z]+(?![a-z]))"
# One pattern a mark: a pattern that starts with a literal is four times as fast as one that starts with a class. The groups:
# the next word, itself or in a quotation.
_STOPS = tuple(
    (mark, lazy_pattern(rf"\{mark}(?=({_CAPITALISED})|[\"“”]({_CAPITALISED})|[0-9]{{1,2}}\. ?[A-Z][a-z])"))
    for mark in _MARKS
)
_NOT_NUMBER = lazy_pattern(r"[^\d/.,:(-]")
_PATH = lazy_pattern(r"[\w.-]{0,80}+[/\\@]")
_PAIR_OF_NAMES = lazy_pattern(r"/[A-Z][a-z]+[ ,]")  # "Ahsan/Hendra kalah"
_REFERENCE = lazy_pattern(r"\d/[A-Za-z]|[A-Za-z]/\d")  # "08/Pdt.GS/2019"
_DOMAIN = lazy_pattern(rf"\w\.(?:{'|'.join(sorted(DOMAIN_ENDS))})\Z", re.IGNORECASE)
_SITE = lazy_pattern(rf"\.(?:{'|'.join(sorted(DOMAIN_ENDS))})(?![a-z])", re.IGNORECASE)
_CODE = lazy_pattern(r"\w*\((?!\d)|[A-Z][A-Za-z]*[ (]|\.[A-Z]")  # "svc.CopyFolder(source)", "SFDocuments.FormControl "
# What no prose has, whatever words they are: "sesi.SetPilihan("; "Sesi()." and "=RANK." before the mark.
_MEMBER = lazy_pattern(r"[A-Z]\w*\(")
_MEMBER_OF_MEMBER = lazy_pattern(r"\.[A-Z][A-Za-z]")  # of an English name; else it is a list, "Pusing.Merokok.Apnea tidur."
_CALL = lazy_pattern(r"(?:\A=|.*\(\)\Z|.*?(?<![^\W_])(?P<name>[a-z]+)\((?![A-Z]+\))[^()]*\)\Z)")
_OF_DEGREES = frozenset("MS")  # "M.Psi", "S.Hut"; behind another letter a frequent word begins a sentence, "Grup A.Dalam"
_FORMS = frozenset({("C", "hasil"), ("D", "hasil")})  # of the election commission: "formulir C.Hasil"
_FILE_ENDS = frozenset("bat csv doc docx exe gif htm html jpeg jpg pdf php png ppt txt xls xlsx xml zip".split())
_LONG = lazy_pattern(r"[a-z]{4}\Z|.[A-Z]{3}\Z")
_IN_BRACKETS = lazy_pattern(r"(?:\A|[\s\"“,])\(?[^()]*\)\Z")  # not what a function is given
_DATE = lazy_pattern(r"\(\d{1,2}/\d{1,2}(?:/\d{2,4})?\)\Z")
_QUOTED_WORD = lazy_pattern(r"[^\W\d_]{2}[\"”]\Z")
_LAST_ONES = frozenset("corp dkk dll dsb inc jr ltd tbk".split())  # abbreviations that no name follows
_SHORTEST_REPEATED = 3  # letters of a name that ends a sentence and begins the next
_HANDLE = lazy_pattern(r"[(\"“]?@\w+\Z")


def _is_end(piece: str, next_word: str, quoted: bool, site: bool, lexicon: Lexicon) -> bool:
    """Whether a sentence ends with a mark between `piece`, without spaces, and `next_word`, perhaps of a `site`.

    A `quoted` one need not be known: a quote stands between, and spelling may yet make it known.
    """
    if len(next_word) > 2 and not site and piece in lexicon.words and not is_abbreviation(piece):
        return True  # by far the most
    left, long = piece[-1:], len(piece) >= 8 and piece[-8:].isalpha()  # longer than any abbreviation
    if long:
        if site or len(next_word) > 2:
            if piece[-8:].isupper() and next_word not in lexicon.words and next_word not in lexicon.names:
                return False  # TRIBUNJOGJA.CQM
            return not site or piece[-8:].islower()
    elif left.isalpha():
        token = last_token(piece)
        if len(token) == 1 and not site and token not in _OF_DEGREES and is_ordinary(next_word, lexicon):
            return token.isupper() and (token, next_word) not in _FORMS
        if token.lower() in _LAST_ONES:
            return not site and is_ordinary(next_word, lexicon)
        if is_abbreviation(token) or _REFERENCE.search(token):
            return False
        if "." in token.strip("."):
            if not _DOMAIN.search(token):
                return False
        elif len(next_word) > 2 and token.islower() and token in lexicon.words:
            return True
        elif len(token) == 2 and token.isupper() and not quoted:  # "MA.Ia", not "PN.Niaga"
            return is_ordinary(next_word, lexicon)
        elif site:  # "Jatim.Contoh.com" is one site
            return False
    elif left.isdigit():  # "2019.Sekretaris", "2.Jalan", "ke-24.Striker", not "No.2.B" or "v2.Beta"
        if _NOT_NUMBER.search(last_token(piece).removeprefix("ke-")):
            return False
    elif not left or left not in ")]\"”'’%" or piece.rpartition("\n")[2] == '"':  # "?Itu": the mark stands for what was lost
        return False
    elif _DATE.search(piece):  # whatever name it is
        return True
    acronym = lexicon.unverified.get(next_word, 0) >= FREQUENT  # TNI
    return quoted or site or acronym or next_word in lexicon.words or next_word in lexicon.names


def _goes_on(string: str, end: int, piece: str, next_word: str, lexicon: Lexicon) -> bool:
    """Whether a small letter behind `next_word`, which ends at `end`, tells that it begins a sentence: behind an acronym a
    known one, behind a whole word, a bracket or a quote any: "kata Sunawan.Sunawan mengatakan"."""
    if string[end : end + 1] != " " or not string[end + 1 : end + 2].islower():
        return False
    if piece.endswith((")", '"', "”")):
        return (_IN_BRACKETS if piece[-1] == ")" else _QUOTED_WORD).search(piece) is not None
    token = last_token(piece).rpartition("-")[2]
    if token.lower() in _LAST_ONES:
        return True
    if not token.isalpha() or is_abbreviation(token):
        return False
    uses = lexicon.words.get(token.lower(), 0)
    if token.isupper():
        return uses >= FREQUENT and (next_word in lexicon.words or next_word in lexicon.names)
    if token.lower() == next_word and len(token) >= _SHORTEST_REPEATED:
        return True
    return len(token) >= 4 and (token.islower() or token.istitle()) and (uses > 0 or len(token) >= 6)


def _is_strange(token: str, lexicon: Lexicon) -> bool:
    """Whether a token of letters, perhaps behind "=", is no word of the lexicon, as the names of a program are none."""
    token = token.removeprefix("=")
    is_name = token.istitle() or (token.islower() and len(token) >= 8)
    return token.isalpha() and not is_name and token.lower() not in lexicon.words


def _is_called(piece: str, lexicon: Lexicon) -> bool:
    """Whether `piece` is a function of a program with what it is given, "len(teks)", or begins a formula."""
    call = _CALL.match(piece) if piece[-1:] == ")" or piece[:1] == "=" else None
    return call is not None and (call["name"] is None or not is_ordinary(call["name"], lexicon))


def _is_member(string: str, end: int, word: str, text: Text) -> bool:
    """Whether `word`, which ends at `end`, is what a program calls or takes something of."""
    if _MEMBER.match(string, end):
        return True
    return text.corrector.segmentation.may_be_english(word) and _MEMBER_OF_MEMBER.match(string, end) is not None


def _ends_in_handle(string: str, end: int, piece: str, next_word: str, text: Text) -> bool:
    """Whether a sentence ends with the handle `piece`, and an ordinary word, which ends at `end`, begins the next one."""
    return string[end : end + 1] == " " and _HANDLE.match(piece) is not None and is_ordinary(next_word, text.lexicon)


def _is_dash(string: str, at: int, piece: str, next_word: str, lexicon: Lexicon) -> bool:
    """Whether a question mark stands for a dash that was lost between two names: "Church?Turing"."""
    if string[at] != "?":
        return False
    return piece[:1].isupper() and piece.lower() not in lexicon.words and next_word not in lexicon.words


def _sentence(text: Text) -> list[AnyProposal]:
    string = text.string
    stops = [match for mark, pattern in _STOPS if mark in string for match in pattern.finditer(string)]
    if len(stops) > 1:
        stops.sort(key=re.Match.start)
    found: list[AnyProposal] = []
    floor = 0  # what stands before the last gap is another token
    for match in stops:
        at, end = match.span()
        if at == floor:
            continue
        word, quoted, closes = match[1], False, False
        if word is None and match.lastindex:
            word, quoted = match[2], True
        if word:
            word, end, site = word.lower(), end + quoted + len(word), False
            if word in DOMAIN_ENDS or (word in _FILE_ENDS and match[1]):
                continue
            piece = string[at - LONGEST_PIECE if at - LONGEST_PIECE > floor else floor : at].rpartition(" ")[2]
            if not quoted and _is_called(piece, text.lexicon):
                continue
            if string[end : end + 1] != " ":
                if piece[-1:].isdigit() and string[end : end + 1].isdigit():
                    continue  # a move of chess, "3.Gb5"
                if _PATH.match(string, end) and not _PAIR_OF_NAMES.match(string, end):
                    continue
                if _CODE.match(string, end) and _is_strange(last_token(piece), text.lexicon):
                    continue
                site = _SITE.match(string, end) is not None
                if not site and _is_member(string, end, word, text):
                    continue
            ends = _is_end(piece, word, quoted, site, text.lexicon) or _goes_on(string, end, piece, word, text.lexicon)
            if not ends or _is_dash(string, at, piece, word, text.lexicon):
                continue
            if quoted:
                mark = string[at + 1]
                closes = mark == "”" or (mark == '"' and not opens(string, at + 1))
            elif (
                not is_plain(piece) and in_address(string, floor, at) and not _ends_in_handle(string, end, piece, word, text)
            ):
                continue
        elif not _LONG.match(string, max(floor, at - 4), at) or in_address(string, floor, at):
            continue  # no item of a list, "kamera.2. Buka"
        floor = at + 2 if closes else at + 1
        found.append((floor, floor, " ", SENTENCE.name, SENTENCE.confidence, ""))
    return found


SENTENCE = Rule(
    name="glue.sentence",
    doc="""Put the space between two sentences that stand against each other.""",
    trigger=(
        (_MARKS, ascii_uppercase),
        (_MARKS, '"“”', ascii_uppercase),
        (_MARKS, digits, "."),
        (_MARKS, digits, digits, "."),
    ),
    changes={
        "Hujan turun semalam.Dalam sehari warga mengungsi.": "Hujan turun semalam. Dalam sehari warga mengungsi.",
        'Ia pergi lagi."Saya pulang," katanya.': 'Ia pergi lagi. "Saya pulang," katanya.',
        'Ia pergi ke Tokyo."Zvixqi hadir," katanya.': 'Ia pergi ke Tokyo. "Zvixqi hadir," katanya.',
        'Kata dia, "Saya pulang."Dia pergi.': 'Kata dia, "Saya pulang." Dia pergi.',
        "Menurut Kementerian Keuangan (Kemenkeu).Pajak naik.": "Menurut Kementerian Keuangan (Kemenkeu). Pajak naik.",
        "Ia lahir pada 10/2/2019.Ayahnya guru.": "Ia lahir pada 10/2/2019. Ayahnya guru.",
        "Dilansir Kompas.com.Menurut dia, benar.": "Dilansir Kompas.com. Menurut dia, benar.",
        "Ia pergi, kata Zvixqin.Zvarxo di AS.Presiden diam.": "Ia pergi, kata Zvixqin. Zvarxo di AS. Presiden diam.",
        "Apa yang terjadi?Begini kata polisi.": "Apa yang terjadi? Begini kata polisi.",
        "Ia tiba, Jumat (24/1).Zvixqi Nazara hadir, jawab Zvo.Zvo diam.": (
            "Ia tiba, Jumat (24/1). Zvixqi Nazara hadir, jawab Zvo. Zvo diam."
        ),
        'Itu "sangat disengaja".Zvixqi diam, tulis @zvixqi.Ada yang datang.': (
            'Itu "sangat disengaja". Zvixqi diam, tulis @zvixqi. Ada yang datang.'
        ),
    },
    keeps=(
        "TRIBUNJOGJA.CQM, SLEMAN - Warga menutup jalan.",
        "Dr.Bambang, M.Si, KH.Ahmad, dan H.Abdul tinggal di Jl.Sudirman No.12, kata Brigjen.Siti.",
        "Tulis Tribunnews.Com, Kompas.TV, Grid.ID, atau asma@Contoh.Id.",
        "Rp1.500.000 dan 3.000 orang pada 10.30 WIB di U.S. bersama S.H., M.H. ... Lalu.",
        "Tulis Jatim.Tribunnews.com dan Bobo.Grid.id.",
        "Buka README.TXT dan Laporan.Pdf, lalu putusan PN Jkt.Sel.",
        "Panggil svc.CopyFolder(asal), =QUARTILE.INC(A1:A50) dan SFDocuments.FormControl untuk itu.",
        "Hasil len(teks).Format, sesi.SetPilihan(x), input(Sesi().Pengguna), =NILAI.Rata(0) dan Data.Table.Sel benar.",
        "Cari di https://contoh.id/berita.Dalam dan #Hari.Ini saja.",
        "Langkahnya 1.e4 e5 2.Kf3 Kc6 3.Gb5 a6 saja.",
    ),
)


# --- A quotation against a word --------------------------------------------------------------------------------------

_OPENED = lazy_pattern(r"“(?<=[^\W_]“)(?=[^\W_])(?!(?<=\d“)\d)")  # "2007“2009" lost its dash
# A headline and the quotation that the text begins with.
_OPENED_STRAIGHT = lazy_pattern(r'"(?<=[A-Za-z0-9)]")(?=[A-Z][A-Za-z]*[ ,])')
# Behind a title or a quoted word, no suffix: "aktor"nya.
_CLOSED = lazy_pattern(r"”(?<=[a-z0-9]”)(?=([a-z]{3,}))")
# An apostrophe that was typed as one stands behind two letters, as a rule: ta"ala, Ma"ruf.
_CLOSED_STRAIGHT = lazy_pattern(r'"(?<=[a-z]{3}")(?=([a-z]{3,})[ ,.])')
_TWO_QUOTATIONS = lazy_pattern(r'""(?<=[.!?…]"")(?=[A-Z][a-z]* )')
_SUFFIXES = frozenset({"isme", "kah", "kan", "lah", "nya", "pun", "tah"})
_LONGEST_QUOTATION = 2_000  # code points
_BEHIND_QUOTATIONS = frozenset(["", " ", "\n", ".", ",", ")"])


def _quote(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in SAID.finditer(string):
        if text.is_foreign(*match.span()):
            continue
        yield Proposal(match.end(), match.end(), " ", QUOTE.name, QUOTE.confidence)
    for match in _OPENED.finditer(string):
        yield Proposal(match.start(), match.start(), " ", QUOTE.name, QUOTE.confidence)
    for match in _OPENED_STRAIGHT.finditer(string):
        at = match.start()
        if opens(string, at) and _is_closed(string, at):
            yield Proposal(at, at, " ", QUOTE.name, QUOTE.confidence)
    for pattern in (_CLOSED, _CLOSED_STRAIGHT):
        for match in pattern.finditer(string):
            at = match.start()
            is_word = text.lexicon.words.get(match[1], 0) >= COMMON and match[1] not in _SUFFIXES
            if is_word and (string[at] == "”" or not opens(string, at)) and not text.is_foreign(at, match.end(1)):
                yield Proposal(at + 1, at + 1, " ", QUOTE.name, QUOTE.confidence)
    for match in _TWO_QUOTATIONS.finditer(string):
        at = match.start() + 1
        if not opens(string, at - 1):
            yield Proposal(at, at, " ", QUOTE.name, QUOTE.confidence)


def _is_closed(string: str, at: int) -> bool:
    """Whether the straight quote at `at` has one that closes it, behind a mark, in its paragraph."""
    end = string.find('"', at + 1, at + _LONGEST_QUOTATION)
    if end < 0 or "\n" in string[at:end] or string[end - 1] not in ",.!?…":
        return False
    return string[end + 1 : end + 2] in _BEHIND_QUOTATIONS or SAID.match(string, end - 1) is not None


QUOTE = Rule(
    name="glue.quote",
    doc="""Put the space between a quotation and the word that stands against it.""",
    trigger=(
        (ascii_letters + digits + BEYOND_ASCII, "“"),
        (ascii_letters + digits + ")", '"', ascii_uppercase),
        (ascii_lowercase + digits, '"”', ascii_lowercase),
        (_MARKS, '"', '"', ascii_uppercase),
        (",", '"”', "".join(sorted({word[0] for word in SPEECH.split("|")}))),
    ),
    changes={
        '"Kami siap,"ujar Budi.': '"Kami siap," ujar Budi.',
        'Lagu "Senja"terbit kemarin.': 'Lagu "Senja" terbit kemarin.',
        "Artinya“Tiada yang lain.” Begitu.": "Artinya “Tiada yang lain.” Begitu.",
        'Ia berkata, "Kami lelah.""Lalu kami pulang," katanya.': 'Ia berkata, "Kami lelah." "Lalu kami pulang," katanya.',
        'Warga Gugat Proyek Waduk"Kami lelah," kata Rini.': 'Warga Gugat Proyek Waduk "Kami lelah," kata Rini.',
    },
    keeps=(
        '"Kami siap," ujar Budi, "dan kata orang,“ beres.',
        "Buku “Senja” dan ‘Pagi’ terbit.",
        'Buku "Senja"Karya Rini terbit. "Laku," katanya. Layar 6"Full HD, "Bagus," katanya.',
    ),
)


# --- What a colon announces ------------------------------------------------------------------------------------------

_COLON = lazy_pattern(r":(?<=[a-z]{3}:)(?=[\"“]?[A-Z][a-z]|[0-9]{1,2}\. ?[A-Z][a-z])")
_LABEL = lazy_pattern(r"(?<![\w/@#&=-])(?<!\.(?=[a-z]))[^\W\d_]+\Z")
_LINK = lazy_pattern(r"[\w.-]{0,80}+[/@\]]")
_NAMESPACES = frozenset("Category File Help MediaWiki Project Special Template User Wikipedia".split())  # "Special:Import"


def _colon(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in _COLON.finditer(string):
        at, end = match.span()
        start = max(0, at - 30)
        if any(string.rfind(opening, start, at) > string.rfind(closing, start, at) for opening, closing in ("[]", "{}")):
            continue  # what stands for a player; what a template puts in, "{{int:Lanjut}}"
        label = _LABEL.search(string, start, at)
        if label and label[0] not in _NAMESPACES and not _LINK.match(string, end) and not in_address(string, 0, at):
            yield Proposal(end, end, " ", COLON.name, COLON.confidence)


COLON = Rule(
    name="glue.colon",
    doc="""Put the space between a colon and what it announces: a list, a name, a sentence, a quotation.""",
    trigger=((":", ascii_uppercase + digits), (":", '"“', ascii_uppercase)),
    changes={
        "Syaratnya sebagai berikut:1. Membawa kartu.": "Syaratnya sebagai berikut: 1. Membawa kartu.",
        "Susunan pemain:Budi, Anton. Pelatih:Surya.": "Susunan pemain: Budi, Anton. Pelatih: Surya.",
        'Begini pesannya:"Kami siap," katanya.': 'Begini pesannya: "Kami siap," katanya.',
    },
    keeps=(
        "Pukul 10:30 WIB, skor 2:1, Yohanes 3:16, perbandingan 1:2.000.",
        "Buka Special:Import lalu klik {{int:Lanjut}} di ${nama:Daftar} itu.",
        "[Gambas:Video 20detik] di https://contoh.id/cari:Berita dan foto:Budi/contoh.",
    ),
)

# --- The items of a list ---------------------------------------------------------------------------------------------

# Told by its full stop, which is rare.
_ITEM = lazy_pattern(r"\.(?:(?<=[A-Za-z]{3}[1-9]\.)|(?<=[A-Za-z]{3}[1-9]\d\.))(?= ?[A-Z\"“])")
_BEGINS_ITEM = lazy_pattern(r"(?<![\d/-])(?<!\d[.,:])\d+\. ?[A-Z\"“]")
_NEAR = 1_500  # code points in which the item before it, or the one behind it, stands: a choice


def _item(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in _ITEM.finditer(string):
        stop = match.start()
        at = stop - 1 - string[stop - 2].isdecimal()
        number = int(string[at:stop])
        before, behind = string[max(0, at - _NEAR) : at], string[stop + 1 : stop + 1 + _NEAR]
        follows = number != 2 and _has_item(behind, number + 1)  # "teman2" of chat is "teman-teman"
        if (follows or _has_item(before, number - 1)) and not in_address(string, 0, at):
            yield Proposal(at, at, " ", ITEM.name, ITEM.confidence)
            if string[stop + 1] != " ":
                yield Proposal(stop + 1, stop + 1, " ", ITEM.name, ITEM.confidence)


def _has_item(string: str, number: int) -> bool:
    """Whether item `number` of a list begins in `string`."""
    at = string.find(f"{number}.") if number > 0 else -1
    while at >= 0 and not _BEGINS_ITEM.match(string, at):
        at = string.find(f"{number}.", at + 1)
    return at >= 0


ITEM = Rule(
    name="glue.item",
    doc="""Put the space between an item of a list and the next one's number.""",
    trigger=((ascii_letters, digits, "."), (ascii_letters, digits, digits, ".")),
    changes={
        "Fokusnya 1. Pangan dan energi2. Pendidikan.": "Fokusnya 1. Pangan dan energi 2. Pendidikan.",
        "Fokusnya 1. Pangan dan energi2.Pendidikan.": "Fokusnya 1. Pangan dan energi 2. Pendidikan.",
    },
    keeps=("Wabah covid19. Selain itu, teman2. Lalu versi4. Semua tetap.",),
)

FINDERS = (Finder((SENTENCE,), _sentence), Finder((COLON,), _colon), Finder((ITEM,), _item, looks_far=True))
QUOTES = Finder((QUOTE,), _quote, looks_far=True)  # later, when the words behind the quotations are mended
