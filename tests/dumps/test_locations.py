"""Inputs in zip archives and far away: read, written, resumed; a place that is not there is an error."""

from __future__ import annotations

import json
import random
import tracemalloc
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from harness import CLEAN, DIRTY, Command, Stopped, jsonl

from normalize.dumps.errors import DamagedInput
from normalize.dumps.locations import seekable

ROWS = [{"id": i, "text": f"{DIRTY} {i}"} for i in range(3)]
CLEANED = jsonl(*({**row, "text": row["text"].replace(DIRTY, CLEAN)} for row in ROWS))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def archive(path: str) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("news/a.jsonl", jsonl(*ROWS))
        made.writestr("b.csv", f"id,text\n1,{DIRTY}\n")
        made.writestr("readme.md", "nothing")


def test_members_of_an_archive_are_inputs(normalize: Command, folder: Path) -> None:
    archive("dump.zip")
    assert normalize("clean", "dump.zip", "-o", "out/", "--edits", "log").code == 0
    assert Path("out/dump/news/a.jsonl").read_bytes() == CLEANED
    assert Path("out/dump/b.csv").read_text() == f"id,text\n1,{CLEAN}\n"
    assert sorted(path.name for path in Path("out").rglob("*") if path.is_file()) == ["a.jsonl", "b.csv"]
    normalize("undo", "out", "--edits", "log", "-o", "back/")
    assert Path("back/dump/news/a.jsonl").read_bytes() == jsonl(*ROWS)
    assert normalize("clean", "dump.zip/news/a.jsonl").out == CLEANED


def test_archives_in_a_directory_are_read(normalize: Command, folder: Path) -> None:
    Path("in").mkdir()
    archive("in/dump.zip")
    Path("in/c.jsonl").write_bytes(jsonl(*ROWS))
    result = normalize("clean", "in", "-o", "out")
    assert result.code == 0
    assert "passed by" not in result.err
    assert Path("out/dump/news/a.jsonl").read_bytes() == Path("out/c.jsonl").read_bytes() == CLEANED


