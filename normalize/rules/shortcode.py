"""Marks that a writer's tool left unread: shortcodes of WordPress, "[caption id=...]", and Markdown.

They are reported, and taken out only when the user drops "script".
"""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_letters, digits

from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..text import Text
from .removal import taken_out

# What has settings or a closing one is a shortcode; "[video]" alone may be a note in a text.
_SETTINGS = r"(?:\s[^\[\]\n]{0,400}(?:=|https?://)[^\[\]\n]{0,400})\]"
_ENCLOSING = "caption|embed|video|audio|youtube|playlist|gallery|wp_caption"
_ALONE = "irp|adrotate|vc_[a-z_]+|et_pb_[a-z_]+|su_[a-z_]+|contact-form(?:-7)?|rev_slider|elementor-template"
_SHORTCODE = lazy_pattern(
    rf"\[(?P<name>{_ENCLOSING})(?:{_SETTINGS}(?:[^\[\]\n]{{0,600}}\[/(?P=name)\])?|\][^\[\]\n]{{0,600}}\[/(?P=name)\])"
    rf"|\[(?:{_ALONE})(?:\s[^\[\]\n]{{0,800}})?\]|\[/(?:{_ALONE})\]"
)


def _shortcodes(text: Text) -> Iterator[Proposal]:
    for match in _SHORTCODE.finditer(text.string):
        yield taken_out(SHORTCODE, text.string, *match.span())


SHORTCODE = Rule(
    name="script.shortcode",
    doc="""Take out shortcodes of WordPress: pictures with their captions, players, columns.""",
    trigger=tuple(
        f"[{name}"
        for name in "capt embed vide audi yout play gall wp_c irp adro vc_ et_pb su_ cont rev_ elem /vc_ /et_ /su_".split()
    ),
    changes={
        'Warga mengungsi. [caption id="a_1" width="600"]Banjir di Bogor[/caption] Hujan turun.': (
            "Warga mengungsi. Hujan turun."
        ),
        'Warga mengungsi.\n[gallery ids="1,2"]\nHujan turun.': "Warga mengungsi.\nHujan turun.",
        "[vc_row][vc_column width='1/2']Warga mengungsi.[/vc_column][/vc_row]": "Warga mengungsi.",
        "Warga mengungsi.\n[embed]https://contoh.id/a[/embed]\nHujan turun.": "Warga mengungsi.\nHujan turun.",
    },
    keeps=("Warga mengungsi. [video] Hujan turun.", "Isi [embed] dan [su] tetap."),
    tag="script",
)

_MARKDOWN = lazy_pattern(
    r"!\[[^\[\]\n]{0,300}\]\(https?://[^\s()]{1,500}\)"
    r"|(?<!!)\[(?P<linked>[^\[\]\n]{1,300})\]\(https?://[^\s()]{1,500}\)"
    r"|(?<![\w*])\*\*(?P<strong>(?=[\w\"“])[^*\n]{1,200}(?<=[\w\"”.,:!?)%]))\*\*(?![\w*])"
    r"|(?:(?<=\A)|(?<=\n))#{1,6} (?P<title>(?=[A-Z\d\"“*]))"
)


def _markdown(text: Text) -> Iterator[Proposal]:
    for match in _MARKDOWN.finditer(text.string):
        kept = match.lastgroup
        if kept is None:
            yield taken_out(MARKDOWN, text.string, *match.span())
            continue
        yield Proposal(match.start(), match.start(kept), "", MARKDOWN.name, MARKDOWN.confidence)
        if match.end(kept) < match.end():
            yield Proposal(match.end(kept), match.end(), "", MARKDOWN.name, MARKDOWN.confidence)


MARKDOWN = Rule(
    name="script.markdown",
    doc="""Take out the marks of Markdown: of links, pictures, strong words and headings.""",
    trigger=("](http", ("*", "*", ascii_letters + digits), "\n# ", "## "),
    changes={
        "Menurut [Kabar Contoh](https://contoh.id/a), **warga Bogor** mengungsi.": (
            "Menurut Kabar Contoh, warga Bogor mengungsi."
        ),
        "## Banjir di Bogor\nWarga mengungsi.\n![Banjir](https://contoh.id/a.jpg)\nHujan turun.": (
            "Banjir di Bogor\nWarga mengungsi.\nHujan turun."
        ),
    },
    keeps=("Kata @bud**, air naik **sekali. Nilai 2**3 itu 8.", "Ia menulis [lihat] (di bawah) dan #1 # 2."),
    tag="script",
)

FINDERS = (Finder((SHORTCODE,), _shortcodes), Finder((MARKDOWN,), _markdown))
