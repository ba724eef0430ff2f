"""Full stops that end sentences: two for one, a comma for one at a paragraph's end, one lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from string import ascii_letters, ascii_lowercase, ascii_uppercase, digits

from ..dates.calendar import WEEKDAY_NAMES
from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..text import Text
from .blanks import is_paragraph, line_at
from .headline import begins_label
from .spacing import SPEECH, begins_sentence

# --- Two for one -----------------------------------------------------------------------------------------------------

_TWO = lazy_pattern(r"\.\.(?<=[A-Za-z0-9)]\.\.)(?=[ ]*[\"“]?[A-Z][a-z]|[ \t]*(?:[\r\n]|\Z))")
_SURE = lazy_pattern(r"(?:\)|[A-Z]\.[A-Z])\Z")  # a closing bracket, or an abbreviation with its own full stop, "D.C.."
_LETTER = lazy_pattern(r"(?<![^\W_])[A-Za-z]\Z")  # of a number, "No. M.."
_ELLIPSES = ("...", "…")
_SENTENCE = lazy_pattern(r"\. (?<=[a-z)]\. )[A-Z]")
_FEWEST_SENTENCES = 3  # ends of sentences in an article; of messages that people send on, some set two full stops (a choice)


def _doubled(text: Text) -> Iterator[Proposal]:
    string = text.string
    found = [match.span() for match in _TWO.finditer(string)]
    sure = {start for start, _ in found if _SURE.search(string, max(0, start - 3), start)}
    is_style = string.count("..") - len(sure) > 1 or any(mark in string for mark in _ELLIPSES)
    for start, end in found:
        if start not in sure and (is_style or not _ends_sentence(string, start)):
            continue
        if not text.is_foreign(start, end):
            glued = " " if string[end : end + 1].strip() else ""
            yield Proposal(start, end, f".{glued}", DOUBLED.name, DOUBLED.confidence)


def _ends_sentence(string: str, at: int) -> bool:
    """Whether a sentence of an article may end at `at`, outside quotations."""
    start = string.rfind("\n", 0, at) + 1
    if begins_label(string, start):
        return False  # what is cut off of a headline has two for three: "Baca juga: ..., tapi.."
    is_quoted = string.count('"', start, at) % 2 == 1 or string.count("“", start, at) > string.count("”", start, at)
    return not is_quoted and not _LETTER.search(string, max(0, at - 2), at) and _is_article(string)


def _is_article(string: str) -> bool:
    """Whether some sentences of a text end as those of articles do."""
    return sum(1 for _ in zip(range(_FEWEST_SENTENCES), _SENTENCE.finditer(string), strict=False)) == _FEWEST_SENTENCES


DOUBLED = Rule(
    name="stop.doubled",
    doc="""Make two full stops at a sentence's end one.

    Behind a closing bracket or an abbreviation, or where the text has no other two and no ellipsis, outside quotations.""",
    trigger=((ascii_letters + digits + ")", ".", ".", ascii_uppercase + '"“ \t\r\n'),),
    changes={
        "Ia tiba, Kamis (2/8/2018).. Warga menyambutnya.": "Ia tiba, Kamis (2/8/2018). Warga menyambutnya.",
        "Ia tiba. Ia lalu pergi. Ia pulang. Hujan turun di desa itu..Warga senang.": (
            "Ia tiba. Ia lalu pergi. Ia pulang. Hujan turun di desa itu. Warga senang."
        ),
    },
    keeps=(
        "Entahlah.. Besok saja.",
        "Ia tiba. Ia lalu pergi. Ia pulang. Hujan turun.. Warga senang.. Begitu.",
        'Ia tiba. Ia lalu pergi. Ia pulang. "Hujan turun.. Warga senang," katanya.',
        "Ia tiba. Ia lalu pergi. Ia pulang... Hujan turun.. Warga senang.",
    ),
)

# --- A comma for one -------------------------------------------------------------------------------------------------

_ENDS_PARAGRAPH = lazy_pattern(
    r"\n(?:(?<=[\w)%],\n)|(?<=[\w)%],[ \t]\n)|(?<=[\w)%],\r\n)|(?<=[\w)%],[ \t]\r\n))[ \t]*\r?\n\s*(?=[\"“]?[A-Z])"
)
_SENTENCE_START = lazy_pattern(r".*(?:[.!?:…][\"”)]*\s+|[\"”] )")  # up to which the last sentence of a line is cut off
# It may go on behind the comma: with what somebody says or is told, or after a time, a place or a reason.
_SAYS = frozenset(
    f"""{SPEECH.replace("|", " ")} menurut firman berbunyi berfirman berkata berpesan bersabda berseru bertanya berujar
    menambahkan menanyakan menegaskan mengatakan mengungkapkan menjelaskan menulis menuturkan menyatakan menyebut
    menyebutkan""".split()
)
_SAYS_LAST = lazy_pattern(r"(?:[Mm]enurut|[Ff]irman|\bber[a-z]+|\bme[a-z]+)(?:nya)?\Z")
_SPOKEN_TO = frozenset(
    """allah alloh bapak hadirin hormat ibu jamaah jemaah muslim muslimin rahimakumulah rahimakumullah saudara saudari
    saw sekalian swt yth""".split()
)
_FRAMES = frozenset(
    """Agar Akibat Apabila Atas Bagi Berdasarkan Bila Dalam Dari Demi Dengan Di Hingga Jika Kalau Karena Kepada Ketika Meski
    Meskipun Oleh Pada Saat Sebab Sebagai Sebelum Sejak Selain Selama Sementara Seperti Sesudah Setelah Untuk Walau
    Walaupun""".split()
)
_MARKS = ".,:;!?()\"“”'’"
_SHORTEST_SENTENCE = 5  # words: of fewer, more may follow (a choice)
_NAMED = lazy_pattern(r"(?:[A-Z][\w’'-]+ ){1,3}([a-z]+) ")
_PREDICATES = frozenset(
    "adalah akan belum bisa dapat harus ini itu juga merupakan pernah sudah telah tersebut tidak".split()
)


def _comma(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in _ENDS_PARAGRAPH.finditer(string):
        at, begin = string.rindex(",", 0, match.start()), match.end()
        line = string[string.rfind("\n", 0, at) + 1 : at]
        if not is_paragraph(f"{line}.") or not is_paragraph(line_at(string, begin)):
            continue
        before = _SENTENCE_START.match(line)
        sentence = line[before.end() :] if before else line
        quoted = string[begin] in '"“'
        said_to = _SPOKEN_TO | _SAYS if quoted else _SPOKEN_TO
        if (
            sentence.count(" ") >= _SHORTEST_SENTENCE - 1
            and not (_has(sentence, said_to) or _SAYS_LAST.search(sentence))
            and ("," in sentence or sentence.partition(" ")[0] not in _FRAMES)
            and (quoted or _begins(text, begin))
            and not text.is_foreign(at, at + 1)
        ):
            yield Proposal(at, at + 1, ".", COMMA.name, COMMA.confidence)


def _has(sentence: str, words: frozenset[str]) -> bool:
    """Whether a sentence has one of some words, perhaps with -nya."""
    bare = [word.strip(_MARKS).lower() for word in sentence.split()]
    return any(word in words or word.removesuffix("nya") in words for word in bare)


def _begins(text: Text, at: int) -> bool:
    """Whether a sentence begins at `at`: with a word that is no name, or with a name and a predicate."""
    if begins_sentence(text.string, at, text.lexicon):
        return True
    named = _NAMED.match(text.string, at)
    return named is not None and (named[1] in _PREDICATES or text.corrector.segmentation.is_verb(named[1]))


COMMA = Rule(
    name="stop.comma",
    doc="""Write a full stop for the comma that ends a paragraph, where a sentence begins behind the empty line.""",
    trigger=tuple((",", *blank, *end, "\n", " \t\r\n") for blank in ("", (" \t",)) for end in ("", "\r")),
    changes={
        (
            "Rombongan bantuan dari kota tiba pada sore hari dan langsung menuju balai desa,\n\n"
            "Kegiatan itu disambut hangat oleh semua warga yang menunggu sejak pagi hari."
        ): (
            "Rombongan bantuan dari kota tiba pada sore hari dan langsung menuju balai desa.\n\n"
            "Kegiatan itu disambut hangat oleh semua warga yang menunggu sejak pagi hari."
        ),
    },
    keeps=(
        "Dalam pidato yang panjang di halaman masjid itu pada sore hari Nabi lalu bersabda,\n\n"
        '"Sampaikanlah walau satu ayat kepada orang yang belum mendengarnya hari ini."',
        "Setelah bantuan dari kota tiba pada sore hari dan langsung menuju balai desa,\n\n"
        "Kegiatan itu disambut hangat oleh semua warga yang menunggu sejak pagi hari.",
        "Beras,\n\nGula,\n\nKopi.",
    ),
)

# --- One that is lost ------------------------------------------------------------------------------------------------

_STARTERS = (
    "Adapun Akibat Apabila Bahkan Berbeda Dalam Dengan Dia Disebutkan Hal Ia Jika Karena Kemudian Ketika Kini Lebih Menurut"
    " Mereka Meski Namun Oleh Padahal Rencana Saat Sebab Sebelumnya Sejumlah Selain Selanjutnya Sementara Setelah Untuk"
).split()
_DATE = lazy_pattern(r"\) (?<=\d\) )(?=([A-Z][a-z]+) [a-z])")
_DAY = lazy_pattern(rf"(?:{'|'.join(WEEKDAY_NAMES)})(?: (?:pagi|siang|sore|malam))? \(\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\Z")
_LONGEST_DAY = 30  # code points of a weekday, a time of day and a date
_SHORTEST = 60  # code points of the sentence up to the date: of a shorter one it may be the beginning (a choice)
# Sentences that begin with one of these may say when and by whom first.
_OPENERS = frozenset(
    """Dalam Di Dikutip Dilansir Hari Hingga Kemarin Melalui Melansir Mengutip Menurut Pada Sampai Sebelumnya Sehari Sejak
    Sementara Seperti""".split()
)


def _lost(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in _DATE.finditer(string):
        at = match.start()
        if match[1] not in _STARTERS or not _DAY.search(string, max(0, at - _LONGEST_DAY), at):
            continue
        line = string[string.rfind("\n", 0, at) + 1 : at]
        before = _SENTENCE_START.match(line)
        sentence = line[before.end() :] if before else line
        is_whole = len(sentence) >= _SHORTEST or (before is not None and _has(sentence.partition(" ")[0], _SAYS))
        if is_whole and sentence.partition(" ")[0].strip(_MARKS) not in _OPENERS and not text.is_foreign(at, at + 1):
            yield Proposal(at + 1, at + 1, ".", LOST.name, LOST.confidence)


LOST = Rule(
    name="stop.lost",
    doc="""Put the full stop between a weekday with its date, at a sentence's end, and the word that begins the next one.""",
    trigger=tuple((digits, ")", " ", *word[:3]) for word in dict.fromkeys(word[:3] for word in _STARTERS)),
    changes={
        '"Kami siap," kata camat kepada wartawan di balai desa, Senin (9/3/2026) Menurut dia, air surut.': (
            '"Kami siap," kata camat kepada wartawan di balai desa, Senin (9/3/2026). Menurut dia, air surut.'
        ),
    },
    keeps=(
        "Pada rapat yang digelar di balai desa dan dihadiri banyak warga, Senin (9/3/2026) Dia diam.",
        "Warga dua desa di lereng utara yang sejak pagi menunggu bantuan itu, Senin (9/3/2026) Malam.",
    ),
)

