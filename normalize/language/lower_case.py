"""Text without capitals, where a name looks like any word: `kanada`, `pak primadi`, `kuhp`."""

from __future__ import annotations

from ..lexicon import Lexicon

LONG = 6  # letters: abbreviations are shorter
VERY_LONG = 9  # letters: so are most names
PREFIXES = ("me", "be", "di", "te", "ke", "pe", "se")
SUFFIXES = ("kan", "an", "nya", "i", "lah")


def could_be_a_name(typed: str, meant: str, lexicon: Lexicon, is_sure: bool = False) -> bool:
    """Whether `typed`, which is to become `meant`, both in lower case, may be a name or an abbreviation.

    Names have no affixes of Indonesian: only what is to become a word that has some, or two words, is surely none, and a
    slip that is sure (`is_sure`).
    """
    if typed in lexicon.names or lexicon.is_rather_a_name(meant):
        return True
    if is_sure or " " in typed or " " in meant or not meant.isalpha():
        return False
    affixed = meant.startswith(PREFIXES) or meant.endswith(SUFFIXES)
    return len(typed) < (LONG if affixed and meant not in lexicon.roots else VERY_LONG)
