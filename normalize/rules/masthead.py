"""Outlets: their names, addresses and datelines, misspelt, torn apart, clipped or glued to their neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .. import gazetteer
from ..rule import Change, Rule, Text

# What follows the name in an address; a space or a second dot may have come between. Then no more of a host, an e-mail
# or a path may follow, but a sentence may that was glued to it.
TAIL = re.compile(
    r"\.(?=[a-zA-Z]|[., ] ?[cCiI])"
    r"(?P<tail>(?:[.,]|[.,]? )?(?:[cC][oO0](?:[.,] ?(?:[iI][dD]|[dD][iI])|[mM])?|[iI][dD])|net|tv|TV|[a-zA-Z][a-zA-Z0-9]{2})"
    r"(?:(?P<glued>(?=[A-Z][a-z]))|(?![^\W_]|\.[a-z]|[-@_=][^\W_]|/[^A-Z]))"
)
COMMA_TAIL = re.compile(r",(?P<tail>com|COM|co\.id|CO\.ID)(?P<glued>(?=[A-Z][a-z]))?(?![^\W_]|[.@/])")
STEM = re.compile(r"(?<![\w@#/=&%?~.-])(?=[^\W\d_]|\d+[^\W\d_])[^\W_](?:[\w-]{0,30}[^\W_])?(?= ?$)")
WINDOW = 34  # code points looked back for the name
# Where only an outlet stands: "KOMPAS.com - ", "JAKARTA, KOMPAS.com -", "(Kompas.com/", "Laporan Wartawan Tribunnews.com, ".
PROMINENT_BEFORE = re.compile(r"(?:^|[\n(/]|[A-Z]{3}, |(?i:wartawan|reporter|kontributor|jurnalis) )$")
PROMINENT_AFTER = re.compile(r"\.? ?[-–—|,/]|\. [A-Z]")
DATELINE_AFTER = re.compile(r" ?(?:[-–—|]|, ?[A-Z]{3})")
# A text about impostors means the address as it is printed.
IMPOSTOR = re.compile(r"palsu|tiruan|mirip|menyerupai|mencatut|mengatasnamakan|phishing|pengelabuan|abal-abal")
IMPOSTOR_REACH = 80  # code points on either side

# A misspelt coined name keeps one of these. Looked for one by one: faster than as one pattern.
ANCHORS = ("ribun", "RIBUN", "ews", "NEWS", "detik", "ikcom")
WORD_BEFORE = re.compile(r"(?<![\w-])[\w-]*$")
WORD = re.compile(r"[\w-]{1,80}")
GLUED_BEFORE = re.compile(r"([a-z])([A-Z][^\W_]+)$")
TIED = frozenset("@#/_.&=")
TIED_AFTER = re.compile(r"[@_=]|\.[^\W_]|/[^A-Z]")
NEWS = re.compile(r" News(?! [A-Z]|[^\W_]|[@_=]|\.[^\W_]|/[^A-Z])")


class Mention(NamedTuple):
    """What looks like an address: a name, and what follows its dot, with the spaces and marks it was printed with."""

    start: int
    end: int
    stem: str
    tail: str
    glued: bool  # to a word that follows
    prominent: bool


@lru_cache(maxsize=1)  # all rules here ask for those of the same text
def mentions(text: str) -> tuple[Mention, ...]:
    """What looks like an address in `text` and is not part of a longer one, an e-mail, a handle or a path."""
    found = []
    for pattern in (TAIL, COMMA_TAIL):
        for match in pattern.finditer(text):
            dot, end = match.start(), match.end()
            before = text[max(0, dot - WINDOW) : dot]
            stem = STEM.search(before)
            if stem is None or (stem.start() == 0 and dot > WINDOW):
                continue
            start = dot - len(before) + stem.start()
            tail = before[stem.end() :] + match[0][0].strip(".") + match["tail"]
            glued = match["glued"] is not None
            found.append(Mention(start, end, stem[0], tail, glued, is_prominent(text, start, end)))
    return tuple(found)


def is_prominent(text: str, start: int, end: int) -> bool:
    """Whether [start, end) stands where only an outlet's name does."""
    around = text[max(0, start - 12) : start]
    return bool(PROMINENT_BEFORE.search(around) and PROMINENT_AFTER.match(text, end))


