"""Draw the word lists of others into seeds/: run when one of their versions changes, not at every build.

python dictionaries/make/lists.py      (needs the `hunspell` command with id_ID, and `pip install wordfreq`)

seeds/roots.txt.xz      the stems of hunspell-id
seeds/accepted.txt.xz   words of the counted corpus, and of wordfreq's Indonesian list, that hunspell-id accepts
seeds/english.txt.xz    frequent English words, which news quotes
"""

from __future__ import annotations

import lzma
import re
import subprocess
from pathlib import Path

import wordfreq

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
STEMS = Path("/usr/share/hunspell/id_ID.dic")
ENGLISH_WORDS = 25_000  # beyond, the list is mostly names
PLAIN = re.compile(r"[a-z]+")


def main() -> None:
    with lzma.open(SEEDS / "counts" / "words.tsv.xz", "rt", encoding="utf-8") as lines:
        words = {line.split("\t")[0] for line in lines if not line.startswith("#")}
    words.update(w for w in wordfreq.top_n_list("id", 40_000) if PLAIN.fullmatch(w))
    asked = "\n".join(sorted(words))
    answer = subprocess.run(["hunspell", "-d", "id_ID", "-l"], input=asked, capture_output=True, text=True, check=True)
    write("accepted.txt.xz", words - set(answer.stdout.split()), "accepted by hunspell-id (Ali Ahmadi and others), LGPL-3")
    roots = {line.split("/")[0].strip() for line in STEMS.read_text("latin-1").splitlines()[1:]}
    write("roots.txt.xz", {root for root in roots if PLAIN.fullmatch(root)}, "stems of hunspell-id (Ali Ahmadi), LGPL-3")
    english = {w for w in wordfreq.top_n_list("en", ENGLISH_WORDS) if PLAIN.fullmatch(w) and len(w) > 1}
    write("english.txt.xz", english, "the most frequent English words of wordfreq 3 (Robyn Speer), CC-BY-SA-4.0")


def write(name: str, words: set[str], header: str) -> None:
    with lzma.open(SEEDS / name, "wt", encoding="utf-8") as out:
        out.write(f"# {header}\n" + "".join(f"{word}\n" for word in sorted(words)))


if __name__ == "__main__":
    main()
