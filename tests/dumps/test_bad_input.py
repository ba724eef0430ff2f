"""A record that cannot be cleaned is named with file and line, counted, and never lost; the input stays as it was."""

from __future__ import annotations

import gzip
import io
import json
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from harness import CLEAN, DIRTY, Command, jsonl, start

from normalize.dumps.formats.compression import compressor

GOOD = jsonl({"text": DIRTY})
GOOD_CLEANED = jsonl({"text": CLEAN})
EXPECTING = "Expecting value at character 1"
LONG = jsonl({"text": "Hujan.", "filler": "x" * 1000}) * 4000  # some batches


def test_a_missing_file_is_named(normalize: Command, tmp_path: Path) -> None:
    result = normalize("clean", tmp_path / "none.jsonl")
    assert result.code == 2
    assert "none.jsonl: no such file" in result.err


def test_a_directory_without_a_known_file_is_named(normalize: Command, tmp_path: Path) -> None:
    result = normalize("clean", tmp_path, "-o", tmp_path / "out.jsonl")
    assert result.code == 2
    assert "no .txt, .jsonl" in result.err


def test_an_empty_file_gives_an_empty_output_and_a_note(normalize: Command, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"")
    result = normalize("clean", tmp_path / "a.jsonl", "-o", tmp_path / "b.jsonl")
    assert result.code == 0
    assert "a.jsonl: is empty" in result.err
    assert (tmp_path / "b.jsonl").read_bytes() == b""


