"""Excel workbooks: read and written, nothing but changed texts touched, bad cells named."""

from __future__ import annotations

import datetime
import json
import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from harness import CLEAN, DIRTY, Command, jsonl

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
from openpyxl.cell.rich_text import CellRichText, TextBlock  # noqa: E402
from openpyxl.cell.text import InlineFont  # noqa: E402
from openpyxl.styles import Font  # noqa: E402
from openpyxl.worksheet.formula import ArrayFormula  # noqa: E402

from normalize.dumps.formats import workbook  # noqa: E402

DAY = datetime.datetime(2024, 10, 25)
ROWS = [
    ["id", "text", "date", "n", None],
    [1, DIRTY, DAY, 1.5, None],
    [2, CLEAN, None, True, None],
    [None, None, None, None, None],
    [3, 7, DAY, None, None],
    [4, "=1+1", DAY, None, None],
    [5, None, DAY, None, None],
]


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workbook with bold texts and a second sheet."""
    monkeypatch.chdir(tmp_path)
    made = openpyxl.Workbook()
    for row in ROWS:
        made.active.append(row)
    made.active["B2"].font = Font(bold=True)
    made.create_sheet("other")["A1"] = DIRTY
    made.save("raw.xlsx")
    return Path("raw.xlsx")


def cells(path: str) -> list[list[object]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(path).worksheets[0].iter_rows()]


def test_nothing_but_the_texts_changes_and_undo_gives_every_cell(normalize: Command, book: Path) -> None:
    result = normalize("clean", book, "-o", "out.xlsx", "--edits", "log", "--date-field", "date")
    assert result.code == 1
    assert 'raw.xlsx:4: column "text" is no text: 7' in result.err
    assert "5 in = 5 out + 0 rejected; 1 of them bad" in result.err
    expected = cells("raw.xlsx")
    expected[1][1] = CLEAN
    assert cells("out.xlsx") == expected
    made = openpyxl.load_workbook("out.xlsx")
    assert made.worksheets[0]["B2"].font.bold
    assert made["other"]["A1"].value == DIRTY
    normalize("undo", "out.xlsx", "--edits", "log", "-o", "back.xlsx")
    assert cells("back.xlsx") == cells("raw.xlsx")


def test_the_bytes_are_the_same_for_any_number_of_processes(normalize: Command, book: Path) -> None:
    for jobs in (1, 2):
        normalize("clean", book, "-o", f"out{jobs}.xlsx", "-j", jobs)
    assert Path("out1.xlsx").read_bytes() == Path("out2.xlsx").read_bytes()


def test_rows_are_left_out(normalize: Command, book: Path) -> None:
    normalize("clean", book, "-o", "out.xlsx", "--rejects", "bad.jsonl")
    assert [row[0] for row in cells("out.xlsx")] == ["id", 1, 2, None, 4, 5]
    (line,) = Path("bad.jsonl").read_text().splitlines()
    assert json.loads(json.loads(line)["raw"])["text"] == 7
    normalize("clean", book, "-o", "two.xlsx", "--limit", 2)
    assert [row[0] for row in cells("two.xlsx")] == ["id", 1, 2]


def test_a_workbook_becomes_other_formats_and_these_workbooks(normalize: Command, book: Path) -> None:
    normalize("clean", book, "-o", "out.jsonl", "--rejects", "bad.jsonl")
    rows = [json.loads(line) for line in Path("out.jsonl").read_bytes().splitlines()]
    assert rows[0] == {"id": 1, "text": CLEAN, "date": "2024-10-25T00:00:00", "n": 1.5}
    Path("a.jsonl").write_bytes(jsonl({"id": 1, "text": DIRTY, "tags": ["x"]}, {"id": 2, "text": "=cmd()"}))
    assert normalize("clean", "a.jsonl", "-o", "made.xlsx").code == 0
    assert cells("made.xlsx") == [["id", "text", "tags"], [1, CLEAN, '["x"]'], [2, "=cmd()", None]]
    assert openpyxl.load_workbook("made.xlsx").worksheets[0]["B3"].data_type == "s"


@pytest.mark.parametrize(
    ("text", "message"),
    [("x" * 32_768, "is longer than 32,767 characters"), ("a\x01b", "has the character U+0001, which no cell holds")],
)
def test_what_no_cell_holds_is_told(normalize: Command, book: Path, text: str, message: str) -> None:
    Path("a.jsonl").write_bytes(jsonl({"text": CLEAN}, {"text": text}))
    result = normalize("clean", "a.jsonl", "-o", "made.xlsx", "--rejects", "bad.jsonl")
    assert result.code == 1
    assert f'a.jsonl:2: field "text" {message}' in result.err
    assert cells("made.xlsx") == [["text"], [CLEAN]]


def test_a_file_that_is_none_or_lacks_a_column_is_told(normalize: Command, book: Path) -> None:
    Path("bad.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    assert "bad.xlsx: cannot be read as an Excel workbook" in normalize("clean", "bad.xlsx", "-o", "out.xlsx").err
    result = normalize("clean", book, "--field", "txt", "-o", "out.xlsx")
    assert result.code == 2
    assert "raw.xlsx: has no column \"txt\" (its columns: id, text, date, n); did you mean 'text'?" in result.err
    assert "cannot be written to a stream" in normalize("clean", book).err


def test_standard_input_is_told(normalize: Command, book: Path) -> None:
    normalize("clean", "-", "-o", "out.csv", "--on-error", "stop", "--limit", 2, stdin=book.read_bytes())
    assert Path("out.csv").read_text().splitlines()[1].startswith(f"1,{CLEAN},")


def patched(book: Path, part: str, change: Callable[[bytes], bytes]) -> str:
    """The workbook with a part of it changed."""
    with zipfile.ZipFile(book) as old, zipfile.ZipFile("hostile.xlsx", "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return "hostile.xlsx"


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("part", "change"),
    [
        (SHEET, lambda data: data[:-60]),
        (SHEET, lambda data: b""),
        (SHEET, lambda data: b'<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + data.replace(b"<v>1<", b"<v>&x;<")),
        ("xl/styles.xml", lambda data: data[:100]),
        ("xl/workbook.xml", lambda data: data[:100]),
        ("[Content_Types].xml", lambda data: b"\0"),
    ],
)
def test_a_damaged_workbook_is_told_in_a_line(normalize: Command, book: Path, part: str, change) -> None:
    result = normalize("clean", patched(book, part, change), "-o", "out.xlsx")
    assert result.code == 2
    assert result.err.startswith("Error: hostile.xlsx: ")
    assert result.err.count("\n") == 1
    assert not Path("out.xlsx").exists()


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(normalize: Command, book: Path, monkeypatch) -> None:
    monkeypatch.setattr(workbook, "LONGEST_BOOK", 1_000_000)
    result = normalize("clean", patched(book, SHEET, lambda data: data + b" " * 2_000_000), "-o", "out.xlsx")
    assert result.code == 2
    assert "bytes when unpacked" in result.err


def test_a_sheet_that_stands_for_many_is_refused(normalize: Command, book: Path) -> None:
    """Each would be read: a megabyte many thousand times."""

    def many(data: bytes) -> bytes:
        (sheet,) = re.findall(rb'<sheet [^>]*r?:?id="rId1"[^>]*/>', data)
        return data.replace(sheet, sheet + b"".join(sheet.replace(b'name="', b'name="%d' % n) for n in range(10_000)))

    began = time.process_time()
    result = normalize("clean", patched(book, "xl/workbook.xml", many), "-o", "out.xlsx")
    assert result.code == 2
    assert "has several sheets that are one" in result.err
    assert time.process_time() - began < 5


def test_a_cell_far_away_makes_no_cells_between(normalize: Command, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = openpyxl.Workbook()
    made.active.append(["text"])
    made.active.append([DIRTY])
    made.active.cell(20_000, 16_000).value = "x"
    made.save("raw.xlsx")
    assert normalize("clean", "raw.xlsx", "-o", "out.jsonl").code == 0
    assert [json.loads(line) for line in Path("out.jsonl").read_text().splitlines()] == [{"text": CLEAN}]


def test_rows_are_left_out_in_linear_time(normalize: Command, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = openpyxl.Workbook()
    made.active.append(["text", "n"])
    for number in range(4000):
        made.active.append([DIRTY, number])
    made.save("raw.xlsx")
    start = time.process_time()
    assert normalize("clean", "raw.xlsx", "-o", "out.xlsx", "--sample", 5).code == 0
    assert time.process_time() - start < 5
    assert len(cells("out.xlsx")) == 6
    assert {row[0] for row in cells("out.xlsx")[1:]} == {CLEAN}


def test_a_sheet_that_is_larger_than_it_says_loses_no_row(normalize: Command, book: Path) -> None:
    path = patched(book, SHEET, lambda data: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:A3"', data))
    normalize("clean", path, "-o", "out.xlsx")
    expected = cells("raw.xlsx")
    expected[1][1] = CLEAN
    assert cells("out.xlsx") == expected


def numbered(data: bytes, number: int) -> bytes:
    """A sheet whose third row has another number."""
    return re.sub(rb'(<row r=")3"|(<c r="[A-E])3"', rb'\g<1>\g<2>%d"' % number, data)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: numbered(data.replace(CLEAN.encode(), b"Dua beras naik. di di sana"), 2), "its rows are not in order"),
        (lambda data: numbered(data, 1 << 30), "has a row behind row 1,048,576"),
        (
            lambda data: data.replace(
                b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="G1:XFD1048576"/></mergeCells>'
            ),
            "cells that are merged, or are one link",
        ),
        (
            lambda data: data.replace(
                b"</sheetData>", b'</sheetData><hyperlinks><hyperlink ref="G1:XFD1048576" location="A1"/></hyperlinks>'
            ),
            "cells that are merged, or are one link",
        ),
    ],
)
def test_a_sheet_that_would_be_read_as_another_is_refused(normalize: Command, book: Path, change, message: str) -> None:
    made = openpyxl.load_workbook(book)
    made.active["A4"] = 9
    made.save(book)
    result = normalize("clean", patched(book, SHEET, change), "-o", "out.xlsx")
    assert result.code == 2
    assert "Error: hostile.xlsx: " in result.err
    assert message in result.err
    assert not Path("out.xlsx").exists()


def test_what_is_formatted_inside_of_a_cell_stays_where_its_text_does(normalize: Command, book: Path) -> None:
    made = openpyxl.load_workbook(book)
    rich = CellRichText("Harga ", TextBlock(InlineFont(b=True), "beras"), " naik.")
    made.active["B3"] = rich
    made.active["B4"] = CellRichText(DIRTY, TextBlock(InlineFont(b=True), " Tebal."))
    made.save(book)
    normalize("clean", book, "-o", "out.xlsx")
    sheet = openpyxl.load_workbook("out.xlsx", rich_text=True).worksheets[0]
    assert sheet["B3"].value == rich
    assert sheet["B4"].value == f"{CLEAN} Tebal."


def test_a_formula_over_several_cells_is_no_text(normalize: Command, book: Path) -> None:
    made = openpyxl.load_workbook(book)
    made.active["B3"] = ArrayFormula("B3:B4", "=SUM(A1:A2)")
    made.save(book)
    result = normalize("clean", book, "-o", "out.jsonl", "--rejects", "bad.jsonl")
    assert [json.loads(line)["text"] for line in Path("out.jsonl").read_text().splitlines()][:2] == [CLEAN, "=SUM(A1:A2)"]
    assert "language" not in result.err
