"""Input as it comes: recognised by its first bytes, in other encodings, without a header, under other names."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
from pathlib import Path

import pytest
from harness import CLEAN, DIRTY, Command, jsonl, start
from hypothesis import example, given
from hypothesis import strategies as st

from normalize.dumps.errors import DamagedInput
from normalize.dumps.formats.encoding import LOOKED_AT, decoded
from normalize.dumps.visible import visible

ROWS = jsonl({"id": 1, "text": DIRTY}, {"id": 2, "text": CLEAN})
CLEANED = ROWS.replace(DIRTY.encode(), CLEAN.encode())
CP1252 = "id,text\n1,“Kafé” itu dirumah – kata dia.\n2,Harga naik €5.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress], ids=["plain", "gz", "bz2", "xz"])
@pytest.mark.parametrize(
    ("data", "cleaned"),
    [
        (ROWS, CLEANED),
        (b"[" + ROWS.strip().replace(b"\n", b",\n") + b"]", b"[" + CLEANED.strip().replace(b"\n", b",\n") + b"]"),
        (f"id,text\n1,{DIRTY}\n".encode(), f"id,text\n1,{CLEAN}\n".encode()),
        (f"id\ttext\n1\t{DIRTY}\n".encode(), f"id\ttext\n1\t{CLEAN}\n".encode()),
        (f"{DIRTY}\nIa, dia, mereka.\n".encode(), f"{CLEAN}\nIa, dia, mereka.\n".encode()),
        (b'{\n "text": "' + DIRTY.encode() + b'"\n}\n', b'{\n "text": "' + CLEAN.encode() + b'"\n}\n'),
    ],
    ids=["jsonl", "array", "csv", "tsv", "txt", "one object"],
)
def test_standard_input_is_told_by_its_first_bytes(normalize: Command, pack, data: bytes, cleaned: bytes) -> None:
    result = normalize("clean", "-", stdin=pack(data))
    assert (result.code, result.out) == (0, cleaned), result.err


def test_a_pipe_is_told_and_read_to_its_end(tmp_path: Path) -> None:
    times = LOOKED_AT // len(ROWS) + 5_000
    process = start("clean", "-", "-q", stdin=-1)
    out, err = process.communicate(ROWS * times)
    assert (process.returncode, err) == (0, b"")
    assert out == CLEANED * times


def test_parquet_is_told(normalize: Command, folder: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    Path("a.jsonl").write_bytes(ROWS)
    normalize("clean", "a.jsonl", "-o", "a.parquet", "--skip", "characters")
    Path("dump").write_bytes(Path("a.parquet").read_bytes())
    assert normalize("clean", "dump", "-o", "out.jsonl").code == 0
    assert [json.loads(line)["text"] for line in Path("out.jsonl").read_bytes().splitlines()] == [CLEAN, CLEAN]


def test_parquet_and_workbooks_come_through_a_pipe(normalize: Command, folder: Path) -> None:
    for library in ("pyarrow", "openpyxl"):
        pytest.importorskip(library, reason=f"{library} is not installed")
    Path("a.jsonl").write_bytes(ROWS)
    for name in ("a.parquet", "a.xlsx"):
        normalize("clean", "a.jsonl", "-o", name, "--skip", "*")
        for output in ("b.csv", "b.parquet"):
            assert normalize("clean", "-", "-o", output, stdin=Path(name).read_bytes()).code == 0
        assert Path("b.csv").read_text() == f"id,text\n1,{CLEAN}\n2,{CLEAN}\n"
    result = normalize("clean", "-", "-o", "b.xlsx", stdin=Path("a.xlsx").read_bytes())
    assert result.code == 2
    assert "standard input: to write a workbook" in result.err


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"id,isi\n1,a\n2,b\n", "looks like a table without a column 'text'"),
        (b"\0\1\2\3", "neither its name nor its beginning shows its format"),
        (b"", "neither its name nor its beginning shows its format"),
    ],
)
def test_what_cannot_be_told_is_asked_for(normalize: Command, data: bytes, message: str) -> None:
    result = normalize("clean", "-", stdin=data)
    assert (result.code, result.out) == (2, b"")
    assert message in result.err


@pytest.mark.parametrize("name", ["a.jl", "a.ndjson", "a.jsonl.gz", "dump", "a.dat"])
def test_files_of_other_names_are_read(normalize: Command, folder: Path, name: str) -> None:
    Path(name).write_bytes(gzip.compress(ROWS) if name.endswith("gz") else ROWS)
    normalize("clean", name, "-o", "out.jsonl")
    assert Path("out.jsonl").read_bytes() == CLEANED


def test_a_tab_file_is_a_table(normalize: Command, folder: Path) -> None:
    Path("a.tab").write_text(f"id\ttext\n1\t{DIRTY}\n")
    assert normalize("clean", "a.tab").out == f"id\ttext\n1\t{CLEAN}\n".encode()


def test_a_table_without_a_header_has_fields_of_numbers(normalize: Command, folder: Path) -> None:
    raw = f"7;{DIRTY};x\n8;{CLEAN};y\n"
    Path("a.csv").write_text(raw)
    options = ["--no-header", "--field", 2, "--id-field", 1]
    assert normalize("clean", "a.csv", "-o", "out.csv", "--edits", "log", *options).code == 0
    assert Path("out.csv").read_text() == f"7;{CLEAN};x\n8;{CLEAN};y\n"
    assert '"n":1,"id":"7","field":"2"' in Path("log").read_text()
    assert normalize("undo", "out.csv", "--edits", "log", "--no-header").out == raw.encode()
    normalize("clean", "a.csv", "-o", "out.jsonl", *options)
    assert json.loads(Path("out.jsonl").read_bytes().splitlines()[0]) == {"1": "7", "2": CLEAN, "3": "x"}
    refused = normalize("clean", "a.csv", "--no-header", "--field", 4)
    assert refused.code == 2
    assert 'has no column "4" (its columns: 1, 2, 3)' in refused.err


def test_two_tables_without_headers_go_into_one(normalize: Command, folder: Path) -> None:
    for name in "ab":
        Path(f"{name}.csv").write_text(f"{name},{DIRTY}\n")
    normalize("clean", "a.csv", "b.csv", "-o", "out.csv", "--no-header", "--field", 2)
    assert Path("out.csv").read_text() == f"a,{CLEAN}\nb,{CLEAN}\n"


@pytest.mark.parametrize("options", [(), ("--encoding", "cp1252")])
def test_cp1252_is_read_and_told(normalize: Command, folder: Path, options: tuple[str, ...]) -> None:
    Path("a.csv").write_bytes(CP1252.encode("cp1252"))
    result = normalize("clean", "a.csv", "-o", "out.csv", *options)
    assert result.code == 0
    assert Path("out.csv").read_text(encoding="utf-8") == CP1252.replace("dirumah", "di rumah")
    assert "a.csv: read as cp1252, written as UTF-8" in result.err


@pytest.mark.parametrize("encoding", ["auto", "utf-8", "cp1252", "latin-1"])
def test_apply_reads_by_the_encoding_that_the_log_has(normalize: Command, folder: Path, encoding: str) -> None:
    Path("a.csv").write_bytes(CP1252.encode("cp1252"))
    normalize("clean", "a.csv", "-o", "out.csv", "--encoding", encoding, "--edits", "log")
    normalize("apply", "a.csv", "-o", "again.csv", "--edits", "log")
    assert Path("again.csv").read_bytes() == Path("out.csv").read_bytes()


def test_the_encoding_of_standard_input_is_told(normalize: Command, folder: Path) -> None:
    result = normalize("clean", "-", stdin=CP1252.encode("cp1252"))
    Path("a.csv").write_bytes(CP1252.encode("cp1252"))
    assert result.out == normalize("clean", "a.csv").out
    assert "standard input: read as cp1252, written as UTF-8" in result.err


def test_utf_16_is_told_by_its_mark(normalize: Command, folder: Path) -> None:
    Path("a.csv").write_bytes(CP1252.encode("utf-16"))
    normalize("clean", "a.csv", "-o", "out.csv")
    assert Path("out.csv").read_text(encoding="utf-8") == CP1252.replace("dirumah", "di rumah")


@pytest.mark.parametrize(
    "data",
    [
        jsonl({"text": "Kafé “itu” – naik."}) * 20 + b'{"text": "caf\xe9"}\n',
        b'{"text": "a \x81 b"}\n',
        b'{"text": "abc"}\n',
    ],
)
def test_utf_8_stays_utf_8(normalize: Command, folder: Path, data: bytes) -> None:
    Path("a.jsonl").write_bytes(data)
    result = normalize("clean", "a.jsonl")
    assert result.out == data
    assert "read as" not in result.err


@pytest.mark.parametrize("name", ["cp1251x", "hex", "rot13", "utf-8\0"])
def test_an_encoding_that_is_none_is_told(normalize: Command, dirty: Path, name: str) -> None:
    result = normalize("clean", dirty, "--encoding", name)
    assert (result.code, result.out) == (2, b"")
    assert f"--encoding {visible(name)}: " in result.err


def test_what_is_not_in_its_encoding_is_told(normalize: Command, folder: Path) -> None:
    Path("a.jsonl").write_bytes(ROWS + b'{"text": "\xe9"}\n')
    result = normalize("clean", "a.jsonl", "--encoding", "ascii")
    assert result.code == 1
    assert "a.jsonl: is not ascii: byte 0x" in result.err


@pytest.mark.parametrize("encoding", ["ascii", "shift_jis"])
def test_what_stands_before_a_byte_of_another_encoding_is_kept(normalize: Command, folder: Path, encoding: str) -> None:
    Path("a.jsonl").write_bytes(jsonl({"text": CLEAN}) * 3 + b'{"text": "\xa0\xff"}\n' + ROWS)
    result = normalize("clean", "a.jsonl", "--encoding", encoding)
    assert result.code == 1
    assert f"a.jsonl: is not {encoding}: byte 0x" in result.err
    assert result.out.splitlines()[:3] == [jsonl({"text": CLEAN}).strip()] * 3


def test_utf_16_without_its_mark_is_told(normalize: Command, folder: Path) -> None:
    Path("a.jsonl").write_bytes(ROWS)
    result = normalize("clean", "a.jsonl", "--encoding", "utf-16")
    assert result.code == 1
    assert "a.jsonl: is not utf-16: " in result.err


def test_a_pipe_that_is_named_as_a_file_is_refused_not_emptied(normalize: Command, folder: Path) -> None:
    os.mkfifo("pipe")
    result = normalize("clean", "pipe", "-o", "out.jsonl")
    assert result.code == 2
    assert "pipe: is a pipe or device" in result.err


ENCODINGS = (
    "utf-16",
    "utf-16-le",
    "utf-32",
    "utf-8",
    "utf-8-sig",
    "utf-7",
    "cp1252",
    "gb18030",
    "shift_jis",
    "iso2022_jp",
    "hz",
)


@pytest.mark.parametrize("encoding", ENCODINGS)
@example(b"a\x00\x00\xdcab", 9, b"")  # a lone surrogate, in UTF-16 without its mark
@given(st.one_of(st.binary(max_size=40), st.text(max_size=15)), st.integers(1, 9), st.binary(max_size=2))
def test_any_bytes_are_in_an_encoding_or_told_not_to_be(encoding: str, data: bytes | str, size: int, behind: bytes) -> None:
    if isinstance(data, str):
        data = data.encode(encoding, "replace") + behind
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    found, told = bytearray(), ""
    try:
        for part in decoded(chunks, encoding):
            found += part
    except DamagedInput as error:
        told = str(error)
    assert not told or told.startswith(f"is not {encoding}: ")
    if not told:
        handler = "normalize.c1" if encoding == "cp1252" else "strict"
        assert found.decode("utf-8", "surrogatepass") == data.decode(encoding, handler)
