"""The place of a word in a text: whether it stands on its own, and its neighbours."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Container, Iterable, Iterator, Mapping

from .. import kernel
from ..lazy import lazy_pattern
from ..tokens import LONGEST_PIECE, WORD, in_address

# A word right against one of these is part of something else: an address, a handle, a file, a compound, an elision.
TIED_BEFORE = frozenset(")@#/\\_.'’`&=+%~$^*|<0123456789")
TIED_AFTER = frozenset("@/\\_'’`&=+%~^|>0123456789")
LABELS = frozenset("abcdefgh")
ITEM_BEHIND_LABEL = lazy_pattern(r"[.)] ?[A-Z0-9]")
TITLE = lazy_pattern(r"(?<![^\W_])(?:Drs?|Dra|Hj?|Ir|Prof|Kol|Sdr|St)\. ?$")
# What names stand behind, of accounts and of places: they are glued on purpose.
NAMED = frozenset(
    """
    akun aplikasi camat channel desa dukuh dusun facebook gampong instagram kades kampung kanal kecamatan kelurahan laman
    lurah nagari polsek pulau situs tagar tiktok twitter youtube
    """.split()
)
LATIN = ("ae", "us", "um", "is", "ii", "orum", "oides")  # endings
HALF_BEFORE = lazy_pattern(r"(?<![^\W_])([^\W_]+)-$")
HALF_AFTER = lazy_pattern(r"-([^\W_]+)(?![^\W_-])")
MIN_WHOLE = 20  # uses of a word, of which another may be half: a choice
REACH = 50_000  # code points: in a longer text words are not looked for one by one, nor farther away than that
TAGS_REACH = 300  # code points on each side of a word that are looked at for the line it stands in: a choice
MIN_TAGS = 3  # words of a line of tags: a choice
NOT_IN_TAGS = frozenset('.,;:!?"“”')
TAGS_HAVE_NONE = lazy_pattern('[.,;:!?"“”]')
# Letters of a word before a name: of 8 that had been taken for slips 3 were names, of 40 longer ones 2.
LONGEST_FIRST_NAME = 5
NAME_BEHIND = lazy_pattern(r" ([A-Z][a-z]+)(?![^\W_])")
NAMES_BEHIND = lazy_pattern(r"(?: [A-Z][a-z]+){0,2}(?:[,;]| [-–])\s[A-Z][a-z]")
NAME_AHEAD = lazy_pattern(r"(?<![^\W_])[A-Z][a-z]+;\s\Z")  # in a list
SENTENCE_ENDS = frozenset('.!?:;…"“”\n')
ASKED_OFTEN = 100  # places of a text: then all its words are counted (a choice; few texts have so many)
OPENING, CLOSING = frozenset("([“‘\"'"), frozenset(")]”’\"'")


def whole(text: str, word: str, places: Iterable[int]) -> Iterator[int]:
    """Yield those of the `places` of a word where it is no part of a longer run of letters and digits."""
    size = len(word)
    for start in places:
        if (start == 0 or not text[start - 1].isalnum()) and not text[start + size : start + size + 1].isalnum():
            yield start


def occurrences(text: str, word: str) -> Iterator[int]:
    """Yield the offsets of `word` in `text`, but those inside a longer run of letters and digits."""
    places = []
    start = text.find(word)
    while start >= 0:
        places.append(start)
        start = text.find(word, start + 1)  # "di di" stands in "menjadi di di" twice
    return whole(text, word, places)


@kernel.primitive
def elsewhere(text: str, words: tuple[str, ...], most: int) -> dict[str, int]:
    """Count each of some words of letters a to z in a text, capitalised or not, up to `most`; absent ones are left out."""
    return _counted(Counter(WORD.findall(text)), words, most)


def _counted(runs: Counter[str], words: tuple[str, ...], most: int) -> dict[str, int]:
    """Look up each of some words among the counted `runs`, capitalised or not, up to `most`; absent ones are left out."""
    return {word: count for word in words if (count := min(most, runs[word] + runs[word.capitalize()]))}


class Elsewhere:
    """Counts words in texts, as `elsewhere` does; for a text with many questions it counts all words, once."""

    def __init__(self, reach: int) -> None:
        """`reach`: code points on each side of a place that are looked at, at least."""
        self.reach = reach
        self._text, self._part, self._asked = "", 0, 0
        self._counts: Counter[str] | None = None

    def count(self, text: str, start: int, words: tuple[str, ...], most: int) -> dict[str, int]:
        """Count each of some words around `start`, up to `most`."""
        part = start // self.reach
        if text is not self._text or part != self._part:
            self._text, self._part, self._asked, self._counts = text, part, 0, None
        around = text[max(0, part - 1) * self.reach : (part + 2) * self.reach]
        self._asked += 1
        if self._asked <= ASKED_OFTEN:
            return elsewhere(around, words, most)
        if self._counts is None:
            self._counts = Counter(WORD.findall(around))
        return _counted(self._counts, words, most)


def occurrences_around(text: str, word: str, reach: int) -> Callable[[int], int]:
    """Return what counts the occurrences of `word` that end within `reach` code points of an offset, its own among them.

    It is to be asked about growing offsets: each part of the text is looked through once.
    """
    found: deque[int] = deque()
    seen = 0  # up to where the text was looked through

    def count(start: int) -> int:
        nonlocal seen
        first, last = max(0, start - reach), start + len(word) + reach
        seen = max(seen, first)
        while (place := text.find(word, seen, last)) >= 0:
            found.extend(whole(text, word, (place,)))
            seen = place + len(word)
        seen = max(seen, last - len(word) + 1)
        while found and found[0] < first:
            found.popleft()
        return len(found)

    return count


def before(text: str, start: int) -> str:
    """Return the run of letters and digits, else the mark, that stands before `start`; one space may be between."""
    end = start - 1 if text[start - 1 : start].isspace() else start
    word = text[text.rfind(" ", end - LONGEST_PIECE if end > LONGEST_PIECE else 0, end) + 1 : end]
    if len(word) < LONGEST_PIECE and word.isalnum():
        return word  # as nearly always
    i = end
    while i > 0 and text[i - 1].isalnum():
        i -= 1
    return text[i:end] or text[max(0, end - 1) : end].strip()


def begins_sentence(text: str, start: int, left: str) -> bool:
    """Whether a sentence begins at `start`, where `left` stands before it; an initial or title ends none: "K. Ramadhany"."""
    if left == "." and (text[max(0, start - 4) : start].strip().isupper() or TITLE.search(text, max(0, start - 8), start)):
        return False
    return not left or left in SENTENCE_ENDS or "\n" in text[max(0, start - 3) : start]


def begins_name(text: str, start: int, end: int, words: Container[str]) -> bool:
    """Whether the capitalised word at [start, end) is short and has a name behind it that is no word: Hany Budiarti.

    Or a list of names begins with it behind a colon: "Pemain: Ronaldi, Selman".
    """
    listed = text[start - 2 : start - 1] in (":", ";") and text[start - 1].isspace()
    if listed and (NAMES_BEHIND.match(text, end) or NAME_AHEAD.search(text, max(0, start - LONGEST_PIECE), start)):
        return True
    behind = NAME_BEHIND.match(text, end)
    return end - start <= LONGEST_FIRST_NAME and behind is not None and behind[1].lower() not in words


def is_tied(text: str, start: int, end: int) -> bool:
    """Whether the word at [start, end) is part of something else: an address, a handle, a file name, an elision."""
    follows = text[end : end + 1]
    if follows in TIED_AFTER or (follows == "." and text[end + 1 : end + 2].isalnum()):
        return True
    return start > 0 and (text[start - 1] in TIED_BEFORE or (text[start - 1] == "-" and in_address(text, 0, start)))


def is_alone(text: str, start: int, end: int) -> bool:
    """Whether the word at [start, end) is all that stands in brackets or quotation marks: a gloss, initials, a name."""
    return start > 0 and text[start - 1] in OPENING and end < len(text) and text[end] in CLOSING


def is_among_tags(text: str, start: int, end: int) -> bool:
    """Whether the word at [start, end) stands in a line of lower-case tags: "(mcy/yna) timnas basket kanada"."""
    farthest = max(0, start - TAGS_REACH)
    first = max(text.rfind("\n", farthest, start), text.rfind(")", farthest, start), farthest - 1) + 1
    last = text.find("\n", end, end + TAGS_REACH)
    line = text[first : last if last >= 0 else end + TAGS_REACH]
    return line.islower() and len(line.split()) >= MIN_TAGS and not TAGS_HAVE_NONE.search(line)


def is_labelled(text: str, start: int, word: str, meant: str) -> bool:
    """Whether a word's last letter is the label of the next item of a list, glued to it: "kecilb. Rel"."""
    return word[:-1] == meant and word[-1] in LABELS and ITEM_BEHIND_LABEL.match(text, start + len(word)) is not None


