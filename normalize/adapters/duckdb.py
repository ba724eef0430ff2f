"""DuckDB: functions of SQL that take a vector of rows at a time, as Arrow.

register(connection)
connection.sql("SELECT normalize(text) FROM news")                    # or normalize(text, date)
connection.sql("SELECT UNNEST(normalize_explain(text)) FROM news")    # columns text, edits, findings
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from ..normalizer import Normalizer
from . import EDIT_TYPES, FINDING_TYPES, needs
from .arrow import EDITS, FINDINGS, dates

with needs("duckdb"):
    import pyarrow as pa
    from duckdb import DuckDBPyConnection, InvalidInputException

_TYPES = {int: "BIGINT", str: "VARCHAR", float: "DOUBLE"}
_EDIT, _FINDING = (
    ", ".join(f'"{name}" {_TYPES[type]}' for name, type in types.items()) for types in (EDIT_TYPES, FINDING_TYPES)
)
EXPLANATION_SQL = f'STRUCT("text" VARCHAR, edits STRUCT({_EDIT})[], findings STRUCT({_FINDING})[])'
EXPLANATION = pa.struct([("text", pa.string()), ("edits", EDITS), ("findings", FINDINGS)])


def register(connection: DuckDBPyConnection, name: str = "normalize", **options: Any) -> None:
    """Make functions on this connection, of a text or of a text and its article's date: `name`, and one ending in _explain.

    NULL stays NULL. Functions of this name that were registered before are replaced; under another name another set of
    options can stand beside. Options are those of Normalizer.
    """
    normalizer = Normalizer(**options)

    def values(texts: Any, days: Any = None) -> list[list[Any]]:
        return [texts.to_pylist(), *([] if days is None else [dates(days)])]

    def clean(*columns: Any) -> Any:
        return pa.array(normalizer.clean_batch(*values(*columns)), pa.string())

    def explain(*columns: Any) -> Any:
        explained = normalizer.explain_batch(*values(*columns))
        return pa.array([e and (e.text, e.edits, e.findings) for e in explained], EXPLANATION)

    for function, suffix, result in ((clean, "", "VARCHAR"), (explain, "_explain", EXPLANATION_SQL)):
        with suppress(InvalidInputException):  # there is none yet
            connection.remove_function(name + suffix)
        connection.create_function(name + suffix, function, None, result, type="arrow", null_handling="special")
