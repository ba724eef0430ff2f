"""Look up rules by what a user calls them (--skip, --drop, --where, `normalize rules`), and the file of a rule."""

from __future__ import annotations

import sys
from fnmatch import fnmatchcase

from ..rule import Rule
from ..suggest import did_you_mean
from . import RULES


def named(name: str) -> list[Rule]:
    """Find the rules by a name, "date.malformed", a family, "date", or a pattern, "date.*".

    Raises ValueError where there is none, with the likeliest name.
    """
    found = [rule for rule in RULES if rule.family == name or fnmatchcase(rule.name, name)]
    if not found:
        hint = did_you_mean(name, known_names()) or "; `normalize rules` lists them"
        raise ValueError(f"no rule or family of rules is named {name!r}{hint}")
    return found


def tagged(name: str) -> list[Rule]:
    """Find the rules with a tag, by the tag or as `named` does. Raises ValueError where there is none."""
    tags = {rule.tag for rule in RULES if rule.tag}
    if name in tags:
        return [rule for rule in RULES if rule.tag == name]
    with_tag = {form for rule in RULES if rule.tag for form in (rule.tag, rule.name, rule.family)}
    try:
        found = [rule for rule in named(name) if rule.tag]
    except ValueError:
        hint = did_you_mean(name, with_tag) or f": there are {', '.join(sorted(tags))}"
        raise ValueError(f"no rule has the tag {name!r}{hint}") from None
    if not found:
        raise ValueError(f"{name!r} repairs, and is not dropped: what can be has a tag ({', '.join(sorted(tags))})")
    return found


def file_of(rule: Rule) -> str:
    """Find the file that defines a rule, below the package: "rules/spacing.py"."""
    start = f"{__package__}."
    modules = ((name, vars(one).values()) for name, one in sys.modules.items() if name.startswith(start))
    module = next(name for name, values in modules if any(value is rule for value in values))
    return f"rules/{module.removeprefix(start)}.py"


def known_names() -> list[str]:
    """List the names of all rules and families."""
    return list(dict.fromkeys(form for rule in RULES for form in (rule.name, rule.family)))
