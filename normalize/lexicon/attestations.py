"""The evidence for words that the lexicon does not have as right: the lists and the number of sources that have them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from .. import kernel
from . import dictionary_folder, flat, read_tsv
from .index_cache import cached


class Attestations(NamedTuple):
    """The tables of attested.tsv and families.tsv."""

    roots_in_use: Collection[str]
    malindo: Collection[str]
    english: Collection[str]
    loan: Collection[str]  # English, and Indonesian too
    collections: Mapping[str, int]
    families: Mapping[str, int]  # root -> uses of words made of it, itself included
    variants: Mapping[str, str]  # spelling that is not standard -> the standard one


def _tables() -> bytes:
    rows = read_tsv(dictionary_folder() / "attested.tsv")
    lists = [dict.fromkeys((row[0] for row in rows if name in row[1].split(",")), 1) for name in Attestations._fields[:4]]
    collections = {row[0]: int(row[3]) for row in rows if row[3] != "0"}
    families = {root: int(n) for root, n in read_tsv(dictionary_folder() / "families.tsv")}
    variants = {row[0]: row[2] for row in rows if row[2]}
    tables = [part for counts in (*lists, collections, families) for part in flat.table(counts)]
    return flat.joined(*tables, flat.words(variants), flat.words(variants.values()))


def load(version: str) -> Attestations:
    """The shipped tables; `version`: that of the dictionaries."""
    *tables, typed, standard = flat.parts_of(cached("attestations.bin", version, _tables))
    in_use, malindo, english, loan, collections, families = map(kernel.Table, tables[::2], tables[1::2])
    return Attestations(in_use, malindo, english, loan, collections, families, flat.mapping(typed, standard))