def test_a_file_that_may_not_be_read_is_named(normalize: Command, dirty: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    dirty.chmod(0)
    result = normalize("clean", dirty)
    assert result.code == 2
    assert "dirty.jsonl: Permission denied" in result.err


def test_an_unknown_format_asks_for_it(normalize: Command, tmp_path: Path) -> None:
    (tmp_path / "news.dat").write_bytes(b"\0\1\2")
    result = normalize("clean", tmp_path / "news.dat")
    assert result.code == 2
    assert "--input-format" in result.err


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"text": "Harga', "broken JSON"),
        (b'{"text": "Harga"} {"text": "x"}', "broken JSON"),
        (b'{"id": 7}', 'has no field "text" (its fields: id)'),
        (b'{"text": 7}', 'field "text" is a number, not a string'),
        (b'{"text": ["a"]}', 'field "text" is an array, not a string'),
        (b'["a"]', "is an array, not a JSON object"),
        (b'{"text": "Harga \xff naik"}', "invalid UTF-8: byte 0xff"),
        (b'{"text": "Harga \x00 naik"}', "broken JSON"),
        (b"\x00\x00\x00", "broken JSON"),
        (b"[" * 100_000, "broken JSON"),
    ],
)
def test_a_bad_record_passes_through_unchanged_and_is_told(
    normalize: Command, tmp_path: Path, line: bytes, reason: str
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(GOOD + line + b"\n" + GOOD)
    result = normalize("clean", path)
    assert result.code == 1
    assert f"a.jsonl:2: {reason}" in result.err
    assert "3 in = 3 out + 0 rejected; 1 of them bad and passed through unchanged" in result.err
    assert result.out == GOOD_CLEANED + line + b"\n" + GOOD_CLEANED


def test_bad_records_go_to_the_rejects_file_raw(normalize: Command, tmp_path: Path) -> None:
    path, rejects = tmp_path / "a.jsonl", tmp_path / "rejects.jsonl"
    path.write_bytes(b'{"text": 7}\n' + GOOD + b'{"text": "\xff"}\n')
    result = normalize("clean", path, "--rejects", rejects)
    first, second = map(json.loads, rejects.read_text().splitlines())
    assert result.code == 1
    assert result.out == GOOD_CLEANED
    assert "3 in = 1 out + 2 rejected" in result.err
    assert first == {
        "file": str(path),
        "line": 1,
        "reason": 'field "text" is a number, not a string',
        "raw": '{"text": 7}',
    }
    assert (second["line"], second["raw_base64"]) == (3, "eyJ0ZXh0IjogIv8ifQ==")


def test_where_records_are_no_utf_8_another_encoding_is_hinted_at(normalize: Command, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(GOOD * 20 + b'{"text": "\xff"}\n' * 2)
    assert "2 records are no UTF-8: --encoding reads" in normalize("clean", path).err
    path.write_bytes(GOOD + b'{"text": 7}\n')
    assert "--encoding" not in normalize("clean", path).err


def test_rejecting_without_a_rejects_file_is_refused(normalize: Command, dirty: Path) -> None:
    result = normalize("clean", dirty, "--on-error", "reject")
    assert result.code == 2
    assert "--rejects" in result.err


def test_the_first_bad_record_can_end_the_run(normalize: Command, tmp_path: Path) -> None:
    path, out = tmp_path / "a.jsonl", tmp_path / "out.jsonl"
    path.write_bytes(GOOD + b"oops\n")
    result = normalize("clean", path, "-o", out, "--on-error", "stop")
    assert result.code == 2
    assert "a.jsonl:2: broken JSON" in result.err
    assert sorted(os.listdir(tmp_path)) == ["a.jsonl"]


def test_no_problem_is_told_beyond_the_one_that_ends_the_run(normalize: Command, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"oops\nand again\n")
    assert normalize("clean", path, "--on-error", "stop").err == f"Error: {path}:1: broken JSON: {EXPECTING}\n"


@pytest.mark.parametrize("suffix", ["csv", "jsonl", "parquet"])
def test_a_dump_without_a_good_record_gives_an_empty_output(normalize: Command, tmp_path: Path, suffix: str) -> None:
    if suffix == "parquet":
        pytest.importorskip("pyarrow")
    path, rejects = tmp_path / "a.tsv", tmp_path / "rejects.jsonl"
    path.write_bytes(b"id\ttext\n" + b"1\n" * 3)
    result = normalize("clean", path, "-o", tmp_path / f"out.{suffix}", "--rejects", rejects)
    assert result.code == 1
    assert "3 in = 0 out + 3 rejected" in result.err
    assert len(rejects.read_bytes().splitlines()) == 3


def test_null_has_nothing_to_clean(normalize: Command) -> None:
    result = normalize("clean", "--input-format", "jsonl", stdin=b'{"text": null}\n')
    assert (result.code, result.out) == (0, b'{"text": null}\n')


def test_many_bad_records_are_counted_not_listed(normalize: Command) -> None:
    result = normalize("clean", "--input-format", "jsonl", stdin=b"x\n" * 1000)
    assert result.err.count("broken JSON") == 20
    assert "and 980 more bad records" in result.err


def test_a_giant_line_is_cleaned(normalize: Command, tmp_path: Path) -> None:
    giant = {"text": DIRTY, "filler": "x" * 50_000_000}
    path = tmp_path / "a.jsonl"
    path.write_bytes(GOOD + jsonl(giant) + GOOD)
    result = normalize("clean", path)
    assert result.code == 0
    assert result.out == GOOD_CLEANED + jsonl({**giant, "text": CLEAN}) + GOOD_CLEANED


def test_nul_bytes_in_a_text_pass_through(normalize: Command) -> None:
    result = normalize("clean", "--input-format", "txt", stdin=b"Harga\x00naik.\n")
    assert (result.code, result.out) == (0, b"Harga\x00naik.\n")


@pytest.mark.parametrize("suffix", ["gz", "zst", "xz", "bz2"])
def test_a_truncated_archive_is_told_and_what_came_before_is_kept(normalize: Command, tmp_path: Path, suffix: str) -> None:
    whole, cut = tmp_path / f"a.jsonl.{suffix}", tmp_path / f"cut.jsonl.{suffix}"
    rows = [{"id": i, "text": "Hujan.", "noise": os.urandom(300).hex()} for i in range(3000)]
    (tmp_path / "a.jsonl").write_bytes(jsonl(*rows))
    assert normalize("clean", tmp_path / "a.jsonl", "-o", whole).code == 0
    cut.write_bytes(whole.read_bytes()[:-100_000])
    result = normalize("clean", cut, "-o", tmp_path / "out.jsonl", "--rejects", tmp_path / "rejects.jsonl")
    kept = (tmp_path / "out.jsonl").read_bytes().splitlines()
    assert result.code == 1
    assert f"cut.jsonl.{suffix}: {suffix} data is cut short" in result.err
    assert 0 < len(kept) < 3000
    assert [json.loads(line) for line in kept] == rows[: len(kept)]
    assert f"= {len(kept):,} out" in result.err


@pytest.mark.parametrize("suffix", ["gz", "zst", "xz", "bz2"])
def test_of_a_truncated_archive_shorter_than_a_batch_all_is_kept_that_can_be_unpacked(
    normalize: Command, tmp_path: Path, suffix: str
) -> None:
    rows = jsonl(*({"id": i, "text": DIRTY} for i in range(20)))
    packed = compressor(suffix)(rows) + compressor(suffix)(rows)
    path = tmp_path / f"a.jsonl.{suffix}"
    path.write_bytes(packed[:-12])
    result = normalize("clean", path)
    assert result.code == 1
    assert f"a.jsonl.{suffix}: {suffix} data is cut short; the records before that were handled" in result.err
    assert result.out.startswith(rows.replace(DIRTY.encode(), CLEAN.encode()))
    stopped = normalize("clean", path, "-o", tmp_path / "out.csv")
    assert stopped.code == 2
    assert f"{suffix} data is cut short" in stopped.err
    assert not (tmp_path / "out.csv").exists()


def damaged(suffix: str) -> bytes:
    """A file of some records that breaks off, or is corrupt, behind the first of them."""
    rows = jsonl({"text": DIRTY})
    if suffix == "json":
        return b"[" + rows[:-1] + b", " + rows[:-5]
    if suffix != "parquet":
        return compressor(suffix.partition(".")[2])(rows) * 2 + compressor(suffix.partition(".")[2])(rows)[:-9]
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    written = io.BytesIO()
    pq.write_table(pa.table({"text": [DIRTY] * 3}), written, row_group_size=1, use_dictionary=False, write_statistics=False)
    data = written.getvalue()
    footer = len(data) - 8 - int.from_bytes(data[-8:-4], "little")
    return data[: footer - 60] + b"\xff" * 60 + data[footer:]  # the last page


@pytest.mark.parametrize("suffix", ["jsonl.gz", "jsonl.zst", "jsonl.xz", "jsonl.bz2", "json", "parquet"])
@pytest.mark.parametrize("options", [(), ("--rejects", "bad.jsonl"), ("--resume",), ("--edits", "log.jsonl")])
def test_a_damaged_file_is_not_replaced_by_what_came_before(
    normalize: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, options: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    data = damaged(suffix)
    Path("in").mkdir()
    for name in ("a.jsonl", "z.jsonl"):
        Path("in", name).write_bytes(jsonl({"text": DIRTY}))
    Path(f"in/m.{suffix}").write_bytes(data)
    result = normalize("clean", "in", "--in-place", *options)
    assert result.code == 1
    assert "; it stays as it is\n" in result.err
    assert Path(f"in/m.{suffix}").read_bytes() == data
    assert all(Path("in", name).read_bytes() == jsonl({"text": CLEAN}) for name in ("a.jsonl", "z.jsonl"))
    assert sorted(os.listdir("in")) == sorted(["a.jsonl", f"m.{suffix}", "z.jsonl"])


@pytest.mark.parametrize("content", [b"", b'{"text": "Harga"}\n', b"\x28\xb5\x2f\xfd\xff\xff\xff\xff\xff"])
def test_what_is_called_an_archive_and_is_none_is_told(normalize: Command, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.jsonl.zst").write_bytes(content)
    result = normalize("clean", tmp_path / "a.jsonl.zst")
    assert result.code == 1
    assert "a.jsonl.zst: " in result.err


def test_archives_one_after_another_are_read_to_the_end(normalize: Command, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl.zst").write_bytes(compressor("zst")(GOOD) * 2)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(GOOD) + gzip.compress(GOOD))
    result = normalize("clean", tmp_path / "a.jsonl.zst", tmp_path / "b.jsonl.gz")
    assert (result.code, result.out) == (0, GOOD_CLEANED * 4)


@pytest.mark.parametrize("link", [os.link, os.symlink])
def test_an_output_that_is_the_input_is_refused(normalize: Command, dirty: Path, link: object) -> None:
    before = dirty.read_bytes()
    other = dirty.with_name("other.jsonl")
    link(dirty, other)  # type: ignore[operator]
    result = normalize("clean", dirty, "-o", other)
    assert result.code == 2
    assert "the output is an input" in result.err
    assert dirty.read_bytes() == before


@pytest.mark.parametrize("option", ["--edits", "--rejects"])
def test_a_log_in_the_place_of_the_input_is_refused(normalize: Command, dirty: Path, option: str) -> None:
    before = dirty.read_bytes()
    result = normalize("clean", dirty, option, dirty)
    assert result.code == 2
    assert dirty.read_bytes() == before


def test_a_full_standard_output_is_told(dirty: Path) -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "normalize", "clean", str(dirty)]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert result.returncode == 2
    assert b"standard output: the disk is full" in result.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("clean", "-o", "out.jsonl", "--edits", "/dev/full"),
        ("clean", "-o", "out.jsonl", "--edits", "/dev/full", "--edits-format", "dolma"),
        ("noise", "-o", "out.jsonl", "--gold", "/dev/full"),
        ("clean", "-o", "/dev/full", "--edits", "log.jsonl"),
        ("clean", "-o", "out.jsonl", "--rejects", "/dev/full"),
    ],
)
def test_the_file_that_cannot_be_written_is_the_one_that_is_named(
    normalize: Command, dirty: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.chdir(dirty.parent)
    dirty.write_bytes(dirty.read_bytes() + b"no JSON\n")
    result = normalize(*command, dirty)
    assert result.code == 2
    assert "Error: /dev/full: the disk is full" in result.err


def test_nothing_stays_of_a_folder_that_could_not_be_learnt(tmp_path: Path) -> None:
    path, folder = tmp_path / "a.jsonl", tmp_path / "new" / "learned"
    path.write_bytes(LONG)

    def no_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))

    for there in (False, True):
        if there:
            folder.mkdir(parents=True)
        process = start("learn", path, "-o", folder, preexec_fn=no_files)
        assert b"File too large" in process.communicate()[1]
        assert process.returncode == 2
        assert sorted(tmp_path.rglob("*")) == ([path, folder.parent, folder] if there else [path])


def test_a_full_disk_is_told_by_commands_that_only_look() -> None:
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "normalize", "explain", "Ia mengtakan hal itu."]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert (result.returncode, result.stderr) == (2, b"Error: the disk is full\n")


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("command", [("clean",), ("clean", "--diff"), ("check", "--format", "json"), ("rules", "--json")])
def test_a_standard_output_that_takes_a_part_is_told(tmp_path: Path, command: tuple[str, ...], unbuffered: str) -> None:
    """Unbuffered, as images of containers set it, a write that takes a part is no error: what it left must be written."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl({"text": DIRTY}) * 500)

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))

    arguments = [sys.executable, "-m", "normalize", *command, *([] if command[0] == "rules" else [str(path)])]
    with (tmp_path / "out").open("wb") as out, (tmp_path / "err").open("wb") as err:
        environment = {**os.environ, "PYTHONUNBUFFERED": unbuffered}
        result = subprocess.run(arguments, stdout=out, stderr=err, env=environment, preexec_fn=small_files, check=False)
    assert result.returncode == 2
    assert (tmp_path / "out").stat().st_size == 5000
    assert (tmp_path / "err").read_text().endswith("Error: standard output: File too large\n")


def test_an_output_that_cannot_grow_is_told_and_the_input_is_untouched(tmp_path: Path) -> None:
    path, out = tmp_path / "a.jsonl", tmp_path / "out.jsonl"
    path.write_bytes(LONG)

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1_500_000, 1_500_000))

    process = start("clean", path, "-o", out, preexec_fn=small_files)
    _, err = process.communicate()
    assert process.returncode == 2
    assert b"out.jsonl: File too large" in err
    assert not out.exists()
    assert path.read_bytes() == LONG


def test_a_full_disk_is_told_and_the_run_goes_on_when_there_is_room(normalize: Command, tmp_path: Path) -> None:
    path, disk = tmp_path / "a.jsonl", tmp_path / "disk"
    path.write_bytes(LONG)
    disk.mkdir()
    script = """
        mount -t tmpfs -o size=2m none "$1/disk" || exit 77
        "$2" -m normalize clean "$1/a.jsonl" -o "$1/disk/out.jsonl" && exit 1
        ls "$1/disk"
        mount -o remount,size=50m "$1/disk" && "$2" -m normalize clean "$1/a.jsonl" -o "$1/disk/out.jsonl" --resume && \
        cat "$1/disk/out.jsonl" > "$1/copy.jsonl"
    """
    unshared = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh", str(tmp_path), sys.executable]
    if not shutil.which("unshare"):
        pytest.skip("no file system can be mounted here")
    result = subprocess.run(unshared, capture_output=True, check=False)
    if result.returncode in (1, 77) and b"disk is full" not in result.stderr:
        pytest.skip("no file system can be mounted here")
    assert b"out.jsonl: the disk is full" in result.stderr
    assert result.stdout.split() == [b"out.jsonl.ledger", b"out.jsonl.part"]
    assert result.returncode == 0
    assert (tmp_path / "copy.jsonl").read_bytes() == LONG == path.read_bytes()


def test_a_closed_pipe_ends_the_run_silently(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(LONG)
    process = start("clean", path)
    assert process.stdout
    assert process.stderr
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 141
    process.stderr.close()
