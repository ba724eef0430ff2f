"""Commas with odd spaces around them: those that were only set badly are mended; where something was lost, that is reported.

Where a scraper dropped a link, a name or a list ("dibintangi oleh , ini"), the marks that stood around it are all that is
left, and a tidy comma would hide the loss. Otherwise the words decide: how often well-set news has a comma between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from string import ascii_letters, ascii_lowercase, digits

from .. import kernel
from ..dates.calendar import WEEKDAY_NAMES
from ..kernel import CharPattern
from ..lazy import lazy_pattern
from ..lexicon import Lexicon
from ..lexicon.commas import DOUBTFUL, commas
from ..rule import AnyProposal, Finder, Rule
from ..text import Text
from ..tokens import in_address
from .end_marks import ends_with_number
from .runs import closes, mended, runs
from .spacing import SPEAKS, VISIBLE, VISIBLE_LATIN, begins_sentence, capitalised, is_in_row, word_before

NEVER = -5.3  # log odds of a mark, 0.5 in 100: below it what is printed is no mark of a sentence (a choice)
LIKELY = 0.0  # log odds of a comma that is needed in a text with holes: even (a choice; elsewhere a printed comma is meant)
LEFT_IN_HOLES = -0.1  # log odds of a stop or two spaces, of which only holes in the same text tell: below LIKELY alone
# Confidences, choices: of a hole that marks or words show, and of one that only other holes of the text suggest.
LOST, SUSPECTED = 0.9, 0.5
SIDE_BY_SIDE = 2  # times that two words must have stood so in the counted news for nothing to be lost between (a choice)
ORDINARY = 1_000  # uses in news of a word that is not only English: that was in italics, whose tags leave spaces (a choice)
# Words that begin a phrase: behind one that needs another, "kalau  di", two spaces are all that is left of that.
PHRASE_BEGINNERS = frozenset(
    "adalah akan atau dan dari dengan di ialah juga ke merupakan oleh pada telah tidak untuk yang".split()
)

_ENDS_SENTENCE = frozenset(".!?”")
_WORD_BEHIND = lazy_pattern(rf"[^\W_]{{1,{kernel.LONGEST_WORD}}}|[(\[\"“]")
_WORD = lazy_pattern(r"[a-z][^\W\d_]{0,29}")
# Where there is something to look at: a comma between two words; marks that stand against nothing, "(FOMC,)", ",-nya",
# "bertajuk \",\"", "-,berniat", "(,dan ,)"; a full stop behind a space; two spaces.
_PATTERNS = [
    (CharPattern(",", (ascii_letters + digits,), (ascii_lowercase,)),),
    (
        CharPattern(",", (ascii_letters,), (")]",)),
        CharPattern(",", ('"',), ('"',)),
        CharPattern(",", (ascii_letters,), ("-", ascii_lowercase)),
        CharPattern("-", (ascii_letters + " ",), (",", ascii_lowercase)),
        CharPattern("([", (), (",",)),
    ),
    (CharPattern(" ", (), (".",)),),
    (CharPattern(" ", (), (" ", VISIBLE_LATIN)),),
]
_EARLY = kernel.PatternFinder(_PATTERNS)
# A comma behind a space, or a doubled one: most texts have none any more.
_LATE = kernel.PatternFinder([(CharPattern(" ", (), (",",)), CharPattern(",", (), (",.",))), *_PATTERNS])
_JOINED = lazy_pattern(r"\.,(?=[A-Z\"“])")  # two paragraphs, where tags were dropped
_STRINGS = lazy_pattern(r",(?<=\w\",)\"(?=\w)")  # of a program, each in quotes: ["apel","jeruk"]
_SAID_BEHIND = lazy_pattern(rf"[\"”] ?{SPEAKS}")
_NO_DATELINE = lazy_pattern(r"\s*[,.]+ *[-–—]")

_CELL = 25  # code points of a column of a table: a choice

# A run of marks and spaces that may only be set badly: start, end, what it is mended to, the rule, the log odds of its being
# meant, and what tells that something is lost, if anything does. A plain tuple: there are 1,500 a MB.
Gap = tuple[int, int, str, Rule, float, str]
_LOST_OF = itemgetter(5)


def find_gaps(text: Text) -> Sequence[AnyProposal]:
    """Mend the marks and spaces of a text that are only set badly, and report where something was lost.

    In a text with a hole a comma is mended only if one is likely between its words, a stop or two spaces never: what dropped
    one link dropped others.
    """
    string = text.string
    commas_at, clauses, torn_at, stops, doubles = _LATE.offsets(string)
    proposals = _torn(string, torn_at)
    found = _runs(text) if commas_at else []
    if clauses or stops or doubles:
        found += [*_clauses(text, clauses), *_stops(string, stops), *_doubles(text, doubles)]
    if not found:
        return proposals
    has_holes = bool(proposals) or _has_lost(found) or _are_of_both_kinds(found)
    needed = _NEEDED_IN_HOLES if has_holes else _NEEDED
    for start, end, after, rule, odds, lost in found:
        if not lost and odds >= needed[rule]:
            proposals.append((start, end, after, rule.name, rule.confidence, ""))
            continue
        suspected = "a mark or two spaces in a text with holes" if has_holes else "a comma or two spaces, not likely here"
        proposals.append((start, end, None, LOST_TEXT.name, LOST if lost else SUSPECTED, lost or suspected))
    return proposals


def find_early(text: Text) -> Sequence[AnyProposal]:
    """Mend what find_gaps mends, but for clauses; report no holes."""
    string = text.string
    found = _runs(text)
    has_holes = _has_lost(found)
    if not has_holes:  # else no stop is mended, nor two spaces, and nothing more need be looked for
        clauses, torn_at, stops, doubles = _EARLY.offsets(string)
        if stops or doubles:
            found += [*_stops(string, stops), *_doubles(text, doubles)]
        if not found:
            return ()
        has_holes = _has_lost(found) or _are_of_both_kinds(found)
        has_holes = has_holes or _has_lost(_clauses(text, clauses)) or bool(_torn(string, torn_at))
    needed = _NEEDED_IN_HOLES if has_holes else _NEEDED
    return [
        (start, end, after, rule.name, rule.confidence, "")
        for start, end, after, rule, odds, lost in found
        if not lost and odds >= needed[rule]
    ]


def _has_lost(gaps: Iterable[Gap]) -> bool:
    """Whether something is lost in one of some gaps."""
    return any(map(_LOST_OF, gaps))


def _are_of_both_kinds(gaps: Iterable[Gap]) -> bool:
    """Whether a text has two spaces between words and spaces before marks: links leave both, typing one or the other."""
    rules = {rule for _, _, _, rule, _, _ in gaps}
    return DOUBLE in rules and (STOP in rules or HOLE in rules)


def _runs(text: Text) -> list[Gap]:
    """The runs of marks with a comma and a space before it, or more than one mark."""
    string = text.string
    found: list[Gap] = []
    tags_dropped: bool | None = None
    for start, end, (run, _, loose) in text.once(runs):
        if not loose:
            continue
        after, lost, is_doubled = loose
        if is_doubled:
            if tags_dropped is None:
                tags_dropped = _JOINED.search(string) is not None
            if not tags_dropped and (run[-3] == " " or begins_sentence(string, end, text.lexicon)):
                continue  # typed twice, as in chat; where tags were dropped, an empty one stood between
        if lost:
            found.append((start, end, after, HOLE, NEVER, lost))
            continue
        left = string[start - 30 if start > 30 else 0 : start].rpartition(" ")[2]
        right = _WORD_BEHIND.match(string, end)
        odds, lost = _weighed(left if left.isalpha() else _word_at(string, start), right[0] if right else "", "." in run)
        if run[-2] in '"”' and closes(run[-2:]) and not _SAID_BEHIND.match(string, end):
            lost = "a comma before a quote that closes nobody's words"
        found.append((start, end, after, HOLE, odds, lost))
    return found


def _weighed(left: str, right: str, stop: bool) -> tuple[float, str]:
    """The log odds of a comma between two words, and what they tell of a loss where a comma or a full stop is printed."""
    known = commas()
    behind = known.behind[left]
    odds, lost = behind + known.before[right] - known.behind[""], ""
    if stop:
        if left.isalpha() and known.stop_behind[left] < NEVER:
            lost = f"no sentence ends with {left!r}"
    elif behind < NEVER and left.isalpha():
        lost = f"no comma stands behind {left!r}"
    elif odds < NEVER and left and right:
        lost = f"no comma stands between {left!r} and {right!r}"
    return odds, lost


def _word_at(string: str, end: int) -> str:
    """The word, number or closing mark that ends at `end`."""
    return word_before(string, end) or ("0" if string[end - 1 : end].isdigit() else string[end - 1 : end])


def _stops(string: str, offsets: Iterable[int]) -> Iterator[Gap]:
    """The full stops behind a space."""
    for at in offsets:
        start, end = at, at + 2
        while start and string[start - 1] == " ":
            start -= 1
        left, right = string[max(0, start - 1) : start], string[end : end + 2]
        if right and not (right[0].isspace() or right[0] in '"”)' or (right[0].isupper() and right[1:].islower())):
            continue
        if string.startswith(" .", end) or string[max(0, start - 2) : start] == " .":
            continue  # an ellipsis with spaces
        if left.isalpha() or (left and left in ')"”%]') or ends_with_number(string, start, end):
            after = "." if right[:1].isspace() else mended(string, start, end)
            yield start, end, after, STOP, LEFT_IN_HOLES, _weighed(word_before(string, start), "", True)[1]


def _doubles(text: Text, offsets: Iterable[int]) -> Iterator[Gap]:
    """Two spaces between words; three or more hold something apart, or are what is left of it."""
    string = text.string
    for at in offsets:
        start, end = at, at + 2
        left = string[start - 1 : start]  # "" at the start
        if not left or left.isspace() or _parts_columns(string, start, end):
            continue
        if left.isdigit() and string[end].isdigit():
            yield start, end, " ", DOUBLE, NEVER - 1, ""  # "Pasal 466  471": a dash may have stood between
            continue
        lost, word = "", word_before(string, start)
        if left in _ENDS_SENTENCE and _is_sentence(string, end, text.lexicon):
            yield start, end, " ", DOUBLE, LIKELY, ""  # other holes of the text do not make this one
            continue
        if word and begins_sentence(string, end, text.lexicon):
            continue  # all that parts a headline from a sentence
        if string[end] == "(" and left not in ".!?":
            yield start, end, " ", DOUBLE, NEVER - 1, ""  # "PT  (PTFI)": often the name that the bracket is for
            continue
        if word.islower() and not string[end].isupper():
            right = word_behind(string, end) or "#"
            is_english = text.corrector.segmentation.may_be_english(right) and text.lexicon.words.get(right, 0) < ORDINARY
            if text.corrector.pair_count(word, right) < SIDE_BY_SIDE and not is_english:
                yield start, end, " ", DOUBLE, NEVER - 1, ""  # something may have stood between
                continue
        if string[end].islower():
            if left in ".!?-–—(":
                lost = f"two spaces between {left!r} and a small letter"
            elif word and _needs_another(word) and word_behind(string, end) in PHRASE_BEGINNERS:
                lost = f"nothing stands between {word!r} and what cannot follow it"
        elif word and _needs_another(word) and capitalised(string, end) in WEEKDAY_NAMES:
            lost = f"nothing stands between {word!r} and a weekday"
        yield start, end, " ", DOUBLE, LEFT_IN_HOLES, lost


def _parts_columns(string: str, start: int, end: int) -> bool:
    """Whether the spaces [start, end) part columns of a table, as "|" or a wider gap tells, or code from a comment."""
    if "|" in (string[start - 1], string[end]) or string.startswith("# ", end):
        return True
    first = max(start - _CELL, string.rfind("\n", 0, start) + 1)
    line = string[first : end + _CELL].partition("\n")[0]
    return "   " in line.strip()


def _is_sentence(string: str, at: int, lexicon: Lexicon) -> bool:
    """Whether a sentence or a quotation begins at `at`."""
    return begins_sentence(string, at, lexicon) or (string[at] in '"“' and string[at + 1 : at + 2].isupper())


def _needs_another(word: str) -> bool:
    """Whether no phrase ends with a word."""
    return commas().behind[word] < NEVER and commas().stop_behind[word] < NEVER


def word_behind(string: str, at: int) -> str:
    """The small letters that stand at `at`."""
    word = _WORD.match(string, at)
    return word[0] if word else ""


def _clauses(text: Text, offsets: Iterable[int]) -> Iterator[Gap]:
    """The commas without a space between two words of the lexicon."""
    string, words = text.string, text.lexicon.words
    for at in offsets:
        after = word_behind(string, at + 1)
        if after not in words:
            continue
        typed, end = word_before(string, at), at + 1 + len(after)
        before, first = typed.lower(), at - len(typed)
        if (before and before not in words) or (len(before) < 2 and len(after) < 2):
            continue
        if string[first - 1 : first] != " " and in_address(string, 0, at):
            continue
        if (string[end : end + 1] == "." and string[end + 1 : end + 2].isalpha()) or is_in_row(text, at):
            continue  # "lelang,go.id"
        odds, lost = _weighed(before or "0", after, False)
        yield at, at + 1, ", ", CLAUSE, odds, lost


def _torn(string: str, offsets: Iterable[int]) -> list[AnyProposal]:
    """Commas against a bracket, a quote or a hyphen that something stood before; the dash of a dateline that is lost."""
    found: list[AnyProposal] = []
    for at in offsets:
        at += string[at] != ","
        if not in_address(string, 0, at) and not _STRINGS.match(string, at):
            found.append((at, at + 1, None, LOST_TEXT.name, LOST, "a comma against what it cannot stand against"))
    if dateline := _NO_DATELINE.match(string):
        found.append((*dateline.span(), None, LOST_TEXT.name, LOST, "a dash behind a dateline that is lost"))
    return found


# What may stand before a run of marks and spaces that begins with a comma, for triggers.
_BEFORE_RUN = VISIBLE + "\t\r\v\f\x1c\x1d\x1e\x1f"

HOLE = Rule(
    name="spacing.hole",
    doc="""Mend a comma behind a space, or a doubled one, where nothing is lost: one comma stays, or the full stop.""",
    trigger=((_BEFORE_RUN, ",", ",."), (_BEFORE_RUN, " ", ","), (_BEFORE_RUN, " ", " ", ","), "   ,"),
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
    changes={"Hujan turun sejak 2015 . Warga mengungsi .": "Hujan turun sejak 2015. Warga mengungsi."},
    keeps=(
        "Lagunya: 5 . 5 | 2 2 . 3 lalu ... diam.",
        "Dan . . . Situs itu berakhiran .com dan .id saja, dengan .NET juga . . .",
        "Ia pindah ke . Besok ia pulang . Hujan turun.",
    ),
)

DOUBLE = Rule(
    name="spacing.double",
    doc="""Make two spaces between words one, where nothing is lost.""",
    trigger=((" ", " ", VISIBLE),),
    changes={
        "Gading adalah  seorang  influencer.  Ia bernyanyi.": "Gading adalah seorang influencer. Ia bernyanyi.",
        "Ia pindah ke . Besok ia pulang.  Jadi, ia siap.": "Ia pindah ke . Besok ia pulang. Jadi, ia siap.",
    },
    keeps=(
        "Daftar:\n  Beras\n    Gula",
        "Beras          10\nGula           20",
        "Hujan turun.  juga tak berhenti.",
        "Baca juga: Banjir di Muara Angke  Dalam kunjungan itu ia diam.",
        "Ia didiagnosis memiliki  ovarium.",
        "Ia pindah ke . Besok ia  pulang.  Budi diam.",
        "Menurut Pasal 466  471 warga berhak pulang.",
        "Tim      Main  Gol\nPersib   10  20-8\n| Kota  | Warga |\nx = 2  # hari",
    ),
)

CLAUSE = Rule(
    name="spacing.clause",
    doc="""Put the space behind a comma between two words: after spelling, when both are what was meant.""",
    trigger=((",", ascii_lowercase),),
    changes={
        "Warga Jawa Barat,mengungsi karena banjir,kata polisi.": "Warga Jawa Barat, mengungsi karena banjir, kata polisi.",
    },
    keeps=("Lihat https://contoh.id/berita,politik serta surel a,b@contoh.id.", "Berkas pq,xz dibuka.", "nama,umur,kota"),
)

# The log odds from which a gap is mended, in a text without holes and in one with some.
_NEEDED = {HOLE: DOUBTFUL, STOP: NEVER, DOUBLE: NEVER, CLAUSE: NEVER}
_NEEDED_IN_HOLES = dict.fromkeys(_NEEDED, LIKELY)

LOST_TEXT = Rule(
    name="hole.lost-text",
    doc="""Report where a link, a name or a list was lost, "dibintangi oleh , ini": what stands around the hole stays.

    It shows by two marks with nothing between them, two spaces before a comma, a comma against a bracket or a hyphen, and
    words that no comma or full stop stands behind in well-set news.""",
    trigger=(
        *(" .", "-,", '","', ("([", ","), (ascii_letters, ",", ")]")),
        (",", "-–—"),
        (",", " ", "-–—"),
        *HOLE.trigger,
        *DOUBLE.trigger,
        *CLAUSE.trigger,
    ),
    changes={
        text: text for text in ("Film itu dibintangi oleh , ini kata dia.", "Ia (, Siti) pulang.", 'Judulnya "," kata dia.')
    },
    keeps=(
        "Ia datang, lalu pulang.",
        'Ia berkata, "Hujan turun," lalu pulang.',
        'Isinya ["apel","jeruk"] dan {"nama":"Budi","umur":17} saja.',
    ),
)

EARLY = Finder((HOLE, STOP, DOUBLE), find_early)  # before dates and names, which may stand beside one
FINDERS = (Finder((HOLE, CLAUSE, STOP, DOUBLE, LOST_TEXT), find_gaps, looks_far=True),)  # at other holes of the text
