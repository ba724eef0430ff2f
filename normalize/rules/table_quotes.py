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
_CLOSED = lazy_pattern(r'[.,!?…]""')
_PAIR, _MANY = 2, 4  # doubled quotes where one encloses the text, and where none does: chat doubles a few (choices)


def _doubled(text: Text) -> Sequence[Proposal]:
    """None unless all quotes inside the text are doubled: elsewhere two quotations meet so."""
    string = text.string
    runs = [match.span() for match in _RUNS.finditer(string)]
    outer = [run for run in runs if (run[1] - run[0]) in (1, 3) and (run[0] == 0 or run[1] == len(string))]
    doubled = sum(end - start >= 2 for start, end in runs)
    if any(end - start != 2 for start, end in runs if (start, end) not in outer) or not _OPENED.search(string):
        return ()
    if not (outer and doubled >= _PAIR) and not (doubled >= _MANY and _CLOSED.search(string)):
        return ()
    return [Proposal(end - (end - start + 1) // 2, end, "", DOUBLED.name, DOUBLED.confidence) for start, end in runs]


DOUBLED = Rule(
    name="characters.doubled-quote",
    doc="""Write once the quotes that a table wrote twice, and drop the two that enclosed the whole text.""",
    trigger=('""',),
    changes={
        'Ia, ""Kami siap."" Ia pergi. ""Besok,"" katanya.': 'Ia, "Kami siap." Ia pergi. "Besok," katanya.',
        '"Kata dia, ""Kami siap."" Kasus ""itu"" selesai."': 'Kata dia, "Kami siap." Kasus "itu" selesai.',
        '"""Kami siap,"" kata Budi. Ia ""pulang""."': '"Kami siap," kata Budi. Ia "pulang".',
    },
    keeps=(
        'Ia berkata, "Kami lelah." "Lalu kami pulang," katanya. Kata ""itu"" dan ""ini"" ditulis dua kali.',
        'Tulis nama = "" lalu kota = "". Tas yang ""KW"" dan yang ""asli"" mirip.',
    ),
)

FINDERS = (Finder((DOUBLED,), _doubled, looks_far=True),)
