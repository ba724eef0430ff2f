"""Tweets that a page embeds: their text, and behind it who wrote it and when.

It is reported, and taken out only when the user drops "boilerplate". Where its beginning is not clear, it stays, and is
reported.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..text import Text
from .removal import taken_out

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SIGNED = lazy_pattern(rf"— ?[^\n()—]{{1,60}}\(@\w{{1,15}}\) (?:{_MONTHS}) \d{{1,2}}, \d{{4}}[ ]*(?=\n|\r|\Z)")
_LONGEST = 330  # code points: 280 of a tweet, and the addresses of its picture and of what it links to
_MARKED = lazy_pattern(r"pic\.twitter\.com/|https?://t\.co/|\?\?\?\?|[^\x00-\u2fff]")  # a picture, a link, emoji
_SENTENCE_ENDS = frozenset('."”:')
_SHORT = 60  # code points: no paragraph of an article is shorter (a choice)


def _tweets(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in _SIGNED.finditer(string):
        end = match.end()
        start = _begin(text, match.start())
        if start is None:
            yield Proposal(match.start(), end, None, TWEET.name, TWEET.confidence, "where the tweet begins is not clear")
        else:
            yield taken_out(TWEET, string, start, end)


def _begin(text: Text, signed: int) -> int | None:
    """Find the beginning of the tweet whose writer stands at `signed`; None where that is not clear."""
    string, last = text.string, signed
    while last and string[last - 1].isspace():
        last -= 1
    start = string.rfind("\n", 0, last) + 1
    line = string[start:last]
    if not start or not line or signed - start > _LONGEST or not (_MARKED.search(line) or line[-1] not in _SENTENCE_ENDS):
        return None
    while signed - (before := string.rfind("\n", 0, start - 1) + 1) <= _LONGEST and before:
        line = string[before : start - 1].rstrip()
        is_short = len(line) < _SHORT and line[-1:] not in _SENTENCE_ENDS
        if not line or _SIGNED.match(line) or not (is_short or _MARKED.search(line)):
            break
        start = before
    above = string[:start].rstrip()
    above = above[above.rfind("\n") + 1 :]
    # A line in another language may be the tweet's, or a quotation of the article.
    return None if text.edited(above).is_foreign(0, 0) and not _SIGNED.match(above) else start


TWEET = Rule(
    name="page.tweet",
    doc="""Take out a tweet that a page embeds, with who wrote it and when: "... — Kabar (@kabar) March 2, 2021".""",
    trigger=tuple(f") {month} " for month in _MONTHS.split("|")),
    changes={
        "Hujan turun di Bogor.\nBanjir di jalan raya pic.twitter.com/aB3dE\n— Kabar (@kabar) March 2, 2021\nIa pergi.": (
            "Hujan turun di Bogor.\nIa pergi."
        ),
        "Hujan turun di Bogor.\nAir naik #banjir— Kabar (@kabar) March 2, 2021\nIa pergi.": (
            "Hujan turun di Bogor.\nIa pergi."
        ),
    },
    keeps=(
        f"Hujan.\nWe won!{9 * ' We are the champions of this city and you!'}\nSee https://t.co/aB3\n— K (@k) March 2, 2021",
        "Hujan turun di Bogor.\nWarga mengungsi.\n— Kabar (@kabar) March 2, 2021",
        "Ia menulis di akun Kabar (@kabar) March 2, 2021.",
    ),
    tag="boilerplate",
)

FINDERS = (Finder((TWEET,), _tweets, looks_far=True),)
