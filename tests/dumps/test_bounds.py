"""Memory stays flat whatever an input unpacks to, and however long its records are."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import resource
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from harness import CLEAN, DIRTY, Command, jsonl, start
from hypothesis import given
from hypothesis import strategies as st

from normalize.dumps import reader
from normalize.dumps.errors import DamagedInput, DumpError
from normalize.dumps.formats import compression, kind_of, lines, pieces
from normalize.dumps.formats.table import Table
from normalize.dumps.formats.table import pieces as pieces_of_tables
from normalize.dumps.record import Fields, Piece

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

PACK: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstd.compress,
}
LIMIT = 1000  # bytes of a record, in these tests


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Records have no more than LIMIT bytes, and chunks are short."""
    monkeypatch.setattr(reader, "RECORD_LIMIT", LIMIT)
    monkeypatch.setattr(compression, "PLAIN_BYTES", 300)
    monkeypatch.setattr(compression, "READ_BYTES", 300)


@pytest.mark.parametrize("kind", PACK)
def test_a_chunk_has_a_bound_whatever_it_is_unpacked_from(kind: str) -> None:
    plain = bytes(20_000_000) + b"end"
    packed = PACK[kind](plain)
    found = list(compression.chunks(io.BytesIO(packed * 2), kind))
    assert max(map(len, found)) <= compression.PLAIN_BYTES
    assert b"".join(found) == plain * 2


@pytest.mark.parametrize("kind", PACK)
def test_every_cut_of_an_archive_is_told(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compression, "PLAIN_BYTES", 100)
    plain = bytes(range(256)) * 4
    packed = PACK[kind](plain)
    for cut in range(10, len(packed)):
        found = bytearray()

        def read(short: bytes = packed[:cut], found: bytearray = found) -> None:
            for chunk in compression.chunks(io.BytesIO(short), kind):
                found += chunk

        with pytest.raises(DamagedInput, match="cut short"):
            read()
        assert plain.startswith(bytes(found))


def test_frames_of_zstd_without_data_are_passed_over() -> None:
    frame = b"\x5a\x2a\x4d\x18" + (5).to_bytes(4, "little") + b"index"
    packed = frame + zstd.compress(b"te") + frame + zstd.compress(b"xt") + frame
    assert b"".join(compression.chunks(io.BytesIO(packed), "zst")) == b"text"


@pytest.mark.parametrize("kind", ["gz", "xz"])
def test_padding_behind_an_archive_is_passed_over(kind: str) -> None:
    packed = PACK[kind](b"text")
    padded = packed + bytes(2 * compression.READ_BYTES) + packed + bytes(400_000)
    assert b"".join(compression.chunks(io.BytesIO(padded), kind)) == b"texttext"


@pytest.mark.parametrize("kind", PACK)
def test_a_bomb_is_a_bad_record_in_flat_memory(tmp_path: Path, kind: str) -> None:
    bomb = tmp_path / f"bomb.jsonl.{kind}"
    bomb.write_bytes(PACK[kind](bytes(1_000_000_000)) if kind in ("bz2", "zst") else PACK[kind](bytes(100_000_000)))

    def little_memory() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (1_300_000_000, 1_300_000_000))

    rejects = tmp_path / "rejects.jsonl"
    run = start("clean", bomb, "-o", tmp_path / "out.jsonl", "-j", 1, "--rejects", rejects, preexec_fn=little_memory)
    err = run.communicate()[1].decode()
    assert run.returncode == 1
    assert "0 out + 1 rejected" in err
    (reject,) = map(json.loads, rejects.read_text().splitlines())
    assert (reject["line"], "raw" in reject) == (1, False)
    assert "000,000 bytes long" in reject["reason"]


def texts(found: list[Piece]) -> list[tuple[int, int, bytes, int]]:
    """Each record's line, how many pieces it is in, its bytes, and its length if it is too long."""
    whole: list[tuple[int, int, bytes, int]] = []
    data, parts = b"", 0
    for piece in found:
        if not piece.overlong:
            rows = piece.data.splitlines(True)
            assert len(rows) == piece.length
            whole += [(piece.first + i, 1, row, 0) for i, row in enumerate(rows)]
            continue
        data, parts = data + piece.data, parts + 1
        assert piece.overlong == len(data)
        if piece.length:
            whole.append((piece.first, parts, data, piece.overlong))
            data, parts = b"", 0
    assert not data
    return whole


@pytest.mark.parametrize("length", [1, 7, 300, LIMIT])
@pytest.mark.parametrize("end", [b"\n", b""])
def test_a_line_that_is_too_long_is_told_apart_at_its_byte(length: int, end: bytes) -> None:
    sizes = [3, LIMIT - 1, LIMIT, LIMIT + 1, 0, 5 * LIMIT, LIMIT, 10 * LIMIT, 2, LIMIT + 1]
    rows = [b"x" * size + b"\n" for size in sizes[:-1]] + [b"x" * sizes[-1] + end]
    data = b"".join(rows)
    chunks = [data[i : i + length] for i in range(0, len(data), length)]
    found = texts(list(lines.pieces(chunks, size=100, limit=LIMIT)))
    assert [(place, row) for place, _, row, _ in found] == list(enumerate(rows, 1))
    assert [place for place, _, _, overlong in found if overlong] == [
        place for place, size in enumerate(sizes, 1) if size > LIMIT
    ]


