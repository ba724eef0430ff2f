"""Commas with odd spaces around them: those that were only set badly are mended, where something was lost it is told.

Where a scraper dropped a link, a name or a list ("dibintangi oleh , ini"), the marks that stood around it are all that is
left, and a tidy comma would hide the loss. What a pair of marks or two spaces in a row does not tell, the words do: how
often a comma stands between these two in well-set news (lexicon/commas.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import inf
from string import ascii_lowercase
from typing import NamedTuple

from .. import kernel
from ..lexicon.commas import commas
from ..rule import AnyProposal, Finder, Rule
from ..text import Text
from ..tokens import in_address
from .spacing import VISIBLE, closes, mended, mended_between, parts, word_before

NEVER = -5.3  # log odds of a mark, 0.5 in 100: below it what is printed is no mark of a sentence (a choice)
LIKELY = 0.0  # log odds of a comma that is needed in a text with holes: even (a choice; elsewhere a printed comma is meant)
LOST = 0.9  # confidence of a hole that marks or words tell
SUSPECTED = 0.5  # of one that only other holes of the text do

_WORD_BEHIND = re.compile(r"[^\W_]+|[(\[\"“]")
_CLAUSE = re.compile(r",([a-z][^\W\d_]{0,29})")
# Marks that stand against nothing: "(FOMC,)", "bertajuk \",\"", ",-nya", "-,berniat".
_TORN = re.compile(r",(?=[)\]])(?<=[^\W_],)|,(?:(?<=[\"“(],)(?=[\"”)])|(?=-[a-z])(?<!\d,)|(?<=-,)(?=[a-z])(?<!\d-,))")
_JOINED = re.compile(r"\.,(?=[A-Z\"“])")  # two paragraphs, where tags were dropped
_NO_DATELINE = re.compile(r"\s*[,.]+ *[-–—]")
_MARKS_IN_PAIRS = re.compile(r"[,.] +[,.]")


class Gap(NamedTuple):
    """A run of marks and spaces that may only be set badly."""

    start: int
    end: int
    after: str  # what it is mended to
    rule: Rule
    odds: float  # log odds of its being meant
    lost: str  # what tells that something is lost, if anything does


def find_gaps(text: Text) -> Sequence[AnyProposal]:
    """Mend the marks and spaces of a text that are only set badly; tell where something was lost.

    In a text with a hole a comma is mended only if one is likely between its words, a stop or two spaces never: what dropped
    one link dropped others.
    """
    string = text.string
    found = [*_runs(string), *_clauses(text), *_stops(string), *_doubles(string)]
    torn = [*_torn(string)]
    if dateline := _NO_DATELINE.match(string):
        torn.append((*dateline.span(), None, LOST_TEXT.name, LOST, "a dash behind a dateline that is lost"))
    has_holes = bool(torn) or any(gap.lost for gap in found)
    proposals: list[AnyProposal] = list(torn)
    for start, end, after, rule, odds, lost in found:
        if lost:
            proposals.append((start, end, None, LOST_TEXT.name, LOST, lost))
        elif has_holes and odds < LIKELY:
            proposals.append((start, end, None, LOST_TEXT.name, SUSPECTED, "a mark or two spaces in a text with holes"))
        else:
            proposals.append((start, end, after, rule.name, rule.confidence, ""))
    return proposals


def _runs(string: str) -> Iterator[Gap]:
    """The runs of marks with a comma and a space before it, or more than one mark."""
    for run, starts in kernel.marks(string).items():
        shape = _shape(run)
        if shape is None:
            continue
        after, lost = shape
        for start in starts:
            end = start + len(run) - 4
            left, right = _word_at(string, start), _WORD_BEHIND.match(string, end)
            if ",," in run and not _JOINED.search(string):
                continue  # typed twice, as in chat; where tags were dropped, an empty one stood between
            between = left, right[0] if right else ""
            what = lost or (_ends_no_sentence(left) if "." in run else _parts_nothing(*between))
            yield Gap(start, end, after, HOLE, commas().between(*between), what)


@lru_cache(maxsize=1 << 12)
def _shape(run: str) -> tuple[str, str] | None:
    """What a run of marks with what stands around it is mended to, and what tells of a loss, if it does; None where it is
    another rule's, or well set."""
    before, marks, after = parts(run)
    left, right = before[-1:], after[:1]
    if not left or left == "\n" or ".." in marks or "," not in marks:
        return None
    if marks.lstrip(" ")[0] == "." or marks in (",", ", "):
        return None  # behind a full stop is another rule's
    if marks.startswith(",") and not re.match(r",[,.]", marks):
        return None
    if left.isdigit() and right and right in "0123456789-":
        return None
    if marks.endswith(".") and right.isalnum() and "," not in marks[-3:-1]:
        return None
    if left in '"”' and right in ('"', "”"):
        return None
    if "." in marks and right.islower():
        return None  # "go.id,. lelang": a comma or a stop
    lost = ""
    if _MARKS_IN_PAIRS.search(marks):
        lost = "nothing stands between two marks"
    elif left in "-–—" or (left in ":;?!" and marks[0] == " "):
        lost = "a comma behind a mark"
    elif marks.startswith("  "):
        lost = "two spaces before a comma"
    elif left in '"“([' and not right.isalnum():
        lost = "a comma alone between brackets or quotes"
    elif closes(after) and right in ")]":
        lost = "a comma before a closing bracket"
    return mended_between(before, "." in marks, after), lost


