"""Words that stand against each other where a capital is inside: "badanManfaat"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase, digits

from .. import kernel
from ..kernel import CharPattern
from ..lazy import lazy_pattern
from ..lexicon import Lexicon
from ..rule import AnyProposal, Finder, Rule
from ..spelling.boundaries import BARE_PREFIXES
from ..spelling.place import before
from ..spelling.segmentation import FUNCTION_WORDS, LAST_ONLY, MASTHEADS
from ..text import Text
from ..tokens import LONGEST_PIECE, in_address, is_plain
from .abbreviations import DOMAIN_ENDS
from .code_signs import LABELS, is_near_code
from .openers import LINK_BEGINNERS, OPENERS, SHORTEST_BEFORE, is_behind_headline, is_paired, opens_sentence

COMMON, FREQUENT = 20, 300  # uses in the counted corpus
ALWAYS_APART = FUNCTION_WORDS | LAST_ONLY | {"dan"}  # from what stands against them
ROUNDS = 4  # at most, as a parted word may let the one before it be parted, MalaysiaUsutLagi: a choice
REACH = 5_000  # code points on each side in which a word is looked for again (a choice)
# Outlets put their name before the section's: detikSport, KompasTravel. Firms and products end in these: RuangGuru.
_MASTHEADS = frozenset((*MASTHEADS, "jawa", "radar"))  # the last two begin other words of small letters, too
BRANDED = frozenset(
    """
    bank bantuan baik bisa card cash cepat coin data digital dokter film game games group grup guru indonesia jalan kita
    komputer level link media mobil mobile muda music office online pay pilot pintar plus properti rumah satu sehat shop
    sport store times travel video
    """.split()
)
_TIED_BEFORE, _TIED_BEHIND = frozenset(ascii_uppercase + "@#/._-"), frozenset("_/")  # of a word that is part of another
# Of four letters or more: what stands against them need not be known, "yakniSuahasil".
_BEFORE_ANYTHING = FUNCTION_WORDS | frozenset({"atas", "bukan", "termasuk", "yaitu", "yakni"})
_PRONOUNS = frozenset({"ku", "mu", "nya"})  # written with a capital of God: "rahmatNya"
COLON = lazy_pattern(" ?:")
CHOICE = "Pilihan Redaksi"  # the heading of a box of links
_DATELINE = lazy_pattern(r" \((?:ANTARA|Antara|KR)\) ?[-–—]|, (?:KOMPAS|Kompas)\.com ?[-–—]")  # behind its place
_ROLE = 3  # times as often a name as a word, at most: a role or a rank before a name rather than one of two (a choice)
_NAMESAKES = frozenset({"allah", "fakta", "tv"})  # but with these: InsyaAllah, CekFakta, TransTv
_SHORTEST_BEHIND_BRACKETS = 2  # letters
_LONG = 5  # letters of a frequent word and of what stands against it, which need not be known (a choice)
_STARTERS = frozenset({"di", "ke", "ia"})  # two letters: each begins many a sentence behind a headline

_SHORTEST_SAID = 3  # letters of a name that stands elsewhere (a choice)
_MOST_TIED = 20  # places of a word that are looked at for one with nothing against it: a choice

# --- A capital inside a word -----------------------------------------------------------------------------------------

# A capital and a small letter against a small letter, a digit or a closing bracket.
_JOINTS = kernel.PatternFinder([(CharPattern(ascii_lowercase + digits + ")", (), (ascii_uppercase, ascii_lowercase)),)])
_SECOND = lazy_pattern(r"[A-Z][a-z]+(?:['’][a-z]{2,})?(?![^\W_]|[-'’]?[A-Z]|\.[a-z])")
_TWO_BEFORE = lazy_pattern(r"(?:([a-z]+) )?(?<![\w-])([a-z]+)\Z")
_PROSE = lazy_pattern(r"(?<![^\W_])[a-z]+ [a-z]+ [A-Z][a-z]+\Z")
_TWO_SIGNS = 2  # other joints of a text that tell that tags were dropped: a choice
# Letters, a number, or what a bracket closes.
_BEFORE = lazy_pattern(r"(?:(?<![#@/_&=\w-])|(?<=[a-z]{3}-))([^\W\d_]+)\Z|(?<![#@/._&=\w-])[\d-]{4,}\Z|\)\Z")


def stands_alone(word: str, lexicon: Lexicon) -> bool:
    """Whether a lower-case word is in use, as a word or a name."""
    return max(lexicon.words.get(word, 0), lexicon.names.get(word, 0)) >= COMMON


def is_ordinary(word: str, lexicon: Lexicon) -> bool:
    """Whether a lower-case word is a frequent one and no name."""
    return lexicon.words.get(word, 0) >= FREQUENT and word not in lexicon.names


@lru_cache(maxsize=4)
def _names_of(lexicon: Lexicon) -> Callable[[str, str], bool]:
    """Return a memo that tells whether a word before a capital and what stands behind it are one name, in any text."""

    @lru_cache(maxsize=1 << 14)
    def is_name(left: str, right: str) -> bool:
        if not left.isalpha():
            return False  # what of it stands against the capital is yet to be told
        first, second = left.lower(), right.lower()
        known = lexicon.words, lexicon.names, lexicon.rare, lexicon.unverified, lexicon.protected
        return (
            first in DOMAIN_ENDS
            or second in _PRONOUNS
            or not left[1:].islower()
            or any(first + second in words for words in known)
        )

    return is_name


def _are_two(text: Text, start: int, place: int, end: int) -> bool:
    """Whether [start, place) and [place, end), capitalised, are two words rather than a name with a capital inside."""
    string, lexicon = text.string, text.lexicon
    left, right = string[start:place], string[place:end]
    first, second = left.lower(), right.lower()
    if (
        first in _MASTHEADS
        and not text.corrector.segmentation.is_verb(second)
        and not _is_last_of_headline(text, start, place, end)
    ):
        return False
    if second in LINK_BEGINNERS and string.startswith((" juga", " Juga"), end):
        return True
    if len(left) >= SHORTEST_BEFORE and opens_sentence(text, second, start, end):
        return True
    if string.endswith(CHOICE, 0, place) or (_DATELINE.match(string, end) and stands_alone(second, lexicon)):
        return True
    if second in LABELS and COLON.match(string, end):
        return not left.islower() or first in lexicon.words
    if left.islower():
        if first in LAST_ONLY:
            return lexicon.names.get(second, 0) >= COMMON
        if _are_english(text, first, second):
            return False  # redBus
        if len(left) >= 4 and len(right) >= 4 and (first in _BEFORE_ANYTHING or text.corrector.segmentation.is_verb(first)):
            return True
        uses = max(lexicon.words.get(left, 0), lexicon.words.get(left.removesuffix("nya"), 0))
        return (
            len(left) >= 3
            and uses >= COMMON
            and first not in BARE_PREFIXES
            and (
                (uses >= FREQUENT and len(left) >= _LONG and len(right) >= _LONG)  # whatever name it is: "pasienNonthaburi"
                or _is_apart(text, second)
                or stands_elsewhere(string, place, end)
            )
        )
    if second in BRANDED:
        return False
    behind_headline = string[end : end + 1] == " " and is_behind_headline(string, start)
    if behind_headline and _is_said(text, start, place, end):
        return True
    if _are_english(text, first, second):
        return False
    if first not in lexicon.words and first not in lexicon.names:
        # A name that nobody counted: ZoelvaMantan.
        is_surname = behind_headline and len(left) >= 4 and not text.corrector.segmentation.may_be_english(second)
        return is_surname and is_ordinary(second, lexicon)
    if len(left) < (3 if behind_headline else 4):
        return False
    if second in _STARTERS:
        return string[end : end + 1] == " "
    if len(right) < (3 if behind_headline else 4):
        return False
    if behind_headline and (
        stands_alone(second, lexicon) or lexicon.names.get(second.replace("’", "").replace("'", ""), 0) >= COMMON
    ):
        return True
    is_role = lexicon.names.get(first, 0) <= _ROLE * lexicon.words.get(first, 0)  # KetuaKomisi, not SoekarnoHatta
    if is_role and is_paired(text, first, second) and second not in _NAMESAKES:
        return True
    return (
        is_ordinary(second, lexicon) or text.corrector.segmentation.is_verb(second) or stands_elsewhere(string, place, end)
    )


def _is_last_of_headline(text: Text, start: int, place: int, end: int) -> bool:
    """Whether [start, place), which outlets begin with, goes with the word before it in a headline: "Buka SuaraIa"."""
    string = text.string
    if not string[start].isupper() or string[end : end + 1] != " " or not is_behind_headline(string, start):
        return False
    return is_paired(text, before(string, start), string[start:place].lower())


def _is_said(text: Text, start: int, place: int, end: int) -> bool:
    """Whether the text goes on with the name [place, end) behind a headline: "Damai di GazaTrump sendiri berkata".

    Before a capital [start, place) must be in use, too: "PhilSports Arena".
    """
    string, lexicon = text.string, text.lexicon
    if end - place < _SHORTEST_SAID or not lexicon.is_rather_a_name(string[place:end].lower()):
        return False
    first = string[start:place].lower()
    goes_on = (
        string[end + 1 : end + 2].islower() or max(lexicon.words.get(first, 0), lexicon.names.get(first, 0)) >= FREQUENT
    )
    return goes_on and stands_elsewhere(string, place, end)


def _is_apart(text: Text, second: str) -> bool:
    """Whether a capitalised word, given in lower case, is one that stands alone, or a name and what stands against it."""
    return stands_alone(second, text.lexicon) or bool(text.corrector.segmentation.parted(second.capitalize()))


def _are_english(text: Text, first: str, second: str) -> bool:
    """Whether both words may be English: OnlyFans."""
    may_be_english = text.corrector.segmentation.may_be_english
    return may_be_english(first) and may_be_english(second)


def stands_elsewhere(string: str, start: int, end: int) -> bool:
    """Whether [start, end) stands near by again, perhaps glued too: the body of an article has the names of its headline."""
    word = string[start:end]
    return _is_alone_in(string, word, max(0, start - REACH), start) or _is_alone_in(string, word, end, end + REACH)


def _is_alone_in(string: str, word: str, first: int, last: int) -> bool:
    """Whether `word` stands in [first, last) with nothing against it."""
    at = first - 1
    for _ in range(_MOST_TIED):
        at = string.find(word, at + 1, last)
        if at < 0:
            break
        end = at + len(word)
        behind = string[end : min(end + 1, last)]
        if string[max(0, at - 1) : at] not in _TIED_BEFORE and not (behind.isalnum() or behind in _TIED_BEHIND):
            return True
    return False


def stands_twice(string: str, start: int, end: int) -> bool:
    """Whether [start, end) stands near by again as it is: no tag is dropped twice between the same two words."""
    glued = string[start:end]
    return string.rfind(glued, max(0, start - REACH), start) >= 0 or string.find(glued, end, end + REACH) >= 0


def _is_name(text: Text, start: int, place: int, end: int) -> bool:
    """Whether [start, end), with a capital inside at `place`, is a name: it stands so twice, or nothing goes before it.

    A tag dropped between two words does not drop the same one twice, and glues a heading to what stands before it, or a noun
    to the name that the text goes on to use: AktorEvan.
    """
    string = text.string
    if stands_twice(string, start, end):
        return True
    if not string[start].isupper() or string[max(0, start - 1) : start] not in ("", "\n", "(", '"', "“"):
        return False
    first = string[start:place].lower()
    if first in FUNCTION_WORDS or first in LINK_BEGINNERS:
        return False  # MenurutKepala
    is_noun = first not in text.lexicon.names and text.lexicon.words.get(first, 0) >= COMMON
    return not (is_noun and stands_elsewhere(string, place, end))


def _word(text: Text) -> list[AnyProposal]:
    string = text.string
    joints = [at + 1 for at in reversed(_JOINTS.offsets(string)[0])]
    seconds: dict[int, str] = {}  # where two words are parted -> the second one
    for _ in range(ROUNDS):
        parted = _part(text, joints, seconds)
        seconds |= parted
        if not parted or not _are_near(sorted(parted), [place for place in joints if place not in seconds]):
            break
    if not seconds:
        return []
    in_prose = {place for place, word in seconds.items() if _may_be_one_in_prose(text, place, word)}
    if len(seconds) - len(in_prose) < _TWO_SIGNS:
        seconds = {place: word for place, word in seconds.items() if place not in in_prose}
    # Two that end in the same noun are names in a program's code: tambahKucing, hapusKucing. Not in a list, where a word
    # goes with what stands before it: "saat menelanNyeri, buang air kecilNyeri".
    ends: dict[str, list[bool]] = {}
    for place, word in seconds.items():
        if two := _TWO_BEFORE.search(string, max(0, place - LONGEST_PIECE), place):
            ends.setdefault(word, []).append(bool(two[1]) and is_paired(text, two[1], two[2]))
    often = {
        word
        for word, paired in ends.items()
        if len(paired) > 1 and not any(paired) and _is_a_noun(word.lower(), text.lexicon) and f" {word}" not in string
    }
    return [
        (place, place, " ", WORD.name, WORD.confidence, "")
        for place, word in sorted(seconds.items(), reverse=True)
        if word not in often and not is_near_code(string, place)
    ]


def _are_near(cuts: Sequence[int], joints: Iterable[int]) -> bool:
    """Whether some joint may be in a word that one of the new `cuts`, in order, begins: it is to be looked at again."""
    return any(place - cuts[bisect_left(cuts, place) - 1] in range(1, LONGEST_PIECE + 1) for place in joints)


def _may_be_one_in_prose(text: Text, place: int, second: str) -> bool:
    """Whether two words that meet at `place` may be a firm's name, as they are no headline's end and a sentence's start.

    "dikenal dengan BaliFokus itu" stands in the middle of a sentence: only what was dropped elsewhere in the text tells that
    something was here.
    """
    word, end = second.lower(), place + len(second)
    return (
        _PROSE.search(text.string, max(0, place - LONGEST_PIECE), place) is not None
        and word not in FUNCTION_WORDS
        and word not in LINK_BEGINNERS
        and word not in OPENERS
        and not text.corrector.segmentation.is_verb(word)
        and not (word in LABELS and COLON.match(text.string, end))
        and not _DATELINE.match(text.string, end)
    )


def _begins_here(text: Text, start: int, end: int) -> bool:
    """Whether [start, end), behind a number or a bracket, is a word or a name that is used elsewhere."""
    if end - start <= _SHORTEST_BEHIND_BRACKETS or text.string[start:end].lower() in _PRONOUNS:
        return False  # "(agama)Nya"
    return stands_alone(text.string[start:end].lower(), text.lexicon) or stands_elsewhere(text.string, start, end)


def _is_a_noun(word: str, lexicon: Lexicon) -> bool:
    """Whether a word that is said twice is rather a noun than what begins sentences, or a name."""
    return word not in LINK_BEGINNERS and lexicon.words.get(word, 0) > lexicon.names.get(word, 0)


def _part(text: Text, joints: Iterable[int], seconds: Mapping[int, str]) -> dict[int, str]:
    """Find the `joints` at which to part words, from the last, each with its second word. `seconds`: those found before."""
    string = text.string
    parted: dict[int, str] = {}
    is_name = _names_of(text.lexicon)
    limit = len(string)  # where the next word parted off begins
    cuts = sorted(seconds)
    for place in joints:
        if place in seconds:
            limit = place
            continue
        right = _SECOND.match(string, place, limit)
        if not right:
            continue
        number = bisect_left(cuts, place) if cuts else 0
        cut = cuts[number - 1] if number else 0
        begin = place - LONGEST_PIECE if place - LONGEST_PIECE > cut else cut
        piece = string[begin:place].rpartition(" ")[2]
        start = place - len(piece)
        if is_name(piece, right[0]):
            continue  # by far the most
        if not is_plain(piece):
            plain = _BEFORE.search(string, start, place)
            if not plain or in_address(string, 0, place):
                continue
            if plain[1] is None and not _begins_here(text, place, right.end()):
                continue
            start = plain.start()
            piece = plain[1] or ""
            if piece and is_name(piece, right[0]):
                continue
        if string.rfind("[[", begin, place) > string.rfind("]]", begin, place):
            continue  # a page of a wiki: [[Special:DoubleRedirects]]
        if piece and (not _are_two(text, start, place, right.end()) or _is_name(text, start, place, right.end())):
            continue
        limit = place
        parted[place] = right.group()
    return parted


WORD = Rule(
    name="glue.word",
    doc="""Put the space between two words that stand against each other, "badanManfaat".""",
    trigger=((ascii_lowercase + digits + ")", ascii_uppercase, ascii_lowercase),),
    changes={
        "Ia turunkan berat badanManfaat lain banyak.": "Ia turunkan berat badan Manfaat lain banyak.",
        "Ia jadi tersangkaSebelumnya, polisi datang.": "Ia jadi tersangka Sebelumnya, polisi datang.",
        "Ayahnya SakitMelalui tayangan itu ia bicara.": "Ayahnya Sakit Melalui tayangan itu ia bicara.",
        "Foto itu milik IrfanEditor: Adi.": "Foto itu milik Irfan Editor: Adi.",
        "Warga diGaza dan keBandung pergi.": "Warga di Gaza dan ke Bandung pergi.",
        "Ia, yakniZvixqi Nazara, mengutipZvarxi.": "Ia, yakni Zvixqi Nazara, mengutip Zvarxi.",
        "Ia makan kacang-kacanganMinyak zaitun.": "Ia makan kacang-kacangan Minyak zaitun.",
        "Buang air kecilNyeri dan saat menelanNyeri terasa.": "Buang air kecil Nyeri dan saat menelan Nyeri terasa.",
        "Kode pos 80114Telepon kantor (pusat)Selain itu.": "Kode pos 80114 Telepon kantor (pusat) Selain itu.",
        "Ongkos Haji Turun, Menteri Buka SuaraSelain itu, kuota naik.": (
            "Ongkos Haji Turun, Menteri Buka Suara Selain itu, kuota naik."
        ),
        "Kenali Tanda Serangan JantungHal-hal kecil menolong.": "Kenali Tanda Serangan Jantung Hal-hal kecil menolong.",
        "Siapa Pengganti Pelatih Timnas IndonesiaPatrick diam. Kata Patrick, ia siap.": (
            "Siapa Pengganti Pelatih Timnas Indonesia Patrick diam. Kata Patrick, ia siap."
        ),
    },
    keeps=(
        "Kata detikNews, KompasTV, TribunJakarta, iPhone, MoU, DKPPers, dan McDonald di YouTube serta MotoGP.",
        "Tagar #BadanManfaat, #2019GantiPresiden, akun @badanManfaat, situs ruangGuru.com dan RuangGuru.",
        "Metode tambahKucing dan hapusKucing menangani data.",
        "Variabel totalHarga berada di luar fungsi hitungDiskon().",
        'Isi berkas itu {"kodePos": 40111, "namaJalan": "Merdeka"} lengkap.',
        "Ia menolong (agama)Nya. Dengan rahmatNya dan kasihMu, ia memakai PeduliLindungi, OnlyFans dan P30Pro.",
        "Lihat [[Istimewa:HalamanYatim|daftar]] itu, berlisensi Atribusi-BerbagiSerupa.",
        "kodePos: 40111\nnamaJalan: Merdeka\nnomorRumah = 5",
        "Setelan `waktuMulai` dan $hargaBeras dibaca lebih dulu.",
        "Yayasan yang dikenal dengan BaliFokus itu meneliti, dan dana startup KontrakHukum cair.",
        "Laga Filipina di PhilSports Arena ramai, kata panitia. Philips hadir di Sports Hall.",
        "Dilansir dari Redaksi Harian SuaraMuhammadiyah, Muhammadiyah bersidang.",
    ),
)

# It is asked twice (rules/__init__.py), and often about the same text.
FINDERS = (Finder((WORD,), lambda text: text.once(_word), looks_far=True),)
