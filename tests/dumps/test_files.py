"""Which files are read, and where what comes of them goes."""

import errno
import os
import zipfile

import pytest
from harness import CLEAN, DIRTY, jsonl

ROW, ROW_CLEANED = jsonl({"text": DIRTY}), jsonl({"text": CLEAN})


@pytest.fixture
def tree(tmp_path):
    """A directory with files of several formats, below one another, and one that is none."""
    for name, content in {
        "raw/a.jsonl": ROW,
        "raw/2024/b.ndjson": ROW,
        "raw/2024/c.csv": f"text\n{DIRTY}\n".encode(),
        "raw/2024/d.txt": DIRTY.encode(),
        "raw/2024/photo.jpg": b"\xff\xd8",
        "raw/.hidden.jsonl": ROW,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    return tmp_path / "raw"


def files(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


CLEANED = {
    "a.jsonl": ROW_CLEANED,
    "2024/b.ndjson": ROW_CLEANED,
    "2024/c.csv": f"text\n{CLEAN}\n".encode(),
    "2024/d.txt": CLEAN.encode(),
}


def test_what_is_no_file_is_written_straight(normalize, dirty):
    assert normalize("clean", dirty, "-o", "/dev/null").code == 0
    assert not os.path.exists("/dev/null.part")


def test_a_directory_is_mirrored(normalize, tree, tmp_path):
    result = normalize("clean", tree, "-o", tmp_path / "out")
    assert result.code == 0
    assert files(tmp_path / "out") == CLEANED


def test_a_pattern_is_mirrored_below_its_fixed_part(normalize, tree, tmp_path):
    normalize("clean", f"{tree}/**/*.ndjson", f"{tree}/*.jsonl", "-o", tmp_path / "out")
    assert sorted(files(tmp_path / "out")) == ["2024/b.ndjson", "a.jsonl"]


def test_files_from_a_list(normalize, tree, tmp_path):
    (tmp_path / "list").write_text(f"{tree}/a.jsonl\n\n{tree}/2024/b.ndjson\n")
    result = normalize("clean", "--files-from", tmp_path / "list")
    assert result.out == ROW_CLEANED * 2


def test_a_directory_in_another_format(normalize, tree, tmp_path):
    normalize("clean", f"{tree}/**/*json*", "-o", tmp_path / "out/", "--output-format", "csv.gz")
    assert sorted(files(tmp_path / "out")) == ["2024/b.csv.gz", "a.csv.gz"]


def _no_hard_links(*paths):
    raise PermissionError(errno.EPERM, "Operation not permitted", *paths)


@pytest.mark.parametrize("link", [os.link, _no_hard_links])
def test_in_place_with_a_backup(normalize, tree, monkeypatch, link):
    """On FAT, and on many a network share, no file has two names."""
    monkeypatch.setattr(os, "link", link)
    before = files(tree)
    assert normalize("clean", tree, "--in-place", "--backup", ".bak").code == 0
    after = files(tree)
    assert {name: after[name] for name in CLEANED} == CLEANED
    assert {name: after[f"{name}.bak"] for name in CLEANED} == {name: before[name] for name in CLEANED}
    assert len(after) == len(before) + len(CLEANED)


def test_an_older_backup_is_not_overwritten(normalize, dirty):
    before = dirty.read_bytes()
    dirty.with_name("dirty.jsonl.bak").write_text("older")
    for more in ([], ["--resume"]):
        assert normalize("clean", dirty, "--in-place", "--backup", ".bak", *more).code == 2
        assert dirty.read_bytes() == before
        assert dirty.with_name("dirty.jsonl.bak").read_text() == "older"


def test_a_backup_that_a_run_made_before_it_ended_is_one(normalize, dirty):
    before, backup = dirty.read_bytes(), dirty.with_name("dirty.jsonl.bak")
    backup.write_bytes(before)
    assert normalize("clean", dirty, "--in-place", "--backup", ".bak").code == 0
    assert backup.read_bytes() == before != dirty.read_bytes()


def test_a_link_in_the_place_of_a_backup_is_told_before_anything_is_done(normalize, dirty):
    before = dirty.read_bytes()
    dirty.with_name("dirty.jsonl.bak").symlink_to("nowhere")
    result = normalize("clean", dirty, "--in-place", "--backup", ".bak")
    assert result.code == 2
    assert "dirty.jsonl.bak: exists" in result.err
    assert dirty.read_bytes() == before


def test_in_place_keeps_the_mode_of_a_file(normalize, dirty):
    dirty.chmod(0o640)
    normalize("clean", dirty, "--in-place")
    assert dirty.stat().st_mode & 0o777 == 0o640
    assert CLEAN in dirty.read_text()


def test_a_link_is_cleaned_in_place_where_it_leads(normalize, dirty):
    link = dirty.with_name("link.jsonl")
    link.symlink_to(dirty)
    assert normalize("clean", link, "--in-place").code == 0
    assert link.is_symlink()
    assert CLEAN in dirty.read_text()


def test_an_older_output_stays_until_the_new_one_is_whole(normalize, dirty, tmp_path):
    (tmp_path / "out.jsonl").write_text("older")
    with dirty.open("ab") as file:
        file.write(b"oops\n")
    assert normalize("clean", dirty, "-o", tmp_path / "out.jsonl", "--on-error", "stop").code == 2
    assert (tmp_path / "out.jsonl").read_text() == "older"


def test_two_inputs_for_one_output_are_refused(normalize, tree, tmp_path):
    (tree / "2024" / "a.jsonl").write_bytes(ROW)
    result = normalize("clean", tree / "a.jsonl", tree / "2024/a.jsonl", "-o", tmp_path / "out/")
    assert result.code == 2
    assert "same output file" in result.err


def test_documents_do_not_run_together(normalize, tree, tmp_path):
    (tree / "e.txt").write_text("Hujan.")
    result = normalize("clean", tree / "e.txt", tree / "2024/d.txt", "-o", tmp_path / "out.txt")
    assert result.code == 2
    assert "several documents" in result.err


def test_a_document_a_line(normalize, tmp_path):
    (tmp_path / "a.txt").write_bytes(f"{DIRTY}\r\n\n{DIRTY}&#10;x".encode())
    result = normalize("clean", tmp_path / "a.txt", "--lines")
    assert result.out.splitlines(keepends=True)[:2] == [f"{CLEAN}\r\n".encode(), b"\n"]
    assert result.out.count(b"\n") == 2
    assert "2 in = 2 out" in result.err


def test_records_cannot_become_plain_text(normalize, dirty, tmp_path):
    result = normalize("clean", dirty, "-o", tmp_path / "out.txt")
    assert result.code == 2
    assert "cannot be written as plain text" in result.err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--in-place", "-o", "x.jsonl"], "exclude each other"),
        (["--backup", ".bak"], "--backup needs --in-place"),
        (["--resume"], "--resume needs -o"),
        (["--limit", 1, "--sample", 1], "exclude each other"),
        (["--skip", "date.wether"], "date.wether"),
        (["--drop", "adverts"], "adverts"),
    ],
)
def test_options_that_make_no_sense_are_refused(normalize, dirty, options, message):
    result = normalize("clean", dirty, *options)
    assert result.code == 2
    assert message in result.err