def _ends_no_sentence(left: str) -> str:
    """What a word tells of a loss, where it stands before a full stop."""
    return f"no sentence ends with {left!r}" if left.isalpha() and commas().stop_behind(left) < NEVER else ""


def _parts_nothing(left: str, right: str) -> str:
    """What two words tell of a loss, where a comma stands between them."""
    if left.isalpha() and commas().behind(left) < NEVER:
        return f"no comma stands behind {left!r}"
    if left and right and commas().between(left, right) < NEVER:
        return f"no comma stands between {left!r} and {right!r}"
    return ""


def _word_at(string: str, end: int) -> str:
    """The word, number or closing mark that ends at `end`."""
    return word_before(string, end) or ("0" if string[end - 1 : end].isdigit() else string[end - 1 : end])


_STOP = re.compile(r" \.(?=[\s\"”)]|\Z|[A-Z][a-z])")
_DOUBLE = re.compile(r"  (?<=[^\s]  )(?=[^\s,.])")  # three or more hold something apart, or are what is left of it


def _stops(string: str) -> Iterator[Gap]:
    """The full stops behind a space."""
    for match in _STOP.finditer(string):
        start, end = match.span()
        while start and string[start - 1] == " ":
            start -= 1
        left = string[max(0, start - 1) : start]
        if string.startswith(" .", end) or string[max(0, start - 2) : start] == " .":
            continue  # an ellipsis with spaces
        if left.isalpha() or (left and left in ')"”%]'):
            after = "." if string[end : end + 1].isspace() else mended(string, start, end)
            yield Gap(start, end, after, STOP, -inf, _ends_no_sentence(word_before(string, start)))


def _doubles(string: str) -> Iterator[Gap]:
    """Two spaces between words."""
    for match in _DOUBLE.finditer(string):
        start, end = match.span()
        lost = ""
        if string[end].islower() and string[start - 1] in ".!?-–—(":
            lost = f"two spaces between {string[start - 1]!r} and a small letter"
        yield Gap(start, end, " ", DOUBLE, -inf, lost)


def _clauses(text: Text) -> Iterator[Gap]:
    """The commas without a space between two words of the lexicon."""
    string, words = text.string, text.lexicon.words
    for match in _CLAUSE.finditer(string):
        after, at = match[1], match.start()
        if after not in words or not string[at - 1 : at].isalnum():
            continue
        before = word_before(string, at).lower()
        if (before and before not in words) or (len(before) < 2 and len(after) < 2) or in_address(string, 0, at):
            continue
        if string[match.end() : match.end() + 1] == "." and string[match.end() + 1 : match.end() + 2].isalpha():
            continue  # "lelang,go.id"
        odds = commas().between(before or "0", after)
        yield Gap(at, at + 1, ", ", CLAUSE, odds, _parts_nothing(before, after))


def _torn(string: str) -> Iterator[AnyProposal]:
    """Commas against a bracket, a quote or a hyphen that something stood before."""
    for match in _TORN.finditer(string):
        if not in_address(string, 0, match.start()):
            yield match.start(), match.end(), None, LOST_TEXT.name, LOST, "a comma against what it cannot stand against"