# --- One that is lost behind who speaks ----------------------------------------------------------------------------------

_OF_DAY = rf"(?:, (?:{'|'.join(WEEKDAY_NAMES)}) \(\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?\))?"
_BLANK = lazy_pattern(r"[ \t\r]*\n[ \t\r]*\n\s*+(?=\S)")  # not the end of a text, which may have been cut off
_NEXT_LINE = lazy_pattern(r"[ \t\r]*\n[ \t]*(?=[\"“]?[A-Z])")
# A title at the end has lost the name behind it.
_TITLES = frozenset(
    """Anggota Badan Bapak Bidang Brigjen Bupati Camat Desa Dinas Direksi Direktur Divisi Dokter Dr Fraksi Gubernur Harian
    Ibu Inspektur Irjen Jaksa Jenderal Juru Kabid Kapolda Kapolres Kapolri Kapten Kasat Kementerian Kepala Ketua Kolonel
    Kombes Komisaris Komisi Komjen Kota Letjen Manajer Mayjen Menko Menteri Pak Pakar Pelatih Pengamat Plt Presiden Prof
    Profesor Sekretaris Staf Umum Utama Wakil Wali Walikota""".split()
)
_AFTER = (
    "Namun Sementara Selain Sedangkan Sebelumnya Selanjutnya Kemudian Menurut Menurutnya Adapun Bahkan Padahal Meski"
    " Meskipun Mereka Diketahui Terlepas Pihaknya Kini Ia Dia Jika Merespons Berdasarkan Rencananya Akibatnya Pasalnya"
).split()
_AFTER_TWO = (
    r"Hal (?:itu|ini|tersebut)|(?:Tidak|Tak) hanya|Lebih (?:lanjut|jauh)|Untuk (?:diketahui|itu)|(?:Oleh )?[Kk]arena itu"
)
_AFTER_TWO += r"|Oleh sebab itu|Di (?:sisi|samping)|Dengan (?:demikian|begitu)|Seperti diketahui|Sebagai informasi"
_FIRST_AFTER = "".join(sorted({word[0] for word in (*_AFTER, "Hal", "Tak", "Lebih", "Untuk", "Oleh", "Karena")})) + '"“'
_BEGINS = rf"(?:(?:{'|'.join(_AFTER)}|{_AFTER_TWO})[ ,]|[\"“][A-Z])"
# A quotation's last mark, and who spoke: before what begins a sentence, or at a line's end. One pattern a quote, which `re`
# searches for.
_SPOKE = tuple(
    lazy_pattern(
        rf"{quote} (?<=[,.?!…]{quote} )(?:{SPEECH})(?:(?P<goes_on>nya| dia)(?= {_BEGINS})"
        rf"|(?:(?:nya| dia)(?: lagi)?|(?P<name>(?: [A-Z][a-z’'-]+){{1,3}}(?<=[a-z]))){_OF_DAY}(?=[ \t\r]*\n))"
    )
    for quote in '"”'
)


