"""As many texts out as in, with nulls where nulls were, for every type that can hold text; another is refused."""

from __future__ import annotations

from typing import Any

import pytest

from normalize import Normalizer

RAW, CLEAN = "Ia mengtakan hal itu.", "Ia mengatakan hal itu."
COLUMNS = ([RAW, None, "Hujan turun.", RAW], [None, None], [], [RAW] * 40)


def cleaned(texts: list[str | None]) -> list[str | None]:
    return [CLEAN if text == RAW else text for text in texts]


ARROW_TYPES = (
    "string",
    "large_string",
    "string_view",
    "dictionary of string",
    "dictionary of large_string",
    "dictionary of string_view",
    "run_end_encoded",
)


def arrow_array(name: str, texts: list[str | None]) -> Any:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    kind, _, inner = name.partition(" of ")
    if kind == "dictionary":
        return pa.array(texts, getattr(pa, inner)()).dictionary_encode().cast(pa.dictionary(pa.int8(), getattr(pa, inner)()))
    if kind == "run_end_encoded":
        import pyarrow.compute as pc

        return pc.run_end_encode(pa.array(texts, pa.string()))
    return pa.array(texts, getattr(pa, kind)())


@pytest.mark.parametrize("texts", COLUMNS, ids=len)
@pytest.mark.parametrize("name", ARROW_TYPES)
@pytest.mark.parametrize("edits", [None, "edits"])
def test_arrow(name: str, texts: list[str | None], edits: str | None) -> None:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from normalize.adapters.arrow import CleanColumn

    table = pa.table({"id": range(len(texts)), "text": arrow_array(name, texts)})
    for one in (table, table.slice(1), pa.concat_tables([table, table]), *table.to_batches()):
        result = CleanColumn(Normalizer(), "text", edits=edits)(one)
        assert result["text"].to_pylist() == cleaned(one["text"].to_pylist())
        assert result.schema.field("text") == one.schema.field("text")


@pytest.mark.parametrize("values", [[1, 2], [b"Ia mengtakan"], [["a"]]])
def test_arrow_refuses_what_is_no_text(values: list[object]) -> None:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from normalize.adapters.arrow import CleanColumn

    with pytest.raises(TypeError, match=r"column 'text' is .*, not a string"):
        CleanColumn(Normalizer(), "text")(pa.table({"text": values}))
    twice = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["text", "text"])
    with pytest.raises(ValueError, match="more than one column is named 'text'"):
        CleanColumn(Normalizer(), "text")(twice)


@pytest.mark.parametrize(("edits", "findings"), [("id", None), (None, "text"), ("text", None), ("e", "e")])
def test_arrow_adds_no_second_column_of_a_name(edits: str | None, findings: str | None) -> None:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from normalize.adapters.arrow import CleanColumn

    with pytest.raises(ValueError, match=r"a column '.*' cannot be added: there is one \(the columns: id, text\)"):
        CleanColumn(Normalizer(), "text", edits=edits, findings=findings)(pa.table({"id": [1], "text": [RAW]}))


PANDAS_TYPES = ("object", "str", "string", "string[pyarrow]", "string[python]", "category", *ARROW_TYPES)


@pytest.mark.parametrize("texts", COLUMNS, ids=len)
@pytest.mark.parametrize("name", PANDAS_TYPES)
def test_pandas(name: str, texts: list[str | None]) -> None:
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    import normalize.adapters.pandas  # noqa: F401

    if name in ARROW_TYPES:
        if name == "run_end_encoded":
            pytest.skip("pandas has no such type")
        series = pd.Series(pd.arrays.ArrowExtensionArray(arrow_array(name, texts)), name="text")
    else:
        series = pd.Series(texts, dtype=name, name="text")
    views = [series, series.iloc[1:], pd.concat([series, series])]
    if "view" not in name:  # which pyarrow can't take from
        views.append(series.iloc[::-1])
    for one in views:
        for result in (one.normalize.clean(), one.normalize.explain()["text"]):
            assert [None if pd.isna(value) else value for value in result] == cleaned(
                [None if pd.isna(value) else value for value in one]
            )
            assert list(result.index) == list(one.index)
            assert str(result.dtype) == str(one.dtype)


@pytest.mark.parametrize("values", [[1, 2], [b"Ia mengtakan"], [1.5, None]])
def test_pandas_refuses_what_is_no_text(values: list[object]) -> None:
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    import normalize.adapters.pandas  # noqa: F401

    with pytest.raises(TypeError, match="a text is a str"):
        pd.Series(values).normalize.clean()
    with pytest.raises(TypeError, match="cannot hold cleaned texts"):
        pd.Series([RAW], dtype=pd.SparseDtype(object)).normalize.clean()


@pytest.mark.parametrize("ordered", [True, False])
def test_pandas_keeps_the_order_of_categories(ordered: bool) -> None:
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    import normalize.adapters.pandas  # noqa: F401

    series = pd.Series(pd.Categorical(["b", RAW, None, "a"], ["b", RAW, "seen nowhere", CLEAN, "a"], ordered=ordered))
    result = series.normalize.clean()
    assert list(result.cat.categories) == ["b", CLEAN, "seen nowhere", "a"]
    assert result.cat.ordered == ordered
    assert result.tolist()[:2] == ["b", CLEAN]


@pytest.mark.parametrize("name", [0, ("news", "text"), "text"])
def test_pandas_columns_of_any_name(name: object) -> None:
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    import normalize.adapters.pandas  # noqa: F401

    frame = pd.DataFrame([[1, RAW]], columns=pd.Index(["id", name], tupleize_cols=False))
    assert frame.normalize.clean(name).iloc[0].tolist() == [1, CLEAN]
    assert frame.iloc[0].tolist() == [1, RAW]


