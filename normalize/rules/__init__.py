"""Every rule, in the order it runs: STAGES is the order of everything. Start reading at link.py, the simplest."""

from __future__ import annotations

from ..rule import Finder, Rule
from . import (
    acronyms,
    blanks,
    boilerplate,
    brackets,
    byline,
    capitals,
    characters,
    copies,
    credit,
    crosslink,
    date,
    dateline,
    doubled,
    enclosed,
    end_marks,
    escapes,
    glue,
    hole,
    hole_sentences,
    joints,
    line_end,
    link,
    lone_names,
    lost_characters,
    markup,
    masthead,
    numbers,
    own,
    page,
    quotes,
    reduplication,
    repeated,
    script,
    shortcode,
    spacing,
    spelling,
    standard,
    stops,
    table_quotes,
    torn,
    tripled,
    tweet,
    upper_case,
    widget,
)

# All finders of a stage see the same text; the next stage sees what they made of it. Spaces and marks are mended before
# names are read, so that a name glued to the sentence before it is found at once.
STAGES: tuple[tuple[Finder, ...], ...] = (
    characters.STAGES[0],
    escapes.FINDERS,
    (*markup.FINDERS, *table_quotes.FINDERS, *shortcode.FINDERS),
    *characters.STAGES[1:],
    (
        *crosslink.FINDERS,
        *page.FINDERS,
        *widget.FINDERS,
        *tweet.FINDERS,
        *link.FINDERS,
        *script.FINDERS,
        *boilerplate.FINDERS,
    ),
    (*page.LAST_ONES, *credit.FINDERS),
    (characters.LONE_ONES, *lost_characters.FINDERS, *enclosed.FINDERS),
    (*spacing.FINDERS, *end_marks.FINDERS, hole.EARLY, *glue.FINDERS),
    (*joints.FINDERS, *numbers.FINDERS, *acronyms.FINDERS),
    capitals.FINDERS,  # these look at spaces and stops as they are mended, and glue at capitals as they are
    blanks.FINDERS,
    (*dateline.FINDERS, *brackets.FINDERS, *stops.FINDERS),
    (own.REWRITES,),
    (masthead.GLUED_ONES, *joints.FINDERS, *numbers.FINDERS, *acronyms.FINDERS),  # what is parted may let others be
    (*date.FINDERS, *masthead.FINDERS, *byline.FINDERS, *torn.FINDERS),
    (*line_end.FINDERS, *reduplication.FINDERS, *repeated.FINDERS),
    spelling.FINDERS,
    (*lone_names.FINDERS, *torn.FINDERS, *tripled.FINDERS, *upper_case.FINDERS),  # in what was mended, and what is left
    (*standard.FINDERS, *torn.STANDARD_ONES, *reduplication.STANDARD_ONES),
    (own.REWRITES,),
    copies.FINDERS,
    hole.FINDERS,
    (enclosed.QUOTED_ONES, *doubled.FINDERS, spacing.DASHES),
    (glue.QUOTES,),
    quotes.FINDERS,
    hole_sentences.FINDERS,
)

RULES: tuple[Rule, ...] = tuple(dict.fromkeys(rule for stage in STAGES for finder in stage for rule in finder.rules))
