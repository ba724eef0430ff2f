"""Noise between words: spaces that were lost or put in where tags, sentences and paragraphs were joined.

The shares of several forms are those of 4,971 articles of the corpus that was counted.
"""

from __future__ import annotations

from .kind import Kind, always, drawn, places_of

SENTENCE_ENDS = r"(?<=[a-z)”\"][.!?])"


def _nothing(found: str) -> str:
    return ""


KINDS = (
    Kind(
        "paragraph",
        frozenset(("spacing.join",)),
        places_of(r"(?<=[a-z)”\"])\. (?=[A-Z“\"])"),
        drawn({".,": 12274, ".,,,": 676, ". ,": 667, ".,,": 629, "., ": 386}),
    ),
    Kind(
        "sentence",
        frozenset(("glue.sentence", "glue.quote")),
        places_of(rf"{SENTENCE_ENDS} (?=[A-Z“\"])"),
        always(_nothing),
    ),
    # A link or a bold name: its tag had the space.
    Kind("border", frozenset(("glue.word",)), places_of(r"(?<=[a-z]{3}) (?=[A-Z][a-z]{2})"), always(_nothing)),
    Kind("comma", frozenset(("spacing.comma", "spacing.clause")), places_of(r"(?<=[a-z],) (?=[a-z])"), always(_nothing)),
    Kind("stop", frozenset(("spacing.stop",)), places_of(r"(?<=[a-z]{2})(?=\. [A-Z])"), always(lambda _: " ")),
    Kind(
        "enclosed",
        frozenset(("spacing.enclosed", "spacing.quoted")),
        places_of(r"(?<=[(“])(?=\w)|(?<=\w)(?=[)”])"),
        always(lambda _: " "),
    ),
    Kind(
        "start",
        frozenset(("spacing.dash", "spacing.start")),
        places_of(r"\A(?=[A-Z])"),
        drawn({" - ": 406, " , - ": 319, "- ": 304, ", , - ": 112, ",,,": 27}),
    ),
)
