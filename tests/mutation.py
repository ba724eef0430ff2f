"""Sentences of the rules' examples and of tests/cases, or of a file, with things done to them that happen to text."""

from __future__ import annotations

import json
import random
from pathlib import Path

from normalize.rules import RULES

CASES = Path(__file__).resolve().parent / "cases"
# Beside a word these change what a word is, how wide a text is, and what a byte of it means.
STRANGERS = (
    *"éñüßÿĀžаяж漢ー가ـع①½ª\u0301\u200b\u200d\ufeff\xa0\xad\x00\x7f\x85\u2028“”‘’—…\U0001f600\U00010400\U00031350\U0002ebf0\U0001e030",
    *("\u019b", "\u0264", "\u0295", "\u0378", "\U000105c0\U00011f04"),  # of which versions of Unicode say different things
    *("\ud800", "\udfff", "&amp;", "Â", "Ã©", "â€œ", " ,", ".,", "..", " .", "  ", "\n", "\t", "di ", "di di ", "-", "- "),
    *("(", ")", "/2024)", " (24/10/2024)", "Kamis ", " yg tdk dgn", "http://a.id/", "@", "#", "_", "(Antara/", "[Gambas"),
)
LONGEST = 700  # code points of a paragraph that is mutated


def seeds(path: Path | None) -> list[str]:
    """The texts to begin with."""
    if path:
        with path.open(encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line, _ in zip(lines, range(20_000), strict=False)]
        return [piece for text in texts for piece in text.split("\n") if 20 < len(piece) < LONGEST]
    found = [text for rule in RULES for text in (*rule.changes, *rule.changes.values(), *rule.keeps)]
    for file in sorted(CASES.rglob("*.jsonl")):
        rows = map(json.loads, file.read_text(encoding="utf-8").splitlines())
        found += [value for row in rows for value in row.values() if isinstance(value, str) and " " in value]
    return found


def mutated(texts: list[str], chance: random.Random) -> str:
    """One of some texts, with up to five things done to it."""
    text = chance.choice(texts)
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(text) + 1)
        words = [i for i, mark in enumerate(text) if mark == " "] or [0]
        gap = chance.choice(words)
        kind = chance.randrange(8)
        if kind == 0:  # beside a word
            text = text[:gap] + chance.choice(STRANGERS) + text[gap:]
        elif kind == 1:
            text = text[: gap + 1] + chance.choice(STRANGERS) + text[gap + 1 :]
        elif kind == 2:  # inside one
            text = text[:at] + chance.choice(STRANGERS) + text[at:]
        elif kind == 3:  # a slip
            text = text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :]
        elif kind == 4:
            text = text[:at] + text[at + 1 :]
        elif kind == 5:
            text = text[:at] + chance.choice("abcdefghijklmnopqrstuvwxyzAZ09,.") + text[at:]
        elif kind == 6:  # a word twice, or its space lost
            end = text.find(" ", gap + 1)
            text = text[:gap] + text[gap:end] + text[gap:] if chance.random() < 0.5 else text[:gap] + text[gap + 1 :]
        else:
            other = chance.choice(texts)
            cut = chance.randrange(len(other) + 1)
            text = text[:at] + other[cut : cut + 200]
    return text[: 2 * LONGEST]
