"""Count in how many sources a word stands: one that sources without ties to each other have is rarely a slip.

    python dictionaries/make/sources.py DUMP.jsonl[.zst]... -o seeds/counts/sources.tsv.xz [--leave-out IDS.txt]

Reads JSON Lines with `id`, `text` and `repo`, the collection an article came in. Left out are the articles that
count.py leaves out, those of --leave-out, collections whose name hashes (CRC-32) to an odd number where --even-only
names their file, and further copies of an article. Words are runs of lower-case ASCII letters.
"""

from __future__ import annotations

import json
import lzma
import re
from collections import Counter, defaultdict
from pathlib import Path

import click
import xopen
from count import HOLDOUT, is_even, is_held_out

WORD = re.compile(r"(?<![^\W_])[a-z]{2,24}(?![^\W_])")
LETTERS = re.compile(r"\W+")
MINIMUM_ARTICLES = 2
SAME = 120  # letters and digits: articles that begin with the same ones are copies
LABELLED = 3  # of the even collections one article in three is left out: labelled.tsv has words of these


@click.command(help=__doc__)
@click.argument("dumps", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--even-only", multiple=True, type=click.Path(path_type=Path), help="Dumps half of which is for measuring.")
@click.option("--leave-out", type=click.File(), help="Ids, one a line, of articles to set aside as well.")
def main(dumps: tuple[Path, ...], output: Path, even_only: tuple[Path, ...], leave_out: click.utils.LazyFile | None) -> None:
    left_out = set(leave_out.read().split()) if leave_out else set()
    sources: defaultdict[str, set[str]] = defaultdict(set)
    articles: Counter[str] = Counter()
    seen: set[int] = set()
    for dump in dumps:
        with xopen.xopen(dump, encoding="utf-8") as lines:
            for article in map(json.loads, lines):
                name, text, repo = article["id"], article["text"], article["repo"]
                held_out = is_held_out(name, LABELLED if dump in even_only else HOLDOUT)
                held_out |= dump in even_only and not is_even(repo)
                beginning = hash(LETTERS.sub("", text[: 2 * SAME])[:SAME])
                if held_out or name in left_out or beginning in seen:
                    continue
                seen.add(beginning)
                found = set(WORD.findall(text))
                articles.update(found)
                for word in found:
                    sources[word].add(repo)
    with lzma.open(output, "wt", encoding="utf-8") as out:
        out.write(f"# word, collections, articles; counted in {len(seen)} articles\n")
        for word in sorted(articles):
            if articles[word] >= MINIMUM_ARTICLES:
                out.write(f"{word}\t{len(sources[word])}\t{articles[word]}\n")


if __name__ == "__main__":
    main()
