"""The roster: the full names that the bylines of a dump print, how often, and which of them a rare one is a slip of.

The odds, counts and numbers of letters are choices. benchmarks/notes/learning.md has how right they are together, on bylines
mangled on purpose and on all others.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from math import fsum, inf
from operator import itemgetter
from typing import NamedTuple

from ..lazy import lazy_pattern
from ..lexicon import Lexicon

MIN_ODDS = 3.0  # how many times as often as the printed name the meant one must have been counted
MIN_ODDS_KNOWN = 8.0  # where each part printed is somebody's name, so that another writer may be meant
MIN_ODDS_TELLING = 2.0  # where it is hardly another writer: one letter by letter, or no part printed is anybody's
KNOWN_COUNT, FAMILIAR_COUNT = 3, 20  # uses as a name that make a part of a name somebody's, and a common one
# Lowest probabilities that a name is a slip, where the parts tell and where they do not: of such names of a dump in
# which one in four had been mangled, 761 of 771 and 52 of 58 were.
MIN_PROBABILITY_TELLING, MIN_PROBABILITY = 0.9, 0.85
MANY_ODDS = 20.0  # the odds at which two slips are believed of a name of few letters, or of known parts
# Letters of a name that is recognised by them alone; in which two slips are believed at MIN_ODDS, and at MANY_ODDS.
MANY_LETTERS, LETTERS, FEW_LETTERS = 10, 8, 6
INITIALS = 2  # letters, at most, of a part that may be anybody's
LONE_PART = 7  # letters, at least, of a name of one part
SLIP_PROBABILITY = 0.1  # weight of a name one slip away against that of one without a slip
# The rest that a name may have: small letters, or letters not parted from it, and up to three words more.
REST = lazy_pattern(r"(?=[\w'’.-]| [^\W\d_A-Z])[\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,3}")
WORD_END = lazy_pattern(r"(?<=\w)(?![\w'’-])")


class NameMatch(NamedTuple):
    """The name that was meant, and where the printed one ends."""

    end: int
    meant: str
    probability: float


def fold(name: str) -> str:
    """Fold a name to what names are compared by: small letters and single spaces."""
    return " ".join(name.replace(".", " ").lower().split())


class Roster:
    """The roster of a lexicon, looked up by how a name is printed. Decides each distinct one once."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._counts = lexicon.roster
        self._names, self._words = lexicon.names, lexicon.words
        self._folded = {
            name: fold(name)
            for name, count in lexicon.roster.items()
            if count >= MIN_ODDS_TELLING and name[0].isupper() and (" " in name or len(name) >= LONE_PART)
        }
        self._most = max((lexicon.roster[name] for name in self._folded), default=0)
        self._memo = lru_cache(maxsize=65536)(self._weighed)

    def find(self, text: str, start: int, end: int) -> NameMatch | None:
        """Find the name that the one at `start`, which was read up to `end`, is a slip of, and where it really ends.

        A space too many, or a capital too few, may have cut it short: what follows is tried as its rest.
        """
        read = fold(text[start:end])
        found = [(*weighed, stop) for stop in ends(text, end) if (weighed := self._memo(text[start:stop].rstrip(".")))]
        found = [
            one for one in found if one[3] <= end or fold(one[1]) != read
        ]  # else it is whole: what follows is another's
        if not found:
            return None
        _, meant, probability, stop = max(found, key=itemgetter(0, 3))
        return NameMatch(stop + (meant.endswith(".") and text.startswith(".", stop)), meant, probability)

    def _weighed(self, printed: str) -> tuple[float, str, float] | None:
        """Return the weight of the far more frequent name that `printed` is a slip or two of, the name, its probability."""
        counts, own = self._counts, max(self._counts.get(printed, 0), self._counts.get(f"{printed}.", 0), 1)
        if own * MIN_ODDS_TELLING > self._most:
            return None
        from rapidfuzz import process
        from rapidfuzz.distance import OSA  # few texts have a name to be looked up

        folded = fold(printed)
        found = process.extract(folded, self._folded, scorer=OSA.distance, score_cutoff=2, limit=8)
        slips = {meant: max(1, int(distance)) for _, distance, meant in found if meant.rstrip(".") != printed}
        if not slips:
            return None
        min_count = max(counts[meant] for meant in slips) / MANY_ODDS  # what is rarer is one more slip
        weights = {meant: counts[meant] * SLIP_PROBABILITY**n for meant, n in slips.items() if counts[meant] > min_count}
        best = max(weights, key=lambda meant: (weights[meant], meant))
        odds = self._min_odds(folded, self._folded[best], slips[best])
        if counts[best] < own**1.5 * odds or lacks_last_letter(best, printed):
            return None
        no_other = weights[best] / fsum(weights.values())
        no_name = counts[best] / (counts[best] + own)
        if odds == MIN_ODDS_TELLING:
            return weights[best], best, max(no_other * no_name, MIN_PROBABILITY_TELLING)
        return weights[best], best, no_other * max(no_name, MIN_PROBABILITY)

    def _min_odds(self, printed: str, meant: str, slips: int) -> float:
        """Return how many times as often as the printed name the meant one must have been counted."""
        if printed.replace(" ", "") == meant.replace(" ", ""):
            return MIN_ODDS_TELLING
        names, letters = self._names, sum(map(str.isalpha, meant))
        parts, meant_parts = set(printed.split()), set(meant.split())
        odd, instead = parts - meant_parts, meant_parts - parts
        if not odd or not instead:
            return inf  # a part more, or less, is no slip
        hardly_two = any(len(part) > INITIALS and names.get(part, 0) < FAMILIAR_COUNT for part in parts & meant_parts)
        if all(len(part) <= INITIALS or names.get(part, 0) >= KNOWN_COUNT for part in odd):
            return MIN_ODDS if hardly_two else MIN_ODDS_KNOWN if slips == 1 else MANY_ODDS
        unknown = all(part not in names and part not in self._words for part in odd)
        familiar = all(names.get(part, 0) >= FAMILIAR_COUNT for part in instead)
        if unknown and (familiar or hardly_two or letters >= MANY_LETTERS):
            return MIN_ODDS_TELLING
        if slips == 1 or letters >= LETTERS:
            return MIN_ODDS
        return MANY_ODDS if letters >= FEW_LETTERS else inf


def lacks_last_letter(name: str, printed: str) -> bool:
    """Whether `name` is `printed` without its last letter, which a lost tag takes; a doubled one is a slip of the keys."""
    return printed[:-1] == name and printed[-1] != name[-1]


def ends(text: str, end: int) -> Iterator[int]:
    """Yield where a name may end that was read up to `end`."""
    rest = REST.match(text, end)
    yield end - (text[end - 1] == ".")
    for match in WORD_END.finditer(text, end + 1, rest.end() if rest else end):
        yield match.start()


@lru_cache(maxsize=4)
def roster_for(lexicon: Lexicon) -> Roster:
    """Return the roster of a lexicon, made once."""
    return Roster(lexicon)
