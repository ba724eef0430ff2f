"""What follows from counts: which lines are boilerplate, and which words, names and addresses are right as they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter

from .. import bylines, gazetteer, lexicon
from ..boundaries import Boundaries
from ..channel import slip
from ..context import Context
from .lines import WORD, Line

# Boilerplate: so many texts of the sample, and such a share of it; more for what may as well be the author's own words, a
# sentence, or a few words inside the article.
TEXTS = 5
SHARE = 0.005
SHARE_OF_WORDING = 0.01
SHORT = 4  # words
SAME_PLACE = 0.5  # of the texts must have the line in one place
COPY = 0.5  # a text more of which is in others of the outlet is a copy of one, and tells nothing
SENTENCE_END = (".", "!", "?")

# Words, names, addresses: texts that one must be in to be taken for right.
OFTEN = 10
DOUBT = 10  # unless what it is a slip of is this many times as frequent: dictionaries/build.py doubts by the same ratio

Row = Sequence[str]


def boilerplate(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows of boilerplate.tsv out of those of lines.tsv, outlet by outlet."""
    for outlet, of_outlet in groupby(rows, itemgetter(0)):
        texts = [
            [Line(place, line) for _, _, place, line in of_text if line] for _, of_text in groupby(of_outlet, itemgetter(1))
        ]
        for line, place, count in sorted(_repeated(texts)):
            yield outlet, place, line, str(count), str(len(texts))


def _repeated(texts: Sequence[Sequence[Line]]) -> Iterator[tuple[str, str, int]]:
    """The lines that many different texts of an outlet have in the same place, the place, and how many these are."""
    often = Counter(line for lines in texts for _, line in lines)
    places: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for lines in texts:
        if not _is_copy(lines, often):
            for place, line in lines:
                places[line][place] += 1
    for line, by_place in places.items():
        count = by_place.total()
        place, here = by_place.most_common(1)[0]
        is_short = place == "between" and len(WORD.findall(line)) < SHORT
        is_sentence = line.endswith(SENTENCE_END)
        share = SHARE_OF_WORDING if is_short or is_sentence else SHARE
        if count < max(TEXTS, share * len(texts)) or here < SAME_PLACE * count or (is_short and is_sentence):
            continue
        if not _is_writer(line):
            yield line, place, count


def _is_copy(lines: Sequence[Line], often: Mapping[str, int]) -> bool:
    return sum(len(line) for _, line in lines if often[line] > 1) > COPY * sum(len(line) for _, line in lines)


def _is_writer(line: str) -> bool:
    """Whether a line is a byline: a name of which no part is a common word, or the role before it ("Editor:")."""
    if bylines.NAME.fullmatch(line):
        return not any(part.lower() in lexicon.load().words for part in WORD.findall(line))
    return line.rstrip(": ").lower().endswith(bylines.ROLES)


def known(words: Iterable[Row], names: Iterable[Row], mastheads: Iterable[Row]) -> Iterator[Row]:
    """Rows of known.tsv: what the shipped dictionaries do not know, and the dump has too often for a slip."""
    shipped = lexicon.load()
    split = Boundaries(shipped, Context(shipped)).split
    common, capitalised = _often(words), _often(names)
    for form, texts in _unlike_slips(common):
        if form not in shipped.words and form not in shipped.rewrites and form not in shipped.standard and not split(form):
            yield "word", form, str(texts)
    outlets = gazetteer.of(shipped)
    for form, texts in _unlike_slips(capitalised):
        outlet = outlets.outlet(form)
        if texts > common.get(form, 0) and not (outlet and outlet.cost):
            yield "name", form, str(texts)
    yield from _addresses(_often(mastheads), outlets)


def _often(rows: Iterable[Row]) -> dict[str, int]:
    return {form: texts for form, n in rows if (texts := int(n)) >= OFTEN}


def _unlike_slips(often: Mapping[str, int]) -> Iterator[tuple[str, int]]:
    """All but those that are one slip away from a far more frequent one."""
    overwhelming: defaultdict[str, list[str]] = defaultdict(list)  # by what is left of them without a letter
    for form, texts in often.items():
        if texts >= DOUBT * OFTEN:
            for left in _shorter(form):
                overwhelming[left].append(form)
    for form, texts in often.items():
        near = {other for left in _shorter(form) for other in overwhelming[left] if often[other] >= DOUBT * texts}
        if not any(slip(form, other) for other in near):
            yield form, texts


def _shorter(word: str) -> Iterator[str]:
    """`word` and what is left of it without one letter: words one slip apart share one of these (Garbe 2012)."""
    yield word
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]


def _addresses(often: Mapping[str, int], shipped: gazetteer.Gazetteer) -> Iterator[Row]:
    """The addresses that would be taken for slips of others, though the dump has them more often."""
    for form, texts in often.items():
        stem, _, tail = form.partition(".")
        repair = shipped.address(stem, tail)
        if repair and texts > often.get(repair.meant, 0):
            yield "masthead", form, str(texts)
