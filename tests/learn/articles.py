"""Articles made up for learning from, each unlike all others, with a byline and the line that its outlet puts under all."""

from __future__ import annotations

import random
from pathlib import Path

WRITERS = ("Sari Kusumawardhani", "Bagas Priyandono", "Yurika Nendri")
WORDS = """
    banjir panen jembatan pasar sekolah rapat jalan warga sungai bukit hujan angin kapal kereta sawah ladang
""".split()
FOOTER = "Hak cipta Harian Contoh, dilarang mengutip tanpa izin"


def words(number: int, count: int = 9) -> str:
    """Words in an order as no other number has."""
    return " ".join(random.Random(number).sample(WORDS, count))


def article(number: int) -> str:
    chance = random.Random(number)
    words = [" ".join(chance.sample(WORDS, 9)) for _ in range(3)]
    return (
        f"Hujan turun di {words[0]}, kata Wiryoatmojo. Warga {words[1]} {number} kali sejak kemarin."
        f"\nPenulis: {WRITERS[number % len(WRITERS)]}\nLembaran {words[2]}\n{FOOTER}"
    )


ARTICLES = [article(number) for number in range(60)]


def files(folder: Path) -> dict[str, bytes]:
    """The files of a folder, and what is in them."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}
