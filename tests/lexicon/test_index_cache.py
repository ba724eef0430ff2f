"""Indexes are built once, found again, and do not pile up."""

import errno
import hashlib
import inspect
import os
import re
import subprocess
import sys
import tempfile
import time
import zlib
from pathlib import Path

import pytest

from normalize import kernel, lexicon
from normalize.language import evidence
from normalize.lexicon import attestations, commas, flat
from normalize.lexicon.index_cache import cached
from normalize.spelling import accepted, candidates, context, segmentation

OLD, NEW = "0123456789abcdef+0123456789abcdef", "fedcba9876543210"  # the older with what was learnt
MONTHS_AGO = time.time() - 100 * 24 * 3600


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """An index of older dictionaries, which nobody used for months."""
    monkeypatch.setenv("NORMALIZE_CACHE", str(tmp_path))
    cached("words.bin", OLD, lambda: b"old")
    os.utime(tmp_path / OLD / "words.bin", (MONTHS_AGO, MONTHS_AGO))
    return tmp_path


def build_another():
    return cached("words.bin", NEW, lambda: b"new")


def test_an_index_is_built_once(cache):
    assert build_another() == b"new"
    assert cached("words.bin", NEW, lambda: pytest.fail("built again")) == b"new"


def test_of_two_processes_that_build_an_index_both_use_that_of_the_first(cache):
    """The seed of hashes is drawn: what one packs by another is of no use to the others."""

    def build():
        assert build_another() == b"new"  # another process, in the meantime
        return b"newer"

    assert cached("words.bin", NEW, build) == b"new"
    assert os.listdir(cache / NEW) == ["words.bin"]


def test_indexes_that_nobody_uses_are_removed_when_another_is_built(cache):
    build_another()
    assert os.listdir(cache) == [NEW]


def test_an_index_in_use_stays(cache):
    cached("words.bin", OLD, lambda: pytest.fail("built again"))
    build_another()
    assert sorted(os.listdir(cache)) == [OLD, NEW]


def test_indexes_of_every_kind_are_removed(cache):
    for name in ("pairs.bin", "counts.bin"):
        cached(name, OLD, lambda: b"old")
        os.utime(cache / OLD / name, (MONTHS_AGO, MONTHS_AGO))
    build_another()
    assert os.listdir(cache) == [NEW]


CUT_SHORT = """
import os, pathlib, sys
from normalize import Normalizer
cleaner = Normalizer(skip=["date"])
cleaner.clean("Ia mengtakan hal itu.")
for index in pathlib.Path(os.environ["NORMALIZE_CACHE"]).rglob("*.*"):
    os.truncate(index, 0)
assert cleaner.clean("Warga mengugnsi dan mengtkan hal itu dirumah.") == "Warga mengungsi dan mengatakan hal itu di rumah."
print(Normalizer(standard=True).clean("Ia mengtakan hal itu."))
"""


def test_indexes_that_are_cut_short_while_in_use_are_missed_by_nobody(cache):
    """Mapped into memory, they would end the process (SIGBUS)."""
    cleaned = subprocess.run([sys.executable, "-c", CUT_SHORT], capture_output=True, text=True, check=False)
    assert (cleaned.returncode, cleaned.stdout) == (0, "Ia mengatakan hal itu.\n"), cleaned.stderr


def test_what_is_no_index_of_ours_stays(cache):
    (cache / OLD / "notes.txt").write_text("mine")
    (cache / "models").mkdir()
    (cache / "models" / "mine.bin").write_text("mine")
    for path in (cache / OLD / "notes.txt", cache / "models" / "mine.bin"):
        os.utime(path, (MONTHS_AGO, MONTHS_AGO))
    build_another()
    assert os.listdir(cache / OLD) == ["notes.txt"]
    assert os.listdir(cache / "models") == ["mine.bin"]


def test_an_index_that_cannot_be_built_leaves_nothing(cache):
    with pytest.raises(ZeroDivisionError):
        cached("words.bin", NEW, lambda: 1 / 0)
    assert os.listdir(cache / NEW) == []


def test_what_a_killed_process_left_is_removed_after_a_day(cache):
    (cache / NEW).mkdir()
    for name in (".unfinished-old", ".unfinished-new"):
        (cache / NEW / name).write_text("half")
    os.utime(cache / NEW / ".unfinished-old", (MONTHS_AGO, MONTHS_AGO))
    build_another()
    assert sorted(os.listdir(cache / NEW)) == [".unfinished-new", "words.bin"]


@pytest.mark.parametrize("content", ["", "\0\0\0", "\0" * 8, "\0" * 11, "ne", "new and more"])
def test_a_damaged_index_is_built_anew(cache, content, caplog):
    build_another()
    (cache / NEW / "words.bin").write_text(content)
    assert build_another() == b"new"
    assert "is damaged, and is built anew" in caplog.text