LONG = b'{"text": "' + b"x" * 5000 + b'"}\n'
ROWS = [jsonl({"text": f"{DIRTY} {n}"}) for n in range(4)]
CLEANED = [jsonl({"text": f"{CLEAN} {n}"}) for n in range(4)]


@pytest.mark.parametrize("suffix", ["jsonl", *(f"jsonl.{kind}" for kind in PACK)])
@pytest.mark.parametrize("place", range(4))
@pytest.mark.usefixtures("small")
def test_a_line_that_is_too_long_is_a_bad_record(normalize: Command, tmp_path: Path, suffix: str, place: int) -> None:
    raw = b"".join([*ROWS[:place], LONG, *ROWS[place:]])
    path, out, log, rejects = (tmp_path / name for name in (f"a.{suffix}", "out.jsonl", "log.jsonl", "rejects.jsonl"))
    path.write_bytes(PACK.get(kind_of(path.name).compression, bytes)(raw))
    result = normalize("clean", path, "-o", out, "--edits", log, "-j", 1)
    message = f":{place + 1}: is {len(LONG):,} bytes long, and a record has no more than"
    assert result.code == 1
    assert message in result.err
    assert "5 in = 5 out + 0 rejected; 1 of them bad" in result.err
    assert out.read_bytes() == b"".join([*CLEANED[:place], LONG, *CLEANED[place:]])
    assert normalize("undo", out, "--edits", log, "-j", 1).out == raw
    result = normalize("clean", path, "-o", out, "--rejects", rejects, "-j", 1)
    assert "5 in = 4 out + 1 rejected" in result.err
    assert out.read_bytes() == b"".join(CLEANED)
    assert json.loads(rejects.read_bytes())["line"] == place + 1
    assert normalize("clean", path, "-o", tmp_path / "out.csv", "--rejects", rejects, "-j", 1).code == 1
    assert (tmp_path / "out.csv").read_text().split("\n")[1:-1] == [f"{CLEAN} {n}" for n in range(4)]


@pytest.mark.usefixtures("small")
def test_a_record_of_which_there_is_no_copy_stays_where_its_input_is_replaced(normalize: Command, tmp_path: Path) -> None:
    path, rejects = tmp_path / "a.jsonl", tmp_path / "rejects.jsonl"
    path.write_bytes(ROWS[0] + LONG + b"broken\n" + ROWS[1])
    result = normalize("clean", path, "--in-place", "--rejects", rejects, "-j", 1)
    assert "4 in = 3 out + 1 rejected; 1 of them bad" in result.err
    assert path.read_bytes() == CLEANED[0] + LONG + CLEANED[1]
    assert [json.loads(line)["line"] for line in rejects.read_bytes().splitlines()] == [2, 3]


