"""DuckDB: `SELECT normalize(text)`."""

from __future__ import annotations

import pytest

duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
pytest.importorskip("pyarrow", reason="pyarrow is not installed")
from normalize import Edit, Normalizer, undo  # noqa: E402
from normalize.adapters.duckdb import register  # noqa: E402


@pytest.fixture
def connection(texts, dates):
    """A connection to a database with a table `news`."""
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE news (id INTEGER, text VARCHAR, date DATE)")
        connection.executemany("INSERT INTO news VALUES (?, ?, ?)", list(zip(range(len(texts)), texts, dates, strict=True)))
        yield connection


@pytest.fixture
def sql(connection):
    """Runs a query where the functions are registered, and gives its columns as lists."""
    register(connection)
    return lambda query: [list(column) for column in zip(*connection.execute(query).fetchall(), strict=True)]


def test_clean_gives_the_engines_texts_in_order_with_nulls(sql, cleaned):
    assert sql("SELECT normalize(text) FROM news ORDER BY id") == [cleaned]


def test_dates_are_used(sql, dated):
    assert sql("SELECT normalize(text, date) FROM news ORDER BY id") == [dated]


def test_the_lines_of_the_readme(connection, dated, readme):
    rows = readme("DuckDB", connection=connection)["rows"].fetchall()
    assert [text for _, text in sorted(rows)] == dated


def test_explain_gives_text_and_edits(sql, texts, cleaned):
    (rows,) = sql("SELECT normalize_explain(text) FROM news ORDER BY id")
    assert [row and row["text"] for row in rows] == cleaned
    for raw, row in zip(texts, rows, strict=True):
        assert row is None if raw is None else undo(row["text"], [Edit(**edit) for edit in row["edits"]]) == raw


def test_edits_are_rows_for_sql(sql):
    query = "SELECT edit.rule, count(*) FROM (SELECT UNNEST(normalize_explain(text).edits) AS edit FROM news) GROUP BY ALL"
    assert dict(zip(*sql(query), strict=True))["masthead.misspelt"] == 2


def test_many_threads_from_and_to_parquet_give_the_same(connection, sql, cleaned, tmp_path):
    connection.execute("SET threads = 4")
    rows = "SELECT r * 10 + id AS n, text FROM news, range(3000) t(r) ORDER BY n"
    sql(f"COPY ({rows}) TO '{tmp_path}/in.parquet' (ROW_GROUP_SIZE 2048)")
    sql(f"COPY (SELECT n, normalize(text) AS text FROM '{tmp_path}/in.parquet') TO '{tmp_path}/out.parquet'")
    assert sql(f"SELECT text FROM '{tmp_path}/out.parquet' ORDER BY n") == [cleaned * 3000]


def test_rows_come_by_the_vector(sql, monkeypatch):
    sizes = []
    clean_batch = Normalizer.clean_batch
    monkeypatch.setattr(Normalizer, "clean_batch", lambda self, texts: sizes.append(len(texts)) or clean_batch(self, texts))
    sql("SELECT normalize('Warga ke-' || n) FROM range(5000) t(n)")
    assert max(sizes) == 2048


def test_options_stand_beside_each_other(connection, sql):
    register(connection, "normalize_little", skip=["masthead"])
    (little,), (full,) = sql("SELECT normalize_little(text), normalize(text) FROM news WHERE id = 0")
    assert little.startswith("TRIBUNNEVS.COM")
    assert full.startswith("TRIBUNNEWS.COM")


def test_registering_again_replaces(connection, sql):
    register(connection, skip=["masthead"])
    ((text,),) = sql("SELECT normalize(text) FROM news WHERE id = 0")
    assert text.startswith("TRIBUNNEVS.COM")


def test_findings_are_rows_for_sql(sql):
    ((row,),) = sql("SELECT normalize_explain('Ia hadir, Senin (24/10/2024).').findings")
    assert [finding["before"] for finding in row] == ["Senin (24/10/2024)"]