def is_whole(text: str, start: int, end: int, meant: str) -> bool:
    """Whether the word at [start, end) has no hyphen beside it, or one that ties it to itself or to what is `meant`.

    kupu-kupu, negera-negara, kemana-mana.
    """
    halves = text[start:end].lower(), meant.rpartition(" ")[2].lower()
    if text[end : end + 1] == "-":
        return after(text, end + 1).lower() in halves
    return start == 0 or text[start - 1] != "-" or before(text, start - 1).lower() in halves


def after(text: str, end: int) -> str:
    """Return the run of letters and digits, else the mark, that stands behind `end`; one space may be between."""
    start = end + 1 if text[end : end + 1].isspace() else end
    run = WORD.match(text, start)
    return run[0] if run else text[start : start + 1].strip()


def half_beside(text: str, start: int, end: int, words: Container[str]) -> str | None:
    """Return the known word that a hyphen ties a word to; "" where there is no hyphen, None where it is another word."""
    if text[start - 1 : start] != "-" and text[end : end + 1] != "-":
        return ""
    match = HALF_BEFORE.search(text, max(0, start - 40), start) or HALF_AFTER.match(text, end)
    return match[1] if match and match[1] in words and len(match[1]) > 2 else None


def belongs_to_others(text: str, start: int, end: int, words: Mapping[str, int], english: Container[str]) -> bool:
    """Whether the word at [start, end) is one of a line of tags, or part of a phrase: half of a word, English, Latin."""
    if is_among_tags(text, start, end):
        return True
    typed, left, right = text[start:end].lower(), before(text, start).lower(), after(text, end).lower()
    if left + right and max(words.get(left + typed, 0), words.get(typed + right, 0)) >= MIN_WHOLE:
        return True  # pang kat
    if typed in english and (left in english or right in english):
        return True  # grace period
    return typed.endswith(LATIN) and left.isalpha() and left not in words  # tigris sumatrae
