"""Sentences and words that stand against each other where a tag stood between them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits

from .. import kernel
from ..lexicon import Lexicon
from ..rule import BEYOND_ASCII, AnyProposal, Finder, Proposal, Rule
from ..text import Text
from ..tokens import LONGEST_PIECE, in_address, is_plain
from .abbreviations import DOMAIN_ENDS, is_abbreviation, last_token
from .spacing import SAID, SPEECH, opens

# --- Sentences -------------------------------------------------------------------------------------------------------

_MARKS = ".?!"
_CAPITALISED = r"[A-Z](?:[a-z]+|[A-Z]+(?![a-z]))"
# One pattern a mark: a pattern that starts with a literal is four times as fast as one that starts with a class. The groups:
# the next word, itself or in a quotation.
_STOPS = tuple(
    re.compile(rf"\{mark}(?=({_CAPITALISED})|[\"“”]({_CAPITALISED})|[0-9]{{1,2}}\. ?[A-Z][a-z])") for mark in _MARKS
)
_NOT_NUMBER = re.compile(r"[^\d/.,:(-]")
_PATH = re.compile(r"[\w.-]{0,80}+[/\\@]")
_REFERENCE = re.compile(r"\d/[A-Za-z]|[A-Za-z]/\d")  # "08/Pdt.GS/2019"
_DOMAIN = re.compile(rf"\w\.(?:{'|'.join(sorted(DOMAIN_ENDS))})\Z", re.IGNORECASE)
_SITE = re.compile(rf"\.(?:{'|'.join(sorted(DOMAIN_ENDS))})(?![a-z])", re.IGNORECASE)
_FREQUENT = 300  # uses in the counted corpus
_LONG = re.compile(r"[a-z]{4}\Z")


def _is_end(piece: str, next_word: str, quoted: bool, site: bool, lexicon: Lexicon) -> bool:
    """Whether a sentence ends with a mark between `piece`, without spaces, and `next_word`, perhaps of a `site`.

    A `quoted` one need not be known: a quote stands between, and spelling may yet make it known.
    """
    if len(next_word) > 2 and not site and piece in lexicon.words and not is_abbreviation(piece):
        return True  # by far the most
    left, long = piece[-1:], len(piece) >= 8 and piece[-8:].isalpha()  # longer than any abbreviation
    if long:
        if site or len(next_word) > 2:
            return not site or piece[-8:].islower()
    elif left.isalpha():
        token = last_token(piece)
        if is_abbreviation(token) or _REFERENCE.search(token):
            return False
        if "." in token.strip("."):
            if not _DOMAIN.search(token):
                return False
        elif len(next_word) > 2 and token.islower() and token in lexicon.words:
            return True
        elif len(token) == 2 and token.isupper() and not quoted:  # "MA.Ia", not "PN.Niaga"
            return lexicon.words.get(next_word, 0) >= _FREQUENT and next_word not in lexicon.names
        elif site:  # "Jatim.Contoh.com" is one site
            return False
    elif left.isdigit():  # "2019.Sekretaris", "2.Jalan", not "No.2.B" or "v2.Beta"
        if _NOT_NUMBER.search(last_token(piece)):
            return False
    elif not left or left not in ")]\"”'’%":
        return False
    return quoted or site or next_word in lexicon.words or next_word in lexicon.names


def _is_dash(string: str, at: int, piece: str, next_word: str, lexicon: Lexicon) -> bool:
    """Whether a question mark stands for a dash that was lost between two names: "Church?Turing"."""
    two_names = piece[:1].isupper() and piece.lower() not in lexicon.words and next_word not in lexicon.words
    return string[at] == "?" and two_names


def _sentence(text: Text) -> list[AnyProposal]:
    string = text.string
    stops = [match for pattern in _STOPS for match in pattern.finditer(string)]
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
            if word in DOMAIN_ENDS:
                continue
            if string[end : end + 1] != " ":
                if _PATH.match(string, end):
                    continue
                site = _SITE.match(string, end) is not None
            piece = string[at - LONGEST_PIECE if at - LONGEST_PIECE > floor else floor : at].rpartition(" ")[2]
            if not _is_end(piece, word, quoted, site, text.lexicon) or _is_dash(string, at, piece, word, text.lexicon):
                continue
            if quoted:
                mark = string[at + 1]
                closes = mark == "”" or (mark == '"' and not opens(string, at + 1))
            elif not is_plain(piece) and in_address(string, floor, at):
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
        "Apa yang terjadi?Begini kata polisi.": "Apa yang terjadi? Begini kata polisi.",
    },
    keeps=(
        "Dr.Bambang, M.Si, KH.Ahmad, dan H.Abdul tinggal di Jl.Sudirman No.12, kata Brigjen.Siti.",
        "Tulis Tribunnews.Com, Kompas.TV, Grid.ID, atau asma@Contoh.Id.",
        "Rp1.500.000 dan 3.000 orang pada 10.30 WIB di U.S. bersama S.H., M.H. ... Lalu.",
        "Tulis Jatim.Tribunnews.com dan Bobo.Grid.id.",
        "Cari di https://contoh.id/berita.Dalam dan #Hari.Ini saja.",
    ),
)


# --- A quotation against a word --------------------------------------------------------------------------------------

_OPENED = re.compile(r"“(?<=[^\W_]“)(?=[^\W_])(?!(?<=\d“)\d)")  # "2007“2009" lost its dash


def _quote(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in SAID.finditer(string):
        yield Proposal(match.end(), match.end(), " ", QUOTE.name, QUOTE.confidence)
    for match in _OPENED.finditer(string):
        yield Proposal(match.start(), match.start(), " ", QUOTE.name, QUOTE.confidence)


QUOTE = Rule(
    name="glue.quote",
    doc="""Put the space between a quotation and the word that stands against it.""",
    trigger=(
        (ascii_letters + digits + BEYOND_ASCII, "“"),
        (",", '"”', "".join(sorted({word[0] for word in SPEECH.split("|")}))),
    ),
    changes={
        '"Kami siap,"ujar Budi.': '"Kami siap," ujar Budi.',
        "Artinya“Tiada yang lain.” Begitu.": "Artinya “Tiada yang lain.” Begitu.",
    },
    keeps=('"Kami siap," ujar Budi, "dan kata orang,“ beres.', "Buku “Senja” dan ‘Pagi’ terbit."),
)


# --- What a colon announces ------------------------------------------------------------------------------------------

_COLON = re.compile(r":(?<=[a-z]{3}:)(?=[A-Z][a-z]|[0-9]{1,2}\. ?[A-Z][a-z])")
_LABEL = re.compile(r"(?<![\w/@#&=-])(?<!\.(?=[a-z]))[^\W\d_]+\Z")
_LINK = re.compile(r"[\w.-]{0,80}+[/@\]]")


def _colon(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in _COLON.finditer(string):
        at, end = match.span()
        start = max(0, at - 30)
        if string.rfind("[", start, at) > string.rfind("]", start, at):
            continue  # what stands for a player
        if _LABEL.search(string, start, at) and not _LINK.match(string, end) and not in_address(string, 0, at):
            yield Proposal(end, end, " ", COLON.name, COLON.confidence)


COLON = Rule(
    name="glue.colon",
    doc="""Put the space between a colon and what it announces: a list, a name, a sentence.""",
    trigger=((":", ascii_uppercase + digits),),
    changes={
        "Syaratnya sebagai berikut:1. Membawa kartu.": "Syaratnya sebagai berikut: 1. Membawa kartu.",
        "Susunan pemain:Budi, Anton. Pelatih:Surya.": "Susunan pemain: Budi, Anton. Pelatih: Surya.",
    },
    keeps=(
        "Pukul 10:30 WIB, skor 2:1, Yohanes 3:16, perbandingan 1:2.000.",
        "[Gambas:Video 20detik] di https://contoh.id/cari:Berita dan foto:Budi/contoh.",
    ),
)

# --- Words -----------------------------------------------------------------------------------------------------------

_SECOND = re.compile(r"[A-Z][a-z]+(?![^\W_]|[-'’]?[A-Z]|\.[a-z])")
# Letters, a number, or what a bracket closes.
_BEFORE = re.compile(r"(?<![#@/_&=\w-])([^\W\d_]+)\Z|(?<![#@/._&=\w-])[\d-]{4,}\Z|\)\Z")
_COMMON = 20  # uses in the counted corpus
# Outlets put their name before the section's: detikSport, KompasTravel. Firms and products end in these: RuangGuru.
_MASTHEADS = frozenset({"detik", "kompas", "kumparan", "merdeka", "suara", "tribun", "tempo", "liputan", "jawa", "radar"})
_BRANDED = frozenset(
    """
    bank bantuan baik bisa cepat data digital dokter film game games group grup guru indonesia jalan kita komputer
    level link media mobil mobile muda music online pay pilot pintar plus properti rumah satu sehat shop sport store
    times travel video
    """.split()  # noqa: SIM905
)
_PRONOUNS = frozenset({"ku", "mu", "nya"})  # written with a capital of God: "rahmatNya"


def _stands_alone(word: str, lexicon: Lexicon) -> bool:
    return max(lexicon.words.get(word, 0), lexicon.names.get(word, 0)) >= _COMMON


def _are_two(left: str, right: str, lexicon: Lexicon) -> bool:
    """Whether `left` and `right`, which is capitalised, are two words rather than a name with a capital inside."""
    start, second = left.lower(), right.lower()
    whole = start + second
    if start in _MASTHEADS or start in DOMAIN_ENDS or second in _PRONOUNS or not left[1:].islower():
        return False
    if whole in lexicon.words or whole in lexicon.names or whole in lexicon.rare or whole in lexicon.unverified:
        return False
    if left.islower():
        common = max(lexicon.words.get(left, 0), lexicon.words.get(left.removesuffix("nya"), 0)) >= _COMMON
        return len(left) >= 3 and common and _stands_alone(second, lexicon)
    if len(left) < 4 or len(right) < 4 or second in lexicon.names or second in _BRANDED:
        return False
    return lexicon.words.get(second, 0) >= _FREQUENT and (start in lexicon.words or start in lexicon.names)


def _is_name(string: str, start: int, end: int) -> bool:
    """Whether a word with a capital inside is a name: it stands so twice, or is capitalised and nothing goes before it.

    A tag dropped between two words does not drop the same one twice, and glues a heading to what stands before it.
    """
    glued = string[start:end]
    if string.rfind(glued, max(0, start - REACH), start) >= 0 or string.find(glued, end, end + REACH) >= 0:
        return True
    return glued[:1].isupper() and string[max(0, start - 1) : start] in ("", "\n", "(", '"', "“")


REACH = 5_000  # code points on each side in which a name is looked for again (a choice)

# Words that begin a sentence or a link behind any number of headlines.
LINK_BEGINNERS = frozenset("baca ia ini itu lihat menurut namun sebelumnya selengkapnya selain simak".split())  # noqa: SIM905


def _word(text: Text) -> list[AnyProposal]:
    string, lexicon = text.string, text.lexicon
    found: list[AnyProposal] = []
    seconds: list[str] = []  # the second words, in the same order
    limit = len(string)  # where the next word parted off begins
    for place in reversed(kernel.joints(string)):
        right = _SECOND.match(string, place, limit)
        if not right:
            continue
        piece = string[place - LONGEST_PIECE if place > LONGEST_PIECE else 0 : place].rpartition(" ")[2]
        if is_plain(piece):
            if not _are_two(piece, right.group(), lexicon) or _is_name(string, place - len(piece), right.end()):
                continue
        else:
            before = _BEFORE.search(string, place - len(piece), place)
            if not before:
                continue
            if before[1]:
                start = place - len(before[1])
                if not _are_two(before[1], right.group(), lexicon) or _is_name(string, start, right.end()):
                    continue
            elif len(right.group()) < 3 or not _stands_alone(right.group().lower(), lexicon):
                continue
            if in_address(string, 0, place):
                continue
        limit = place
        found.append((place, place, " ", WORD.name, WORD.confidence, ""))
        seconds.append(right.group())
    often = {word for word, times in Counter(seconds).items() if times > 1 and word.lower() not in LINK_BEGINNERS}
    # Two that end alike are names in a program's code: tambahKucing, hapusKucing.
    return [one for one, word in zip(found, seconds, strict=True) if word not in often] if often else found


WORD = Rule(
    name="glue.word",
    doc="""Put the space between two words that stand against each other, "badanManfaat".""",
    trigger=((ascii_lowercase + digits + ")", ascii_uppercase, ascii_lowercase),),
    changes={
        "Ia turunkan berat badanManfaat lain banyak.": "Ia turunkan berat badan Manfaat lain banyak.",
        "Ia jadi tersangkaSebelumnya, polisi datang.": "Ia jadi tersangka Sebelumnya, polisi datang.",
        "Ayahnya SakitMelalui tayangan itu ia bicara.": "Ayahnya Sakit Melalui tayangan itu ia bicara.",
        "Kode pos 80114Telepon kantor (pusat)Selain itu.": "Kode pos 80114 Telepon kantor (pusat) Selain itu.",
    },
    keeps=(
        "Kata detikNews, KompasTV, TribunJakarta, iPhone, MoU, DKPPers, dan McDonald di YouTube serta MotoGP.",
        "Tagar #BadanManfaat, #2019GantiPresiden, akun @badanManfaat, situs ruangGuru.com dan RuangGuru.",
        "Metode tambahKucing dan hapusKucing menangani data.",
        "Dengan rahmatNya dan kasihMu, ia memakai PeduliLindungi dan P30Pro.",
    ),
)

FINDERS = (Finder((SENTENCE,), _sentence), Finder((COLON,), _colon), Finder((WORD,), _word))
QUOTES = Finder((QUOTE,), _quote)  # later, when the words behind the quotations are mended
