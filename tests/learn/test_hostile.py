"""Learned folders that somebody damaged or made up: a line of what is wrong, never another error; and bounded memory."""

from __future__ import annotations

import os
import shutil

import pytest
from learn.articles import files

from normalize import Normalizer, kernel
from normalize.adapters import kept
from normalize.learn import merge, read
from normalize.lexicon import learned
from normalize.lexicon.learned import LearnedError
from normalize.rules import boilerplate

USED = ("known.tsv", "boilerplate.tsv")
MERGED = ("bylines.tsv", "contexts.tsv", "lines.tsv", "mastheads.tsv", "names.tsv", "outlets.tsv", "words.tsv")
DAMAGES = {
    "empty": lambda data: b"",
    "cut off": lambda data: data[:-3],
    "zeros": lambda data: bytes(len(data)),
    "binary": lambda data: data[:40] + b"\xff\xfe\x80\x00" * 20 + data[40:],
    "other columns": lambda data: b"a\tb\n" + data,
    "a column more": lambda data: data + b"a\tb\tc\td\te\tf\tg\n",
    "an empty row": lambda data: data + b"\n",
    "a row of 10 MB": lambda data: data + b"x" * 10_000_000,
    "a header of 10 MB": lambda data: b"x" * 10_000_000,
}
COUNTS = ("-1", "0", "1.5", "1e9", "", " 7", "nan", "٣", "9" * 16, "9" * 5000)
FORMS = {
    "bylines.tsv": "zzz\t{}",
    "mastheads.tsv": "zzz\t{}",
    "names.tsv": "zzz\t{}",
    "outlets.tsv": "zzz\t{}",
    "words.tsv": "zzz\t{}",
    "known.tsv": "word\tzzz\t{}",
    "boilerplate.tsv": "zzz\tend\tHak cipta\t{}\t9",
}


@pytest.fixture
def folder(whole, tmp_path):
    return shutil.copytree(whole, tmp_path / "folder")


def use(folder, tmp_path):
    Normalizer(learned=folder).clean("Hujan turun.")


def merged(folder, tmp_path):
    merge([folder, folder], tmp_path / "merged")


def all_ways(name):
    """What reads a file of a folder."""
    return (use,) if name in USED else (merged, lambda folder, _: read(folder))


@pytest.mark.parametrize("name", USED + MERGED)
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_told_with_its_name(folder, tmp_path, name, damage):
    path = folder / name
    path.write_bytes(DAMAGES[damage](path.read_bytes()))
    for way in all_ways(name):
        with pytest.raises(LearnedError, match=name) as error:
            way(folder, tmp_path)
        assert len(str(error.value)) < 500
        assert str(error.value).isprintable()


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("count", COUNTS)
def test_a_count_is_a_whole_number_of_fifteen_digits(folder, tmp_path, name, count):
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(FORMS[name].format(count) + "\n")
    for way in all_ways(name):
        with pytest.raises(LearnedError, match=name):
            way(folder, tmp_path)


@pytest.mark.parametrize("name", USED + MERGED)
@pytest.mark.parametrize("kind", ["missing", "folder", "fifo", "device"])
def test_what_is_no_file_is_not_read(folder, tmp_path, name, kind):
    path = folder / name
    path.unlink()
    if kind == "folder":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    for way in all_ways(name):
        with pytest.raises(LearnedError, match=name):
            way(folder, tmp_path)


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("known.tsv", "colour\tred\t9"),
        ("known.tsv", "byline\t \t9"),
        ("known.tsv", "word\t\t9"),
        ("boilerplate.tsv", "contoh\tend\t  \t9\t9"),
        ("contexts.tsv", "words\tzzz\t00000000"),
        ("contexts.tsv", "word\tzzz\t"),
        ("contexts.tsv", "word\tzzz\tall"),
        ("contexts.tsv", "word\tzzz\t" + " ".join(["00000000"] * 99)),
        ("words.tsv", "aaa\t9"),  # not in order
        ("words.tsv", "zzz\t9\nzzz\t9"),  # twice
        ("lines.tsv", "a\tb\tc\td"),
    ],
)
def test_what_cannot_stand_in_a_file_is_told(folder, tmp_path, name, row):
    with (folder / name).open("a", encoding="utf-8") as file:
        file.write(row + "\n")
    for way in all_ways(name):
        with pytest.raises(LearnedError, match=name):
            way(folder, tmp_path)


