"""The interfaces of the primitives, compiled or pure. Offsets are code points; data is UTF-8.

Here are the classes. The functions say in their definitions what they do: some in pure.py, the others with what they are
about. `grep -rn -A1 primitive$ normalize` lists them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

LONGEST_WORD = 255  # bytes of UTF-8: a longer one is in no set of words
LONG_NAME = 9  # letters of a capitalised word that may be a name and a word glued to it
LONGEST_TYPED = 64  # letters: a longer word has no neighbours
MOST_TWINS = 256  # names that a text has often, which another may be a slip of: those that it has first
MOST_PATTERNS = 64  # of a PatternFinder: a bit each
OFTEN = 255  # times that a pair stood, from which they have a place of their own
LONGEST_PATTERN = 32  # sets of bytes
LONGEST_PARTED, LONGEST_PART, MOST_PARTS = 64, 32, 7  # letters of a run that is looked at and of a part; parts of it

BytePattern = bytes | tuple[bytes, ...]  # a string of bytes, or sets of which one each stand side by side

# Words to be put into something: one by one, or flat, as UTF-8 with a newline between each two, or packed (pure.packed). Of
# those that lie flat, are packed or a Table's no Python object is made where the kernel is compiled; packed
# words are used where they lie, and ValueError is raised where they are damaged.
WordList = Iterable[str] | bytes | memoryview

Neighbours = dict[str, tuple[float, float, float]]  # word -> log prior, cost of its slips, trigram surprisal


class Table(Protocol):
    """Words, each with a number from 0 to 2^32 - 1, in order: Table(words, numbers). A Mapping.

    words: a WordList. numbers: unsigned integers of 32 bits. Raises ValueError where a word is given twice, is of more than
    LONGEST_WORD bytes, or has no number.
    """

    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[str]: ...
    def __contains__(self, word: object) -> bool: ...
    def __getitem__(self, word: str) -> int: ...


class Words(Protocol):
    """Words that are known, of ASCII letters: Words(firsts, known, always).

    firsts: words of which each pair with the lower-case word behind them, one space between, must be known too.
    known: all other words.
    always: words reported wherever they stand; none of them is known, whatever else has it. known, always: WordLists.
    """

    def __len__(self) -> int: ...

    def add(self, word: str) -> None:
        """Add a word, or a pair ("di rumah"); one of more than LONGEST_WORD bytes stays unknown."""

    def was_given(self, word: str) -> bool:
        """Whether a word is one of those that these were made with, whatever was added since."""

    def unknown_words(self, data: bytes) -> dict[str, list[int]]:
        """Find the runs of ASCII letters in `data` that are not known, in order, and their offsets.

        A word that stands there twice, one space between and the second in lower case ("yang yang"), is found as one more;
        so are two or three in lower case ("mulai dari mulai dari").
        Left out are words of less than three letters, those of mixed case, capitalised ones that are known in lower case,
        and offsets at which a capitalised word of less than LONG_NAME letters stands behind a word, a number or a comma.
        """


class Literals(Protocol):
    """Groups of byte strings to be looked for in many texts: Literals([(b"di ", b"ke "), ((b"?!", b"AB"),)]).

    Each is given as it is, or with some others as sets of bytes, at most LONGEST_PATTERN, of which one each stand side by
    side: "?A", "?B", "!A" and "!B". Raises ValueError for what is empty or overlong.
    """

    def found(self, data: bytes, before: bytes | None = None) -> bytes:
        """Tell the groups in a text: a byte each, 1 where one of its literals occurs, it has none, or it was 1 in `before`.

        A text begins and ends as a line does: what begins with a newline may also stand at its start, what ends with one at
        its end.
        """


class CharPattern(NamedTuple):
    """Sets of characters side by side: what stands at an offset, before it and after it. All of them are Latin-1.

    A text is looked through for what stands at the offset and right behind it: let these be the rarest two.
    """

    at: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class PatternFinder(Protocol):
    """Groups of patterns to be looked for in many texts: PatternFinder([(CharPattern("/", after=("0123456789",)),)]).

    Raises ValueError for more than MOST_PATTERNS patterns, an empty set, and a character beyond Latin-1.
    """

    def offsets(self, text: str) -> tuple[Sequence[int], ...]:
        """Find, for each group, the offsets, in order, at which one of its patterns is."""


class Speller(Protocol):
    """Words near a typed one: Speller(words, priors, frequent, rates, trigrams, unseen).

    words, priors: what may be meant, all in lower case, and the log probability of each.
    frequent: those of the words that are offered also for one two edits away.
    rates: log rates of slips, Channel.table(). trigrams: log frequencies, in the order of three letters out of a to z, ^ and
    $, the marks of a word's beginning and end. unseen: the one of those that no word has.
    A typed word of other letters than a to z, or of more than LONGEST_TYPED, has no neighbours.
    """

    def within_one_edit(self, typed: str) -> Neighbours:
        """Find the words one insertion, deletion, replacement or swap of neighbouring letters away."""

    def within_two_edits(self, typed: str) -> Neighbours:
        """Find the frequent words at most two edits away, the distance being that of optimal string alignment."""

    def trigram_surprisal(self, typed: str) -> float:
        """Minus the mean log frequency of a word's letter trigrams. Raises ValueError for other letters than a to z."""

    def unseen_trigrams(self, typed: str) -> int:
        """Count the trigrams of a word that no word has. Raises ValueError for other letters than a to z."""

    def is_unpronounceable(self, typed: str) -> bool:
        """Whether a long word begins or ends as no word does, or has four consonants in a row.

        Raises ValueError for other letters than a to z.
        """


