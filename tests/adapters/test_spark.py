"""Apache Spark, with two executors of one core each in processes of their own."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

pytest.importorskip("pyspark", reason="pyspark is not installed")
pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
import pyarrow.parquet as pq  # noqa: E402
from pyspark.sql import SparkSession  # noqa: E402

from normalize import Edit, undo  # noqa: E402
from normalize.adapters.spark import clean, learn  # noqa: E402

pytestmark = [pytest.mark.filterwarnings("ignore:PySpark does not yet:FutureWarning"), pytest.mark.xdist_group("cluster")]


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    folder = tmp_path_factory.mktemp("spark")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        patch.setenv("SPARK_WORKER_DIR", str(folder))
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        session = (
            SparkSession.builder.master("local-cluster[2,1,1024]")
            .config("spark.executor.memory", "512m")
            .config("spark.ui.enabled", "false")
            .config("spark.local.dir", str(folder))
            .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
            .config("spark.sql.execution.arrow.maxRecordsPerBatch", "50")
            .config("spark.sql.files.openCostInBytes", str(2**27))  # a partition a file
            .getOrCreate()
        )
        yield session
        session.stop()


def table(folder):
    """What Spark wrote, in the order of the ids."""
    return pq.read_table(folder).sort_by("id")


def test_parquet_in_and_out_gives_what_the_command_line_gives(spark, dump, cleaned_dump, tmp_path):
    clean(spark.read.parquet(str(dump)), "text").write.parquet(str(tmp_path / "clean"))
    assert table(tmp_path / "clean").equals(pq.read_table(cleaned_dump))


def test_the_lines_of_the_readme_keep_the_order_of_partitions_and_use_dates(spark, dump, dated, readme):
    rows = readme("Apache Spark", frame=spark.read.parquet(str(dump / "00.parquet")))["frame"].collect()
    assert [row.id for row in rows] == pq.read_table(dump / "00.parquet")["id"].to_pylist()
    assert [row.text for row in rows] == dated * 20


def test_edits_are_an_array_of_structs(spark, dump):
    raw = spark.read.parquet(str(dump / "00.parquet"))
    result = clean(raw, "text", edits="edits")
    assert result.selectExpr("inline(edits)").filter("rule = 'masthead.misspelt'").count() == 2 * 20
    for before, row in zip(raw.collect(), result.collect(), strict=True):
        assert row.edits is None if before.text is None else undone(row) == before.text


def undone(row):
    return undo(row.text, [Edit(**edit.asDict()) for edit in row.edits])


def test_dictionaries_are_read_once_a_worker(spark, dump):
    def readings(batches):
        from normalize import lexicon

        for _ in batches:
            pass
        yield pa.RecordBatch.from_pydict({"worker": [os.getpid()], "readings": [lexicon.load.cache_info().misses]})

    frame = clean(spark.read.parquet(str(dump)).repartition(12), "text")
    frame.write.format("noop").mode("overwrite").save()
    seen = spark.range(12).repartition(12).mapInArrow(readings, "worker long, readings long").collect()
    assert max(row.readings for row in seen) == 1
    assert len({row.worker for row in seen}) == 2


@pytest.fixture
def with_a_kill(tmp_path):
    """Makes a frame one in whose reading an executor is killed, once; sees that it was."""
    marker = tmp_path / "killed"

    def kill_one_executor(batches):
        for number, batch in enumerate(batches):
            if number == 1 and not marker.exists():
                executor = int(Path(f"/proc/{os.getppid()}/stat").read_text().split()[3])  # above the worker's daemon
                marker.write_text(str(executor))
                os.kill(executor, signal.SIGKILL)
            yield batch

    yield lambda frame: frame.mapInArrow(kill_one_executor, frame.schema)
    assert not Path(f"/proc/{marker.read_text()}").exists()


def test_an_executor_killed_on_the_way_changes_nothing(spark, dump, cleaned_dump, with_a_kill, tmp_path):
    clean(with_a_kill(spark.read.parquet(str(dump))), "text").write.parquet(str(tmp_path / "clean"))
    assert table(tmp_path / "clean").equals(pq.read_table(cleaned_dump))


def test_what_is_learnt_is_what_the_command_line_learns(spark, printed, learnt, with_a_kill, tmp_path):
    learn(with_a_kill(spark.read.parquet(str(printed))), "text", tmp_path / "learnt", outlet="outlet")
    assert {path.name: path.read_bytes() for path in (tmp_path / "learnt").iterdir()} == learnt


def test_copies_vote(spark, copied, tmp_path):
    learn(spark.read.parquet(str(copied)), "text", tmp_path, outlet="outlet", copies=True)
    assert (tmp_path / "copies.tsv").read_bytes().endswith(b"\tYurkia\tYurika\t11\t1\tKompas\n")