def test_csv_from_jsonl_holds_nested_values_as_json(normalize, tmp_path):
    (tmp_path / "a.jsonl").write_bytes(jsonl({"text": f'{DIRTY} Kata dia, "x"', "tags": ["a", 1], "n": None}))
    normalize("clean", tmp_path / "a.jsonl", "-o", tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text() == f'text,tags,n\n"{CLEAN} Kata dia, ""x""","[""a"",1]",\n'


@pytest.mark.parametrize("suffix", ["gz", "bz2", "xz", "zst"])
def test_every_compression_reads_back(normalize, dirty, tmp_path, suffix):
    packed = tmp_path / f"a.jsonl.{suffix}"
    assert normalize("clean", dirty, "-o", packed).code == 0
    assert packed.read_bytes()[:20] != dirty.read_bytes()[:20]
    assert normalize("clean", "--input-format", "jsonl", stdin=packed.read_bytes()).out == normalize("clean", dirty).out


def test_limit_and_sample(normalize, tmp_path):
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(b'{"text": "%d"}' % i for i in range(5000)))
    assert normalize("clean", tmp_path / "a.jsonl", "--limit", 3).out == b'{"text": "0"}\n{"text": "1"}\n{"text": "2"}'
    drawn = normalize("clean", tmp_path / "a.jsonl", "--sample", 50, "--seed", 1).out
    assert drawn == normalize("clean", tmp_path / "a.jsonl", "--sample", 50, "--seed", 1, "-j", 2).out
    assert drawn != normalize("clean", tmp_path / "a.jsonl", "--sample", 50, "--seed", 2).out
    assert len(set(drawn.splitlines())) == 50


def test_two_inputs_for_one_output_are_refused_however_it_is_called(normalize, tmp_path):
    (tmp_path / "out" / "b").mkdir(parents=True)
    (tmp_path / "out" / "c").symlink_to("b")
    for names in (("a.jsonl", "./a.jsonl"), ("b/a.jsonl", "b//a.jsonl"), ("b/a.jsonl", "c/a.jsonl")):
        with zipfile.ZipFile(tmp_path / "in.zip", "w") as made:
            for name in names:
                made.writestr(name, jsonl({"text": DIRTY}))
        (tmp_path / "out" / "in").unlink(missing_ok=True)
        (tmp_path / "out" / "in").symlink_to(".")
        result = normalize("clean", tmp_path / "in.zip", "-o", tmp_path / "out")
        assert result.code == 2
        assert "two of the inputs would go to the same output file" in result.err
