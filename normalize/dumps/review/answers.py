"""The answers of people about edits, kept as JSON lines that are only ever appended to.

    {"kind": "review", "answer": "keep", "rule": "spelling.slip", "before": "nongkrong", "after": "nongkong", "count": 12,
     "confidence": 0.91, "who": "ani", "when": "2026-11-27T03:12:44Z", "normalize": "0.1.0", "dictionaries": "9f3c..."}

kind: "review", about a change wherever it was made, or "audit", about one edit drawn at random, with its "input", "n",
"field" and "start". answer: "right"; "wrong", with "meant" where that is known; "keep", for a word that is right as it was.
Of several answers about a change, the last counts.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from ..errors import DumpError

ANSWERS = ("right", "wrong", "keep")
LONGEST_LINE = 100_000  # bytes, a choice

Change = tuple[str, str, str]  # a rule, what stood there, what stands there now


class Answer(msgspec.Struct, omit_defaults=True):
    """The answer of a person about a change, or about one edit."""

    kind: str
    answer: str
    rule: str
    before: str
    after: str
    count: int = 1
    confidence: float = 0.0
    meant: str = ""
    who: str = ""
    when: str = ""
    normalize: str = ""
    dictionaries: str = ""
    input: str = ""
    n: int = 0
    field: str = ""
    start: int = 0

    @property
    def change(self) -> Change:
        return self.rule, self.before, self.after

    @property
    def place(self) -> tuple[str, int, str, int]:
        return self.input, self.n, self.field, self.start


def now() -> str:
    """The time, as answers have it."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


def read(path: Path) -> list[Answer]:
    """Read the answers of a file, in their order. Raises DumpError for a line that is none."""
    answers = []
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            if raw.strip():
                answers.append(decode(raw, f"{path}:{number}"))
    return answers


def decode(raw: bytes, place: str) -> Answer:
    """The answer in a line. Raises DumpError, with its place, where it is none."""
    try:
        if len(raw) > LONGEST_LINE:
            raise ValueError(f"is longer than {LONGEST_LINE:,} bytes")
        answer = msgspec.convert(json.loads(raw), Answer)
        if answer.kind not in ("review", "audit") or answer.answer not in ANSWERS:
            raise ValueError(f"{answer.kind!r} and {answer.answer!r} are no kind and answer of a review")
    except (ValueError, RecursionError, msgspec.MsgspecError) as error:
        raise DumpError(f"{place}: is no answer of a review: {error}") from None
    return answer


def append(path: Path, answers: Iterable[Answer]) -> None:
    """Add answers to a file, and wait until they are on the disk; a line that was cut short is ended first."""
    lines = [json.dumps(msgspec.to_builtins(answer)).encode() + b"\n" for answer in answers]
    with path.open("ab+") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":
                file.write(b"\n")
        file.write(b"".join(lines))
        file.flush()
        os.fsync(file.fileno())


def last_by_change(answers: Sequence[Answer]) -> dict[Change, Answer]:
    """The answer that counts about each change that was reviewed."""
    return {answer.change: answer for answer in answers if answer.kind == "review"}


def last_by_place(answers: Sequence[Answer]) -> dict[tuple[str, int, str, int], Answer]:
    """The answer that counts about each edit that was drawn."""
    return {answer.place: answer for answer in answers if answer.kind == "audit"}
