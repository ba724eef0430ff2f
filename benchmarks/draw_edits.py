"""Draw edits at random, rule by rule, for people to read; and add up what they found.

    python benchmarks/draw_edits.py NEWS.jsonl -n 40 [--seed 1] [--half odd|even] [--family F] > draws.tsv
    python benchmarks/draw_edits.py --tally draws.tsv VERDICTS...

A dump is JSON Lines with `text`, `date` and `repo`, the repository a text was collected in; --half keeps those whose name
hashes (CRC-32) to an odd or an even number, so that counts can be made on one half and readings on the other. At most two
edits of a rule are drawn from one text. Rows: number, rule, confidence, text before, the edit, text behind, the article's
date. Verdicts have a row an edit: number, and "right", "wrong" or "unsure". --tally prints the rows of
seeds/confidence.tsv: an edit is right where all readers say so.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import zlib
from collections import Counter, defaultdict
from pathlib import Path

from normalize import Normalizer

AROUND = 70  # code points of context on each side
OF_A_TEXT = 2  # edits of a rule that one text may give


def shown(text: str) -> str:
    """Show a text on one line: a line end as a sign, what else cannot be seen as an escape."""
    text = text.replace("\n", "⏎")
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode() for c in text)


def rows_of(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n") if line]


def draws(dump: Path, n: int, seed: int, half: str, family: str, limit: int) -> dict[str, list[list[str]]]:
    """Edits by rule, at most `n` of each, from texts in random order."""
    lines = dump.read_text(encoding="utf-8").rstrip("\n").split("\n")
    random.Random(seed).shuffle(lines)
    normalizer, found = Normalizer(), defaultdict[str, list[list[str]]](list)
    looked_at = 0
    for line in lines:
        record = json.loads(line)
        if half and (zlib.crc32(record["repo"].encode()) % 2 == 1) != (half == "odd"):
            continue
        looked_at += 1
        if looked_at > limit:
            break
        text, of_text = record["text"], Counter[str]()
        for edit in normalizer.explain(text, record.get("date")).edits:
            if "+" in edit.rule or not edit.rule.startswith(family) or len(found[edit.rule]) >= n:
                continue
            of_text[edit.rule] += 1
            if of_text[edit.rule] <= OF_A_TEXT:
                before, behind = text[max(0, edit.start - AROUND) : edit.start], text[edit.end : edit.end + AROUND]
                change = f"[{edit.before} -> {edit.after}]"
                day = str(record.get("date") or "")
                found[edit.rule].append([edit.rule, str(edit.confidence), *map(shown, (before, change, behind, day))])
    return found


def tally(drawn: Path, verdicts: list[Path]) -> None:
    """Print, rule by rule, how many edits were read and how many all readers found right."""
    rules = {row[0]: row[1] for row in rows_of(drawn)}
    readers = [{row[0]: row[1] for row in rows_of(path)} for path in verdicts]
    read, right = Counter[str](), Counter[str]()
    for number, rule in rules.items():
        if all(number in reader for reader in readers):
            read[rule] += 1
            right[rule] += all(reader[number] == "right" for reader in readers)
    for rule in sorted(read):
        print(rule, read[rule], right[rule], sep="\t")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dump", type=Path)
    parser.add_argument("verdicts", type=Path, nargs="*")
    parser.add_argument("-n", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--half", choices=("odd", "even"), default="")
    parser.add_argument("--family", default="", help="Rules whose names begin so.")
    parser.add_argument("--limit", type=int, default=20_000, help="Texts to look at.")
    parser.add_argument("--tally", action="store_true")
    options = parser.parse_args()
    if options.tally:
        tally(options.dump, options.verdicts)
        return
    found = draws(options.dump, options.n, options.seed, options.half, options.family, options.limit)
    rows = [row for rule in sorted(found) for row in found[rule]]
    random.Random(options.seed).shuffle(rows)  # a reader sees no rule at a time
    for number, row in enumerate(rows, 1):
        sys.stdout.write("\t".join((str(number), *row)) + "\n")


if __name__ == "__main__":
    main()
