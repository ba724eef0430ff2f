"""Morphology: how Indonesian builds words, with affixes and clitics around a stem, with the nasal changes of me- and pe-.

After Alwi et al., "Tata Bahasa Baku Bahasa Indonesia" (3rd ed.), ch. 4-7. With it a word that was never counted can be known
to be right: affixes around a known root. Start reading at `analyses`.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Sequence
from typing import NamedTuple

from .. import kernel


class Analysis(NamedTuple):
    """An analysis of a word: prefix + stem + suffix + clitics, each as it is listed below, "" where there is none."""

    prefix: str
    stem: str
    suffix: str
    clitic: str


# What may stand behind a stem and its suffix.
CLITICS = ("", "nya", "ku", "mu", "lah", "kah", "pun", "nyalah", "nyakah", "nyapun", "kulah", "mulah")

_ENCLITICS = CLITICS[1:]

# Prefix -> the suffixes it goes with.
CIRCUMFIXES = {
    "": ("", "kan", "i", "an"),
    "me": ("", "kan", "i"),
    "di": ("", "kan", "i"),
    "ter": ("", "kan", "i"),
    "ku": ("", "kan", "i"),
    "kau": ("", "kan", "i"),
    "ber": ("", "an", "kan"),
    "pe": ("", "an"),
    "per": ("", "an", "kan", "i"),
    "ke": ("an", ""),
    "se": ("", "an"),
    "memper": ("", "kan", "i"),
    "diper": ("", "kan", "i"),
    "terper": ("", "kan", "i"),
    "member": ("kan",),
    "diber": ("kan",),
    "keber": ("an",),
    "keter": ("an",),
    "kese": ("an",),
    "ketidak": ("an",),
    "berke": ("an",),
    "pember": ("an",),
    "seper": ("an",),
}
VERBAL = frozenset(("me", "di", "ter", "ber", "memper", "diper", "terper", "member", "diber", "berke"))  # prefixes of verbs
# Bound forms, written together with any word (EYD V, "kata turunan": bentuk terikat).
BOUND_FORMS = (
    "anti",
    "antar",
    "eks",
    "mikro",
    "multi",
    "non",
    "pasca",
    "pra",
    "semi",
    "sub",
    "super",
    "ultra",
    "maha",
    "nir",
)

# The circumfixes by the first letter of the words that may have them.
_BARE = (("", CIRCUMFIXES[""]),)
_CIRCUMFIXES_BY_LETTER = {
    letter: tuple(item for item in CIRCUMFIXES.items() if item[0][:1] in ("", letter))
    for letter in {prefix[0] for prefix in CIRCUMFIXES if prefix}
}

SPOKEN_PREFIXES = ("di", "per", "ber", "ku")  # the prefixes that -in goes with

SHORTEST_STEM = 3  # code points: a choice; shorter stems fit by chance
VOWELS = "aeiou"


def analyses(word: str, stems: Container[str]) -> Iterator[Analysis]:
    """Yield the analyses of a lower-case `word` as affixes around one of `stems`, the word alone included."""
    for clitic in CLITICS if word.endswith(_ENCLITICS) else ("",):
        if not word.endswith(clitic):
            continue
        base = word[: len(word) - len(clitic)]
        for prefix, suffixes in _CIRCUMFIXES_BY_LETTER.get(base[:1], _BARE):
            if not base.startswith(prefix):
                continue
            for rest in _without_prefix(base, prefix):
                for suffix in suffixes:
                    if not rest.endswith(suffix):
                        continue
                    stem = rest[: len(rest) - len(suffix)]
                    if len(stem) >= SHORTEST_STEM and stem in stems:
                        yield Analysis(prefix, stem, suffix, clitic)
    for prefix in BOUND_FORMS if word.startswith(BOUND_FORMS) else ():
        if word.startswith(prefix):
            for analysis in analyses(word[len(prefix) :], stems):
                if len(analysis.stem) > SHORTEST_STEM:
                    yield analysis._replace(prefix=prefix + analysis.prefix)


def _without_prefix(word: str, prefix: str) -> Iterator[str]:
    """Yield what `prefix` may have been put before to give `word`: for me- and pe-, every stem that the nasal allows."""
    rest = word[len(prefix) :]
    if prefix in ("me", "pe"):
        yield from _without_nasal(rest)
    elif not prefix.endswith("r"):
        yield rest
    elif rest[:1] != "r":  # ber + r is be-: berambut
        yield rest
        yield "r" + rest  # berenang


def _without_nasal(rest: str) -> Iterator[str]:
    """Yield the stems that give `rest` behind me- or pe-: mem-baca, me-makai (pakai), men-ulis (tulis), mengecek (cek)."""
    first, second = rest[:1], rest[1:2]
    if first in ("l", "m", "n", "r", "w", "y"):
        yield rest
    if rest.startswith("nge"):
        yield rest[3:]  # mengecek: one-syllable stems
    if rest.startswith("ng"):
        stem = rest[2:]
        if stem[:1] in ("a", "e", "i", "o", "u"):
            yield stem
            yield "k" + stem
        elif stem[:1] in ("g", "h", "k", "q"):
            yield stem
    elif rest.startswith("ny"):
        yield "s" + rest[2:]
    elif first == "n" and second:
        stem = rest[1:]
        if second in VOWELS:
            yield "t" + stem
        elif second in "dcjzst":
            yield stem
    elif first == "m" and second:
        stem = rest[1:]
        if second in VOWELS:
            yield "p" + stem
        elif second in "bfvp":
            yield stem


def is_well_formed(word: str, stems: Container[str]) -> bool:
    """Whether a lower-case `word` has an analysis around one of `stems`."""
    return next(analyses(word, stems), None) is not None


def affixes_around(stems: Collection[str]) -> kernel.interfaces.Affixes:
    """Prepare `is_well_formed` and `analyses` with these stems for many words: in the kernel, where it is compiled."""
    return Affixes(stems, CLITICS, CIRCUMFIXES, BOUND_FORMS, SHORTEST_STEM)


@kernel.primitive
class Affixes:
    """kernel.interfaces.Affixes, of the affixes in this module, which a compiled one is handed."""

    def __init__(
        self,
        stems: Collection[str],
        clitics: tuple[str, ...],
        circumfixes: dict[str, tuple[str, ...]],
        bound: tuple[str, ...],
        shortest: int,
    ) -> None:
        self._stems = stems

    def well_formed(self, word: str) -> bool:
        return _is_short(word) and is_well_formed(word, self._stems)

    def analyses(self, word: str) -> Sequence[tuple[str, str, str, str]]:
        return list(analyses(word, self._stems)) if _is_short(word) else []


def _is_short(word: str) -> bool:
    return len(word.encode("utf-8", "replace")) <= kernel.LONGEST_WORD


def is_colloquial(word: str, stems: Container[str]) -> bool:
    """Whether a lower-case `word` is built as in speech: -in for -kan and -i (dibiayain), a bare nasal for me- (ngambil)."""
    if word.endswith("in") and word[:-2] in stems:
        return True
    if word.endswith("in") and word.startswith(SPOKEN_PREFIXES):
        tails = ("", "i", "kan", "an") if word.endswith("kin") else ("", "i", "kan")
        if any(is_well_formed(word[:-2] + tail, stems) for tail in tails):
            return True
    spoken = word[:-2] if word.endswith("in") else word
    if word.startswith(("ng", "ny")) and is_well_formed("me" + word, stems):
        return True  # ngembangkan
    return word[:1] in ("n", "m") and any(stem in stems and len(stem) > SHORTEST_STEM for stem in _without_nasal(spoken))
