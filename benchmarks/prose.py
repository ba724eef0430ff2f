"""News that nobody wrote, to measure on: words of the dictionaries as often as they are used, names, slips, and the noise of
the rules' own examples. The same for the same seed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate
from string import ascii_lowercase

from normalize.lexicon import Lexicon, load
from normalize.rules import RULES

SENTENCES = 14  # an article
WORDS = range(6, 22)  # a sentence
NAMES = 0.07  # of the words of a sentence: capitalised
STRANGE_NAMES = 0.2  # of the names: in no list
SLIPS = 0.004  # of the words
NOISE = 0.08  # of the sentences: an example of a rule, changed by it
LOOK_ALIKES = 0.08  # of the sentences: an example of a rule, kept by it
OPENINGS = (
    "JAKARTA, KOMPAS.com - ",
    "TRIBUNNEWS.COM, BANDUNG - ",
    "Liputan6.com, Surabaya - ",
    "Semarang - ",
    "",
)
FRAMES = (
    "{0}.",
    "{0}, {1}.",
    "{0} pada Kamis (24/10/2024), {1}.",
    '"{0}," kata {name} kepada wartawan.',
    "{0} sebanyak 1.250 orang di {name}, {1}.",
    "Menurut {name}, {0} (Rp 2,5 juta).",
    "{0}; {1}, ujar {name}, Senin (21/10/2024).",
)


class Prose:
    """Draws words, sentences and articles."""

    def __init__(self, seed: int = 7, lexicon: Lexicon | None = None) -> None:
        known = lexicon or load()
        self.chance = random.Random(seed)
        self._words, self._weights = _by_use({word: n for word, n in known.words.items() if len(word) > 1})
        self._names, self._name_weights = _by_use({name: n for name, n in known.names.items() if len(name) > 3})
        self._noise = [text for rule in RULES if not rule.opt_in for text in rule.changes]
        self._look_alikes = [text for rule in RULES if not rule.opt_in for text in rule.keeps]

    def words(self, count: int) -> list[str]:
        """Words, each as likely as it is used."""
        return self.chance.choices(self._words, cum_weights=self._weights, k=count)

    def names(self, count: int) -> list[str]:
        """Names of one part, some of which nobody has."""
        parts = [name.capitalize() for name in self.chance.choices(self._names, cum_weights=self._name_weights, k=2 * count)]
        pairs = zip(parts[::2], parts[1::2], strict=True)
        return [one[:4] + other[2:].lower() if self.chance.random() < STRANGE_NAMES else one for one, other in pairs]

    def slip(self, word: str) -> str:
        """A word with one letter left out, put in, replaced, or swapped with the next."""
        i, kind = self.chance.randrange(len(word)), self.chance.randrange(4)
        letter = self.chance.choice(ascii_lowercase)
        head, tail = word[:i], word[i:]
        return (head + tail[1:], head + letter + tail, head + letter + tail[1:], head + tail[1:2] + tail[:1] + tail[2:])[
            kind
        ]

    def clause(self) -> str:
        words = self.words(self.chance.choice(WORDS))
        for i, word in enumerate(words):
            if self.chance.random() < NAMES:
                words[i] = self.names(1)[0]
            elif self.chance.random() < SLIPS and len(word) > 4:
                words[i] = self.slip(word)
        return " ".join(words)

    def sentence(self) -> str:
        drawn = self.chance.random()
        if drawn < NOISE:
            return self.chance.choice(self._noise)
        if drawn < NOISE + LOOK_ALIKES:
            return self.chance.choice(self._look_alikes)
        frame = self.chance.choice(FRAMES)
        text = frame.format(self.clause(), self.clause(), name=self.names(1)[0])
        return text[:1].upper() + text[1:]

    def article(self) -> str:
        return self.chance.choice(OPENINGS) + " ".join(self.sentence() for _ in range(SENTENCES))

    def articles(self, size: int) -> Iterator[str]:
        """Articles of at least `size` code points together."""
        while size > 0:
            article = self.article()
            size -= len(article)
            yield article


def _by_use(counts: dict[str, int]) -> tuple[list[str], list[int]]:
    """Words, and their counts added up, as random.choices wants them."""
    return list(counts), list(accumulate(counts.values()))