@pytest.mark.parametrize("texts", COLUMNS, ids=len)
@pytest.mark.parametrize("name", ["String", "Categorical", "Enum", "Null"])
def test_polars(name: str, texts: list[str | None]) -> None:
    pl = pytest.importorskip("polars", reason="polars is not installed")
    import normalize.adapters.polars  # noqa: F401

    if name == "Null" and any(texts):
        pytest.skip("it holds no text")
    dtype = pl.Enum(sorted({text for text in texts if text})) if name == "Enum" else getattr(pl, name)
    frame = pl.DataFrame({"text": pl.Series(texts, dtype=dtype)})
    for one in (frame, frame.slice(1), pl.concat([frame, frame], rechunk=False)):
        expected = cleaned(one["text"].to_list())
        for expression in (pl.col("text").normalize.clean(), pl.col("text").normalize.explain().struct.field("text")):
            assert one.select(expression)["text"].to_list() == expected
            assert one.lazy().select(expression).collect()["text"].to_list() == expected
            assert one.select(expression)["text"].dtype == pl.String


def test_polars_cleans_several_columns_at_once() -> None:
    pl = pytest.importorskip("polars", reason="polars is not installed")
    import normalize.adapters.polars  # noqa: F401

    frame = pl.DataFrame({"id": [1], "title": [RAW], "text": [RAW], "article's date": ["2024-10-24"]})
    cleaned = frame.with_columns(pl.col("title", "text", "article's date").normalize.clean())
    assert cleaned.rows() == [(1, CLEAN, CLEAN, "2024-10-24")]
    with pytest.raises(Exception, match="with a date, one column at a time can be cleaned, not 2"):
        frame.select(pl.col("title", "text").normalize.clean(date="article's date"))


@pytest.mark.parametrize("cast", ["VARCHAR", "kind"])
def test_duckdb(cast: str) -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    from normalize.adapters.duckdb import register

    connection = duckdb.connect()
    register(connection)
    connection.sql(f"CREATE TYPE kind AS ENUM ('{RAW}', 'Hujan turun.')")
    text = f"CASE WHEN range % 3 = 0 THEN NULL ELSE '{RAW}' END"
    connection.sql(f"CREATE TABLE news AS SELECT ({text})::{cast} AS text FROM range(5000)")
    rows = connection.sql("SELECT text::VARCHAR, normalize(text), (normalize_explain(text)).text FROM news").fetchall()
    assert len(rows) == 5000
    assert all(clean == explained == (text and CLEAN) for text, clean, explained in rows)
    assert connection.sql("SELECT normalize(text) FROM news WHERE false").fetchall() == []


def test_scikit_learn_refuses_bytes() -> None:
    pytest.importorskip("sklearn", reason="scikit-learn is not installed")
    from normalize.adapters.sklearn import TextNormalizer

    with pytest.raises(TypeError, match="decode them"):
        TextNormalizer().fit_transform([b"Ia mengtakan hal itu."])


# --- Dates beyond those that Python has: of the year 290000, of before Christ, infinite ------------------------------

SPLIT, WHOLE = "Ia datang Kamis (24/10). /2024).", "Ia datang Kamis (24/10/2024)."
FAR = [10**13, -(10**13), 1_729_814_400, None]  # seconds from 1970; the third is 25 October 2024


@pytest.mark.parametrize("unit", ["s", "ms", "ns", "day"])
def test_arrow_takes_dates_that_python_has_not_for_none(unit: str) -> None:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from normalize.adapters.arrow import CleanColumn

    factor = {"s": 1, "ms": 10**3, "ns": 10**5, "day": 1 / 86_400}[unit]
    days = pa.array([one and int(one * factor) for one in FAR], pa.int64() if unit != "day" else pa.int32())
    table = pa.table({"text": [SPLIT] * 4, "date": days.cast(pa.date32() if unit == "day" else pa.timestamp(unit))})
    assert CleanColumn(Normalizer(), "text", "date")(table)["text"].to_pylist() == [WHOLE] * 4


@pytest.mark.parametrize("unit", ["ms", "us", "ns", "day"])
def test_polars_takes_dates_that_python_has_not_for_none(unit: str) -> None:
    pl = pytest.importorskip("polars", reason="polars is not installed")
    import normalize.adapters.polars  # noqa: F401

    factor = {"ms": 10**3, "us": 10**5, "ns": 10**5, "day": 1 / 86_400}[unit]
    days = pl.Series([one and int(one * factor) for one in FAR], dtype=pl.Int64)
    days = days.cast(pl.Int32).cast(pl.Date) if unit == "day" else days.cast(pl.Datetime(unit))
    frame = pl.DataFrame({"text": [SPLIT] * 4, "date": days})
    assert frame.select(pl.col("text").normalize.clean(date="date"))["text"].to_list() == [WHOLE] * 4
    assert frame["text"].normalize.clean(dates=frame["date"]).to_list() == [WHOLE] * 4


@pytest.mark.parametrize(
    "date", ["'infinity'::DATE", "'-infinity'::TIMESTAMP", "DATE '290000-01-01'", "DATE '5000-01-01 (BC)'", "NULL::DATE"]
)
def test_duckdb_takes_dates_that_python_has_not_for_none(date: str) -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    from normalize.adapters.duckdb import register

    connection = duckdb.connect()
    register(connection)
    row = connection.sql(f"SELECT normalize('{SPLIT}', {date}), normalize_explain('{SPLIT}', {date}).text").fetchall()[0]
    assert row == (WHOLE, WHOLE)