def _speaker(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in chain.from_iterable(pattern.finditer(string) for pattern in _SPOKE):
        at = match.end()
        is_end = match["goes_on"] or _BLANK.match(string, at) or _begins_line(text, at)
        if is_end and not _ends_with_title(text, match) and not text.is_foreign(at, at):
            yield Proposal(at, at, ".", SPEAKER.name, SPEAKER.confidence)


def _ends_with_title(text: Text, speaker: re.Match[str]) -> bool:
    """Whether no name ends what names the speaker, but a title or an office, behind which a name was lost."""
    last = text.string.rfind(" ", 0, speaker.end("name")) + 1
    named = speaker["name"] is not None
    return named and (text.string[last : speaker.end("name")] in _TITLES or begins_sentence(text.string, last, text.lexicon))


def _begins_line(text: Text, at: int) -> bool:
    """Whether a sentence or a quotation begins the line behind `at`: a name there may go on with the line above."""
    following = _NEXT_LINE.match(text.string, at)
    return following is not None and (text.string[following.end()] in '"“' or _begins(text, following.end()))


SPEAKER = Rule(
    name="stop.speaker",
    doc="""Put the full stop behind who spoke, at a paragraph's end or before a word that begins a sentence.""",
    trigger=(
        *((ascii_lowercase + ")", *blank, "\r\n") for blank in ("", " \t")),
        *((*f"{end}nya ", _FIRST_AFTER) for end in dict.fromkeys(verb[-3:] for verb in SPEECH.split("|"))),
        *((*f"{verb[-2:]} dia ", _FIRST_AFTER) for verb in ("kata", "ujar", "jelas", "ucap")),
    ),
    changes={
        '"Kami siap membantu," ujarnya Namun, air naik.': '"Kami siap membantu," ujarnya. Namun, air naik.',
        '"Kami siap," kata dia "Besok pulang."': '"Kami siap," kata dia. "Besok pulang."',
        "“Kami siap membantu,” kata Budi Santoso\n\nAir naik.": "“Kami siap membantu,” kata Budi Santoso.\n\nAir naik.",
        '"Kami siap," katanya\nMenurut dia, air naik.': '"Kami siap," katanya.\nMenurut dia, air naik.',
    },
    keeps=(
        '"Kami siap," ujarnya Senin pagi. "Kami siap," ujarnya',
        '"Kami siap," kata Budi\nSantoso di Bogor. "Kami siap," kata Direktur\n\nAir naik.',
        'Judul "Senja" katanya\n\nbagus. Menurut katanya Namun itu salah.',
    ),
)

FINDERS = (
    Finder((DOUBLED,), _doubled, looks_far=True),
    Finder((COMMA,), _comma, looks_far=True),
    Finder((LOST,), _lost, looks_far=True),
    Finder((SPEAKER,), _speaker, looks_far=True),
)
