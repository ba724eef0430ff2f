"""Count where commas and full stops stand between words of well-set news, for dictionaries/commas.tsv.

    python dictionaries/make/commas.py NEWS.jsonl... -o seeds/counts/commas.tsv [--half]

Reads JSON Lines with `text` and `repo`, the repository a text was collected in. Texts in which marks stand behind spaces
are left out: their commas say nothing. With --half, so are the texts of every repository whose name hashes (CRC-32) to an
odd number: on them what follows from the counts is measured. Output: a word in lower case, or "0" for a number, or a mark
that stands against a comma; how often a space parts it from the word behind it, how often a comma and a space, how often
a full stop; how often a space parts it from the word before it, how often a comma and a space.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import click
import xopen
from count import is_even

MINIMUM = 60  # times a word must have a neighbour, on both sides together: below it a rate is noise (a choice)
SPACED = 2  # marks behind a space that a well-set text may have (a choice)
BETWEEN = re.compile(r"([^\W_]+|[)\]\"”%])(, |\. | )(?=([^\W_]+|[(\[\"“]))")


def key(token: str) -> str:
    """A token as the table has it."""
    return "0" if token[0].isdigit() else token.lower()


@click.command(help=__doc__)
@click.argument("dumps", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--half", is_flag=True, help="Leave out repositories whose CRC-32 is odd.")
def main(dumps: tuple[Path, ...], output: Path, half: bool) -> None:
    behind = {mark: Counter[str]() for mark in (" ", ", ", ". ")}
    before = {mark: Counter[str]() for mark in (" ", ", ", ". ")}
    texts = 0
    for dump in dumps:
        with xopen.xopen(dump, encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                text = record["text"]
                if text.count(" ,") > SPACED or (half and not is_even(record["repo"])):
                    continue
                texts += 1
                for match in BETWEEN.finditer(text):
                    behind[match[2]][key(match[1])] += 1
                    before[match[2]][key(match[3])] += 1
    rows = []
    for word in sorted({*behind[" "], *behind[", "], *before[" "], *before[", "]}):
        row = (behind[" "][word], behind[", "][word], behind[". "][word], before[" "][word], before[", "][word])
        if sum(row) >= MINIMUM:
            rows.append("\t".join((word, *map(str, row))))
    output.write_text(f"# counted in {texts} articles\n" + "\n".join(rows) + "\n", encoding="utf-8")
    print(f"{texts} articles, {len(rows)} words")


if __name__ == "__main__":
    main()
