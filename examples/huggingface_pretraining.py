"""A pre-training corpus with Hugging Face datasets: clean, drop what is short, drop repeats, write Parquet shards.

    python huggingface_pretraining.py raw/*.jsonl -o corpus/ --processes 8

Cleaning comes before the repeats are looked for: two copies of an article that differ only in their noise are one. A
second run finds the cleaned texts in the cache.
"""

from __future__ import annotations

import argparse
from hashlib import blake2b
from pathlib import Path

import datasets
import numpy as np

from normalize import Normalizer
from normalize.adapters.datasets import Map

SHORT = 100  # code points: what is shorter is a caption, a teaser, a broken page


def corpus(files: list[str], processes: int | None = None) -> datasets.Dataset:
    """The articles of JSON-lines files with a `text` and a `date`, cleaned, each once."""
    raw = datasets.load_dataset("json", data_files=files, split="train")
    clean = raw.map(Map(Normalizer(drop=["boilerplate"]), "text", date="date"), batched=True, num_proc=processes)
    long = clean.filter(lambda texts: [len(text or "") >= SHORT for text in texts], batched=True, input_columns="text")
    digests = [blake2b(text.encode(), digest_size=16).digest() for text in long["text"]]
    _, first = np.unique(digests, return_index=True)
    print(f"{len(raw):,} articles, {len(raw) - len(long):,} too short, {len(long) - len(first):,} repeats")
    return long.select(np.sort(first))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--shards", type=int, default=1)
    parser.add_argument("--processes", type=int)
    options = parser.parse_args()
    options.output.mkdir(parents=True, exist_ok=True)
    articles = corpus(options.files, options.processes)
    for number in range(options.shards):
        shard = articles.shard(options.shards, number, contiguous=True)
        shard.to_parquet(options.output / f"{number:05}.parquet")


if __name__ == "__main__":
    main()
