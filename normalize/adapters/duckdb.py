"""DuckDB: functions of SQL that take a vector of rows at a time, as Arrow.

register(connection)
connection.sql("SELECT normalize(text) FROM news")                    # or normalize(text, date)
connection.sql("SELECT UNNEST(normalize_explain(text)) FROM news")    # columns text, edits
"""

from __future__ import annotations

from typing import Any

from ..normalizer import Normalizer
from . import EDIT_TYPES, explain_column, needs
from .arrow import EDITS

with needs("duckdb"):
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

_TYPES = {int: "BIGINT", str: "VARCHAR", float: "DOUBLE"}
_COLUMNS = ", ".join(f'"{name}" {_TYPES[type]}' for name, type in EDIT_TYPES.items())
EXPLANATION_SQL = f'STRUCT("text" VARCHAR, edits STRUCT({_COLUMNS})[])'
EXPLANATION = pa.struct([("text", pa.string()), ("edits", EDITS)])


def register(connection: DuckDBPyConnection, name: str = "normalize", **options: Any) -> None:
    """Make functions on this connection, of a text or of a text and its article's date: `name`, and one ending in _explain.

    NULL stays NULL. Under another name another set of options can stand beside. Options are those of Normalizer.
    """
    normalizer = Normalizer(**options)

    def clean(*columns: Any) -> Any:
        return pa.array(normalizer.clean_batch(*(column.to_pylist() for column in columns)), pa.string())

    def explain(*columns: Any) -> Any:
        rows = zip(*explain_column(normalizer, *(column.to_pylist() for column in columns)), strict=True)
        return pa.array([None if text is None else (text, edits) for text, edits in rows], EXPLANATION)

    for function, suffix, result in ((clean, "", "VARCHAR"), (explain, "_explain", EXPLANATION_SQL)):
        connection.create_function(name + suffix, function, None, result, type="arrow", null_handling="special")
