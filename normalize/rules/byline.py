"""Bylines: names that were mangled on the way, repaired by what else is known of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..newsroom import byline_mentions, transliteration
from ..newsroom.byline_mentions import Byline, Span
from ..newsroom.gazetteer import Repair, gazetteer_for
from ..newsroom.roster import roster_for
from ..rule import Finder, Proposal, Rule
from ..text import Text
from . import masthead


def signed(text: Text) -> list[Byline]:
    """The bylines of a text that name more than an agency."""
    return list(byline_mentions.signed(text.string, gazetteer_for(text.lexicon)))


def find_names(text: Text) -> Iterable[Proposal]:
    found = text.once(signed)
    return repaired(text, found) if found else ()


def repaired(text: Text, found: Iterable[Byline]) -> Iterator[Proposal]:
    string, lexicon = text.string, text.lexicon
    known = gazetteer_for(lexicon)
    for byline in found:
        outlet = known.outlet(string[slice(*byline.outlet)]) if byline.outlet else None
        if byline.outlet and outlet and outlet.cost and not is_sighted(string, byline.outlet):
            yield Proposal(*byline.outlet, outlet.meant, NAME.name, NAME.confidence)
        if lexicon.roster:
            for start, end in (*byline.names, *byline.begun):
                if slip := roster_for(lexicon).find(string, start, end):
                    yield Proposal(start, slip.end, slip.meant, NAME.name, slip.probability)
        yield from restorations(text, byline, outlet)


def is_sighted(string: str, outlet: Span) -> bool:
    """Whether an outlet is one that is looked for anywhere: one word, and not after a slash, as a path would be."""
    return " " not in string[slice(*outlet)] and "/" not in string[max(0, outlet[0] - 2) : outlet[0]]


def restorations(text: Text, byline: Byline, outlet: Repair | None) -> Iterator[Proposal]:
    """The names of a byline as they were before w became v and y became i, if that shows in it or elsewhere in the text."""
    string = text.string
    names = [(span, string[slice(*span)]) for span in byline.names]
    if any(letter in name.lower() for _, name in names for letter in "wy"):
        return
    changed = [(span, restored) for span, name in names if (restored := transliteration.restored(name, text.lexicon))]
    if not changed:
        return
    in_outlet = outlet is not None and outlet.transliterated
    if not in_outlet and not any(restored.telling for _, restored in changed) and not was_transliterated(text):
        return
    parts = [(span, restored.meant) for span, restored in changed]
    confidence = round(min(restored.probability for _, restored in changed), 4)
    if byline.outlet and outlet and in_outlet and string[byline.outlet[1] : byline.outlet[1] + 1] in ("/", ")"):
        yield in_one(string, sorted([(byline.outlet, outlet.meant), *parts]), confidence)
    else:
        for part in parts:
            yield in_one(string, [part], confidence)


def was_transliterated(text: Text) -> bool:
    """Whether a masthead of the text has a v for a w, or an i for a y."""
    return any(repair.transliterated for _, _, repair in text.once(masthead.repairs))


def in_one(string: str, parts: list[tuple[Span, str]], confidence: float) -> Proposal:
    """One proposal for some spans to what they were, from the first to the last: what was mangled together."""
    (start, position), after = parts[0]
    for (part_start, part_end), part in parts[1:]:
        after += string[position:part_start] + part
        position = part_end
    return Proposal(start, position, after, NAME.name, confidence)


NAME = Rule(
    name="byline.name",
    doc="""Repair a name in a byline that was mangled on the way.

    A name is repaired to one on the roster (the bylines that were learnt from the dump) if it is a slip or two away from it
    and far rarer. Where the outlet's name, another masthead of the text or the name itself shows that w became v and y
    became i, the parts of the names are read back, if what is printed is unknown as a name, or hardly known, and what it
    was is well known. Any other name stays.""",
    changes={
        "(Tribunevs.com/Iunita Rahmaianti)": "(Tribunnews.com/Yunita Rahmayanti)",
        "(Iunita Sari/Tribunnevs.com)": "(Yunita Sari/Tribunnews.com)",
        "(Kompas.com/Iunita Sari)": "(Kompas.com/Yunita Sari)",
        "(Tribunnevs.com/Oktaviani Vahiu Vidaianti)": "(Tribunnews.com/Oktaviani Wahyu Widayanti)",
    },
    keeps=(
        "(Tribunnews.com/Yunita Rahmayanti)",
        "(Kompas.com/Arni Suriana)",
        "(Tribunnews.com/Vahiu Sari)",
        "(Getafe/Iunita Rahmaianti)",
        "Penulis: Vita Oktavia | Editor: Ivan Aditia",
    ),
    trigger=byline_mentions.TRIGGER,
)
FINDERS = (Finder((NAME,), find_names),)
