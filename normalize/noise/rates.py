"""The rates of noise in a dump, and the counts of repairs that they come from.

A row of noise.tsv is a name and a number:
    KIND texts     texts that had it
    KIND of        texts that have a place for it
    KIND times     how often it was there, in all texts
    KIND places    places for it in the texts that had it
    slip HOW TYPED MEANT    times a slip was made, as slips.tsv has them ("-" for no letter)
Noise comes in clusters: where one space was lost many were. So a rate is two: in what share of the texts, and how densely.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ..edit import Edit, Explanation
from ..lexicon import dictionary_folder, learned, read_tsv
from ..spelling.channel import Channel, Slip, slip
from .kinds import NAMES, shipped
from .words import SLIP

FILE = "noise.tsv"
COLUMNS = ("noise", "times")
NONE = "-"
# What is learnt from a dump is added to as much of what was counted before as so many texts and places have (choices).
PRIOR_TEXTS, PRIOR_PLACES = 100.0, 1000.0


class Rate(NamedTuple):
    """The rate of a kind: the share of the texts that have it, and the share of the places in these."""

    texts: float
    places: float

    def times(self, factor: float) -> Rate:
        """Return the rate at which it is `factor` times as often: in more texts; more densely, where all have it."""
        texts = min(self.texts * factor, 1.0)
        return Rate(texts, min(self.places * self.texts * factor / texts, 1.0)) if texts else Rate(0.0, 0.0)


def counted(explanation: Explanation) -> Counter[str]:
    """Count the noise that was repaired in a text, and the places for it in the text as it is now."""
    found: Counter[str] = Counter()
    rules = [change.rule for change in explanation.edits] + [finding.rule for finding in explanation.findings]
    times = Counter(name for merged in rules for rule in merged.split("+") for name in _names().get(rule, ()))
    for kind in shipped():
        there = times[kind.name]
        places = max(sum(1 for _ in kind.places(explanation.text)), there)
        if places:
            found[f"{kind.name} of"] = 1
        if there:
            found.update({f"{kind.name} texts": 1, f"{kind.name} times": there, f"{kind.name} places": places})
    found.update(row for edit in explanation.edits if (row := _slip_row(edit)))
    return found


def rates(folder: Path | None = None) -> dict[str, Rate]:
    """Return the rates of all kinds: those shipped, or as `normalize learn` found them in a dump and wrote into `folder`.

    Raises LearnedError where the folder holds none.
    """
    found = {name: _rate(_shipped(), name, Rate(0.0, 0.0), 0.0) for name in NAMES}
    if folder is None:
        return found
    own = _learned(folder)
    return {name: _rate(own, name, rate, 1.0) for name, rate in found.items()}


def channel(folder: Path | None = None) -> Channel:
    """Return the shipped channel, with the slips that were learnt into `folder`."""
    shipped = Channel.load()
    return shipped.with_slips(_slips(_learned(folder))) if folder else shipped


def _rate(counts: Mapping[str, int], name: str, before: Rate, weight: float) -> Rate:
    """Estimate the rate of a kind from counts, and from the rate before: `weight` times as much as the priors say.

    A half is added to each count, and one to all that could have been: what was never seen is rare, not impossible
    (Krichevsky and Trofimov 1981).
    """
    texts, places = 0.5 + weight * PRIOR_TEXTS * before.texts, 0.5 + weight * PRIOR_PLACES * before.places
    of, there = 1.0 + weight * PRIOR_TEXTS, 1.0 + weight * PRIOR_PLACES
    return Rate(
        (counts.get(f"{name} texts", 0) + texts) / (counts.get(f"{name} of", 0) + of),
        (counts.get(f"{name} times", 0) + places) / (counts.get(f"{name} places", 0) + there),
    )


@cache
def _names() -> Mapping[str, list[str]]:
    """Map the rules to the kinds that they repair or report."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for kind in shipped():
        for rule in kind.rules:
            found[rule].append(kind.name)
    return dict(found)


def _slip_row(edit: Edit) -> str:
    """Name the row of a slip in ASCII letters; "" for another edit."""
    one = slip(edit.before.lower(), edit.after.lower()) if edit.rule == "spelling.slip" else None
    letters = "".join(one[1:]) if one else ""
    return " ".join((SLIP, *(part or NONE for part in one))) if one and letters.isascii() and letters.isalpha() else ""


def _slips(counts: Mapping[str, int]) -> dict[Slip, int]:
    found = {}
    for row, times in counts.items():
        name, *one = row.split(" ")
        if name == SLIP and len(one) == 3:
            kind, typed, meant = ("" if part == NONE else part for part in one)
            found[kind, typed, meant] = times
    return found


@cache
def _shipped() -> Mapping[str, int]:
    return {row: int(times) for row, times in read_tsv(dictionary_folder() / FILE)}


def _learned(folder: Path) -> Mapping[str, int]:
    return {row: int(times) for row, times in learned.rows(folder / FILE, COLUMNS)}
