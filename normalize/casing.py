"""The shape of a word's letters, and putting one word into the shape of another."""

from __future__ import annotations


def recase(word: str, like: str) -> str:
    """`word` (given in lower case) in the casing of `like`: ALL CAPITALS, Capitalised, or as it is."""
    if len(like) > 1 and like.isupper():
        return word.upper()
    if like[:1].isupper():
        return word[:1].upper() + word[1:]
    return word
