"""Which lines of an outlet are boilerplate: those that many articles, otherwise unlike one another, have in the same place.

What is boilerplate may be taken out, so that a line of the article's own must not be among them. A credit, a timetable or
a headline that a handful of articles share repeats as well: the first never counts, the others need far more texts.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from .. import lexicon
from ..newsroom import byline_mentions
from ..newsroom.gazetteer import gazetteer_for
from .lines import WORD, Line

Row = Sequence[str]


class Support(NamedTuple):
    """Texts that must have a line, and the share of the outlet's texts."""

    texts: int
    share: float


ENOUGH = Support(8, 0.01)
OF_WORDING = Support(12, 0.02)  # a sentence of the footer, a line inside the article: as well the author's own words
OF_NUMBERS = Support(25, 0.03)  # what has dates, times, scores or prices is of some days only
OF_TEMPLATES = Support(12, 0.4)  # a sentence elsewhere or a short one ("Selamat mencoba."), a label of the next ("Sumber:")

REPEATED = 3  # texts: a line of fewer tells nothing of another
SAME_PLACE = 0.5  # of the texts must have the line in one place
SHORT = 4  # words
COPY = 0.5  # a text more of which is in others of the outlet is a copy of one, and tells nothing
NEAR_COPY = 0.25  # of its lines: two texts that share more tell as much as one
SENTENCE = re.compile(r"[.!?]$|(?: [a-z]+){3}")  # one that a quote breaks off has no full stop
NUMBER = re.compile(r"\d")
INVITATION = re.compile(r"(?i:baca|simak|lihat|tonton|saksikan|video)\b[^.!?]{1,40}")  # to another article: "Baca juga:"
BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,80})[)\]]")
MARKS = "()[]:;,./ "  # left of a byline that was cut at a colon
CREDIT = re.compile(rf"\b(?i:{'|'.join(byline_mentions.ROLES)})[ :]+{byline_mentions.NAME.pattern}")


def repeated(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows of boilerplate.tsv out of those of lines.tsv, outlet by outlet."""
    for outlet, of_outlet in groupby(rows, itemgetter(0)):
        texts = [
            [Line(place, line) for _, _, place, line in of_text if line] for _, of_text in groupby(of_outlet, itemgetter(1))
        ]
        for line, place, count in sorted(_of_outlet(texts)):
            yield outlet, place, line, str(count), str(len(texts))


def _of_outlet(texts: Sequence[Sequence[Line]]) -> Iterator[tuple[str, str, int]]:
    """The lines of boilerplate, the place of each, and how many texts have it."""
    often = Counter(line for lines in texts for _, line in lines)
    credited = _credited(often)
    places: defaultdict[str, Counter[str]] = defaultdict(Counter)
    having: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for lines in texts:
        if _is_copy(lines, often):
            continue
        all_lines = frozenset(line for _, line in lines)
        for place, line in lines:
            if often[line] >= ENOUGH.texts:
                places[line][place] += 1
                having[line].append(all_lines)
    for line, by_place in places.items():
        count = by_place.total()
        place, here = by_place.most_common(1)[0]
        needed = _needed(line, place)
        if count < max(needed.texts, needed.share * len(texts)) or here < SAME_PLACE * count:
            continue
        if _are_unlike(having[line]) and line not in credited and not _is_byline(line):
            yield line, place, count


def _needed(line: str, place: str) -> Support:
    """What it takes to believe that a line is not the article's own."""
    if NUMBER.search(line):
        return OF_NUMBERS
    if INVITATION.fullmatch(line):
        return ENOUGH
    is_sentence = bool(SENTENCE.search(line))
    if line.endswith(":") or (is_sentence and (place != "end" or len(WORD.findall(line)) < SHORT)):
        return OF_TEMPLATES
    return OF_WORDING if is_sentence or place == "between" else ENOUGH


def _is_copy(lines: Sequence[Line], often: Mapping[str, int]) -> bool:
    return sum(len(line) for _, line in lines if often[line] > 1) > COPY * sum(len(line) for _, line in lines)


def _are_unlike(texts: Iterable[frozenset[str]]) -> bool:
    """Whether enough of the texts that share a line share little else."""
    unlike: list[frozenset[str]] = []
    for text in texts:
        if all(len(text & other) - 1 <= NEAR_COPY * min(len(text), len(other)) for other in unlike):
            unlike.append(text)
            if len(unlike) == ENOUGH.texts:
                return True
    return False


def _credited(often: Mapping[str, int]) -> set[str]:
    """The repeated lines that begin with a name, where what is behind it is a line by itself or follows other names too."""
    by_rest: defaultdict[str, list[str]] = defaultdict(list)
    for line, texts in often.items():
        name = byline_mentions.NAME.match(line) if texts >= REPEATED else None
        if name and name.end() < len(line) and _is_name(name[0]):
            by_rest[line[name.end() :].lstrip()].append(line)
    return {line for rest, same in by_rest.items() if len(same) > 1 or rest in often for line in same}


def _is_byline(line: str) -> bool:
    """Whether a line says who wrote an article, or for whom: it holds a byline or a name in brackets, or is all names."""
    known = gazetteer_for(lexicon.load())
    if any(True for _ in byline_mentions.find(line, known)) or CREDIT.search(line):
        return True
    if any(known.outlet(inside) or _is_name(inside) for inside in BRACKETS.findall(line)):
        return True
    if line.rstrip(": ").lower().endswith(byline_mentions.ROLES):
        return True
    pieces = byline_mentions.SEPARATOR.split(line.strip(MARKS))
    return any(map(_is_name, pieces)) and all(_is_name(piece) or known.outlet(piece) for piece in pieces)


def _is_name(words: str) -> bool:
    """Whether words may be somebody's name: they look like one, and not all of them are common."""
    if not byline_mentions.NAME.fullmatch(words):
        return False
    return not all(part.lower() in lexicon.load().words for part in WORD.findall(words))
