"""Ray Data, on a cluster of two local nodes."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

ray = pytest.importorskip("ray", reason="ray is not installed")
pytest.importorskip("ray.data", reason="ray[data] is not installed")
import pyarrow.parquet as pq  # noqa: E402
from ray.cluster_utils import Cluster  # noqa: E402

from normalize import Edit, undo  # noqa: E402
from normalize.adapters.ray import clean, learn  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore")  # Ray's own, of its own options and sockets

NODE = {"num_cpus": 2, "object_store_memory": 100 * 2**20}


@pytest.fixture(scope="module")
def cluster():
    nodes = Cluster(initialize_head=True, head_node_args=NODE)
    nodes.add_node(**NODE)
    ray.init(address=nodes.address, logging_level="ERROR", log_to_driver=False)
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield nodes
    ray.shutdown()
    nodes.shutdown()


def slow_job(dump, actors):
    """A cleaning that goes on for long enough to be disturbed."""

    def slowly(table):
        time.sleep(0.3)
        return table

    return clean(ray.data.read_parquet(str(dump), override_num_blocks=12).map_batches(slowly), "text", actors=actors)


def workers(cluster):
    """The processes of all nodes of the cluster that clean."""
    raylets = {node.all_processes["raylet"][0].process.pid for node in cluster.list_all_nodes()}
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int(folder.joinpath("stat").read_text().rpartition(")")[2].split()[1])
            if parent in raylets and b"CleanColumn" in folder.joinpath("cmdline").read_bytes():
                found.append(int(folder.name))
        except OSError:  # it has ended
            continue
    return found


def test_parquet_in_and_out_gives_what_the_command_line_gives(cluster, dump, cleaned_dump, tmp_path):
    clean(ray.data.read_parquet(str(dump)), "text", actors=2).write_parquet(str(tmp_path))
    assert pq.read_table(tmp_path).sort_by("id").equals(pq.read_table(cleaned_dump))


def test_rows_come_in_order_and_dates_are_used(cluster, dump, dated):
    rows = clean(ray.data.read_parquet(str(dump)), "text", date="date", actors=2).take_all()
    assert [row["id"] for row in rows] == pq.read_table(dump)["id"].to_pylist()
    assert [row["text"] for row in rows] == dated * 20 * 12


def test_the_lines_of_the_readme(cluster, dump, dated, readme):
    rows = readme("Ray Data", dataset=ray.data.read_parquet(str(dump / "00.parquet")))["dataset"].take_all()
    assert [row["text"] for row in rows] == dated * 20


def test_other_datasets_keep_their_own_order_setting(cluster, dump):
    clean(ray.data.read_parquet(str(dump)), "text")
    assert not ray.data.read_parquet(str(dump)).context.execution_options.preserve_order


def test_edits_are_lists_of_structs(cluster, dump, texts):
    rows = clean(ray.data.read_parquet(str(dump)), "text", edits="edits").take(len(texts))
    for raw, row in zip(texts, rows, strict=True):
        assert row["edits"] is None if raw is None else undone(row) == raw


def undone(row):
    return undo(row["text"], [Edit(**edit) for edit in row["edits"]])


def test_a_worker_killed_on_the_way_changes_nothing(cluster, dump, cleaned):
    texts, killed = [], []
    for row in slow_job(dump, actors=2).iter_rows():
        if not killed:
            killed = workers(cluster)[:1]
            os.kill(killed[0], signal.SIGKILL)
        texts.append(row["text"])
    assert killed
    assert texts == cleaned * 20 * 12


def test_a_node_lost_on_the_way_changes_nothing(cluster, dump, cleaned):
    texts, lost = [], False
    for row in slow_job(dump, actors=3).iter_rows():
        if not lost:
            cluster.remove_node(cluster.list_all_nodes()[1], allow_graceful=False)
            cluster.add_node(**NODE)
            lost = True
        texts.append(row["text"])
    assert texts == cleaned * 20 * 12


def test_what_is_learnt_is_what_the_command_line_learns(cluster, printed, learnt, tmp_path):
    learn(ray.data.read_parquet(str(printed), override_num_blocks=6), "text", tmp_path, outlet="outlet")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == learnt
