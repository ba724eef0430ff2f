"""The speed of other tools on the same text: spell checkers, and the floors under all.

Each is given what it is made for: word by word or text by text, the same words as ours where it takes any. Loading its
dictionary does not count. Times are user and system time, of programs that are started too.
"""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
import sysconfig
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

from ..lexicon import Lexicon
from ..tokens import WORD, scan

TYPOS = ("--isolated", "--threads", "1")
NUMBER = re.compile(r"\d+(?:\.\d+)+")
SMALLEST = 3000  # code points in a sample, or more; a choice
ENOUGH = 0.7  # CPU seconds that a measurement should take: then start-up and the clock's grain do not matter


class Sample(NamedTuple):
    """Texts drawn evenly from a dump, and the same in a file, a sentence a line: hunspell is quadratic in the line."""

    texts: Sequence[str]
    path: Path
    bytes: int  # of the file


Run = Callable[[Sample], None]


class Peer(NamedTuple):
    """A program or library to compare with."""

    name: str
    does: str
    source: str  # the package, or the program, that must be installed; "" for what Python has
    load: Callable[[Lexicon], Run]

    @property
    def version(self) -> str | None:
        """The version that is installed; None where none is."""
        if not self.source:
            return ""
        try:
            return version(self.source)
        except PackageNotFoundError:
            program = _path(self.source)
        if program is None:
            return None
        printed = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
        return next(reversed(NUMBER.findall(printed.partition("\n")[0])), "")


def _path(program: str) -> str | None:
    """The path of a program: beside this Python, or anywhere on the path."""
    return shutil.which(program, path=sysconfig.get_path("scripts")) or shutil.which(program)


class Speed(NamedTuple):
    """The speed of a peer: bytes of the sample, and the CPU seconds of each turn over it."""

    bytes: int
    seconds: tuple[float, ...]

    @property
    def rate(self) -> float:
        """MB a second, by the median turn."""
        return self.bytes / 1e6 / median(self.seconds)


def cpu_seconds() -> float:
    """User and system time of this process and of all that it started and waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def seconds_of(run: Run, sample: Sample) -> float:
    """The CPU time of one turn."""
    start = cpu_seconds()
    run(sample)
    return cpu_seconds() - start


@contextmanager
def samples(texts: Iterable[str]) -> Iterator[list[Sample]]:
    """Samples of texts, each of about three times the size of the one before, up to all; gone when this is left.

    Lone surrogates become question marks: not everything takes them.
    """
    found = [text.encode("utf-8", "replace").decode() for text in texts]
    size = sum(map(len, found))
    steps = [1]
    while size // steps[-1] > SMALLEST:
        steps.append(steps[-1] * 3)
    with tempfile.TemporaryDirectory(prefix="normalize-") as folder:
        yield [_sample(found[::step], Path(folder, f"{step}.txt")) for step in reversed(steps)]


def _sample(texts: Sequence[str], path: Path) -> Sample:
    with path.open("w", encoding="utf-8", newline="\n") as lines:
        lines.writelines(text.replace(". ", ".\n") + "\n" for text in texts)
    return Sample(texts, path, path.stat().st_size)


def fitting(run: Run, sizes: Sequence[Sample]) -> Sample:
    """The smallest sample that takes `run` long enough to be measured; the largest there is where none does."""
    for sample, larger in pairwise(sizes):
        spent = seconds_of(run, sample)
        if spent >= ENOUGH or (spent > 0.1 and spent * larger.bytes / sample.bytes > 30 * ENOUGH):
            return sample
    return sizes[-1]


def race(entries: Mapping[str, tuple[Run, Sample]], turns: int, report: Callable[[str], None]) -> dict[str, Speed]:
    """Run each entry over its sample, one after the other, `turns` times; `report` is called before every turn."""
    seconds: dict[str, list[float]] = {name: [] for name in entries}
    for turn in range(turns):
        for name, (run, sample) in entries.items():
            report(f"turn {turn + 1} of {turns}: {name}")
            seconds[name].append(seconds_of(run, sample))
    return {name: Speed(sample.bytes, tuple(seconds[name])) for name, (_, sample) in entries.items()}


# --- How each is loaded ----------------------------------------------------------------------------------------------


def each(function: Callable[[str], object]) -> Run:
    """A run that gives `function` one text at a time."""

    def run(sample: Sample) -> None:
        for text in sample.texts:
            function(text)

    return run


def _program(program: str, *options: str, repairs: bool = False) -> Callable[[Lexicon], Run]:
    """A program that takes the file's path as its last argument, or that of a copy, which it repairs."""

    def run(sample: Sample) -> None:
        path = sample.path
        if repairs:
            path = Path(shutil.copyfile(path, path.with_name("copy.txt")))
        command = [_path(program) or program, *options, str(path)]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)

    return lambda lexicon: run