@pytest.mark.parametrize("make", ["mkfifo", "symlink"])
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_what_has_no_end_is_not_read(cache, make):
    build_another()
    name = "words.bin"
    (cache / NEW / name).unlink()
    getattr(os, make)(*(["/dev/zero"] if make == "symlink" else []), cache / NEW / name)
    assert build_another() == b"new"
    assert (cache / NEW / name).is_file()


@pytest.fixture
def shared(tmp_path, monkeypatch):
    """A temporary folder that all share, where the home cannot be written."""
    monkeypatch.delenv("NORMALIZE_CACHE", raising=False)
    (tmp_path / "home").write_text("a file")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home" / "cache"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    return tmp_path / "tmp" / f"normalize-id-{os.getuid()}"


def test_a_folder_in_a_shared_place_is_for_its_user_alone(shared):
    build_another()
    assert sorted(os.listdir(shared / NEW)) == ["words.bin"]
    assert shared.stat().st_mode & 0o777 == (shared / NEW).stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("plant", ["writable", "link"])
def test_an_index_that_others_may_have_planted_is_not_taken(shared, plant, caplog):
    place = shared.with_name("other") if plant == "link" else shared
    (place / NEW).mkdir(parents=True)
    evil = zlib.crc32(b"evil", 1).to_bytes(8, "little") + b"evil"
    (place / NEW / "words.bin").write_bytes(evil)
    place.chmod(0o777 if plant == "writable" else 0o700)
    if plant == "link":
        shared.symlink_to(place)
    assert build_another() == b"new"
    assert "no index is taken from it" in caplog.text
    assert (place / NEW / "words.bin").read_bytes() == evil
    assert cached("words.bin", NEW, lambda: pytest.fail("built again")) == b"new"  # for this process


def test_a_chosen_folder_that_all_can_write_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setenv("NORMALIZE_CACHE", str(tmp_path / "cache"))
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache").chmod(0o777)
    assert build_another() == b"new"
    assert os.listdir(tmp_path / "cache") == []


@pytest.mark.skipif(not os.path.exists("/proc/self/fd"), reason="needs /proc")
def test_where_a_folder_is_full_an_index_is_built_elsewhere(cache, caplog, monkeypatch):
    synced = os.fsync

    def full(handle):
        if Path(os.readlink(f"/proc/self/fd/{handle}")).is_relative_to(cache):
            raise OSError(errno.ENOSPC, "No space left on device")
        synced(handle)

    monkeypatch.setattr(os, "fsync", full)

    assert cached("full.bin", NEW, lambda: b"new") == b"new"
    assert "full.bin cannot be kept: No space left on device" in caplog.text
    assert os.listdir(cache / NEW) == []


def test_what_stands_in_the_place_of_an_index_is_passed_by(cache):
    (cache / NEW / "odd.bin").mkdir(parents=True)
    assert cached("odd.bin", NEW, lambda: b"new") == b"new"


def test_a_folder_that_may_not_be_looked_into_is_passed_by(cache, monkeypatch):
    """The home of another user, as after `sudo -u`: the superuser, whom nothing is denied, needs a mock."""

    def denied(self, *_, **__):
        raise PermissionError(errno.EACCES, "Permission denied", str(self))

    for asks in ("is_file", "exists", "is_dir", "stat", "read_bytes", "mkdir"):
        real = getattr(Path, asks)
        monkeypatch.setattr(
            Path, asks, lambda self, *a, real=real, **k: (denied if self.is_relative_to(cache) else real)(self, *a, **k)
        )
    assert cached("denied.bin", NEW, lambda: b"new") == b"new"


WRITTEN_SO = "9a9f6d90638c0d90"  # the hash of the code that writes and reads indexes


def test_another_form_of_an_index_has_another_number():
    """An index of an older release has another form, though the dictionaries may be the same."""
    parts = (
        *(flat, lexicon._words, lexicon.load, lexicon.word_list, attestations._tables, attestations.load),
        *(commas.commas, commas._packed, context._pairs, candidates._index, segmentation._parts),
        *(accepted.accepted_forms, evidence._rows, evidence.ordinary_forms, candidates.offered),
    )
    choices = (
        *(sorted(segmentation.SHORT_PARTS), segmentation.SHORTEST, candidates.MIN_COUNT_ONE_EDIT),
        *(candidates.MIN_COUNT_TWO_EDITS, context.COUNT_OF_A_MARK, context.EDGE, context.NUMBER, commas.SMOOTHING),
        kernel.OFTEN,
    )
    code = [re.sub(r'(?s)""".*?"""|  # [^\n]*', "", inspect.getsource(part)) for part in parts]  # no docs
    written = hashlib.sha256(("".join(code) + repr(choices)).encode()).hexdigest()[:16]
    assert written == WRITTEN_SO, "raise index_cache.FORM, and put this hash into WRITTEN_SO"
