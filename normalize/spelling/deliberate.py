"""Forms that are written so on purpose: chat, Arabic formulas, Roman numerals, English, the vowels of speech."""

from __future__ import annotations

import re

from ..lazy import lazy_pattern
from .channel import slip

COLLOQUIAL = lazy_pattern(r"[^aeiou]in$|(.)\1$")
ROMAN = lazy_pattern(r"(?=..)(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
# Spellings of sounds that Arabic and Latin lent, or of before 1972; and those of today.
LENT = "sy s, sh s, sh sy, dh d, th t, kh k, kh h, dz z, q k, ff f, ph f, dj j, tj c"
LENT_SOUNDS = tuple(tuple(pair.split()) for pair in LENT.split(", "))
HAS_LENT = lazy_pattern("|".join(dict.fromkeys(lent for lent, _ in LENT_SOUNDS)))
# Vowels of speech, for a and u: anggep, jatoh, siape, tantangin.
SPOKEN = lazy_pattern(r"[eo](?=[^aeiou]+(?:nya)?$)|e$|i(?=n$)")
# Arabic formulas, spelt in many ways: wallahualam, innailaihi.
FORMULA = lazy_pattern("[aiu]ll+[ao]h|rr+[ao]h+man|in+a.*ilai")
SHORTEST_VOWELLESS, LONGEST_VOWELLESS = 2, 5  # letters
VOWELLESS = lazy_pattern(rf"[bcdfghjklmnpqrstvwxz]{{{SHORTEST_VOWELLESS},{LONGEST_VOWELLESS}}}")  # yg, tdk, dgn
# Abbreviations of edited news: they have no vowels either, but are no chat.
NO_CHAT = {
    "cc",
    "cm",
    "cs",
    "dkk",
    "dll",
    "dr",
    "gr",
    "hp",
    "kg",
    "km",
    "mdpl",
    "ml",
    "mm",
    "nbsp",
    "pt",
    "rp",
    "sh",
    "st",
    "tv",
    "vs",
}


def is_vowelless(word: str) -> bool:
    """Whether a lower-case word has no vowel, and is short."""
    return len(word) <= LONGEST_VOWELLESS and VOWELLESS.fullmatch(word) is not None


def is_contracted(typed: str, meant: str) -> bool:
    """Whether `typed` is `meant` with a vowel left out: trnyata."""
    one = slip(typed, meant)
    return one is not None and one[0] == "omitted" and one[2] in "aiueo"


def is_formula(word: str) -> bool:
    """Whether a lower-case word is of a formula in Arabic."""
    return ("ll" in word or "rr" in word or "ilai" in word) and FORMULA.search(word) is not None


def is_roman(word: str) -> bool:
    """Whether a lower-case word is a Roman numeral below 90."""
    return ROMAN.fullmatch(word) is not None


def respellings(typed: str) -> set[str]:
    """Return the words of which `typed` is the form in speech (anggep), or in English (doorprizes, profesionalism), or which
    differ from it only in how a lent or old sound is written: disyahkan, liquiditas, gadjah. A letter of it typed twice is a
    slip: khhas.
    """
    found = set[str]()
    if HAS_LENT.search(typed):
        for lent, plain in LENT_SOUNDS:
            if lent in typed and lent[0] + lent not in typed and lent + lent[-1] not in typed:
                found.add(typed.replace(lent, plain))
    found.add(_as_written(typed))
    if typed.endswith("s") and not typed.endswith("ss"):  # petugass has a letter twice
        found.add(typed[:-1])
    elif typed.endswith("ism"):
        found.add(typed + "e")
    return found


def _as_written(typed: str) -> str:
    """Replace the vowels of speech by the written ones: anggep -> anggap."""
    return SPOKEN.sub(_written_vowel, typed) if "e" in typed or "o" in typed or "in" in typed else typed


def _written_vowel(vowel: re.Match[str]) -> str:
    return "u" if vowel[0] == "o" else "a"