@pytest.mark.parametrize(("count", "kept"), [(1, b""), (2, LONG), (3, LONG)])
@pytest.mark.usefixtures("small")
def test_of_the_first_records_a_long_one_is_whole_or_not_there(
    normalize: Command, tmp_path: Path, count: int, kept: bytes
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(ROWS[0] + LONG + ROWS[1])
    result = normalize("clean", path, "--limit", count, "-j", 1)
    assert result.out == CLEANED[0] + kept + (CLEANED[1] if count > 2 else b"")
    assert f"{count} in = {count} out" in result.err
    assert len(normalize("clean", path, "--sample", count, "-j", 1).out.splitlines()) == count


@pytest.mark.usefixtures("small")
def test_documents_and_inputs_behind_one_another(normalize: Command, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_bytes(b"x" * 5000)
    (raw / "b.txt").write_text(DIRTY)
    result = normalize("clean", raw, "-o", f"{tmp_path / 'out'}/")
    assert "a.txt:1: is 5,000 bytes long" in result.err
    assert [(tmp_path / "out" / name).read_text() for name in ("a.txt", "b.txt")] == ["x" * 5000, CLEAN]
    for name, data in (("a.jsonl", LONG.rstrip()), ("b.jsonl", ROWS[0])):
        (tmp_path / name).write_bytes(data)
    result = normalize("clean", tmp_path / "a.jsonl", tmp_path / "b.jsonl", "-o", tmp_path / "both.jsonl")
    assert (tmp_path / "both.jsonl").read_bytes() == LONG + CLEANED[0]


def long_rows(text: bytes) -> dict[str, bytes]:
    """Rows that are too long, and end where their quotes do."""
    return {
        "bare": b"2," + text * 200,
        "quoted": b'2,"' + (text + b"\r\n") * 200 + b'"',
        "doubled quotes": b'2,"' + (text + b'""\n,') * 200 + b'"',
        "many fields": (text[:5] + b",") * 2000,
        "quoted fields": b'2,"a","' + text * 200 + b'","b"',
    }


@pytest.mark.parametrize("bare", [False, True])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r", b""])
@pytest.mark.parametrize("row", long_rows(DIRTY.encode()).values(), ids=long_rows(b""))
@pytest.mark.usefixtures("small")
def test_a_row_of_a_table_that_is_too_long_is_a_bad_record(
    normalize: Command, tmp_path: Path, row: bytes, end: bytes, bare: bool
) -> None:
    def table(text: str) -> bytes:
        rows = [b"1," + text.encode() + (end or b"\n"), row + end, b"3," + text.encode() + end if end else b""]
        return (b"" if bare else b"id,text" + (end or b"\n")) + b"".join(rows)

    path, out, log, rejects = (tmp_path / name for name in ("a.csv", "out.csv", "log.jsonl", "rejects.jsonl"))
    path.write_bytes(table(DIRTY))
    header = ("--no-header",) if bare else ()
    options = ("-j", 1, *header, "--field", "2" if bare else "text")
    result = normalize("clean", path, "-o", out, "--edits", log, *options)
    assert result.code == 1
    assert f"a.csv:2: is {len(row + end):,} bytes long, and a record has no more than" in result.err
    assert "is there a quote that never closes?" in result.err
    assert out.read_bytes() == table(CLEAN)
    assert normalize("undo", out, "--edits", log, "-j", 1, *header).out == table(DIRTY)
    count = 3 if end else 2
    result = normalize("clean", path, "-o", out, "--rejects", rejects, *options)
    assert f"{count} in = {count - 1} out + 1 rejected" in result.err
    assert out.read_bytes() == table(CLEAN).replace(row + end, b"", 1)


@given(
    st.lists(st.sampled_from([b"a", b'"', b",", b"\n", b"\r", b"\r\n", b'""', b'","', b"b" * 9]), max_size=120), st.data()
)
def test_where_the_rows_of_a_table_end_does_not_depend_on_what_is_read_at_a_time(
    made: list[bytes], data: st.DataObject
) -> None:
    table, limit = b"id,text\n" + b"".join(made), 30

    def ends(longest: int) -> list[int]:
        """Where the rows end, as they are read in chunks of some size."""
        chunk = data.draw(st.integers(1, 50))
        chunks = [table[i : i + chunk] for i in range(0, len(table), chunk)]
        size = data.draw(st.integers(1, 100))
        cut = list(pieces_of_tables(chunks, "csv", ["text"], size=size, limit=limit, longest=longest))
        assert b"".join(piece.data for piece in cut) == table
        codec, found, at, place = Table(Fields(("text",)), "csv"), [], 0, 0
        for piece in cut:
            assert piece.first == place
            for record in [] if piece.overlong else codec.decode(piece):
                assert record.place == place
                at += len(record.raw)
                found.append(at)
                place += 1
            if piece.overlong:
                at += len(piece.data)
                place += piece.length
                found += [at] * piece.length
        return found

    assert ends(limit) == ends(limit)
    assert ends(limit) == ends(10 * limit)


def test_a_row_of_separators_alone_takes_no_memory_for_each(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"id,text\n1," + DIRTY.encode() + b"\n" + b"," * 10_000_000 + b"\n")

    def little_memory() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (900_000_000, 900_000_000))

    run = start("clean", path, "-o", tmp_path / "out.csv", "-j", 1, preexec_fn=little_memory)
    err = run.communicate()[1].decode()
    assert run.returncode == 1
    assert "a.csv:2: has over 100,000 columns, the header 2" in err
    assert (tmp_path / "out.csv").read_bytes() == path.read_bytes().replace(DIRTY.encode(), CLEAN.encode())


def test_a_header_that_is_too_long_ends_the_run() -> None:
    for row in (b"x" * 2000, b'"' + b"x\n" * 1000, b'id,text,"' + b"x,y\n" * 1000):
        for length in (100, 1000, 5000):
            chunks = [row[i : i + length] for i in range(0, len(row), length)]
            with pytest.raises(DumpError, match="its first row is longer than 1,000 bytes"):
                list(pieces("csv", chunks, ["text"], limit=LIMIT))
    for bare in ("", "bare "):
        with pytest.raises(DumpError, match="its first row has over 100,000 columns"):
            list(pieces(f"{bare}csv", [b"," * 200_000 + b"\n"], ["text"]))


@pytest.mark.parametrize("command", [("clean", "-j", 1), ("learn",)])
def test_a_record_with_too_much_text_is_a_bad_one(
    normalize: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[object, ...]
) -> None:
    monkeypatch.setattr("normalize.dumps.record.TEXT_LIMIT", 50)
    path = tmp_path / "a.jsonl"
    path.write_bytes(jsonl({"text": DIRTY, "title": "x" * 40}, {"text": DIRTY, "title": None}))
    result = normalize(*command, path, "-o", tmp_path / "out", "--field", "text", "--field", "title")
    assert result.code == 1
    assert f"a.jsonl:1: has {len(DIRTY) + 40} characters of text, and no more than 50 are read" in result.err
