"""The gazetteer: the outlets' names and addresses, and the search for the one that a misspelt name means.

The distance is a weighted optimal string alignment (Damerau 1964, in the form of Boytsov 2011): insertions, deletions,
replacements and swaps of neighbours, each at a cost by how easily it happens to a masthead; one without an excuse costs 1.

The costs and bounds are choices, measured only together: in 73,422 articles of two news corpora they repaired 83 different
names and addresses (masthead.misspelt and masthead.comma). Read one by one, 82 were misspelt, and of one, Liputan1.com, it
cannot be told. In bylines two were repaired that were right: "NOC Indonesia" and "nocindonesia".
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from math import inf
from typing import NamedTuple

from ..edit import alike
from ..keyboard import NEIGHBOURS
from ..lazy import lazy_pattern
from ..lexicon import Lexicon, Masthead

# Letters of other alphabets that look like Latin ones.
HOMOGLYPHS = str.maketrans(
    "АВЕЅІЈКМНОРСТХаеѕіјорсухԁԛԝΑΒΕΗΙΚΜΝΟΡΤΧοѵ",
    "ABESIJKMHOPCTXaesijopcyxdqwABEHIKMNOPTXov",
)
DIRT = lazy_pattern(r"[\s.,]+")  # between the parts of an address
TOP_LEVEL = frozenset(("com", "net", "org", "info", "biz", "tv", "co", "id", "me", "my", "sg", "asia", "news", "online"))
TOP_LEVEL |= {f"{second}.id" for second in ("co", "or", "go", "ac", "sch", "web", "my", "mil", "desa")}
# First words of the names of many outlets.
FIRST_WORDS = ("tribunnews", "tribun", "radar", "detik", "suara", "berita", "harian", "warta", "media", "jurnal", "kabar")

LOOK_ALIKES = frozenset(("wv", "vw", "yi", "iy", "o0", "0o", "l1", "1l", "i1", "1i", "il", "li", "s5", "5s", "e3", "3e"))
VOWELS = frozenset("aiueo")

# Costs: of a letter for another that looks like it; of one doubled, or left out of two; of two swapped; of a neighbouring
# key; of a vowel for a vowel; of a letter too many or left out; of any letter for another; of a digit too many or left out.
LOOK_ALIKE, DOUBLED, SWAPPED, NEIGHBOUR, VOWEL, SINGLE, OTHER, NUMBER = 0.3, 0.4, 0.5, 0.6, 0.8, 0.9, 1.0, 1.5
SPACED = 0.2  # of a space or a doubled dot in an address, and of letters of another alphabet
REPLACEMENT_COSTS = {  # typed letter + meant letter -> the cheapest of these costs
    **{typed + meant: VOWEL for typed in VOWELS for meant in VOWELS},
    **dict.fromkeys(NEIGHBOURS, NEIGHBOUR),
    **dict.fromkeys(LOOK_ALIKES, LOOK_ALIKE),
}
MIN_MARGIN = 0.25  # by which the next best outlet must be further away
MIN_NAME_COUNT = 50  # uses as a name that make a part of a name a word of its own
MOST_EDITS, NEAREST = 3, 8  # unweighted edits to an outlet that is priced at all; outlets priced
MEMO = 1 << 14  # names and addresses, each, whose repair is remembered: a choice
WHOLE_WORD = 5  # letters that two names must share at their end for these to be looked up as a word (a choice)


class Repair(NamedTuple):
    """The repair of a misspelt masthead: how the outlet writes itself in such a place."""

    meant: str
    cost: float  # weighted distance
    transliterated: bool  # a v stands for a w, or an i for a y
    prominent: bool = False  # near enough only where nothing but an outlet stands


def latin(name: str) -> str:
    """Put Latin letters for those of other alphabets that look like them."""
    return name if name.isascii() else name.translate(HOMOGLYPHS)


def fold(name: str) -> str:
    """Fold a name to what names are compared by: Latin letters in lower case, without hyphens."""
    return latin(name).lower().replace("-", "")


def distance(typed: str, meant: str) -> float:
    """Return the weighted distance of two folded names."""
    gaps = [_gap_cost(meant, j) for j in range(len(meant))]
    above: list[float] = []
    last = [0.0, *accumulate(gaps)]
    for i, key in enumerate(typed):
        gap = _gap_cost(typed, i)
        row = [last[0] + gap]
        for j, letter in enumerate(meant):
            best = last[j] if key == letter else last[j] + REPLACEMENT_COSTS.get(key + letter, OTHER)
            best = min(best, last[j + 1] + gap, row[j] + gaps[j])
            if i and j and key == meant[j - 1] and typed[i - 1] == letter:
                best = min(best, above[j - 1] + SWAPPED)
            row.append(best)
        above, last = last, row
    return last[-1]


def _gap_cost(word: str, i: int) -> float:
    """Return the cost of the letter at `i` being too many, or left out. A digit makes another outlet."""
    if word[i].isdigit():
        return NUMBER
    return DOUBLED if word[i] in (word[i - 1 : i], word[i + 1 : i + 2]) else SINGLE


def max_distance(letters: int, prominent: bool) -> float:
    """Return how far a misspelling may be from an outlet's name of this many letters; more where an outlet must stand."""
    if letters < 4:
        return 0.0
    if letters < 9:
        return (0.4 if letters == 4 else 0.6 if letters == 5 else 0.95) + (0.4 if prominent else 0.0)
    return 1.5 if letters < 12 else 2.0


