"""Inputs and outputs in S3, as moto's server has it: read, written, resumed; what is not there is an error.

Every command is a process of its own, as a user's is: s3fs keeps what it has seen of a store for as long as that lives.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from urllib.request import Request, urlopen

import pytest
from harness import CLEAN, DIRTY, Result, jsonl, start

from normalize.dumps.locations import local_copy
from normalize.lexicon import index_cache

for _library in ("s3fs", "boto3", "moto.server"):
    pytest.importorskip(_library, reason=f"{_library} is not installed")

pytestmark = pytest.mark.xdist_group("s3")  # one server
ROWS = [{"id": i, "text": f"{DIRTY} {i}"} for i in range(3)]
CLEANED = jsonl(*({**row, "text": row["text"].replace(DIRTY, CLEAN)} for row in ROWS))
LONG = [{"id": i, "text": DIRTY, "filler": "x" * 900} for i in range(12_000)]  # some 12 batches
UNLIMITED = 1_000_000_000


class Store(NamedTuple):
    """A server, and what reads and writes its bucket behind the command's back."""

    address: str
    client: Any

    def put(self, key: str, body: bytes) -> None:
        self.client.put_object(Bucket="news", Key=key, Body=body)

    def get(self, key: str) -> bytes:
        return self.client.get_object(Bucket="news", Key=key)["Body"].read()

    def names(self) -> list[str]:
        return [one["Key"] for one in self.client.list_objects_v2(Bucket="news")["Contents"]]

    def trust(self, requests: int) -> None:
        """Answer so many requests; after them no credentials are good enough."""
        self.post("reset-auth", str(requests).encode())

    def post(self, what: str, data: bytes = b"") -> None:
        urlopen(Request(f"{self.address}/moto-api/{what}", data, {"Content-Type": "text/plain"})).close()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        for _ in range(300):
            with suppress(OSError):
                urlopen(f"{address}/moto-api/").close()
                break
            time.sleep(0.1)
        yield address
        running.terminate()


