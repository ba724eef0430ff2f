"""Characters that a wrong decoding, an escaping or an editor left behind. Nothing is restyled.

Curly quotes, dashes, ellipses, full-width forms, emoji with their joiners, and any other script stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import chain

from .. import kernel
from ..edit import alike
from ..lazy import lazy_pattern
from ..rule import AnyProposal, Finder, Proposal, Rule
from ..text import Text
from .removal import matches_of

# --- HTML entities -------------------------------------------------------------------------------------------------


# The named ones are HTML 4's. The ampersand may have been escaped again, any number of times.
@cache
def _entity() -> re.Pattern[str]:
    from html.entities import name2codepoint  # which few texts need

    return re.compile(rf"&(?:amp;|#38;)*(#\d{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|{'|'.join(sorted(name2codepoint))});")


# One that lost its "&" or its ";" on the way. In an address "&" parts values, and what stands there is a name.
_NAMES = "nbsp quot ldquo rdquo lsquo rsquo ndash mdash hellip".split()
_NUMBERS = {"#8": r"[12]\d\d", "#39": "", "#039": "", "#34": "", "#160": ""}  # what each begins with -> how it goes on
_begun = matches_of(
    {
        **{f"{name};": rf"(?<![\w&#]{name};)" for name in _NAMES},
        **{number: rf"(?<![\w&#]{number}){rest};" for number, rest in _NUMBERS.items()},
    }
)
_ended = lazy_pattern(
    rf"&(?:amp;)*(?P<name>{'|'.join(_NAMES)}|{'|'.join(number + rest for number, rest in _NUMBERS.items())})(?![\w;=])"
)
_OF_ADDRESS = frozenset("/=?")
_LONGEST_PIECE = 100  # code points without a space before it that are looked at: a choice


def _entities(text: Text) -> Iterator[Proposal]:
    from html import unescape

    string = text.string
    for match in _entity().finditer(string):
        yield Proposal(match.start(), match.end(), unescape(f"&{match[1]};"), ENTITY.name, ENTITY.confidence)
    for match in chain(_begun(text), _ended.finditer(string)):
        piece = string[max(0, match.start() - _LONGEST_PIECE) : match.start()]
        if not _OF_ADDRESS & set(piece[piece.rfind(" ") + 1 :]):
            name = match["name"] if match.lastgroup else match[0].removesuffix(";")
            yield Proposal(*match.span(), unescape(f"&{name};"), ENTITY.name, ENTITY.confidence)


ENTITY = Rule(
    name="characters.entity",
    doc="""Read HTML entities, also doubly escaped ones, and quotes, dashes and spaces that lost their "&" or ";".""",
    trigger=("&", "nbsp;", "quot;", "dquo;", "squo;", "ndash;", "mdash;", "hellip;", "#8", "#39;", "#039;", "#34;", "#160;"),
    changes={
        "&quot;Kami siap,&quot; kata dia.": '"Kami siap," kata dia.',
        "Kata dia, &amp;ldquo;Sudah&amp;rdquo; selesai.": "Kata dia, “Sudah” selesai.",
        "Tasik Creative &amp;amp; Innovation.": "Tasik Creative & Innovation.",
        "Harga beras &#150; dan gula &#8230; naik.": "Harga beras – dan gula … naik.",
        "Kata dia, #8220;Kami siap,#8221; lalu quot;Besok.quot;": 'Kata dia, “Kami siap,” lalu "Besok."',
        "Warga mengungsi &ndash kata dia.": "Warga mengungsi – kata dia.",
    },
    keeps=(
        "Lihat https://contoh.id/?a=1&copy=2&lt=3 untuk rincian.",
        "Lihat https://contoh.id/?a=1&quot dan nilai quot, nbsp.",
        "Sinetron itu dibintangi R&B; grup asal Bandung.",
        "Johnson & Johnson membuka pabrik.",
    ),
)


# --- UTF-8 that was read as cp1252, Latin-1 or Mac-Roman -------------------------------------------------------------


def _bytes(codec: str) -> dict[str, int]:
    """Map the characters that `codec` reads bytes from 0x80 on as to these bytes."""
    return {char: byte for byte in range(0x80, 0x100) for char in bytes([byte]).decode(codec, "ignore")}


_C1 = {chr(byte): char for char, byte in _bytes("cp1252").items() if byte < 0xA0}  # a raw byte, and what it is
_MAC = _bytes("mac_roman")
_WIN = _bytes("latin-1") | _bytes("cp1252")  # both: the five bytes that cp1252 lacks are passed as Latin-1

# First bytes of UTF-8 sequences that are looked for, as the characters they were read as. Not those that Mac-Roman
# reads as quotes, dashes and ellipses, nor those of scripts that Indonesian news does not print.
_MAC_LEADS = {2: "¬√ƒ≈ŒœÿŸ⁄", 3: "‚·Ô„‰ÂÊÁËÈÍÎÏÌ", 4: "\uf8ff"}
_WIN_LEADS = {2: "ÂÃÄÅÌÎÏËØÙÚÛ", 3: "âïáàãäåæçèéêëìí", 4: "ð"}


def _sequences(read: Mapping[str, int], leads: Mapping[int, str]) -> str:
    following = "[" + "".join(re.escape(char) for char, byte in read.items() if byte < 0xC0) + "]"
    return "|".join(f"[{chars}]{following}{{{length - 1}}}" for length, chars in leads.items())


# "€" before an accented letter is one of the small high marks of the Koran.
_SEQUENCE = lazy_pattern(f"({_sequences(_WIN, _WIN_LEADS)})|{_sequences(_MAC, _MAC_LEADS)}|€[ñóòôöõúùûü]")
_ROOT = lazy_pattern("√[π∂∑∏∫∞≠±≤≥]$")  # the root of something, unless a letter goes before or follows
_PRINTED = frozenset("‘’“”–—…•™«»\xa0")  # may well stand behind a capital: “MØ”


def _read_again(match: re.Match[str]) -> str:
    """Decode a match of _SEQUENCE as UTF-8; return it unchanged where it is none, or may be right as it stands."""
    before = match.group()
    read = _WIN if match[1] else _MAC
    if match[1] and len(before) == 2 and before[1] in _PRINTED:
        from ftfy.badness import is_bad  # which few texts need: it takes 36 ms

        if not is_bad(match.string[max(0, match.start() - 2) : match.end()]):
            return before
    try:
        after = bytes(read[char] for char in before).decode()
    except UnicodeDecodeError:
        return before
    return _C1.get(after, after)


def _settled(run: str) -> str:
    """`run`, of characters beyond ASCII, read again until it stays as it is."""
    after = run.replace("â€\ufffd", "”")  # its last byte, which cp1252 lacks, was lost on the way
    for _ in range(4):  # text may have been through it twice; what does not settle is something else
        once, after = after, _SEQUENCE.sub(_read_again, after)
        if once == after:
            return after
    return run


@lru_cache(maxsize=4096)
def _reading(run: str) -> tuple[int, int, str] | None:
    """Find the part of `run` to read again, and return what it is read as; None for none."""
    after = _settled(run)
    if after == run:
        return None
    head, tail = alike(run, after)
    return head, len(run) - tail, after[head : len(after) - tail]


def _is_in_word(string: str, start: int, end: int) -> bool:
    return string[max(0, start - 1) : start].isalpha() or string[end : end + 1].isalpha()


def _mojibake(text: Text) -> list[AnyProposal]:
    string = text.string
    found: list[AnyProposal] = []
    for run, places in kernel.beyond_ascii(string).items():
        reading = (_reading if len(run) <= kernel.LONGEST_WORD else _reading.__wrapped__)(run)  # a memo of short ones
        if not reading:
            continue
        start, end, after = reading
        if _ROOT.match(run):
            places = [place for place in places if _is_in_word(string, place, place + len(run))]
        found += [(place + start, place + end, after, MOJIBAKE.name, MOJIBAKE.confidence, "") for place in places]
    return found


MOJIBAKE = Rule(
    name="characters.mojibake",
    doc="""Read as UTF-8 what was read as cp1252, Latin-1 or Mac-Roman.

    Every well-formed sequence is read again; where it might be a capital before a quote, ftfy's measure decides.""",
    trigger=tuple(dict.fromkeys("".join([*_MAC_LEADS.values(), *_WIN_LEADS.values(), "€"]))),
    changes={
        "‚ÄúKami siap,‚Äù kata dia ‚Äì singkat.": "“Kami siap,” kata dia – singkat.",
        "â€œKami siap,â€\x9d kata dia.": "“Kami siap,” kata dia.",
        "Ada â€œsesuatuâ€\ufffd yang hilang.": "Ada “sesuatu” yang hilang.",
        "Ousmane DembÃ©lÃ© dan AndrÃ© bermain.": "Ousmane Dembélé dan André bermain.",
        "Pelatih Antonio Guzm√°n memimpin R√¢nov.": "Pelatih Antonio Guzmán memimpin Rânov.",
        "Suhu 30¬∞ C, tambahkan ¬Ω sendok.": "Suhu 30° C, tambahkan ½ sendok.",
        "Ù\x85Ù\x90Ù\x86Ù\x92 artinya dari.": "مِنْ artinya dari.",
        "Ã¢â‚¬Å“Tidak,Ã¢â‚¬\x9d kata dia.": "“Tidak,” kata dia.",
    },
    keeps=(
        "Penyanyi “MØ” dan “CAFÉ” tampil bersama São Paulo.",
        "Bacaannya: Bittibâ’ih wa hubbih, sâ‘atu haq.",
        "Panjangnya 2√π dan √π meter.",
        "Gaji sebesar €4,5 juta di Zürich, ‚kata dia‘.",
    ),
)


