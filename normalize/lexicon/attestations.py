"""What speaks for a word that the lexicon does not have as right: the lists that have it, and how many sources do."""

from __future__ import annotations

from pathlib import Path

import msgspec

from . import dictionary_folder, read_tsv
from .index_cache import cached


class Attestations(msgspec.Struct, frozen=True, eq=False):
    """The tables of attested.tsv and families.tsv."""

    roots_in_use: frozenset[str]
    malindo: frozenset[str]
    english: frozenset[str]
    loan: frozenset[str]  # English, and Indonesian too
    variants: dict[str, str]  # spelling that is not standard -> the standard one
    collections: dict[str, int]
    families: dict[str, int]  # root -> uses of words made of it, itself included


def _write(path: Path) -> None:
    rows = read_tsv(dictionary_folder() / "attested.tsv")
    names = "roots_in_use", "malindo", "english", "loan"
    lists = {name: frozenset(row[0] for row in rows if name in row[1].split(",")) for name in names}
    tables = Attestations(
        **lists,
        variants={row[0]: row[2] for row in rows if row[2]},
        collections={row[0]: int(row[3]) for row in rows if row[3] != "0"},
        families={root: int(n) for root, n in read_tsv(dictionary_folder() / "families.tsv")},
    )
    path.write_bytes(msgspec.msgpack.encode(tables))


def load(version: str) -> Attestations:
    """The shipped tables; `version`: that of the dictionaries."""
    return msgspec.msgpack.decode(cached("attestations.msgpack", version, _write), type=Attestations)
