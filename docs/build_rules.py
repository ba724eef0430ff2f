"""Writes docs/rules.md, the reference of all rules, from the rules themselves.

python docs/build_rules.py            # writes it
python docs/build_rules.py --check    # exit code 1 where it is not what the rules say
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path

from built_page import keep

from normalize.rule import Rule
from normalize.rules import RULES

PAGE = Path(__file__).parent / "rules.md"

HEAD = """\
# Rules

<!-- Made by docs/build_rules.py out of the rules. -->

All rules, in the order they run. `--skip` takes a rule's name or that of its family, the part before the full stop. The
examples are the rules' own, and tested: what a rule changes (`-` before, `+` after), and look-alikes that it keeps. What
cannot be seen is shown as an escape.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(line for rule in RULES for line in section(rule))])


def section(rule: Rule) -> Iterator[str]:
    """The lines that tell about one rule."""
    yield f"## {rule.name}\n"
    yield f"{cleandoc(rule.doc)}\n"
    if rule.tag:
        yield f"Tagged `{rule.tag}`: reported only, and taken out with `--drop {rule.tag}`.\n"
    if rule.opt_in:
        yield f"Runs only when it is asked for: `--{rule.opt_in}`.\n"
    if rule.date:
        yield f"The article's own date in the examples: {rule.date}.\n"
    changes = [f"- {visible(before)}\n+ {visible(after)}" for before, after in rule.changes.items()]
    if rule.own:
        rows = ", ".join(f"`{found}` to `{meant}`" for found, meant in rule.own)
        yield f"The user's own rewrites in the examples: {rows}.\n"
    yield from fenced("diff", "\n\n".join(changes))
    yield "Kept as it is:\n"
    yield from fenced("text", "\n".join(map(visible, rule.keeps)))


def fenced(language: str, text: str) -> Iterator[str]:
    """A code block."""
    yield f"````{language}\n{text}\n````\n"


def visible(text: str) -> str:
    """A text on one line, what cannot be seen as an escape."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)


if __name__ == "__main__":
    sys.exit(keep(PAGE, page()))