def test_parquet_and_workbooks_in_an_archive(normalize: Command, folder: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    Path("a.jsonl").write_bytes(jsonl(*ROWS))
    normalize("clean", "a.jsonl", "-o", "a.parquet", "--skip", "*")
    with zipfile.ZipFile("dump.zip", "w") as made:
        made.write("a.parquet")
    assert normalize("clean", "dump.zip", "-o", "out.jsonl").code == 0
    assert Path("out.jsonl").read_bytes() == CLEANED.replace(b": ", b":").replace(b", ", b",")


@pytest.mark.parametrize(
    ("content", "arguments", "message"),
    [
        (b"no archive", ["dump.zip"], "dump.zip: cannot be read as a zip archive"),
        (None, ["dump.zip", "--in-place"], "cannot be cleaned in place"),
        (None, ["dump.zip/c.jsonl"], "dump.zip/c.jsonl: "),
    ],
)
def test_what_is_wrong_with_an_archive_is_told(
    normalize: Command, folder: Path, content: bytes | None, arguments: list[str], message: str
) -> None:
    archive("dump.zip")
    if content:
        Path("dump.zip").write_bytes(content)
    result = normalize("clean", *arguments)
    assert result.code == 2
    assert message in result.err


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet"])
def test_a_member_that_cannot_be_unpacked_is_told(normalize: Command, folder: Path, name: str) -> None:
    if name.endswith(".parquet"):
        pytest.importorskip("pyarrow")
    chance = random.Random(1)
    content = b"id,text\n" + b"".join(b"%d,%s\n" % (i, chance.randbytes(20).hex().encode()) for i in range(3000))
    with zipfile.ZipFile("dump.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, content if name == "a.csv" else content.replace(b"id,text", b'{"text": "Ia."}'))
    damaged = bytearray(Path("dump.zip").read_bytes())
    damaged[len(damaged) // 2 : len(damaged) // 2 + 50] = bytes(50)
    Path("dump.zip").write_bytes(damaged)
    result = normalize("clean", "dump.zip", "-o", "out.csv" if name == "a.csv" else "out.jsonl", "--rejects", "bad")
    assert result.code == (2 if name == "a.parquet" else 1)
    assert f"dump.zip/{name}: cannot be unpacked: " in result.err
    if name == "a.csv":
        assert Path("out.csv").read_bytes().splitlines()[:1000] == content.splitlines()[:1000]


@pytest.mark.parametrize("name", ["../a.jsonl", "x/../../a.jsonl", "x/../a.jsonl", "/a.jsonl", "..\\a.jsonl"])
def test_a_member_whose_name_leads_out_of_the_output_is_refused(normalize: Command, folder: Path, name: str) -> None:
    with zipfile.ZipFile("dump.zip", "w") as made:
        made.writestr(name, jsonl(*ROWS))
    result = normalize("clean", "dump.zip", "-o", "deep/out/")
    assert result.code == 2
    assert "leads out of the folder" in result.err
    assert not Path("deep").exists()
    assert normalize("clean", "dump.zip", "-o", "out.jsonl").code == 0


@pytest.fixture
def memory(folder: Path):
    """A filesystem in memory, empty."""
    fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed")
    system = fsspec.filesystem("memory")
    system.store.clear()
    system.pipe("/in/a.jsonl", jsonl(*ROWS))
    system.pipe("/in/b.jsonl", jsonl(*ROWS[:1]))
    system.pipe("/other/readme.md", b"nothing")
    return system


def test_a_far_place_is_read_and_written(normalize: Command, memory) -> None:
    result = normalize("clean", "memory://in/a.jsonl", "-o", "memory://out/a.jsonl", "--edits", "log")
    assert result.code == 0, result.err
    assert memory.cat("/out/a.jsonl") == CLEANED
    assert [path for path in Path("cache").rglob("*") if path.is_file()] == []
    normalize("undo", "memory://out/a.jsonl", "--edits", "log", "-o", "back.jsonl")
    assert Path("back.jsonl").read_bytes() == jsonl(*ROWS)


@pytest.mark.parametrize("place", ["memory://in/", "memory://in", "memory://in/*.jsonl"])
def test_a_far_folder_and_a_pattern(normalize: Command, memory, place: str) -> None:
    assert normalize("clean", place, "-o", "memory://out/").code == 0
    assert memory.cat("/out/a.jsonl") == CLEANED
    assert memory.cat("/out/b.jsonl") == CLEANED.splitlines(keepends=True)[0]


def test_a_local_filesystem_by_its_address(normalize: Command, folder: Path) -> None:
    pytest.importorskip("fsspec", reason="fsspec is not installed")
    Path("a.jsonl").write_bytes(jsonl(*ROWS))
    assert normalize("clean", f"file://{folder}/a.jsonl", "-o", f"file://{folder}/new/out.jsonl.gz").code == 0
    assert normalize("clean", "new/out.jsonl.gz").out == CLEANED


def test_a_run_to_a_far_place_is_gone_on_with(normalize: Command, stopped: Stopped, memory) -> None:
    rows = [{"id": i, "text": f"{DIRTY} {'x' * 1000}"} for i in range(3000)]
    memory.pipe("/in/long.jsonl", jsonl(*rows))
    arguments = ["clean", "memory://in/long.jsonl", "-o", "memory://out/long.jsonl"]
    stopped(2, *arguments)
    assert not memory.exists("/out/long.jsonl")
    resumed = normalize(*arguments, "--resume", "-v")
    assert resumed.code == 0, resumed.err
    assert "going on behind" in resumed.err
    assert [json.loads(line)["text"][: len(CLEAN)] for line in memory.cat("/out/long.jsonl").splitlines()] == [CLEAN] * 3000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["memory://in/c.jsonl"], "memory://in/c.jsonl: no such file"),
        (["memory://none/"], "memory://none/: no such file"),
        (["reference://x"], "reference://x: "),  # it needs arguments
        (["memory://in/*.csv"], "memory://in/*.csv: no such file"),
        (["memory://other/"], "memory://other/: no .txt, .jsonl"),
        (["memory://in/dump.zip"], "an archive is read from this machine alone"),
        (["memory://in/a.jsonl", "--edits", "memory://log.jsonl"], "'memory://log.jsonl' is far away"),
        (["nowhere://x/a.jsonl"], "nowhere://x/a.jsonl: "),
        (["memory://in/a.jsonl", "--in-place"], "cannot be cleaned in place"),
    ],
)
def test_what_is_wrong_with_a_far_place_is_told(normalize: Command, memory, arguments: list[str], message: str) -> None:
    result = normalize("clean", *arguments)
    assert (result.code, result.out) == (2, b"")
    assert message in result.err


