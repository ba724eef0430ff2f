"""Make text of a dump safe to show: a terminal obeys nothing in it, and it does not change the direction of writing."""

from __future__ import annotations

CONTEXT = 40  # code points on either side of what is shown, a choice
LONGEST = 160  # code points shown of a text, a choice


def left_and_right(text: str, start: int, end: int, width: int = CONTEXT) -> tuple[str, str]:
    """Return up to `width` code points of a text before and behind [start, end)."""
    return text[max(0, start - width) : start], text[end : end + width]


def visible(text: object, longest: int | None = None, keep: str = "") -> str:
    """Put a text on one line, invisible characters as escapes, but for those to `keep`.

    longest: of a text longer than so many code points, the middle is left out.
    """
    text = str(text)
    if longest is not None and len(text) > longest:
        text = f"{text[: longest * 2 // 3]} … {text[-longest // 3 :]}"
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in keep else _escape(c) for c in text)


def shown(text: str) -> str:
    """Put a text on one line, without the middle of a long one."""
    return visible(text, LONGEST)


def shown_edit(text: str, longest: int) -> str:
    """Put the text of an edit on one line, without the middle of a long one: spaces among marks are ␣, and no text is ∅."""
    line = visible(text, longest)
    return (line if any(c.isalnum() for c in text) else line.replace(" ", "␣")) or "∅"


def visible_json(line: str) -> str:
    """Escape invisible characters in a line of JSON."""
    if line.isascii() and "\x7f" not in line:
        return line
    return "".join(c if c.isprintable() or c == "\n" else _json_escape(c) for c in line)


def _escape(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode()


def _json_escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))
