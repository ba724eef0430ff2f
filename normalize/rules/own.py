"""Rewrites of a user's own, given as a file or a mapping."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import compress

from .. import kernel
from ..lexicon import Lexicon
from ..rule import Finder, Proposal, Rule
from ..spelling.place import occurrences
from ..text import Text

SURE = 1.0  # confidence: whoever asks for an edit wants it


def find_rewrites(text: Text) -> Iterator[Proposal]:
    """Propose the user's rewrites, matched as the rows of rewrites.tsv are."""
    table = text.lexicon.own_rewrites
    if not table:
        return
    forms, sought = _sought(text.lexicon)
    for form in compress(forms, sought.found(text.data)):
        for start, meant in text.corrector.listed(text.string, form, table, list(occurrences(text.string, form))):
            yield Proposal(start, start + len(form), meant, REWRITE.name, SURE)


@lru_cache(maxsize=4)
def _sought(lexicon: Lexicon) -> tuple[list[str], kernel.interfaces.Literals]:
    """The forms in which the rewrites may stand in a text, and what tells which of them do."""
    forms = sorted(
        {form for found in lexicon.own_rewrites for form in (found, found.capitalize() if found.islower() else found)}
    )
    return forms, kernel.Literals([(kernel.utf8(form),) for form in forms])


REWRITE = Rule(
    name="own.rewrite",
    doc="""Make the user's own rewrites, given with --rewrites FILE or Normalizer(rewrites=...).

    It is made before names and spelling are looked at, and again behind them; what it leads to stays. A row is matched as it
    is written, as a whole word or phrase; one in lower case also capitalised at the start of a sentence.""",
    changes={
        "Warga ramai di Pasar Senin Jaya.": "Warga ramai di Pasar Senen Jaya.",
        "Kerjasama itu berlanjut.": "Kerja sama itu berlanjut.",
    },
    keeps=("Ia tiba di pasar senin pagi.", "Kirim ke @kerjasama atau kerjasama.id.", "Bekerjasama saja."),
    trigger=(),
    own=(("Pasar Senin Jaya", "Pasar Senen Jaya"), ("kerjasama", "kerja sama")),
)

REWRITES = Finder((REWRITE,), find_rewrites)
