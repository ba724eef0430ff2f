"""Word boundaries that were lost or put in: dirumah, padahari, ramairamai; di bandingkan, me ngatakan, kembang nya.

Decided by counts: how often the parts stand apart in the counted corpus (44,394 articles, 10.2 million words), and how often
they stand together. The bounds are choices, made before they were measured. The confidences are no higher than was measured
on edits read one by one: those of seeds/read.tsv, in articles that were not counted, and, after the stroke, in collections
of which nothing was counted (one reader):
    spelling.preposition    213 of 216 right / 176 of 181     spelling.joined, di and ke   56 of 58 / 178 of 182
    spelling.reduplication   21 of 21 / 3 of 3                spelling.joined, -nya        19 of 19 / 41 of 41
    spelling.glued            7 of 7 / 33 of 33, "kanada" apart, which names.tsv keeps whole now
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from ..lazy import lazy_pattern
from ..lexicon import Lexicon
from ..tokens import recase
from .context import Context
from .morphology import analyses, is_well_formed
from .place import after, before

PREPOSITIONS = ("di", "ke")
# Prefixes that are no words; and those that are also something else, so that what follows must be no word.
BARE_PREFIXES = frozenset(("mem", "meng", "meny", "ber", "ter", "pem", "peng", "peny"))
LOOSE_PREFIXES = frozenset(("me", "men", "pe", "pen", "se"))
CLITIC = "nya"
SUFFIXES = frozenset(("kan", "an", "i"))  # each is a word, too: speech says "kan", and a page is number i

MIN_APART = 20  # times that "di rumah" must have been counted for "dirumah" to be split
MIN_APART_RATIO = 2  # times as often as "dirumah" that it must have been
MIN_APART_VERBLIKE = 60  # times for what affixes may have made ("dilahan" could be a passive) and was never counted itself
MIN_PAIR, MIN_PAIR_RATIO = 100, 150  # the same two bounds for two words of any kind, which stand side by side by chance
# Confidences.
PARTED, DOUBLED, JOINED, PASSIVE = 0.98, 0.98, 0.97, 0.96
MIN_NAME = 5  # times as a name, from which a word is not parted: a choice
SHORTEST_VERB = 6  # code points of what goes on behind a space: "gunakan" of "disalah gunakan"
MIN_TOGETHER = 20  # times that a word must have been counted for its parts to be joined
# Times that a word must have been counted whose parts are words, too, and at most as often as these meet by chance: me
# lakukan, se bagai, diguna kan. Choices: of 20 in 52 MB above the latter (cipta kan, kirim kan) some were speech.
MIN_WHOLE, BY_CHANCE = 100, 0.08
WHOLE_RATIO = (
    1000  # times as often as the parts that such a word must have been counted, where news has those, too: a choice
)
CLITIC_RATIO = 10  # times as often as "fans nya" that "fansnya" must have been counted for the former to be joined: a choice
CAPITAL_RATIO = 20  # times as often as a name as otherwise that a word must have been counted to be capitalised
SHORTEST_PART, SHORTEST_HALF = 3, 4  # code points: shorter ones are found in any word
SHORTEST_BEFORE_PREPOSITION = 5  # code points: ekonomidi; rusdi is a name
# For "di produksi" and the like, where di is a preposition before a noun, or was torn from a passive.
OF_NOUNS = ("pada", "dari", "dalam", "ke")  # prepositions, but for di
NOUNLIKE = 0.03  # share of a word's uses behind one of these from which it is as good a noun: a choice; konsumsi has 0.04
# What stands before a passive, or behind it, and hardly before or behind a preposition and its noun.
BEFORE_PASSIVES = frozenset(
    """
    yang akan telah sudah belum sedang masih harus bisa dapat perlu tidak tak boleh bakal langsung kembali mulai untuk agar
    supaya jika bila kalau setelah sebelum saat ketika sambil pun juga lalu kemudian segera ini itu tersebut kini tetap
    layak banyak bagaimana terlanjur
    """.split()
)
# What hardly anything but a verb follows: "sudah di isolasi" is a passive, where "yang di isolasi" may be a place.
AUXILIARIES = frozenset("telah sudah akan belum sedang harus bisa dapat perlu tidak tak boleh bakal segera".split())
BEHIND_PASSIVES = frozenset("oleh secara dengan menjadi sebagai untuk kembali telah belum".split())
# Verbs as often as a preposition and its noun, by what stands behind: a mark, or one of these.
ALSO_PASSIVES = frozenset(("dibalik",))
BEHIND_VERBS = BEHIND_PASSIVES | frozenset("agar dan hingga jadi kemudian lagi lalu saja sampai supaya".split())
FUNCTION_WORD = 25_000  # times that a word was counted which says nothing of the one before it: dan, dari, saat
MIN_COMPOUND, MIN_COMPOUND_RATIO = 2, 3  # times that "gelar perkara" was counted; times as often as "digelar perkara"
REDUPLICATED = lazy_pattern(rf"(?:|..|...)(.{{{SHORTEST_HALF},}})\1")  # behind a prefix or none
LONGEST_WORD = 50  # code points: splitting tries every place, and a longer run of letters is no two words


class BoundaryFix(NamedTuple):
    """The split of a word: the rule, the words it becomes, and the confidence."""

    rule: str
    after: str
    confidence: float


class Boundaries:
    """Splits and joins words by the counts of a lexicon."""

    def __init__(self, lexicon: Lexicon, context: Context) -> None:
        self._lexicon = lexicon
        self._context = context
        self.is_joined = lru_cache(maxsize=65536)(self._is_joined)

    def split(self, word: str) -> BoundaryFix | None:
        """Split a lower-case `word` that is not in the lexicon; None where it stays one word."""
        if len(word) > LONGEST_WORD or word in self._lexicon.protected:
            return None
        first = self._preposition(word) if word[:2] in PREPOSITIONS else None
        return first or self._reduplication(word) or self._glued(word)

    def _preposition(self, word: str) -> BoundaryFix | None:
        """Part one of PREPOSITIONS from its word: dirumah -> di rumah."""
        first, rest = word[:2], word[2:]
        if len(rest) < SHORTEST_PART:
            return None
        apart, together = self._context.pair(first, rest), self._lexicon.unverified.get(word, 0)
        if apart < MIN_APART or apart < MIN_APART_RATIO * together:
            return None
        if not together and apart < MIN_APART_VERBLIKE and is_well_formed(word, self._lexicon.roots):
            return None  # perhaps a passive never seen
        if first == "ke" and any(a.prefix == "ke" and a.suffix == "an" for a in analyses(word, self._lexicon.roots)):
            return None  # kelapangan: a noun as good as "ke lapangan"
        return BoundaryFix("spelling.preposition", f"{first} {self._as_name(rest)}", PARTED)

    def _as_name(self, word: str) -> str:
        """Capitalise `word` where it is all but always a name."""
        return word.capitalize() if self._lexicon.names.get(word, 0) > CAPITAL_RATIO * self._context.count(word) else word

    def _reduplication(self, word: str) -> BoundaryFix | None:
        """Put the hyphen into a doubled word: ramairamai -> ramai-ramai; inside affixes too: bersamasama."""
        if len(word) < 2 * SHORTEST_HALF or not REDUPLICATED.match(word):  # nearly all words
            return None
        words = self._lexicon.words
        for start in (0, 2, 3):
            for size in range((len(word) - start) // 2, SHORTEST_HALF - 1, -1):
                half = word[start : start + size]
                if half == half[: size // 2] * 2:
                    continue  # hehehehe
                if half == word[start + size : start + 2 * size] and words.get(half, 0) >= MIN_TOGETHER:
                    head, tail = word[:start], word[start + 2 * size :]
                    if head in ("", "ber", "se", "ter", "ke") and tail in ("", "nya", "an", "lah", "annya"):
                        if is_well_formed(word, self._lexicon.roots):
                            return None  # tersingsing: ter- before singsing
                        return BoundaryFix("spelling.reduplication", f"{head}{half}-{half}{tail}", DOUBLED)
        return None

    def _glued(self, word: str) -> BoundaryFix | None:
        """Part two words that often stand side by side: padahari -> pada hari."""
        cuts = self._context.splits(word, MIN_PAIR)
        if not cuts:  # nearly all words
            return None
        words, together = self._lexicon.words, self._lexicon.unverified.get(word, 0)
        best, parts = 0, ("", "")
        for cut in cuts:
            left, right = word[:cut], word[cut:]
            if cut < 2 or left not in words or right not in words:
                continue
            if len(right) < SHORTEST_PART and (right not in PREPOSITIONS or cut < SHORTEST_BEFORE_PREPOSITION):
                continue
            if (pair := self._context.pair(left, right)) > best:
                best, parts = pair, (left, right)
        if best < max(MIN_PAIR, MIN_PAIR_RATIO * together) or is_well_formed(word, self._lexicon.roots):
            return None
        if self._lexicon.names.get(word, 0) > MIN_NAME:
            return None  # kanada
        return BoundaryFix("spelling.glued", " ".join(map(self._as_name, parts)), PARTED)

    def is_torn_verb(self, low: str, right: str) -> bool:
        """Whether a verb goes on behind the space (disalah gunakan, dinomor satukan), or lost its -i (diawal dengan)."""
        words = self._lexicon.words
        if right.endswith("kan") and (low + right in words or (len(right) >= SHORTEST_VERB and right[:-3] in words)):
            return True
        return right in ("dengan", "oleh") and low + "i" in words

    def is_verb_here(self, low: str, behind: str) -> bool:
        """Whether a word that looks like di and a noun is a passive, for the word `behind` it, "" for a mark: dibalik."""
        return low in ALSO_PASSIVES and (not behind.isalpha() or behind in BEHIND_VERBS)

    def is_place(self, before: str, rest: str, behind: str) -> bool:
        """Whether di before `rest` may be the preposition, by the words around: di gelar perkara, di kubur Lazarus."""
        pair, count, verb = self._context.pair, self._context.count, "di" + rest
        if verb in self._lexicon.roots and rest in self._lexicon.words:
            return True  # di rektorat
        compound = pair(rest, behind) if count(behind) < FUNCTION_WORD else 0
        if compound >= MIN_COMPOUND and compound >= MIN_COMPOUND_RATIO * pair(verb, behind):
            return True
        if before in BEFORE_PASSIVES or behind in BEHIND_PASSIVES:
            return False
        return sum(pair(preposition, rest) for preposition in OF_NOUNS) > NOUNLIKE * count(rest)

    def is_passive(self, before: str, low: str, rest: str) -> float:
        """Return how sure it is that `low` and `rest` are one verb behind `before`; 0.0 where that is no auxiliary."""
        return PASSIVE if before in AUXILIARIES and self._may_be_passive(low, rest) else 0.0

    def may_be_joined(self, low: str, rest: str) -> bool:
        """Whether `low` and `rest` are one word wherever they stand side by side, or behind an auxiliary."""
        return bool(self.is_joined(low, rest)) or self._may_be_passive(low, rest)

    def _may_be_passive(self, low: str, rest: str) -> bool:
        """Whether `low`, where it is di, and `rest` were counted as one verb more often than apart."""
        verb = low + rest
        if low != "di" or verb in self._lexicon.roots:
            return False
        return self._lexicon.words.get(verb, 0) > max(1, self._context.pair(low, rest))

    def moved_space(self, text: str, word: str, start: int) -> tuple[int, str, str] | None:
        """Move the space beside `word`, which stands at `start`; returns where two words begin, as typed and as meant.

        dih adapan -> di hadapan, informasid an -> informasi dan.
        """
        end = start + len(word)
        left, right = before(text, start), after(text, end)
        known = self._lexicon.words
        pairs = []
        if text[start - 1 : start] == " " and left.isalpha() and (len(left) == 1 or left not in known):
            pairs.append((start - 1 - len(left), left, word))
        if text[end : end + 1] == " " and right.islower() and (len(right) <= 2 or right not in known):
            pairs.append((start, word, right))
        for at, first, second in pairs:
            if parts := self.shifted(first.lower(), second):
                return at, f"{first} {second}", " ".join((recase(parts[0], first), *parts[1:]))
        return None

    def shifted(self, left: str, right: str) -> tuple[str, ...]:
        """Move the space between `left` and `right` (lower case) by a letter, where that makes known words, or take it out
        where they are one; else return ().

        dih adapan -> di hadapan; t ertulis -> tertulis; perkem bangan -> perkembangan.
        """
        words = self._lexicon.words
        for first, second in ((left[:-1], left[-1:] + right), (left + right[:1], right[1:])):
            if first in words and second in words and self._context.pair(first, second) >= MIN_APART:
                return first, second
        return (left + right,) if self._is_torn(left, right) else ()

    def _is_torn(self, left: str, right: str) -> bool:
        """Whether `left` and `right` are one word, torn where a line ended: penyim panan, la kukan, t ertulis."""
        together, known = self._lexicon.words.get(left + right, 0), self._lexicon.words
        if together < MIN_TOGETHER or self._context.pair(left, right):
            return False
        if all(is_well_formed(half, self._lexicon.roots) for half in (left, right)):
            return False  # perkereta apian: a compound, which rules/torn.py knows
        if len(left) == 1 or (len(right) == 1 and len(left) >= SHORTEST_HALF):  # not "vis a vis"
            return True
        return all(known.get(half, 0) <= min(together, FUNCTION_WORD) for half in (left, right))

    def _is_joined(self, left: str, right: str) -> float:
        """Return how sure it is that two lower-case neighbours are one word; 0.0 where they are two."""
        words, both = self._lexicon.words, left + right
        if left in PREPOSITIONS:
            if right in self._lexicon.joins[left]:
                return JOINED
            if left != "di" or not right.endswith(("kan", "i")) or len(right) <= 5:
                return 0.0  # no passive
            is_noun = right in self._lexicon.roots or self._context.pair(left, right)
            return 0.96 if not is_noun and is_well_formed(both, self._lexicon.roots) else 0.0
        if left in BARE_PREFIXES:
            return JOINED if words.get(both, 0) >= MIN_TOGETHER else 0.0
        if left in LOOSE_PREFIXES and right not in words:
            return 0.97 if words.get(both, 0) >= MIN_TOGETHER else 0.0
        if left in LOOSE_PREFIXES or right in SUFFIXES:
            return 0.97 if self._is_one(left, right) else 0.0
        if right == CLITIC:
            apart = self._context.pair(left, right)
            least = 0 if left in words else MIN_WHOLE  # seharus nya
            if left.endswith(CLITIC) or words.get(both, 0) < max(least, CLITIC_RATIO * apart):
                return 0.0
            return 0.97 if len(left) >= SHORTEST_PART else 0.0
        return 0.0

    def _is_one(self, left: str, right: str) -> bool:
        """Whether two lower-case words are a frequent one, and hardly ever stood side by side, nor would by chance."""
        if self._lexicon.words.get(left + right, 0) < max(MIN_WHOLE, WHOLE_RATIO * self._context.pair(left, right)):
            return False
        return self._context.count(left) * self._context.count(right) <= BY_CHANCE * self._lexicon.uses