def words(text: str) -> Iterator[tuple[int, int]]:
    """Spans of the words of `text` that have an anchor in them and are not part of an address, a handle or a path."""
    for anchor in ANCHORS:
        place = text.find(anchor)
        while place >= 0:
            before = WORD_BEFORE.search(text, max(0, place - WINDOW), place)
            if before and (word := WORD.match(text, before.start())):
                start, end = word.span()
                if text[start - 1 : start] not in TIED and not TIED_AFTER.match(text, end):
                    yield start, end
            place = text.find(anchor, place + 1)


def repairs(text: Text) -> Iterator[tuple[int, int, gazetteer.Repair]]:
    """Misspelt names and addresses: span, and what is meant."""
    string, known = text.string, gazetteer.of(text.lexicon)
    for mention in mentions(string):
        repair = known.address(mention.stem, mention.tail, mention.prominent)
        if repair and not mention.glued and not (repair.cost > gazetteer.SPACED and mention.tail[0] in " ,"):
            yield mention.start, mention.end, repair
    for start, end in words(string):
        repair = known.brand(string[start:end], is_prominent(string, start, end))
        if repair:
            yield start, end, repair


def is_clipped(typed: str, meant: str) -> bool:
    """Whether a name lacks just its last letter."""
    return meant[:-1].lower() == typed.lower() or (meant[-3:].lower() == "com" and typed[-2:].lower() == "co")


def find_misspelt(text: Text) -> Iterator[Change]:
    string = text.string
    for start, end, (meant, cost, _) in repairs(text):
        if IMPOSTOR.search(string, max(0, start - IMPOSTOR_REACH), end + IMPOSTOR_REACH):
            continue
        if string.startswith(". ", end) and is_clipped(string[start:end], meant):
            yield Change(start, end + 1, f"{meant},", 0.98)
        else:
            yield Change(start, end, meant, 0.99 if cost <= 0.6 else 0.97 if cost <= 1.0 else 0.95)


def find_glued(text: Text) -> Iterator[Change]:
    string, known = text.string, gazetteer.of(text.lexicon)
    for mention in mentions(string):
        start, end, stem, tail, *_ = mention
        repair = known.address(stem, tail)
        if mention.glued:
            if known.knows(f"{stem}.{tail}"):
                yield Change(end, end, ". ", 0.97)
            elif repair and is_clipped(f"{stem}.{tail}", repair.meant):
                yield Change(start, end, f"{repair.meant}. ", 0.95)
            continue
        inner = GLUED_BEFORE.search(stem)
        if inner and known.knows(f"{inner[2]}.{tail}") and not known.knows(stem) and DATELINE_AFTER.match(string, end):
            yield Change(start + inner.start(2), start + inner.start(2), " ", 0.97)


def find_apart(text: Text) -> Iterator[Change]:
    string, known = text.string, gazetteer.of(text.lexicon)
    for match in NEWS.finditer(string):
        before = WORD_BEFORE.search(string, max(0, match.start() - WINDOW), match.start())
        meant = known.joined(before[0], "News") if before else None
        if before and meant and string[before.start() - 1 : before.start()] not in TIED:
            yield Change(before.start(), match.end(), meant, 0.97)


