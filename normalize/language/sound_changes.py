"""Indonesian words as neighbouring languages say them: Minangkabau untuak for untuk, Sundanese tarima for terima.

Such a form is a letter or two from the Indonesian word, as a slip is; but slips do not go by vowels. The correspondences are
those of common words of each language; the list is not complete.
"""

from __future__ import annotations

from functools import lru_cache

# Indonesian -> what stands for it there.
VOWELS = {"e": "ao", "a": "oe", "i": "e", "u": "o"}
ENDINGS = {
    "nya": ("nyo", "na", "ne", "e"),
    "uk": ("uak",), "uh": ("uah",), "ung": ("uang",), "ur": ("ua",), "us": ("uih",),
    "ik": ("iak",), "ih": ("iah",), "ing": ("iang",), "ir": ("ia",), "is": ("ih",),
    "at": ("ek",), "as": ("eh",), "ar": ("a",), "al": ("a",), "ap": ("ok",), "ut": ("uik",), "it": ("ik",),
    "kan": ("keun", "ake", "ken", "an"),
    "": ("e", "ne", "na"),
}  # fmt: skip


LONGEST_ENDING = max(map(len, ENDINGS))  # letters


@lru_cache(maxsize=4096)  # a slip is asked about with each that stands near it
def is_regional(typed: str, meant: str) -> bool:
    """Whether `typed` is how a neighbouring language has the Indonesian word `meant`; both in lower case."""
    if typed == meant:
        return False
    if typed == meant.replace("h", ""):  # tahun, taun
        return True
    alike = _alike(typed, meant)
    if alike == len(typed) == len(meant):
        return True
    longest = len(meant)
    stems = range(max(0, longest - LONGEST_ENDING), min(alike, longest) + 1)
    return any(typed[stem:] in ENDINGS.get(meant[stem:], ()) for stem in stems)


def _alike(typed: str, meant: str) -> int:
    """Count the letters that two words have in common at their beginning, but for vowels that stand for one another."""
    count = 0
    for a, b in zip(typed, meant, strict=False):
        if a != b and a not in VOWELS.get(b, ""):
            break
        count += 1
    return count
