"""Measure what the adapters cost beside the bare engine, and what a worker of a cluster holds; write reports/ADAPTERS.md.

    python benchmarks/adapters.py news.jsonl [--megabytes 30]

Each way cleans the same texts, in processes that have cleaned a few before (starting up is not counted), and must give
the same texts as the engine. MB are 10^6 bytes of UTF-8 text. CPU time is that of all processes a way takes, with the
JVM of Spark and the daemons of Ray. A way whose library is not installed is left out. Needs Linux: it reads /proc.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

import machine

from normalize import Normalizer

HOW = """
Each way cleans the same texts, in processes that have cleaned a few before, and gives the same texts as the engine. MB are
10^6 bytes of UTF-8 text; CPU time is that of all processes a way takes, with the JVM of Spark and the daemons of Ray. In few
MB the fixed cost of a job still shows: "Spark, nothing cleaned" is a job that gives texts to Python and takes them back."""
TABLE = "| way | workers | MB/s | MB per CPU second | core-hours for 10 TB | peak MB of a worker | of that, its own |\n"
TABLE += "|---|--:|--:|--:|--:|--:|--:|\n"
TEN_TB = 10_000_000  # MB
WARM_UP = ["Pemerintah mengmumkan hasil , Kamis (24/10). /2024)."] * 50


class Figure(NamedTuple):
    """What came out, seconds by the clock and of CPU, and of the largest worker the peak and private memory in MB."""

    texts: list[str]
    seconds: float
    cpu: float
    peak: float
    private: float


def bare(texts: list[str]) -> Figure:
    return timed(Normalizer().clean_batch, texts)


def pandas(texts: list[str]) -> Figure:
    import pandas as pd

    import normalize.adapters.pandas  # noqa: F401

    return timed(lambda batch: list(pd.Series(batch).normalize.clean()), texts)


def polars(texts: list[str]) -> Figure:
    import polars as pl

    import normalize.adapters.polars  # noqa: F401

    plan = pl.col("text").normalize.clean()
    return timed(lambda batch: pl.DataFrame({"text": batch}).select(plan)["text"].to_list(), texts)


def duckdb(texts: list[str]) -> Figure:
    import duckdb
    import pyarrow as pa

    from normalize.adapters.duckdb import register

    connection = duckdb.connect()
    register(connection)

    def clean(batch: list[str]) -> list[str]:
        connection.register("news", pa.table({"text": batch}))
        return [text for (text,) in connection.sql("SELECT normalize(text) FROM news").fetchall()]

    return timed(clean, texts)


def datasets(texts: list[str]) -> Figure:
    from datasets import Dataset, disable_progress_bars

    from normalize.adapters.datasets import Map

    disable_progress_bars()
    mapping = Map(Normalizer(), "text")
    return timed(lambda batch: Dataset.from_dict({"text": batch}).map(mapping, batched=True)["text"][:], texts)


def datatrove(texts: list[str]) -> Figure:
    from datatrove.data import Document

    from normalize.adapters.datatrove import NormalizeStep

    step = NormalizeStep()
    return timed(lambda batch: [d.text for d in step.run([Document(text, "") for text in batch])], texts)


def spark(texts: list[str], workers: int, cleans: bool = True) -> Figure:
    from pyspark.sql import SparkSession

    from normalize.adapters.spark import clean

    os.environ |= {"SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
    builder = SparkSession.builder.master(f"local-cluster[{workers},1,2048]").config("spark.executor.memory", "1g")
    session = builder.config("spark.ui.enabled", "false").config("spark.driver.memory", "2g").getOrCreate()

    def cleaned(folder: str) -> list[str]:
        read = session.read.parquet(folder)
        frame = clean(read, "text") if cleans else read.mapInArrow(lambda batches: batches, read.schema)
        return [row.text for row in frame.collect()]

    return timed(cleaned, texts, store, "pyspark.daemon", session.stop)


def spark_alone(texts: list[str], workers: int) -> Figure:
    return spark(texts, workers, cleans=False)


def ray(texts: list[str], workers: int) -> Figure:
    import ray

    from normalize.adapters.ray import clean

    ray.init(num_cpus=workers + 1, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    ray.data.DataContext.get_current().enable_progress_bars = False

    def cleaned(folder: str) -> list[str]:
        return [row["text"] for row in clean(ray.data.read_parquet(folder), "text", actors=workers).iter_rows()]

    return timed(cleaned, texts, store, "CleanColumn", ray.shutdown)


def store(texts: list[str]) -> str:
    """A folder of eight Parquet files with the texts."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = tempfile.mkdtemp()
    for number in range(8):
        part = texts[len(texts) * number // 8 : len(texts) * (number + 1) // 8]
        pq.write_table(pa.table({"text": part}), f"{folder}/{number}.parquet")
    return folder


def timed(
    clean: Callable[[Any], list[str]],
    texts: list[str],
    prepare: Callable[[list[str]], Any] = list,
    worker: str = "python",
    end: Callable[[], None] = lambda: None,
) -> Figure:
    """The figure of cleaning what `prepare` makes of the texts; workers have `worker` in their command line."""
    clean(prepare(WARM_UP))
    given = prepare(texts)
    before = {process.number: process.cpu for process in processes()}
    start = time.perf_counter()
    cleaned = clean(given)
    seconds = time.perf_counter() - start
    after = list(processes())
    cpu = sum(process.cpu - before.get(process.number, 0.0) for process in after)
    largest = max((process for process in after if worker in process.command), key=lambda process: process.peak)
    end()
    return Figure(cleaned, seconds, cpu, largest.peak, largest.private)


class Process(NamedTuple):
    """A process: CPU in seconds, memory in MB."""

    number: int
    command: str
    cpu: float
    peak: float
    private: float


def processes() -> Iterator[Process]:
    """This process and all below it."""
    ours = {os.getpid()}
    for folder in sorted(Path("/proc").glob("[0-9]*"), key=lambda folder: int(folder.name)):
        number = int(folder.name)
        try:
            status = dict(line.split(":\t", 1) for line in (folder / "status").read_text().splitlines())
            command = (folder / "cmdline").read_text()
            ticks = (folder / "stat").read_text().rpartition(")")[2].split()[11:13]
        except OSError:  # it has ended
            continue
        if number in ours or int(status["PPid"]) in ours:
            ours.add(number)
            peak, private = (int(status.get(name, "0 kB").split()[0]) / 1e3 for name in ("VmHWM", "RssAnon"))
            yield Process(number, command, sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK"), peak, private)


WAYS: dict[str, Callable[[list[str]], Figure]] = {
    "engine, clean_batch": bare,
    "pandas": pandas,
    "polars": polars,
    "DuckDB": duckdb,
    "datasets": datasets,
    "datatrove": datatrove,
}
ALONE = "Spark, nothing cleaned"  # texts go to Python and back as they are: what is left of Spark's time is ours
CLUSTERS: dict[str, Callable[[list[str], int], Figure]] = {"Spark": spark, ALONE: spark_alone, "Ray Data": ray}


def measure(way: str, workers: int, texts: list[str]) -> Figure:
    return CLUSTERS[way](texts, workers) if way in CLUSTERS else WAYS[way](texts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dump", type=Path)
    parser.add_argument("--megabytes", type=float, default=30.0)
    options = parser.parse_args()
    about = machine.described()
    texts, size = [], 0.0
    with options.dump.open(encoding="utf-8") as lines:
        for line in lines:
            texts.append(json.loads(line)["text"])
            size += len(texts[-1].encode()) / 1e6
            if size > options.megabytes:
                break
    expected: list[str] = []
    dump = f"the first {len(texts):,} texts of {options.dump.name}, {size:.1f} MB"
    lines = [machine.head("Adapters and clusters", "adapters.py", about, dump, HOW), TABLE]
    figures = {}
    for way, workers in [*((way, 1) for way in WAYS), *((way, n) for way in CLUSTERS for n in (1, 2))]:
        with ProcessPoolExecutor(1, get_context("spawn")) as process:
            try:
                figure = process.submit(measure, way, workers, texts).result()
            except ModuleNotFoundError as error:
                lines.append(f"| {way} | {workers} | {error.name} is not installed | | | | |\n")
                continue
        expected = expected or sorted(figure.texts)  # Spark reads files in an order of its own
        assert way == ALONE or sorted(figure.texts) == expected, f"{way} gives other texts"
        speeds = f"{size / figure.seconds:.1f} | {size / figure.cpu:.1f} | {figure.cpu / size * TEN_TB / 3600:,.0f}"
        lines.append(f"| {way} | {workers} | {speeds} | {figure.peak:.0f} | {figure.private:.0f} |\n")
        print(lines[-1], end="", file=sys.stderr, flush=True)
        figures[f"{way}, {workers}"] = figure._replace(texts=[])
    machine.write("ADAPTERS", "".join(lines), about, {"megabytes": size, "figures": figures})


if __name__ == "__main__":
    main()
