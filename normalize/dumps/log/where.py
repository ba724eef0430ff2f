"""A condition on edits, as `--where` takes it: `rule=spelling.* and not (confidence<0.95 or before=di)`.

Names: rule, confidence, before, after, field, id, n. Values with spaces go in quotes. `=` and `!=` take shell patterns
(`*`, `?`), `~` a regular expression that is to be found anywhere in the value (`before~'\\p{Lu}{2}'`); of an edit that
several rules made together, one rule that fits is enough. Then come `and`, `or`, `not`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase

import regex

from ..errors import DumpError

Condition = Callable[[Mapping[str, object]], bool]

NAMES = ("rule", "confidence", "before", "after", "field", "id", "n")
_TOKEN = re.compile(r"""\s*(?:(<=|>=|!=|[=<>~()])|"([^"]*)"|'([^']*)'|([^\s=<>~!()"']+))""")
PATTERN_SECONDS = 1.0  # that a regular expression may take over one value before the run ends; a choice
_NUMERIC = {
    "<": float.__lt__,
    "<=": float.__le__,
    ">": float.__gt__,
    ">=": float.__ge__,
}


def parse(expression: str) -> Condition:
    """Parse the condition that an expression states. Raises DumpError where it states none."""
    tokens: list[str] = []
    position, text = 0, expression.strip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match:
            raise DumpError(f"--where: cannot read {text[position:]!r}")
        tokens.append(next(group for group in match.groups() if group is not None))
        position = match.end()
    parser = _Parser(tokens)
    condition = parser.either()
    if parser.rest:
        raise DumpError(f"--where: {' '.join(parser.rest)!r} is too much")
    return condition


class _Parser:
    """Parses by recursive descent over the tokens: or, and, not, comparison."""

    def __init__(self, tokens: list[str]) -> None:
        self.rest = tokens

    def either(self) -> Condition:
        condition = self.both()
        while self._take("or"):
            condition = _or(condition, self.both())
        return condition

    def both(self) -> Condition:
        condition = self.single()
        while self._take("and"):
            condition = _and(condition, self.single())
        return condition

    def single(self) -> Condition:
        if self._take("not"):
            inner = self.single()
            return lambda edit: not inner(edit)
        if self._take("("):
            inner = self.either()
            if not self._take(")"):
                raise DumpError("--where: a bracket is not closed")
            return inner
        return self._comparison()

    def _comparison(self) -> Condition:
        if len(self.rest) < 3:
            raise DumpError(f"--where: expected a comparison such as rule=spelling.*, found {' '.join(self.rest)!r}")
        name, operator, value = self.rest[:3]
        del self.rest[:3]
        if name not in NAMES:
            raise DumpError(f"--where: an edit has no {name!r} (it has {', '.join(NAMES)})")
        if operator in _NUMERIC:
            return _less(name, operator, value)
        if operator == "~":
            return _matches(name, value)
        if operator not in ("=", "!="):
            raise DumpError(f"--where: {operator!r} is no comparison")
        return _equal(name, value) if operator == "=" else _not(_equal(name, value))

    def _take(self, token: str) -> bool:
        if self.rest and self.rest[0] == token:
            del self.rest[0]
            return True
        return False


def _or(one: Condition, other: Condition) -> Condition:
    return lambda edit: one(edit) or other(edit)


def _and(one: Condition, other: Condition) -> Condition:
    return lambda edit: one(edit) and other(edit)


def _not(one: Condition) -> Condition:
    return lambda edit: not one(edit)


def _less(name: str, operator: str, value: str) -> Condition:
    try:
        bound = float(value)
    except ValueError:
        raise DumpError(f"--where: {value!r} is not a number") from None
    compare = _NUMERIC[operator]

    def condition(edit: Mapping[str, object]) -> bool:
        found = edit[name]
        return isinstance(found, int | float) and compare(float(found), bound)

    return condition


def _equal(name: str, value: str) -> Condition:
    def condition(edit: Mapping[str, object]) -> bool:
        found = edit[name]
        if isinstance(found, int | float):
            try:
                return float(found) == float(value)
            except ValueError:
                return False
        return any(fnmatchcase(part, value) for part in _parts(name, found))

    return condition


def _matches(name: str, value: str) -> Condition:
    """The condition that a regular expression is found. It is the user's own and may take for ever: `regex` can stop it."""
    try:
        pattern = regex.compile(value)
    except regex.error as error:
        raise DumpError(f"--where: {value!r} is no regular expression: {error}") from None

    def condition(edit: Mapping[str, object]) -> bool:
        try:
            return any(pattern.search(part, timeout=PATTERN_SECONDS) for part in _parts(name, edit[name]))
        except TimeoutError:
            raise DumpError(f"--where: {value!r} takes more than {PATTERN_SECONDS:g} s over one edit") from None

    return condition


def _parts(name: str, found: object) -> list[str]:
    """A value, and each of the rules where there are several."""
    return [str(found), *str(found).split("+")] if name == "rule" else [str(found)]
