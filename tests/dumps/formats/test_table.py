"""CSV and TSV keep their dialect: separator, quoting, line ends, and every byte outside the changed field."""

from __future__ import annotations

import csv
import io

import pytest
from harness import CLEAN, DIRTY, Command
from hypothesis import given
from hypothesis import strategies as st

from normalize.dumps.formats import table
from normalize.dumps.record import Fields

cells = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=8)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[str]], str, bytes]:
    """Rows, the separator, and the bytes that Python's csv module makes of them."""
    separator = draw(st.sampled_from(",;\t"))
    rows = draw(st.lists(st.tuples(cells, cells, cells).map(list), min_size=1, max_size=6))
    rows = [[a, b, c or "x"] for a, b, c in rows]
    end = draw(st.sampled_from(["\n", "\r\n"]))
    if end == "\n":  # then Python's csv (3.11) leaves a lone carriage return unquoted
        rows = [[cell.replace("\r", "") or "x" for cell in row] for row in rows]
    out = io.StringIO()
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]))
    writer = csv.writer(out, delimiter=separator, quoting=quoting, lineterminator=end)
    writer.writerows([["id", "judul", "text"], *rows])
    return rows, separator, out.getvalue().encode()


def pieces(data: bytes, chunk: int, size: int, separator: str) -> list[table.Piece]:
    chunks = [data[i : i + chunk] for i in range(0, len(data), chunk)]
    return list(table.pieces(chunks, "tsv" if separator == "\t" else "csv", ["text"], size))


@given(tables(), st.integers(1, 40), st.integers(1, 60))
def test_a_table_is_cut_between_records_wherever_chunks_end(
    made: tuple[list[list[str]], str, bytes], chunk: int, size: int
) -> None:
    rows, separator, data = made
    cut = pieces(data, chunk, size, separator)
    assert b"".join(piece.data for piece in cut) == data
    codec = table.Table(Fields(("text",)), "csv")
    records = [record for piece in cut for record in codec.decode(piece)]
    assert [record.texts for record in records if not record.blank] == [[row[2]] for row in rows]
    assert [record.place for record in records] == list(range(len(rows) + 1))


@given(tables(), cells)
def test_a_changed_cell_reads_as_what_was_written_and_the_others_as_before(
    made: tuple[list[list[str]], str, bytes], new: str
) -> None:
    rows, separator, data = made
    (piece,) = pieces(data, len(data), len(data), separator)
    codec = table.Table(Fields(("judul",)), "csv")
    records = codec.decode(piece)
    records[1].cleaned = [new]
    out = codec.rebuild(piece, records).decode()
    rows[0][1] = new
    assert list(csv.reader(io.StringIO(out, newline=""), delimiter=separator))[1:] == rows


@pytest.mark.parametrize(
    ("format", "text"),
    [
        ("csv", "id,text\r\n1,{}\r\n2,b\r\n"),
        ("csv", '\ufeffid;text\n1;"{}"\n2;"a ""b""\nc"\n'),
        ("csv", '"id","text"\n1,"{}"'),
        ("csv", "id,text\n1,{}\n\n2,x\n"),
        ("tsv", 'id\ttext\n1\t{}\n2\t"Siap," katanya\n3\t5" saja\n'),
    ],
)
def test_the_dialect_stays(normalize: Command, format: str, text: str) -> None:
    result = normalize("clean", "--input-format", format, stdin=text.format(DIRTY).encode())
    assert result.code == 0
    assert result.out == text.format(CLEAN).encode()


def test_a_row_with_too_few_columns_is_bad(normalize: Command) -> None:
    data = f"id,text\n1\n2,{DIRTY}\n".encode()
    result = normalize("clean", "--input-format", "csv", stdin=data)
    assert result.code == 1
    assert "standard input:1: has 1 columns, the header 2" in result.err
    assert result.out == f"id,text\n1\n2,{CLEAN}\n".encode()


def test_invalid_utf8_in_a_cell_is_bad(normalize: Command) -> None:
    result = normalize("clean", "--input-format", "csv", stdin="id,text\n1,kafé\n2,a".encode() + b"\xffb\n")
    assert result.code == 1
    assert "invalid UTF-8: byte 0xff" in result.err


def test_a_missing_column_ends_the_run(normalize: Command) -> None:
    result = normalize("clean", "--input-format", "csv", stdin=b"id,isi\n1,a\n")
    assert result.code == 2
    assert 'has no column "text" (its columns: id, isi)' in result.err


def test_one_table_has_one_header(normalize: Command, tmp_path) -> None:
    (tmp_path / "a.csv").write_text("id,text\n1,a")
    (tmp_path / "b.csv").write_text("id,text\n2,b\n")
    result = normalize("clean", tmp_path / "a.csv", tmp_path / "b.csv")
    assert result.out == b"id,text\n1,a\n2,b\n"
    assert "2 in = 2 out" in result.err


def test_tables_with_other_columns_do_not_go_together(normalize: Command, tmp_path) -> None:
    (tmp_path / "a.csv").write_text("id,text\n1,a\n")
    (tmp_path / "b.csv").write_text("text,id\nb,2\n")
    result = normalize("clean", tmp_path / "a.csv", tmp_path / "b.csv")
    assert result.code == 2
    assert "its columns are not those of the inputs before it" in result.err


def test_an_open_quote_in_a_long_table_is_an_ordinary_character() -> None:
    rows = b"".join(b'%d\t"buka\n' % i for i in range(20_000))
    cut = list(table.pieces([b"id\ttext\n" + rows], "tsv", ["text"], 10_000))
    assert sum(piece.length for piece in cut) == 20_001
