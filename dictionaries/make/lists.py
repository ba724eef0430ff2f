"""Draw the word lists of others into seeds/: run when one of their versions changes, not at every build.

python dictionaries/make/lists.py MALINDO-ROOTS.txt SIPEBI.tsv
                                       (needs the `hunspell` command with id_ID, and `pip install wordfreq`)

seeds/roots.txt.xz      the stems of hunspell-id
seeds/accepted.txt.xz   words of the counted corpus, and of wordfreq's Indonesian list, that hunspell-id accepts
seeds/english.txt.xz    frequent English words, which news quotes
seeds/malindo.txt.xz    the roots of Malay and Indonesian words in MALINDO Morph
seeds/sipebi.tsv.xz     spellings that are not standard, and the standard ones, in Sipebi
seeds/languages/english.tsv.xz, malay.tsv.xz    words that tell these languages, with their frequency
"""

from __future__ import annotations

import lzma
import re
import subprocess
from pathlib import Path

import click
import wordfreq

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
STEMS = Path("/usr/share/hunspell/id_ID.dic")
TELLING_ENGLISH = 10_000  # the rest of the list is rare in news too, and tells nothing more
MALAY_RATIO = 20  # times as frequent in Malay: fewer, and a word is Indonesian as well
ENGLISH_WORDS = 25_000  # beyond, the list is mostly names
PLAIN = re.compile(r"[a-z]+")
ROOT = re.compile(r"[a-z]{3,}")


@click.command(help=__doc__)
@click.argument("malindo", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("sipebi", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(malindo: Path, sipebi: Path) -> None:
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
    by = "roots of MALINDO Morph (Nomoto, Choi, Moeljadi and Bond 2018), CC-BY-4.0"
    write("malindo.txt.xz", set(filter(ROOT.fullmatch, malindo.read_text("utf-8").split())), by)
    pairs = [row.split("\t")[:2] for row in sipebi.read_text("utf-8").splitlines()[1:]]
    by = "spellings that are not standard, and the standard ones: Sipebi (Badan Bahasa), after KBBI V; facts"
    write("sipebi.tsv.xz", {f"{found}\t{standard}" for found, standard in pairs if ROOT.fullmatch(found)}, by)
    tell_languages()


def tell_languages() -> None:
    """Write the frequent English words, and the Malay ones that Indonesian hardly has, with uses in 10 million words."""
    by = "wordfreq 3 (Robyn Speer), and uses in 10 million words, CC-BY-SA-4.0"
    english = wordfreq.get_frequency_dict("en", "best")
    top = {w for w in wordfreq.top_n_list("en", TELLING_ENGLISH) if PLAIN.fullmatch(w) and len(w) > 2}
    write_uses("english", {word: english[word] for word in top}, f"the most frequent English words of {by}")
    malay, indonesian = (wordfreq.get_frequency_dict(language, "best") for language in ("ms", "id"))
    found = {
        word: frequency
        for word, frequency in malay.items()
        if PLAIN.fullmatch(word) and len(word) > 2 and frequency > MALAY_RATIO * indonesian.get(word, 1e-9)
    }
    write_uses("malay", found, f"Malay words at least {MALAY_RATIO} times as frequent as in the Indonesian list of {by}")


def write_uses(language: str, frequencies: dict[str, float], header: str) -> None:
    with lzma.open(SEEDS / "languages" / f"{language}.tsv.xz", "wt", encoding="utf-8") as out:
        out.write(f"# {header}\n")
        out.writelines(f"{word}\t{max(1, round(1e7 * uses))}\n" for word, uses in sorted(frequencies.items()))


def write(name: str, words: set[str], header: str) -> None:
    with lzma.open(SEEDS / name, "wt", encoding="utf-8") as out:
        out.write(f"# {header}\n" + "".join(f"{word}\n" for word in sorted(words)))


if __name__ == "__main__":
    main()