# --- Raw C1 bytes --------------------------------------------------------------------------------------------------


def _c1(text: Text) -> list[AnyProposal]:
    return [
        (place + number, place + number + 1, _C1[char], C1.name, C1.confidence, "")
        for run, places in kernel.beyond_ascii(text.string).items()
        for number, char in enumerate(run)
        if char in _C1
        for place in places
    ]


C1 = Rule(
    name="characters.c1",
    doc="""Read raw bytes 0x80 to 0x9F as the cp1252 quotes and dashes that they are.""",
    trigger=tuple(_C1),
    changes={"\x93Kami siap,\x94 kata dia \x96 singkat\x85": "“Kami siap,” kata dia – singkat…"},
    keeps=("“Kami siap,” kata dia – singkat…",),
)


# --- Characters that take no room ----------------------------------------------------------------------------------

# Scripts and signs whose writing needs joiners, direction marks, and places to break a line where no space is: Hebrew to
# Indic and beyond, Javanese and other scripts of the region, symbols and emoji.
_NEEDS_THEM = lazy_pattern("[\u0590-\u1cff\u2190-\u2bff\ua800-\uabff\ufb1d-\ufefc\U0001f000-\U000e0fff]")
_INVISIBLE = lazy_pattern("[\xad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]+")


def _invisible(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in _INVISIBLE.finditer(string):
        start, end = match.span()
        if not _NEEDS_THEM.search(string[max(0, start - 1) : start] + string[end : end + 1]):
            yield Proposal(start, end, "", INVISIBLE.name, INVISIBLE.confidence)


INVISIBLE = Rule(
    name="characters.invisible",
    doc="""Drop zero-width characters, soft hyphens and byte-order marks, where no script or emoji needs them.""",
    trigger=(
        "\xad",
        "\ufeff",
        *map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A))),
    ),
    changes={
        "\ufeffSep\xadtember lalu, \u200bwarga \u2060mengungsi.\u200e": "September lalu, warga mengungsi.",
    },
    keeps=(
        "Keluarga 👨\u200d👩\u200d👧 itu berlibur ❤\ufe0f\u200d🔥.",
        "Penulisan نمی\u200cخواهم dan \u200fالله tetap.",
        "Papan itu bertuliskan ꦱꦸꦒꦼꦁ\u200bꦫꦮꦸꦃ di gapura.",
    ),
)


