"""The ends of headlines in running text, as in links to other articles, and what may follow them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..lazy import lazy_pattern
from ..text import Text
from .spacing import begins_sentence

LONGEST = 250  # code points: a choice
LONGEST_WORD, SHORTEST_GLUED = 50, 3  # code points of what another word is glued to, and goes on with: choices

# Indonesian headlines are in title case but for these.
_SMALL = frozenset(
    """
    agar akan antar antara atas atau bagi bahwa bak bila buat dalam dan dari dengan demi di gegara guna hingga ini itu
    jadi jelang juga karena ke kepada kok lalu lewat maupun menuju nan oleh pada para pasca per pun saat sampai sang
    sebagai sejak selama seperti serta setelah sih soal tak tanpa tapi tentang terhadap terkait untuk usai vs yang
    a al an and at by dkk dr for in is of on or s the to with x
    """.split()
)
# Words that begin a sentence of the article. Those of the first kind hardly ever stand in a headline, names may follow;
# the others tell only where the next word is in small letters.
_OPENERS = (
    "Adapun|Bahkan|Berdasarkan|Demikian|Diberitakan|Diketahui|Dikutip|Dilansir|Dia|Ia|Kemudian|Kendati"
    "|Lantas|Melansir|Mengutip|Menurut|Menurutnya|Mereka|Meski|Meskipun|Misalnya|Namun|Nantinya|Padahal|Pasalnya|Pihaknya"
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


_OPENER = lazy_pattern(_by_first_letter({_OPENERS: "(?=[ ,])", _OPENERS_IN_TEXT: "(?=,? [a-z]| [A-Z]{2,}, )"}))
_IN_SMALL = lazy_pattern(r'[ "“]([^\W\d_A-Z][^\W\d_]*)')
READ = r"B(?:aca|ACA) (?:[Jj]uga|JUGA|selengkapnya(?= ?: ))"
LOOK = (  # labels before a colon
    *("Lihat juga", "Lihat Juga", "Lihat pula", "Lihat Pula", "Baca pula", "Baca Pula", "Simak Juga", "Simak pula"),
    *("Simak Pula", "Tonton Juga", "Menarik Dibaca", "Menarik dibaca", "Artikel Terkait", "Artikel terkait"),
    *("Berita Terkait", "Berita terkait"),
)
READ_LABEL = f"(?:{READ}|(?:{'|'.join(LOOK)})(?= ?: ))"
WATCH_LABEL = "|".join(
    (
        *(f"{word} [Vv]ideo" for word in ("Simak", "Lihat", "Tonton")),
        *(f"{word} juga(?: [Vv]ideo)?" for word in ("Simak", "Tonton", "Saksikan")),
        "Lihat juga(?: [Vv]ideo|(?! ?: ))",
    )
)
PAGES = r"(?:(?:\s+\d){2,9}\s+Selanjutnya| \d{1,2} dari \d{1,2}\b| Selanjutnya -+>)"
SYNDICATED_LABEL = "|".join(
    f"{article} ini (?:sebagian )?(?:sebelumnya )?(?:telah |sudah )?(?:tayang|naik) di "
    for article in ("Artikel", "Sebagian [Aa]rtikel")
)
# What else may follow a headline on its line.
_SIGNED = r"(?:Editor|Pewarta|Penulis|Reporter) ?:"
MORE = (
    rf"\[Gambas|SCROLL TO|ADVERTISEMENT|{READ_LABEL}|\({READ_LABEL}|{WATCH_LABEL}|Dapatkan update|BACA BERITA"
    r"|Ikuti [Bb]erita"
    r"|Update [Bb]erita|>>> ?(?:Ikuti|Update) [Bb]erita|Simak (?:berita )?selengkapnya|Selengkapnya di|Bersambung ke"
    rf"|Simak ?: ?(?=[A-Z])|Halaman{PAGES}|Isi komentar sepenuhnya|Lihat Foto (?=[A-Z])|IDN Times Community adalah"
    rf"|{SYNDICATED_LABEL}|Pilihan (?:Redaksi|Editor)|View this post on"
    rf"|{_SIGNED}|COPYRIGHT ©"
)
_FIRST_OF_END = r"[\n.,(\[>A-EHILMP-V]| [ 1]"  # what each of them begins with: searched first
_NO_STOP = r"(?<!\.\.)(?<!dkk\.)(?<! ft\.)(?<!feat\.)"
_END = lazy_pattern(
    rf"(?={_FIRST_OF_END})"
    rf"(?:\n|\.{_NO_STOP} |  (?=[A-Z\"“])| 1\. (?=[A-Z])|{MORE}"
    rf"|\([A-Za-z]{{2,4}}(?:/[A-Za-z]{{2,4}})?\)(?= *\Z)|\([a-z]{{2,4}}/[a-z]{{2,4}}\)|\.,|,,)"
)
_ENDS_LINE = lazy_pattern(rf"\n|{_SIGNED}")
_MORE = lazy_pattern(rf"\s*+(?:{MORE})")
# "BerkurangCatat", "PartaiSBY menuturkan": the break between two paragraphs is lost.
_GLUED = lazy_pattern(r"[A-Z](?<=[a-z].)(?:[a-z]{2,}|[ai]|[A-Z]{1,4}(?= [a-z]))(?![^\W_])")
_LETTERS = lazy_pattern(r"[^\W\d_]+\Z")
_WORD = lazy_pattern(r"[^\W_][\w'’-]*")
_ENDS_TITLE = lazy_pattern(r"(?:[?!]|\.\.\.)(?: |(?=[A-Z][a-z]))(?=[A-Z])")
_REACH = 5_000  # code points before a headline in which a name is looked for: a choice
_SAYS = lazy_pattern(
    r"(?:juga )?(?:me(?:ngatakan|njelaskan|nyebut(?:kan)?|nilai|nuturkan|nambahkan|negaskan|ngungkapkan|mbeberkan|nyatakan"
    r"|ngingatkan|minta|ngaku|maparkan|nerangkan|nyampaikan)|berharap|bercerita)(?![a-z])"
)
# No headline ends with one, and no sentence either.
_NO_END = frozenset(
    """
    agar akan antara atau bagi bahwa dalam dan dari dengan di hingga karena ke kepada oleh pada para sang serta terhadap
    tentang untuk yang
    """.split()
)

_FEWEST_OF_TITLE = 2  # words with a capital that a sentence would not give them: a choice
_MOST_OF_A_NAME = 3  # words with capitals that a sentence may begin with: a choice
_DEMONSTRATIVES = frozenset({"ini", "itu"})  # behind the noun of a sentence: "Hasil ini didasari"


def headline_end(text: Text, start: int, is_line: bool = False) -> int:
    """Find the end of the headline that begins at `start`; `start` itself where it is not clear.

    It ends with the line, at other boilerplate, where two paragraphs are glued, or where a sentence of the article begins:
    at the last opening word, opening quote or question mark before the first word that no headline would leave in small
    letters, or at the common noun that has its capital from the sentence that this word stands in.

    is_line: it began with its line, so that one in small letters is all that its line holds.
    """
    string = text.string
    limit = min(len(string), start + LONGEST)
    closing = _END.search(string, start, limit)
    while is_line and closing and closing.group() == "  ":  # a gap in a line that the text goes on in may be any
        closing = _END.search(string, closing.end(), limit)
    ends = closing is None or closing.group() != ". "
    if closing:
        limit = closing.start()
    ends_line = limit - start < LONGEST and (closing is None or _ENDS_LINE.match(closing[0]))
    if is_line and ends_line and (string[limit - 1 : limit] not in '."”' or string.endswith("...", start, limit)):
        return limit
    small = _first_small(string, start - 1, limit)
    for glued in _GLUED.finditer(string, start, limit):
        left = _LETTERS.search(string, max(start, glued.start() - LONGEST_WORD), glued.start())
        if left is None or len(left[0]) < SHORTEST_GLUED:
            continue
        if small is not None and small < left.start():
            break
        between = string[glued.end() : small]
        goes_on = small is not None and len(between) <= LONGEST_WORD and between == between.lower()
        if _are_words(text, left[0].lower(), glued[0].lower(), goes_on):
            ends_here = _OPENER.match(string, glued.start()) or string.startswith(",", glued.end())
            if not ends_here and _title_goes_on(text, glued.start(), limit if small is None else small):
                # a name, SocioFrame Ajak Anak Muda, or a heading of the article
                is_headline_only = small is None and ends_line and string[start:limit].isascii()
                return limit if is_headline_only else start
            return glued.start()
    if small is None and ends:
        return limit
    limit = limit if small is None else small
    end, is_sure = max(_candidates(string, start, limit), default=(start, True))
    if small is not None and not is_sure and _title_goes_on(text, end, small):
        end = start
    if end == start and small is not None:
        end = _sentence_start(text, start, small) or _subject_start(text, start, small) or start
    while end > start and (string[end - 1] in '"“(' or string.startswith(" ”", end - 2)):
        end -= 1  # what opens belongs to the sentence
    return end


def begins_label(string: str, start: int) -> bool:
    """Whether other boilerplate begins at `start`, or behind the white space there."""
    return _MORE.match(string, start) is not None


def begins_headline(string: str, start: int) -> bool:
    """Whether a headline begins at `start`: words with capitals stand there, more than begin a sentence."""
    limit = start + LONGEST
    small = _first_small(string, start, limit)
    return string.count(" ", start, limit if small is None else small - 1) >= _MOST_OF_A_NAME


def _first_small(string: str, start: int, limit: int) -> int | None:
    """Find the first word in small letters that a headline would give a capital; None where there is none."""
    return next((word.start(1) for word in _IN_SMALL.finditer(string, start, limit) if _is_small(word[1])), None)


def _is_small(word: str) -> bool:
    return word not in _SMALL and word[0].islower()


def _are_words(text: Text, left: str, right: str, goes_on: bool) -> bool:
    """Whether two words that are glued are each one that is known, and no name together: YouTube, BukaLapak.

    goes_on: a small word follows the second, which may be a name then: "IstiqlalAdi khawatir".
    """
    words, names = text.lexicon.words, text.lexicon.names
    if left + right in words or left + right in names:
        return False
    return (left in words or left in names) and (right in words or goes_on)


def _candidates(string: str, start: int, limit: int) -> Iterator[tuple[int, bool]]:
    """Yield the offsets before `limit` where the headline from `start` may end, each with whether it must end there."""
    for match in _OPENER.finditer(string, start, limit + 1):  # with the letter that it looks ahead at
        yield match.start(), match[0].endswith(" itu") or string.startswith(",", match.end())
    for match in _ENDS_TITLE.finditer(string, start, limit):
        yield match.end(), False
    if string.count('"', start, limit) % 2:
        yield string.rindex('"', start, limit), True
    if string.rfind("“", start, limit) > string.rfind("”", start, limit):
        yield string.rindex("“", start, limit), True


def _title_goes_on(text: Text, start: int, end: int) -> bool:
    """Whether the words of [start, end) are in title case: behind the first, the second or two others have a capital that no
    sentence would give them."""
    _, *words = [word.start() for word in _WORD.finditer(text.string, start, end)] or [start]
    capitals = [word for word in words if begins_sentence(text.string, word, text.lexicon)]
    return len(capitals) >= _FEWEST_OF_TITLE or (bool(capitals) and capitals[0] == words[0])


def is_headline(line: str) -> bool:
    """Whether a line is set as a headline: no stop ends it, and of its words most that could be have capitals."""
    words = [word for word in _WORD.findall(line) if word not in _SMALL]
    capitals = sum(not word[0].islower() for word in words)
    return len(words) >= 3 and len(line) <= LONGEST and line[-1:] not in ".,;:" and 4 * capitals >= 3 * len(words)


def _sentence_start(text: Text, start: int, small: int) -> int | None:
    """Find where the sentence begins that the word in small letters at `small` stands in, by the words before it.

    A common noun has a capital only there, and a word that no headline ends with goes on with the next.
    """
    for word in reversed(list(_WORD.finditer(text.string, start, small))):
        if word[0] in _NO_END or word[0] in _DEMONSTRATIVES:
            continue
        if begins_sentence(text.string, word.start(), text.lexicon):
            return word.start()
        if word[0][0].islower() or not _follows_small(text.string, word.start()):
            return None
    return None


def _subject_start(text: Text, start: int, small: int) -> int | None:
    """Find the name that the word at `small` has as its subject, if it stands before `start`, too: "12 Jam Heri mengatakan".

    The word before the name is no part of it.
    """
    string = text.string
    words = list(_WORD.finditer(string, start, small)) if _SAYS.match(string, small) else []
    for first in range(max(1, len(words) - _MOST_OF_A_NAME), len(words)):
        before, at = words[first - 1], words[first].start()
        name = string[at : words[-1].end()]
        if not name[0].isupper() or string.find(name, max(0, start - _REACH), start) < 0:
            continue
        is_parted = before[0].isdecimal() or begins_sentence(string, before.start(), text.lexicon)
        return at if is_parted and before.end() + 1 == at and words[-1].end() + 1 == small else None
    return None


def _follows_small(string: str, at: int) -> bool:
    """Whether a word that no headline ends with stands before `at`."""
    return string[max(0, at - 10) : at].rstrip().rpartition(" ")[2] in _NO_END
