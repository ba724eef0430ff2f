"""Hold the compiled kernel against its definitions: python tests/kernel/fuzz.py [--texts 10000] [--seconds 90] [--digest]

The texts are the rules' own examples and tests/cases, or those of a file of JSON records, of which pieces are swapped,
doubled, cut and put together, and characters that are rare in news put beside words. The whole engine runs over each, as
users have it and at a low confidence with everything optional on, here and in a process without the compiled kernel. Prints
what comes out otherwise, and ends with 1 if anything does.

With --digest it prints a hash of all that comes out here, and of what is learnt of the texts: it is to be the same in
any version of Python, compiled or not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # run as a script
from mutation import mutated, seeds

from normalize import Normalizer, kernel
from normalize.learn.counting import TABLES, Counts, counts
from normalize.rules import RULES

BATCH = 200


def engines() -> tuple[Normalizer, Normalizer]:
    """One as users have it, and one that makes what it can."""
    tags = {rule.tag for rule in RULES if rule.tag}
    return Normalizer(), Normalizer(min_confidence=0.05, standard=True, drop=tags)


def answers(texts: list[str], made: tuple[Normalizer, Normalizer]) -> list[object]:
    """What the engines say of each text, in a form that JSON keeps."""
    said = []
    for text in texts:
        explained = [engine.explain(text, "2024-10-25") for engine in made]
        said.append([[one.text, *map(list, one.edits), *map(list, one.findings)] for one in explained])
    return said


def answer() -> None:
    """Answer batches of texts, a line of JSON each: the process without the compiled kernel."""
    made = engines()
    for line in sys.stdin:
        print(json.dumps(answers(json.loads(line), made)), flush=True)


def batches(texts: list[str], count: int, chance: random.Random) -> Iterator[list[str]]:
    for begun in range(0, count, BATCH):
        yield [mutated(texts, chance) for _ in range(min(BATCH, count - begun))]


def digest(texts: list[str], count: int, chance: random.Random) -> str:
    """A hash of what the engines and `normalize learn` make of `count` texts."""
    made, found, counted = engines(), hashlib.sha256(), Counts()
    for batch in batches(texts, count, chance):
        found.update(json.dumps(answers(batch, made)).encode())
        counted.merge(counts(batch))
    tables = [[name, *sorted(getattr(counted, name).items())] for name in TABLES]
    found.update(json.dumps([tables, counted.contexts, counted.sample], sort_keys=True).encode())
    return found.hexdigest()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=90.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--file", type=Path, help="records of JSON lines to begin with")
    parser.add_argument("--answer", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--digest", action="store_true", help="print a hash of what comes out, and hold it against nothing")
    options = parser.parse_args()
    if options.digest:
        print(digest(seeds(options.file), options.texts, random.Random(options.seed)))
        return 0
    if options.answer:
        answer()
        return 0
    if not kernel.compiled:
        print("there is no compiled kernel to be held against its definitions")
        return 2
    environment = {**os.environ, "NORMALIZE_PURE": "1"}
    command = [sys.executable, __file__, "--answer"]
    pure = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment)
    assert pure.stdin
    assert pure.stdout
    made, begun, done, different = engines(), time.monotonic(), 0, 0
    for texts in batches(seeds(options.file), options.texts, random.Random(options.seed)):
        print(json.dumps(texts), file=pure.stdin, flush=True)
        fast = json.loads(json.dumps(answers(texts, made)))
        for text, one, other in zip(texts, fast, json.loads(pure.stdout.readline()), strict=True):
            if one != other:
                different += 1
                print(f"different: {text!a}\n  compiled: {one!a}\n  pure: {other!a}")
        done += len(texts)
        if time.monotonic() - begun > options.seconds:
            break
    pure.stdin.close()
    pure.wait()
    print(f"{done} texts, {different} different, {time.monotonic() - begun:.0f} s")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
