"""The accounting of a run: records in, records out, edits by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from ..edit import families

if TYPE_CHECKING:
    from .noise_profile import NoiseProfile

SHOWN_DATES = 3  # that could not be read: examples, a choice


class Tally(msgspec.Struct):
    """Counts of one batch, or of a whole run when added up."""

    records_in: int = 0
    records_out: int = 0
    rejected: int = 0  # bad records left out of the output
    kept_bad: int = 0  # bad records passed through as they were
    changed: int = 0
    bytes_in: int = 0  # of records as they stand in the inputs, decompressed
    characters: int = 0  # of the texts that were cleaned
    unfound: int = 0  # entries of a log about lines that hold no record
    done_before: int = 0  # texts that a log's edits were undone in (made in) before
    dates: int = 0  # records with something in their date field
    dates_read: int = 0  # of these, records whose date could be read
    unread_dates: list[str] = []  # the first few of the others
    edits: Counter[str] = msgspec.field(default_factory=Counter)  # by rule
    findings: Counter[str] = msgspec.field(default_factory=Counter)
    noise: NoiseProfile | None = None  # where a report is wanted
    problems: list[tuple[int, str]] = []  # (line, reason) of the bad records of a batch

    def add(self, other: Tally) -> None:
        """Count the other in; problems are reported batch by batch and not kept."""
        self.records_in += other.records_in
        self.records_out += other.records_out
        self.rejected += other.rejected
        self.kept_bad += other.kept_bad
        self.changed += other.changed
        self.bytes_in += other.bytes_in
        self.characters += other.characters
        self.unfound += other.unfound
        self.done_before += other.done_before
        self.dates += other.dates
        self.dates_read += other.dates_read
        self.unread_dates = list(dict.fromkeys((*self.unread_dates, *other.unread_dates)))[:SHOWN_DATES]
        self.edits.update(other.edits)
        self.findings.update(other.findings)
        if other.noise:
            from .noise_profile import NoiseProfile  # for a report

            self.noise = self.noise or NoiseProfile()
            self.noise.add(other.noise)

    @property
    def bad(self) -> int:
        """Bad records, wherever they went."""
        return self.rejected + self.kept_bad

    @property
    def balanced(self) -> bool:
        return self.records_in == self.records_out + self.rejected

    def equation(self) -> str:
        """The line every run ends with."""
        sign = "=" if self.balanced else "DOES NOT EQUAL"
        line = f"{self.records_in:,} in {sign} {self.records_out:,} out + {self.rejected:,} rejected"
        return line + (f"; {self.kept_bad:,} of them bad and passed through unchanged" if self.kept_bad else "")


def by_family(edits: Mapping[str, int]) -> Counter[str]:
    """The counts of edits by family of rules, from those by rule; one that several families made counts for each."""
    counts: Counter[str] = Counter()
    for rule, count in edits.items():
        for family in families(rule):
            counts[family] += count
    return counts


_COUNTS = [name for name in Tally.__struct_fields__ if name not in ("noise", "problems")]


def to_builtin(tally: Tally) -> dict[str, object]:
    """A tally as JSON can hold it, without the problems."""
    value: dict[str, object] = {name: getattr(tally, name) for name in _COUNTS}
    if tally.noise is None:
        return {**value, "noise": None}
    from . import noise_profile

    return {**value, "noise": noise_profile.to_builtin(tally.noise)}


def from_builtin(value: Mapping[str, Any]) -> Tally:
    """The tally that `to_builtin` wrote."""
    counts: dict[str, Any] = {name: value[name] for name in _COUNTS}
    for name in ("edits", "findings"):
        counts[name] = Counter(counts[name])
    if value["noise"] is None:
        return Tally(**counts)
    from . import noise_profile

    return Tally(**counts, noise=noise_profile.from_builtin(value["noise"]))