class NameIndex:
    """Names to compare others with, by their length."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(names)
        self.of_similar_length = lru_cache(maxsize=1 << 8)(self._of_similar_length)

    def _of_similar_length(self, letters: int, slips: int) -> list[str]:
        """List the names whose length differs by at most `slips` letters."""
        return [name for name in self._names if abs(len(name) - letters) <= slips]


class Gazetteer:
    """The mastheads of a lexicon, looked up by how they are printed. Decides each distinct one once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._hosts: dict[str, dict[str, set[str]]] = {}  # folded stem -> top level -> ways to write the address
        self._brands: dict[str, set[str]] = {}  # folded name, coined or of several words -> ways to write it
        self._names: set[str] = set()  # folded names and addresses, as they are written
        self._known: set[str] = set()  # folded names of any kind, without spaces
        for masthead in lexicon.mastheads:
            self._add(masthead)
        self._stems = NameIndex(stem for stem, tails in self._hosts.items() if any(tails.values()))
        self._coined = NameIndex(name for name in self._brands if " " not in name)
        self._spaced = NameIndex(name for name in self._brands if " " in name)
        self._addresses = lru_cache(maxsize=MEMO)(self._address)
        self._brand_names = lru_cache(maxsize=MEMO)(self._brand)
        self._outlets = lru_cache(maxsize=MEMO)(self._outlet)

    def _add(self, masthead: Masthead) -> None:
        """Take in a masthead with all ways to write it."""
        forms = (masthead.name, *masthead.forms)
        joined = masthead.name.replace(" ", "")
        for form in filter(None, (*forms, masthead.domain)):
            folded = fold(form)
            self._known.add(folded.replace(" ", ""))
            self._names.add(folded)
            if " " in form:
                self._brands.setdefault(folded, set()).update((form, form.upper()))
                continue
            stem, dot, tail = form.partition(".")
            level = tail.lower()
            if not dot or level not in TOP_LEVEL:
                continue
            folded_stem = fold(stem)
            self._known.add(folded_stem)
            ways = self._hosts.setdefault(folded_stem, {}).setdefault(level, set())
            if masthead.kind == "other":
                continue
            if fold(joined) == folded_stem:
                ways.add(f"{joined}.{level}")
            ways |= {form, form.lower(), form.upper(), form.capitalize(), f"{stem}.{level}", f"{stem.upper()}.{level}"}
        if masthead.kind == "coined":
            for form in forms:
                stem, _, tail = form.partition(".")
                if " " not in stem and len(stem) > 5:
                    ways = {stem, stem.lower(), stem.upper(), stem.capitalize()}
                    self._brands.setdefault(fold(stem), set()).update(ways)
                    self._names.add(fold(stem))
                if tail.lower() in ("com", "co.id"):
                    glued = self._brands.setdefault(fold(form).replace(".", ""), set())
                    glued.update((form, form.lower(), form.upper()))

    def knows(self, name: str) -> bool:
        """Whether a name or address, as printed, is one of the gazetteer's."""
        return fold(name).replace(" ", "") in self._known

    def address(self, stem: str, tail: str, prominent: bool = False) -> Repair | None:
        """Repair the address printed `stem.tail`; None where it is right, or of no outlet that we know.

        `tail` may hold the spaces and doubled dots that it was printed with. `prominent`: it stands where only an
        outlet stands, as a dateline begins with one.
        """
        repair = self._addresses(stem, tail)
        return repair if prominent or not repair or not repair.prominent else None

    def brand(self, word: str, prominent: bool = False) -> Repair | None:
        """Repair a coined word, or a name of several words; None where it is no outlet's name misspelt."""
        repair = self._brand_names(word)
        return repair if prominent or not repair or not repair.prominent else None

    def outlet(self, printed: str) -> Repair | None:
        """Repair a name or address that stands where only an outlet does; None where it is no outlet's.

        One that is right as it is, or the address of an outlet that we do not know, becomes itself, at no cost.
        """
        return self._outlets(printed)

    def joined(self, first: str, second: str) -> str | None:
        """Join two words that an outlet writes as one, "Euro", "News"; None where they may well be two."""
        key = fold(first) + fold(second)
        if key not in self._brands or fold(f"{first} {second}") in self._names:
            return None
        return _nearest_print(first + second, self._brands[key])

    def _outlet(self, printed: str) -> Repair | None:
        itself = Repair(printed, 0.0, False)
        folded = fold(printed)
        stem, dot, tail = printed.partition(".")
        if folded in self._names or (" " in folded and folded.replace(" ", "") in self._known):
            return itself
        if dot:
            return self.address(stem, tail, prominent=True) or (itself if tail.lower() in TOP_LEVEL else None)
        return self.brand(printed, prominent=True)

    def _address(self, stem: str, tail: str) -> Repair | None:
        s = fold(stem)
        t = DIRT.sub(".", fold(tail)).strip(".")
        dirt = SPACED if latin(stem + tail) != stem + tail or t != tail.lower() else 0.0
        meant, cost, prominent = (s, 0.0, False) if s in self._hosts else self._nearest(s, self._stems) or (s, 0.0, False)
        meant_tail, tail_cost = _nearest_tail(t, self._hosts.get(meant, {}))
        if tail_cost and cost > NEIGHBOUR:
            return None
        cost += tail_cost
        if meant_tail is None or not self._hosts[meant][meant_tail] or cost + dirt == 0:
            return None
        printed = _nearest_print(f"{stem}.{tail}", self._hosts[meant][meant_tail])
        return Repair(printed, cost + dirt, _transliterated(s, meant), prominent)

    def _brand(self, word: str) -> Repair | None:
        key = fold(word)
        if key in self._known:
            return None
        if key in self._brands:
            return Repair(_nearest_print(word, self._brands[key]), SPACED, False)
        if len(key) < 7 or not word.replace(" ", "").isalnum():
            return None
        best = self._nearest(key, self._spaced if " " in key else self._coined)
        if best is None:
            return None
        meant, cost, prominent = best
        return Repair(_nearest_print(word, self._brands[meant]), cost, _transliterated(key, meant), prominent)

    def _nearest(self, name: str, known: NameIndex) -> tuple[str, float, bool] | None:
        """Return the nearest of the `known` names, its distance, and whether it needs a place of outlets.

        None where it is too far, or another is about as near.
        """
        if self._is_word(name):
            return None
        from rapidfuzz import process
        from rapidfuzz.distance import OSA  # few texts have a name to be looked up

        slips = min(MOST_EDITS, len(name) // 2)
        similar = known.of_similar_length(len(name), slips)
        near = process.extract(name, similar, scorer=OSA.distance, score_cutoff=slips, limit=NEAREST)
        priced = sorted((distance(name, meant), meant) for meant, _, _ in near)
        if not priced or (len(priced) > 1 and priced[1][0] < priced[0][0] + MIN_MARGIN):
            return None
        cost, meant = priced[0]
        letters = len(meant) - self._shared_word(name, meant)
        within = min(max_distance(letters, True), self._cap(name))
        return (meant, cost, cost > max_distance(letters, False)) if cost <= within else None

    def _shared_word(self, name: str, meant: str) -> int:
        """The letters of a word that both names end with, which says nothing of the rest: nocindonesia, cnbcindonesia."""
        shared = min(alike(name, meant)[1], len(meant) - 1)
        return next((n for n in range(shared, WHOLE_WORD - 1, -1) if self._is_word(name[len(name) - n :].strip())), 0)

    def _cap(self, name: str) -> float:
        """Return the greatest distance for a name: one slip where it makes sense as it is, as two words."""
        parts = ((name[:i], name[i:]) for i in range(4, len(name) - 3))
        return SINGLE if any(self._is_word(a) and self._is_word(b) for a, b in parts) else inf

    def _is_word(self, part: str) -> bool:
        """Whether part of a name is a word, a name or an outlet's first word itself."""
        return part in self._lexicon.words or self._lexicon.names.get(part, 0) > MIN_NAME_COUNT or part in FIRST_WORDS


def _nearest_tail(tail: str, tails: dict[str, set[str]]) -> tuple[str | None, float]:
    """Return which of an outlet's top levels a printed one means, and at what cost."""
    if tail in tails:
        return tail, 0.0
    if not tails or (tail in TOP_LEVEL and not (tail == "co" and "com" in tails)):
        return None, 0.0
    cost, meant = min((distance(tail, known), known) for known in tails)
    return (meant, cost) if cost <= SINGLE else (None, 0.0)


def _nearest_print(printed: str, ways: Iterable[str]) -> str:
    """Return the way of writing a name that is nearest to how it is printed, capitals and all."""
    from rapidfuzz.distance import OSA

    def difference(way: str) -> tuple[int, int]:
        lost_first = fold(way[1:]) == fold(printed)  # it was a capital, as the first letters that get lost are
        capitals = sum(map(str.isupper, way)) - sum(map(str.isupper, printed)) - lost_first
        return OSA.distance(printed, way), abs(capitals)

    return min(sorted(ways), key=difference)


def _transliterated(typed: str, meant: str) -> bool:
    """Whether a w became v, or a y became i."""
    pairs = (("w", "v"), ("y", "i"))
    return any(typed.count(a) < meant.count(a) and typed.count(b) > meant.count(b) for a, b in pairs)


@lru_cache(maxsize=4)
def gazetteer_for(lexicon: Lexicon) -> Gazetteer:
    """Return the gazetteer of a lexicon, made once."""
    return Gazetteer(lexicon)
