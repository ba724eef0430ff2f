"""Sentences that begin against the last word of a headline: "Buka SuaraSelain itu", "SeranganJantungHal-hal yang"."""

from __future__ import annotations

from ..lazy import lazy_pattern
from ..spelling.place import after
from ..text import Text
from ..tokens import LONGEST_PIECE

# Words that begin a sentence or a link behind any number of headlines.
LINK_BEGINNERS = frozenset("baca ia ini itu lihat menurut namun sebelumnya selengkapnya selain simak tonton".split())
# Words that begin sentences, and end no name of a firm or a product.
OPENERS = frozenset(
    """
    adapun akibatnya apabila awalnya bahkan berdasarkan berikut diketahui jika kendati meski meskipun mulanya namun padahal
    pasalnya rencananya sayangnya sebab sebelumnya sedangkan sejauh sejumlah selain selanjutnya sementara setelah setidaknya
    seusai walaupun
    """.split()
)
# Names may end in these, but not behind a headline, and before a word that goes with them: "Presiden KorselPara analis".
_BEHIND_HEADLINES = frozenset(
    "bagi beberapa begitu bukan dalam dari demi dengan di hal hanya ia ketika oleh para saat salah seorang tak tidak".split()
)
SHORTEST_BEFORE = 3  # letters of a word before one of these
PAIRED = 10  # times that two words stood side by side in the counted news: they are no product of an outlet or a firm

# The two words before, or the label of a box of links.
_IN_HEADLINES = "atas|bagi|dalam|dan|dari|dengan|di|ke|oleh|pada|soal|untuk|usai|vs|yang"
_HEADLINE = lazy_pattern(
    rf"(?<!\w)(?:[A-Z][a-z'’-]+|[A-Z]+|\d[\d.,-]*) (?:(?:{_IN_HEADLINES}) )?(?:[A-Z][a-z'’-]+|[A-Z]+|\d+|{_IN_HEADLINES}) \Z"
    r"|Pilihan \Z"
)


def is_behind_headline(string: str, start: int) -> bool:
    """Whether the last words of a headline stand before `start`, or the label of a box of links."""
    if string[start - 1 : start] != " ":
        return False
    first = limit = max(0, start - LONGEST_PIECE)
    end = start - 1
    for _ in range(3):  # the most words that the pattern has
        first = string.rfind(" ", limit, end) + 1 or limit
        end = first - 1
        if end <= limit:
            break
    return _HEADLINE.search(string, first, start) is not None


def opens_sentence(text: Text, word: str, start: int, end: int) -> bool:
    """Whether a lower-case `word`, which ends at `end`, begins a sentence whatever stands against it, from `start` on."""
    string = text.string
    if string[end : end + 1] == "-":  # a plural: JantungHal-hal
        return string.startswith(word, end + 1) and not string[end + 1 + len(word) : end + 2 + len(word)].isalpha()
    if word in OPENERS:
        return string[end : end + 1] in (" ", ",") and after(string, end) not in ("", ".")
    if word not in _BEHIND_HEADLINES or string[end : end + 1] != " ":
        return False
    right = after(string, end)
    return right.islower() and is_paired(text, word, right) and is_behind_headline(string, start)


def is_paired(text: Text, first: str, second: str) -> bool:
    """Whether two words, of which the first may have a capital, often stood side by side in the counted news."""
    return text.corrector.pair_count(first.lower(), second) >= PAIRED