# --- Spaces --------------------------------------------------------------------------------------------------------

# No-break, en to hair, narrow no-break and mathematical space, and two blanks of other scripts used as filler.
_ODD = "\xa0\u2000-\u200a\u202f\u205f\u2800\u3164"
# The group: between two characters, the plain case.
_NO_BREAK = lazy_pattern(rf"\xa0(?:(?<=[^ \n]\xa0)(?=[^ \r\n{_ODD}])()|[{_ODD} ]*)")
_ODD_SPACES = lazy_pattern(f"[{_ODD}][{_ODD} ]*")
_OTHERS = lazy_pattern(rb"\xe2(?:\x80[\x80-\x8a\xaf]|\x81\x9f|\xa0\x80)")  # all of them but \xa0 and \u3164, in UTF-8


_COLUMNS = 4  # spaces that hold columns apart, in a table or above the words of a song (a choice)


def _spaces(text: Text) -> list[AnyProposal]:
    string = text.string
    found: list[AnyProposal] = []
    others = _OTHERS.search(text.data) or "\u3164" in string
    for match in (_ODD_SPACES if others else _NO_BREAK).finditer(string):  # a literal is found in a sixth of the time
        start, end = match.span()
        after = " "
        if not match.lastindex:
            while start and string[start - 1] == " ":
                start -= 1
            if start == 0 or end == len(string) or string[start - 1] == "\n" or string[end] in "\r\n":
                after = ""
            elif end - start >= _COLUMNS:
                after = " " * (end - start)
        found.append((start, end, after, SPACE.name, SPACE.confidence, ""))
    return found


