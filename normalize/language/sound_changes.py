"""Indonesian words as neighbouring languages say them: Minangkabau untuak for untuk, Sundanese tarima for terima.

Such a form is a letter or two from the Indonesian word, as a slip is; but slips do not go by sounds. The correspondences are
those of common words of each language; the list is not complete.
"""

from __future__ import annotations

from functools import lru_cache

from ..lazy import lazy_pattern

# Indonesian -> what stands for it there.
SOUNDS = {"e": "aoi", "a": "oe", "i": "e", "u": "o", "o": "u", "f": "p", "v": "p"}
PREFIXES = {"ber": "ba", "ter": "ta"}
ENDINGS = {
    "nya": ("nyo", "na", "ne", "e"),
    "uk": ("uak",), "uh": ("uah",), "ung": ("uang",), "ur": ("ua",), "us": ("uih",),
    "ik": ("iak",), "ih": ("iah",), "ing": ("iang",), "ir": ("ia",), "is": ("ih",),
    "at": ("ek",), "as": ("eh",), "ar": ("a",), "al": ("a",), "ap": ("ok",), "ut": ("uik",), "it": ("ik",),
    "kan": ("keun", "ake", "ken", "an", "akan"),
    "": ("e", "ne", "na"),
}  # fmt: skip


LONGEST_ENDING = max(map(len, ENDINGS))  # letters
BROKEN = lazy_pattern(r"(?<=[iu])a(?=ng|[hkr])")  # a vowel of Minangkabau that has become two: suntiangan, rujuakan


@lru_cache(maxsize=4096)  # a slip is asked about with each that stands near it
def is_regional(typed: str, meant: str) -> bool:
    """Whether `typed` is how a neighbouring language has the Indonesian word `meant`; both in lower case."""
    if typed == meant:
        return False
    if _is_sound_change(typed, meant) or (("ia" in typed or "ua" in typed) and BROKEN.sub("", typed) == meant):
        return True
    if "h" in meant and _is_respelt(typed, meant.replace("h", "")):  # tahun, taun; khusus, husus
        return True
    if "kh" in meant and _is_respelt(typed, meant.replace("kh", "h")):
        return True
    other = PREFIXES.get(meant[:3])  # tadeteksi, basamaan
    return other is not None and _is_respelt(typed, other + meant[3:])


def _is_respelt(typed: str, meant: str) -> bool:
    """Whether both are the same but for sounds that stand for one another."""
    return len(typed) == len(meant) == _alike(typed, meant)


def _is_sound_change(typed: str, meant: str) -> bool:
    """Whether `typed` is `meant` with other sounds, or with another ending behind them."""
    alike = _alike(typed, meant)
    if alike == len(typed) == len(meant):
        return True
    first = max(0, len(meant) - LONGEST_ENDING)
    return first <= alike and any(typed[stem:] in ENDINGS.get(meant[stem:], ()) for stem in range(first, alike + 1))


def _alike(typed: str, meant: str) -> int:
    """Count the letters that two words have in common at their beginning, but for sounds that stand for one another."""
    count = 0
    for a, b in zip(typed, meant, strict=False):
        if a != b and a not in SOUNDS.get(b, ""):
            break
        count += 1
    return count
