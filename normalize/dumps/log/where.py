"""A condition on edits, as `--where` takes it: `rule=spelling.* and not (confidence<0.95 or before=di)`.

Names: rule, confidence, before, after, field, id, n. Values with spaces go in quotes. `=` and `!=` take shell patterns
(`*`, `?`), and of rules a family, too (`rule=spelling`); `~` a regular expression that is to be found anywhere in the
value (`before~'\\p{Lu}{2}'`); of an edit that several rules made together, one rule that fits is enough. Then come `and`,
`or`, `not`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from fnmatch import fnmatchcase
from types import MappingProxyType

import regex

from ...edit import Edit, Finding
from ...lazy import lazy_pattern
from ...suggest import did_you_mean
from ..errors import DumpError
from ..visible import visible
from .entries import LogEntry

Condition = Callable[[Mapping[str, object]], bool]  # of the values of an edit, by name

DEPTH = 50  # brackets in one another, a choice
NAMES = ("rule", "confidence", "before", "after", "field", "id", "n")
OF_LOGS = ("kind", "note", "file")  # further names, where a log is looked at and findings are, too
_TOKEN = lazy_pattern(r"""\s*(?:(<=|>=|!=|[=<>~()])|"([^"]*)"|'([^']*)'|([^\s=<>~!()"']+))""")
PATTERN_SECONDS = 1.0  # that a regular expression may take over one value before the run ends; a choice
_NUMERIC = {
    "<": float.__lt__,
    "<=": float.__le__,
    ">": float.__gt__,
    ">=": float.__ge__,
}


def values(entry: LogEntry, found: Edit | Finding, file: str = "") -> Mapping[str, object]:
    """The values of an edit or finding that a condition can ask for, by name."""
    kind = "edit" if isinstance(found, Edit) else "finding"
    common = {"field": entry.field, "id": entry.id, "n": entry.n, "kind": kind, "file": file}
    return {"after": "", "note": "", **found._asdict(), **common}


def parse(
    expression: str, known: Mapping[str, Collection[str]] = MappingProxyType({}), names: Sequence[str] = NAMES
) -> Condition:
    """Parse the condition that an expression states. Raises DumpError where it states none.

    known: the values that a name can have; a comparison with a pattern that none of them fits is an error, too.
    """
    tokens: list[str] = []
    position, text = 0, expression.strip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match:
            raise DumpError(f"--where: cannot read {visible(text[position:])!r}")
        tokens.append(next(group for group in match.groups() if group is not None))
        position = match.end()
    parser = _Parser(tokens, known, names)
    condition = parser.either()
    if parser.rest:
        raise DumpError(f"--where: '{visible(' '.join(parser.rest[::-1]))}' is too much")
    return condition


class _Parser:
    """Parses by recursive descent over the tokens: or, and, not, comparison."""

    def __init__(self, tokens: list[str], known: Mapping[str, Collection[str]], names: Sequence[str]) -> None:
        self.names = names
        self.rest = tokens[::-1]  # the next one last
        self.known = known
        self.depth = 0  # of brackets

    def either(self) -> Condition:
        parts = [self.both()]
        while self._take("or"):
            parts.append(self.both())
        return parts[0] if len(parts) == 1 else lambda edit: any(part(edit) for part in parts)

    def both(self) -> Condition:
        parts = [self.single()]
        while self._take("and"):
            parts.append(self.single())
        return parts[0] if len(parts) == 1 else lambda edit: all(part(edit) for part in parts)

    def single(self) -> Condition:
        negated = False
        while self._take("not"):
            negated = not negated
        inner = self._bracket() if self._take("(") else self._comparison()
        return _not(inner) if negated else inner

    def _bracket(self) -> Condition:
        self.depth += 1
        if self.depth > DEPTH:
            raise DumpError(f"--where: more than {DEPTH} brackets are open")
        inner = self.either()
        if not self._take(")"):
            raise DumpError("--where: a bracket is not closed")
        self.depth -= 1
        return inner

    def _comparison(self) -> Condition:
        if len(self.rest) < 3:
            found = visible(" ".join(self.rest[::-1]))
            raise DumpError(f"--where: expected a comparison such as rule=spelling.*, found '{found}'")
        name, operator, value = (self.rest.pop() for _ in range(3))
        if name not in self.names:
            hint = did_you_mean(name, self.names)
            raise DumpError(f"--where: an edit has no {visible(name)!r} (it has {', '.join(self.names)}){hint}")
        if operator in _NUMERIC:
            return _less(name, operator, value)
        if operator == "~":
            return _matches(name, value)
        if operator not in ("=", "!="):
            raise DumpError(f"--where: {visible(operator)!r} is no comparison")
        self._check(name, value)
        return _equal(name, value) if operator == "=" else _not(_equal(name, value))

    def _check(self, name: str, value: str) -> None:
        if name not in self.known:
            return
        for pattern in value.split("+"):
            if not any(fnmatchcase(one, pattern) or _is_of_family(name, one, pattern) for one in self.known[name]):
                hint = did_you_mean(pattern, self.known[name])
                raise DumpError(f"--where: no {name} is named {visible(pattern)!r}{hint}")

    def _take(self, token: str) -> bool:
        if self.rest and self.rest[-1] == token:
            self.rest.pop()
            return True
        return False


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
        return any(fnmatchcase(part, value) or _is_of_family(name, part, value) for part in _parts(name, found))

    return condition


def _is_of_family(name: str, found: str, value: str) -> bool:
    """Whether a value is the rule that is compared, or the family of it."""
    return name == "rule" and found.partition(".")[0] == value


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
