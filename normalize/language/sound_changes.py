"""How languages near to Indonesian say its words: Minangkabau untuak for untuk, Sundanese tarima for terima, Javanese taun.

Such a form is a letter or two from the Indonesian word, as a slip is; but slips do not go by vowels. The correspondences are
those of common words of each language; the list is not complete.
"""

from __future__ import annotations

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


def is_regional(typed: str, meant: str) -> bool:
    """Whether `typed` is how a neighbouring language has the Indonesian word `meant`; both in lower case."""
    if typed == meant:
        return False
    if typed == meant.replace("h", ""):  # tahun, taun
        return True
    for ending, others in ENDINGS.items():
        for other in others:
            alike = meant.endswith(ending) and typed.endswith(other)
            if alike and _by_vowels(typed[: len(typed) - len(other)], meant[: len(meant) - len(ending)]):
                return True
    return _by_vowels(typed, meant)


def _by_vowels(typed: str, meant: str) -> bool:
    """Whether the words are the same but for vowels that stand for one another."""
    return len(typed) == len(meant) and all(a == b or a in VOWELS.get(b, "") for a, b in zip(typed, meant, strict=True))
