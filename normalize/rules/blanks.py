"""Blanks that a page was set with: between its paragraphs and behind them, before them, and at a text's ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from string import ascii_uppercase, whitespace

from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..text import Text

_BLANKS = " \t"
# Behind a sentence and before another: columns of a table have none there. Two spaces may be a lost link (hole.py).
_BETWEEN = lazy_pattern(r"   (?<! {4}) *+(?=[\"“‘]?[A-Z][a-z])")
_BEFORE_QUOTATION = lazy_pattern(r"  (?<! {3})(?=[“‘][A-Z])")
_SENTENCE_ENDS = lazy_pattern(r"(?:[^\W_]|[)%])[.!?][\"”’)]*\Z|[\"”’][.!?]?\Z")
_ENDS = frozenset('.!?…"”’)]')  # behind these nothing is lost at the end of a line
_SHORTEST_BEHIND = 3  # spaces or tabs at the end of a line that ends with something else: a choice
_REACH = 4  # code points of the end of a sentence


def _blanks(text: Text) -> Iterator[Proposal]:
    string = text.string
    quotations = _BEFORE_QUOTATION.finditer(string) if "“" in string or "‘" in string else ()
    for match in chain(_BETWEEN.finditer(string), quotations):
        start, end = match.span()
        if _SENTENCE_ENDS.search(string, max(0, start - _REACH), start):
            yield Proposal(start, end, " ", BLANKS.name, BLANKS.confidence)
    start, follows_empty = 0, True
    for line in string.split("\n")[:-1]:  # the last one is _margins'
        end = start + len(line)
        content = line.removesuffix("\r")
        kept = len(content.rstrip(_BLANKS))
        blanks = len(content) - kept
        if blanks and not kept and follows_empty:
            yield Proposal(start, end + 1, "", BLANKS.name, BLANKS.confidence)
        elif blanks and (not kept or blanks >= _SHORTEST_BEHIND or content[kept - 1] in _ENDS):
            yield Proposal(start + kept, start + len(content), "", BLANKS.name, BLANKS.confidence)
        start, follows_empty = end + 1, not kept


BLANKS = Rule(
    name="spacing.blanks",
    doc="""Make many spaces between two sentences one, and take out those at the ends of lines and on empty lines.

    Three or more, or two before a quotation; three or more at the end of a line, or any behind a sentence. Of several lines
    with nothing on them those go that have blanks, but for the first.""",
    trigger=("   ", "\t\t\t", "  “", "  ‘", (_BLANKS, "\r\n")),
    changes={
        "Warga mengungsi.    Bantuan tiba.": "Warga mengungsi. Bantuan tiba.",
        "Warga pergi.  “Kami siap,” kata Budi.": "Warga pergi. “Kami siap,” kata Budi.",
        'Ia pergi.   "Kami siap," katanya.     \nIa pulang.': 'Ia pergi. "Kami siap," katanya.\nIa pulang.',
        "Warga pergi. \r\nIa diam.\n \t\n  \nIa pulang.": "Warga pergi.\r\nIa diam.\n\nIa pulang.",
    },
    keeps=("Beras          10\nGula           20", "Daftar: \n    Beras\n    Gula", "Nama   Umur   Kota"),
)

# --- Between paragraphs ----------------------------------------------------------------------------------------------

# From its first line end on, so that one is looked at once; before a small letter code may begin.
_BREAK = lazy_pattern(r"\n(?:(?<=\S\n)|(?<=\S\r\n)|(?<=\S[ \t]\n)|(?<=\S[ \t]\r\n))(?:[ \t]*\r?\n)++(?=[^\sa-z])")
_FEW = 2  # line ends: a paragraph ends with one, and an empty line with the other


def _breaks(text: Text) -> Iterator[Proposal]:
    string, line_ends = text.string, 0
    for match in _BREAK.finditer(string):
        start, end = match.span()
        has_blanks = " " in match[0] or "\t" in match[0]
        if (match[0].count("\n") <= _FEW and not has_blanks) or not _stands_between_paragraphs(string, start, end):
            continue
        line_ends = line_ends or (_FEW if _sets_paragraphs_apart(string) else 1)
        line_end = "\r\n" if string.startswith("\r", start - 1) else "\n"
        yield Proposal(start + 1, end, line_end * (line_ends - 1), BREAK.name, BREAK.confidence)


def _sets_paragraphs_apart(string: str) -> bool:
    """Whether an empty line stands behind half of the paragraphs or more."""
    apart = [not behind.strip() for line, behind in pairwise(string.split("\n")) if is_paragraph(line)]
    return 2 * sum(apart) >= len(apart)


def _stands_between_paragraphs(string: str, start: int, end: int) -> bool:
    """Whether the line before the break [start, end) is a paragraph, or the one behind it."""
    return is_paragraph(string[string.rfind("\n", 0, start) + 1 : start]) or is_paragraph(line_at(string, end))


BREAK = Rule(
    name="spacing.break",
    doc="""Make one break between two paragraphs of the empty lines that a block of the page left there.

    Three line ends or more, or two with blanks between them, become one line end, or two where paragraphs of the text are
    mostly set apart by an empty line.""",
    trigger=("\n\n\n", "\n\n\r", "\n\r\n\n", "\n\r\n\r", ("\n", _BLANKS, _BLANKS + "\r\n")),
    changes={
        "Ia pergi.\n\r\n\n\nBantuan dari kota tiba pada sore hari, kata camat yang ikut menunggu.\nHujan turun.": (
            "Ia pergi.\nBantuan dari kota tiba pada sore hari, kata camat yang ikut menunggu.\nHujan turun."
        ),
        "Bantuan dari kota tiba pada sore hari, kata camat yang ikut menunggu.\r\n\r\n\r\nHujan turun.": (
            "Bantuan dari kota tiba pada sore hari, kata camat yang ikut menunggu.\r\n\r\nHujan turun."
        ),
    },
    keeps=(
        "Bantuan dari kota tiba pada sore hari, kata camat yang ikut menunggu.\n\nHujan turun.",
        "Di langit\n\n\nAda awan\n\n\nAda bulan",
        "Beras\n10\n\n\nGula\n20",
    ),
)

# --- Before a paragraph ----------------------------------------------------------------------------------------------

_INDENT = lazy_pattern(r"\n[ \t]+(?=[\"“]?[A-Z][a-z])")
_MOST_INDENTED = 4  # a line in so many: where more are, the page was set so (a choice)
_SHORTEST_PARAGRAPH = 60  # code points: a line that long, which ends as a sentence does, is no verse and no item of a list


def _indent(text: Text) -> Iterator[Proposal]:
    string = text.string
    lines = string.count("\n")  # a single character is counted in a tenth of the time
    indented = lines and string.count("\n ") + string.count("\n\t")
    if not indented:
        return
    are_few = _MOST_INDENTED * indented <= lines
    for match in _INDENT.finditer(string):
        start, end = match.start() + 1, match.end()
        is_one, is_meant = end - start == 1, not are_few and indented > 1
        if (is_one and are_few) or ((is_one or not is_meant) and is_paragraph(line_at(string, end))):
            yield Proposal(start, end, "", INDENT.name, INDENT.confidence)


def line_at(string: str, start: int) -> str:
    """The line that begins at `start`."""
    end = string.find("\n", start)
    return string[start : end if end >= 0 else len(string)]


def is_paragraph(line: str) -> bool:
    """Whether a line is long and ends with a sentence."""
    line = line.rstrip()
    return len(line) >= _SHORTEST_PARAGRAPH and line[-1] in _ENDS


INDENT = Rule(
    name="spacing.indent",
    doc="""Take out the spaces before a paragraph, where few lines begin with some; one space alone before any.""",
    trigger=tuple(("\n", _BLANKS, first) for first in (ascii_uppercase, '"“' + _BLANKS)),
    changes={
        "Warga pergi.\n Bantuan tiba.\nHujan.\nJalan.\nReda.": "Warga pergi.\nBantuan tiba.\nHujan.\nJalan.\nReda.",
        "Warga pergi.\n\tBantuan dari kota tiba pada sore hari, kata camat yang ikut menunggu.": (
            "Warga pergi.\nBantuan dari kota tiba pada sore hari, kata camat yang ikut menunggu."
        ),
        "Ia pergi.\n Bantuan dari kota tiba pada sore hari, kata camat yang ikut menunggu.\n Hujan": (
            "Ia pergi.\nBantuan dari kota tiba pada sore hari, kata camat yang ikut menunggu.\n Hujan"
        ),
    },
    keeps=("Di langit\n Ada awan\n Ada bulan", "Hari ini\n   Rapat warga.\nBesok\nLusa\nNanti\nKelak"),
)

# --- At the ends of a text -------------------------------------------------------------------------------------------

# What str.isspace tells, but for the spaces of U+2000 to U+200A, which follow.
_OTHER_WHITE = whitespace + "\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
_WHITE = _OTHER_WHITE + "".join(map(chr, range(0x2000, 0x200B)))
_WITHOUT_BLANKS = dict.fromkeys(map(ord, _BLANKS))
_MOST_LINE_ENDS = 2  # behind a text: more are left of what the page had there (a choice)
_BEFORE_TEXT = lazy_pattern(r"\s+(?=[\"“‘]?[A-Z][A-Za-z])")


def _margins(text: Text) -> Sequence[Proposal]:
    string = text.string
    if not (string[:1].isspace() or string[-1:].isspace()) or string.isspace():
        return ()  # by far the most
    found = []
    if before := _BEFORE_TEXT.match(string):
        indent = before[0].rpartition("\n")[2]
        if before[0] != "\t" and not (indent and _is_set_so(string, indent, before.end())):
            found.append(Proposal(0, before.end(), "", MARGIN.name, MARGIN.confidence))
    end = len(string.rstrip())
    behind = string[end:]
    kept = behind.translate(_WITHOUT_BLANKS)
    if kept.count("\n") > _MOST_LINE_ENDS:
        kept = kept[: kept.index("\n") + 1]
    if kept != behind and (string[end - 1] in _ENDS or "\n" in behind or len(behind) >= _SHORTEST_BEHIND):
        found.append(Proposal(end, len(string), kept, MARGIN.name, MARGIN.confidence))
    return found


def _is_set_so(string: str, indent: str, start: int) -> bool:
    """Whether more lines have the indent of the first one, whose words begin at `start`, or that one has columns."""
    columns = string[start : start + _SHORTEST_PARAGRAPH].partition("\n")[0].rstrip()
    return "   " in columns or string.find(f"\n{indent}", start) >= 0


MARGIN = Rule(
    name="spacing.margin",
    doc="""Take out white space before the first sentence of a text, and spaces and tabs behind its last one.

    Three line ends or more behind it become one.""",
    trigger=(("\n", _WHITE), (_WHITE, "\n")),
    changes={
        " Warga pergi.": "Warga pergi.",
        "\r\n\t\tWarga pergi. \r\n\t": "Warga pergi.\r\n",
        "Warga pergi.\n\n\n\n": "Warga pergi.\n",
    },
    keeps=(
        "\tWarga pergi.\n",
        "Ia pergi ke ",
        "   Hujan   Angin\n   Reda   Kencang",
        "       Jan   Feb\nHujan  20,5   19,3",
        "  def hujan(): ...",
    ),
)

FINDERS = (
    Finder((BLANKS,), _blanks, looks_far=True),
    Finder((BREAK,), _breaks, looks_far=True),
    Finder((INDENT,), _indent, looks_far=True),
    Finder((MARGIN,), _margins, looks_far=True),
)