def _decode(lexicon: Lexicon) -> Run:
    def run(sample: Sample) -> None:
        with sample.path.open("rb") as lines:
            for line in lines:
                line.decode()

    return run


def _scan(lexicon: Lexicon) -> Run:
    known = {form.encode() for words in (lexicon.words, lexicon.names) for w in words for form in (w, w.capitalize())}
    return each(lambda text: known_words(text, known))


def known_words(text: str, known: Set[bytes]) -> int:
    """Count the known words of a text without lone surrogates, each looked up: less cannot be done with a text."""
    return sum(map(known.__contains__, scan(text.encode())))


def _words(lexicon: Lexicon) -> dict[str, int]:
    return {**lexicon.names, **lexicon.words}


@cache
def _symspell(lexicon: Lexicon) -> Any:
    from symspellpy import SymSpell
    from symspellpy.editdistance import DistanceAlgorithm, EditDistance

    compiled = find_spec("editdistpy") is not None
    algorithm = DistanceAlgorithm.DAMERAU_OSA_FAST if compiled else DistanceAlgorithm.DAMERAU_OSA
    speller = SymSpell(2, 7, distance_comparer=EditDistance(algorithm))
    for word, count in _words(lexicon).items():
        speller.create_dictionary_entry(word, count)
    return speller


def _lookup(lexicon: Lexicon) -> Run:
    from symspellpy import Verbosity

    lookup = _symspell(lexicon).lookup
    return each(lambda text: [lookup(word, Verbosity.TOP, 2) for word in WORD.findall(text.lower())])


def _lookup_compound(lexicon: Lexicon) -> Run:
    compound = _symspell(lexicon).lookup_compound
    return each(lambda text: compound(text.lower(), 2))


def _ftfy(lexicon: Lexicon) -> Run:
    from ftfy import fix_text

    return each(fix_text)


def _pyspellchecker(lexicon: Lexicon) -> Run:
    from spellchecker import SpellChecker

    speller = SpellChecker(language=None)
    speller.word_frequency.load_json(_words(lexicon))
    return each(lambda text: [speller.correction(word) for word in WORD.findall(text.lower())])


def _basa(lexicon: Lexicon) -> Run:
    from basa import normalize

    return each(lambda text: normalize(text, lowercase=False))


PEERS: tuple[Peer, ...] = (
    Peer("read and decode", "a floor: the file's lines, decoded", "", _decode),
    Peer("scan and look up", "a floor: split into words, each looked up in a set", "", _scan),
    Peer("typos", "finds English misspellings, says nothing", "typos", _program("typos", *TYPOS, "--format", "silent")),
    Peer("typos, log", "finds and lists them as JSON", "typos", _program("typos", *TYPOS, "--format", "json")),
    Peer("typos, repair", "repairs the file", "typos", _program("typos", *TYPOS, "-w", repairs=True)),
    Peer("codespell", "finds and lists English misspellings", "codespell", _program("codespell")),
    Peer("ftfy", "mends mojibake", "ftfy", _ftfy),
    Peer("basa", "expands slang, evens out punctuation", "basa", _basa),
    Peer("symspellpy lookup", "the nearest known word for each word, 2 edits", "symspellpy", _lookup),
    Peer("symspellpy lookup_compound", "the nearest known words for each text", "symspellpy", _lookup_compound),
    Peer("pyspellchecker", "the nearest known word for each word, 2 edits", "pyspellchecker", _pyspellchecker),
    Peer(
        "hunspell -l", "lists unknown Indonesian words", "hunspell", _program("hunspell", "-l", "-d", "id_ID", "-i", "utf-8")
    ),
)


def installed() -> list[Peer]:
    """The peers that are here."""
    return [peer for peer in PEERS if peer.version is not None]
