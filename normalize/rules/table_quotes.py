"""Quotes that a table in CSV writes twice, ""Kami siap,"" where its escapes were not undone.

RFC 4180 encloses a field in quotes and doubles each quote inside it.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..lazy import lazy_pattern
from ..rule import Finder, Proposal, Rule
from ..text import Text

_RUNS = lazy_pattern('"+')
_OPENED = lazy_pattern(r'(?<![^\s(])""[^\W_]')


def _doubled(text: Text) -> Sequence[Proposal]:
    """None unless all quotes inside the text are doubled, more than one pair: elsewhere two quotations meet so."""
    string = text.string
    spans = [match.span() for match in _RUNS.finditer(string)]
    enclosing = [(start, end) for start, end in spans if (end - start) % 2 and (start == 0 or end == len(string))]
    inside = len(spans) - sum(end - start == 1 for start, end in enclosing)
    if inside < 2 or any(end - start not in (1, 2, 3) for start, end in spans) or not _OPENED.search(string):
        return ()
    if any(end - start != 2 for start, end in spans if (start, end) not in enclosing):
        return ()
    return [Proposal(end - (end - start + 1) // 2, end, "", DOUBLED.name, DOUBLED.confidence) for start, end in spans]


DOUBLED = Rule(
    name="characters.doubled-quote",
    doc="""Write once the quotes that a table wrote twice, and drop the two that enclosed the whole text.""",
    trigger=('""',),
    changes={
        'Ia berkata, ""Kami siap."" Ia pergi. ""Besok,"" katanya.': 'Ia berkata, "Kami siap." Ia pergi. "Besok," katanya.',
        '"Kata dia, ""Kami siap."" Kasus ""itu"" selesai."': 'Kata dia, "Kami siap." Kasus "itu" selesai.',
        '"""Kami siap,"" kata Budi. Ia ""pulang""."': '"Kami siap," kata Budi. Ia "pulang".',
    },
    keeps=(
        'Ia berkata, "Kami lelah." "Lalu kami pulang," katanya. Kata ""itu"" dan ""ini"" ditulis dua kali.',
        'Tulis nama = "" lalu kota = "".',
    ),
)

FINDERS = (Finder((DOUBLED,), _doubled, looks_far=True),)
