"""Passages that are not Indonesian news prose, where spelling changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..language.judge import Judge, Verdict
from ..language.passages import passages
from ..rule import Proposal, Rule

OTHER = Rule(
    name="language.other",
    doc="""Report what is not Indonesian news prose: another language, the spelling of before 1972, chat.

    Spelling leaves it alone; `--any-language` has it mended all the same. A passage is reported where a text has none of the
    words of every Indonesian text, and where a word was about to be changed.""",
    changes={
        text: text
        for text in (
            "Palayanan di siko rancak bana, sadonyo ramah untuak pangunjuang.",
            "Beliau berkata bahawa masalah kesihatan itu kerana kenderaan.",
            "Pemerintah mendjalankan tugas jang berat oentoek masjarakat.",
            "Iki panggonan sing apik kanggo plesiran karo kanca.",
        )
    },
    keeps=("Ia berkata bahwa masalah kesehatan itu karena kendaraan.", "Rumah Gadang di Bukittinggi ramai pengunjung."),
    trigger=(),
)


def find_passages(string: str, judge: Judge, left_alone: Sequence[tuple[int, int, Verdict]]) -> Iterator[Proposal]:
    """The passages of a text in other languages, those among them where words were left alone."""
    for start, end, name, confidence in passages(string, judge, left_alone):
        yield Proposal(start, end, None, OTHER.name, confidence, name)
