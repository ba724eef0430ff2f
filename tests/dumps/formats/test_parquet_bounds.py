"""What Parquet unpacks to has a bound: pages, rows of lists, row groups."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from harness import CLEAN, DIRTY, Command

from normalize.dumps.formats import parquet, parquet_lists, parquet_pages
from normalize.dumps.record import Fields

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
from pyarrow import parquet as pq  # noqa: E402


def test_rows_of_parquet_are_unpacked_a_few_at_a_time(tmp_path: Path) -> None:
    long, count = "x" * 200_000, 20_000  # 4 GB in a file of a few kilobytes
    plain = pa.DictionaryArray.from_arrays(pa.array([0] * count, pa.int32()), pa.array([long]))
    for name, column in (("dictionary", plain), ("text", pa.chunked_array([plain.slice(0, 500).cast(pa.string())] * 40))):
        path = tmp_path / f"{name}.parquet"
        pq.write_table(pa.table({"text": column}), path, compression="zstd")
        before = pa.total_allocated_bytes()
        found = parquet.pieces(str(path), Fields(("text",)), size=1_000_000)
        for _ in range(3):
            piece = next(found)
            assert piece.length <= 32
            assert pa.total_allocated_bytes() - before < 50_000_000
        del piece, found


PAGES = {
    "plain": {"use_dictionary": False},
    "dictionary": {"use_dictionary": True, "dictionary_pagesize_limit": 1 << 30},
    "prefixes": {"use_dictionary": False, "column_encoding": "DELTA_BYTE_ARRAY"},
    "version 2": {"use_dictionary": False, "data_page_version": "2.0"},
}


@pytest.mark.parametrize("codec", ["zstd", "gzip", "brotli", "lz4", "snappy"])
@pytest.mark.parametrize("options", PAGES.values(), ids=PAGES)
def test_a_page_that_would_be_unpacked_whole_has_a_bound(
    normalize: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, object], codec: str
) -> None:
    monkeypatch.setattr("normalize.dumps.formats.parquet_pages.PAGE_LIMIT", 500_000)
    texts = [[DIRTY, "x" * 600_000], [DIRTY, DIRTY]]  # a row group each
    with pq.ParquetWriter(tmp_path / "a.parquet", pa.schema({"text": pa.string()}), compression=codec, **options) as writer:
        for group in reversed(texts):
            writer.write_table(pa.table({"text": group}))
    result = normalize("clean", tmp_path / "a.parquet", "-o", tmp_path / "out.parquet")
    assert result.code == 1
    assert 'a.parquet: column "text" has a page of 600,0' in result.err
    assert "no more than 500,000 are unpacked at once" in result.err
    assert pq.read_table(tmp_path / "out.parquet").to_pydict() == {"text": [CLEAN, CLEAN]}


@pytest.mark.parametrize("name", ["dictionary", "prefixes"])
def test_values_that_stand_for_many_rows_are_unpacked_one_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("normalize.dumps.formats.parquet_pages.REPEATED_BYTES", 1_000_000)
    pq.write_table(pa.table({"text": ["x" * 600_000] * 50}), tmp_path / "a.parquet", compression="zstd", **PAGES[name])
    found = parquet.pieces(str(tmp_path / "a.parquet"), Fields(("text",)), size=1)
    assert [piece.length for piece in found] == [1] * 50


def leaves(value: object) -> int:
    """The values that a list has, as a Parquet column counts them."""
    return sum(map(leaves, value)) if isinstance(value, list) and value else 1


@pytest.mark.parametrize("seed", range(60))
def test_the_values_of_the_longest_row_are_counted_as_its_levels_tell(seed: int) -> None:
    chance, file = random.Random(seed), io.BytesIO()
    depth = chance.randrange(1, 4)

    def made(depth: int) -> object:
        if chance.random() < 0.1:
            return None
        longest = chance.choice([1, 3, 300]) if depth == 1 else 4
        return [made(depth - 1) for _ in range(chance.randrange(longest + 1))] if depth else chance.randrange(3)

    rows, type = [made(depth) for _ in range(chance.choice([1, 5, 60]))], pa.int64()
    for _ in range(depth):
        type = pa.list_(type)
    pq.write_table(
        pa.table({"a": pa.array(rows, type)}),
        file,
        compression=chance.choice(["none", "snappy", "zstd", "gzip", "lz4"]),
        data_page_version=chance.choice(["1.0", "2.0"]),
        data_page_size=chance.choice([50, 1000, 1 << 20]),
        use_dictionary=chance.random() < 0.5,
    )
    ((column,),) = parquet_pages.columns(file, 1)
    level = pq.ParquetFile(file).schema.column(0).max_repetition_level
    assert parquet_lists.longest_row(file, column, level) == max(map(leaves, rows))


LISTS = {"nulls": (None, 20_000), "a number": (7, 20_000), "a string": ("x" * 1000, 600)}


@pytest.mark.parametrize(("value", "times"), LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_a_list_in_a_row_has_a_bound(
    normalize: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: object, times: int, version: str
) -> None:
    monkeypatch.setattr(parquet_lists, "VALUES", 10_000)
    monkeypatch.setattr(parquet_lists, "PAGE_LIMIT", 500_000)
    type = pa.list_(pa.string() if isinstance(value, str) else pa.int64())
    short, long = [[value] * 100] * 50, [[value] * times]
    for name, lists in (("short", short), ("long", short + long)):
        table = pa.table({"text": [DIRTY] * len(lists), "lists": pa.array(lists, type)})
        pq.write_table(table, tmp_path / f"{name}.parquet", data_page_version=version)
    found = parquet.pieces(str(tmp_path / "short.parquet"), Fields(("text",)), size=1)
    assert {piece.length for piece in found} <= ({4, 2} if isinstance(value, str) else {32, 18})
    result = normalize("clean", tmp_path / "long.parquet", "-o", tmp_path / "out.parquet")
    assert result.code == 1
    assert f'long.parquet: column "lists.list.element" has a list of {times:,} values in a row' in result.err
    assert "Traceback" not in result.err


@pytest.mark.parametrize("compression", ["none", "snappy", "zstd", "gzip", "brotli", "lz4"])
@pytest.mark.parametrize("options", PAGES.values(), ids=PAGES)
def test_every_page_is_seen(tmp_path: Path, compression: str, options: dict[str, object]) -> None:
    table = pa.table(
        {"text": [f"{DIRTY * (n % 50)} {n}" for n in range(3000)], "lists": [[n] * (n % 4) for n in range(3000)]}
    )
    options = {name: value for name, value in options.items() if name != "column_encoding"}
    pq.write_table(table, tmp_path / "a.parquet", compression=compression, data_page_size=10_000, **options)
    with pq.ParquetFile(tmp_path / "a.parquet") as file, (tmp_path / "a.parquet").open("rb") as stream:
        (group,) = parquet_pages.columns(stream, 1)
        for index in range(2):
            column = file.metadata.row_group(0).column(index)
            found = group[index]
            assert (found.name, found.has_dictionary) == (column.path_in_schema, column.has_dictionary_page)
            assert found.compression == column.compression.replace("UNCOMPRESSED", "NONE")
            pages = list(parquet_pages.pages(stream, found))
            assert sum(page.values for page in pages) == found.values == column.num_values
            assert 0 <= column.total_uncompressed_size - sum(page.size for page in pages) <= 5000 * len(pages)  # headers


def test_a_row_group_beyond_what_is_held_is_split(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = pa.table({"text": ["x" * 1000] * 400})
    pq.write_table(table, tmp_path / "a.parquet")
    monkeypatch.setattr(parquet, "GROUP_LIMIT", 100_000)
    with (tmp_path / "frames").open("wb") as frames:
        for piece in parquet.pieces(str(tmp_path / "a.parquet"), Fields(("text",)), size=40_000):
            frames.write(parquet.frame(piece.data, piece.ends_group))
    parquet.assemble(tmp_path / "frames", tmp_path / "out.parquet", str(tmp_path / "a.parquet"))
    with pq.ParquetFile(tmp_path / "out.parquet") as file:
        assert file.num_row_groups == 4
        assert file.read().equals(table)
