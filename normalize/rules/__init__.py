"""Every rule, in the order it runs. This one tuple is the order of everything."""

from __future__ import annotations

from ..rule import Rule
from . import boilerplate, byline, characters, crosslink, date, glue, masthead, spacing, spelling

# All rules of a stage see the same text; the next stage sees what they made of it. Spaces and marks are mended before
# names are read, so that a name glued to the sentence before it is found at once.
STAGES: tuple[tuple[Rule, ...], ...] = (
    *characters.STAGES,
    (*crosslink.RULES, *boilerplate.RULES),
    (characters.LONE,),
    (*spacing.RULES, *glue.RULES),
    (masthead.GLUED,),
    (*date.RULES, *masthead.RULES, *byline.RULES),
    spelling.RULES,
    (spelling.STANDARD,),
    (spacing.CLAUSE, glue.QUOTE),
)

RULES: tuple[Rule, ...] = tuple(rule for stage in STAGES for rule in stage)
