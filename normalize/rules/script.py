"""Code of a page among the text: scripts, styles and tags.

It is reported, and taken out only when the user drops "script"; tags of paragraphs alone are markup.py's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..text import Text
from .removal import taken_out

_LONGEST_SCRIPT = 5_000  # code points: a choice
_MOST_UNCLOSED = 50  # beginnings of statements that do not end: behind them nothing is looked for (a choice)
_STATEMENT = lazy_pattern(
    r"\(function ?\(|googletag\.|\(adsbygoogle ?=|window\.[\w.]{1,100}+ ?(?:=|\()|document\.(?:write|getElementById)\("
    r"|var \w{1,100}+ ?= ?|\$\(document\)"
)
_BRACKETS = lazy_pattern(r"""[()\[\]{};\n]|"[^"\n]*"|'[^'\n]*'""")
_PAIRS = {")": "(", "]": "[", "}": "{"}


def _script_end(string: str, start: int) -> int:
    """Find the end of the statement of code that begins at `start`; `start` where its brackets don't close."""
    opened: list[str] = []
    for token in _BRACKETS.finditer(string, start, start + _LONGEST_SCRIPT):
        mark = token[0]
        if mark in ("(", "[", "{"):
            opened.append(mark)
        elif mark in _PAIRS:
            if not opened or opened.pop() != _PAIRS[mark]:
                return start
        elif not opened and mark == ";":
            return token.end()
        elif not opened and mark == "\n":
            return token.start()
    return start


def _scripts(text: Text) -> Iterator[Proposal]:
    string, covered, unclosed = text.string, 0, 0
    for match in _STATEMENT.finditer(string):
        if match.start() >= covered:
            covered = _script_end(string, match.start())
            if covered > match.end():
                yield taken_out(CODE, string, match.start(), covered)
            else:
                unclosed += 1
        if unclosed > _MOST_UNCLOSED:
            return


CODE = Rule(
    name="script.code",
    doc="""Take out statements of JavaScript.""",
    trigger=("googletag.", "(function", "adsbygoogle", "window.", "document.", "var ", "$(document)"),
    changes={
        "Warga mengungsi.\ngoogletag.cmd.push(function() { googletag.display('div-1'); });\nHujan turun.": (
            "Warga mengungsi.\nHujan turun."
        ),
    },
    keeps=("Warga memasang googletag di situs itu (function).", "Tombol window.print ada di situs; kata dia."),
    tag="script",
)

# A selector is taken as one run, so that nothing is tried in more than one way, and has at most 300 code points (a choice).
_STYLE = lazy_pattern(r"(?:[.#@](?=[\w-])[\w ,>:.#-]{1,300}+\s*\{[^{}\n:]{0,300}:[^{}\n]{0,600}\}\s*)+")


def _styles(text: Text) -> Iterator[Proposal]:
    for match in _STYLE.finditer(text.string):
        yield taken_out(STYLE, text.string, match.start(), match.start() + len(match[0].rstrip()))


STYLE = Rule(
    name="script.style",
    doc="""Take out rules of a style sheet.""",
    trigger=(("{", "abcdefghijklmnopqrstuvwxyz -\n"),),
    changes={"Hujan turun. .tg {border:none;} .tg td{padding:1px;} Warga mengungsi.": "Hujan turun. Warga mengungsi."},
    keeps=("Himpunan {a: b} itu kosong.", "Situs .id {lihat} tetap."),
    tag="script",
)

_INLINE, _BLOCKS = (
    "a|b|i|u|em|strong|span|font|sup|sub|small",
    "p|br|hr|div|h[1-6]|ul|ol|li|table|tbody|tr|td|th|blockquote|center",
)
_TAG = lazy_pattern(
    rf"<(?:/?(?:(?:{_INLINE})|(?P<block>{_BLOCKS}))(?:\s[^<>\n]{{0,500}}=[^<>]{{0,500}})?\s?/?"
    r"|(?P<whole>script|style)\b[^<>]{0,500}>.{0,5000}?</(?P=whole))>",
    re.IGNORECASE | re.DOTALL,
)


def _tags(text: Text) -> Iterator[Proposal]:
    string = text.string
    for match in _TAG.finditer(string):
        start, end = match.span()
        stands_between = string[start - 1 : start].strip() and string[end : end + 1].strip()
        after = " " if match["block"] and start and stands_between else ""
        yield Proposal(start, end, after, TAG.name, TAG.confidence)


TAG = Rule(
    name="script.tag",
    doc="""Take out the tags of HTML that a scraper left.""",
    trigger=(("<", "abdefhilopstuABDEFHILOPSTU/"),),
    changes={
        "<p>Warga <b>Bogor</b> mengungsi.<br />Hujan turun.</p>": "Warga Bogor mengungsi. Hujan turun.",
        'Warga <a href="https://contoh.id">Bogor</a> mengungsi.': "Warga Bogor mengungsi.",
    },
    keeps=("Suhu <a dan >b diukur.", "Nilai p<0,05 dan i<j berlaku.", "Berkas <nama> dan <pasal 3> tetap."),
    tag="script",
)

FINDERS = (Finder((CODE,), _scripts), Finder((STYLE,), _styles), Finder((TAG,), _tags))
