"""Ray Data, on a cluster of two local nodes."""

from __future__ import annotations

import os
import signal
import time
from threading import Thread

import pytest

ray = pytest.importorskip("ray", reason="ray is not installed")
pytest.importorskip("ray.data", reason="ray[data] is not installed")
import pyarrow.parquet as pq  # noqa: E402
from ray.cluster_utils import Cluster  # noqa: E402

from normalize import Edit, undo  # noqa: E402
from normalize.adapters.arrow import CleanColumn  # noqa: E402
from normalize.adapters.ray import clean, learn  # noqa: E402

# Ray warns of its own options and sockets; and a second cluster on the machine would be taken for the one to connect to.
pytestmark = [pytest.mark.filterwarnings("ignore"), pytest.mark.xdist_group("cluster")]

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


def blocks(dump):
    """A dump as twelve blocks; small files would be read as one."""
    return ray.data.read_parquet(str(dump)).repartition(12)


def test_parquet_in_and_out_gives_what_the_command_line_gives(cluster, dump, cleaned_dump, tmp_path):
    clean(blocks(dump), "text", actors=3).write_parquet(str(tmp_path))
    assert pq.read_table(tmp_path).sort_by("id").equals(pq.read_table(cleaned_dump))


def test_the_lines_of_the_readme_keep_the_order_and_use_dates(cluster, dump, dated, readme):
    rows = readme("Ray Data", dataset=blocks(dump))["dataset"].take_all()
    assert [row["id"] for row in rows] == pq.read_table(dump)["id"].to_pylist()
    assert [row["text"] for row in rows] == dated * 20 * 12


def test_other_datasets_keep_their_own_order_setting(cluster, dump):
    clean(ray.data.read_parquet(str(dump)), "text")
    assert not ray.data.read_parquet(str(dump)).context.execution_options.preserve_order


def test_edits_are_lists_of_structs(cluster, dump, texts):
    rows = clean(ray.data.read_parquet(str(dump)), "text", edits="edits").take(len(texts))
    for raw, row in zip(texts, rows, strict=True):
        assert row["edits"] is None if raw is None else undone(row) == raw


def undone(row):
    return undo(row["text"], [Edit(**edit) for edit in row["edits"]])


def test_a_worker_killed_on_the_way_changes_nothing(cluster, dump, cleaned, tmp_path, monkeypatch):
    killed = tmp_path / "killed"

    class Dies(CleanColumn):  # in one process, once it has cleaned a block and holds another
        blocks = 0

        def __call__(self, table):
            self.blocks += 1
            if self.blocks == 2 and not killed.exists():
                killed.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            return super().__call__(table)

    monkeypatch.setattr("normalize.adapters.ray.CleanColumn", Dies)
    rows = clean(blocks(dump), "text", actors=2).take_all()
    assert killed.exists()
    assert [row["text"] for row in rows] == cleaned * 20 * 12


def test_a_node_lost_on_the_way_changes_nothing(cluster, dump, cleaned, tmp_path, monkeypatch):
    node = cluster.list_all_nodes()[1]
    working = tmp_path / "working"

    class Stuck(CleanColumn):  # on the node that will be lost
        def __call__(self, table):
            if ray.get_runtime_context().get_node_id() == node_id:
                working.touch()
                time.sleep(600)
            return super().__call__(table)

    def lose():
        while not working.exists():
            time.sleep(0.05)
        cluster.remove_node(node, allow_graceful=False)
        cluster.add_node(**NODE)

    node_id = node.node_id
    monkeypatch.setattr("normalize.adapters.ray.CleanColumn", Stuck)
    losing = Thread(target=lose, daemon=True)
    losing.start()
    rows = clean(blocks(dump), "text", actors=3).take_all()
    losing.join(timeout=60)
    assert node not in cluster.list_all_nodes()
    assert [row["text"] for row in rows] == cleaned * 20 * 12


def test_what_is_learnt_is_what_the_command_line_learns(cluster, printed, learnt, tmp_path):
    learn(blocks(printed), "text", tmp_path, outlet="outlet")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == learnt


def test_copies_vote(cluster, copied, tmp_path):
    learn(blocks(copied), "text", tmp_path, outlet="outlet", copies=True)
    assert (tmp_path / "copies.tsv").read_bytes().endswith(b"\tYurkia\tYurika\t11\t1\tKompas\n")
