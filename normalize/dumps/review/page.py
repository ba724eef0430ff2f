"""The page that asks about changes: one file with its script in it, which loads nothing and shows texts as texts."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any, NamedTuple

from ..places import NO_CONTEXT, Context, Place
from ..report.markup import document, escaped
from ..visible import shown_edit, visible
from .answers import Answer, Change
from .changes import ChangeCount

LONGEST = 300  # code points of a text shown, a choice

KEYS = {
    "j": "next",
    "i": "back",
    "r": "right",
    "w": "wrong",
    "k": "keep this word",
    "m": "should be",
    "/": "search",
    "u": "take back",
    "s": "save",
}


class Questions(NamedTuple):
    """The changes that a page asks about, and where its answers go."""

    log: str  # how the log is called
    version: str  # of the run
    dictionaries: str
    order: Sequence[Change]  # the first is asked about first
    counts: Mapping[Change, ChangeCount]
    contexts: Mapping[Place, Context]
    answered: Mapping[Change, Answer]
    who: str = ""
    url: str = ""  # of a server that takes answers; without one they are saved as a file


def page(questions: Questions) -> str:
    """The page as HTML."""
    here = files(__package__)
    script = here.joinpath("page.js").read_text(encoding="utf-8")
    # Nothing but this script runs, whatever stands in the data, and nothing is loaded; answers go to the page's own server.
    hash = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    connect = "'self'" if questions.url else "'none'"
    policy = (
        f"default-src 'none'; script-src 'sha256-{hash}'; style-src 'unsafe-inline'; connect-src {connect}; base-uri 'none'"
    )
    # A "<" in the data would end the element that holds it.
    data = json.dumps(_data(questions)).replace("<", "\\u003c")
    return document(
        "Review of edits",
        _head(questions),
        '<ol class="changes" id="changes"></ol>',
        '<button type="button" class="more" id="more" hidden>more</button>',
        f'<script type="application/json" id="data">{data}</script>',
        f"<script>{script}</script>",
        head=f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n',
        more_style=here.joinpath("page.css").read_text(encoding="utf-8"),
    )


def _head(questions: Questions) -> str:
    total = sum(questions.counts[change].count for change in questions.order)
    help = "".join(f"<span><kbd>{key}</kbd> {does}</span>" for key, does in KEYS.items())
    return (
        f"<header><h1>Review of edits</h1><p>{escaped(questions.log)}: {len(questions.order):,} changes, "
        f"made {total:,} times. First come those that deserve a look: many, unsure, by rules that made few.</p>"
        f'<div class="keys">{help}</div></header>'
        "<noscript><p class='bad'>This page asks by a script that is in it; nothing is loaded.</p></noscript>"
        '<div class="tools">'
        '<input class="search" id="search" type="search" placeholder="search" aria-label="search">'
        '<select id="rule" aria-label="rule"><option value="">all rules</option></select>'
        '<label><input type="checkbox" id="open"> open only</label>'
        '<input class="who" id="who" placeholder="your name" aria-label="your name" maxlength="80">'
        '<button type="button" class="main" id="save">save</button>'
        '<div class="state" role="status"><span id="state"></span> <span class="bad" id="failure"></span></div></div>'
    )


def _data(questions: Questions) -> dict[str, Any]:
    return {
        "log": questions.log,
        "normalize": questions.version,
        "dictionaries": questions.dictionaries,
        "who": questions.who,
        "url": questions.url,
        "changes": [_change(change, questions) for change in questions.order],
    }


def _change(change: Change, questions: Questions) -> dict[str, Any]:
    rule, before, after = change
    count = questions.counts[change]
    places = []
    for place in count.places:
        context = questions.contexts.get(place, NO_CONTEXT)
        where = f"{os.path.basename(place.input)}:{place.n}"
        places.append({"left": context.left, "right": context.right, "outlet": context.outlet, "where": where})
        places[-1] = {name: visible(text, LONGEST) for name, text in places[-1].items()}
    answer = questions.answered.get(change)
    return {
        "rule": rule,
        "before": before,
        "after": after,
        "count": count.count,
        "confidence": round(count.mean, 4),
        "shown": [shown_edit(before, LONGEST), shown_edit(after, LONGEST)],
        "rule_shown": visible(rule, LONGEST),
        "word": any(c.isalnum() for c in before),
        "sought": " ".join((rule, before, after, *(f"{p['left']} {p['right']} {p['outlet']}" for p in places))).lower(),
        "places": places,
        "answer": answer and {"answer": answer.answer, "meant": answer.meant, "when": answer.when, "fresh": False},
    }