HOLE = Rule(
    name="spacing.hole",
    doc="""Mend a comma behind a space, or a doubled one, where nothing is lost: one comma stays, or the full stop.""",
    trigger=(" ,", ",,", ",."),
    changes={
        "Ia datang ke Jakarta , Minggu, kata polisi ,tadi malam.": "Ia datang ke Jakarta, Minggu, kata polisi, tadi malam.",
        "Hujan turun di Bogor,. Warga senang.": "Hujan turun di Bogor. Warga senang.",
    },
    keeps=(
        "Harganya Rp 10.000 ,- per buah, lalu ... , katanya.",
        "Skor 2-1, 3-0, dan 1,5 juta.",
        "Film itu dibintangi oleh , ini kata dia.",
        "Ketua  , hadir di acara itu.",
    ),
)

STOP = Rule(
    name="spacing.stop",
    doc="""Drop the space before a full stop, where nothing is lost.""",
    trigger=(" .",),
    changes={"Hujan turun di Bogor . Warga mengungsi .": "Hujan turun di Bogor. Warga mengungsi."},
    keeps=(
        "Lagunya: 5 . 5 | 2 2 . 3 lalu ... diam.",
        "Dan . . . Ia pergi . . .",
        "Situs itu berakhiran .com dan .id saja, dengan .NET juga.",
        "Ia pindah ke . Besok ia pulang . Hujan turun.",
    ),
)

DOUBLE = Rule(
    name="spacing.double",
    doc="""Make two spaces between words one, where nothing is lost.""",
    trigger=((" ", " ", VISIBLE),),
    changes={"Gading adalah  pesinden.  Ia bernyanyi.": "Gading adalah pesinden. Ia bernyanyi."},
    keeps=(
        "Daftar:\n  Beras\n    Gula",
        "Beras          10\nGula           20",
        "Hujan turun.  juga tak berhenti.",
        "Ia pindah ke . Besok ia  pulang.",
    ),
)

CLAUSE = Rule(
    name="spacing.clause",
    doc="""Put the space behind a comma between two words: after spelling, when both are what was meant.""",
    trigger=((",", ascii_lowercase),),
    changes={
        "Warga Jawa Barat,mengungsi karena banjir,kata polisi.": "Warga Jawa Barat, mengungsi karena banjir, kata polisi.",
    },
    keeps=("Lihat https://contoh.id/berita,politik serta surel a,b@contoh.id.", "Berkas pq,xz dibuka."),
)

LOST_TEXT = Rule(
    name="hole.lost-text",
    doc="""Tell where a link, a name or a list was lost, "dibintangi oleh , ini": what stands around the hole stays.

    Two marks with nothing between them tell, two spaces before a comma, a comma against a bracket or a hyphen, and words
    that no comma or full stop stands behind in well-set news.""",
    trigger=(
        *(" .", " ,", ",,", ",.", "-,"),
        (",", "-–—)]\"”"),
        (",", " ", "-–—"),
        *DOUBLE.trigger,
        *CLAUSE.trigger,
    ),
    changes={
        "Film itu dibintangi oleh , ini kata dia.": "Film itu dibintangi oleh , ini kata dia.",
    },
    keeps=("Ia datang, lalu pulang.",),
)

SENTENCE = Rule(
    name="hole.sentence",
    doc="""Take out the sentences with a hole, for those who train models on the texts.""",
    trigger=LOST_TEXT.trigger,
    changes={
        "Hujan turun. Film itu dibintangi oleh , ini kata dia. Warga pulang.": "Hujan turun. Warga pulang.",
        "Ia beralih ke , . Hujan turun.\nWarga pulang.": "Hujan turun.\nWarga pulang.",
    },
    keeps=("Ia datang, lalu pulang. Hujan turun.",),
    tag="holes",
    opt_in="holes",
)

_SENTENCE_END = re.compile(r"[.!?][\"”’)\]]*\s+(?=[\"“‘(\[]?[A-Z0-9])|\n")


def find_sentences(text: Text) -> Iterator[AnyProposal]:
    """The sentences of a text in which something was lost, with the space behind them."""
    holes = [one[0] for one in find_gaps(text) if one[2] is None]
    if not holes:
        return
    ends = [0, *(match.end() for match in _SENTENCE_END.finditer(text.string)), len(text.string)]
    for start, end in pairwise(ends):
        if any(start <= hole < end for hole in holes):
            yield start, end - text.string.startswith("\n", end - 1), "", SENTENCE.name, LOST, ""


EARLY = Finder((HOLE, STOP, DOUBLE), find_gaps)  # before dates and names, which may stand beside one
FINDERS = (Finder((HOLE, CLAUSE, LOST_TEXT), find_gaps),)
SENTENCES = Finder((SENTENCE,), find_sentences)
