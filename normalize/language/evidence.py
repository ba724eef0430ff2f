"""The evidence of a word for the language of its text: how much likelier it is in each variety than in Indonesian news."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from operator import add
from string import ascii_uppercase
from typing import NamedTuple

from .. import kernel
from ..lazy import lazy
from ..lexicon import Lexicon, dictionary_folder, flat, load, read_tsv, word_list
from ..lexicon.index_cache import cached
from .old_spelling import today
from .quotation import line_around, quotation_around

CLITICS = ("nya", "lah", "kah", "pun", "ku", "mu")
CAPITALS = frozenset(ascii_uppercase)


class Evidence(NamedTuple):
    """Logs of likelihood ratios against Indonesian news, in nats; added up over the words of a text.

    other: regional languages and those of other countries, which have few words in common with Indonesian.
    """

    other: float
    malay: float
    old: float
    english: float
    chat: float


VARIETIES = Evidence._fields
# Of a word that Indonesian news has, and of a lower-case word that it hasn't. Choices, near what was counted in a hundred
# sentences of each: half of the words of regional languages are unknown to news, of Malay 8 %, of English 5 %.
KNOWN = Evidence(other=-0.65, malay=-0.06, old=-0.3, english=-1.1, chat=-0.15)
UNKNOWN = Evidence(other=2.2, malay=0.8, old=0.8, english=0.6, chat=0.5)
RESPELLED = 5.5  # of a word that the spelling of before 1972 makes one of today's; a choice
NOT_MALAY = -3.0  # of an Indonesian word that Malay has another one for; a choice
ORDINARY = 300  # uses in the counted corpus: an unvouched word is no stranger to news then; a choice
# How strange a word is, and its evidence. A clitic may make an unknown word of a known one; a short one may abbreviate.
NOT, WITH_CLITIC, UNVOUCHED, SHORT, WHOLLY = 0.0, 0.2, 0.3, 0.5, 1.0
MOST_REMEMBERED = 400_000  # words, at which all are forgotten, so that memory stays flat: a choice
BY_STRANGENESS = {
    share: Evidence(*[share * weight for weight in UNKNOWN]) if share else KNOWN
    for share in (NOT, WITH_CLITIC, UNVOUCHED, SHORT, WHOLLY)
}


def _rows() -> bytes:
    """The words of languages.tsv, each with the number of its row among all different ones, and those rows."""
    rows = {word: "\t".join(languages) for word, *languages in read_tsv(dictionary_folder() / "languages.tsv")}
    numbers = {row: number for number, row in enumerate(dict.fromkeys(rows.values()))}
    row_of = {word: numbers[row] for word, row in rows.items()}
    return flat.joined(*flat.table(row_of), flat.words(numbers))


def _weights(row: str) -> dict[str, float]:
    """The languages of a row of languages.tsv, each with its weight."""
    weights = [language.partition(" ") for language in row.split("\t")]
    return {language: int(tenths or 0) / 10 for language, _, tenths in weights}


def ordinary_forms(lexicon: Lexicon) -> Iterator[str]:
    """Yield all that Indonesian news has: names too."""
    return chain(lexicon.words, lexicon.standard, lexicon.protected, map(str.capitalize, lexicon.names))


@kernel.primitive
class EvidenceSums:
    """Adds up what the words of texts say, each weighed once in a process."""

    def __init__(
        self,
        ordinary: kernel.interfaces.Words,
        evidence: Callable[[str], tuple[float, ...] | None],
        known: tuple[float, ...],
        letters: float,
    ) -> None:
        """ordinary: the words that say `known`, and take so many code points each, with the space behind. evidence: that of
        any other one, as it stands in a text; None of one that says nothing.
        """
        self._ordinary, self._evidence, self._known, self._letters = ordinary, evidence, known, letters
        self._weighed: dict[str, tuple[float, ...] | None] = {}

    def around(
        self, text: str, start: int, end: int, near: int, few: int, short_line: int
    ) -> tuple[int, int, bool, bool, bool] | None:
        """Find the bounds of what is so many code points `near` [start, end) in its line, or in its quotation there.

        Whether it goes on before and behind them, and whether it is a quotation. None where it goes on, or is longer than
        a `short_line`, and has a capital and less than `few` words that are not ordinary.
        """
        first, last = line_around(text, start, end)
        quotation = quotation_around(text, first, last, start, end)
        first, last = quotation or (first, last)
        is_cut_before, is_cut_behind = start - near > first, end + near < last
        first, last = max(first, start - near), min(last, end + near)
        if is_cut_before or is_cut_behind or last - first > short_line:
            words = self._ordinary.unknown_words(kernel.utf8(text[first:last]))
            count = sum(len(places) for word, places in words.items() if len(word) <= kernel.LONGEST_WORD)
            if count < few and not CAPITALS.isdisjoint(text[first:last]):
                return None
        return first, last, is_cut_before, is_cut_behind, quotation is not None

    def of(
        self,
        text: str,
        least: int,
        slips: frozenset[str],
        is_cut_before: bool,
        is_cut_behind: bool,
        start: int,
        end: int,
    ) -> tuple[float, ...] | None:
        """Add up the evidence of the words of `text`; None where fewer than `least` different ones are not ordinary.

        Left out are words in [start, end), in code points, those beside a hyphen (alun-alun is Indonesian, alun
        Minangkabau), overlong ones, the first and the last where these may be cut, and `slips`, where there are more
        different ones of these than of the other words that speak for another language.
        """
        unknown = self._ordinary.unknown_words(kernel.utf8(text))
        telling = {word: places for word, places in unknown.items() if len(word) <= kernel.LONGEST_WORD}
        if len(telling) < least:
            return None
        if len(self._weighed) > MOST_REMEMBERED:
            self._weighed.clear()
        for word in telling.keys() - self._weighed.keys():
            self._weighed[word] = self._evidence(word)
        mended = slips & telling.keys()
        foreign = [word for word in telling.keys() - mended if (one := self._weighed[word]) is not None and one[0] > 0]
        if len(foreign) < len(mended):
            telling = {word: places for word, places in telling.items() if word not in mended}
            if len(telling) < least:
                return None
        places = sorted((place, word) for word, places in telling.items() for place in places)
        words = [(self._weighed[word], place, place + len(word)) for place, word in places]
        size, count, sums = len(text), 0, [0.0] * len(self._known)
        for evidence, place, stop in words:
            if evidence is None or start <= place < end or "-" in (text[place - 1 : place], text[stop : stop + 1]):
                continue
            if (place == 0 and is_cut_before) or (stop == size and is_cut_behind):
                continue
            count += 1
            sums = list(map(add, sums, evidence))
        known = (size - (end - start)) / self._letters - count
        return tuple([total + known * each for total, each in zip(sums, self._known, strict=True)])


class WordEvidence:
    """Finds the words of a text that speak for a language, and weighs them."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    @lazy
    def _index(self) -> tuple[Mapping[str, int], list[dict[str, float]]]:
        """The words of languages.tsv, and what each says: the number of one of the weights by language behind them."""
        words, numbers, rows = flat.parts_of(cached("languages.bin", load().shipped, _rows))
        return kernel.Table(words, numbers), list(map(_weights, flat.split(rows)))

    @lazy
    def ordinary(self) -> kernel.Words:
        """All that Indonesian news has and no other language: names too."""
        return kernel.Words((), word_list(self._lexicon, "ordinary.bin", (), ordinary_forms, self._index[0]), self._index[0])

    def telling_words(self, text: str) -> Mapping[str, list[int]]:
        """Find the words of a text that are not ordinary, and so speak for a language, with their offsets in code points."""
        return self.ordinary.unknown_words(kernel.utf8(text))

    def languages(self, word: str) -> Mapping[str, float]:
        """The languages that a lower-case word tells, and how strongly."""
        numbers, weights = self._index
        number = numbers.get(word)
        return {} if number is None else weights[number]

    def listed(self, word: str) -> Evidence | None:
        """The evidence of a lower-case word that languages.tsv has."""
        return self._weigh(word) if word in self._index[0] else None

    def evidence(self, word: str) -> Evidence | None:
        """Return the evidence of a word, as it stands in a text; None for a name, and for a doubled word."""
        low = word.lower()
        return self._weigh(low) if " " not in word and (word == low or low in self._index[0]) else None

    def _weigh(self, word: str) -> Evidence:
        weights, by_default = self.languages(word), BY_STRANGENESS[self._strangeness(word)]
        if today(word, self._lexicon.words, self._lexicon.roots):
            by_default = by_default._replace(old=RESPELLED)
        if not weights:
            return by_default
        if "indonesian" in weights:
            return KNOWN._replace(malay=NOT_MALAY)
        own = {language: weight for language, weight in weights.items() if language in VARIETIES}
        regional = [weight for language, weight in weights.items() if language not in VARIETIES]
        if regional:
            own["other"] = max(*regional, by_default.other)
        return by_default._replace(**own)

    def _strangeness(self, word: str) -> float:
        """Return how surely a word is none of Indonesian news: a key of BY_STRANGENESS."""
        lexicon = self._lexicon
        words = lexicon.words
        if word in words or word in lexicon.standard or word in lexicon.protected:
            return NOT
        if word[:2] in ("di", "ke", "se") and word[2:] in words:
            return NOT
        if len(word) < 3:
            return SHORT
        if word.endswith(CLITICS) and any(word.endswith(clitic) and word[: -len(clitic)] in words for clitic in CLITICS):
            return WITH_CLITIC
        return UNVOUCHED if lexicon.rare.get(word, 0) + lexicon.unverified.get(word, 0) > ORDINARY else WHOLLY
