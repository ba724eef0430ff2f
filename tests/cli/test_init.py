"""normalize init: looks at a dump and writes a configuration that fits it."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from harness import Command, jsonl

BODY = "Warga mengungsi ke balai desa setelah banjir merendam rumah mereka. " * 4


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(count: int = 30) -> list[dict[str, object]]:
    return [
        {
            "_id": f"x{i}",
            "isi": f"{BODY} {i}",
            "judul": f"Warga mengungsi setelah banjir {i}",
            "tanggal_terbit": "2024-10-25" if i % 10 else "kemarin",
            "media": f"outlet{i % 3}",
            "views": i,
            "author": None,
        }
        for i in range(count)
    ]


def test_a_dump_of_other_names_is_cleaned_with_what_was_written(normalize: Command, folder: Path) -> None:
    dump = rows()
    dump[3]["isi"] = f"Ia mengtakan hal itu. {BODY}"
    Path("dump.jsonl").write_bytes(jsonl(*dump))
    assert normalize("init", "dump.jsonl").code == 0
    assert tomllib.loads(Path("normalize.toml").read_text()) == {
        "field": ["isi", "judul"],
        "date-field": "tanggal_terbit",
        "id-field": "_id",
        "outlet-field": "media",
    }
    assert "# Of its values 90% are read." in Path("normalize.toml").read_text().splitlines()
    assert "mengatakan" in normalize("clean", "dump.jsonl").out.decode()


def test_a_table_and_a_folder_are_looked_at(normalize: Command, folder: Path) -> None:
    Path("in").mkdir()
    Path("in/a.csv").write_text("id,text,date\n" + "".join(f"{i},{BODY}{i},2024-10-25\n" for i in range(5)))
    result = normalize("init", "in", "-o", "-")
    assert tomllib.loads(result.out.decode()) == {"field": ["text"], "date-field": "date", "id-field": "id"}


def test_what_was_told_of_the_dump_is_kept(normalize: Command, folder: Path) -> None:
    Path("dump").write_bytes(jsonl(*rows(3)))
    shown = tomllib.loads(normalize("init", "dump", "--input-format", "jsonl", "-o", "-").out.decode())
    assert shown["input-format"] == "jsonl"


def test_a_dump_without_prose_says_so(normalize: Command, folder: Path) -> None:
    Path("dump.jsonl").write_bytes(jsonl({"a": 1, "b": "x"}, {"a": 2, "b": "y"}))
    result = normalize("init", "dump.jsonl", "-o", "-").out.decode()
    assert "# No field holds prose: choose among a, b." in result
    assert "field" not in tomllib.loads(result)


def test_a_file_that_is_there_is_not_replaced_unasked(normalize: Command, folder: Path) -> None:
    Path("dump.jsonl").write_bytes(jsonl(*rows(3)))
    Path("normalize.toml").write_text("jobs = 2\n")
    result = normalize("init", "dump.jsonl")
    assert result.code == 2
    assert "--force replaces it" in result.err
    assert Path("normalize.toml").read_text() == "jobs = 2\n"
    assert normalize("init", "dump.jsonl", "--force").code == 0
    assert "field" in tomllib.loads(Path("normalize.toml").read_text())


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "no such file"), (b"", "there is no good record in it"), (b"{oops\n", "there is no good record in it")],
)
def test_what_cannot_be_looked_at_is_told(normalize: Command, folder: Path, content: bytes | None, message: str) -> None:
    if content is not None:
        Path("dump.jsonl").write_bytes(content)
    result = normalize("init", "dump.jsonl")
    assert result.code == 2
    assert message in result.err
    assert not Path("normalize.toml").exists()


def test_fields_inside_of_records_are_found(normalize: Command, folder: Path) -> None:
    dump = [
        {
            "id": i,
            "article": {"body": f"{BODY} {i}", "meta": {"published": "2024-10-25", "article_id": f"x{i}"}},
            "paragraphs": [f"{BODY} {i}", BODY],
            "tags": ["banjir", "jakarta"],
        }
        for i in range(5)
    ]
    dump[2]["paragraphs"] = ["Ia mengtakan hal itu. " + BODY]
    Path("dump.jsonl").write_bytes(jsonl(*dump))
    normalize("init", "dump.jsonl")
    found = tomllib.loads(Path("normalize.toml").read_text())
    assert sorted(found["field"]) == ["article.body", "paragraphs[]"]
    assert (found["date-field"], found["id-field"]) == ("article.meta.published", "id")
    assert b"Ia mengatakan hal itu." in normalize("clean", "dump.jsonl").out


@pytest.mark.parametrize(
    ("dates", "expected", "comment"),
    [
        (["10/24/2024", "10/25/2024", "8/9/2024"], "mdy", "# The month comes first: 10/24/2024."),
        (["24/10/2024", "25/10/2024", "8/9/2024"], None, ""),
        (["8/9/2024"] * 3, None, "# Nothing tells whether 8/9/2024 is day first, as it is read."),
    ],
)
def test_the_order_of_dates_is_told(
    normalize: Command, folder: Path, dates: list[str], expected: str | None, comment: str
) -> None:
    Path("dump.jsonl").write_bytes(jsonl(*({"text": BODY, "date": date} for date in dates)))
    written = normalize("init", "dump.jsonl", "-o", "-").out.decode()
    assert tomllib.loads(written).get("date-order") == expected
    assert comment in written


def test_an_encoding_is_told(normalize: Command, folder: Path) -> None:
    Path("dump.csv").write_bytes(b"text\n" + f"“Kafé” {BODY}\n".encode("cp1252") * 3)
    assert tomllib.loads(normalize("init", "dump.csv", "-o", "-").out.decode())["encoding"] == "cp1252"


def test_a_table_without_a_header_is_seen(normalize: Command, folder: Path) -> None:
    Path("dump.csv").write_text(f"1,{BODY}\n2,{BODY}\n")
    for command in (("init", "dump.csv"), ("clean", "dump.csv")):
        result = normalize(*command)
        assert result.code == 2
        assert "--no-header" in result.err
        assert len(result.err) < 400


def test_names_of_fields_do_not_break_what_is_written(normalize: Command, folder: Path) -> None:
    Path("dump.jsonl").write_bytes(jsonl(*({"a\njobs = 99\nb": f"{BODY} {i}"} for i in range(3))))
    assert tomllib.loads(normalize("init", "dump.jsonl", "-o", "-").out.decode()) == {"field": ["a\njobs = 99\nb"]}
    Path("dump.jsonl").write_bytes(jsonl({"a\njobs = 99\nb": 1}))
    assert tomllib.loads(normalize("init", "dump.jsonl", "-o", "-").out.decode()) == {}
