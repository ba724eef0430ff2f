"""`normalize clean` as a whole process: over formats, compressions and numbers of processes."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from normalize.bench.peers import cpu_seconds
from normalize.dumps.formats.compression import compressor

ROUNDS = 3

pytestmark = pytest.mark.benchmark(group="the command", timer=cpu_seconds)


def write(path: Path, articles: list[str], format: str, compression: str) -> None:
    """The articles as a file of this kind, with ids."""
    if format == "parquet":
        pyarrow = pytest.importorskip("pyarrow")
        from pyarrow import parquet

        parquet.write_table(pyarrow.table({"id": list(range(len(articles))), "text": articles}), path)
        return
    plain = path.with_name("plain")
    with plain.open("w", encoding="utf-8", newline="") as lines:
        if format == "csv":
            writer = csv.writer(lines)
            writer.writerow(["id", "text"])
            writer.writerows(enumerate(articles))
        elif format == "txt":
            lines.writelines(text.replace("\n", " ") + "\n" for text in articles)
        else:
            lines.writelines(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(articles))
    path.write_bytes(compressor(compression)(plain.read_bytes()))


def clean(path: Path, out: Path, jobs: int) -> None:
    command = ["clean", str(path), "-o", str(out), "--edits", f"{out}.edits.jsonl", "-j", str(jobs), "--isolated"]
    lines = ["--lines"] if path.name.startswith("dump.txt") else []
    ran = subprocess.run([sys.executable, "-m", "normalize", *command, *lines], capture_output=True, text=True, check=True)
    assert " + 0 rejected" in ran.stderr


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    "kind", ["jsonl", "jsonl.gz", "jsonl.zst", "jsonl.xz", "jsonl.bz2", "csv", "csv.gz", "txt", "txt.zst", "parquet"]
)
def test_clean(kind: str, jobs: int, articles: list[str], tmp_path: Path, benchmark: BenchmarkFixture) -> None:
    path, out = tmp_path / f"dump.{kind}", tmp_path / f"out.{kind}"
    write(path, articles, *(kind.split(".") if "." in kind else (kind, "")))
    clean(path, out, jobs)
    assert out.stat().st_size > 0
    assert Path(f"{out}.edits.jsonl").read_bytes().count(b"\n") > len(articles) / 2
    benchmark.pedantic(lambda: clean(path, out, jobs), rounds=ROUNDS)


def test_starting_up(benchmark: BenchmarkFixture) -> None:
    """A single text, indexes built before."""

    def explain() -> str:
        command = [sys.executable, "-m", "normalize", "explain", "Ia mengtakan hal itu."]
        environment = {**os.environ, "NO_COLOR": "1"}
        return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout

    assert "mengatakan" in explain()
    benchmark.pedantic(explain, rounds=ROUNDS)
