"""Count a corpus: the one step that needs the corpus. The counts are committed; texts never are.

    python dictionaries/make/count.py NEWS.jsonl[.zst] [--holdout 25] [--leave-out IDS.txt]

Reads JSON Lines with `id` and `text`. Articles whose id hashes (CRC-32) to 0 modulo --holdout are set aside for
measuring, as are those listed in --leave-out; everything else is counted into
    seeds/counts/words.tsv.xz    word, tokens, of these in lower case, of these capitalised inside a sentence, articles
    dictionaries/bigrams.tsv.xz  two neighbouring words (lower case, "#" a number, "." a mark), tokens; ships as it is
Words are runs of ASCII letters; rare ones (see MIN_ARTICLES) are left out.
"""

from __future__ import annotations

import itertools
import json
import lzma
import re
import sys
import zlib
from collections import Counter
from multiprocessing import Pool
from pathlib import Path

import click
import xopen

ROOT = Path(__file__).resolve().parents[2]
MIN_ARTICLES = 2  # that a word must occur in
MIN_PAIR_TOKENS = 2
HOLDOUT = 25  # one article in so many is set aside for measuring: a choice
WORD = re.compile(r"[A-Za-z]+")
# Capitalised though no sentence starts there: behind a word or a comma, and behind the slash of a byline.
INSIDE = re.compile(r"(?:(?<=[a-z,] )|(?<=[A-Za-z]/))[A-Z][a-z]+(?![a-zA-Z])")
PIECE = re.compile(r"([a-z]+)|([0-9][0-9.,]*)|[^\s\w]")


def is_even(repository: str) -> bool:
    """Whether a repository is for counting and fitting, by the CRC-32 of its name; the others are for measuring."""
    return zlib.crc32(repository.encode()) % 2 == 0


def is_held_out(article_id: str, one_in: int) -> bool:
    """Whether an article is set aside for measuring."""
    return zlib.crc32(article_id.encode()) % one_in == 0


def count(texts: list[str]) -> tuple[Counter[str], Counter[str], Counter[str], Counter[str], Counter[tuple[str, str]]]:
    """Count tokens, tokens in lower case, tokens capitalised inside a sentence, articles, and bigrams of some texts."""
    tokens: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    bigrams: Counter[tuple[str, str]] = Counter()
    for text in texts:
        words = WORD.findall(text)
        lower.update(w for w in words if w.islower())
        words = [w.lower() for w in words]
        tokens.update(words)
        articles.update(set(words))
        inside.update(w.lower() for w in INSIDE.findall(text))
        pieces = [m[1] or ("#" if m[2] else ".") for m in PIECE.finditer(text.lower())]
        bigrams.update(itertools.pairwise([".", *pieces, "."]))
    return tokens, lower, inside, articles, bigrams


@click.command(help=__doc__)
@click.argument("dump", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--holdout", default=HOLDOUT, show_default=True, help="Set one article in this many aside.")
@click.option("--leave-out", type=click.File(), help="Ids, one a line, of articles to set aside as well.")
def main(dump: Path, holdout: int, leave_out: click.utils.LazyFile | None) -> None:
    left_out = set(leave_out.read().split()) if leave_out else set()
    with xopen.xopen(dump, encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    texts = [a["text"] for a in articles if a["id"] not in left_out and not is_held_out(a["id"], holdout)]
    del articles
    totals = [Counter() for _ in range(5)]
    with Pool(2) as pool:
        for counts in pool.imap_unordered(count, [texts[i : i + 2500] for i in range(0, len(texts), 2500)]):
            for total, part in zip(totals, counts, strict=True):
                total.update(part)
    tokens, lower, inside, documents, bigrams = totals
    header = f"# counted in {len(texts)} articles, {sum(tokens.values())} words\n"
    with lzma.open(ROOT / "seeds" / "counts" / "words.tsv.xz", "wt", encoding="utf-8") as out:
        out.write(header)
        for word in sorted(documents):
            if documents[word] >= MIN_ARTICLES:
                out.write(f"{word}\t{tokens[word]}\t{lower[word]}\t{inside[word]}\t{documents[word]}\n")
    kept = (pair for pair in bigrams.items() if pair[1] >= MIN_PAIR_TOKENS and pair[0] != (".", "."))
    with lzma.open(ROOT / "dictionaries" / "bigrams.tsv.xz", "wt", encoding="utf-8", preset=9) as out:
        out.write("# two neighbouring words in lower case (# a number, . a mark), uses\n")
        out.writelines(sorted(f"{left}\t{right}\t{n}\n" for (left, right), n in kept))
    print(f"{len(texts)} articles counted, {len(bigrams)} bigrams seen", file=sys.stderr)


if __name__ == "__main__":
    main()
