"""Outlets: their names, addresses and datelines, misspelt, torn apart, clipped or glued to their neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..lazy import lazy_pattern
from ..newsroom import masthead_mentions
from ..newsroom.gazetteer import Repair, gazetteer_for
from ..rule import Finder, Proposal, Rule
from ..text import Text

DATELINE_AFTER = lazy_pattern(r" ?(?:[-–—|]|, ?[A-Z]{3})")
# A text about impostors means the address as it is printed.
IMPOSTOR = lazy_pattern(r"palsu|tiruan|mirip|menyerupai|mencatut|mengatasnamakan|phishing|pengelabuan|abal-abal")
COMMON_BEFORE = 1_000  # uses of a lower-case word that no outlet's name begins with: kepadaKompas.com
IMPOSTOR_REACH = 80  # code points on either side
FOLLOWING = lazy_pattern(r"[^\W_]+")
NEWS = lazy_pattern(r" News(?! [A-Z]|[^\W_]|[@_=]|\.[^\W_]|/[^A-Z])")


def lacks_last_letter(typed: str, meant: str) -> bool:
    """Whether a name lacks just its last letter."""
    return meant[:-1].lower() == typed.lower() or (meant[-3:].lower() == "com" and typed[-2:].lower() == "co")


def offsets(text: Text) -> tuple[Sequence[int], ...]:
    """Find the offsets of dots that may be an address's, and of letters that may be an anchor's."""
    return masthead_mentions.places(text.string)


def suspicious(text: Text) -> Sequence[masthead_mentions.Mention]:
    """The mentions of a text of which something may have to be said."""
    return masthead_mentions.suspicious_mentions(gazetteer_for(text.lexicon), text.string, text.once(offsets)[0])


def repairs(text: Text) -> Sequence[tuple[int, int, Repair]]:
    """The misspelt names and addresses of a text: span, and what is meant."""
    found, anchors = text.once(suspicious), text.once(offsets)[1]
    if not found and not anchors:
        return ()  # by far the most
    return list(masthead_mentions.repairs(text.string, found, anchors, gazetteer_for(text.lexicon)))


def find_misspelt(text: Text) -> Iterable[Proposal]:
    found = text.once(repairs)
    return proposals(MISSPELT, text.string, found) if found else ()


def find_comma(text: Text) -> Iterator[Proposal]:
    yield from proposals(COMMA, text.string, masthead_mentions.comma_repairs(text.string, gazetteer_for(text.lexicon)))


def proposals(rule: Rule, string: str, found: Iterable[tuple[int, int, Repair]]) -> Iterator[Proposal]:
    """Propose repairs of names: none in a text about impostors; with a lost last letter the lost comma."""
    for start, end, (meant, _, _, _) in found:
        if IMPOSTOR.search(string, max(0, start - IMPOSTOR_REACH), end + IMPOSTOR_REACH):
            continue
        if string.startswith(". ", end) and lacks_last_letter(string[start:end], meant):
            yield Proposal(start, end + 1, f"{meant},", rule.name, rule.confidence)
        else:
            yield Proposal(start, end, meant, rule.name, rule.confidence)


def find_glued(text: Text) -> Iterable[Proposal]:
    mentions = text.once(suspicious)
    return parted(text, mentions) if mentions else ()


def parted(text: Text, mentions: Iterable[masthead_mentions.Mention]) -> Iterator[Proposal]:
    string, known = text.string, gazetteer_for(text.lexicon)
    for start, end, stem, tail, glued in mentions:
        if " " in tail:
            continue
        if glued:
            following = FOLLOWING.match(string, end)
            word = following[0].lower() if following else ""
            is_word = word in text.lexicon.words or word in text.lexicon.names
            if (following and known.brand(following[0])) or (word.startswith("m") and not is_word):
                continue  # the m of .com: "TRIBUNNEWS.COMramai"
            repair = known.address(stem, tail)
            if known.knows(f"{stem}.{tail}"):
                yield Proposal(end, end, ". ", GLUED.name, GLUED.confidence)
            elif repair and is_word:
                yield Proposal(start, end, f"{repair.meant}. ", GLUED.name, GLUED.confidence)
            continue
        inner = masthead_mentions.glued_before(stem)
        if not inner or not known.knows(f"{stem[inner:]}.{tail}") or known.knows(stem):
            continue
        if DATELINE_AFTER.match(string, end) or text.lexicon.words.get(stem[:inner], 0) >= COMMON_BEFORE:
            yield Proposal(start + inner, start + inner, " ", GLUED.name, GLUED.confidence)


def find_apart(text: Text) -> Iterator[Proposal]:
    string, known = text.string, gazetteer_for(text.lexicon)
    for match in NEWS.finditer(string):
        first = masthead_mentions.word_before(string, match.start())
        if first is not None and (meant := known.joined(string[first : match.start()], "News")):
            yield Proposal(first, match.end(), meant, APART.name, APART.confidence)


MISSPELT = Rule(
    name="masthead.misspelt",
    doc="""Spell an outlet's name or address as the outlet does.

    Names and addresses are compared with the gazetteer by a distance that knows how mastheads are mistyped: a letter
    swapped, doubled, lost, hit beside, w for v, a letter of another alphabet, a space or a second dot inside. Capitals
    stay as they are used in that place. An address that is nobody's we know stays, and so does one that may be another
    outlet's, one in a URL, and one in a text about impostors. Where ", " came out as ". " and took the name's last letter
    with it, the comma is put back too.""",
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
    trigger=(*masthead_mentions.ADDRESS_TRIGGER, *masthead_mentions.ANCHORS),
)
COMMA = Rule(
    name="masthead.comma",
    doc="""Put the dot into an outlet's address that has a comma for it.""",
    changes={"PADANG, KOMPAS, COM - Hujan turun.": "PADANG, KOMPAS.COM - Hujan turun."},
    keeps=("Suara, co.id dan akhiran lain.", "Cari Zvixqi, com atau net."),
    trigger=masthead_mentions.COMMA_TRIGGER,
)
GLUED = Rule(
    name="masthead.glued",
    doc="""Part an outlet's address from the word that a lost tag glued to it.""",
    changes={
        "Berita SurabayaSURYA.co.id | SURABAYA - Hujan turun.": "Berita Surabaya SURYA.co.id | SURABAYA - Hujan turun.",
        "Hal itu ia sampaikan kepadaKompas.com kemarin.": "Hal itu ia sampaikan kepada Kompas.com kemarin.",
        "Hal itu dilansir Kompas.comMenurut dia, hujan turun.": "Hal itu dilansir Kompas.com. Menurut dia, hujan turun.",
        "Dilansir Tribunnews.coMenurut dia, hujan turun.": "Dilansir Tribunnews.com. Menurut dia, hujan turun.",
        "Dilansir Tribunnevs.comMenurut dia, hujan turun.": "Dilansir Tribunnews.com. Menurut dia, hujan turun.",
    },
    keeps=(
        "BolaSport.com, JAKARTA - Hujan turun.",
        "Ia membuka GridOto.com dan WowKeren.com.",
        "Hujan pagi TRIBUNNEWS.COMramai warga.",
    ),
    trigger=masthead_mentions.ADDRESS_TRIGGER,
)
APART = Rule(
    name="masthead.apart",
    doc="""Join an outlet's name that is one word and was written as two.""",
    changes={"Hal itu dilansir Euro News.": "Hal itu dilansir Euronews."},
    keeps=("Hal itu dilansir Sky News, Fox News dan ANTARA News.", "Euro Newsletter dan kanal Euro News Amateur."),
    trigger=(" News",),
)
FINDERS = (Finder((MISSPELT,), find_misspelt), Finder((COMMA,), find_comma), Finder((APART,), find_apart))
GLUED_ONES = Finder((GLUED,), find_glued)  # before dates, which what is glued may begin
