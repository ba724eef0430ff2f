"""Apache Spark: a column of a DataFrame, cleaned on the executors.

clean(spark.read.parquet("raw/"), "text", edits="edits").write.parquet("clean/")
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..normalizer import Normalizer
from . import needs
from .arrow import CleanColumn

with needs("spark"):
    from pyspark.sql import DataFrame
    from pyspark.sql.types import ArrayType, DoubleType, LongType, StringType, StructType

EDIT = StructType().add("start", LongType()).add("end", LongType()).add("before", StringType())
EDITS = ArrayType(EDIT.add("after", StringType()).add("rule", StringType()).add("confidence", DoubleType()))


def clean(frame: DataFrame, column: str, date: str | None = None, edits: str | None = None, **options: Any) -> DataFrame:
    """`frame` with `column` cleaned: same partitions, rows, order and other columns; null stays null.

    Rows go through Python workers as Arrow batches (mapInArrow), of which an executor has one a core; each reads the
    dictionaries once. This package must be installed where the executors run.

    date: the column with each article's own date. edits: the name of a column to add, with the edits of each text.
    Options are those of Normalizer.
    """
    cleaner = CleanColumn(Normalizer(**options), column, date, edits)

    def cleaned(batches: Iterator[Any]) -> Iterator[Any]:
        return map(cleaner, batches)

    schema = StructType(list(frame.schema.fields))
    if edits is not None:
        schema.add(edits, EDITS)
    return frame.mapInArrow(cleaned, schema)
