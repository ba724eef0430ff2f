"""The hot loop's primitives, each compiled (c/module.c) where the package was built with a C compiler, else in Python.

Start reading at interfaces.py, which says what they promise; pure.py has the definitions; choice.py takes one or the other.
"""

from . import interfaces
from .choice import compiled, definitions, primitive
from .interfaces import LONGEST_TYPED, LONGEST_WORD, OFTEN, BytePattern, CharPattern, Neighbours, WordList
from .pure import (
    Literals,
    Pairs,
    Parts,
    PatternFinder,
    SlipSearch,
    Suspects,
    Table,
    Words,
    beyond_ascii,
    each,
    lost_commas,
    marks,
    packed,
    seed_hashes,
    utf8,
)

__all__ = [
    "LONGEST_TYPED",
    "LONGEST_WORD",
    "OFTEN",
    "BytePattern",
    "CharPattern",
    "Literals",
    "Neighbours",
    "Pairs",
    "Parts",
    "PatternFinder",
    "SlipSearch",
    "Suspects",
    "Table",
    "WordList",
    "Words",
    "beyond_ascii",
    "compiled",
    "definitions",
    "each",
    "interfaces",
    "lost_commas",
    "marks",
    "packed",
    "primitive",
    "seed_hashes",
    "utf8",
]
