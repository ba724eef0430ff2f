"""Show edits to people: as a diff, as the lines of a checker, as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import msgspec

from ...edit import Edit, Finding
from ..log.entries import encode_line
from ..visible import CONTEXT, LONGEST, left_and_right, shown, visible, visible_json

_RED, _GREEN, _DIM, _BOLD, _PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[2m", "\x1b[1m", "\x1b[0m"


class FieldPlace(NamedTuple):
    """A field of a record, for people to find."""

    file: str
    line: int  # the row, of a table
    id: object
    field: str


class Renderer(msgspec.Struct, frozen=True):
    """Render the edits and findings of a field as "diff", "text" or "json"."""

    style: str
    colour: bool = False

    def __call__(self, place: FieldPlace, text: str, edits: Sequence[Edit], findings: Sequence[Finding]) -> str:
        if self.style == "json":
            return _json(place, edits, findings)
        if self.style == "text":
            return "".join(_text(place, text, edits, findings))
        return self._diff(place, text, edits) if edits else ""

    def _diff(self, place: FieldPlace, text: str, edits: Sequence[Edit]) -> str:
        name = f" {visible(place.id, LONGEST)}" if place.id is not None else ""
        out = [self._paint(_BOLD, f"@@ {visible(place.file)}:{place.line}{name} {visible(place.field)} @@")]
        for group in _groups(edits):
            low, high = max(0, group[0].start - CONTEXT), min(len(text), group[-1].end + CONTEXT)
            before, after = [shown(text[low : group[0].start])], [shown(text[low : group[0].start])]
            for edit, following in zip(group, [*group[1:], None], strict=True):
                between = shown(text[edit.end : following.start if following else high])
                before += self._paint(_RED + _BOLD, shown(edit.before), _RED), between
                after += self._paint(_GREEN + _BOLD, shown(edit.after), _GREEN), between
            head, tail = "…" if low else "", "…" if high < len(text) else ""
            rules = ", ".join(f"{visible(edit.rule)} {edit.confidence:.4g}" for edit in group)
            out.append(self._paint(_RED, f"-{head}{''.join(before)}{tail}"))
            out.append(self._paint(_GREEN, f"+{head}{''.join(after)}{tail}") + self._paint(_DIM, f"  # {rules}"))
        return "\n".join(out) + "\n"

    def _paint(self, colour: str, text: str, afterwards: str = "") -> str:
        return f"{colour}{text}{_PLAIN}{afterwards}" if self.colour and text else text


def _groups(edits: Sequence[Edit]) -> Iterator[list[Edit]]:
    """Edits whose contexts would overlap, together."""
    group: list[Edit] = []
    for edit in edits:
        if group and edit.start - group[-1].end > 2 * CONTEXT:
            yield group
            group = []
        group.append(edit)
    yield group


def _text(place: FieldPlace, text: str, edits: Sequence[Edit], findings: Sequence[Finding]) -> Iterator[str]:
    """Render a line for each edit and finding, as checkers do: its place, its rule, the change, what it stands in."""
    head = f"{visible(place.file)}:{place.line}: {visible(place.field)}"
    for edit in edits:
        change = f"'{shown(edit.before)}' -> '{shown(edit.after)}' ({edit.confidence:.4g})"
        context = _context(text, edit)
        yield f"{head} {edit.start}-{edit.end} {edit.rule}: {change}{context}\n"
    for found in findings:
        note = f"left as it is ({visible(found.note, LONGEST)}): '{shown(found.before)}'"
        context = _context(text, found)
        yield f"{head} {found.start}-{found.end} {found.rule}: {note}{context}\n"


def _context(text: str, found: Edit | Finding) -> str:
    """Render the context of an edit or finding; "" where no text is at hand."""
    if not text:
        return ""
    left, right = left_and_right(text, found.start, found.end)
    head, tail = "…" if len(left) < found.start else "", "…" if found.end + len(right) < len(text) else ""
    marked = f"{visible(left)}[{shown(found.before)}]{visible(right)}"
    return f" in {head}{marked}{tail}"


def _json(place: FieldPlace, edits: Sequence[Edit], findings: Sequence[Finding]) -> str:
    where = place._asdict()
    found = [*(edit._asdict() for edit in edits), *(finding._asdict() for finding in findings)]
    return visible_json(b"".join(encode_line({**where, **one}) for one in found).decode())
