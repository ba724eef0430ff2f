"""Boilerplate: the lines of an outlet that many articles, otherwise unlike one another, have in the same place.

Boilerplate may be taken out, so no line of an article's own may be among it. A credit, a timetable or a headline that a
handful of articles share repeats as well: the first never counts, the others need far more texts.

The bounds were chosen on 49,706 articles of some 30 outlets: of the 35 lines that they learn there 34 are no article's own
words, and one is half so. With 5 texts enough for any line there were 93, at least 27 of them wrong
(benchmarks/notes/learning.md).
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
    """The support that a line needs: a number of texts, and a share of the outlet's texts."""

    texts: int
    share: float


ENOUGH = Support(8, 0.01)
OF_WORDING = Support(12, 0.02)  # a sentence of the footer, a line inside the article: as well the author's own words
OF_NUMBERS = Support(25, 0.03)  # what has dates, times, scores or prices is of some days only
OF_TEMPLATES = Support(12, 0.4)  # a sentence elsewhere or a short one ("Selamat mencoba."), a label of the next ("Sumber:")

REPEATED = 3  # texts that a line must be in to tell something of another
SAME_PLACE = 0.5  # share of its texts that must have a line in one place
SHORT = 4  # words: a sentence of fewer is short
COPY = 0.5  # share of a text's characters: one that has more of them in lines of other texts is a copy, and tells nothing
NEAR_COPY = 0.25  # share of lines: two texts that share more tell as much as one
SENTENCE = re.compile(r"[.!?]$|(?: [a-z]+){3}")  # one that a quote breaks off has no full stop
NUMBER = re.compile(r"\d")
INVITATION = re.compile(r"(?i:baca|simak|lihat|tonton|saksikan|video)\b[^.!?]{1,40}")  # to another article: "Baca juga:"
BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,80})[)\]]")
MARKS = "()[]:;,./ "  # that remain of a byline cut at a colon
MOST_PLACES = 2  # in a dateline: "Bogor, Jawa Barat"
# Of a dateline: what stands between the outlet and the place, and how a place looks ("BANDUNG", "Kab. Bandung Barat").
DATELINE_SEPARATOR = re.compile(r"\s*[,|/()–—]\s*|\s+-\s+|:\s+")
PLACE = re.compile(r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2}")
CREDIT = re.compile(rf"\b(?i:{'|'.join(byline_mentions.ROLES)})[ :]+{byline_mentions.NAME.pattern}")


def repeated(rows: Iterable[Row]) -> Iterator[Row]:
    """Yield the rows of boilerplate.tsv out of those of lines.tsv, outlet by outlet."""
    for outlet, of_outlet in groupby(rows, itemgetter(0)):
        texts = [
            [Line(place, line) for _, _, place, line in of_text if line] for _, of_text in groupby(of_outlet, itemgetter(1))
        ]
        for line, place, count in sorted(_of_outlet(texts)):
            yield outlet, place, line, str(count), str(len(texts))


def _of_outlet(texts: Sequence[Sequence[Line]]) -> Iterator[tuple[str, str, int]]:
    """Yield the lines of boilerplate of one outlet, the place of each, and how many texts have it."""
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
        if _are_unlike(having[line]) and line not in credited and not _is_byline(line) and not _is_dateline(line):
            yield line, place, count


def _needed(line: str, place: str) -> Support:
    """Return the support that a line needs to be no article's own."""
    if NUMBER.search(line):
        return OF_NUMBERS
    if INVITATION.fullmatch(line):
        return ENOUGH
    is_sentence = bool(SENTENCE.search(line))
    if line.endswith(":") or (is_sentence and (place != "end" or len(WORD.findall(line)) < SHORT)):
        return OF_TEMPLATES
    return OF_WORDING if is_sentence or place == "between" else ENOUGH


def _is_copy(lines: Sequence[Line], often: Mapping[str, int]) -> bool:
    """Whether most of a text is in other texts of the outlet too."""
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
    """Return the repeated lines that begin with a name, and go on as other such lines do, or as a line of its own."""
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


def _is_dateline(line: str) -> bool:
    """Whether a line is an outlet, alone or with a place: "KONTAN.CO.ID - JAKARTA.", "JAKARTA, KOMPAS.com"."""
    known = gazetteer_for(lexicon.load())
    pieces = [piece for piece in DATELINE_SEPARATOR.split(line.strip(MARKS)) if piece]
    others = [piece for piece in pieces if not known.outlet(piece) or (" " in piece and "." in piece)]
    return len(others) < len(pieces) and len(others) <= MOST_PLACES and all(map(PLACE.fullmatch, others))


def _is_name(words: str) -> bool:
    """Whether words may be somebody's name: they look like one, and not all of them are common."""
    if not byline_mentions.NAME.fullmatch(words):
        return False
    return not all(part.lower() in lexicon.load().words for part in WORD.findall(words))