SPACE = Rule(
    name="characters.space",
    doc="""Turn no-break and other odd spaces into one normal space, none at either end of a line.

    Four in a row or more hold columns apart, and as many stay.""",
    trigger=("\xa0", *map(chr, range(0x2000, 0x200B)), "\u202f", "\u205f", "\u2800", "\u3164"),
    changes={
        "\xa0Warga\xa0Desa \xa0 mengungsi.\xa0\nBantuan\u2009tiba.\xa0": "Warga Desa mengungsi.\nBantuan tiba.",
    },
    keeps=("Warga Desa mengungsi.\n  Bantuan tiba.", "全角　スペース tetap."),
)


# --- Carriage returns ------------------------------------------------------------------------------------------------

_RETURNS = lazy_pattern(r"\r(?<!\r\r)\r*+(?!\n)")


def _returns(text: Text) -> Iterator[Proposal]:
    for match in _RETURNS.finditer(text.string):
        yield Proposal(*match.span(), "\n" * len(match[0]), RETURN.name, RETURN.confidence)


RETURN = Rule(
    name="characters.return",
    doc="""Make a line end of a carriage return that has none behind it.""",
    trigger=("\r",),
    changes={"Warga mengungsi.\r\rBantuan tiba.": "Warga mengungsi.\n\nBantuan tiba."},
    keeps=("Warga mengungsi.\r\nBantuan tiba.\r\r\nHujan reda.",),
)


# --- What is left of a no-break space ------------------------------------------------------------------------------

_LONE = lazy_pattern(r"Â(?:(?<=[a-z0-9]Â)|(?<!\wÂ))(?=\s|\Z)")


def _lone(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in _LONE.finditer(string):
        start, end = match.span()
        two_gaps = string[end : end + 1] == " " and (start == 0 or string[start - 1].isspace())
        yield Proposal(start, end + two_gaps, "", LONE.name, LONE.confidence)


LONE = Rule(
    name="characters.lone",
    doc="""Drop an "Â" that stands alone: the no-break space it came from has become a space on the way.""",
    trigger=("Â",),
    changes={"Wakil rakyat Â itu hadir.\nÂ\nSidang dibuka.": "Wakil rakyat itu hadir.\n\nSidang dibuka."},
    keeps=("Doa itu dibaca ÂMÎN oleh Ângelo.",),
)

# Each stage reads what the one before made: an entity may hide half of a mojibake, mojibake may be a no-break space.
STAGES: tuple[tuple[Finder, ...], ...] = (
    (Finder((ENTITY,), _entities),),
    (Finder((MOJIBAKE,), _mojibake),),
    (Finder((C1,), _c1), Finder((INVISIBLE,), _invisible), Finder((SPACE,), _spaces), Finder((RETURN,), _returns)),
)
LONE_ONES = Finder((LONE,), _lone)  # when crosslinks are out: what was before one then stands before something else
