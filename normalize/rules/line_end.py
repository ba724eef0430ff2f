"""Words that were divided at a line's end, and kept the hyphen when the lines were joined: "pemer- intah"."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase

from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..spelling.place import before, is_tied
from ..text import Text

# The hyphen stands against the first half; the second may have a clitic.
DIVIDED = lazy_pattern(r"-(?<=[a-z]{2}-)[ \n](?=([a-z]{2,})(?![\w-]))")
CLITIC = lazy_pattern(r"(?<=[a-z]{2})nya\Z")
MIN_TOGETHER = 20  # uses in the counted corpus of the whole word: a choice


def find_divided(text: Text) -> Iterator[Proposal]:
    """Yield the hyphens, with the space or the line's end behind them."""
    string, words = text.string, text.lexicon.words
    for match in DIVIDED.finditer(string):
        hyphen, right = match.start(), match[1]
        left = before(string, hyphen)
        start, end, low = hyphen - len(left), match.end(1), left.lower()
        if not left.isalpha() or not left[1:].islower() or string[start - 1 : start] == "-" or is_tied(string, start, end):
            continue
        whole, bare = low + right, CLITIC.sub("", right)
        if low == bare or text.corrector.pair_count(low, right) or text.corrector.pair_count(low, bare):
            continue  # "kupu- kupu"; "kerja- sama" is two words
        if max(words.get(whole, 0), words.get(low + bare, 0)) >= MIN_TOGETHER and not text.is_foreign(start, end, whole):
            yield Proposal(hyphen, match.end(), "", DIVIDED_WORD.name, DIVIDED_WORD.confidence)


DIVIDED_WORD = Rule(
    name="spelling.divided",
    doc="""Join a word that was divided at a line's end, where the news has it as one word and never as two.""",
    changes={
        "Pemer- intah daerah menanggung biaya itu.": "Pemerintah daerah menanggung biaya itu.",
        "Warga menga-\ntakan hal itu di kantornya.": "Warga mengatakan hal itu di kantornya.",
        "Jarak tem- puhnya lima kilometer.": "Jarak tempuhnya lima kilometer.",
    },
    keeps=(
        "Ia menangani pra- dan pascabencana.",
        "Suami- istri itu tinggal di sana- sini.",
        "Kerja- sama itu ditandatangani.",
    ),
    trigger=((ascii_lowercase, "-", " \n", ascii_lowercase),),
)

FINDERS = (Finder((DIVIDED_WORD,), find_divided, looks_far=True),)
