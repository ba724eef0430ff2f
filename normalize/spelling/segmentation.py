"""Words that stand against each other because a tag, a link or a style between them was dropped: pemimpinmengumumkan.

The parts of an unknown run of letters are found by the counts of words and of pairs of words (Viterbi's search over a bigram
model, as Norvig 2009 parts words), and taken where that reading is far likelier than one unknown word of these letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import chain, pairwise
from math import inf, log

from .. import kernel
from ..kernel import interfaces
from ..lexicon import Lexicon
from ..lexicon.attestations import Attestations
from ..lexicon.index_cache import cached
from ..tokens import recase
from .boundaries import PREPOSITIONS, REDUPLICATED
from .context import Context
from .morphology import BOUND_FORMS, CLITICS, VERBAL, analyses, is_well_formed

# Frequent function words, which no name ends in, and other frequent short words: these alone may be short parts.
FUNCTION_WORDS = frozenset(
    """
    adalah agar akan bahwa bakal bisa dalam dapat dari dengan harus hingga juga karena kepada masih menjadi namun oleh pada
    saat secara sebagai seperti serta setelah sudah telah tersebut tidak untuk yang
    """.split()
)
SHORT_PARTS = FUNCTION_WORDS | frozenset(
    """
    antara atau bagi baru belum dan dua hanya hari ini itu jadi kata kini lalu lebih saja satu tahun tiga
    """.split()
)
# What tells of a name that stands before it, and ends none, as "kini" does (Malaysiakini), "resmi" (Citraresmi) and "ini".
PREDICATES = frozenset(
    """
    akhirnya asal atau belum bikin bukan buka gagal hanya ikut ingin itu jelang justru kalah kembali kontra lalu langsung
    lawan memang menang minta mulai pernah punya raih rupanya selaku selepas sementara sempat siap soal tampil tetap tiba
    turun unggul usai versi
    """.split()
)
# What stands behind a name that the text has elsewhere, but may end another: Hamdan, Rossini.
BEHIND_NAMES = frozenset(
    "antara bagi dan hadir ini itu jadi jelas juga lebih mau pun sebut tak tapi tengah yakni yaitu".split()
)
LAST_ONLY = frozenset(PREPOSITIONS)  # two letters: as the last part, a tag behind it was dropped too
LAST_WORDS = FUNCTION_WORDS | PREDICATES | LAST_ONLY | BEHIND_NAMES  # last parts, whatever their counts
SHORTEST = 4  # letters of any other part
MIN_COUNT = {4: 1_000, 5: 100}  # uses in the counted corpus that a part of so many letters must have
MIN_COUNT_OF_LONG = 20  # and a longer one
# Parts of one word; tikus and sivitas are ends of words that were lent: teoritikus, diversivitas.
_BOUND = "inter intra trans tuna serba ketidak perempat para kontra paleo tikus sivitas"
BOUND = frozenset((*BOUND_FORMS, *_BOUND.split()))
# Words of their own that begin learned ones, too: radioterapi, astrokimia.
COMBINING = frozenset(("astro", "audio", "foto", "kripto", "radio", "turbo", "video"))
# Of English words, no last part of theirs if it is so short: instrumentally; and "-skopi" is no coffee: radioskopi.
FOREIGN_ENDS, LONGEST_END = ("able", "ally", "ities", "ories", "skopi", "ying"), 6  # letters
NAMES_END = "ndari"  # of Javanese women: Wulandari; one letter of it belongs to a word that "dari" may stand against
MOST_USES = 1
MASTHEADS = ("detik", "kompas", "tribun", "tempo", "kumparan", "merdeka", "liputan", "suara")  # and their sections
MOST_PARTS = 4
PREFIXES = ("ketidak", "di", "ke", "se", "ber", "ter", "me", "pe")
LONGEST_PART = 20  # letters
SHORTEST_WHOLE, LONGEST_WHOLE = 8, 50  # letters
ENGLISH_COUNT = 1.0  # uses that an English word is taken to have in the counted corpus
# In nats: how much likelier the parts must be than one word of these letters. Set on the even half of the second corpus.
ENOUGH, ENOUGH_OF_COMMON_WORDS, ENOUGH_WITH_A_FUNCTION_WORD = 56.0, 50.0, 45.0
COMMON = 100  # uses
UNITS = frozenset("dua tiga empat lima enam tujuh delapan sembilan".split())
TENS = frozenset("belas puluh ratus ribu juta miliar triliun".split())
PAIRED = (-3.0, 8.0)  # limits of what a pair of parts says, in nats
MIN_VERB, MIN_LONG_VERB, LONG_VERB = 20, 100, 7  # uses of a verb behind a name, and behind anything; letters of the latter
MIN_NAME, MIN_PLACE = 20, 2_000  # uses as a name of what stands before a verb, and before di and ke
SHORTEST_NAME, SHORTEST_VERB = 4, 6  # letters


def _parts(attested: Attestations) -> bytes:
    """The words that are parts however often they were counted, for the kernel."""
    return kernel.packed(chain(SHORT_PARTS, (word for word in attested.english if len(word) >= SHORTEST)), ())


class Segmentation:
    """Parts runs of letters that are no word. Of lower-case words, but where it says otherwise."""

    def __init__(self, lexicon: Lexicon, context: Context, attested: Attestations, speller: interfaces.Speller) -> None:
        self._lexicon = lexicon
        self._context = context
        self._attested = attested
        self._speller = speller
        self._total = float(lexicon.uses)
        self._weight = lru_cache(maxsize=65536)(self._weigh)
        # Rules out, in the kernel, nearly all words that fall into no parts, or end in none that may stand against a name.
        self.known_parts = kernel.Parts(
            context.pairs,
            cached("parts.bin", lexicon.shipped, partial(_parts, attested)),
            (*[inf] * SHORTEST, *MIN_COUNT.values(), MIN_COUNT_OF_LONG),
            LAST_WORDS,
            (*[inf] * SHORTEST_VERB, MIN_VERB),
            MOST_PARTS,
        )

    def parted(self, word: str) -> str:
        """Put spaces between the words glued together in `word`, lower-case or capitalised; "" where it may be one word."""
        low = word.lower()
        parts = self.parts(low) if word == low else self.behind_a_name(low)
        return recase(" ".join(parts), word) if parts else ""

    def parts(self, word: str) -> Sequence[str]:
        """Part a lower-case `word` into the words glued together in it; () where it may be one word."""
        if not SHORTEST_WHOLE <= len(word) <= LONGEST_WHOLE or not self.known_parts.may_be_parted(word):
            return ()
        if word.startswith(MASTHEADS) or self._is_in_use(word):
            return ()
        if any(word.endswith(clitic) and word[: -len(clitic)] in self._lexicon.words for clitic in CLITICS[1:]):
            return ()  # fotokopinya
        if any(word.startswith(prefix) and word[len(prefix) :] in self._lexicon.words for prefix in PREFIXES):
            return ()  # direformasi
        score, parts = self._best(word)
        if parts and parts[0] in UNITS and parts[1] in TENS:
            return parts  # duapuluh
        if not parts or REDUPLICATED.match(word) or self._speller.within_one_edit(word):
            return ()  # disebutsebut; dibandingakan
        roots = self._lexicon.roots
        may_be_one = parts[-1][:-3] in roots or (parts[-1] != "akan" and is_well_formed(word, roots))
        if parts[-1].endswith("kan") and may_be_one and self.is_verb(parts[0]):
            return ()  # menjualbelikan, mengiramakan
        if parts[-1].endswith("i") and parts[-1][:-1] in roots and parts[-1] not in roots and self.is_verb(parts[0]):
            return ()  # dicampurtangani
        left = word.removesuffix("akan")
        if left != word and (left + "an" in self._lexicon.words or left + "kan" in self._lexicon.words):
            return ()  # penambahakan
        if parts[0][:3] == parts[1][:3] or (len(parts[-1]) <= LONGEST_END and word.endswith(FOREIGN_ENDS)):
            return ()  # warnawarni
        if parts[0] in COMBINING and parts[1] not in SHORT_PARTS and not self.is_verb(parts[1]):
            return ()
        english = [self.may_be_english(part) for part in parts]
        foreign = [part in self._attested.english for part in parts]
        if all(english) or (True, True) in pairwise(foreign):
            return ()  # bestfriend, videoconference; handsanitizer
        enough = ENOUGH
        if not FUNCTION_WORDS.isdisjoint(parts):
            enough = ENOUGH_WITH_A_FUNCTION_WORD
        elif not any(english) and all(self._lexicon.words[part] >= COMMON for part in parts):
            enough = ENOUGH_OF_COMMON_WORDS
        return parts if score + self._speller.trigram_surprisal(word) * len(word) >= enough else ()

    def behind_a_name(self, low: str) -> Sequence[str]:
        """Part a capitalised word, given in lower case, into a name and the word glued to it; () where it may be one name.

        Names are made of nouns and adjectives: only a verb with a prefix or a function word is surely none.
        """
        lexicon = self._lexicon
        if not self.known_parts.has_last(low, SHORTEST_NAME) or low in lexicon.names or self._is_in_use(low):
            return ()
        for cut in range(SHORTEST_NAME, len(low) - 1):
            left, right = low[:cut], low[cut:]
            if left in BOUND or (right == "dari" and low.endswith(NAMES_END)):
                continue
            if right == "dalam" and left in lexicon.words:
                continue  # Telukdalam
            as_name = lexicon.names.get(left, 0)
            if right in LAST_ONLY:
                if as_name >= MIN_PLACE and len(left) > SHORTEST:
                    return self._unless_a_slip(low, left, right)
            elif right in PREDICATES:
                if as_name >= MIN_NAME:
                    return self._unless_a_slip(low, left, right)
            elif right in FUNCTION_WORDS or self.is_verb(right):
                is_long = len(right) >= LONG_VERB and lexicon.words[right] >= MIN_LONG_VERB
                if is_long or max(as_name, lexicon.words.get(left, 0)) >= MIN_NAME:
                    return self._unless_a_slip(low, left, right)
        return ()

    def names_before(self, low: str) -> Sequence[str]:
        """List the names that a capitalised word, given in lower case, may have before what is glued to it: haitidi, haiti.

        They need not be known: it is for a text to tell that one is a name.
        """
        if not self.known_parts.has_last(low, SHORTEST_NAME) or low in self._lexicon.names or self._is_in_use(low):
            return ()
        cuts = [cut for cut in range(SHORTEST_NAME, len(low) - 1) if low[cut:] in LAST_WORDS or self.is_verb(low[cut:])]
        words, names = self._lexicon.words, self._lexicon.names
        return [low[:cut] for cut in cuts if cut > SHORTEST_NAME or words.get(low[:cut], 0) <= names.get(low[:cut], 0)]

    def _unless_a_slip(self, word: str, left: str, right: str) -> Sequence[str]:
        """Two parts of `word`; none where a word is one edit away."""
        return () if self._speller.within_one_edit(word) else (left, right)

    def may_be_english(self, part: str) -> bool:
        """Whether a lower-case word may be English, and no function word of Indonesian."""
        return part not in SHORT_PARTS and (part in self._attested.english or part in self._attested.loan)

    def _is_in_use(self, word: str) -> bool:
        """Whether a word that nothing vouches for was counted more than once, or in several collections of news."""
        return self._lexicon.unverified.get(word, 0) > MOST_USES or self._attested.collections.get(word, 0) > 1

    def is_verb(self, word: str) -> bool:
        """Whether a word is a verb with a prefix, which no name ends in."""
        lexicon = self._lexicon
        if len(word) < SHORTEST_VERB or lexicon.words.get(word, 0) < MIN_VERB or word in lexicon.roots:
            return False
        return any(analysis.prefix in VERBAL for analysis in analyses(word, lexicon.roots))

    def _best(self, word: str) -> tuple[float, tuple[str, ...]]:
        """Find the likeliest parts of `word`, and the log of their probability; none where it has none."""
        size = len(word)
        # By where a part ends, by it and how many there are: the best way there.
        ways: list[dict[tuple[str, int], tuple[float, tuple[str, ...]]]] = [{} for _ in range(size + 1)]
        ways[0]["", 0] = (0.0, ())
        for start in range(size - 1):
            for (last, number), (score, parts) in ways[start].items():
                if number == MOST_PARTS:
                    continue
                for end in range(start + 2, min(size, start + LONGEST_PART) + 1):
                    part = word[start:end]
                    weight = self._weight(part)
                    if weight is None or (part in LAST_ONLY and end < size):
                        continue
                    reached = score + weight + (self._paired(last, part) if last else 0.0)
                    key = (part, number + 1)
                    if key not in ways[end] or ways[end][key][0] < reached:
                        ways[end][key] = (reached, (*parts, part))
        return max((way for (_, number), way in ways[size].items() if number > 1), default=(0.0, ()))

    def _weigh(self, part: str) -> float | None:
        """Return the log probability of a part; None for no part."""
        lexicon, count, size = self._lexicon, self._lexicon.words.get(part, 0), len(part)
        if part in LAST_ONLY or part in SHORT_PARTS:
            return log(count / self._total) if count else None
        if part in BOUND or part in lexicon.protected:
            return None
        if size >= SHORTEST and count >= MIN_COUNT.get(size, MIN_COUNT_OF_LONG):
            return log(count / self._total)
        if size >= SHORTEST and part in self._attested.english:
            return log(max(count, ENGLISH_COUNT) / self._total)
        return None

    def _paired(self, left: str, right: str) -> float:
        """Return the gain in nats for `left` and `right` from how often they stood side by side."""
        expected = self._context.count(left) * self._context.count(right) / self._total
        low, high = PAIRED
        return max(low, min(high, log((self._context.pair(left, right) + 0.5) / (expected + 0.5))))
