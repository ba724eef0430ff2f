"""Names that a text has once, and that are slips: "Presidan", or "Bahlik" beside "Bahlil"."""

from __future__ import annotations

from ..rule import AnyProposal, Finder, Rule
from ..text import Text


def _misspelt(text: Text) -> list[AnyProposal]:
    found: list[AnyProposal] = []
    for start, end, meant, times, is_sure in text.corrector.lone_names.find(text.string, text.data):
        if not text.is_foreign(start, end, meant):
            note = "" if is_sure else f"the text has {meant} {times} times"
            found.append((start, end, meant if is_sure else None, MISSPELT.name, MISSPELT.confidence, note))
    return found


MISSPELT = Rule(
    name="name.misspelt",
    doc="""Mend a capitalised word that is a slip of the one that belongs there.

    It is mended where no list and no count has it, and news has the word one slip away between these neighbours, or the
    text has that three times and beside the same name; four times where news has it not. With names that were learnt from a
    dump more are known. Where the text says less, it is reported.""",
    trigger=(),
    changes={
        "Surat itu ditandatangani Wakil Presidan Ma'ruf Amin.": "Surat itu ditandatangani Wakil Presiden Ma'ruf Amin.",
        "Di Nganjuk hujan. Warga mengungsi dari Ngajuk. Banjir di Nganjuk surut, dan Nganjuk sepi.": (
            "Di Nganjuk hujan. Warga mengungsi dari Nganjuk. Banjir di Nganjuk surut, dan Nganjuk sepi."
        ),
    },
    keeps=(
        "Menurut Abdul Wahad, warga Desa Selakau mengungsi.",
        "Pemain itu, Zyan Malik, bukan Zayn Malik; Zayn tinggal di London, dan Zayn penyanyi.",
        "Ia membeli Rolls Royce di Wakil Presidans Club.",
    ),
)

FINDERS = (Finder((MISSPELT,), _misspelt, looks_far=True),)