MISSPELT = Rule(
    name="masthead.misspelt",
    doc="""Spell an outlet's name or address as the outlet does.

    Names and addresses are compared with the gazetteer by a distance that knows how mastheads are mistyped: a letter
    swapped, doubled, lost, hit beside, w for v, a letter of another alphabet, a space or a second dot inside. Capitals
    stay as they are used in that place. An address that is nobody's we know stays, and so does one that may be another
    outlet's, one in a URL, and one in a text about impostors. Where ", " came out as ". " and took the name's last letter
    with it, the comma is put back too.""",
    find=find_misspelt,
    changes={
        "TRIBUNNEVS.COM - Warga mengungsi.": "TRIBUNNEWS.COM - Warga mengungsi.",
        "Hal itu dilansir Tribunevs.com kemarin.": "Hal itu dilansir Tribunnews.com kemarin.",
        "JAKARTA, KOMPAas.com - Hujan turun.": "JAKARTA, KOMPAS.com - Hujan turun.",
        "KOMPA.com - Hujan turun.": "KOMPAS.com - Hujan turun.",
        "LIPUTAN5.COM, Jakarta - Hujan turun.": "LIPUTAN6.COM, Jakarta - Hujan turun.",
        "TRIBUNJAKATRA.COM, JAKARTA - Hujan turun.": "TRIBUNJAKARTA.COM, JAKARTA - Hujan turun.",
        "Krjpgja.com, SLEMAN - Hujan turun.": "Krjogja.com, SLEMAN - Hujan turun.",
        "ujar dia kepada derikcom, Minggu.": "ujar dia kepada detikcom, Minggu.",
        "ujar dia kepada CNNIndoensia.com.": "ujar dia kepada CNNIndonesia.com.",
        "TRIBUNNEWS .COM, MEDAN - Hujan turun.": "TRIBUNNEWS.COM, MEDAN - Hujan turun.",
        "PADANG, KOMPAS. com - Hujan turun.": "PADANG, KOMPAS.com - Hujan turun.",
        "Menurut Kоmpas.com hujan turun.": "Menurut Kompas.com hujan turun.",
        "TRIBUNNEWS.CO. JAKARTA - Hujan turun.": "TRIBUNNEWS.COM, JAKARTA - Hujan turun.",
        "Laporan Wartawan Tribunnew. Sari Dewi.": "Laporan Wartawan Tribunnews, Sari Dewi.",
    },
    keeps=(
        "DETIKCOM - Hujan turun.",
        "Ia menulis di Kompasiana, Tribun Timur dan Suara Merdeka.",
        "Tulis ke redaksi@kompa.com atau @tribunevs, lihat https://www.tribunevs.com/a.",
        "Situs detak.com dan tribunal.com bukan milik kami.",
        "Situs palsu itu memakai alamat kompa.com untuk menipu.",
        "Suara. Kompak. Merdeka. Bisnis lesu.",
        "Detiknya lama sekali.",
        "Hal itu diberitakan Tempo.co. Hujan turun.",
    ),
    trigger=(),
)
GLUED = Rule(
    name="masthead.glued",
    doc="""Part an outlet's address from the word that a lost tag glued to it.""",
    find=find_glued,
    changes={
        "Berita SurabayaSURYA.co.id | SURABAYA - Hujan turun.": "Berita Surabaya SURYA.co.id | SURABAYA - Hujan turun.",
        "Hal itu dilansir Kompas.comMenurut dia, hujan turun.": "Hal itu dilansir Kompas.com. Menurut dia, hujan turun.",
        "Dilansir Tribunnews.coMenurut dia, hujan turun.": "Dilansir Tribunnews.com. Menurut dia, hujan turun.",
    },
    keeps=("BolaSport.com, JAKARTA - Hujan turun.", "Ia membuka contoh.comPertama kali."),
    trigger=(),
)
APART = Rule(
    name="masthead.apart",
    doc="""Join an outlet's name that is one word and was written as two.""",
    find=find_apart,
    changes={"Hal itu dilansir Euro News.": "Hal itu dilansir Euronews."},
    keeps=("Hal itu dilansir Sky News, Fox News dan ANTARA News.", "Euro Newsletter dan kanal Euro News Amateur."),
    trigger=(" News",),
)
RULES: tuple[Rule, ...] = (MISSPELT, GLUED, APART)
