"""The lexicon: words and their counts, names, mastheads, rewrites and protected words, read from dictionaries/.

Start reading at `Lexicon`, which says what is in it. learned.py adds what `normalize learn` found in a dump, own.py the
user's words; attestations.py has the lists that speak for other words, commas.py where marks stand between words.
reliability.py and confidence.py read how sure edits are, index_cache.py keeps what is built from the dictionaries, laid out
by flat.py.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from .. import kernel
from . import flat
from .index_cache import FORM, cached


class Masthead(NamedTuple):
    """An outlet: its name as it writes it, and its domain ("" where none is known)."""

    name: str
    domain: str
    kind: str = "word"  # coined: nobody's word; word: an ordinary word or name too; other: near an outlet's, stays
    forms: tuple[str, ...] = ()  # other right ways to write it: "KOMPAS.com", "TribunLampung.co.id"


class Copy(NamedTuple):
    """The reading that other texts have at a place where one may have a slip, a wrong date or a hole."""

    kind: str  # "word", "date" or "hole"
    found: str  # what stands there; "" for a hole
    meant: str  # what most of the others have
    votes: int  # texts that have that
    against: int  # texts that have what was found
    source: str  # where one of the others is


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The dictionaries, read. Words and parts of names are keyed in lower case. Hashed by identity."""

    words: Mapping[str, int]  # words right beyond doubt -> uses as a common word in the counted corpus
    rare: Mapping[str, int]  # right as such, but far rarer than a word one slip away -> uses
    unverified: Mapping[str, int]  # counted, but vouched for by nothing, near something far more frequent -> uses
    roots: Collection[str]  # stems that affixes may be put to
    names: Mapping[str, int]  # parts of names -> uses capitalised inside a sentence in the counted corpus
    mastheads: tuple[Masthead, ...]
    joins: Mapping[str, frozenset[str]] = field(default_factory=dict)  # prefix -> the rests that are one word with it
    rewrites: Mapping[str, str] = field(default_factory=dict)  # a slip whatever stands around it -> the word meant
    standard: Mapping[str, str] = field(default_factory=dict)  # a spelling that is merely not standard -> the standard one
    repeats: Mapping[str, str] = field(default_factory=dict)  # a word that stands twice -> meant "once" or with a "hyphen"
    protected: frozenset[str] = frozenset()  # never touched, never offered
    roster: Mapping[str, int] = field(default_factory=dict)  # full names of bylines learnt from a dump -> texts
    boilerplate: Mapping[str, int] = field(default_factory=dict)  # lines learnt from a dump -> texts that have them
    copies: Mapping[str, Copy] = field(default_factory=dict)  # surroundings of a place in a dump -> what its copies have
    own_rewrites: Mapping[str, str] = field(default_factory=dict)  # of the user -> what each leads to
    uses: int = 0  # of all words
    version: str = ""  # hash of all dictionary files, of what was learnt, and of the user's own words
    shipped: str = ""  # checksums of the hashes of the dictionary files and the form of indexes: these are kept by it

    @property
    def is_shipped(self) -> bool:
        """Whether nothing was added to the shipped dictionaries, so that their kept indexes hold."""
        return "+" not in self.version

    def is_rather_a_name(self, word: str, times: float = 1) -> bool:
        """Whether a lower-case word was counted as a name more than `times` times as often as a word."""
        return self.names.get(word, 0) > times * self.words.get(word, 0)


def dictionary_folder() -> Path:
    """Find the shipped dictionaries: inside an installed package, beside it in a source tree."""
    package = Path(__file__).parent.parent
    inside = package / "dictionaries"
    return inside if inside.is_dir() else package.parent / "dictionaries"


def read_tsv(path: Path) -> list[list[str]]:
    """Read the rows of a dictionary file, comment lines ("#") left out."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _words() -> bytes:
    """The long tables of the dictionaries, as load() reads them."""
    import hashlib  # which loads OpenSSL: an index is built once

    words: dict[str, int] = {}
    rare: dict[str, int] = {}
    unverified: dict[str, int] = {}
    roots: dict[str, int] = {}
    names = {name: int(count) for name, count in read_tsv(dictionary_folder() / "names.tsv")}
    by_status = {"root": words, "right": words, "rare": rare, "unverified": unverified}
    for word, count, status in read_tsv(dictionary_folder() / "words.tsv"):
        by_status[status][word] = int(count)
        if status == "root":
            roots[word] = int(count)
    tables = [part for counts in (words, rare, unverified, names, roots) for part in flat.table(counts)]
    for table in ("standard.tsv", "rewrites.tsv"):
        typed, meant, _ = zip(*read_tsv(dictionary_folder() / table), strict=True)
        tables += flat.words(typed), flat.words(meant)
    version = hashlib.sha256((dictionary_folder() / "MANIFEST.tsv").read_bytes()).hexdigest()[:16]
    return flat.joined(*tables, str(sum(words.values())).encode(), version.encode())


@cache
def load() -> Lexicon:
    """Read the shipped lexicon, once per process."""
    folder = dictionary_folder()
    form = FORM + bytes(bool(kernel.compiled)) + (folder / "MANIFEST.tsv").read_bytes()
    shipped = f"{zlib.crc32(form):08x}{zlib.adler32(form):08x}"
    kernel.seed_hashes(bytes(cached("seed.bin", shipped, lambda: os.urandom(8))))
    *tables, uses, version = flat.parts_of(cached("words.bin", shipped, _words))
    counted, rewriting = tables[:10], tables[10:]
    words, rare, unverified, names, roots = map(kernel.Table, counted[::2], counted[1::2])
    standard, rewrites = map(flat.mapping, rewriting[::2], rewriting[1::2])
    joins: dict[str, set[str]] = {}
    for prefix, rest, _ in read_tsv(folder / "joins.tsv"):
        joins.setdefault(prefix, set()).add(rest)
    mastheads = tuple(
        Masthead(name, domain, kind, tuple(filter(None, forms.split("|"))))
        for name, domain, _, kind, forms in read_tsv(folder / "mastheads.tsv")
    )
    return Lexicon(
        words=words,
        rare=rare,
        unverified=unverified,
        roots=roots,
        names=names,
        joins={prefix: frozenset(rests) for prefix, rests in joins.items()},
        rewrites=rewrites,
        standard=standard,
        repeats=dict(read_tsv(folder / "repeats.tsv")),
        protected=frozenset(word for (word,) in read_tsv(folder / "protected.tsv")),
        mastheads=mastheads,
        uses=int(bytes(uses)),
        version=bytes(version).decode(),
        shipped=shipped,
    )


def word_list(
    lexicon: Lexicon, index: str, firsts: Iterable[str], forms: Callable[[Lexicon], Iterable[str]], but: kernel.WordList
) -> kernel.WordList:
    """List `firsts` and the forms of a lexicon, but some words, for the kernel; packed and kept as `index` where nothing was
    added, the most used first: so words that share a bucket are looked at.
    """
    if not lexicon.is_shipped:
        return chain(firsts, forms(lexicon))

    def uses(form: str) -> int:
        return max(lexicon.words.get(form, 0), lexicon.names.get(form.lower(), 0))

    def build() -> bytes:
        return kernel.packed(chain(firsts, sorted(forms(lexicon), key=uses, reverse=True)), but)

    return cached(index, lexicon.shipped, build)