def test_a_merge_that_fails_leaves_what_was_there(folder, whole, tmp_path):
    before = files(whole)
    (folder / "words.tsv").write_bytes(b"junk")
    target = shutil.copytree(whole, tmp_path / "target")
    with pytest.raises(LearnedError):
        merge([whole, folder], target)
    assert files(target) == before


# --- Many lines ------------------------------------------------------------------------------------------------------


def many(folder, lines):
    with (folder / "boilerplate.tsv").open("w", encoding="utf-8") as file:
        file.write("\t".join(learned.BOILERPLATE_COLUMNS) + "\n")
        file.writelines(f"contoh\tend\t{line}\t50\t100\n" for line in lines)
    return folder


def test_more_lines_than_are_held_are_told_with_their_number(folder):
    many(folder, (f"Hak cipta nomor {number}" for number in range(learned.MAX_LINES + 1)))
    with pytest.raises(LearnedError, match="more than 20,000 rows"):
        use(folder, None)


@pytest.mark.parametrize("alphabet", ["abcdefghijklmnopqrstuvwxyz", "".join(map(chr, range(0x4E00, 0x5E00)))])
def test_the_search_for_as_many_lines_as_may_be_has_a_bound(folder, monkeypatch, alphabet):
    def line(number):
        return "".join(alphabet[(number * 7919 + place * 104729 + number * place) % len(alphabet)] for place in range(30))

    searched = []
    kernel_literals = kernel.Literals
    lines = [f"Hak {line(number)}" for number in range(learned.MAX_LINES)]
    cleaner = Normalizer(learned=many(folder, lines), drop=["boilerplate"])
    lexicon, corrector = cleaner.lexicon, cleaner.corrector
    monkeypatch.setattr(kernel, "Literals", lambda groups: searched.append(groups) or kernel_literals(groups))
    boilerplate._sought(lexicon, corrector)
    states = {word[:length] for (word,) in searched.pop() for length in range(len(word))}
    assert len(states) <= boilerplate.STATES
    assert cleaner.clean(f"Hujan turun.\n{lines[777]}") == "Hujan turun.\n"


def learnt(folder, word):
    """Have a folder in which a word is known, written as `normalize learn` writes one."""
    folder.mkdir(exist_ok=True)
    for name, columns, rows in (
        (learned.KNOWN, learned.KNOWN_COLUMNS, [("word", word, "9")]),
        (learned.BOILERPLATE, learned.BOILERPLATE_COLUMNS, []),
    ):
        (folder / "new").write_text("".join("\t".join(row) + "\n" for row in (columns, *rows)))
        (folder / "new").replace(folder / name)
    return folder


def test_a_folder_that_is_written_anew_is_read_anew(tmp_path, monkeypatch):
    """In a process that goes on, by whatever name it is called from whatever folder, and by adapters, too."""
    text = "Ia mengtakan hal itu dirumah."
    kept_words = {"mengtakan": "Ia mengtakan hal itu di rumah.", "dirumah": "Ia mengatakan hal itu dirumah."}
    for word, cleaned in [*kept_words.items()] * 2:
        folder = learnt(tmp_path / "learned", word)
        assert Normalizer(learned=folder).clean(text) == cleaned
        assert kept(Normalizer(learned=folder)).clean(text) == cleaned
        assert Normalizer(learned=folder).lexicon is Normalizer(learned=folder).lexicon
        (tmp_path / word).mkdir(exist_ok=True)
        monkeypatch.chdir(tmp_path / word)
        learnt(tmp_path / word / "learned", word)
        assert Normalizer(learned="learned").clean(text) == cleaned
        assert kept(Normalizer(learned="learned")).clean(text) == cleaned


def test_a_folder_that_is_written_while_it_is_read_is_not_taken(tmp_path, monkeypatch):
    folder = learnt(tmp_path / "learned", "mengtakan")
    hashed = learned.version

    def written(folder):
        learnt(folder, "dirumah")
        return hashed(folder)

    monkeypatch.setattr(learned, "version", written)
    with pytest.raises(LearnedError, match="was written while it was read"):
        Normalizer(learned=folder).clean("Ia mengtakan.")
