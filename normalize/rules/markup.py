"""Tags of paragraphs and line breaks that were left in a text: "<p>Warga mengungsi.</p>"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..text import Text

_TAG = lazy_pattern(r"(?:(?<![ \t])[ \t]+)?(?<!<)<(/?)(p|br ?/?)>(?!/?(?:p|br))(?:>(?=[\"“A-Z]))?[ \t]*", re.IGNORECASE)
# Where there are other tags too it is the source of a page, or about one.
_OTHER = lazy_pattern(r"</?(?!(?:p|br ?/?)>)[a-z][a-z0-9]*[ />]", re.IGNORECASE)


def _tags(text: Text) -> Iterator[Proposal]:
    string = text.string
    tags = list(_TAG.finditer(string))
    if _OTHER.search(string):
        return
    opened = sum(match[2].lower() == "p" and not match[1] for match in tags)
    closed = sum(match[2].lower() == "p" and bool(match[1]) for match in tags)
    at_a_break, floor = False, -1
    for match in tags:
        start, end = match.span()
        behind_one = at_a_break and start == floor  # a tag that is taken out
        at_a_break = behind_one or start == 0 or end == len(string) or string[start - 1] in "\r\n>" or string[end] in "\r\n"
        floor = end
        if opened != closed and not at_a_break:
            continue  # perhaps the text is about it
        yield Proposal(start, end, "" if at_a_break else "\n", TAG.name, TAG.confidence)


TAG = Rule(
    name="markup.tag",
    doc="""Take out tags of paragraphs and line breaks; between two paragraphs in one line they become a line break.""",
    trigger=("<p>", "<P>", "</p>", "</P>", "<br", "<BR"),
    changes={
        "<p>Warga mengungsi.</p><p>Bantuan tiba.</p>": "Warga mengungsi.\nBantuan tiba.",
        "<p>Ia pergi. </p>\n\t<p>Bantuan tiba.<br/>>Jalan putus.</p>\n": "Ia pergi.\nBantuan tiba.\nJalan putus.\n",
    },
    keeps=("Tag <p> memulai paragraf.", "<html><p>Contoh</p></html>", "Nilai p<br dan a<p>b."),
)

FINDERS = (Finder((TAG,), _tags),)
