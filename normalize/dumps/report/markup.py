"""The markup of all pages: one file each, read offline, in one style; no text of a dump is taken for markup."""

from __future__ import annotations

import html
from importlib.resources import files

from ..visible import shown_edit, visible

LONGEST = 400  # code points of a text shown, a choice


def document(title: str, *sections: str, head: str = "", more_style: str = "") -> str:
    """A page of these sections; empty ones are left out. head: more elements of its head."""
    style = files(__package__).joinpath("page.css").read_text(encoding="utf-8") + more_style
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"{head}<title>{html.escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(filter(None, sections))
        + "\n</main>\n</body>\n</html>\n"
    )


def section(title: str, about: str, content: str) -> str:
    return f"<section><h2>{escaped(title)}</h2><p>{escaped(about)}</p>{content}</section>"


def escaped(text: str) -> str:
    """A text as it stands between tags, the middle of a long one left out."""
    return html.escape(visible(text, LONGEST), quote=False)


def shown(text: str) -> str:
    """The text of an edit as it stands between tags, the middle of a long one left out."""
    return html.escape(shown_edit(text, LONGEST), quote=False).replace("␣", '<span class="space">␣</span>')