def test_a_folder_may_be_called_like_an_archive(normalize: Command, folder: Path) -> None:
    Path("old.zip").mkdir()
    with zipfile.ZipFile("old.zip/new.zip", "w") as made:
        made.writestr("a.jsonl", jsonl(*ROWS))
    assert normalize("clean", "old.zip/new.zip/a.jsonl").out == CLEANED


def test_the_directory_of_an_archive_is_read_once(normalize: Command, folder: Path, monkeypatch) -> None:
    """Not for each of its files, which takes time that grows with the square of their number."""
    with zipfile.ZipFile("dump.zip", "w") as made:
        for number in range(20):
            made.writestr(f"{number}.jsonl", jsonl(*ROWS))
    read, reads = zipfile.ZipFile._RealGetContents, []  # type: ignore[attr-defined]
    monkeypatch.setattr(zipfile.ZipFile, "_RealGetContents", lambda self: (reads.append(1), read(self)))
    assert normalize("clean", "dump.zip", "-o", "out/").code == 0
    assert len(reads) <= 2


@pytest.mark.parametrize("at", range(40, 400, 24))
def test_a_damaged_archive_is_told_in_a_line(normalize: Command, folder: Path, at: int) -> None:
    with zipfile.ZipFile("dump.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.jsonl", jsonl(*ROWS) * 50)
    data = bytearray(Path("dump.zip").read_bytes())
    data[at % len(data)] ^= 0x55
    Path("dump.zip").write_bytes(data)
    result = normalize("clean", "dump.zip", "-o", "out/")
    assert result.code in (0, 1, 2)
    assert "Traceback" not in result.err


@pytest.mark.parametrize("kind", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_that_is_unpacked_without_a_bound_is_refused(normalize: Command, folder: Path, kind: int) -> None:
    """A few bytes of it may stand for gigabytes, and zipfile makes them at once."""
    with zipfile.ZipFile("dump.zip", "w", kind) as made:
        made.writestr("a.jsonl", jsonl(*ROWS))
    result = normalize("clean", "dump.zip", "-o", "out/")
    assert result.code == 2
    assert "dump.zip/a.jsonl: is packed in the archive by its method " in result.err
    assert "unpack it first" in result.err
    assert not Path("out").exists()


@pytest.mark.parametrize("told", [0, 100])
def test_no_more_of_a_member_is_unpacked_than_the_archive_tells(folder: Path, told: int) -> None:
    with zipfile.ZipFile("dump.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.parquet", bytes(50_000_000))
    raw = bytearray(Path("dump.zip").read_bytes())
    entry = raw.rindex(b"PK\x01\x02")
    raw[entry + 24 : entry + 28] = told.to_bytes(4, "little")
    Path("dump.zip").write_bytes(raw)
    tracemalloc.start()
    with suppress(DamagedInput), seekable("dump.zip/a.parquet") as stream:
        assert not isinstance(stream, str)
        assert len(stream.read()) <= told
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 10_000_000
