"""Apache Spark: a column of a DataFrame, cleaned on the executors, or learnt from.

clean(spark.read.parquet("raw/"), "text", edits="edits").write.parquet("clean/")
learn(spark.read.parquet("raw/"), "text", "learned/", outlet="outlet")
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..normalizer import Normalizer
from . import EDIT_TYPES, FINDING_TYPES, learning, needs
from .arrow import CleanColumn

with needs("spark"):
    from pyspark import StorageLevel
    from pyspark.sql import DataFrame
    from pyspark.sql.types import ArrayType, DoubleType, LongType, StringType, StructField, StructType

_TYPES = {int: LongType(), str: StringType(), float: DoubleType()}
EDITS, FINDINGS = (
    ArrayType(StructType([StructField(name, _TYPES[type]) for name, type in types.items()]))
    for types in (EDIT_TYPES, FINDING_TYPES)
)


def clean(
    frame: DataFrame,
    column: str,
    date: str | None = None,
    edits: str | None = None,
    findings: str | None = None,
    **options: Any,
) -> DataFrame:
    """Clean `column` of `frame`: same partitions, rows, order and other columns; null stays null.

    Rows go through Python workers as Arrow batches (mapInArrow), of which an executor has one a core; each reads the
    dictionaries once. This package must be installed where the executors run.

    date: the column with each article's own date. edits, findings: names of columns to add, with those of each text.
    Options are those of Normalizer.
    """
    cleaner = CleanColumn(Normalizer(**options), column, date, edits, findings)

    def cleaned(batches: Iterator[Any]) -> Iterator[Any]:
        return map(cleaner, batches)

    schema = StructType(list(frame.schema.fields))
    if edits is not None:
        schema.add(edits, EDITS)
    if findings is not None:
        schema.add(findings, FINDINGS)
    return frame.mapInArrow(cleaned, schema)


def learn(frame: DataFrame, column: str, folder: str | Path, outlet: str | None = None, copies: bool = False) -> None:
    """Write into `folder`, on the driver's machine, the files that `normalize learn` writes, learnt from `column`.

    Executors count, and keep the counts on their disks; the driver merges a partition at a time.
    outlet: the column with the outlet of each text. copies: also what most copies of a text have, in two passes more.
    """

    def count(batches: Iterator[Any]) -> Iterator[Any]:
        return learning.count(batches, column, outlet)

    columns = [column] if outlet is None else [column, outlet]
    counted = frame.select(*columns).mapInArrow(count, "counts binary").persist(StorageLevel.DISK_ONLY)
    try:
        counted.count()  # all partitions at once, where the next line asks for one after another
        learning.merge((row.counts for row in counted.toLocalIterator()), folder)
    finally:
        counted.unpersist()

    def run(find: learning.Find) -> Iterator[bytes]:
        found = frame.select(*columns).mapInArrow(find, "counts binary")
        return (row.counts for row in found.toLocalIterator())

    if copies:
        learning.vote(run, column, outlet, folder)