class Pairs(Protocol):
    """Counts of words, and of words side by side:
    Pairs(words, counts, total, smoothing, starts, rights, often, unlike, edge, number).

    words: those in pairs and others, by number. counts: how often each was counted, below zero for one that was not; total:
    all words.
    starts, rights, often: unsigned integers of 32 bits. Those that stand behind the word of number i are
    rights[starts[i]:starts[i + 1]], in order: each is 256 times its number, and how often it stood there, at most OFTEN. Of
    those that did so OFTEN times or more, `often` has the places in `rights`, in order, and how often behind each. The last
    words may have no pairs, and no place in `starts`. Words are at most 2^24.
    smoothing: added to each count. unlike: words that count as others where they stand beside one.
    edge, number: the words that stand for a mark or an unknown word, and for a number.
    Raises ValueError for tables that do not belong together.
    """

    def count(self, left: str, right: str) -> int:
        """Count how often `right` stood behind `left`."""

    def uses(self, word: str) -> float:
        """Return the count of a word, 0.0 for an unknown one."""

    def splits(self, word: str, least: int) -> list[int]:
        """Find where `word` falls into two that stood side by side at least so often, and at least once."""

    def pmi(self, words: list[str], left: str, right: str) -> list[float]:
        """Return how much likelier each word is between `left` and `right` than anywhere, in nats (spelling/context.py)."""


class Parts(Protocol):
    """Words that runs of letters may be made of: Parts(pairs, others, least, last, least_of_last, most).

    least: by length in letters, the uses in `pairs` that a word must have to be a part, the last of them for longer ones;
    others: words that are parts however often they were counted. least_of_last, last: the same of words that end a run;
    those of `last` also end one of parts. most: parts of a run.
    Raises ValueError for more than 7 parts, and for no `least` or more than 32.
    """

    def may_be_parted(self, word: str) -> bool:
        """Tell whether a word is two parts or more; True also for a long one, and one of other letters than ASCII."""

    def has_last(self, word: str, before: int) -> bool:
        """Tell whether a word ends in a last part, behind `before` code points or more; True where not all are ASCII."""


class SlipSearch(Protocol):
    """Finds and weighs the candidates for words: spelling/decision.py makes it, and defines the results."""

    def may_be_slip(self, typed: str, needed: float, needed_of_rare: float) -> bool | None:
        """Tell whether some context makes a lower-case word a slip; None where only Python can, as pure always.

        needed: the logit by which it is one in the best of contexts; needed_of_rare: that of a rare word.
        """

    def candidates(self, typed: str) -> tuple[Any, ...] | None:
        """Weigh what may be meant by a lower-case word, each a decision.Candidate; None where only Python can."""


class Suspects(Protocol):
    """The words of texts that are to be looked at: Suspects(words, search, parts, bounds, needed, judge, edit, rule, left).

    words: where unknown words are put that nothing is to be said of, wherever they stand.
    bounds: times that two words stood side by side which may be glued, the first of two letters, and of others; letters of a
    half that stands in a word twice, of a name before a word, and of a word that may fall into parts.
    needed: what SlipSearch.may_be_slip asks for. judge: Slips.judge, by which slips are judged in their places.
    edit, rule: the type of their edits, and their rule. left: words, and pairs of them, to be looked at in any case.
    Raises ValueError for bounds below one.
    """

    def __len__(self) -> int:
        """Count the words that are remembered and not known."""

    def of(self, text: str, data: bytes, lost_its_commas: bool) -> tuple[dict[str, list[int]], list[Any]]:
        """Find what Words.unknown_words finds in `data`, the UTF-8 of `text`, but for what needs no look.

        That are the words that no context makes a slip and whose boundaries are right, as Corrector._decide tells, which are
        known from now on; and lower-case words that may be slips, as Slips.of judges them at all their offsets, where these
        are plain. The edits of these are given too.
        """

    def is_slip(self, word: str) -> bool:
        """Tell whether a word was met that may be a slip."""

    def again(
        self, text: str, pieces: bytes, near: str, needed: float, is_long: bool
    ) -> tuple[dict[str, list[int]], list[str]]:
        """Find the words to be looked at in a text that was changed: unknown ones in `pieces` of it, as UTF-8.

        And, of the remembered slips in the text that was looked at last, those that may be slips of a word in `near`, in
        lower case; those of which it cannot tell are listed. Left out is what needs no look, by a logit of `needed`.
        Each word comes with its offsets in the text; or with none, in a long one, and where these are not at hand.
        """


class Affixes(Protocol):
    """Affixes around known stems: Affixes(stems, clitics, circumfixes, bound, shortest), as spelling/morphology.py has them.

    shortest: code points of a stem. Raises ValueError for a bound prefix that is empty.
    """

    def well_formed(self, word: str) -> bool:
        """Tell whether a lower-case word is affixes around a stem; one of more than LONGEST_WORD bytes is not."""

    def analyses(self, word: str) -> Sequence[tuple[str, str, str, str]]:
        """List how it is: the prefix, stem, suffix and clitic of each way, in the order of morphology.analyses."""


class Dates(Protocol):
    """Weekdays and months, each with its number: Dates(weekdays, months, window, first_slash, longest_month).

    window: days from an article's date to one printed without its year, at the most.
    first_slash: code points from the bracket before a date in which there is a slash. longest_month: those of a month's name
    with the blanks around it.
    """

    def unconfirmed(
        self, text: str, brackets: Sequence[int], years: Sequence[int], year: int, ordinal: int
    ) -> tuple[list[int], list[int]]:
        """Sift the offsets of brackets and of years: those that are to be looked at closer, as dates/confirm.py tells.

        year, ordinal: those of the article's date, 0 where it is not known.
        """
