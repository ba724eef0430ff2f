"""Every rule, in the order it runs. This one tuple is the order of everything."""

from __future__ import annotations

from ..rule import Rule
from . import byline, characters, crosslink, date, glue, masthead, spacing, spelling

# All rules of a stage see the same text; the next stage sees what they made of it.
STAGES: tuple[tuple[Rule, ...], ...] = (
    *characters.STAGES,
    crosslink.RULES,
    (*date.RULES, *masthead.RULES, *byline.RULES),
    (*spacing.RULES, *glue.RULES),
    spelling.RULES,
    (spelling.STANDARD,),
)

RULES: tuple[Rule, ...] = tuple(rule for stage in STAGES for rule in stage)