@pytest.fixture
def store(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """A store with a bucket of three files."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NORMALIZE_CACHE", str(next(index_cache.folders())))  # or indexes would be built below tmp_path, too
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    settings = {
        "ENDPOINT_URL": server,
        "ACCESS_KEY_ID": "key",
        "SECRET_ACCESS_KEY": "secret",
        "DEFAULT_REGION": "us-east-1",
        "MAX_ATTEMPTS": "1",
        "EC2_METADATA_DISABLED": "true",
        "SHARED_CREDENTIALS_FILE": "none",
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    client = importlib.import_module("boto3").client("s3")
    found = Store(server, client)
    found.post("reset")
    client.create_bucket(Bucket="news")
    for key, rows in {"in/a.jsonl": ROWS, "in/2024/a.jsonl": ROWS[:1], "in/readme.md": []}.items():
        found.put(key, jsonl(*rows))
    yield found
    found.trust(UNLIMITED)
    client.close()


def normalize(*arguments: object, **options: Any) -> Result:
    run = start(*arguments, **options)
    out, err = run.communicate(timeout=60)
    assert b"Traceback" not in err
    return Result(run.returncode, out, err.decode())


def files() -> list[str]:
    return sorted(path.name for path in Path.cwd().rglob("*") if path.is_file())


def test_an_object_is_read_and_written(store: Store) -> None:
    result = normalize("clean", "s3://news/in/a.jsonl", "-o", "s3://news/out/a.jsonl.gz", "--edits", "log.jsonl")
    assert result.code == 0, result.err
    assert files() == ["log.jsonl"]
    assert normalize("clean", "s3://news/out/a.jsonl.gz", "--skip", "*").out == CLEANED
    assert normalize("undo", "s3://news/out/a.jsonl.gz", "--edits", "log.jsonl").out == jsonl(*ROWS)


@pytest.mark.parametrize("place", ["s3://news/in/", "s3://news/in", "s3://news/in/**/*.jsonl"])
def test_folders_and_patterns_keep_what_is_below_them(store: Store, place: str) -> None:
    result = normalize("clean", place, "-o", "s3://news/out/")
    assert result.code == 0, result.err
    assert [key for key in store.names() if key.startswith("out/")] == ["out/2024/a.jsonl", "out/a.jsonl"]
    assert store.get("out/a.jsonl") == CLEANED


def test_parquet_is_read_and_written(store: Store) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    assert normalize("clean", "s3://news/in/a.jsonl", "-o", "s3://news/a.parquet").code == 0
    out = normalize("clean", "s3://news/a.parquet", "--output-format", "jsonl").out
    assert [json.loads(line)["text"] for line in out.splitlines()] == [f"{CLEAN} {i}" for i in range(3)]


def test_a_run_that_was_stopped_is_gone_on_with_unless_its_input_changed(store: Store) -> None:
    store.put("long.jsonl", jsonl(*LONG))
    arguments = ["clean", "s3://news/long.jsonl", "-o", "s3://news/out.jsonl", "-j", 1]
    made = local_copy("s3://news/out.jsonl")
    part = made.with_name(made.name + ".part")
    run = start(*arguments)
    while not part.exists() or part.stat().st_size < 2_000_000:
        assert run.poll() is None
        time.sleep(0.005)
    run.send_signal(signal.SIGINT)
    assert b"--resume continues after" in run.communicate(timeout=30)[1]
    assert "out.jsonl" not in store.names()
    store.put("long.jsonl", jsonl(*LONG[1:], LONG[0]))
    assert "cannot resume" in normalize(*arguments, "--resume").err
    store.put("long.jsonl", jsonl(*LONG))
    resumed = normalize(*arguments, "--resume", "-v")
    assert resumed.code == 0, resumed.err
    assert "going on behind" in resumed.err
    assert store.get("out.jsonl") == jsonl(*LONG).replace(DIRTY.encode(), CLEAN.encode())
    assert files() == []


def test_what_could_not_be_sent_is_kept_and_sent_later(store: Store) -> None:
    Path("a.jsonl").write_bytes(jsonl(*ROWS))
    arguments = ["clean", "a.jsonl", "-o", "s3://news/out.jsonl"]
    store.trust(1)  # the look whether the bucket is there
    result = normalize(*arguments)
    assert result.code == 2
    assert "s3://news/out.jsonl: " in result.err
    assert "--resume continues" in result.err
    store.trust(UNLIMITED)
    assert normalize(*arguments, "--resume").code == 0
    assert store.get("out.jsonl") == CLEANED
    assert files() == ["a.jsonl"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["s3://news/in/none.jsonl"], "s3://news/in/none.jsonl: no such file"),
        (["s3://nothing/a.jsonl"], "s3://nothing/a.jsonl: no such file"),
        (["s3://news/none/"], "s3://news/none/: no such file"),
        (["s3://news/in/*.csv"], "s3://news/in/*.csv: no such file"),
        (["s3://news/dump.zip"], "s3://news/dump.zip: an archive is read from this machine alone"),
        (["s3://news/in/a.jsonl", "-o", "s3://nothing/a.jsonl"], "s3://nothing/a.jsonl: there is no bucket nothing"),
        (["s3://news/in/a.jsonl", "-o", "out.jsonl", "--edits", "s3://news/log"], "'s3://news/log' is far away"),
        (["s3://news/in/a.jsonl", "--in-place"], "cannot be cleaned in place"),
    ],
)
def test_what_is_not_there_is_told_before_anything_is_written(store: Store, arguments: list[str], message: str) -> None:
    result = normalize("clean", *arguments)
    assert (result.code, result.out) == (2, b"")
    assert message in result.err
    assert files() == []
    assert [one["Name"] for one in store.client.list_buckets()["Buckets"]] == ["news"]


def test_credentials_that_are_refused_are_told(store: Store) -> None:
    store.trust(0)
    result = normalize("clean", "s3://news/in/a.jsonl")
    assert (result.code, result.out) == (2, b"")
    assert "Error: s3://news/in/a.jsonl: The AWS Access Key Id you provided does not exist" in result.err


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "Could not connect"),
        ({"AWS_ACCESS_KEY_ID": None, "AWS_SECRET_ACCESS_KEY": None}, "credentials"),
    ],
)
def test_what_keeps_from_a_store_is_told_in_a_line(store: Store, changed: dict[str, str | None], message: str) -> None:
    given = {name: value for name, value in {**os.environ, **changed}.items() if value is not None}
    result = normalize("clean", "s3://news/in/a.jsonl", env=given)
    assert (result.code, result.out) == (2, b"")
    error = result.err[result.err.index("Error: ") :]  # behind what fsspec may say of an old s3fs
    assert error.startswith("Error: s3://news/in/a.jsonl: ")
    assert message in error
    assert len(error.splitlines()) == 1
