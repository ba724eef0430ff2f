"""Arrow's columns of strings, in every encoding, and of dates. They need pyarrow, which is imported when first used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def is_string(type: Any) -> bool:
    """Say whether an Arrow type holds strings, plainly or encoded."""
    import pyarrow as pa

    if pa.types.is_dictionary(type) or pa.types.is_run_end_encoded(type):
        type = type.value_type
    return bool(pa.types.is_string(type) or pa.types.is_large_string(type) or pa.types.is_string_view(type))


def column_of(values: Sequence[str | bytes | None], type: Any) -> Any:
    """An array of a type of strings, encoded as it says; bytes among the values go in as they are."""
    import pyarrow as pa
    import pyarrow.compute

    is_dictionary, is_run_end_encoded = pa.types.is_dictionary(type), pa.types.is_run_end_encoded(type)
    plain = type.value_type if is_dictionary or is_run_end_encoded else type
    if any(isinstance(value, bytes) for value in values):
        raws = [value.encode() if isinstance(value, str) else value for value in values]
        column = pa.array(raws, pa.large_binary()).cast(options=pa.compute.CastOptions.unsafe(plain))
    else:
        column = pa.array(values, plain)
    if is_dictionary:
        return column.dictionary_encode().cast(type)
    return pa.compute.run_end_encode(column, type.run_end_type) if is_run_end_encoded else column


def is_date(type: Any) -> bool:
    """Say whether an Arrow type holds days or points in time."""
    import pyarrow as pa

    return bool(pa.types.is_date(type) or pa.types.is_timestamp(type))


def days(column: Any) -> list[Any]:
    """The days of a column of dates, in their own zone; None for one that Python has no type for, as of the year 290000.

    Raises ArrowException for a time zone that the system lacks.
    """
    import pyarrow as pa

    days = local_times(column).cast(pa.date32(), safe=False)
    try:
        values: list[Any] = days.to_pylist()
    except (ValueError, OverflowError):
        values = [_day(scalar) for scalar in days]
    return values


def _day(scalar: Any) -> Any:
    try:
        return scalar.as_py()
    except (ValueError, OverflowError):
        return None


def local_times(times: Any) -> Any:
    """Points in time as the clocks of their zone showed them. Raises ArrowException for a zone that the system lacks."""
    import pyarrow as pa
    import pyarrow.compute

    return pa.compute.local_timestamp(times) if pa.types.is_timestamp(times.type) and times.type.tz else times
